"""The shapes that run through a list of layers.

A shape is (C, *spatial), or (n,) after `Flatten` and `Dense`; there is no batch axis.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod
from typing import TypeAlias, assert_never

from .arguments import ShapeError, each_axis, whole
from .convolution import conv_axes
from .layers import (
    Activation,
    BatchNorm,
    Conv,
    ConvTranspose,
    Dense,
    Flatten,
    GlobalPool,
    Layer,
    Pool,
)
from .pooling import pool_axes
from .transposed import transposed_axes

Shape: TypeAlias = tuple[int, ...]


def out_shape(layer: Layer, shape: Sequence[int]) -> Shape:
    """Return the shape that comes out of a layer.

    Raises
    ------
    ShapeError
        If the layer does not fit the shape.
    """
    shape = tuple(shape)
    match layer:
        case Conv(stride=stride, padding=padding, dilation=dilation, groups=groups):
            weight = weight_shape(layer, shape)
            along = conv_axes(shape, weight, stride=stride, padding=padding, dilation=dilation, groups=groups)
            return (layer.filters, *(a.out for a in along))
        case ConvTranspose():
            along = transposed_axes(
                shape,
                weight_shape(layer, shape),
                stride=layer.stride,
                padding=layer.padding,
                output_padding=layer.output_padding,
                dilation=layer.dilation,
                groups=layer.groups,
            )
            return (layer.filters, *(a.out for a in along))
        case Pool(kernel, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode):
            along = pool_axes(shape, kernel, stride, padding, dilation, ceil_mode=ceil_mode)
            return (shape[0], *(a.out for a in along))
        case GlobalPool():
            return (shape[0], *[1] * (len(shape) - 1))
        case Flatten():
            return (prod(shape),)
        case Dense():
            return (weight_shape(layer, shape)[0],)
        case Activation() | BatchNorm():
            return shape
        case _:
            assert_never(layer)


def shapes(layers: Iterable[Layer], input_shape: Sequence[int]) -> tuple[Shape, ...]:
    """Return the shape of the input and the shape behind every layer.

    Raises
    ------
    ShapeError
        If a layer does not fit; the message names it by its place, counted from 1.
    """
    result = [tuple(whole("input_shape", size) for size in input_shape)]
    for place, layer in enumerate(layers, start=1):
        try:
            result.append(out_shape(layer, result[-1]))
        except ShapeError as error:
            raise ShapeError(f"layer {place} ({type(layer).__name__}): {error}") from error
    return tuple(result)


def weight_shape(layer: Conv | ConvTranspose | Dense, shape: Sequence[int]) -> Shape:
    """Return the shape of a layer's weights for an input of this shape.

    (M, C / groups, *kernel) for a convolution, (C, M / groups, *kernel) for a transposed one, and
    (units, n) for a dense layer.
    """
    if isinstance(layer, Dense):
        if len(shape) != 1:
            raise ShapeError(f"a dense layer needs a flat input, not {tuple(shape)}: put Flatten before it")
        return whole("units", layer.units), shape[0]
    filters, groups = whole("filters", layer.filters), whole("groups", layer.groups)
    kernel = each_axis("kernel", layer.kernel, len(shape) - 1)
    kernel = tuple(whole("kernel", size) for size in kernel)
    if filters % groups or shape[0] % groups:
        raise ShapeError(f"{groups} groups do not divide {shape[0]} channels and {filters} filters")
    if isinstance(layer, Conv):
        return (filters, shape[0] // groups, *kernel)
    return (shape[0], filters // groups, *kernel)
