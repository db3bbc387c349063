"""Receptive fields, layer by layer, as the engine has them or with a known slip.

Kernels, strides, dilations and paddings are the same along both axes, so one axis says it all. The `Given`
of a case has ``networks``, each with ``layers``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from math import prod
from typing import Any, TypeAlias

from .. import engine
from ..changes import slip
from ..engine import ReceptiveField, ShapeError
from ..model import Case, Misconception
from .architecture import Conv, Layer, Pool, engine_layer
from .comparison import Network, networks_as
from .counts import Placed, count
from .miscounts import count_as
from .shape_rules import NO_SLIPS, Slips
from .tally import tally

Slider: TypeAlias = Conv | Pool

SIZE_SLIPS = (
    "rf_own_stride",
    "rf_ignore_stride",
    "rf_last_stride_only",
    "rf_ignore_pool",
    "rf_sum_of_kernels",
    "rf_product_of_kernels",
    "rf_starts_at_0",
    "last_kernel_only",
    "rf_padding_changes",
)
"""Wrong ways to find how large a field is, for kinds that do not ask for fields alone."""

LARGEST_FIELD = 1500
"""Along an axis: larger ones would be followed cell by cell for seconds."""


def sliders(layers: Iterable[Layer]) -> tuple[Slider, ...]:
    """Return the layers that slide a window; the others see single cells."""
    return tuple(layer for layer in layers if isinstance(layer, (Conv, Pool)))


def numbered(layers: Iterable[Layer]) -> Iterator[tuple[int, Slider]]:
    """Yield the same with their numbers among all layers, counted from 1."""
    return ((number, layer) for number, layer in enumerate(layers, 1) if isinstance(layer, (Conv, Pool)))


def own_field(layer: Slider, slips: Slips = NO_SLIPS) -> ReceptiveField:
    """Return the field of a layer alone: what its window spans, its stride, and where it begins.

    Raises
    ------
    ShapeError
        If the layer has numbers of its own for every axis, its padding depends on the size of its input,
        or nothing is left of its window.
    """
    own = _own_field(layer)
    size = own.size
    if "dilation_k_times_d" in slips and isinstance(layer, Conv):
        size = layer.kernel[0] * layer.dilation[0]
    if "padding_added" in slips:
        size += sum(_padding(layer))
    if "rf_padding_changes" in slips:
        size -= sum(_padding(layer))
    if size < 1:
        raise engine.ShapeError("by this calculation nothing is seen")
    return own._replace(size=size)


@lru_cache(maxsize=4096)  # whatever the slips are
def _own_field(layer: Slider) -> ReceptiveField:
    ((own,),) = engine.receptive_field([engine_layer(layer, 1)], axes=1)
    return own


def _padding(layer: Slider) -> tuple[int, int]:
    return (0, 0) if isinstance(layer.padding, str) else layer.padding[0]


def first_field(slips: Slips = NO_SLIPS) -> ReceptiveField:
    """Return what an input sees: itself."""
    from_nothing = {"rf_starts_at_0", "rf_sum_of_kernels"} & slips
    return ReceptiveField(size=0 if from_nothing else 1)


def field_behind(field: ReceptiveField, layer: Slider, slips: Slips = NO_SLIPS) -> ReceptiveField:
    """Return the field behind a layer from the field before it."""
    if "rf_ignore_pool" in slips and isinstance(layer, Pool):
        return field
    own = own_field(layer, slips)
    if "rf_ignore_stride" in slips:
        own = own._replace(jump=1)
    jump = own.jump if "rf_last_stride_only" in slips else field.jump * own.jump
    begins = own.start if "rf_padding_unscaled" in slips else own.start * field.jump
    return ReceptiveField(_size(field, own, slips), jump, field.start + begins)


def _size(field: ReceptiveField, own: ReceptiveField, slips: Slips) -> int:
    if "last_kernel_only" in slips:
        return own.size
    if "rf_sum_of_kernels" in slips:
        return field.size + own.size
    if "rf_product_of_kernels" in slips:
        return field.size * own.size
    jump = field.jump * own.jump if "rf_own_stride" in slips else field.jump
    return field.size + (own.size - 1) * jump


def fields_through(layers: Iterable[Layer], slips: Slips = NO_SLIPS) -> Iterator[ReceptiveField]:
    """Yield the field behind every layer that slides a window."""
    field = first_field(slips)
    for layer in sliders(layers):
        field = field_behind(field, layer, slips)
        yield field


def depth_for(layer: Conv, reach: int, slips: Slips = NO_SLIPS) -> int:
    """Return how many such layers it takes until a unit sees so many cells along an axis.

    Raises
    ------
    ShapeError
        If it never does: misread in two ways at once, a field need not grow.
    """
    field, depth = first_field(slips), 0
    while field.size < reach:
        deeper = field_behind(field, layer, slips)
        if deeper.size <= field.size:
            raise ShapeError(f"no stack of such layers sees {reach} cells")
        field, depth = deeper, depth + 1
    return depth


def traced_field(layers: Iterable[Layer]) -> ReceptiveField:
    """Follow the windows of two neighbouring units back to the input, cell by cell, without the engine."""
    seen = []
    for unit in (0, 1):
        cells = {unit}
        for layer in reversed(sliders(layers)):
            (kernel, *_), stride = layer.kernel, layer.kernel if layer.stride is None else layer.stride
            gap = layer.dilation[0] if isinstance(layer, Conv) else 1
            firsts = [cell * stride[0] - _padding(layer)[0] for cell in cells]
            cells = {first + gap * tap for first in firsts for tap in range(kernel)}
        seen.append(cells)
    first, second = seen
    return ReceptiveField(max(first) - min(first) + 1, min(second) - min(first), min(first))


# -- weights ------------------------------------------------------------------------------------


def places(network: Network, channels: int) -> Iterator[Placed]:
    """Yield the layers that slide a window with the channels before and behind them, whatever the size."""
    for layer in sliders(network.layers):
        behind = layer.filters if isinstance(layer, Conv) else channels
        yield Placed(layer, (channels, 1, 1), (behind, 1, 1))
        channels = behind


def weights_of(network: Network, channels: int, slips: Slips = NO_SLIPS) -> int:
    """Count the weights of a network on an input with so many channels."""
    counts = [_weights(place, slips) for place in places(network, channels) if isinstance(place.layer, Conv)]
    if "first_layer_only" in slips:
        return counts[0] if counts else 0
    return prod(counts) if "stack_multiplied" in slips else sum(counts)


def _weights(place: Placed, slips: Slips) -> int:
    if "channels_ignored" in slips and isinstance(place.layer, Conv):
        return count(replace(place.layer, filters=1, groups=1), (1, 1, 1)).weights
    return count_as(place, slips).weights


def tallied_weights(network: Network, channels: int) -> int:
    """Count the same weights one by one, without the engine."""
    total = 0
    for layer in network.layers:
        if isinstance(layer, Conv):
            total += tally(layer, (channels, 1, 1))[0]
            channels = layer.filters
    return total


# -- misconceptions -----------------------------------------------------------------------------


def _asks(case: Case[Any], *names: str) -> bool:
    return bool(set(names) & set(case.given.ask))


def _layers(given: Any) -> Iterator[Slider]:
    return (layer for network in given.networks for layer in sliders(network.layers))


def _changed(change: Callable[[Slider], Layer]) -> Callable[[Case[Any]], Case[Any] | None]:
    """Change every layer that slides a window."""

    def of_network(network: Network) -> Network:
        layers = (change(layer) if isinstance(layer, (Conv, Pool)) else layer for layer in network.layers)
        return replace(network, layers=tuple(layers))

    return networks_as(of_network)


def _on_dilated(change: Callable[[Conv], Layer]) -> Callable[[Slider], Layer]:
    """Change layers whose dilation is printed; an ordinary one goes without saying."""
    return lambda layer: change(layer) if isinstance(layer, Conv) and layer.dilation != (1,) else layer


def _pools(given: Any) -> bool:
    return any(isinstance(layer, Pool) for layer in _layers(given))


def _is_network(given: Any) -> bool:
    return any(len(sliders(network.layers)) > 1 for network in given.networks)


def _is_deep(given: Any) -> bool:
    return given.stack is not None or _is_network(given)


def _is_padded(given: Any) -> bool:
    return any(map(any, map(_padding, _layers(given))))


def _has_channels(given: Any) -> bool:
    return "weights" in given.ask and (given.channels > 1 or given.stack is not None)


def _asks_weights(given: Any) -> bool:
    return "weights" in given.ask


def _asks_start(given: Any) -> bool:
    return "start" in given.ask and _is_padded(given)


def _other_origin(case: Case[Any]) -> Case[Any] | None:
    conventions = replace(case.conventions, origin=1 - case.conventions.origin)
    return replace(case, conventions=conventions) if _asks(case, "start") else None


def _dilated(given: Any) -> bool:
    return any(isinstance(layer, Conv) and layer.dilation != (1,) for layer in _layers(given))


MISCONCEPTIONS: tuple[Misconception[Any], ...] = (
    slip("rf_own_stride", _is_network),
    Misconception("ignore_stride", _changed(lambda layer: replace(layer, stride=(1,)))),
    slip("rf_last_stride_only", _is_network),
    slip("rf_ignore_pool", _pools),
    slip("rf_sum_of_kernels", _is_deep),
    slip("rf_product_of_kernels", _is_deep),
    slip("rf_starts_at_0", lambda _: True),
    slip("last_kernel_only", _is_network),
    Misconception("dilation_ignored", _changed(_on_dilated(lambda layer: replace(layer, dilation=(1,))))),
    slip("dilation_k_times_d", _dilated),
    Misconception(
        "dilation_zero_based",
        _changed(_on_dilated(lambda layer: replace(layer, dilation=(layer.dilation[0] + 1,)))),
    ),
    slip("rf_padding_changes", _is_padded),
    slip("padding_added", _is_padded),
    Misconception("ignore_padding", _changed(lambda layer: replace(layer, padding=((0, 0),)))),
    slip("rf_padding_unscaled", _asks_start),
    Misconception("other_origin", _other_origin),
    slip("kernel_side_only", _asks_weights),
    slip("drop_input_depth", _has_channels),
    slip("channels_ignored", _has_channels),
    slip("first_layer_only", lambda given: _asks_weights(given) and _is_deep(given)),
    slip("stack_multiplied", lambda given: _asks_weights(given) and _is_deep(given)),
)
"""The misconceptions about receptive fields."""
