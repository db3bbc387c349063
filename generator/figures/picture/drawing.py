"""Images as grey cells.

Each cell is a thick stroke: equal neighbours in a row are one stroke, all cells of one grey are one path, and
the grey of most cells is the ground of all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import TypeAlias

from ...language import ENGLISH, Language
from ..lines import stretches
from ..model import Cell, Picture
from ..svg import GREY, INK, svg
from .brightness import brightness
from .words import picture_words

Levels: TypeAlias = Sequence[Sequence[int]]
"""How bright each cell is, from 0 to 255."""

SIDE = 18
RASTER = {False: "#fff", True: "#000"}
"""The lines between two cells, by whether one of these is bright."""

OUTLINE = ('stroke="#fff" stroke-width="4"', f'stroke="{INK}" stroke-width="2"')
"""White below ink, so that it can be seen between cells of any brightness."""


def picture_svg(picture: Picture, language: Language = ENGLISH) -> str:
    """Draw an image without its label; marked cells are outlined."""
    levels = [[round(brightness(picture, value) * 255) for value in row] for row in picture.rows]
    width, height = len(levels[0]) * SIDE, len(levels) * SIDE
    frame = f'<rect width="{width}" height="{height}" fill="none" stroke="{GREY}" stroke-width="0.7"/>'
    parts = (*_cells(levels), *_raster(levels), frame, *_outline(picture.marked))
    return svg(width, height, picture_words(picture, language), parts)


def _cells(levels: Levels) -> Iterator[str]:
    ((ground, _),) = Counter(chain.from_iterable(levels)).most_common(1)
    strokes: defaultdict[int, str] = defaultdict(str)
    for row, values in enumerate(levels):
        for level, column, length in stretches(values):
            strokes[level] += f"M{column * SIDE} {row * SIDE + SIDE // 2}h{length * SIDE}"
    size = f'width="{len(levels[0]) * SIDE}" height="{len(levels) * SIDE}"'
    yield f'<rect {size} fill="{_grey(ground)}"/><g fill="none" stroke-width="{SIDE}">'
    for level, data in sorted(strokes.items()):
        if level != ground:
            yield f'<path d="{data}" stroke="{_grey(level)}"/>'
    yield "</g>"


def _grey(level: int) -> str:
    return f"#{level:02x}{level:02x}{level:02x}"


def _raster(levels: Levels) -> Iterator[str]:
    """Draw thin lines between cells, a little darker than bright ones and brighter than dark ones."""
    lines = {False: "", True: ""}
    for row, pairs in enumerate(_neighbours(levels), 1):
        for bright, column, length in stretches(pairs):
            lines[bright] += f"M{column * SIDE} {row * SIDE}h{length * SIDE}"
    for column, pairs in enumerate(_neighbours(tuple(zip(*levels, strict=True))), 1):
        for bright, row, length in stretches(pairs):
            lines[bright] += f"M{column * SIDE} {row * SIDE}v{length * SIDE}"
    for bright, data in lines.items():
        if data:
            look = f'stroke="{RASTER[bright]}" stroke-opacity="0.4" stroke-width="0.5"'
            yield f'<path d="{data}" fill="none" {look}/>'


def _neighbours(levels: Levels) -> Iterator[list[bool]]:
    """Yield for the cells of each row and those of the next whether one of two is bright."""
    for upper, lower in pairwise(levels):
        yield [max(one, other) > 127 for one, other in zip(upper, lower, strict=True)]


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
