"""A drawing of rows that have points: a plot for each amount, a line for each command, over the class size.

It is black and coloured on white wherever it is shown, and lines differ in their dashes and marks as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import cycle
from math import ceil, log10
from typing import TypeAlias

from convexam.generator.figures.plot.scale import Axis, axis
from convexam.generator.figures.svg import GREY, INK, PALE, near, svg

from .rounds import Point, Row

WIDTH = 250  # px, between the axes' ends
HEIGHT = 190
LEFT, RIGHT, TOP, BOTTOM = 60, 116, 44, 56
MARGIN = 12
LEADING = 17
FONT = 'font-family="sans-serif" font-size="13"'
LINES = (("#1f5fa8", ""), ("#b3480f", "7 4"), ("#2f7d32", "2 3"))

Curve: TypeAlias = list[tuple[float, float]]


def plots(rows: Sequence[Row]) -> str:
    """Draw all points, side by side by what they are of; nothing, if there are none."""
    points = [row.point for row in rows if row.point is not None]
    if not points:
        return ""
    kinds = list(dict.fromkeys(point.plot for point in points))
    each = LEFT + WIDTH + RIGHT
    width, height = len(kinds) * each, TOP + HEIGHT + BOTTOM
    parts = [f'<rect x="-2" y="-2" width="{width + 4}" height="{height + 4}" fill="#fff"/>']
    for number, kind in enumerate(kinds):
        parts.append(f'<g {FONT} fill="{INK}" transform="translate({number * each + LEFT} {TOP})">')
        parts += [*_plot(kind, _curves(kind, points)), "</g>"]
    return svg(width, height, _words(points), parts) + "\n"


def _curves(kind: str, points: Iterable[Point]) -> dict[str, Curve]:
    found: dict[str, Curve] = {}
    for point in points:
        if point.plot == kind:
            found.setdefault(point.curve, []).append((point.x, point.y))
    return found


def _plot(kind: str, curves: dict[str, Curve]) -> Iterator[str]:
    sizes = sorted({x for curve in curves.values() for x, _ in curve})
    up = axis([0, *(ceil(y) for curve in curves.values() for _, y in curve)]).rounded()
    yield _text(kind, -LEFT + MARGIN, -TOP / 2, "start", 'font-weight="bold"')
    for tick in up.ticks:
        yield f'<path d="M0 {near(_y(up, float(tick)))}h{WIDTH}" stroke="{PALE}" stroke-width="0.7"/>'
        yield _text(f"{float(tick):,.0f}", -8, _y(up, float(tick)) + 4, "end")
    for size in sizes:
        yield f'<path d="M{near(_x(sizes, size))} {HEIGHT}v5" stroke="{INK}"/>'
        yield _text(f"{size:,.0f}", _x(sizes, size), HEIGHT + 20, "middle")
    yield f'<path d="M0 0v{HEIGHT}h{WIDTH}" fill="none" stroke="{GREY}"/>'
    yield _text("students", WIDTH / 2, HEIGHT + 40, "middle")
    places = _apart([_y(up, curve[-1][1]) for curve in curves.values()])
    for (name, curve), (ink, dashes), place in zip(curves.items(), cycle(LINES), places, strict=False):
        where = [(near(_x(sizes, x)), near(_y(up, y))) for x, y in curve]
        data = "L".join(f"{x} {y}" for x, y in where)
        yield f'<path d="M{data}" fill="none" stroke="{ink}" stroke-width="2" stroke-dasharray="{dashes}"/>'
        yield from (f'<circle cx="{x}" cy="{y}" r="3.5" fill="{ink}"/>' for x, y in where)
        yield _text(name, WIDTH + 10, place + 4, "start", f'fill="{ink}"')


def _x(sizes: Sequence[float], size: float) -> float:
    return WIDTH * log10(size / sizes[0]) / (log10(sizes[-1] / sizes[0]) or 1)  # a single size: at the axis


def _y(up: Axis, value: float) -> float:
    return HEIGHT * (1 - value / float(up.high))


def _apart(places: Sequence[float]) -> list[float]:
    """Move texts that would stand upon another downwards; the lowest stay within the plot."""
    found = list(places)
    order = sorted(range(len(places)), key=lambda each: places[each])
    least = 0.0
    for rank, number in enumerate(order):
        found[number] = min(max(places[number], least), HEIGHT - LEADING * (len(order) - 1 - rank))
        least = found[number] + LEADING
    return found


def _words(points: Iterable[Point]) -> str:
    return "; ".join(f"{each.curve}, {each.x:,.0f} students: {each.plot} {each.y:,.1f}" for each in points)


def _text(text: str, x: float, y: float, anchor: str, more: str = "") -> str:
    return f'<text x="{near(x)}" y="{near(y)}" text-anchor="{anchor}" {more}>{escape(text)}</text>'
