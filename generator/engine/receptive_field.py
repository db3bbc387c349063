"""What a unit sees: the cells of the network's input that can change its value.

Every layer slides a window with kernel k, stride s, dilation d and front padding p. From the input on,

    size  r <- r + d(k - 1) j,    start  b <- b - p j,    jump  j <- j s        (r = 1, b = 0, j = 1)

and unit v sees the cells b + v j to b + v j + r - 1.

Source: A. Araujo, W. Norris and J. Sim, "Computing receptive fields of convolutional neural networks",
Distill 2019, doi:10.23915/distill.00021; there without dilation, which widens a kernel to d(k - 1) + 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .arguments import AxisPadding, ShapeError, each_axis, whole
from .layer_shapes import Shape, shapes
from .layers import Activation, BatchNorm, Conv, GlobalPool, Layer, Pool
from .padding import resolve_padding


class ReceptiveField(NamedTuple):
    """The receptive field along one axis, in cells of the input.

    `size` is its extent, `jump` the distance between the fields of neighbouring units (the effective
    stride), `start` the first cell that unit 0 sees; it is negative where that cell is padding.
    """

    size: int = 1
    jump: int = 1
    start: int = 0

    def cells(self, unit: int) -> range:
        """Return the cells that span the field of a unit, padding included."""
        first = self.start + unit * self.jump
        return range(first, first + self.size)


class _Window(NamedTuple):
    kernel: int
    stride: int = 1
    dilation: int = 1
    before: int = 0

    def after(self, field: ReceptiveField) -> ReceptiveField:
        return ReceptiveField(
            field.size + self.dilation * (self.kernel - 1) * field.jump,
            field.jump * self.stride,
            field.start - self.before * field.jump,
        )

    def taps(self, unit: int) -> range:
        first = unit * self.stride - self.before
        return range(first, first + self.kernel * self.dilation, self.dilation)


def receptive_field(
    layers: Sequence[Layer], input_shape: Sequence[int] | None = None, *, axes: int = 2
) -> tuple[tuple[ReceptiveField, ...], ...]:
    """Return the receptive field behind every layer, along every axis.

    Parameters
    ----------
    layers
        Convolutions, poolings, and layers that work on single cells.
    input_shape
        (C, *spatial); only ``same`` padding and global pooling need it.
    axes
        The number of spatial axes where there is no `input_shape`.

    Raises
    ------
    ShapeError
        If a layer has no sliding window, such as `Dense`, or depends on an input shape that is not given.
    """
    behind = (ReceptiveField(),) * (axes if input_shape is None else len(input_shape) - 1)
    result = []
    for windows in _windows(layers, input_shape, len(behind)):
        behind = tuple(window.after(field) for window, field in zip(windows, behind, strict=True))
        result.append(behind)
    return tuple(result)


def field_of(
    layers: Sequence[Layer], position: Sequence[int], input_shape: Sequence[int] | None = None
) -> tuple[range, ...]:
    """Return the range of input cells that a unit behind the last layer sees, along every axis.

    Parameters
    ----------
    layers, input_shape
        As in `receptive_field`.
    position
        The unit's place in its map, counted from 0: one number for each axis.

    Returns
    -------
    tuple
        One range for each axis; indices below 0 or beyond the input are padding. With dilation or a
        stride beyond the kernel, not every cell in it is used: see `inputs_of`.
    """
    last = receptive_field(layers, input_shape, axes=len(position))[-1]
    return tuple(field.cells(unit) for field, unit in zip(last, position, strict=True))


def inputs_of(
    layers: Sequence[Layer], position: Sequence[int], input_shape: Sequence[int]
) -> tuple[tuple[int, ...], ...]:
    """Return exactly the input cells that reach a unit, along every axis, without padding.

    Parameters
    ----------
    layers, position, input_shape
        As in `field_of`.
    """
    units = [{whole("position", unit, least=0)} for unit in position]
    befores = shapes(layers, input_shape)[:-1]
    steps = list(zip(_windows(layers, input_shape, len(units)), befores, strict=True))
    for windows, (_, *sizes) in reversed(steps):
        units = [
            {tap for unit in seen for tap in window.taps(unit) if 0 <= tap < size}
            for seen, window, size in zip(units, windows, sizes, strict=True)
        ]
    return tuple(tuple(sorted(seen)) for seen in units)


def _windows(
    layers: Sequence[Layer], input_shape: Sequence[int] | None, count: int
) -> list[tuple[_Window, ...]]:
    known = [None] * len(layers) if input_shape is None else shapes(layers, input_shape)[:-1]
    return [_windows_of(layer, shape, count) for layer, shape in zip(layers, known, strict=True)]


def _windows_of(layer: Layer, shape: Shape | None, count: int) -> tuple[_Window, ...]:
    if isinstance(layer, (Activation, BatchNorm)):
        return (_Window(1),) * count
    sizes = (None,) * count if shape is None else shape[1:]
    if isinstance(layer, GlobalPool):
        if shape is None:
            raise ShapeError("the receptive field of a global pooling depends on the input: give its shape")
        return tuple(_Window(size) for size in shape[1:])
    if not isinstance(layer, (Conv, Pool)):
        raise ShapeError(f"{type(layer).__name__} has no sliding window: end the list of layers before it")
    stride = layer.kernel if layer.stride is None else layer.stride
    numbers = zip(
        sizes,
        each_axis("kernel", layer.kernel, count),
        each_axis("stride", stride, count),
        each_axis("dilation", layer.dilation, count),
        each_axis("padding", layer.padding, count),
        strict=True,
    )
    return tuple(_window(*each) for each in numbers)


def _window(size: int | None, kernel: int, stride: int, dilation: int, padding: AxisPadding) -> _Window:
    kernel, stride, dilation = whole("kernel", kernel), whole("stride", stride), whole("dilation", dilation)
    before, _ = resolve_padding(padding, size, kernel, stride=stride, dilation=dilation)
    return _Window(kernel, stride, dilation, before)
