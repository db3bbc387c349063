"""The marks of a step: outlines of cells as path data, and how they are drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import groupby

from ..lines import STROKES
from ..model import Cell, Frame
from ..svg import px
from .layout import Arrangement, Box

MARKING = f'fill="#ffba15" fill-opacity="0.35" {STROKES["marked"]}'
"""On white the tint of marked cells, but the lines below it stay visible."""


def marks(frame: Frame, arrangement: Arrangement) -> str:
    """Draw around all cells that a step marks."""
    height = arrangement.style.cell
    read = (outline(frame.read, box, height) for box in arrangement.boxes[: arrangement.sources])
    written = (outline(frame.written, box, height) for box in arrangement.target_boxes)
    return "".join((*read, *written))


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
