"""Signals from outside stop a command once, and those that its caller ignores never do."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from convexam.cli.stopping import Stopped, stoppable


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


def test_what_the_caller_ignores_stays_ignored() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with stoppable():
        os.kill(os.getpid(), signal.SIGHUP)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_a_command_that_is_done_leaves_signals_as_they_were() -> None:
    with stoppable():
        pass
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
