"""Transposed convolution: every input cell stamps a kernel on the output, and overlaps add up.

It is the transpose of the matrix of a convolution, not its inverse. Computed as an ordinary convolution:
stride - 1 zeros between the input cells, the flipped kernel, stride 1.

Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", chapter 4,
relationships 8 to 14.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from .arguments import AxisPadding, Padding, PerAxis, ShapeError, each_axis, whole
from .convolution import biased, correlate, flipped
from .exact import Array, array
from .later import np
from .padding import effective_kernel, resolve_padding
from .shapes import Axis, transposed_out_size


def conv_transpose(
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    stride: PerAxis = 1,
    padding: Padding = 0,
    output_padding: PerAxis = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
) -> Array:
    """Apply a transposed convolution.

    Parameters
    ----------
    x
        The image, (C, *spatial).
    weight
        The kernels, (C, M / groups, *kernel).
    bias
        One number for each of the M output maps.
    stride, dilation
        Those of the convolution whose transpose this is.
    padding
        Cells taken away from the full output: a number, one for each axis, or one (before, after) for
        each axis.
    output_padding
        Cells added at the end of each axis.
    groups
        As in `conv`.

    Returns
    -------
    Array
        (M, *out).

    Raises
    ------
    ShapeError
        If the shapes do not go together.
    """
    x, weight = array(x), array(weight)
    along = transposed_axes(
        x.shape,
        weight.shape,
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        dilation=dilation,
        groups=groups,
    )
    stamp = partial(_stamped, strides=each_axis("stride", stride, len(along)), along=along, groups=groups)
    return biased(stamp, x, weight, bias, weight.shape[1] * groups)


def transposed_axes(
    image: Sequence[int],
    weight: Sequence[int],
    *,
    stride: PerAxis,
    padding: Padding,
    output_padding: PerAxis,
    dilation: PerAxis,
    groups: int,
) -> tuple[Axis, ...]:
    """Check the shapes of image and kernels, and work out the axes of the ordinary convolution."""
    whole("groups", groups)
    if len(image) < 2 or len(weight) != len(image) + 1 or weight[0] != image[0] or weight[0] % groups:
        raise ShapeError(
            f"an image (C, *spatial) and kernels (C, M / groups, *kernel), with C a multiple of groups = "
            f"{groups}, are needed, not shapes {tuple(image)} and {tuple(weight)}"
        )
    count = len(image) - 1
    numbers = zip(
        image[1:],
        weight[2:],
        each_axis("stride", stride, count),
        each_axis("padding", padding, count),
        each_axis("output_padding", output_padding, count),
        each_axis("dilation", dilation, count),
        strict=True,
    )
    return tuple(_axis(*each) for each in numbers)


def _axis(size: int, kernel: int, stride: int, padding: AxisPadding, extra: int, dilation: int) -> Axis:
    """Work out one axis: the input is spread by the stride and padded by d(k - 1) - p cells."""
    out = transposed_out_size(
        size, kernel, stride=stride, padding=padding, output_padding=extra, dilation=dilation
    )
    before, after = resolve_padding(padding, size, kernel)
    full = effective_kernel(kernel, dilation) - 1
    return Axis((size - 1) * stride + 1, kernel, 1, dilation, full - before, full - after + extra, out)


def _stamped(x: Array, weight: Array, strides: Sequence[int], along: Sequence[Axis], groups: int) -> Array:
    channels, maps, *kernel = weight.shape
    stamps = weight.reshape(groups, channels // groups, maps, *kernel).swapaxes(1, 2)
    kernels = flipped(stamps.reshape(groups * maps, channels // groups, *kernel))
    return correlate(_spread(x, strides), kernels, along, groups)


def _spread(x: Array, strides: Sequence[int]) -> Array:
    """Put stride - 1 zeros between neighbouring cells."""
    sizes = [(size - 1) * stride + 1 for size, stride in zip(x.shape[1:], strides, strict=True)]
    result = np.zeros((len(x), *sizes), dtype=x.dtype)
    result[(slice(None), *(slice(None, None, stride) for stride in strides))] = x
    return result
