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
    size, stride, dilation, padding
        Of the window, the same along both axes.
    """

    sizes: Pair
    drawn: bool
    steps: int | None
    ceil_mode: bool
    stamps: bool
    size: int
    stride: int
    dilation: int
    padding: int

    @property
    def window(self) -> Window:
        """Size, stride, dilation and padding together."""
        return self.size, self.stride, self.dilation, self.padding

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


def layouts(motion: Motion) -> tuple[Layout, Layout] | None:
    """Return how input and output are drawn, or None where the window does not fit."""
    rows, columns = axes_of(motion)
    if rows is None or columns is None:
        return None
    around = (rows.around, columns.around) if motion.drawn else ((0, 0), (0, 0))
    output = (rows.output, columns.output)
    if motion.stamps:
        return Layout(motion.sizes), Layout(output, around)
    return Layout(motion.sizes, around), Layout(output)


def axes_of(motion: Motion) -> tuple[Along | None, Along | None]:
    """Return what there is down and across; None where the window does not fit."""
    along = _stamped_along if motion.stamps else _slid_along
    rows, columns = (along(length, motion.window, motion.ceil_mode) for length in motion.sizes)
    return rows, columns


def meets_input(motion: Motion) -> bool:
    """Say whether every window, seen or not, holds a cell of the input."""
    return all(axis is not None and axis.meets for axis in axes_of(motion))


Window: TypeAlias = tuple[int, int, int, int]
"""Size, stride, dilation, padding."""


class Along(NamedTuple):
    """One axis of a motion.

    Attributes
    ----------
    output
        How many cells the output has.
    around
        The cells around the input, or those cut off the output.
    meets
        Whether every window holds a cell of the input; a pooling needs that.
    """

    output: int
    around: Pair
    meets: bool


# Thousands of settings are compared on maps of the same few lengths.
@lru_cache(maxsize=20_000)
def _slid_along(length: int, window: Window, ceil_mode: bool) -> Along | None:  # noqa: FBT001
    slide, square = _slide(window, ceil_mode), (length, length)
    try:
        output, _ = slide.positions(square)
    except ShapeError:
        return None
    inside = range(slide.padding[0][0], slide.padding[0][0] + length)
    starts = (slide.window((place, 0)) for place in range(output))
    return Along(
        output, slide.frame(square)[0], all(any(row in inside for row, _ in cells) for cells in starts)
    )


@lru_cache(maxsize=20_000)
def _stamped_along(length: int, window: Window, ceil_mode: bool) -> Along | None:  # noqa: ARG001, FBT001
    size, stride, dilation, padding = window
    try:
        output = transposed_out_size(length, size, stride=stride, padding=padding, dilation=dilation)
    except ShapeError:
        return None
    return Along(output, (padding, padding), meets=True)


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
    slide, padding = motion.slide, motion.padding
    for cell in target.cells:
        window = [(row - padding, column - padding) for row, column in slide.window(cell)]
        yield source.drawn(window), target.drawn([cell])


def _stamping(motion: Motion, source: Layout, target: Layout) -> Iterator[Marks]:
    taps = range(0, effective_kernel(motion.size, motion.dilation), motion.dilation)
    for row, column in source.cells:
        top, left = row * motion.stride - motion.padding, column * motion.stride - motion.padding
        stamp = [(top + down, left + across) for down, across in product(taps, taps)]
        yield source.drawn([(row, column)]), target.drawn(stamp)
