"""Signals from outside stop a command once, and those that its caller ignores never do."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from types import FunctionType

import pytest

from convexam.cli.stopping import Stopped, stoppable

from ..dask_cluster import SECONDS


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    signals = (signal.SIGTERM, signal.SIGHUP)
    before = {each: signal.signal(each, signal.SIG_DFL) for each in signals}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_once(how: signal.Signals) -> None:
    with stoppable():
        with pytest.raises(Stopped):
            os.kill(os.getpid(), how)
        for again in (signal.SIGHUP, signal.SIGTERM):  # while it tidies up
            os.kill(os.getpid(), again)


def test_a_signal_in_an_import_is_heeded_after_it() -> None:
    """Python would drop what is raised in some of its own functions there."""
    code = compile("kill(getpid(), SIGTERM); getpid()", "<frozen importlib._bootstrap>", "exec")
    with stoppable():
        FunctionType(code, {"kill": os.kill, "getpid": os.getpid, "SIGTERM": signal.SIGTERM})()
        with pytest.raises(Stopped):
            time.sleep(SECONDS)


def test_what_the_caller_ignores_stays_ignored() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with stoppable():
        os.kill(os.getpid(), signal.SIGHUP)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_a_command_that_is_done_leaves_signals_as_they_were() -> None:
    with stoppable():
        pass
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
