"""The pools of a cluster's worker: each command has its own, and one that was left behind ends by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import active_count

import pytest

from convexam.generator.workers import on_cluster
from convexam.generator.workers.on_cluster import ClusterError, Start
from convexam.generator.workers.pool import Workers

from ...dask_cluster import SECONDS, within


class Pool:
    """A pool without processes."""

    has_ended = False

    def shutdown(self) -> None:
        self.has_ended = True

    stop = shutdown


ONE, OTHER = (Start(crew, b"", {}) for crew in ("one", "other"))


@pytest.fixture
def pools(monkeypatch: pytest.MonkeyPatch) -> Iterator[on_cluster._Pools]:
    monkeypatch.setattr(on_cluster, "_pool", lambda _start: Pool())
    monkeypatch.setattr(on_cluster, "LOOKING", 0.01)
    threads = active_count()
    made = on_cluster._Pools()
    yield made
    for start in (ONE, OTHER):
        made.close(start.crew)
    within(SECONDS, lambda: active_count() == threads)  # a process with threads is not forked


def lent(pools: on_cluster._Pools, start: Start) -> Workers:
    with pools.of(start) as pool:
        return pool


def has_ended(pool: object) -> bool:
    assert isinstance(pool, Pool)
    return pool.has_ended


def test_two_commands_leave_each_other_their_pools(pools: on_cluster._Pools) -> None:
    mine, theirs = lent(pools, ONE), lent(pools, OTHER)
    assert lent(pools, ONE) is mine is not theirs
    pools.close("other")
    assert (has_ended(mine), has_ended(theirs)) == (False, True)
    with pytest.raises(ClusterError, match="nobody waited"):
        lent(pools, OTHER)


def test_a_pool_that_is_left_alone_ends(pools: on_cluster._Pools, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_cluster, "IDLE", 0.05)
    with pools.of(ONE) as mine:
        time.sleep(0.1)
        assert not has_ended(mine)
    within(SECONDS, lambda: has_ended(mine))
    assert lent(pools, ONE) is not mine
