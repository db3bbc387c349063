"""Records as they are kept, one at a time: those of a large class are never all in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias, overload

from ...generator.errors import OutputError
from .forgotten import Forgotten
from .store import Store

Record: TypeAlias = dict[str, Any]


class KeptRecords(Sequence[Record]):
    """The settled records of some students; each is read when it is asked for.

    Parameters
    ----------
    store
        The open store.
    kept
        Numbers of results, and aliases of students who were forgotten.
    """

    def __init__(self, store: Store, kept: Sequence[int | str]) -> None:
        self._store = store
        self._kept = kept

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, place: int) -> Record: ...

    @overload
    def __getitem__(self, place: slice) -> KeptRecords: ...

    def __getitem__(self, place: int | slice) -> Record | KeptRecords:
        if isinstance(place, slice):
            return KeptRecords(self._store, self._kept[place])
        which = self._kept[place]
        if isinstance(which, str):
            return parsed(Forgotten(self._store).record(which))
        return parsed(self._store.record(which))

    def chosen(self, places: Iterable[int]) -> KeptRecords:
        """Return those at some places."""
        return KeptRecords(self._store, [self._kept[place] for place in places])


def parsed(record: str) -> Record:
    """Parse a record of the store."""
    try:
        data: Record = json.loads(record)
    except ValueError:
        raise OutputError("a record in marks.sqlite is damaged: mark that file again") from None
    return data
