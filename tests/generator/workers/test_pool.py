"""Workers: every way of dying costs one task; limits hold; nothing is left behind, however it ends."""

from __future__ import annotations

import operator
import os
import pickle
import resource
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import as_completed
from multiprocessing import current_process
from pathlib import Path
from typing import Any

import pytest

from convexam.generator.document import say
from convexam.generator.engine import ShapeError
from convexam.generator.errors import (
    ConvexamError,
    DataError,
    Fault,
    MisuseError,
    OutputError,
    Place,
    ReleaseError,
)
from convexam.generator.expressions.faults import ExpressionError
from convexam.generator.markdown import TextError
from convexam.generator.workers import pool as pool_module
from convexam.generator.workers.interpreters import Interpreters
from convexam.generator.workers.limits import Limits
from convexam.generator.workers.ordered import in_order
from convexam.generator.workers.pool import WorkerDied, Workers
from convexam.generator.workers.processes import AFRESH, Nursery, Serve, Starter
from convexam.generator.workers.serving import MOST_ANSWER
from convexam.grader.marking.unreadable import Unreadable

SECONDS = 0.5
FAULTS = DataError([Fault(Place("a.json", 3, 1), "$.answers", "no"), Fault(Place("a.json"), "", "nor this")])


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(2, fork=True) as pool:
        yield pool


@pytest.fixture(scope="module")
def hasty_workers() -> Iterator[Workers]:
    with Workers(2, limits=Limits(SECONDS), fork=True) as pool:
        yield pool


def died(pool: Workers, task: Callable[..., object], *arguments: Any) -> str:
    with pytest.raises(WorkerDied) as caught:
        pool.submit(task, *arguments).result()
    assert pool.submit(operator.add, 1, 2).result() == 3
    return caught.value.reason


def spin() -> None:
    while True:
        pass


def deeper() -> None:
    deeper()


def fill(megabytes: int) -> int:
    return len(bytearray(megabytes << 20))


def overflow_the_stack() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def a_function() -> Callable[[], int]:
    return lambda: 1


def answer_by_hand(data: bytes, seconds: float) -> None:
    for handle in handles():
        if handle[1].startswith("socket"):
            os.write(handle[0], data)
    time.sleep(seconds)


def handles() -> list[tuple[int, str]]:
    folder = Path("/proc/self/fd")
    return [(int(file.name), str(file.readlink())) for file in folder.iterdir() if file.is_symlink()]


def refuse() -> None:
    raise FAULTS


def stumble() -> int:
    return dict[str, int]()["nothing"]


@pytest.mark.parametrize(
    ("task", "arguments", "reason"),
    [
        pytest.param(fill, (2_000,), "out of memory", id="memory"),
        pytest.param(deeper, (), "nested too deeply", id="recursion"),
        pytest.param(overflow_the_stack, (), "died (signal SEGV)", id="signal"),
        pytest.param(os.abort, (), "died (signal ABRT)", id="abort"),
        pytest.param(os._exit, (3,), "died (exit 3)", id="exit at once"),
        pytest.param(sys.exit, (3,), "died (SystemExit)", id="exit"),
        pytest.param(a_function, (), "gave an answer that cannot be sent", id="unpicklable"),
        pytest.param(bytes, (MOST_ANSWER,), "gave an answer that cannot be sent", id="too long"),
        pytest.param(answer_by_hand, (struct.pack("!i", 3) + b"abc", 60), "gave an answer that cannot be read", id="garbage"),
    ],
)  # fmt: skip
def test_a_death_costs_one_task(
    workers: Workers, task: Callable[..., object], arguments: tuple[Any, ...], reason: str
) -> None:
    assert died(workers, task, *arguments) == reason


@pytest.mark.parametrize(
    ("task", "arguments"),
    [
        pytest.param(time.sleep, (60,), id="sleeps"),
        pytest.param(spin, (), id="computes"),
        pytest.param(answer_by_hand, (struct.pack("!i", 300) + b"abc", 60), id="half an answer"),
    ],
)
def test_who_takes_too_long_costs_one_task(
    hasty_workers: Workers, task: Callable[..., object], arguments: tuple[Any, ...]
) -> None:
    with pytest.raises(WorkerDied, match="out of time"):
        hasty_workers.submit(task, *arguments).result()


def test_what_a_task_raises_is_raised(workers: Workers) -> None:
    with pytest.raises(DataError) as caught:
        workers.submit(refuse).result()
    assert caught.value.faults == FAULTS.faults
    assert str(caught.value) == str(FAULTS)


def test_a_fault_of_ours_says_where_it_was(workers: Workers) -> None:
    with pytest.raises(KeyError) as caught:
        workers.submit(stumble).result()
    assert "in stumble" in caught.value.__notes__[0]


