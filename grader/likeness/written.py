"""Answers and keys as cells that can be compared, whatever kind of answer they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any, TypeAlias

_NUMBER = re.compile(r"[+-]?\d{1,4000}(?:/\d{1,4000}|\.\d{1,4000})?")
_RUN = 3  # cells that stand one after the other and tell where to look for more

Run: TypeAlias = tuple[int, int, int, tuple[str, ...]]
"""Cells of a map: its rows and columns, where they begin, and what stands in them."""


@dataclass(frozen=True, slots=True)
class Written:
    """An answer or a key.

    Attributes
    ----------
    rows, columns
        The size of a map; 0 where it is no map.
    cells
        Row by row, None where nothing was read; of what is no map the whole answer.
    """

    rows: int
    columns: int
    cells: tuple[str | None, ...]

    @property
    def is_map(self) -> bool:
        """Whether it has rows and columns."""
        return self.rows > 0

    def like(self, other: Written) -> tuple[int, ...]:
        """Return the cells that are the same in another one of the same size."""
        if (self.rows, self.columns) != (other.rows, other.columns):
            return ()
        pairs = enumerate(zip(self.cells, other.cells, strict=True))
        return tuple(place for place, (one, two) in pairs if one is not None and one == two)

    def unlike(self, other: Written) -> frozenset[int]:
        """Return the cells that stand otherwise in another one; all where that has another size."""
        return frozenset(range(len(self.cells))).difference(self.like(other))

    def runs(self, among: frozenset[int]) -> Iterator[Run]:
        """Return every few cells in a row of which one at least is among these."""
        length = min(_RUN, len(self.cells))
        for start in range(len(self.cells) - length + 1):
            run = [cell for cell in self.cells[start : start + length] if cell is not None]
            if len(run) == length and not among.isdisjoint(range(start, start + length)):
                yield self.rows, self.columns, start, tuple(run)

    @property
    def is_sequence(self) -> bool:
        """Whether somebody only counted: ``1 2 3 4``, or wrote one number everywhere."""
        numbers = [Fraction(cell) for cell in self.cells if cell is not None and _NUMBER.fullmatch(cell)]
        steps = {two - one for one, two in pairwise(numbers)}
        return self.is_map and len(steps) <= 1


def written(data: Any) -> Written:
    """Return what a record holds of an answer or of a key."""
    if _is_map(data):
        cells = tuple(None if cell is None else _text(cell) for row in data for cell in row)
        return Written(len(data), len(data[0]), cells)
    return Written(0, 0, (_text(data),))


def _is_map(data: Any) -> bool:
    rows = data if isinstance(data, list) else []
    lengths = {len(row) if isinstance(row, list) else 0 for row in rows}
    return len(lengths) == 1 and 0 not in lengths


def _text(data: Any) -> str:
    """Write equal numbers alike: ``0.50`` is ``1/2``."""
    if isinstance(data, list):
        return json.dumps([_text(part) for part in data])
    return _number(str(data))


@lru_cache(maxsize=4096)  # the same few numbers stand in most cells, and are kept once
def _number(text: str) -> str:
    return str(Fraction(text)) if _NUMBER.fullmatch(text) else text
