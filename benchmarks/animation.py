"""A figure that moves, in twelve steps: as an SVG that moves by itself, in words, as film strip and GIF."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from convexam.generator.figures.animation.film import strip_svgs
from convexam.generator.figures.animation.gif import gif
from convexam.generator.figures.animation.motion import moving_svg
from convexam.generator.figures.animation.words import steps_in_words
from convexam.generator.figures.model import Animation, Frame, Grid
from convexam.generator.language import ENGLISH

from .rounds import Effort, Row, costs, rows_of
from .targets import Target

MOVING = "an SVG that moves"
ROWS, COLUMNS, SIDE = 3, 4, 3  # of the map that is written, and of the window


def rows(effort: Effort) -> Iterator[Row]:
    """Draw it in each form; the bytes stand behind the name."""
    shown = _animation()
    forms: dict[str, Callable[[], bytes]] = {
        MOVING: lambda: moving_svg(shown).encode(),
        "its steps in words": lambda: "".join(steps_in_words(shown, ENGLISH)).encode(),
        "a film strip": lambda: "".join(strip_svgs(shown)).encode(),
        "a GIF": lambda: gif(shown),
    }
    named = {name: f"{name}: {len(form()):,} bytes" for name, form in forms.items()}
    measured = costs(forms, effort)
    yield from rows_of({named[name]: cost for name, cost in measured.items()})
    took, size = measured[MOVING].seconds * 1e3, len(forms[MOVING]()) / 1e3
    yield Row(f"{MOVING}, its time", f"{took:.2f} ms", "", Target(10, at_most=1, unit=" ms"), took)
    yield Row(f"{MOVING}, its size", f"{size:.1f} kB", "", Target(10, at_most=6, unit=" kB"), size)


def _animation() -> Animation:
    """Slide a window over a map of numbers, step by step as a question shows it."""
    places = [(row, column) for row in range(ROWS) for column in range(COLUMNS)]
    frames = tuple(
        Frame(
            frozenset((row + down, column + right) for down in range(SIDE) for right in range(SIDE)),
            frozenset({(row, column)}),
            {(0, (row, column)): f"−{9 * row + column}"},
        )
        for row, column in places
    )
    numbers = tuple(tuple((5 * row + 3 * column) % 11 - 4 for column in range(6)) for row in range(5))
    empty = ((None,) * COLUMNS,) * ROWS
    return Animation((Grid(numbers, "X"),), (Grid(empty, "Y"),), frames)
