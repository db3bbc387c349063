"""How people miscount what a layer has to learn: shared by all kinds that count.

A wrong way changes the layer or the shape of its input where it can, and has that counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from math import prod
from typing import Any

from .. import engine
from ..frozen import frozen
from ..model import Case, Misconception
from .architecture import Conv, Dense, Layer, Pool, each, engine_layer
from .counts import Count, Placed, count, weight_factors


@frozen
class WrongWay:
    """A wrong way to count some layers.

    Attributes
    ----------
    concerns
        Whether a layer can be counted in this way at all.
    view
        What such a layer then seems to have.
    of_biases
        Whether only the number of biases is wrong, so that nothing shows where they do not count.
    """

    concerns: Callable[[Any], bool]
    view: Callable[[Any, Placed], Count]
    of_biases: bool = False


def _conv(layer: Layer) -> bool:
    return isinstance(layer, Conv)


def _plain_conv(layer: Layer) -> bool:
    return isinstance(layer, Conv) and layer.groups == 1


def _has_depth(layer: Layer) -> bool:
    return _plain_conv(layer) or layer == "flatten"


def _grouped(layer: Layer) -> bool:
    return isinstance(layer, Conv) and layer.groups > 1


def _pool(layer: Layer) -> bool:
    return isinstance(layer, Pool)


def _batch_norm(layer: Layer) -> bool:
    return layer == "batch_norm"


def _has_weights(layer: Layer) -> bool:
    return isinstance(layer, (Conv, Dense))


def _has_biases(layer: Layer) -> bool:
    return isinstance(layer, (Conv, Dense)) and layer.bias


def _has_stride(layer: Layer) -> bool:
    return isinstance(layer, Conv) and set(layer.stride) != {1}


def _has_padding(layer: Layer) -> bool:
    return isinstance(layer, Conv) and not isinstance(layer.padding, str) and any(map(any, layer.padding))


def _drop_input_depth(layer: Layer, place: Placed) -> Count:
    return count(layer, (1, *place.shape[1:]))


def _one_bias_per_layer(layer: Conv | Dense, place: Placed) -> Count:
    return Count(count(layer, place.shape).weights, 1)


def _map_size_as_kernel(layer: Conv, place: Placed) -> Count:
    size = place.shape[1:]
    return count(Conv(layer.filters, size, bias=layer.bias), (1, *size))


def _sharing_ignored(layer: Conv, place: Placed) -> Count:
    return count(layer, place.shape).times(place.positions)


def _kernel_side_only(layer: Conv, place: Placed) -> Count:
    side, *others = each(layer.kernel, len(place.shape) - 1)
    return count(replace(layer, kernel=(side, *(1 for _ in others))), place.shape)


def _swap_channels(layer: Conv, place: Placed) -> Count:
    channels, *size = place.shape
    return count(replace(layer, filters=channels), (layer.filters, *size))


def _sum_for_product(layer: Conv | Dense, place: Placed) -> Count:
    *kernel, inputs, outputs = weight_factors(layer, place.shape)
    weights = (prod(kernel) + inputs) * outputs if kernel else inputs + outputs
    return Count(weights, count(layer, place.shape).biases)


def _stride_multiplied(layer: Conv, place: Placed) -> Count:
    right = count(layer, place.shape)
    return Count(right.weights * layer.stride[0], right.biases)


def _padding_added(layer: Conv, place: Placed) -> Count:
    axes = len(place.shape) - 1
    grown = zip(each(layer.kernel, axes), each(layer.padding, axes), strict=True)  # type: ignore[arg-type]
    return count(replace(layer, kernel=tuple(size + sum(sides) for size, sides in grown)), place.shape)


def _groups_ignored(layer: Conv, place: Placed) -> Count:
    return count(replace(layer, groups=1), place.shape)


def _groups_on_filters(layer: Conv, place: Placed) -> Count:
    return count(replace(layer, filters=layer.filters // layer.groups, groups=1), place.shape)


def _one_group_only(layer: Conv, place: Placed) -> Count:
    channels, *size = place.shape
    single = replace(layer, filters=layer.filters // layer.groups, groups=1)
    return count(single, (channels // layer.groups, *size))


def _multiplier_ignored(layer: Conv, place: Placed) -> Count:
    return count(replace(layer, filters=layer.groups), place.shape)


def _statistics_counted(layer: Layer, place: Placed) -> Count:
    more = engine.moving_statistics(engine_layer(layer), place.shape)
    return count(layer, place.shape) + Count(more)


def _normalised_per_cell(layer: Layer, place: Placed) -> Count:
    return count(layer, (prod(place.shape),))


def _pool_as_1998(_: Pool, place: Placed) -> Count:
    """Give every map a coefficient and a bias, as the subsampling of LeNet-5 has them."""
    return count("batch_norm", place.shape)


def _pool_window_counted(layer: Pool, place: Placed) -> Count:
    channels = place.shape[0]
    return count(Conv(channels, layer.kernel, groups=channels, bias=False), place.shape)


WRONG_WAYS: Mapping[str, WrongWay] = {
    "drop_input_depth": WrongWay(_has_depth, _drop_input_depth),
    "one_bias_per_layer": WrongWay(_has_biases, _one_bias_per_layer, of_biases=True),
    "map_size_as_kernel": WrongWay(_plain_conv, _map_size_as_kernel),
    "sharing_ignored": WrongWay(_conv, _sharing_ignored),
    "kernel_side_only": WrongWay(_conv, _kernel_side_only),
    "swap_channels": WrongWay(_plain_conv, _swap_channels, of_biases=True),
    "sum_for_product": WrongWay(_has_weights, _sum_for_product),
    "stride_multiplied": WrongWay(_has_stride, _stride_multiplied),
    "padding_added": WrongWay(_has_padding, _padding_added),
    "groups_ignored": WrongWay(_grouped, _groups_ignored),
    "groups_on_filters": WrongWay(_grouped, _groups_on_filters, of_biases=True),
    "one_group_only": WrongWay(_grouped, _one_group_only),
    "multiplier_ignored": WrongWay(_grouped, _multiplier_ignored),
    "batchnorm_2_or_4": WrongWay(_batch_norm, _statistics_counted),
    "batchnorm_per_cell": WrongWay(_batch_norm, _normalised_per_cell),
    "count_pool_params": WrongWay(_pool, _pool_as_1998),
    "pool_window_counted": WrongWay(_pool, _pool_window_counted),
}
"""By the names of misconceptions."""


def count_as(place: Placed, slips: Iterable[str]) -> Count:
    """Count a layer as somebody with these slips does; what none of them concerns is counted rightly."""
    for slip in sorted(slips):
        if slip in WRONG_WAYS and WRONG_WAYS[slip].concerns(place.layer):
            return WRONG_WAYS[slip].view(place.layer, place)
    return count(place.layer, place.shape)


# -- as misconceptions of a case ----------------------------------------------------------------


def count_misconceptions(
    layers_of: Callable[[Any], Iterable[Layer]], asks_parameters: Callable[[Case[Any]], bool]
) -> tuple[Misconception[Any], ...]:
    """Return the misconceptions about counting of a kind whose `Given` has these layers.

    Where a case does not ask for weights and biases together, nothing goes against the convention.
    """

    def against_convention(case: Case[Any], *, counted: bool) -> Case[Any] | None:
        return (
            _against_convention(case, layers_of(case.given), counted=counted)
            if asks_parameters(case)
            else None
        )

    return (
        Misconception("no_bias", lambda case: against_convention(case, counted=False)),
        Misconception("bias_counted", lambda case: against_convention(case, counted=True)),
        *(_misconception(name, way, layers_of) for name, way in WRONG_WAYS.items()),
    )


_AGAINST_CONVENTION = "biases_against_convention"


def _against_convention(case: Case[Any], layers: Iterable[Layer], *, counted: bool) -> Case[Any] | None:
    """Count biases, or leave them out, where the paper does not; without biases there is no difference."""
    if case.conventions.bias_counted == counted or not any(map(_has_biases, layers)):
        return None
    return replace(case, slips=case.slips | {_AGAINST_CONVENTION})


def counts_biases(case: Case[Any]) -> bool:
    """Say whether biases are counted by the convention, or by somebody who takes it for the other one."""
    return case.conventions.bias_counted != (_AGAINST_CONVENTION in case.slips)


def _misconception(
    name: str, way: WrongWay, layers_of: Callable[[Any], Iterable[Layer]]
) -> Misconception[Any]:
    def change(case: Case[Any]) -> Case[Any] | None:
        shows = case.conventions.bias_counted or not way.of_biases
        concerned = shows and any(map(way.concerns, layers_of(case.given)))
        return replace(case, slips=case.slips | {name}) if concerned else None

    return Misconception(name, change)
