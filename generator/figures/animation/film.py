"""An animation on paper: its steps as small pictures, like a strip of film.

Each row of pictures is a drawing of its own, so that a strip may go on over pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from typing import NamedTuple

from ...language import ENGLISH, Language
from ..grid import SHOWN, Style, opened
from ..model import Animation
from ..numerals import cell_text
from ..svg import px, svg
from .layout import WIDEST, Arrangement, ground, lay_out, writing
from .timeline import after, grids, printed
from .window import MARKING, marks
from .words import piece_in_words

WITH_ENTRIES = tuple(Style(cell, font) for cell, font in ((20, 12), (18, 11), (17, 10.5), (16, 10), (15, 9)))
WITHOUT_ENTRIES = tuple(Style(cell=cell, font=9) for cell in (15, 13, 12, 11, 10, 9))

PAGE = 900  # px
ABREAST = 4  # pictures in a row; more than that are no reason for smaller ones
NUMBER = 13  # height of the line above a picture, in px
GAP = 14  # between pictures; twice as much where there is room
KERNELS = -1  # their place, before the first step


class _Picture(NamedTuple):
    """A step, or the kernels, in its place.

    Attributes
    ----------
    moment
        What is written by then; nothing is marked.
    marked
        What is marked, as path data.
    heading
        The number above.
    """

    arrangement: Arrangement
    moment: Animation
    marked: str = ""
    heading: str = ""


def strip_svgs(animation: Animation, language: Language = ENGLISH, *, told: bool = True) -> tuple[str, ...]:
    """Draw every step that is to be printed, each row of pictures by itself.

    A single step is drawn as large as any grid. In words, drawings tell their steps, or name them only.
    """
    shown = printed(animation)
    if len(shown.frames) == 1:
        return (_single(shown, piece_in_words(shown, range(1), language, first=True, told=told)),)
    strip = _strip(shown)
    steps = (range(max(row.start, 0), row.stop) for row in strip.rows)
    words = (
        piece_in_words(shown, some, language, first=number == 0, told=told)
        for number, some in enumerate(steps)
    )
    return tuple(map(strip.drawing, strip.rows, words))


def _single(animation: Animation, words: str) -> str:
    arrangement = lay_out(animation, SHOWN)
    picture = _Picture(arrangement, after(animation, 0), marks(animation.frames[0], arrangement))
    return svg(arrangement.width, arrangement.height, words, _drawn([picture], SHOWN))


def _strip(animation: Animation) -> _Strip:
    """Choose the largest style that takes few rows, and a page at most; if none does, the shortest strip."""
    strips = [_Strip(animation, style) for style in _styles(animation)]
    return min(strips, key=lambda strip: (max(len(strip.rows), strip.fewest), max(strip.height, PAGE)))


class _Strip:
    """The steps of an animation in one style; the kernels, which stay, are drawn once before them.

    Attributes
    ----------
    rows
        The steps in each row; the kernels have a place as if they were a step.
    fewest
        How many rows are few enough.
    height
        Of all rows.
    """

    def __init__(self, animation: Animation, style: Style) -> None:
        self._style = style
        self._animation = replace(animation, kernels=())
        self._kernels = replace(animation, sources=(), targets=(), frames=())
        self._step = lay_out(self._animation, style)
        self._beside = lay_out(self._kernels, style) if animation.kernels else self._step
        self._width = max(self._step.width, self._beside.width)
        self._height = max(self._step.height, self._beside.height)
        abreast = max(1, int((WIDEST + GAP) // (self._width + GAP)))
        self._across = min(self._width + 2 * GAP, (WIDEST + GAP) // abreast)
        places = range(KERNELS if animation.kernels else 0, len(animation.frames))
        self.rows = [places[start : start + abreast] for start in range(0, len(places), abreast)]
        self.fewest = ceil(len(places) / ABREAST)
        self.height = len(self.rows) * (NUMBER + self._height + GAP)

    def drawing(self, row: range, words: str) -> str:
        """Draw one row."""
        pictures = [self._picture(step, place * self._across) for place, step in enumerate(row)]
        width = (len(row) - 1) * self._across + self._width
        return svg(width, NUMBER + self._height, words, _drawn(pictures, self._style))

    def _picture(self, step: int, x: float) -> _Picture:
        arrangement = self._beside if step == KERNELS else self._step
        placed = arrangement.moved(x, NUMBER + (self._height - arrangement.height) // 2)
        if step == KERNELS:
            return _Picture(placed, self._kernels)
        look = 'font-size="10" font-weight="600" text-anchor="start"'
        heading = f'<text x="{px(x)}" y="8" {look}>{step + 1}</text>'
        marked = marks(self._animation.frames[step], placed)
        return _Picture(placed, after(self._animation, step), marked, heading)


def _drawn(pictures: Sequence[_Picture], style: Style) -> Iterator[str]:
    yield from ground((picture.arrangement, picture.moment) for picture in pictures)
    if marked := "".join(picture.marked for picture in pictures):
        yield f'<path d="{marked}" {MARKING}/>'
    yield opened(style)
    for picture in pictures:
        yield picture.heading
        yield from writing(picture.arrangement, picture.moment)
    yield "</g>"


def _styles(animation: Animation) -> tuple[Style, ...]:
    """Return the sizes that may be drawn, the largest first: without entries cells may be small."""
    cells = (cell for grid in grids(animation) for row in grid.rows for cell in row)
    told = any(frame.values for frame in animation.frames) or any(map(cell_text, cells))
    return WITH_ENTRIES if told else WITHOUT_ENTRIES
