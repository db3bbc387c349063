"""Shapes through a network, worked out as the engine does or with a known slip: shared by several kinds.

A kind whose `Given` has an ``input``, (C, *spatial), and ``layers`` takes `MISCONCEPTIONS` as they are, and
computes its shapes here, with the slips of its case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from math import prod
from typing import Any, Literal, TypeAlias

from .. import engine
from ..changes import Change, slip
from ..frozen import frozen
from ..model import Case, Conventions, Misconception
from .architecture import Conv, Layer, Pad, Padding, Pool, Shape, each, engine_layer, stride_of

Slips: TypeAlias = frozenset[str]
NO_SLIPS: Slips = frozenset()


@frozen
class Window:
    """A window that slides along one axis.

    Attributes
    ----------
    size
        Cells of the axis.
    kernel, stride, dilation
        Of the window.
    padding
        (before, after), or None for 'same' padding: as much as makes the stride alone shorten the axis.
    ceil
        Whether a number of positions that is not whole is rounded up.
    """

    size: int
    kernel: int
    stride: int
    dilation: int
    padding: tuple[int, int] | None
    ceil: bool

    def positions(self, slips: Slips = NO_SLIPS) -> int:
        """Return how many positions the window has.

        Raises
        ------
        ShapeError
            If there is none.
        """
        if "kernel_as_output" in slips:
            return self.kernel
        if self.padding is None:
            rounded_down = "floor_for_ceil" in slips and self.size % self.stride > 0
            return _at_least_one(self._count("same_upper") - rounded_down)
        before, after = self.padding
        if "pad_once" in slips:
            after = 0
        if "ceil_for_floor" in slips and not self.ceil:
            after += self.stride - 1  # as if cells were added until the last window is full
        return _at_least_one(self._count((before, after)) - ("missing_plus_one" in slips))

    def _count(self, padding: tuple[int, int] | str) -> int:
        return engine.out_size(
            self.size,
            self.kernel,
            stride=self.stride,
            padding=padding,
            dilation=self.dilation,
            ceil_mode=self.ceil,
        )


def _at_least_one(count: int) -> int:
    if count < 1:
        raise engine.ShapeError("by this calculation nothing is left")
    return count


def windows(layer: Conv | Pool, spatial: Shape, conventions: Conventions) -> tuple[Window, ...]:
    """Return the window of a layer along each axis."""
    axes = len(spatial)
    dilation = layer.dilation if isinstance(layer, Conv) else (1,)
    ceil = conventions.rounding == "ceil" or (isinstance(layer, Pool) and layer.ceil_mode)
    numbers = zip(
        spatial,
        each(layer.kernel, axes),
        each(stride_of(layer), axes),
        each(dilation, axes),
        _paddings(layer.padding, axes),
        strict=True,
    )
    return tuple(Window(*of_axis, ceil) for of_axis in numbers)


def _paddings(padding: Padding, axes: int) -> tuple[tuple[int, int] | None, ...]:
    if padding == "valid":
        return ((0, 0),) * axes
    return (None,) * axes if isinstance(padding, str) else each(padding, axes)


MOST_VALUES = 20_000_000
"""Of a map, or pairs of channels in a convolution: more would be counted one by one for minutes."""


def require_countable(layer: Layer, shape: Shape) -> None:
    """Refuse what no exam asks and would only keep the machine busy.

    Raises
    ------
    ShapeError
        If the input of a layer holds too many values, or a convolution joins too many channels.
    """
    pairs = layer.filters * shape[0] // layer.groups if isinstance(layer, Conv) else 0
    if max(prod(shape), pairs) > MOST_VALUES:
        raise engine.ShapeError(
            f"an input of shape {shape} is too large here: at most {MOST_VALUES} values, "
            "and so many pairs of input channels and filters"
        )


@lru_cache(maxsize=4096)  # misread cases of one network share most of its layers
def out_shape(layer: Layer, shape: Shape, conventions: Conventions, slips: Slips = NO_SLIPS) -> Shape:
    """Return the shape that comes out of a layer.

    Raises
    ------
    ShapeError
        If the layer does not fit.
    """
    require_countable(layer, shape)
    match layer:
        case Conv():
            filters = engine.weight_shape(_conv(layer, shape), shape)[0]
            return (filters, *_sizes(layer, shape, conventions, slips))
        case Pool():
            sizes = _sizes(layer, shape, conventions, slips)
            if "pool_channels_only" in slips:
                return (_pooled_channels(layer, shape, conventions), *shape[1:])
            if "pool_over_channels" in slips:
                return (_pooled_channels(layer, shape, conventions), *sizes)
            return (shape[0] + _added_channels(layer.padding, slips), *sizes)
        case Pad(padding):
            if "pad_once" in slips:
                layer = Pad(tuple((before, 0) for before, _ in padding))
            padded = engine.out_shape(engine_layer(layer, len(shape) - 1), shape)
            return (padded[0] + _added_channels(padding, slips), *padded[1:])
        case "flatten" if "flatten_one_map" in slips:
            return engine.out_shape(engine.Flatten(), shape[1:])
        case _:
            return engine.out_shape(engine_layer(layer, len(shape) - 1), shape)


def _conv(layer: Conv, shape: Shape) -> engine.Conv:
    return engine.Conv(layer.filters, each(layer.kernel, len(shape) - 1), groups=layer.groups)


def _sizes(layer: Conv | Pool, shape: Shape, conventions: Conventions, slips: Slips) -> Shape:
    if len(shape) < 2:
        raise engine.ShapeError("a layer that slides a window needs maps, not flat values")
    return tuple(window.positions(slips) for window in windows(layer, shape[1:], conventions))


def _pooled_channels(layer: Pool, shape: Shape, conventions: Conventions) -> int:
    """Return what is left of the channels if the window slides over them as over the rows."""
    along = windows(layer, shape[1:], conventions)[0]
    return replace(along, size=shape[0], padding=(0, 0)).positions()


def _added_channels(padding: Padding, slips: Slips) -> int:
    """Return the channels that somebody adds who pads them as well."""
    if "pad_channels" not in slips or isinstance(padding, str):
        return 0
    before, after = padding[0]
    return before if "pad_once" in slips else before + after


# -- misconceptions -----------------------------------------------------------------------------


def layers_as(change: Callable[[Layer], Layer]) -> Change:
    """Change every layer; where none changes, there is no misconception."""

    def changed(case: Case[Any]) -> Case[Any] | None:
        layers = tuple(map(change, case.given.layers))
        return with_layers(case, layers) if layers != case.given.layers else None

    return changed


def with_layers(case: Case[Any], layers: Iterable[Layer]) -> Case[Any]:
    """Return the case with other layers."""
    return replace(case, given=replace(case.given, layers=tuple(layers)))


def other_order(where: Callable[[Any], bool]) -> Misconception[Any]:
    """Return the misconception that shapes go in the other order; it applies to a given like this."""

    def change(case: Case[Any]) -> Case[Any] | None:
        order: Literal["CHW", "HWC"] = "HWC" if case.conventions.order == "CHW" else "CHW"
        changed = replace(case, conventions=replace(case.conventions, order=order))
        return changed if where(case.given) else None

    return Misconception("other_order", change)


def has(*kinds: Any) -> Callable[[Any], bool]:
    """Say whether a given has a layer of one of these classes, or one of these words."""
    return lambda given: any(layer in kinds or type(layer) in kinds for layer in given.layers)


def _windowed(change: Callable[[Conv | Pool], Layer]) -> Change:
    return layers_as(lambda layer: change(layer) if isinstance(layer, (Conv, Pool)) else layer)


def _convolved(change: Callable[[Conv], Layer]) -> Change:
    return layers_as(lambda layer: change(layer) if isinstance(layer, Conv) else layer)


def _side_by_side(layer: Layer) -> Layer:
    return replace(layer, stride=None) if isinstance(layer, Pool) else layer


def _dilated(change: Callable[[Conv], Layer]) -> Change:
    return _convolved(lambda layer: layer if set(layer.dilation) == {1} else change(layer))


def _spread(layer: Conv) -> Layer:
    """Take a kernel of k with dilation d for one of k times d."""
    axes = max(len(layer.kernel), len(layer.dilation))
    pairs = zip(each(layer.kernel, axes), each(layer.dilation, axes), strict=True)
    return replace(layer, kernel=tuple(size * gap for size, gap in pairs), dilation=(1,))


def _kept_depth(case: Case[Any]) -> Case[Any] | None:
    depth = case.given.input[0]
    return _convolved(lambda layer: replace(layer, filters=depth))(case)


def _ceil_for_floor(case: Case[Any]) -> Case[Any] | None:
    if case.conventions.rounding == "ceil" or not has(Conv, Pool)(case.given):
        return None
    return replace(case, slips=case.slips | {"ceil_for_floor"})


def _floor_for_ceil(case: Case[Any]) -> Case[Any] | None:
    if case.conventions.rounding == "floor" and not any(map(_rounds_up, case.given.layers)):
        return None
    floored = (
        replace(layer, ceil_mode=False) if isinstance(layer, Pool) else layer for layer in case.given.layers
    )
    return replace(
        with_layers(case, floored),
        conventions=replace(case.conventions, rounding="floor"),
        slips=case.slips | {"floor_for_ceil"},
    )


def _rounds_up(layer: Layer) -> bool:
    """Say whether a layer rounds its size up whatever the convention."""
    same = isinstance(layer, (Conv, Pool)) and layer.padding in ("same_upper", "same_lower")
    return same or (isinstance(layer, Pool) and layer.ceil_mode)


MISCONCEPTIONS: tuple[Misconception[Any], ...] = (
    slip("missing_plus_one", has(Conv, Pool)),
    slip("pad_once", has(Conv, Pool, Pad)),
    Misconception("ignore_padding", _windowed(lambda layer: replace(layer, padding=((0, 0),)))),
    Misconception("assume_same_padding", _convolved(lambda layer: replace(layer, padding="same_upper"))),
    Misconception("ignore_stride", _windowed(lambda layer: replace(layer, stride=(1,)))),
    Misconception("pool_stride_window", layers_as(_side_by_side)),
    Misconception("ceil_for_floor", _ceil_for_floor),
    Misconception("floor_for_ceil", _floor_for_ceil),
    Misconception("keep_input_depth", _kept_depth),
    Misconception("dilation_ignored", _dilated(lambda layer: replace(layer, dilation=(1,)))),
    Misconception("dilation_k_times_d", _dilated(_spread)),
    Misconception(
        "dilation_zero_based",
        _convolved(lambda layer: replace(layer, dilation=tuple(gap + 1 for gap in layer.dilation))),
    ),
    slip("pad_channels", has(Pool, Pad)),
    slip("pool_over_channels", has(Pool)),
    slip("pool_channels_only", has(Pool)),
    slip("kernel_as_output", has(Conv, Pool)),
    slip("flatten_one_map", has("flatten")),
)
"""The misconceptions about shapes, for every kind that works shapes out here."""
