"""A convolution written as one sparse matrix: y.ravel() = T @ x.ravel() + bias.

The rows of T are output cells, its columns input cells, and every kernel entry stands in it once for each
output cell that it reaches: in one dimension a Toeplitz matrix. It is built from the definition alone,
without sliding windows, and so serves as an independent check of `conv`.

Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", section 4.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from .arguments import Padding, PerAxis
from .convolution import conv_axes
from .exact import Array, array, normal
from .later import np
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
    for taps in np.ndindex(*weight.shape[2:]):
        turned = tuple(a.kernel - 1 - tap for a, tap in zip(along, taps, strict=True)) if flip else taps
        outputs, inputs = _reached(along, turned)
        for m, c in np.ndindex(maps, channels):
            channel = m // (maps // groups) * channels + c
            entries[(m, *outputs, channel, *inputs)] = weight[(m, c, *taps)]
    rows = int(np.prod(output_shape))
    return entries.reshape(rows, -1), output_shape


@lru_cache(maxsize=1024)  # whatever the weights are
def _reached(along: tuple[Axis, ...], taps: tuple[int, ...]) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """Return the output cells that a kernel entry reaches, and the input cells that it then lies on."""
    pairs = [
        [(o, i) for o in range(a.out) if 0 <= (i := o * a.stride + tap * a.dilation - a.before) < a.size]
        for a, tap in zip(along, taps, strict=True)
    ]
    outputs, inputs = ([[pair[side] for pair in axis] for axis in pairs] for side in (0, 1))
    return np.ix_(*outputs), np.ix_(*inputs)
