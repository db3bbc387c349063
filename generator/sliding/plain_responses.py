"""The second key of the strongest response: pixels are thrown at output cells, and responses sorted."""

from __future__ import annotations

from typing import Any

from ..model import Case
from ..number import Number
from .geometry import Map
from .worked import Pair
from .wrong_filters import filtering_of


def plain_options(case: Case[Any]) -> list[int]:
    """Return the numbers of the options with the strongest response, counted from 0."""
    maps, windows = filtering_of(case).second(), case.given.windows
    if case.given.ask == "kernel":
        ((row, column),) = windows
        found = [single[row][column] for single in maps]
    else:
        found = [maps[0][row][column] for row, column in windows]
    best = sorted(_rank(case, number) for number in found)[-1]
    return [place for place, number in enumerate(found) if _rank(case, number) == best]


def plain_positions(case: Case[Any]) -> list[tuple[Pair, Number]]:
    """Return the positions of the strongest responses, counted from 0, and what stands there."""
    given = case.given
    (responses,) = filtering_of(case).second()
    best = sorted(_rank(case, number) for row in responses for number in row)[-1]
    (top, _), (left, _) = given.padding
    kernel: Map = given.kernel[0][0]
    found: list[tuple[Pair, Number]] = []
    for row, line in enumerate(responses):
        for column, number in enumerate(line):
            first = row * given.stride[0] - top, column * given.stride[1] - left
            middle = first[0] + len(kernel) // 2, first[1] + len(kernel[0]) // 2
            places = {"cell": (row, column), "corner": first, "centre": middle}
            if _rank(case, number) == best:
                found.append((places[given.counted], number))
    return found


def _rank(case: Case[Any], number: Number) -> Number:
    if case.given.seek == "smallest" or (case.given.seek == "absolute" and number < 0):
        return -number
    return number
