"""Shapes the other way round: windows are laid down and counted one by one, with no formula and no engine."""

from __future__ import annotations

from ..model import Conventions
from ..sliding.scatter import starts
from .architecture import Conv, Dense, Layer, Pad, Pool, Shape, each, stride_of
from .tally import cells


def counted_shape(layer: Layer, shape: Shape, conventions: Conventions) -> Shape:
    """Count what comes out of a layer; nothing, ``()``, where a window does not fit."""
    match layer:
        case Conv() | Pool():
            sizes = _counted(layer, shape[1:], conventions)
            channels = layer.filters if isinstance(layer, Conv) else shape[0]
            return (channels, *sizes) if all(sizes) else ()
        case Pad(padding):
            sides = zip(shape[1:], each(padding, len(shape) - 1), strict=True)
            return (shape[0], *(len(range(-before, size + after)) for size, (before, after) in sides))
        case "flatten":
            return (cells(shape),)
        case "global_avg_pool" | "global_max_pool":
            return (shape[0], *(1 for _ in shape[1:]))
        case Dense(units):
            return (units,)
        case _:
            return shape


def _counted(layer: Conv | Pool, spatial: Shape, conventions: Conventions) -> Shape:
    axes = len(spatial)
    overhang = conventions.rounding == "ceil" or (isinstance(layer, Pool) and layer.ceil_mode)
    dilation = layer.dilation if isinstance(layer, Conv) else (1,)
    if layer.padding in ("same_upper", "same_lower"):
        return tuple(
            len(range(0, size, step))
            for size, step in zip(spatial, each(stride_of(layer), axes), strict=True)
        )
    sides = ((0, 0),) if isinstance(layer.padding, str) else layer.padding
    along = zip(
        spatial,
        each(layer.kernel, axes),
        each(stride_of(layer), axes),
        each(sides, axes),
        each(dilation, axes),
        strict=True,
    )
    return tuple(len(starts(*axis, overhang=overhang)) for axis in along)
