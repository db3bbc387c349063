"""What follows from a store, worked out no more often than the store changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from .store import Store

V = TypeVar("V")


class UntilChanged(Generic[V]):
    """What follows from all that is kept: worked out once, until something is kept.

    Parameters
    ----------
    store
        Where it is kept.
    work_out
        What follows.
    """

    def __init__(self, store: Store, work_out: Callable[[], V]) -> None:
        self._store = store
        self._work_out = work_out
        self._found: tuple[int, V] | None = None

    def __call__(self) -> V:
        """Return it; nobody must change it."""
        if self._found is None or self._found[0] != self._store.changes:
            self._found = None  # so that both are never in memory
            self._found = self._store.changes, self._work_out()
        return self._found[1]

    def forget(self) -> None:
        """Make room: it is worked out again when it is asked for."""
        self._found = None
