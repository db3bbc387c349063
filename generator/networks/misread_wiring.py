"""How people misread who is connected to whom, as changes of a case or as slips that are consulted here.

The `Given` of a case has ``inputs``, ``layers``, ``unit``, ``ask``, ``maps`` and ``shared``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ..changes import Change, slip
from ..model import Case, Misconception
from .architecture import Conv, Dense, Layer, Padding, Pool, each, stride_of
from .counts import Count, Placed
from .miscounts import count_as, count_misconceptions
from .shape_rules import MISCONCEPTIONS as OF_SHAPES
from .shape_rules import layers_as, out_shape, with_layers
from .wiring import Cells, Slider, Wiring, sliding

OF_OUTPUT = frozenset({"sees", "rows", "columns", "count"})
OF_LAYER = frozenset({"connections", "outputs", "weights", "parameters"})


def wiring_of(case: Case[Any]) -> Wiring:
    """Return the layers of a case; whoever takes padding for inputs makes the input longer by it."""
    given = case.given
    layers, inputs = sliding(given.layers), given.inputs
    if "padding_counted" in case.slips:
        sides = _front_padding(case)
        inputs = tuple(size + sum(pair) for size, pair in zip(inputs, sides, strict=True))
        layers = (_unpadded(layers[0]), *layers[1:])
    return Wiring(layers, inputs, case.conventions.rounding == "ceil")


def _unpadded(layer: Slider | Dense) -> Slider | Dense:
    return layer if isinstance(layer, Dense) else replace(layer, padding=((0, 0),))


def _front_padding(case: Case[Any]) -> tuple[tuple[int, int], ...]:
    """Return the padding around the input in numbers; none where a name says how much there is."""
    axes, first = len(case.given.inputs), case.given.layers[0]
    if isinstance(first, Dense) or isinstance(first.padding, str):
        return ((0, 0),) * axes
    return each(first.padding, axes)


def seen_cells(case: Case[Any]) -> Cells:
    """Return the inputs that the unit of a case sees, along every axis; below 0 there is padding."""
    (seen, *_) = wiring_of(case).seen(case.given.unit)
    if "padding_counted" not in case.slips:
        return seen
    return tuple(
        tuple(cell - before for cell in axis)
        for axis, (before, _) in zip(seen, _front_padding(case), strict=True)
    )


def touched_units(case: Case[Any]) -> tuple[int, ...]:
    """Return the outputs that the unit of a case, an input in a row, touches."""
    wiring, (source,) = wiring_of(case), case.given.unit
    if "direct_as_backward" in case.slips:
        ((outputs,), (seen,)) = wiring.levels()[-1], wiring.seen((source,))[0]
        return tuple(place for place in seen if place < outputs)
    (units,) = wiring.reached(source)[-1]
    return units


def layer_total(case: Case[Any]) -> Count:
    """Count the weights and biases of the single layer of a case."""
    (layer,), (size,) = case.given.layers, case.given.inputs
    shape = (size,) if isinstance(layer, Dense) else (1, size)
    place = Placed(layer, shape, out_shape(layer, shape, case.conventions))
    counted = count_as(place, case.slips)
    if not case.given.shared:
        counted = counted.times(place.positions)
    if "one_bias_per_layer" in case.slips:
        return Count(counted.weights, 1)
    if "bias_not_shared" in case.slips:
        return Count(counted.weights, counted.biases * place.positions)
    return counted


# -- changes ------------------------------------------------------------------------------------


def _asking(about: frozenset[str], change: Change) -> Change:
    """Change a case that asks about this only."""
    return lambda case: change(case) if about & set(case.given.ask) else None


def _filled(layer: Layer) -> Layer:
    """Take the cells between those that a dilated kernel touches for touched."""
    if not isinstance(layer, Conv) or set(layer.dilation) == {1}:
        return layer
    axes = max(len(layer.kernel), len(layer.dilation))
    pairs = zip(each(layer.kernel, axes), each(layer.dilation, axes), strict=True)
    return replace(layer, kernel=tuple(gap * (size - 1) + 1 for size, gap in pairs), dilation=(1,))


def _last_layer(case: Case[Any]) -> Case[Any] | None:
    layers = case.given.layers
    return with_layers(case, layers[-1:]) if len(layers) > 1 else None


def _sum_of_kernels(case: Case[Any]) -> Case[Any] | None:
    """Take a stack for one layer whose kernel is as long as all kernels together."""
    wiring, given = wiring_of(case), case.given
    if len(given.layers) < 2:
        return None
    axes = len(given.inputs)
    kernel = tuple(map(sum, zip(*(each(layer.kernel, axes) for layer in given.layers), strict=True)))
    fields = wiring.fields()
    ends = (
        place * field.jump + field.start + span - size
        for place, field, span, size in zip(given.unit, fields, kernel, given.inputs, strict=True)
    )
    padding = tuple((-field.start, max(0, end)) for field, end in zip(fields, ends, strict=True))
    return with_layers(case, [Conv(1, kernel, tuple(field.jump for field in fields), padding)])


def _axes_swapped(layer: Layer) -> Layer:
    """Use what is stated down for across."""
    if not isinstance(layer, (Conv, Pool)):
        return layer
    padding: Padding = layer.padding if isinstance(layer.padding, str) else layer.padding[::-1]
    kernel, stride = layer.kernel[::-1], stride_of(layer)[::-1]
    if isinstance(layer, Pool):
        return replace(layer, kernel=kernel, stride=stride, padding=padding)
    return replace(layer, kernel=kernel, stride=stride, padding=padding, dilation=layer.dilation[::-1])


def _on_image(change: Change) -> Change:
    return lambda case: change(case) if len(case.given.inputs) == 2 else None


def _other_origin(case: Case[Any]) -> Case[Any]:
    """Read the unit's place, and write the answer, as counted from the other origin."""
    origin = case.conventions.origin
    other = 1 - origin
    unit = tuple(place + origin - other for place in case.given.unit)
    return replace(
        case,
        given=replace(case.given, unit=unit),
        conventions=replace(case.conventions, origin=other),
    )