def test_what_cannot_be_sent_is_an_error_here(workers: Workers) -> None:
    with pytest.raises((AttributeError, pickle.PicklingError)):
        workers.submit(lambda: 1).result()


@pytest.mark.parametrize(
    "error",
    [
        FAULTS,
        ConvexamError("a"),
        MisuseError("a"),
        OutputError("a"),
        ReleaseError("a"),
        TextError("a"),
        ShapeError("a"),
        ExpressionError("a", 3),
        Unreadable(say("{{ n }} is odd", n=3), 2, ("1", "2")),
        WorkerDied("out of time"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_our_errors_pickle(error: Exception) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def first_time(seen: Path) -> bool:
    if not seen.exists():
        seen.mkdir()
        os._exit(1)
    return True


def test_a_task_is_tried_twice(workers: Workers, tmp_path: Path) -> None:
    assert workers.submit(first_time, tmp_path / "seen").result()


KEPT: list[bytearray] = []


def leak() -> int:
    KEPT.append(bytearray(150 << 20))
    return len(KEPT)


def test_who_is_worn_out_by_others_costs_nobody() -> None:
    with Workers(1, fork=True) as pool:
        assert [pool.submit(leak).result() for _ in range(5)] == [1, 2, 1, 2, 1]


def test_workers_are_replaced_after_a_while() -> None:
    with Workers(1, tasks=3, fork=True) as pool:
        ids = [pool.submit(os.getpid).result() for _ in range(7)]
    assert [ids.index(each) for each in ids] == [0, 0, 0, 3, 3, 3, 6]


def test_one_poisoned_task_stops_no_other() -> None:
    with Workers(2, limits=Limits(2), fork=True) as pool:
        futures = {pool.submit(spin if number == 7 else os.getpid): number for number in range(50)}
        done = [futures[future] for future in as_completed(futures)]
    assert sorted(done) == list(range(50))
    assert done[-1] == 7


@pytest.mark.parametrize("kind", ["RLIMIT_CORE", "RLIMIT_FSIZE"])
def test_nothing_is_written(workers: Workers, kind: str) -> None:
    assert workers.submit(resource.getrlimit, getattr(resource, kind)).result() == (0, 0)


def test_a_worker_cannot_write_a_file(workers: Workers, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="File too large"):
        workers.submit((tmp_path / "file").write_text, "anything").result()


def test_computing_is_limited_by_the_kernel_as_well(workers: Workers) -> None:
    soft, _ = workers.submit(resource.getrlimit, resource.RLIMIT_CPU).result()
    assert 1 <= soft < 20


def wait_and_spin(seconds: float, computing: float) -> None:
    time.sleep(seconds)
    end = time.process_time() + computing
    while time.process_time() < end:
        pass


def test_what_computes_little_may_wait_long() -> None:
    """As it does on a busy machine, where it must come out as on an idle one."""
    with Workers(1, limits=Limits(seconds=60, computing=2), tries=1, fork=True) as pool:
        assert pool.submit(wait_and_spin, 1.2, 0.1).result() is None
        began = time.monotonic()
        assert died(pool, spin) == "out of time"
        assert time.monotonic() - began < 30


def test_who_started_the_command_cannot_lift_the_limit() -> None:
    before = signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGXCPU})
    try:
        with Workers(1, limits=Limits(seconds=60, computing=1), tries=1, fork=True) as pool:
            assert died(pool, spin) == "out of time"
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGXCPU, before)


