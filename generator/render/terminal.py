"""The document tree as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from string import ascii_uppercase
from typing import TypeAlias

from ..document import Block, Document, FigureRow, Formula, Listing, Paragraph
from ..figures.animation.words import introduction, steps_in_words
from ..figures.model import Animation, Figure, Figures, Grid
from ..figures.numerals import cell_text
from ..figures.words import words
from ..language import ENGLISH, Language
from .plain import plain, printable
from .plain_formula import plain_formula

WIDTH = 80
GAP = "   "

Lines: TypeAlias = list[str]


def terminal(document: Document, width: int = WIDTH, language: Language = ENGLISH) -> str:
    """Write a document as lines of at most `width` characters, where a figure is not wider itself.

    Marked cells stand in brackets; formulas are written in Unicode.

    Raises
    ------
    TextError
        If a formula is no LaTeX that papers know.
    """
    return "\n\n".join("\n".join(_block(block, width, language)) for block in document)


def _block(block: Block, width: int, language: Language) -> Lines:
    match block:
        case Paragraph(children):
            return [
                line
                for part in plain(children, language).split("\n")
                for line in textwrap.wrap(part, width) or [""]
            ]
        case Formula(latex):
            return [f"    {printable(plain_formula(latex, language))}"]
        case Listing(items) as listing:
            return [
                line
                for number, item in enumerate(items)
                for line in _item(item, _bullet(listing, number), width, language)
            ]
        case FigureRow(figures):
            return list(_row([_figure(figure, width, language) for figure in figures], width))


def _bullet(listing: Listing, number: int) -> str:
    if listing.lettered:
        return f"{ascii_uppercase[number]}. "
    return f"{number + 1}. " if listing.ordered else "- "


def _item(item: Document, bullet: str, width: int, language: Language) -> Iterator[str]:
    lines = terminal(item, width - len(bullet), language).split("\n")
    for number, line in enumerate(lines):
        yield ((bullet if number == 0 else " " * len(bullet)) + line).rstrip()


# -- figures ------------------------------------------------------------------------------------


def _row(figures: Sequence[Lines], width: int) -> Iterator[str]:
    """Set figures side by side while they fit, then start a new line of figures."""
    line: list[Lines] = []
    for figure in figures:
        if line and len(_beside([*line, figure])[0]) > width:
            yield from (*_stripped(_beside(line)), "")
            line = []
        line.append(figure)
    yield from _stripped(_beside(line))


def _beside(figures: Sequence[Lines]) -> Lines:
    widths = [max(map(len, figure)) for figure in figures]
    return [
        GAP.join(part.ljust(width) for part, width in zip(parts, widths, strict=True))
        for parts in zip_longest(*figures, fillvalue="")
    ]


def _stripped(lines: Lines) -> Lines:
    return [line.rstrip() for line in lines]


def _figure(figure: Figure, width: int, language: Language) -> Lines:
    if isinstance(figure, Figures):
        return list(_row([_figure(member, width, language) for member in figure.members], width))
    if isinstance(figure, Grid):
        return _grid(figure)
    if isinstance(figure, Animation):
        return list(_animation(figure, width, language))
    return textwrap.wrap(printable(words(figure, language)), width)


def _animation(figure: Animation, width: int, language: Language) -> Iterator[str]:
    """Tell an animation, one step a line."""
    begins = printable(introduction(figure, language))
    yield from textwrap.wrap(language.tell("{{ introduction }}, which mark:", introduction=begins), width)
    for number, step in enumerate(steps_in_words(figure, language), 1):
        bullet = f"{number:2}. "
        yield from textwrap.wrap(printable(step), width, initial_indent=bullet, subsequent_indent="    ")


def _grid(figure: Grid) -> Lines:
    cells = [
        [_cell(figure, row, column) for column in range(len(figure.rows[0]))]
        for row in range(len(figure.rows))
    ]
    if figure.counted_from is not None:
        cells.append([f" {column + figure.counted_from} " for column in range(len(cells[0]))])
    widest = max(len(cell) for row in cells for cell in row)
    label = f"{printable(plain_formula(figure.label))} = " if figure.label else ""
    middle = (len(figure.rows) - 1) // 2
    return [
        (label if number == middle else " " * len(label)) + "".join(cell.rjust(widest) for cell in row)
        for number, row in enumerate(cells)
    ]


def _cell(grid: Grid, row: int, column: int) -> str:
    text = printable(cell_text(grid.rows[row][column])) or "_"
    return f"[{text}]" if (row, column) in grid.marked else f" {text} "