def _as_dense(case: Case[Any]) -> Case[Any] | None:
    (layer,) = case.given.layers
    if isinstance(layer, Dense):
        return None
    wiring = wiring_of(case)
    dense = Dense(wiring.levels()[-1][0] * layer.filters, layer.bias)
    return replace(case, given=replace(case.given, layers=(dense,), shared=True))


def _is_shared(given: Any) -> bool:
    return given.shared and bool(OF_LAYER & set(given.ask)) and isinstance(given.layers[0], Conv)


def _answerable(misconception: Misconception[Any]) -> Misconception[Any]:
    """Leave it out where it leads to outputs that do not exist, which nobody can choose."""

    def change(case: Case[Any]) -> Case[Any] | None:
        changed = misconception.change(case)
        if changed is None or "touches" not in case.given.ask:
            return changed
        (outputs,) = wiring_of(case).levels()[-1]
        return changed if all(unit < outputs for unit in touched_units(changed)) else None

    return Misconception(misconception.name, change)


def _chosen(misconceptions: Iterable[Misconception[Any]], *names: str) -> tuple[Misconception[Any], ...]:
    found = {misconception.name: misconception for misconception in misconceptions}
    return tuple(found[name] for name in names)


def _counting(misconception: Misconception[Any]) -> Misconception[Any]:
    return Misconception(misconception.name, _asking(OF_LAYER, misconception.change))


def _of_biases(misconception: Misconception[Any]) -> Misconception[Any]:
    """Leave it out where biases do not count, and so are not miscounted."""

    def change(case: Case[Any]) -> Case[Any] | None:
        counted = case.conventions.bias_counted and "parameters" in case.given.ask
        return misconception.change(case) if counted else None

    return Misconception(misconception.name, change)


_COUNTS = count_misconceptions(
    lambda given: given.layers, asks_parameters=lambda case: "parameters" in case.given.ask
)

_ALL: tuple[Misconception[Any], ...] = (
    *_chosen(
        OF_SHAPES,
        "ignore_padding",
        "assume_same_padding",
        "ignore_stride",
        "dilation_ignored",
        "dilation_zero_based",
    ),
    Misconception("gaps_counted", layers_as(_filled)),
    Misconception("last_kernel_only", _last_layer),
    Misconception("rf_sum_of_kernels", _asking(OF_OUTPUT, _sum_of_kernels)),
    slip(
        "padding_counted",
        lambda given: (
            bool({"rows", "columns", "count", "connections"} & set(given.ask))
            and any(map(any, _front_padding(Case(given))))
        ),
    ),
    slip("last_one_too_far", lambda given: bool({"rows", "columns"} & set(given.ask))),
    Misconception(
        "one_map_only",
        lambda case: replace(case, given=replace(case.given, maps=1)) if case.given.maps > 1 else None,
    ),
    slip("transpose", lambda given: {"rows", "columns"} <= set(given.ask)),
    Misconception("axes_swapped", _on_image(layers_as(_axes_swapped))),
    Misconception("other_origin", _on_image(_other_origin)),
    slip(
        "direct_as_backward",
        lambda given: "touches" in given.ask and given.unit[0] < wiring_of(Case(given)).levels()[-1][0],
    ),
    *map(_counting, _chosen(_COUNTS, "no_bias", "bias_counted", "map_size_as_kernel", "sum_for_product")),
    slip("sharing_ignored", _is_shared),
    Misconception(
        "sharing_assumed",
        lambda case: None if case.given.shared else replace(case, given=replace(case.given, shared=True)),
    ),
    _of_biases(slip("one_bias_per_layer", lambda given: given.layers[0].bias)),
    _of_biases(slip("bias_not_shared", lambda given: _is_shared(given) and given.layers[0].bias)),
    Misconception("dense_assumed", _asking(OF_LAYER, _as_dense)),
)

MISCONCEPTIONS = tuple(map(_answerable, _ALL))
"""The misconceptions about connections."""
