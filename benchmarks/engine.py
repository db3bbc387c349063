"""The exact engine on maps as exams have them; the floor is a bare im2col loop, which checks nothing.

Ours takes lists and arrays of any dimension, with strides, dilation and groups; checks them; and keeps ints
ints and fractions exact. The last rows are the size of a photograph, where the floor is numpy on floats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from convexam.generator.engine import conv, conv_grad_input, conv_grad_weight, conv_transpose, pool, pool_grad

from .rounds import Effort, Row, costs, rows_of
from .targets import Target

Maps: TypeAlias = list[Any]
SIZES = {"1x5x5, a 3x3 kernel": (1, 5, 1), "3x8x8, two 3x3 kernels": (3, 8, 2)}
KERNEL = 3
PHOTOGRAPH = (3, 224, 224)
FILTERS = 64


def im2col(x: Maps, kernels: Maps, bias: Sequence[Any], padding: int) -> Maps:
    """Convolve any type of number: pad, write each window as a row, and sum up products."""
    size, edge = len(kernels[0][0]), [0] * padding
    wide = [[edge + row + edge for row in channel] for channel in x]
    blank = [[0] * len(wide[0][0])] * padding
    tall = [blank + channel + blank for channel in wide]
    down, across = range(len(tall[0]) - size + 1), range(len(tall[0][0]) - size + 1)
    rows = [
        [
            [cell for channel in tall for row in channel[i : i + size] for cell in row[j : j + size]]
            for j in across
        ]
        for i in down
    ]
    flat = [[cell for channel in kernel for row in channel for cell in row] for kernel in kernels]
    return [
        [
            [b + sum(w * cell for w, cell in zip(kernel, window, strict=True)) for window in row]
            for row in rows
        ]
        for kernel, b in zip(flat, bias, strict=True)
    ]


def rows(effort: Effort) -> Iterator[Row]:
    """Measure both sizes, and the photograph."""
    for named, (channels, size, filters) in SIZES.items():
        yield from _small(named, channels, size, filters, effort)
    yield from _large(effort)


def _small(named: str, channels: int, size: int, filters: int, effort: Effort) -> list[Row]:
    draw = Random(8)  # noqa: S311 - the same numbers each time

    def whole(*shape: int) -> Maps:
        return np.vectorize(lambda _: draw.randint(-9, 9), otypes=[object])(np.empty(shape)).tolist()  # type: ignore[no-any-return]

    x, kernels, bias = whole(channels, size, size), whole(filters, channels, KERNEL, KERNEL), whole(filters)
    grad, shape = whole(filters, size, size), (channels, size, size)
    halves, thirds = _over(2, x), _over(3, kernels)
    if conv(x, kernels, bias, padding=1).tolist() != im2col(x, kernels, bias, 1):
        raise AssertionError(named)
    jobs: dict[str, Callable[[], object]] = {
        "a bare im2col loop": lambda: im2col(x, kernels, bias, 1),
        "a convolution": lambda: conv(x, kernels, bias, padding=1),
        "its gradient by the input": lambda: conv_grad_input(grad, kernels, shape, padding=1),
        "by the kernels": lambda: conv_grad_weight(x, grad, KERNEL, padding=1),
        "a transposed convolution": lambda: conv_transpose(x, np.swapaxes(kernels, 0, 1), bias, padding=1),
        "max pooling": lambda: pool(x, 2, kind="max"),
        "average pooling": lambda: pool(x, 2, kind="avg"),
        "the gradient of max pooling": lambda: pool_grad(x, pooled, 2, kind="max"),
    }
    pooled = pool(x, 2, kind="max")
    fractions: dict[str, Callable[[], object]] = {
        "ints": lambda: conv(x, kernels, bias, padding=1),
        "fractions": lambda: conv(halves, thirds, bias, padding=1),
        "a bare loop on fractions": lambda: im2col(halves, thirds, bias, 1),
    }
    return [
        *_rows(named, jobs, effort, {"a convolution": Target(8, at_most=3)}),
        *_rows(f"{named}, fractions to ints", fractions, effort, {"fractions": Target(8, at_most=3)}),
    ]


def _large(effort: Effort) -> list[Row]:
    draw = np.random.default_rng(8)
    x, kernels = draw.random(PHOTOGRAPH), draw.random((FILTERS, PHOTOGRAPH[0], KERNEL, KERNEL))

    def floor() -> object:
        padded = np.pad(x, ((0, 0), (1, 1), (1, 1)))
        return np.tensordot(
            kernels, sliding_window_view(padded, (KERNEL, KERNEL), (1, 2)), ((1, 2, 3), (0, 3, 4))
        )

    jobs: dict[str, Callable[[], object]] = {
        "numpy's tensordot": floor,
        "a convolution": lambda: conv(x, kernels, padding=1),
        "max pooling": lambda: pool(x, 2, kind="max"),
    }
    return _rows(f"{'x'.join(map(str, PHOTOGRAPH))} floats, {FILTERS} kernels", jobs, effort)


def _rows(
    named: str,
    jobs: Mapping[str, Callable[[], object]],
    effort: Effort,
    targets: Mapping[str, Target] = MappingProxyType({}),
) -> list[Row]:
    measured = costs({f"{named}: {what}": job for what, job in jobs.items()}, effort)
    return rows_of(measured, targets={f"{named}: {what}": target for what, target in targets.items()})


def _over(divisor: int, maps: Any) -> Any:
    return (
        [_over(divisor, each) for each in maps]
        if isinstance(maps, list)
        else Fraction(2 * maps + 1, 2 * divisor)
    )
