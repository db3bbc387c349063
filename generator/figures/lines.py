"""The lines of a grid: what a line looks like follows from the two cells that it parts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from .model import Grid
from .svg import GREY, INK, px


class _Cell(NamedTuple):
    solid: bool
    """Inside the grid and not faint."""
    marked: bool


_OUTSIDE = _Cell(solid=False, marked=False)

_STROKES = {  # in the order of drawing
    "faint": f'stroke="{GREY}" stroke-width="0.7" stroke-dasharray="2 2"',
    "inner": f'stroke="{GREY}" stroke-width="0.7"',
    "frame": f'stroke="{INK}" stroke-width="1.3" stroke-linecap="square"',
    "marked": f'stroke="{INK}" stroke-width="2.8" stroke-linecap="square"',
}


def grid_lines(grid: Grid, width: float, height: float) -> Iterator[str]:
    """Draw all lines of a grid with cells of that size, one path for each look."""
    segments = sorted(_across(grid, width, height)) + sorted(_down(grid, width, height))
    for look, stroke in _STROKES.items():
        path = "".join(data for name, data in segments if name == look)
        if path:
            yield f'<path d="{path}" fill="none" {stroke}/>'


def _across(grid: Grid, width: float, height: float) -> Iterator[tuple[str, str]]:
    rows, columns = len(grid.rows), len(grid.rows[0])
    for row in range(rows + 1):
        looks = [_look(_cell(grid, row - 1, column), _cell(grid, row, column)) for column in range(columns)]
        for look, start, length in _runs(looks):
            yield look, f"M{px(start * width)} {px(row * height)}h{px(length * width)}"


def _down(grid: Grid, width: float, height: float) -> Iterator[tuple[str, str]]:
    rows, columns = len(grid.rows), len(grid.rows[0])
    for column in range(columns + 1):
        looks = [_look(_cell(grid, row, column - 1), _cell(grid, row, column)) for row in range(rows)]
        for look, start, length in _runs(looks):
            yield look, f"M{px(column * width)} {px(start * height)}v{px(length * height)}"


def _cell(grid: Grid, row: int, column: int) -> _Cell:
    if not (0 <= row < len(grid.rows) and 0 <= column < len(grid.rows[0])):
        return _OUTSIDE
    return _Cell(solid=(row, column) not in grid.faint, marked=(row, column) in grid.marked)


def _look(one: _Cell, other: _Cell) -> str:
    if one.marked != other.marked:
        return "marked"
    if one.solid != other.solid:
        return "frame"
    return "inner" if one.solid else "faint"


def _runs(looks: list[str]) -> Iterator[tuple[str, int, int]]:
    start = 0
    for look, run in groupby(looks):
        length = len(list(run))
        yield look, start, length
        start += length
