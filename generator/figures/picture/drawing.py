"""Images as grey cells.

Each cell is a thick stroke: equal neighbours in a row are one stroke, all cells of one grey are one path.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from .brightness import brightness
from .model import Cell, Picture
from .picture_words import picture_words
from .svg import GREY, INK, px, svg

SIDE = 18
RASTER = ('stroke="#fff" stroke-width="1"', f'stroke="{GREY}" stroke-width="0.4"')
"""White below grey, so that the lines can be seen between cells of any one brightness."""

OUTLINE = ('stroke="#fff" stroke-width="4"', f'stroke="{INK}" stroke-width="2"')
"""Likewise."""


def picture_svg(picture: Picture) -> str:
    """Draw an image without its label; marked cells are outlined."""
    rows, columns = len(picture.rows), len(picture.rows[0])
    width, height = columns * SIDE, rows * SIDE
    parts = (*_cells(picture), *_raster(columns, rows), *_outline(picture.marked))
    return svg(width, height, picture_words(picture), parts)


def _cells(picture: Picture) -> Iterator[str]:
    strokes: defaultdict[int, str] = defaultdict(str)
    for row, values in enumerate(picture.rows):
        column = 0
        for level, run in groupby(round(brightness(picture, value) * 255) for value in values):
            length = len(list(run))
            strokes[level] += f"M{px(column * SIDE)} {px((row + 0.5) * SIDE)}h{px(length * SIDE)}"
            column += length
    yield f'<g fill="none" stroke-width="{SIDE}">'
    for level, data in sorted(strokes.items()):
        yield f'<path d="{data}" stroke="#{level:02x}{level:02x}{level:02x}"/>'
    yield "</g>"


def _raster(columns: int, rows: int) -> Iterator[str]:
    across = "".join(f"M0 {px(row * SIDE)}h{px(columns * SIDE)}" for row in range(1, rows))
    down = "".join(f"M{px(column * SIDE)} 0v{px(rows * SIDE)}" for column in range(1, columns))
    for stroke in RASTER if across + down else ():
        yield f'<path d="{across}{down}" fill="none" {stroke}/>'
    size = f'width="{columns * SIDE}" height="{rows * SIDE}"'
    yield f'<rect {size} fill="none" stroke="{GREY}" stroke-width="0.7"/>'


def _outline(marked: frozenset[Cell]) -> Iterator[str]:
    data = "".join(line for cell in sorted(marked) for line in _sides(cell, marked))
    if data:
        for stroke in OUTLINE:
            yield f'<path d="{data}" fill="none" {stroke} stroke-linecap="square"/>'


def _sides(cell: Cell, marked: frozenset[Cell]) -> Iterator[str]:
    """Draw the sides of a marked cell that part it from cells that are not."""
    row, column = cell
    left, top = column * SIDE, row * SIDE
    sides = {
        (row - 1, column): f"M{left} {top}h{SIDE}",
        (row + 1, column): f"M{left} {top + SIDE}h{SIDE}",
        (row, column - 1): f"M{left} {top}v{SIDE}",
        (row, column + 1): f"M{left + SIDE} {top}v{SIDE}",
    }
    yield from (line for neighbour, line in sides.items() if neighbour not in marked)