def test_no_file_of_ours_is_open_in_a_worker(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    store = sqlite3.connect(tmp_path / "marks.sqlite")
    store.execute("CREATE TABLE mark (points)")
    with ours, theirs, (tmp_path / "file").open("w"), Workers(1, fork=True) as pool:
        found = [what for _, what in sorted(pool.submit(handles).result()) if not what.startswith("/proc/")]
    store.close()
    assert found[:3] == [os.devnull] * 3
    assert [what.split(":")[0] for what in found[3:]] == ["socket"]


STARTED: list[int] = []


def test_workers_start_with_what_they_need() -> None:
    with Workers(1, start=STARTED.append, start_arguments=(7,), fork=True) as pool:
        assert pool.submit(started).result() == [7]
    assert not STARTED


def started() -> list[int]:
    return STARTED


def test_what_the_start_raises_every_task_raises() -> None:
    with Workers(1, start=refuse, fork=True) as pool:
        for _ in range(2):
            with pytest.raises(DataError, match="nor this"):
                pool.submit(os.getpid).result()


def after(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


@pytest.mark.parametrize("count", [1, 3])
def test_results_come_in_the_order_of_tasks(count: int) -> None:
    tasks = [0.05, 0.0, 0.03, 0.0, 0.0, 0.02, 0.0]
    with Workers(count, fork=True) as pool:
        assert [(task, future.result()) for task, future in in_order(pool, after, tasks)] == [
            (task, task) for task in tasks
        ]


def test_few_tasks_are_taken_ahead() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(40):
            taken.append(number)
            yield number

    with Workers(1, fork=True) as pool:
        for number, _ in in_order(pool, abs, tasks()):
            assert len(taken) <= number + pool.ahead + 1


@pytest.mark.parametrize("starter", [Interpreters, AFRESH])
def test_workers_started_afresh_do_the_same(
    starter: Callable[[Serve], Starter], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pool_module, "AFRESH", starter)
    with Workers(1, limits=Limits(2), fork=False) as pool:
        assert pool.submit(operator.add, 1, 2).result() == 3
        assert died(pool, os._exit, 3) == "died (exit 3)"
        assert died(pool, time.sleep, 60) == "out of time"
        assert pool.submit(print, "on the way").result() is None
        assert len(pool.submit(bytes, 1 << 20).result()) == 1 << 20
    assert not capfd.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere workers tidy up themselves, unless they die")
def test_what_libraries_keep_in_files_goes_with_the_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Workers(1, limits=Limits(writes=True), fork=False) as pool:
        kept = Path(pool.submit(tempfile.mkdtemp).result())
        assert kept.is_relative_to(tmp_path)
        died(pool, os._exit, 3)
    assert not list(tmp_path.iterdir())


def test_children_of_daemons_have_workers() -> None:
    """Those of `multiprocessing` may not: processes of a cluster are such daemons."""
    with Workers(1, start=_be_a_daemon, fork=True, limits=Limits(60, writes=True)) as pool:
        assert pool.submit(_sum_by_a_worker).result() == 3


def _be_a_daemon() -> None:
    current_process()._config["daemon"] = True  # type: ignore[attr-defined]


def _sum_by_a_worker() -> int:
    with Workers(1, fork=False) as pool:
        three: int = pool.submit(operator.add, 1, 2).result()
    return three


PARENT = """
import os, signal, sys, tempfile
from pathlib import Path
from convexam.generator import scratch
from convexam.generator.workers.limits import Limits
from convexam.generator.workers.pool import Workers

signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs the tests may ignore it

def stay(folder):
    (Path(folder) / str(os.getpid())).mkdir()
    while True:
        pass

with scratch.keeping_files():
    tempfile.mkdtemp()

with Workers(2, limits=Limits(60, 60, writes=True)) as pool:
    for future in [pool.submit(stay, sys.argv[1]) for _ in range(4)]:
        future.result()
"""


@pytest.mark.parametrize(
    ("how", "said"),
    [(signal.SIGKILL, b""), (signal.SIGTERM, b""), (signal.SIGINT, b"KeyboardInterrupt")],
)
def test_nothing_outlives_who_started_workers(
    how: signal.Signals, said: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No worker does, nor what libraries keep in files."""
    kept = tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setenv("TMPDIR", str(kept))
    with subprocess.Popen([sys.executable, "-c", PARENT, tmp_path], stderr=subprocess.PIPE) as parent:
        try:
            within(60, lambda: len(ids_in(tmp_path)) == 2)
            ids = ids_in(tmp_path)
            assert list(kept.iterdir())
            parent.send_signal(how)
            _, errors = parent.communicate(timeout=60)
        finally:
            parent.kill()
    within(60, lambda: not any(map(is_running, ids)) and not list(kept.iterdir()))
    assert errors.count(b"Traceback") == bool(said)
    assert said in errors


def ids_in(folder: Path) -> list[int]:
    return [int(file.name) for file in folder.iterdir() if file.name.isdecimal()]


@pytest.mark.parametrize("starter", [Nursery, AFRESH, Interpreters])
def test_a_signal_to_all_processes_is_for_the_first_of_them(
    starter: Callable[[Serve], Starter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "AFRESH", starter)
    with Workers(1, fork=False) as pool:
        process = pool.submit(os.getpid).result()
        for each in (process, pool.submit(os.getppid).result() if starter is not Interpreters else process):
            for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                os.kill(each, how)
        assert pool.submit(os.getpid).result() == process


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every worker is started afresh")
def test_who_starts_workers_may_be_ended_from_outside() -> None:
    with Workers(1, fork=True) as pool:
        os.kill(pool.submit(os.getppid).result(), signal.SIGKILL)
        assert pool.submit(operator.add, 1, 2).result() == 3
        with pytest.raises(ConvexamError, match="call the command again"):
            pool.submit(os._exit, 3).result()
        with pytest.raises(ConvexamError, match="call the command again"):
            pool.submit(operator.add, 1, 2).result()


def within(seconds: float, condition: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def is_running(process: int) -> bool:
    return Path(f"/proc/{process}").exists()
