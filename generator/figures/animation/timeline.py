"""What stands where at each step of an animation: the one source of everything that is made from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ..model import Animation, Cell, Grid

NOWHERE: frozenset[Cell] = frozenset()


class Written(NamedTuple):
    """A text in a cell of a target, from one step to the one before which something else replaces it.

    Steps are counted from 0; `until` is None for a text that stays.
    """

    since: int
    until: int | None
    target: int
    cell: Cell
    text: str


def grids(animation: Animation) -> tuple[Grid, ...]:
    """Return all grids in the order of reading: sources, kernels, targets."""
    return (*animation.sources, *animation.kernels, *animation.targets)


def before(animation: Animation) -> Animation:
    """Return the animation as a picture of the moment before its first step: nothing is marked or written."""
    return replace(
        animation,
        sources=tuple(replace(grid, marked=NOWHERE) for grid in animation.sources),
        targets=tuple(replace(grid, marked=NOWHERE) for grid in animation.targets),
    )


def at(animation: Animation, step: int) -> Animation:
    """Return the animation as a picture of one of its steps, counted from 0."""
    frame = animation.frames[step]
    shown = after(animation, step)
    return replace(
        shown,
        sources=tuple(replace(grid, marked=frame.read) for grid in shown.sources),
        targets=tuple(replace(grid, marked=frame.written) for grid in shown.targets),
    )


def after(animation: Animation, step: int) -> Animation:
    """Return what a step leaves behind: what is written by then, and nothing marked."""
    blank = before(animation)
    texts: dict[tuple[int, Cell], str] = {}
    for frame in animation.frames[: step + 1]:
        texts |= frame.values
    targets = tuple(_filled(grid, number, texts) for number, grid in enumerate(blank.targets))
    return replace(blank, targets=targets)


def texts(animation: Animation) -> Iterator[Written]:
    """Yield every text that is written, in the order of targets, cells and steps."""
    history: dict[tuple[int, Cell], list[tuple[int, str]]] = {}
    for step, frame in enumerate(animation.frames):
        for place, text in frame.values.items():
            entries = history.setdefault(place, [])
            if not entries or entries[-1][1] != text:
                entries.append((step, text))
    for (target, cell), entries in sorted(history.items()):
        ends = (*(since for since, _ in entries[1:]), None)
        for (since, text), until in zip(entries, ends, strict=True):
            yield Written(since, until, target, cell, text)


def printed(animation: Animation) -> Animation:
    """Return the part of an animation that is shown on paper."""
    return replace(animation, frames=animation.frames[: animation.printed])


def _filled(grid: Grid, number: int, texts: dict[tuple[int, Cell], str]) -> Grid:
    rows = tuple(
        tuple(texts.get((number, (row, column)), cell) for column, cell in enumerate(cells))
        for row, cells in enumerate(grid.rows)
    )
    return replace(grid, rows=rows)
