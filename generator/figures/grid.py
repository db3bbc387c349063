"""A grid of numbers as SVG: the same drawing on screen and in print.

Nothing is told by colour alone: marked cells are tinted and have a thick outline, faint cells are grey and
have dashed lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from itertools import chain

from ..frozen import frozen
from ..language import ENGLISH, Language
from .grid_words import grid_words
from .lines import grid_lines
from .model import Cell, Grid
from .numerals import cell_text
from .svg import FONT, GREY, INK, KEY_INK, PALE, TINT, px, svg

# in units of the size of the font
WIDTH_OF_A_CHARACTER = 0.52
PADDING = 0.9
BASELINE_BELOW_MIDDLE = 0.33
NUMBERS_BELOW = 1.2
SMALL = 0.8


@frozen
class Style:
    """How large a grid is drawn, and in what ink.

    Attributes
    ----------
    cell
        Height of a cell and its least width, in px.
    font
        Size of the entries, in px.
    weight
        Their weight.
    ink
        Their colour.
    width
        The least width of a cell where it is wider than high, in px.
    """

    cell: float
    font: float
    weight: int = 400
    ink: str = INK
    width: float = 0


SHOWN = Style(cell=28, font=15)
ANSWER = Style(cell=38, font=17, weight=600, ink=KEY_INK)


def grid_svg(grid: Grid, style: Style = SHOWN, language: Language = ENGLISH) -> str:
    """Draw a grid without its label; its cells are as wide as the widest entry needs."""
    width = cell_width(map(cell_text, chain.from_iterable(grid.rows)), style)
    parts = (
        *tints(grid, width, style.cell),
        *grid_lines(grid, width, style.cell),
        opened(style),
        *entries(grid, width, style),
        "</g>",
        *_column_numbers(grid, width, style),
    )
    height = len(grid.rows) * style.cell + (0 if grid.counted_from is None else NUMBERS_BELOW * style.font)
    return svg(len(grid.rows[0]) * width, height, grid_words(grid, language), parts)


def _column_numbers(grid: Grid, width: float, style: Style) -> Iterator[str]:
    """Write the numbers of the columns small below them, if they are to be written."""
    if grid.counted_from is None:
        return
    small = replace(style, font=style.font * SMALL, ink=GREY)
    baseline = len(grid.rows) * style.cell + style.font
    yield opened(small)
    for column in range(len(grid.rows[0])):
        yield entry(str(column + grid.counted_from), (column + 0.5) * width, baseline)
    yield "</g>"


def cell_width(texts: Iterable[str], style: Style) -> float:
    """Return how wide cells are that hold these texts."""
    widest = max(map(len, texts), default=0)
    return max(style.cell, style.width, round(style.font * (widest * WIDTH_OF_A_CHARACTER + PADDING)))


def squared_svg(columns: int, rows: int, words: str, side: float = 19) -> str:
    """Draw squared paper to write on; a side of 19 px is 5 mm."""
    across = "".join(f"M0 {px(row * side)}h{px(columns * side)}" for row in range(rows + 1))
    down = "".join(f"M{px(column * side)} 0v{px(rows * side)}" for column in range(columns + 1))
    path = f'<path d="{across}{down}" fill="none" stroke="{PALE}" stroke-width="0.5"/>'
    return svg(columns * side, rows * side, words, [path])


def tints(grid: Grid, width: float, height: float) -> Iterator[str]:
    """Draw the ground of marked cells."""
    size = f'width="{px(width)}" height="{px(height)}"'
    for row, column in sorted(grid.marked):
        yield f'<rect x="{px(column * width)}" y="{px(row * height)}" {size} fill="{TINT}"/>'


def opened(style: Style) -> str:
    """Open a group for the entries of grids."""
    font = f'font-family="{FONT}" font-size="{px(style.font)}" font-weight="{style.weight}"'
    return f'<g {font} fill="{style.ink}" text-anchor="middle">'


def entries(grid: Grid, width: float, style: Style, left: float = 0, top: float = 0) -> Iterator[str]:
    """Write all entries of a grid at (left, top), inside a group that was opened for their style."""
    for row, cells in enumerate(grid.rows):
        for column, cell in enumerate(cells):
            if text := cell_text(cell):
                x, y = middle((row, column), width, style)
                yield entry(text, left + x, top + y, GREY if (row, column) in grid.faint else "")


def middle(cell: Cell, width: float, style: Style) -> tuple[float, float]:
    """Return where the entry of a cell stands: the middle of its baseline."""
    row, column = cell
    baseline = style.cell / 2 + style.font * BASELINE_BELOW_MIDDLE
    return (column + 0.5) * width, row * style.cell + round(2 * baseline) / 2


def entry(text: str, x: float, y: float, ink: str = "") -> str:
    """Write an entry into a group that was opened for its style."""
    fill = f' fill="{ink}"' if ink else ""
    return f'<text x="{px(x)}" y="{px(y)}"{fill}>{escape(text)}</text>'
