"""What is made before its turn waits on the disk, so that many papers take no more memory than few."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import BinaryIO


class Spool:
    """Bytes under names, in the order in which they came.

    Parameters
    ----------
    file
        A file to write and read; whoever opened it closes it.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._end = 0
        self._places: dict[str, array[int]] = {}  # of each piece where it begins, and how long it is

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def keep(self, name: str, data: bytes) -> None:
        """Keep one more piece of what has this name."""
        self._file.seek(self._end)
        self._file.write(data)
        self._places.setdefault(name, array("Q")).extend((self._end, len(data)))
        self._end += len(data)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield all that was kept under a name."""
        places = self._places.get(name, array("Q"))
        for start, length in zip(places[::2], places[1::2], strict=True):
            self._file.seek(start)
            yield self._file.read(length)
