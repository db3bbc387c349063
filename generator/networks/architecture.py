"""How an entry says the layers of a network, and how a paper words them: shared by all kinds.

In YAML a network is a list; the first key of a layer says what it is::

    - {conv: 6, kernel: 5, stride: 1, padding: 2}        # 6 filters of 5 x 5
    - {pool: max, kernel: 2}                             # its stride is its window, unless stated
    - {conv: 16, kernel: [5, 3], padding: same_upper, bias: false}
    - {pad: 2}                                           # zeros around every map, nothing else
    - flatten
    - {dense: 120}
    - relu

Words: ``flatten``, ``relu``, ``sigmoid``, ``tanh``, ``softmax``, ``batch_norm``, ``global_avg_pool``,
``global_max_pool``. Under ``params`` every number may be a range, see `draws`; `draw_layers` turns such
layers into fixed ones. A quantity for each axis is one number for all axes or one for each, padding as well,
or ``[[top, bottom], [left, right]]`` (fixed only), or ``valid``, ``same_upper``, ``same_lower``.

A shape is (channels, *spatial), or (n,) once it is flat, whatever the order in which a paper writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeAlias, assert_never

from pydantic import BeforeValidator, Discriminator, Field, WithJsonSchema

from .. import engine
from ..draws import Ints, draw_int
from ..reading.schema import Flag, Whole, branch, by_key, record
from ..sliding.geometry import (
    INTEGER,
    NamedPadding,
    PaddingRange,
    PerAxis,
    Side,
    Step,
    once_or_per_axis,
    within,
)
from ..streams import Stream

Shape: TypeAlias = tuple[int, ...]

Word: TypeAlias = Literal[
    "flatten", "relu", "sigmoid", "tanh", "softmax", "batch_norm", "global_avg_pool", "global_max_pool"
]
"""A layer that needs no numbers."""

MOST_UNITS = 10_000_000  # filters or units of a layer
MOST_SIZE = 100_000  # of an input along one axis

_EXPECTED = (
    "a layer, such as {conv: 6, kernel: 5}, {pool: max, kernel: 2}, {pad: 1}, {dense: 10}, flatten or relu"
)


def _listed(value: Any) -> Any:
    return value if isinstance(value, (list, tuple)) else [value]


def _both_sides(value: Any) -> Any:
    return [side if isinstance(side, (list, tuple)) else [side, side] for side in _listed(value)]


def _form(value: Any) -> str:
    return branch(str if value in ("valid", "same_upper", "same_lower") else tuple).tag


Axes: TypeAlias = Annotated[
    tuple[Step, ...],
    Field(min_length=1, max_length=2),
    BeforeValidator(_listed),
    WithJsonSchema(once_or_per_axis(INTEGER)),
]
"""A fixed quantity: one number for all axes, or one for each."""

Sides: TypeAlias = Annotated[
    tuple[tuple[Side, Side], ...],
    Field(min_length=1, max_length=2),
    BeforeValidator(_both_sides),
    WithJsonSchema(once_or_per_axis(once_or_per_axis(INTEGER))),
]
"""Fixed padding: (before, after) for all axes, or for each."""

Padding: TypeAlias = Annotated[
    Annotated[NamedPadding, branch(str)] | Annotated[Sides, branch(tuple)], Discriminator(_form)
]


# -- fixed layers -------------------------------------------------------------------------------


@record
class Conv:
    """A convolution with so many filters."""

    filters: Annotated[Whole, Field(alias="conv", ge=1, le=MOST_UNITS)]
    kernel: Axes
    stride: Axes = (1,)
    padding: Padding = ((0, 0),)
    dilation: Axes = (1,)
    groups: Annotated[Whole, Field(ge=1, le=MOST_UNITS)] = 1
    bias: Flag = True


@record
class Pool:
    """A pooling; without a stride, windows lie side by side."""

    kind: Annotated[Literal["max", "avg"], Field(alias="pool")]
    kernel: Axes
    stride: Axes | None = None
    padding: Padding = ((0, 0),)
    ceil_mode: Flag = False


@record
class Pad:
    """Zeros around every map."""

    padding: Annotated[Sides, Field(alias="pad")]


@record
class Dense:
    """A fully connected layer with so many units."""

    units: Annotated[Whole, Field(alias="dense", ge=1, le=MOST_UNITS)]
    bias: Flag = True


Layer: TypeAlias = Annotated[
    Annotated[Conv, branch(Conv)]
    | Annotated[Pool, branch(Pool)]
    | Annotated[Pad, branch(Pad)]
    | Annotated[Dense, branch(Dense)]
    | Annotated[Word, branch(str)],
    by_key({"conv": Conv, "pool": Pool, "pad": Pad, "dense": Dense}, otherwise=str, expected=_EXPECTED),
]
"""A layer with fixed numbers."""

Size: TypeAlias = Annotated[Whole, Field(ge=1, le=MOST_SIZE)]
"""The size of an input along one axis."""

SizeRange: TypeAlias = Annotated[Ints, within(1, MOST_SIZE)]
"""A size to draw."""

Layers: TypeAlias = Annotated[tuple[Layer, ...], Field(min_length=1, max_length=30)]


# -- layers to draw -----------------------------------------------------------------------------


@record
class ConvRange:
    """A convolution to draw."""

    filters: Annotated[Ints, Field(alias="conv"), within(1, MOST_UNITS)]
    kernel: PerAxis
    stride: PerAxis = 1
    padding: PaddingRange = 0
    dilation: PerAxis = 1
    groups: Annotated[Ints, within(1, MOST_UNITS)] = 1
    bias: Flag = True


@record
class PoolRange:
    """A pooling to draw."""

    kind: Annotated[Literal["max", "avg"], Field(alias="pool")]
    kernel: PerAxis
    stride: PerAxis | None = None
    padding: PaddingRange = 0
    ceil_mode: Flag = False


@record
class PadRange:
    """Padding to draw."""

    padding: Annotated[PerAxis, Field(alias="pad")]


@record
class DenseRange:
    """A fully connected layer to draw."""

    units: Annotated[Ints, Field(alias="dense"), within(1, MOST_UNITS)]
    bias: Flag = True


LayerRange: TypeAlias = Annotated[
    Annotated[ConvRange, branch(ConvRange)]
    | Annotated[PoolRange, branch(PoolRange)]
    | Annotated[PadRange, branch(PadRange)]
    | Annotated[DenseRange, branch(DenseRange)]
    | Annotated[Word, branch(str)],
    by_key(
        {"conv": ConvRange, "pool": PoolRange, "pad": PadRange, "dense": DenseRange},
        otherwise=str,
        expected=_EXPECTED,
    ),
]
"""A layer whose numbers may be ranges."""

LayerRanges: TypeAlias = Annotated[tuple[LayerRange, ...], Field(min_length=1, max_length=30)]


def draw_layers(layers: Iterable[LayerRange], stream: Stream) -> tuple[Layer, ...]:
    """Draw the numbers of every layer, each layer from a stream of its own."""
    return tuple(_draw_layer(layer, stream.child(str(place))) for place, layer in enumerate(layers))


def _draw_layer(layer: LayerRange, stream: Stream) -> Layer:
    match layer:
        case ConvRange():
            return Conv(
                filters=draw_int(layer.filters, stream.child("filters")),
                kernel=_draw_axes(layer.kernel, stream.child("kernel")),
                stride=_draw_axes(layer.stride, stream.child("stride")),
                padding=_draw_padding(layer.padding, stream.child("padding")),
                dilation=_draw_axes(layer.dilation, stream.child("dilation")),
                groups=draw_int(layer.groups, stream.child("groups")),
                bias=layer.bias,
            )
        case PoolRange():
            return Pool(
                kind=layer.kind,
                kernel=_draw_axes(layer.kernel, stream.child("kernel")),
                stride=None if layer.stride is None else _draw_axes(layer.stride, stream.child("stride")),
                padding=_draw_padding(layer.padding, stream.child("padding")),
                ceil_mode=layer.ceil_mode,
            )
        case PadRange():
            return Pad(_sides(_draw_axes(layer.padding, stream.child("padding"))))
        case DenseRange():
            return Dense(draw_int(layer.units, stream.child("units")), layer.bias)
        case _:
            return layer


def _draw_axes(quantity: PerAxis, stream: Stream) -> tuple[int, ...]:
    if isinstance(quantity, tuple):
        return tuple(draw_int(ints, stream.child(str(axis))) for axis, ints in enumerate(quantity))
    return (draw_int(quantity, stream),)


def _draw_padding(padding: PaddingRange, stream: Stream) -> Padding:
    return padding if isinstance(padding, str) else _sides(_draw_axes(padding, stream))


def _sides(axes: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    return tuple((side, side) for side in axes)


# -- to the engine ------------------------------------------------------------------------------


def each(quantity: tuple[Any, ...], axes: int) -> tuple[Any, ...]:
    """Return what a quantity says for each of so many axes.

    Raises
    ------
    ShapeError
        If it is said for another number of axes.
    """
    if len(quantity) not in (1, axes):
        raise engine.ShapeError(f"{len(quantity)} numbers stand where maps have {axes} axes: {quantity}")
    return quantity * axes if len(quantity) == 1 else quantity


def engine_layer(layer: Layer, axes: int = 2) -> engine.Layer:
    """Return a layer as the engine knows it; maps have so many axes."""
    match layer:
        case Conv():
            return engine.Conv(
                filters=layer.filters,
                kernel=each(layer.kernel, axes),
                stride=each(layer.stride, axes),
                padding=_engine_padding(layer.padding, axes),
                dilation=each(layer.dilation, axes),
                groups=layer.groups,
                bias=layer.bias,
            )
        case Pool():
            return engine.Pool(
                kernel=each(layer.kernel, axes),
                kind=layer.kind,
                stride=each(stride_of(layer), axes),
                padding=_engine_padding(layer.padding, axes),
                ceil_mode=layer.ceil_mode,
            )
        case Pad(padding):  # windows of one cell, each of which stays as it is
            return engine.Pool(kernel=1, padding=each(padding, axes))
        case Dense(units, bias):
            return engine.Dense(units, bias)
        case "flatten":
            return engine.Flatten()
        case "batch_norm":
            return engine.BatchNorm()
        case "global_avg_pool":
            return engine.GlobalPool("avg")
        case "global_max_pool":
            return engine.GlobalPool("max")
        case "relu" | "sigmoid" | "tanh" | "softmax":
            return engine.Activation(layer)
        case _:
            assert_never(layer)


def stride_of(layer: Conv | Pool) -> tuple[int, ...]:
    """Return the stride, for all axes or for each."""
    return layer.kernel if layer.stride is None else layer.stride


def _engine_padding(padding: Padding, axes: int) -> Any:
    return padding if isinstance(padding, str) else each(padding, axes)
