"""An animation on paper: its steps as small pictures in rows, like a strip of film."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from operator import attrgetter

from .animation_words import animation_words
from .grid import SHOWN, Style, opened
from .model import Animation
from .numerals import cell_text
from .scene import WIDEST, Scene, flow, ground, lay_out, writing
from .svg import px, svg
from .timeline import at, grids, printed

SIZES = ((17, 10.5), (15, 9.5), (13, 8.5), (12, 8), (11, 7.5), (10, 7))
WITH_ENTRIES = tuple(Style(cell, font) for cell, font in SIZES)
WITHOUT_ENTRIES = tuple(Style(cell=cell, font=9) for cell in (15, 13, 11, 10, 9))

TALLEST = 900  # px: a page, with room for a few lines of text
NUMBER = 13  # height of the line above a picture, in px
GAP = 14
ABREAST = (1, 2, 3)  # so many pictures fit side by side, whatever is in them


def strip_svg(animation: Animation, words: Callable[[Animation], str] = animation_words) -> str:
    """Draw every step that is to be printed; `words` tells what is drawn.

    A single step is drawn as large as any grid.
    """
    shown = printed(animation)
    if len(shown.frames) == 1:
        scene = lay_out(shown, SHOWN)
        parts = (opened(SHOWN), *ground(scene, at(shown, 0)), *writing(scene, at(shown, 0)), "</g>")
        return svg(scene.width, scene.height, words(shown), parts)
    strip = _strip(shown)
    return svg(strip.width, strip.height, words(shown), (opened(strip.style), *strip.parts(), "</g>"))


def _strip(animation: Animation) -> _Strip:
    """Choose the largest style that fits on a page; if none does, grids go below each other."""
    strips = [_Strip(animation, style, abreast) for abreast, style in product(ABREAST, _styles(animation))]
    return next((strip for strip in strips if strip.height <= TALLEST), min(strips, key=attrgetter("height")))


class _Strip:
    """The steps of an animation in one style; the kernels, which stay, are drawn once before them."""

    def __init__(self, animation: Animation, style: Style, abreast: int) -> None:
        self.style = style
        self._animation = replace(animation, kernels=())
        self._kernels = replace(animation, sources=(), targets=(), frames=())
        self._step = lay_out(self._animation, style, (WIDEST + GAP) // abreast - GAP)
        self._beside = [lay_out(self._kernels, style)] if animation.kernels else []
        scenes = [*self._beside, *[self._step] * len(animation.frames)]
        sizes = [[(scene.width, scene.height + NUMBER)] for scene in scenes]
        self._corners, (self.width, self.height) = flow(sizes, GAP)

    def parts(self) -> Iterator[str]:
        """Draw all pictures."""
        corners = iter(self._corners)
        for scene in self._beside:
            yield from _placed(next(corners), "", scene, self._kernels)
        for step, corner in enumerate(corners):
            yield from _placed(corner, str(step + 1), self._step, at(self._animation, step))


def _placed(corner: tuple[float, float], number: str, scene: Scene, picture: Animation) -> Iterator[str]:
    yield f'<g transform="translate({px(corner[0])} {px(corner[1])})">'
    if number:
        yield f'<text x="0" y="8" font-size="10" font-weight="600" text-anchor="start">{number}</text>'
    yield f'<g transform="translate(0 {NUMBER})">'
    yield from ground(scene, picture)
    yield from writing(scene, picture)
    yield "</g></g>"


def _styles(animation: Animation) -> tuple[Style, ...]:
    """Return the sizes that may be drawn, the largest first: without entries cells may be small."""
    cells = (cell for grid in grids(animation) for row in grid.rows for cell in row)
    told = any(frame.values for frame in animation.frames) or any(map(cell_text, cells))
    return WITH_ENTRIES if told else WITHOUT_ENTRIES
