"""An animation on paper: its steps as small pictures in rows, like a strip of film."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .grid import SHOWN, Style, opened
from .model import Animation
from .numerals import cell_text
from .scene import Scene, flow, ground, lay_out, writing
from .svg import px, svg
from .timeline import at, grids, printed
from .words import animation_words

WITH_ENTRIES = (Style(cell=17, font=10.5), Style(cell=15, font=9.5))
WITHOUT_ENTRIES = tuple(Style(cell=cell, font=9) for cell in (15, 13, 11, 10, 9))

TALLEST = 900  # px: a page, with room for a few lines of text
NUMBER = 13  # height of the line above a picture, in px
GAP = 14


def strip_svg(animation: Animation) -> str:
    """Draw every step that is to be printed; a single one is drawn as large as any grid."""
    shown = printed(animation)
    if len(shown.frames) == 1:
        scene = lay_out(shown, SHOWN)
        parts = (opened(SHOWN), *ground(scene, at(shown, 0)), *writing(scene, at(shown, 0)), "</g>")
        return svg(scene.width, scene.height, animation_words(shown), parts)
    strips = [_Strip(shown, style) for style in _styles(shown)]
    strip = next((strip for strip in strips if strip.height <= TALLEST), strips[-1])
    parts = (opened(strip.style), *strip.parts(), "</g>")
    return svg(strip.width, strip.height, animation_words(shown), parts)


class _Strip:
    """The steps of an animation in one style; the kernels, which stay, are drawn once before them."""

    def __init__(self, animation: Animation, style: Style) -> None:
        self.style = style
        self._animation = replace(animation, kernels=())
        self._kernels = replace(animation, sources=(), targets=(), frames=())
        self._step = lay_out(self._animation, style)
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
