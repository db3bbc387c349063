"""Where labels stand on slanting lines so that they keep clear of each other and of other lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Point(NamedTuple):
    """A place in px."""

    x: float
    y: float


class Line(NamedTuple):
    """A straight line between two points."""

    start: Point
    end: Point

    def at(self, percent: int) -> Point:
        """Return the point that far along the line."""
        return Point(*(a + (b - a) * percent / 100 for a, b in zip(*self, strict=True)))


CANDIDATES = (50, 46, 54, 42, 58, 38, 62, 34, 66, 30, 70, 26, 74, 22, 78)
"""Percent of the way, best first."""

ROUNDS = 4

ENOUGH = 16**2
"""The square of a distance beyond which more does not count, so that the best percents win."""

FLAT = 2
"""Labels are so much wider than high; distances count accordingly."""


def label_places(lines: Sequence[Line]) -> list[Point]:
    """Choose a place on each line for its label, as far from all else as can be.

    One label moves after the other, in several rounds, since each makes room for the next.
    """
    placed = [line.at(CANDIDATES[0]) for line in lines]
    for _ in range(ROUNDS):
        for number, line in enumerate(lines):
            labels = placed[:number] + placed[number + 1 :]
            placed[number] = _best(line, labels, [other for other in lines if other != line])
    return placed


def _best(line: Line, labels: Sequence[Point], others: Sequence[Line]) -> Point:
    places = map(line.at, CANDIDATES)
    return max(places, key=lambda place: _room(place, labels, others))


def _room(place: Point, labels: Iterable[Point], others: Iterable[Line]) -> float:
    """Return the square of the distance to the nearest label or, counting double, line, within limits."""
    from_labels = (_apart(place, other) for other in labels)
    from_lines = (4 * _apart(place, _foot(place, other)) for other in others)
    return min((ENOUGH, *from_labels, *from_lines))


def _apart(one: Point, other: Point) -> float:
    return ((one.x - other.x) / FLAT) ** 2 + (one.y - other.y) ** 2


def _foot(place: Point, line: Line) -> Point:
    """Return the point of a line at the height of a place."""
    (x0, y0), (x1, y1) = line
    return Point(x0 + (x1 - x0) * (place.y - y0) / (y1 - y0), place.y)
