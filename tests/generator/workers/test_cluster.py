"""A cluster of real processes does tasks within limits; who dies on the way costs time, and nothing else."""

from __future__ import annotations

import operator
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from hashlib import pbkdf2_hmac
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from convexam.generator.errors import DataError
from convexam.generator.render.pdf import pdf
from convexam.generator.roster import read_roster
from convexam.generator.workers import cluster as cluster_module
from convexam.generator.workers.cluster import Cluster
from convexam.generator.workers.limits import MAKING, Limits
from convexam.generator.workers.on_cluster import ClusterError
from convexam.generator.workers.ordered import in_order
from convexam.generator.workers.pool import WorkerDied

from ...dask_cluster import SECONDS, DaskCluster, children, command, is_running, within

pytestmark = pytest.mark.xdist_group("cluster")


def crew_of(dask: DaskCluster, *, seconds: float = 20, **how: Any) -> Cluster:
    return Cluster(dask.address, start=how.pop("start", int), limits=Limits(seconds), **how)


@pytest.fixture(scope="module")
def crew(dask_cluster: DaskCluster) -> Iterator[Cluster]:
    with crew_of(dask_cluster) as crew:
        yield crew


def outcome(future: Future[Any]) -> object:
    """Return what came of a task; of a worker that died, why."""
    try:
        return future.result(SECONDS)
    except WorkerDied as error:
        return error.reason


def test_results_come_in_the_order_of_tasks_from_several_processes(crew: Cluster) -> None:
    assert [future.result() for _, future in in_order(crew, abs, range(0, -50, -1))] == list(range(50))
    begun = [crew.submit(os.getppid) for _ in range(30)]
    assert len({future.result() for future in begun}) > 1


def test_a_hostile_task_costs_only_itself(dask_cluster: DaskCluster) -> None:
    with crew_of(dask_cluster, seconds=2) as crew:
        hostile: list[Future[Any]] = [
            crew.submit(sum, count()),
            crew.submit(bytearray, 2 << 30),
            crew.submit(os._exit, 3),
        ]
        good = [crew.submit(operator.add, number, 1) for number in range(12)]
        assert list(map(outcome, hostile)) == ["out of time", "out of memory", "died (exit 3)"]
        assert list(map(outcome, good)) == list(range(1, 13))


def test_what_a_task_raises_is_raised(crew: Cluster) -> None:
    with pytest.raises(DataError) as caught:
        crew.submit(read_roster, b"nobody", "a.csv").result()
    with pytest.raises(DataError) as here:
        read_roster(b"nobody", "a.csv")
    assert caught.value.faults == here.value.faults
    with pytest.raises(ValueError, match="invalid literal") as bug:
        crew.submit(int, "no number").result()
    assert "Traceback" in bug.value.__notes__[0]


def test_workers_start_with_what_they_need(dask_cluster: DaskCluster, tmp_path: Path) -> None:
    with crew_of(dask_cluster, start=os.chdir, start_arguments=(tmp_path,)) as crew:
        assert crew.submit(os.getcwd).result() == str(tmp_path)
    with (
        crew_of(dask_cluster, start_arguments=("no number",)) as crew,
        pytest.raises(ValueError, match="no number"),
    ):
        crew.submit(os.getcwd).result()


@pytest.mark.sweep
def test_pages_are_laid_out_alike(dask_cluster: DaskCluster) -> None:
    page = "<!doctype html><html lang='en'><title>A page</title><main data-code='A'><h1>A page</h1></main></html>"
    with Cluster(dask_cluster.address, start=int, limits=MAKING) as crew:
        assert crew.submit(pdf, page).result() == pdf(page)


HASH = partial(pbkdf2_hmac, "sha256", b"a password", b"salt")  # of so many rounds
ROUNDS = range(100_000, 100_024)


def test_who_is_killed_loses_nothing_and_leaves_nothing(dask_cluster: DaskCluster) -> None:
    with crew_of(dask_cluster) as crew:
        found = (future.result(SECONDS) for _, future in in_order(crew, HASH, ROUNDS))
        first = next(found)
        victim, left = next((each, ours) for each in dask_cluster.processes() if (ours := pools_of(each)))
        os.kill(victim, signal.SIGKILL)
        assert [first, *found] == list(map(HASH, ROUNDS))
    within(SECONDS, lambda: not any(map(is_running, left)))
    within(SECONDS, lambda: len(dask_cluster.processes()) == 3)


@pytest.mark.sweep
def test_a_task_that_every_worker_dies_of_is_given_up(dask_cluster: DaskCluster) -> None:
    with crew_of(dask_cluster, seconds=SECONDS) as crew:
        deadly = crew.submit(time.sleep, SECONDS)
        while not deadly.done():
            for worker, tasks in crew._client.processing().items():
                if tasks:
                    kill(crew, worker)
        assert outcome(deadly) == "2 workers of the cluster died with it"
        assert crew.submit(operator.add, 1, 2).result(SECONDS) == 3


