"""What flows through a network: a stack of sheets, a column of circles, or a box that tells nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isqrt
from typing import NamedTuple

from ..model import Chain, Maps, Units
from ..svg import GREY, INK, near

LARGEST = 84
"""Height and width of the largest map, in px."""

LEAST = 7
GROWTH = 14.0  # px for the root of a row or column, where the largest map allows it
SHEETS = 6
OFFSET = 4
RADIUS = 5
PITCH = 14
CIRCLES = 6
BOX = (56, 70)

PEN = f'fill="#fff" stroke="{INK}"'


class Stage(NamedTuple):
    """A drawing with its upper left corner at 0, 0."""

    width: float
    height: float
    parts: tuple[str, ...]


def stages(chain: Chain) -> list[Stage]:
    """Draw all stages of a network to one scale, on which roots of lengths are compared.

    What is hidden neither shows nor decides the scale.
    """
    largest = max((length for stage in chain.stages for length in _lengths(stage)), default=1)
    scale = min(GROWTH, LARGEST / _root(largest))
    return [_stage(stage, scale) for stage in chain.stages]


def is_hidden(stage: Maps | Units) -> bool:
    """Whether a stage is drawn as a box that tells nothing."""
    if isinstance(stage, Units):
        return stage.count is None
    return None in (stage.count, stage.height, stage.width)


def _lengths(stage: Maps | Units) -> Iterable[int]:
    if isinstance(stage, Units) or stage.count is None or stage.height is None or stage.width is None:
        return ()
    return stage.height, stage.width


def _stage(stage: Maps | Units, scale: float) -> Stage:
    if stage.count is None:
        return _hidden()
    if isinstance(stage, Units):
        return _column(stage.count)
    if stage.height is None or stage.width is None:
        return _hidden()
    sides = [max(LEAST, scale * _root(length)) for length in (stage.width, stage.height)]
    return _stack(min(stage.count, SHEETS), *sides)


def _root(length: int) -> float:
    return isqrt(length * 10_000) / 100  # the same on every machine


def _hidden() -> Stage:
    width, height = BOX
    size = f'width="{width}" height="{height}"'
    return Stage(width, height, (f'<rect {size} fill="#fff" stroke="{GREY}" stroke-dasharray="4 3"/>',))


def _stack(sheets: int, width: float, height: float) -> Stage:
    depth = (sheets - 1) * OFFSET
    size = f'width="{near(width)}" height="{near(height)}"'
    parts = (f'<rect x="{depth - back}" y="{back}" {size} {PEN}/>' for back in range(0, depth + 1, OFFSET))
    return Stage(width + depth, height + depth, tuple(parts))


def _column(count: int) -> Stage:
    if count <= CIRCLES:
        return Stage(2 * RADIUS, count * PITCH, tuple(_circles(range(count))))
    below = range(CIRCLES - 2, CIRCLES)
    dots = (
        f'<circle cx="{RADIUS}" cy="{near(3.5 * PITCH + shift)}" r="1.2" fill="{INK}"/>'
        for shift in (-5, 0, 5)
    )
    return Stage(2 * RADIUS, CIRCLES * PITCH, (*_circles(range(3)), *dots, *_circles(below)))


def _circles(places: Iterable[int]) -> Iterator[str]:
    for place in places:
        yield f'<circle cx="{RADIUS}" cy="{near((place + 0.5) * PITCH)}" r="{RADIUS}" {PEN}/>'
