"""How people misjudge costs, as changes of a case or as slips that `costs` consults.

The `Given` of a case has ``input``, ``networks``, ``ask``, ``batch``, ``unit`` and ``gradients``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from ..changes import Change, slip
from ..model import Case, Misconception
from .architecture import Conv, Dense, Layer, Pool
from .comparison import Network, is_stack, networks_as, separable_as
from .memory_units import OTHER_UNIT
from .miscounts import WRONG_WAYS

OPERATIONS = frozenset({"macs", "flops", "ratio"})
IN_USE = frozenset({"training_memory", "inference_memory"})
MEMORY = frozenset({"parameter_memory", "activation_memory"}) | IN_USE
PARAMETERS = frozenset({"parameters", "parameter_memory"}) | IN_USE


def _layers(given: Any) -> Iterator[Layer]:
    return (layer for network in given.networks for layer in network.layers)


def _asks(names: Iterable[str], where: Callable[[Any], bool] = lambda _: True) -> Callable[[Any], bool]:
    """Say whether a given asks for one of these, and is like this."""
    return lambda given: bool(set(names) & set(given.ask)) and where(given)


def _has(*kinds: type) -> Callable[[Any], bool]:
    return lambda given: any(isinstance(layer, kinds) for layer in _layers(given))


def _counted(name: str) -> Misconception[Any]:
    """Return a wrong way to count weights, which operations and memory follow from."""
    way = WRONG_WAYS[name]
    return slip(
        name,
        _asks(OPERATIONS | PARAMETERS, lambda given: any(map(way.concerns, _layers(given)))),
    )


def _convolutions_as(change: Callable[[Conv], Layer]) -> Change:
    def of_network(network: Network) -> Network:
        layers = (change(layer) if isinstance(layer, Conv) else layer for layer in network.layers)
        return replace(network, layers=tuple(layers))

    return networks_as(of_network)


def _in_part(layer: Conv) -> Layer:
    """Divide the filters among the groups, and let each see all channels."""
    return replace(layer, filters=layer.filters // layer.groups, groups=1)


def _once_per_group(layer: Conv) -> Layer:
    return replace(layer, filters=layer.groups) if layer.groups > 1 else layer


def _only(keep: Callable[[Network], Network]) -> Change:
    return networks_as(lambda network: keep(network) if is_stack(network) else network)


def _other_unit(case: Case[Any]) -> Case[Any] | None:
    unit = OTHER_UNIT.get(case.given.unit)
    if unit is None or not MEMORY & set(case.given.ask):
        return None
    return replace(case, given=replace(case.given, unit=unit))


def _asks_one(given: Any) -> bool:
    return ("macs" in given.ask) != ("flops" in given.ask)


def _kernels(given: Any) -> bool:
    return any(isinstance(layer, Conv) and set(layer.kernel) != {1} for layer in _layers(given))


def _has_biases(given: Any) -> bool:
    return any(isinstance(layer, (Conv, Dense)) and layer.bias for layer in _layers(given))


def _several_images(given: Any) -> bool:
    return bool(given.batch > 1)


MISCONCEPTIONS: tuple[Misconception[Any], ...] = (
    slip("mac_vs_flop", _asks_one),
    slip("drop_kernel_area", _asks(OPERATIONS, _kernels)),
    slip("input_side_for_output_side", _asks(OPERATIONS, _has(Conv))),
    slip("positions_forgotten", _asks(OPERATIONS, _has(Conv))),
    slip("biases_in_macs", _asks(OPERATIONS, _has_biases)),
    slip("pool_macs_counted", _asks(OPERATIONS, _has(Pool))),
    *map(
        _counted,
        ("drop_input_depth", "kernel_side_only", "sum_for_product", "groups_ignored", "one_group_only"),
    ),
    Misconception("groups_on_filters", _convolutions_as(_in_part)),
    Misconception("multiplier_ignored", _convolutions_as(_once_per_group)),
    Misconception("pointwise_forgotten", networks_as(separable_as(lambda depthwise, _: (depthwise,)))),
    Misconception("depthwise_forgotten", networks_as(separable_as(lambda _, pointwise: (pointwise,)))),
    Misconception(
        "standard_for_separable",
        networks_as(
            separable_as(
                lambda depthwise, pointwise: (replace(depthwise, filters=pointwise.filters, groups=1),)
            )
        ),
    ),
    Misconception("first_layer_only", _only(lambda network: replace(network, layers=network.layers[:1]))),
    Misconception("last_layer_only", _only(lambda network: replace(network, layers=network.layers[-1:]))),
    Misconception("ignore_padding", _convolutions_as(lambda layer: replace(layer, padding=((0, 0),)))),
    Misconception("ignore_stride", _convolutions_as(lambda layer: replace(layer, stride=(1,)))),
    slip("missing_plus_one", _has(Conv, Pool)),
    slip("ratio_inverted", _asks({"ratio"})),
    Misconception("mega_vs_mebi", _other_unit),
    slip("bits_vs_bytes", _asks(MEMORY)),
    slip("no_bias", _asks(PARAMETERS, _has_biases)),
    slip("gradients_forgotten", _asks({"training_memory"}, lambda given: bool(given.gradients))),
    slip("parameters_forgotten", _asks(IN_USE)),
    slip("input_forgotten", _asks(IN_USE)),
    slip("batch_on_weights", _asks(PARAMETERS & MEMORY, _several_images)),
    slip("batch_forgotten", _asks(MEMORY - {"parameter_memory"}, _several_images)),
    slip("all_layers_kept", _asks({"inference_memory"})),
    slip("two_layers_kept", _asks({"training_memory"})),
)
"""The misconceptions about costs."""
