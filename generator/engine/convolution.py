"""Convolution as networks compute it, which is cross-correlation; true convolution flips the kernel.

y[m, i, j] = b[m] + sum over c, u, v of w[m, c, u, v] * x[c, i*s + u*d - p, j*s + v*d - p]

Source: I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning", MIT Press 2016, equations 9.6 (with
the kernel as it stands) and 9.4 (flipped); stride, padding and dilation as in Dumoulin and Visin.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import prod
from typing import Any

from .arguments import Padding, PerAxis, ShapeError, whole
from .exact import Array, array
from .later import np
from .linear import affine, multilinear
from .shapes import Axis, axes
from .windows import slide


def conv(
    x: Any,
    weight: Any,
    bias: Any = None,
    *,
    stride: PerAxis = 1,
    padding: Padding = 0,
    dilation: PerAxis = 1,
    groups: int = 1,
    flip: bool = False,
) -> Array:
    """Convolve an image with kernels.

    Parameters
    ----------
    x
        The image, (C, *spatial), in any number of spatial dimensions.
    weight
        The kernels, (M, C / groups, *kernel).
    bias
        One number for each of the M output maps.
    stride, dilation
        In cells; one number for all axes, or one for each.
    padding
        Zeros: a number, one for each axis, one (before, after) for each axis, or ``valid``,
        ``same_upper``, ``same_lower``.
    groups
        Output maps of a group see only the input channels of that group.
    flip
        Turn the kernel by 180 degrees: convolution in the mathematical sense.

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
    along = conv_axes(x.shape, weight.shape, stride=stride, padding=padding, dilation=dilation, groups=groups)
    kernels = flipped(weight) if flip else weight
    return biased(partial(correlate, along=along, groups=groups), x, kernels, bias, len(weight))


def correlate(x: Array, weight: Array, along: Sequence[Axis], groups: int) -> Array:
    """Sum up products of kernels and windows, group by group: one matrix product for each group."""
    kernels = weight.reshape(groups, len(weight) // groups, -1)
    maps: Array = kernels @ columns(x, along, groups)
    return maps.reshape(len(weight), *(a.out for a in along))


def columns(x: Array, along: Sequence[Axis], groups: int) -> Array:
    """Write every window as a column ("im2col"): (groups, C / groups * kernel cells, output cells)."""
    patches = slide(x, along)
    outs, taps = range(1, x.ndim), range(x.ndim, patches.ndim)
    cells = prod(a.out for a in along)
    return patches.transpose(0, *taps, *outs).reshape(groups, -1, cells)


def biased(compute: Callable[..., Array], x: Array, weight: Array, bias: Any, maps: int) -> Array:
    """Compute maps of an image and kernels, and add one number to each."""
    if bias is None:
        return multilinear(compute, x, weight)
    bias = array(bias)
    if bias.shape != (maps,):
        raise ShapeError(f"bias has shape {bias.shape}: {maps} output maps need {maps} numbers")
    return affine(compute, bias.reshape(-1, *[1] * (x.ndim - 1)), x, weight)


def conv_axes(
    image: Sequence[int],
    weight: Sequence[int],
    *,
    stride: PerAxis,
    padding: Padding,
    dilation: PerAxis,
    groups: int,
) -> tuple[Axis, ...]:
    """Check the shapes of image and kernels, and work out every axis."""
    whole("groups", groups)
    if len(image) < 2 or len(weight) != len(image) + 1:
        raise ShapeError(
            f"an image (C, *spatial) and kernels (M, C / groups, *kernel) are needed, not shapes "
            f"{tuple(image)} and {tuple(weight)}"
        )
    if weight[1] * groups != image[0] or weight[0] % groups:
        raise ShapeError(
            f"{weight[0]} kernels of {weight[1]} channels in {groups} group(s) do not fit an image of "
            f"{image[0]} channels: kernels need C / groups channels, and groups divides their number"
        )
    return axes(image[1:], weight[2:], stride=stride, padding=padding, dilation=dilation)


def flipped(weight: Array) -> Array:
    """Turn every kernel by 180 degrees."""
    return np.flip(weight, axis=tuple(range(2, weight.ndim)))
