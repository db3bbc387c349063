"""The lines of a grid: what a line looks like follows from the two cells that it parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple, TypeAlias, TypeVar

from .model import Cell, Grid
from .svg import GREY, INK, px

T = TypeVar("T")


class _Cell(NamedTuple):
    solid: bool
    """Inside the grid and not faint."""
    marked: bool


Cells: TypeAlias = frozenset[Cell]
Table: TypeAlias = Sequence[Sequence[_Cell]]


class Segment(NamedTuple):
    """A line of one look, to the right or down from (x, y)."""

    look: str
    x: float
    y: float
    right: float
    down: float


_OUTSIDE = _Cell(solid=False, marked=False)

STROKES = {  # in the order of drawing
    "faint": f'stroke="{GREY}" stroke-width="0.7" stroke-dasharray="2 2"',
    "inner": f'stroke="{GREY}" stroke-width="0.7"',
    "frame": f'stroke="{INK}" stroke-width="1.3" stroke-linecap="square"',
    "marked": f'stroke="{INK}" stroke-width="2.8" stroke-linecap="square"',
}


def grid_lines(grid: Grid, width: float, height: float) -> Iterator[str]:
    """Draw all lines of a grid with cells of that size."""
    return stroked([(0, 0, segments(grid, width, height))])


def stroked(placed: Iterable[tuple[float, float, Iterable[Segment]]]) -> Iterator[str]:
    """Draw lines, moved right and down by so much: one path for each look."""
    paths: dict[str, list[str]] = {look: [] for look in STROKES}
    for x, y, lines in placed:
        for look, left, top, right, down in lines:
            length = f"h{px(right)}" if right else f"v{px(down)}"
            paths[look].append(f"M{px(x + left)} {px(y + top)}{length}")
    for look, stroke in STROKES.items():
        if data := "".join(paths[look]):
            yield f'<path d="{data}" fill="none" {stroke}/>'


def segments(grid: Grid, width: float, height: float) -> tuple[Segment, ...]:
    """Return all lines of a grid with cells of that size."""
    return _segments((len(grid.rows), len(grid.rows[0])), grid.faint, grid.marked, width, height)


@lru_cache(maxsize=256)  # in a film, all steps have the same lines
def _segments(
    size: tuple[int, int], faint: Cells, marked: Cells, width: float, height: float
) -> tuple[Segment, ...]:
    table = _table(size, faint, marked)
    return (*_across(table, width, height), *_down(table, width, height))


def _across(table: Table, width: float, height: float) -> Iterator[Segment]:
    """Yield the lines between rows, and above and below all rows."""
    for row, looks in enumerate(_looks(table)):
        for look, start, length in stretches(looks):
            yield Segment(look, start * width, row * height, length * width, 0)


def _down(table: Table, width: float, height: float) -> Iterator[Segment]:
    """Yield the lines between columns, and left and right of all columns."""
    for column, looks in enumerate(_looks(list(zip(*table, strict=True)))):
        for look, start, length in stretches(looks):
            yield Segment(look, column * width, start * height, 0, length * height)


def _table(size: tuple[int, int], faint: Cells, marked: Cells) -> Table:
    """Return the cells of a grid, with a border of what is outside."""
    rows, columns = size
    inside = [
        [_Cell(solid=(row, column) not in faint, marked=(row, column) in marked) for column in range(columns)]
        for row in range(rows)
    ]
    border = [_OUTSIDE] * (columns + 2)
    return [border, *([_OUTSIDE, *row, _OUTSIDE] for row in inside), border]


def _looks(table: Table) -> Iterator[list[str]]:
    """Yield the looks of the lines between each row of a table with a border and the next."""
    for one, other in pairwise(table):
        yield list(map(_look, one[1:-1], other[1:-1]))


def _look(one: _Cell, other: _Cell) -> str:
    if one.marked != other.marked:
        return "marked"
    if one.solid != other.solid:
        return "frame"
    return "inner" if one.solid else "faint"


def stretches(looks: Iterable[T]) -> Iterator[tuple[T, int, int]]:
    """Yield what stands several times in a row: what it is, where it starts, and how often."""
    start = 0
    for look, run in groupby(looks):
        length = len(list(run))
        yield look, start, length
        start += length
