"""The outline of marked cells as path data."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import groupby

from .model import Cell
from .scene import Box
from .svg import px


def outline(cells: frozenset[Cell], box: Box, height: float) -> str:
    """Draw around cells: as few rectangles as there are runs of equal rows."""
    if not cells:
        return ""
    top, left = (min(cell[axis] for cell in cells) for axis in (0, 1))
    shape = frozenset((row - top, column - left) for row, column in cells)
    return "".join(
        f"M{px(box.x + (left + column) * box.width)} {px(box.y + (top + row) * height)}"
        f"h{px(columns * box.width)}v{px(rows * height)}h-{px(columns * box.width)}z"
        for row, column, rows, columns in _rectangles(shape)
    )


@lru_cache(maxsize=64)  # a window keeps its shape while it slides
def _rectangles(shape: frozenset[Cell]) -> tuple[tuple[int, int, int, int], ...]:
    """Merge cells into rectangles: first row, first column, rows, columns."""
    rows = sorted({row for row, _ in shape})
    blocks = groupby(enumerate(rows), key=lambda pair: (pair[1] - pair[0], tuple(runs(shape, pair[1]))))
    return tuple(
        (first, column, 1 + len(more), columns)
        for (_, runs), block in blocks
        for first, *more in [[row for _, row in block]]
        for column, columns in runs
    )


def runs(cells: Collection[Cell], row: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of cells in a row: first column, columns."""
    columns = sorted(column for at, column in cells if at == row)
    for _, run in groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
        first, *more = (column for _, column in run)
        yield first, 1 + len(more)
