"""In which order the values of an image stand in a vector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from ..frozen import frozen
from ..number import Number

Order: TypeAlias = Literal["CHW", "HWC"]
Rows: TypeAlias = Sequence[Sequence[Number]]

Position: TypeAlias = tuple[int, ...]
"""Row and column, and the channel of an image that has channels; counted from 0."""

ROW, COLUMN, CHANNEL = range(3)

_AXES: dict[Order, tuple[int, ...]] = {"HWC": (ROW, COLUMN, CHANNEL), "CHW": (CHANNEL, ROW, COLUMN)}


@frozen
class Layout:
    """The values of an image, one after the other.

    Attributes
    ----------
    sizes
        Rows and columns, and channels if there are any.
    axes
        Their places in `sizes`, the one that runs slowest first.
    """

    sizes: tuple[int, ...]
    axes: tuple[int, ...]

    def index(self, position: Position) -> int:
        """Return the place in the vector of the value at a position, both counted from 0."""
        index = 0
        for axis in self.axes:
            index = index * self.sizes[axis] + position[axis]
        return index

    def position(self, index: int) -> Position:
        """Return where the value at a place in the vector comes from."""
        found = dict.fromkeys(range(len(self.sizes)), 0)
        first, *others = self.axes
        for axis in reversed(others):
            index, found[axis] = divmod(index, self.sizes[axis])
        found[first] = index
        return tuple(found.values())

    def flattened(self, image: Sequence[Rows]) -> tuple[Number, ...]:
        """Write the values of an image, (C, H, W), one after the other."""
        cells = {
            self.index((row, column, channel)): value
            for channel, rows in enumerate(image)
            for row, values in enumerate(rows)
            for column, value in enumerate(values)
        }
        return tuple(cells[index] for index in sorted(cells))

    def image(self, vector: Sequence[Number]) -> tuple[tuple[tuple[Number, ...], ...], ...]:
        """Put the values of a vector in their places: (C, H, W)."""
        height, width, *channels = self.sizes
        return tuple(
            tuple(
                tuple(vector[self.index((row, column, channel))] for column in range(width))
                for row in range(height)
            )
            for channel in range(*(channels or [1]))
        )

    @property
    def shape(self) -> tuple[int, ...]:
        """The sizes as a shape is written: the axis that runs slowest first."""
        return tuple(self.sizes[axis] for axis in self.axes)


def axes_of(order: Order, channels: int | None) -> tuple[int, ...]:
    """Return the axes of an order, the slowest first; without channels, both orders are the same."""
    return tuple(axis for axis in _AXES[order] if axis != CHANNEL or channels is not None)


def other(order: Order) -> Order:
    """Return the other order."""
    return "HWC" if order == "CHW" else "CHW"