def kill(crew: Cluster, worker: str) -> None:
    os.kill(crew._client.run(os.getpid, workers=[worker])[worker], signal.SIGKILL)
    within(SECONDS, lambda: worker not in crew._client.processing())


@pytest.mark.parametrize("error", [pytest.param(None, marks=pytest.mark.sweep), KeyboardInterrupt])
def test_nothing_is_left_on_the_cluster(dask_cluster: DaskCluster, error: type[BaseException] | None) -> None:
    """Neither at the end nor where something was raised, as by Ctrl-C."""
    before = set(pools(dask_cluster))
    with suppress(KeyboardInterrupt), crew_of(dask_cluster, seconds=SECONDS) as crew:
        assert [crew.submit(abs, number).result(SECONDS) for number in range(6)] == list(range(6))
        assert not before.issuperset(pools(dask_cluster))
        if error:
            begun = [crew.submit(time.sleep, SECONDS) for _ in range(20)]
            raise error
    within(SECONDS, lambda: before.issuperset(pools(dask_cluster)))
    if error:
        assert all(future.cancelled() for future in begun)


def pools(dask: DaskCluster) -> list[int]:
    """Return the ids of the processes of ours that run beside the workers of a cluster."""
    return [each for worker in dask.processes() for each in pools_of(worker)]


def pools_of(worker: int) -> list[int]:
    """Return the ids of those that run beside one of them: it has some once it was given a task."""
    return [each for each in below(worker) if b"interpreters" in command(each)]


def below(process: int) -> list[int]:
    """Return the ids of all processes that a process started, and that these did."""
    return [each for child in children(process) for each in (child, *below(child))]


# -- clusters that are not there ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("tcp://127.0.0.1:1", "no Dask scheduler answers there"),
        ("http://127.0.0.1:1", "no Dask scheduler answers there (unknown address scheme 'http'"),
        ("tls://127.0.0.1:1", "no Dask scheduler answers there (TLS"),
        ("two words", "no Dask scheduler answers there (missing port number"),
    ],
)
def test_an_address_without_a_scheduler_is_named(
    address: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "CONNECTING", 0.5)
    with pytest.raises(ClusterError) as caught:
        Cluster(address, start=int)
    assert str(caught.value).startswith(f"{address}: {reason}")


def test_what_listens_in_silence_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "CONNECTING", 0.2)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(ClusterError, match="something else listens, and does not answer"),
    ):
        Cluster("{}:{}".format(*silent.getsockname()), start=int)


def test_a_worker_is_not_taken_for_a_scheduler(dask_cluster: DaskCluster) -> None:
    with crew_of(dask_cluster) as crew:
        worker = next(iter(crew._client.nthreads()))
    with pytest.raises(ClusterError, match="but a Dask worker"):
        Cluster(worker, start=int)


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r'pip install "convexam\[cluster\]"'):
        Cluster("127.0.0.1:1", start=int)


def test_other_versions_are_refused_before_anything_is_done(
    dask_cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "convexam.generator.workers.versions.version",
        lambda name: "0.5" if name == "numpy" else version(name),
    )
    with pytest.raises(ClusterError) as caught:
        crew_of(dask_cluster)
    _, which, _ = str(caught.value).splitlines()
    assert which.startswith("  3 workers, such as tcp://127.0.0.1:")
    assert which.endswith(f": numpy is {version('numpy')} there and 0.5 here")


def test_a_worker_that_comes_later_with_other_versions_is_refused_as_well(
    dask_cluster: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "versions", dict)
    monkeypatch.setattr(cluster_module, "differences", lambda *_: [])
    with (
        crew_of(dask_cluster) as crew,
        pytest.raises(ClusterError, match=r"came later.* numpy is .* missing here"),
    ):
        crew.submit(abs, 1).result(SECONDS)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[DaskCluster]:
    """A scheduler without workers."""
    cluster = DaskCluster(tmp_path, workers=0)
    yield cluster
    cluster.end()


@pytest.mark.sweep
def test_a_cluster_without_workers_is_named(bare: DaskCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "CONNECTING", 1)
    with pytest.raises(
        ClusterError, match=f"{bare.address}: the Dask cluster has no workers; start some with"
    ):
        crew_of(bare)


@pytest.mark.sweep
@pytest.mark.parametrize("who", ["scheduler", "workers"])
def test_a_cluster_that_is_lost_is_named(who: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "PATIENCE", 0)
    monkeypatch.setattr(cluster_module, "LOOKING", 0.1)
    cluster = DaskCluster(tmp_path, workers=1)
    try:
        with crew_of(cluster, seconds=SECONDS) as crew:
            assert crew.submit(abs, -1).result(SECONDS) == 1
            begun = [crew.submit(time.sleep, SECONDS) for _ in range(3)]
            lost = cluster.scheduler if who == "scheduler" else cluster.workers
            assert lost
            lost.terminate()
            for future in begun:
                with pytest.raises(ClusterError, match="call the command again to go on"):
                    future.result(SECONDS)
            with pytest.raises(ClusterError, match="call the command again to go on"):
                crew.submit(abs, -1).result(SECONDS)
    finally:
        cluster.end()
