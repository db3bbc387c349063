"""Which cells an operation reads and writes, step by step, and how much is drawn around its maps.

A window that slides reads a block of cells and writes one; a transposed convolution reads one cell and writes
a block. Pooling and convolution with the same window leave the same trace.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product
from typing import NamedTuple, TypeAlias

from ..engine import ShapeError, effective_kernel, transposed_out_size
from ..figures.model import Cell, Grid
from .geometry import Map
from .worked import Pair, Slide

Marks: TypeAlias = tuple[frozenset[Cell], frozenset[Cell]]
"""The cells that a step reads, and those that it writes, as they are drawn."""


class Window(NamedTuple):
    """A square window; the same along both axes."""

    size: int
    stride: int
    dilation: int
    padding: int


class Motion(NamedTuple):
    """A square window on a map, and how much of it is seen.

    Attributes
    ----------
    sizes
        Rows and columns of the input.
    drawn
        Whether the cells around are drawn: the padding of an input, or what a transposed convolution cuts
        off its output. Otherwise only cells inside are seen.
    steps
        How many steps are seen, the first ones; None for all.
    ceil_mode
        Whether the last window may hang over the end.
    stamps
        Whether the window is that of a transposed convolution.
    window
        The window.
    """

    sizes: Pair
    drawn: bool
    steps: int | None
    ceil_mode: bool
    stamps: bool
    window: Window

    @property
    def slide(self) -> Slide:
        """The window as it slides."""
        return _slide(self.window, self.ceil_mode)


class Layout(NamedTuple):
    """Where a map lies among the cells that are drawn of it.

    Attributes
    ----------
    sizes
        Rows and columns of the map.
    around
        Cells that are drawn around it: ((top, bottom), (left, right)).
    """

    sizes: Pair
    around: tuple[Pair, Pair] = ((0, 0), (0, 0))

    @property
    def cells(self) -> list[Cell]:
        """The cells of the map, row by row."""
        rows, columns = self.sizes
        return list(product(range(rows), range(columns)))

    def drawn(self, cells: Sequence[Cell]) -> frozenset[Cell]:
        """Return those of some cells, counted from the first of the map, that are drawn, and where."""
        (top, bottom), (left, right) = self.around
        height, width = self.sizes
        return frozenset(
            (top + row, left + column)
            for row, column in cells
            if -top <= row < height + bottom and -left <= column < width + right
        )

    def grid(self, label: str, numbers: Map | None = None) -> Grid:
        """Draw the map, with empty cells around it."""
        (top, bottom), (left, right) = self.around
        rows, columns = top + self.sizes[0] + bottom, left + self.sizes[1] + right
        inside = {
            (top + row, left + column): numbers[row][column] if numbers else None
            for row, column in self.cells
        }
        cells = product(range(rows), range(columns))
        return Grid(
            tuple(tuple(inside.get((row, column)) for column in range(columns)) for row in range(rows)),
            label,
            faint=frozenset(cell for cell in cells if cell not in inside),
        )


class Along(NamedTuple):
    """What is drawn along one axis.

    Attributes
    ----------
    output
        How many cells the output has.
    before, after
        The cells that are drawn around the input, and around the output.
    """

    output: int
    before: Pair = (0, 0)
    after: Pair = (0, 0)


def layouts(motion: Motion) -> tuple[Layout, Layout] | None:
    """Return how input and output are drawn, or None where the window does not fit."""
    rows, columns = axes_of(motion)
    if rows is None or columns is None:
        return None
    return (
        Layout(motion.sizes, (rows.before, columns.before)),
        Layout((rows.output, columns.output), (rows.after, columns.after)),
    )


def axes_of(motion: Motion) -> tuple[Along | None, Along | None]:
    """Return what is drawn down and across; None where the window does not fit."""
    (rows, columns), drawn, _, ceil_mode, stamps, window = motion
    along = _stamped_along if stamps else _slid_along
    return along(rows, window, drawn, ceil_mode), along(columns, window, drawn, ceil_mode)


def meets_input(motion: Motion) -> bool:
    """Say whether every window, seen or not, holds a cell of the input; a pooling needs that."""
    return motion.stamps or all(
        _meets_input(length, motion.window, motion.ceil_mode) for length in motion.sizes
    )


# Hundreds of windows are compared on maps of the same few lengths.
@lru_cache(maxsize=20_000)
def _slid_along(length: int, window: Window, drawn: bool, ceil_mode: bool) -> Along | None:  # noqa: FBT001
    slide, square = _slide(window, ceil_mode), (length, length)
    try:
        output, _ = slide.positions(square)
    except ShapeError:
        return None
    return Along(output, before=slide.frame(square)[0]) if drawn else Along(output)


@lru_cache(maxsize=20_000)
def _stamped_along(length: int, window: Window, drawn: bool, ceil_mode: bool) -> Along | None:  # noqa: ARG001, FBT001
    size, stride, dilation, padding = window
    try:
        output = transposed_out_size(length, size, stride=stride, padding=padding, dilation=dilation)
    except ShapeError:
        return None
    return Along(output, after=(padding, padding)) if drawn else Along(output)


def _meets_input(length: int, window: Window, ceil_mode: bool) -> bool:  # noqa: FBT001
    slide = _slide(window, ceil_mode)
    inside = range(window.padding, window.padding + length)
    output, _ = slide.positions((length, length))
    return all(any(row in inside for row, _ in slide.window((place, 0))) for place in range(output))


def _slide(window: Window, ceil_mode: bool) -> Slide:  # noqa: FBT001
    size, stride, dilation, padding = window
    sides = (padding, padding)
    return Slide((size, size), (stride, stride), (sides, sides), (dilation, dilation), ceil_mode)


@lru_cache(maxsize=500)
def trace(motion: Motion) -> tuple[Marks, ...]:
    """Return what every step that is seen reads and writes.

    Raises
    ------
    ShapeError
        If the window does not fit.
    """
    found = layouts(motion)
    if found is None:
        raise ShapeError(f"the window does not fit a map of {motion.sizes[0]} x {motion.sizes[1]} cells")
    steps = _stamping(motion, *found) if motion.stamps else _sliding(motion, *found)
    return tuple(islice(steps, motion.steps))


def _sliding(motion: Motion, source: Layout, target: Layout) -> Iterator[Marks]:
    slide, padding = motion.slide, motion.window.padding
    for cell in target.cells:
        window = [(row - padding, column - padding) for row, column in slide.window(cell)]
        yield source.drawn(window), target.drawn([cell])


def _stamping(motion: Motion, source: Layout, target: Layout) -> Iterator[Marks]:
    size, stride, dilation, padding = motion.window
    taps = range(0, effective_kernel(size, dilation), dilation)
    for row, column in source.cells:
        top, left = row * stride - padding, column * stride - padding
        stamp = [(top + down, left + across) for down, across in product(taps, taps)]
        yield source.drawn([(row, column)]), target.drawn(stamp)
