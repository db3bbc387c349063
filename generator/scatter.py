"""Filtering the other way round: the second key of everything that slides a window.

The engine gathers: it lays a window over the image for every output cell. Here every pixel is thrown at all
output cells that it touches, in plain Python. No line and no formula is shared with the engine, the size
of the output included: windows are counted one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TypeAlias

from .document import Number

Pair: TypeAlias = tuple[int, int]
Rows: TypeAlias = Sequence[Sequence[Number]]


def starts(size: int, kernel: int, stride: int, sides: Pair, dilation: int) -> list[int]:
    """Return where the windows along one axis start, in cells of the image; the padding counts below 0."""
    before, after = sides
    found: list[int] = []
    start = -before
    while start + (kernel - 1) * dilation < size + after:
        found.append(start)
        start += stride
    return found


def filtered(
    maps: Sequence[Rows],
    kernels: Sequence[Sequence[Rows]],
    bias: Sequence[Number],
    *,
    stride: Pair,
    padding: tuple[Pair, Pair],
    dilation: Pair,
    turned: bool,
) -> tuple[tuple[tuple[Number, ...], ...], ...]:
    """Filter maps, (C, H, W), with kernels, (M, C, h, w); `turned` turns the kernels by 180 degrees."""
    size = len(maps[0]), len(maps[0][0])
    window = len(kernels[0][0]), len(kernels[0][0][0])
    rows, columns = (
        {start: place for place, start in enumerate(starts(*axis))}
        for axis in zip(size, window, stride, padding, dilation, strict=True)
    )
    outputs = []
    for kernel, constant in zip(kernels, bias, strict=True):
        sums = dict.fromkeys(product(rows.values(), columns.values()), constant)
        for channel, (r, c), (u, v) in product(
            range(len(maps)), product(*map(range, size)), product(*map(range, window))
        ):
            row, column = rows.get(r - u * dilation[0]), columns.get(c - v * dilation[1])
            if row is None or column is None:
                continue
            weight = kernel[channel][-1 - u][-1 - v] if turned else kernel[channel][u][v]
            sums[row, column] += maps[channel][r][c] * weight
        outputs.append(
            tuple(tuple(sums[row, column] for column in columns.values()) for row in rows.values())
        )
    return tuple(outputs)
