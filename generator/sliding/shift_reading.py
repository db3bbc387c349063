"""The second key of maps that are moved: every cell is looked up where it came from, in plain Python.

Nothing is moved, padded or slid: each cell of a window asks which cell of the given map stands there, and
whether it came from outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from ..number import Number
from .geometry import Map

Pair: TypeAlias = tuple[int, int]


class Found(NamedTuple):
    """A number, and whether nothing from outside the map has a part in it."""

    number: Number
    inner: bool


Table: TypeAlias = Sequence[Sequence[Found]]


def computed(given: Any, by: Pair, *, turned: bool) -> Table:
    """Return the output for the input of a case that is moved by so many cells."""
    source = [[Found(number, inner=True) for number in row] for row in given.input]
    size = (len(given.kernel), len(given.kernel[0])) if given.kernel else given.window
    rows, columns = (
        _starts(length, window, step, sides)
        for length, window, step, sides in zip(
            (len(source), len(source[0])), size, _step(given), given.padding, strict=True
        )
    )
    return [
        [
            _reduced(
                given,
                [
                    [_looked_up(source, (row + u, column + v), by, given.border) for v in range(size[1])]
                    for u in range(size[0])
                ],
                turned=turned,
            )
            for column in columns
        ]
        for row in rows
    ]


def moved(table: Table, by: Pair, border: str) -> Table:
    """Return a table that is moved by so many cells."""
    return [
        [_looked_up(table, (row, column), by, border) for column in range(len(table[0]))]
        for row in range(len(table))
    ]


def numbers(table: Table) -> Map:
    """Return the numbers of a table."""
    return tuple(tuple(found.number for found in row) for row in table)


def _step(given: Any) -> Pair:
    step: Pair = given.stride or ((1, 1) if given.kernel else given.window)
    return step


def _starts(length: int, window: int, step: int, sides: Pair) -> list[int]:
    before, after = sides
    return list(range(-before, length + after - window + 1, step))


def _looked_up(table: Table, place: Pair, by: Pair, border: str) -> Found:
    """Find what stands at a place, or in the padding, of a table that is moved."""
    inner = True
    for step in ((0, 0), by):
        place = place[0] - step[0], place[1] - step[1]
        if not (0 <= place[0] < len(table) and 0 <= place[1] < len(table[0])):
            if border == "zeros":
                return Found(0, inner=False)
            place, inner = (place[0] % len(table), place[1] % len(table[0])), False
    found = table[place[0]][place[1]]
    return Found(found.number, inner and found.inner)


def _reduced(given: Any, window: Table, *, turned: bool) -> Found:
    """Make one number of a window."""
    cells = [found for row in window for found in row]
    inner = all(found.inner for found in cells)
    if given.layer == "max":
        return Found(sorted(found.number for found in cells)[-1], inner)
    if given.layer == "avg":
        return Found(Fraction(sum(found.number for found in cells)) / len(cells), inner)
    weights = [weight for row in given.kernel for weight in row]
    total = sum(
        found.number * weight
        for found, weight in zip(cells, reversed(weights) if turned else weights, strict=True)
    )
    return Found(total, inner)
