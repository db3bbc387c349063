"""What is seen of an operation, told once more in plain loops: the second key of `identify_operation`.

Nothing is shared with the engine or with `timeline`. Cells are counted from the first of their map, and
those in front of it below 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import islice, product, zip_longest
from typing import TypeAlias

from ..frozen import frozen
from ..number import Number
from .scatter import Pair, Rows, starts

Written: TypeAlias = tuple[tuple[Pair, Number | None], ...]
Step: TypeAlias = tuple[frozenset[Pair], Written]
"""The cells that a step reads, and what it writes."""

Window: TypeAlias = tuple[int, int, int, int]
"""Size, stride, dilation and padding."""

Drawn: TypeAlias = tuple[range, range] | None
"""The rows, or the columns, that are drawn of input and output; None where the window does not fit."""


# Hundreds of windows are compared on the same few maps.
@lru_cache(maxsize=20_000)
def _slid_over(length: int, window: Window, around: bool, overhang: bool) -> Drawn:  # noqa: FBT001
    """Draw the padding, and what the last window covers."""
    size, stride, dilation, padding = window
    begins = starts(length, size, stride, (padding, padding), dilation, overhang=overhang)
    if not begins:
        return None
    end = begins[-1] + (size - 1) * dilation + 1
    covered = range(-padding, max(length + padding, end))
    return covered if around else range(length), range(len(begins))


@lru_cache(maxsize=20_000)
def _stamped_on(length: int, window: Window, around: bool, overhang: bool) -> Drawn:  # noqa: ARG001, FBT001
    """Draw all that is stamped on, or that without what is cut off."""
    size, stride, dilation, padding = window
    full = (length - 1) * stride + (size - 1) * dilation + 1
    if full - 2 * padding < 1:
        return None
    cut = 0 if around else padding
    return range(length), range(cut - padding, full - cut - padding)


@frozen
class Told:
    """An operation to be told.

    Attributes
    ----------
    operation
        Its name.
    size, stride, dilation, padding
        Of its square window.
    height, width
        Rows and columns of the input.
    around
        Whether the cells around the input, or those cut off the output, are seen.
    numbers
        Image and kernel, where they are seen.
    overhang, turned, counting
        Whether a last window may hang over the end, kernels are turned, padded cells count in a mean.
    """

    operation: str
    size: int
    stride: int
    dilation: int
    padding: int
    height: int
    width: int
    around: bool
    numbers: tuple[Rows, Rows] | None
    overhang: bool
    turned: bool
    counting: bool

    def lookalikes(
        self, operations: Sequence[str], windows: Iterable[Window], steps: int | None
    ) -> Iterator[Told]:
        """Yield what can be told with some operations and windows, and is the same to be seen.

        With `steps`, only the first so many are seen.
        """
        drawn = self._drawn(self.operation, self.window)
        if None in drawn:
            return
        seen = list(islice(self._steps(), steps))
        for window, operation in product(windows, operations):
            if self._drawn(operation, window) == drawn:
                size, stride, dilation, padding = window
                other = replace(
                    self, operation=operation, size=size, stride=stride, dilation=dilation, padding=padding
                )
                if other._is_possible() and _are_same(seen, islice(other._steps(), steps)):
                    yield other

    @property
    def window(self) -> Window:
        """Its window alone."""
        return self.size, self.stride, self.dilation, self.padding

    def _drawn(self, operation: str, window: Window) -> tuple[Drawn, Drawn]:
        """Return what is drawn down and across."""
        along = _stamped_on if operation.startswith("transposed") else _slid_over
        return (
            along(self.height, window, self.around, self.overhang),
            along(self.width, window, self.around, self.overhang),
        )

    @cached_property
    def _seen(self) -> tuple[tuple[range, ...], tuple[range, ...]]:
        """The rows and columns that are drawn, of the input and of the output."""
        read, written = zip(*filter(None, self._drawn(self.operation, self.window)), strict=True)
        return read, written

    def _is_possible(self) -> bool:
        """Say whether there is something in every window to be pooled, and a kernel of this size to use."""
        if self.operation.endswith("pooling"):
            return self._pools_something()
        return self.numbers is None or len(self.numbers[1]) == self.size

    def _steps(self) -> Iterator[Step]:
        """Yield what each step reads and writes."""
        return self._stamping() if self.operation.startswith("transposed") else self._sliding()

    @property
    def _taps(self) -> list[Pair]:
        return list(product(range(self.size), range(self.size)))

    def _place(self, corner: Pair, tap: Pair) -> Pair:
        return corner[0] + tap[0] * self.dilation, corner[1] + tap[1] * self.dilation

    @cached_property
    def _corners(self) -> tuple[list[int], list[int]]:
        """Where windows begin, down and across."""
        sides = (self.padding, self.padding)
        rows, columns = (
            starts(length, self.size, self.stride, sides, self.dilation, overhang=self.overhang)
            for length in (self.height, self.width)
        )
        return rows, columns

    def _pools_something(self) -> bool:
        """Say whether every window holds a cell of the input."""
        taps = [tap * self.dilation for tap in range(self.size)]
        return all(
            any(0 <= start + tap < length for tap in taps)
            for starts_, length in zip(self._corners, (self.height, self.width), strict=True)
            for start in starts_
        )

    def _sliding(self) -> Iterator[Step]:
        rows, columns = self._corners
        seen, _ = self._seen
        for (i, top), (j, left) in product(enumerate(rows), enumerate(columns)):
            read = frozenset(_within((self._place((top, left), tap) for tap in self._taps), seen))
            yield read, (((i, j), self._value((top, left))),)

    def _value(self, corner: Pair) -> Number | None:
        """Return what a window comes to, where numbers are seen."""
        if self.numbers is None:
            return None
        met = dict(self._met(corner, self.numbers[0]))
        inside = [number for number in met.values() if number is not None]
        if self.operation == "max pooling":
            return max(inside)
        if self.operation == "average pooling":
            return Fraction(sum(inside)) / (len(met) if self.counting else len(inside))
        kernel = self.numbers[1][::-1] if self.turned else self.numbers[1]
        rows = [row[::-1] if self.turned else row for row in kernel]
        return sum((rows[u][v] * (number or 0) for (u, v), number in met.items()), 0)

    def _met(self, corner: Pair, image: Rows) -> Iterator[tuple[Pair, Number | None]]:
        """Yield the number under each tap; None in the padding, nothing beyond it."""
        for tap in self._taps:
            row, column = self._place(corner, tap)
            if 0 <= row < self.height and 0 <= column < self.width:
                yield tap, image[row][column]
            elif row < self.height + self.padding and column < self.width + self.padding:
                yield tap, None

    def _stamping(self) -> Iterator[Step]:
        _, seen = self._seen
        sums: dict[Pair, Number] = {}
        for cell in product(range(self.height), range(self.width)):
            stamp = self._stamp(cell)
            for place, amount in stamp.items():
                sums[place] = sums.get(place, 0) + amount
            written = ((place, sums[place] if self.numbers else None) for place in _within(stamp, seen))
            yield frozenset([cell]), tuple(written)

    def _stamp(self, cell: Pair) -> Mapping[Pair, Number]:
        """Return what one input cell adds to the cells of the output."""
        corner = cell[0] * self.stride - self.padding, cell[1] * self.stride - self.padding
        if self.numbers is None:
            return {self._place(corner, tap): 0 for tap in self._taps}
        image, kernel = self.numbers
        return {
            self._place(corner, tap): image[cell[0]][cell[1]] * kernel[tap[0]][tap[1]] for tap in self._taps
        }


def _are_same(steps: Iterable[Step], others: Iterable[Step]) -> bool:
    return all(step == other for step, other in zip_longest(steps, others))


def _within(cells: Iterable[Pair], seen: tuple[range, ...]) -> list[Pair]:
    rows, columns = seen
    return [cell for cell in cells if cell[0] in rows and cell[1] in columns]
