"""Filtering and pooling the other way round: the second key of everything that slides a window.

The engine gathers: it lays a window over the image for every output cell. Here every pixel is thrown at all
output cells that it touches, in plain Python. No line and no formula is shared with the engine, the size
of the output included: windows are counted one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from ..number import Number

Pair: TypeAlias = tuple[int, int]
Rows: TypeAlias = Sequence[Sequence[Number]]


def starts(
    size: int, kernel: int, stride: int, sides: Pair, dilation: int, *, overhang: bool = False
) -> list[int]:
    """Return where the windows along one axis start, in cells of the image; the padding counts below 0.

    With `overhang` one more window covers the cells that are left over at the end, if it hangs over by
    less than a step; then no window may start behind the image.
    """
    before, after = sides
    span = (kernel - 1) * dilation
    found: list[int] = []
    start = -before
    while start + span < size + after:
        found.append(start)
        start += stride
    if not overhang:
        return found
    left_over = not found or found[-1] + span < size + after - 1
    hangs = 0 < start + span - (size + after - 1) < stride
    return [place for place in (*found, *[start] * (left_over and hangs)) if place < size]


def meetings(begins: Sequence[int], cells: range, taps: int, gap: int = 1) -> list[tuple[int, int, int]]:
    """Return, along one axis, every cell with every tap that meets it and the number of the window."""
    places = {start: place for place, start in enumerate(begins)}
    return [
        (cell, tap, places[cell - tap * gap])
        for cell, tap in product(cells, range(taps))
        if cell - tap * gap in places
    ]


def filtered(
    maps: Sequence[Rows],
    kernels: Sequence[Sequence[Rows]],
    bias: Sequence[Number],
    *,
    stride: Pair,
    padding: tuple[Pair, Pair],
    dilation: Pair,
    turned: bool,
    overhang: bool = False,
) -> tuple[tuple[tuple[Number, ...], ...], ...]:
    """Filter maps, (C, H, W), with kernels, (M, C, h, w); `turned` turns the kernels by 180 degrees."""
    size = len(maps[0]), len(maps[0][0])
    window = len(kernels[0][0]), len(kernels[0][0][0])
    rows, columns = (
        starts(*axis, overhang=overhang) for axis in zip(size, window, stride, padding, dilation, strict=True)
    )
    down = meetings(rows, range(size[0]), window[0], dilation[0])
    across = meetings(columns, range(size[1]), window[1], dilation[1])
    outputs = []
    for kernel, constant in zip(kernels, bias, strict=True):
        sums = [[constant] * len(columns) for _ in rows]
        for channel, (r, u, row), (c, v, column) in product(range(len(maps)), down, across):
            weight = kernel[channel][-1 - u][-1 - v] if turned else kernel[channel][u][v]
            sums[row][column] += maps[channel][r][c] * weight
        outputs.append(tuple(map(tuple, sums)))
    return tuple(outputs)


def pooled(
    maps: Sequence[Rows],
    window: Pair,
    *,
    largest: bool,
    stride: Pair,
    padding: tuple[Pair, Pair],
    overhang: bool,
    counts_padding: bool,
) -> tuple[tuple[tuple[Number, ...], ...], ...]:
    """Return the largest or the mean value of every window of maps, (C, H, W)."""
    height, width = len(maps[0]), len(maps[0][0])
    (top, bottom), (left, right) = padding
    rows = starts(height, window[0], stride[0], padding[0], 1, overhang=overhang)
    columns = starts(width, window[1], stride[1], padding[1], 1, overhang=overhang)
    down = meetings(rows, range(-top, height + bottom), window[0])
    across = meetings(columns, range(-left, width + right), window[1])
    outputs = []
    for single in maps:
        bags: list[list[list[Number]]] = [[[] for _ in columns] for _ in rows]
        for (r, _, row), (c, _, column) in product(down, across):
            inside = 0 <= r < height and 0 <= c < width
            if inside or counts_padding:
                bags[row][column].append(single[r][c] if inside else 0)
        outputs.append(
            tuple(
                tuple(sorted(bag)[-1] if largest else Fraction(sum(bag)) / len(bag) for bag in line)
                for line in bags
            )
        )
    return tuple(outputs)


def matrix_entries(
    sizes: Pair, kernels: Sequence[Sequence[Rows]], corners: tuple[list[int], list[int]], *, turned: bool
) -> dict[Pair, Number]:
    """Return the entries of the matrix of a convolution by (output, input), from where its windows start."""
    height, width = sizes
    down, across = corners
    found: dict[Pair, Number] = {}
    for m, kernel in enumerate(kernels):
        for (i, top), (j, left) in product(enumerate(down), enumerate(across)):
            output = (m * len(down) + i) * len(across) + j
            for c, rows in enumerate(kernel):
                for u, v in product(range(len(rows)), range(len(rows[0]))):
                    if 0 <= top + u < height and 0 <= left + v < width:
                        weight = rows[-1 - u][-1 - v] if turned else rows[u][v]
                        found[output, (c * height + top + u) * width + left + v] = weight
    return found


def stamped_size(count: int, taps: int, stride: int, dilation: int, padding: int, extra: int) -> int:
    """Return how long a transposed convolution makes an axis: as far as stamps reach, without what is cut."""
    last = max(place * stride + tap * dilation for place in range(count) for tap in range(taps))
    return last + 1 - 2 * padding + extra


def stamped(
    image: Rows, kernel: Rows, stride: Pair, dilation: Pair, padding: Pair, extra: Pair
) -> tuple[tuple[Number, ...], ...]:
    """Return the transposed convolution of one map: what it cuts off and adds is counted at the end."""
    sizes, window = (len(image), len(image[0])), (len(kernel), len(kernel[0]))
    sums: dict[Pair, Number] = {}
    for (r, row), (u, weights) in product(enumerate(image), enumerate(kernel)):
        for (c, number), (v, weight) in product(enumerate(row), enumerate(weights)):
            place = r * stride[0] + u * dilation[0], c * stride[1] + v * dilation[1]
            sums[place] = sums.get(place, 0) + number * weight
    rows, columns = (
        range(axis[4], axis[4] + stamped_size(*axis))
        for axis in zip(sizes, window, stride, dilation, padding, extra, strict=True)
    )
    return tuple(tuple(sums.get((r, c), 0) for c in columns) for r in rows)
