"""A convolution written as one sparse matrix: y.ravel() = T @ x.ravel() + bias.

The rows of T are output cells, its columns input cells, and every kernel entry stands in it once for each
output cell that it reaches: in one dimension a Toeplitz matrix. It is built from the definition alone,
without sliding windows, and so serves as an independent check of `conv`.

Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", section 4.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .arguments import Padding, PerAxis
from .convolution import conv_axes
from .exact import Array, array, normal
from .shapes import Axis


def conv_matrix(
    weight: Any,
    input_shape: Sequence[int],
    *,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
    flip: bool = False,
) -> tuple[Array, tuple[int, ...]]:
    """Return the matrix of `conv` with these kernels, and the shape of the output.

    Parameters
    ----------
    weight
        The kernels, (M, C / groups, *kernel).
    input_shape
        (C, *spatial).
    stride, padding, dilation, groups, flip
        As in `conv`.

    Returns
    -------
    tuple
        The matrix, (cells of the output, cells of the input), and (M, *out).

    Raises
    ------
    ShapeError
        If the shapes do not go together.
    """
    weight = normal(array(weight))
    along = conv_axes(
        input_shape, weight.shape, stride=stride, padding=padding, dilation=dilation, groups=groups
    )
    channels, maps = weight.shape[1], len(weight)
    output_shape = (maps, *(a.out for a in along))
    entries = np.zeros((*output_shape, *input_shape), dtype=weight.dtype)
    reached = [[_reached(a, tap) for tap in range(a.kernel)][:: -1 if flip else 1] for a in along]
    for index in np.ndindex(*weight.shape):
        m, c, *taps = index
        channel = m // (maps // groups) * channels + c
        outputs, inputs = zip(*(pairs[tap] for pairs, tap in zip(reached, taps, strict=True)), strict=True)
        entries[(m, *np.ix_(*outputs), channel, *np.ix_(*inputs))] = weight[index]
    rows = int(np.prod(output_shape))
    return entries.reshape(rows, -1), output_shape


def _reached(along: Axis, tap: int) -> tuple[list[int], list[int]]:
    """Return the places along an axis whose window lays a tap on the input, and where it lies."""
    first = tap * along.dilation - along.before
    outputs = [place for place in range(along.out) if 0 <= first + place * along.stride < along.size]
    return outputs, [first + place * along.stride for place in outputs]
