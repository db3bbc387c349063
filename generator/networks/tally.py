"""Counting one by one: the second key of everything that counts parameters.

The engine multiplies the sizes of a layer's weights. Here they are tallied filter by filter and channel by
channel; no formula is shared with the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product, repeat

from .architecture import Conv, Dense, Layer, Shape, each


def cells(shape: Shape) -> int:
    """Add the cells of a tensor up, axis by axis."""
    total = 1
    for size in shape:
        total = sum(repeat(total, size))
    return total


def tally(layer: Layer, shape: Shape) -> tuple[int, int]:
    """Return the weights and the biases of a layer whose input has this shape."""
    if isinstance(layer, Conv):
        filters = list(_filters(layer, shape))
        return sum(filters), len(filters) if layer.bias else 0
    if isinstance(layer, Dense):
        return sum(repeat(cells(shape), layer.units)), layer.units if layer.bias else 0
    if layer == "batch_norm":
        return sum(repeat(2, shape[0])), 0  # a scale and a shift for each channel
    return 0, 0


def _filters(layer: Conv, shape: Shape) -> Iterator[int]:
    """Yield how many weights each filter has: the cells of its window in every channel of its group."""
    channels, axes = shape[0], len(shape) - 1
    window = sum(1 for _ in product(*map(range, each(layer.kernel, axes))))
    members = Counter(channel * layer.groups // channels for channel in range(channels))
    for number in range(layer.filters):
        yield sum(repeat(window, members[number * layer.groups // layer.filters]))
