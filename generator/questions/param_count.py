"""Count what a layer, or a few layers, have to learn; or compare several ways to treat the same input.

What an entry says under ``given`` (fixed):

``input``
    The shape of the input, channels first: ``[C, H, W]``, or ``[C, L]`` in one dimension.
``networks``
    What is counted, each with the same input: ``[{layers: [{conv: 8, kernel: 5}]}]``; see
    ``generator/networks/architecture.py`` for layers. With ``shared: false`` a convolution has weights
    of its own at every position of its window (a locally connected layer).
``ask``
    What is asked of each, in this order: ``inputs``, ``outputs``, ``weights``, ``biases``, ``parameters``;
    default ``[parameters]``. Whether biases are among the parameters, the paper's conventions say; where they
    are not and the weights are asked as well, the parameters would be the same number and are not asked.

``spare``
    Numbers that the prompt mentions and nobody needs: ``{images: {from: 200, to: 900}}``.

Under ``params`` (drawn), ``input`` and ``spare`` take ranges. Instead of ``networks`` there are ``layers``,
of which ``compare`` makes what is counted: some of ``as_is`` (the default), ``dense``, ``unshared``,
``separable`` (with a ``multiplier``) and ``stacked``; see ``generator/networks/comparison.py``.

A prompt may show: ``input``, ``networks`` (a list), ``counted``, the names under ``spare`` and, where both
are asked, ``weights_and_parameters``: "How many {{ weights_and_parameters }} are there?" reads well under
either convention.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from math import prod
from typing import Annotated, Literal, TypeAlias, cast

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..changes import slip
from ..document import Message, Shown, say
from ..draws import Ints, different, draw_int
from ..engine import ShapeError
from ..model import (
    Case,
    Conventions,
    Effort,
    Field,
    Key,
    Misconception,
    QuestionType,
    Refused,
    Step,
    Value,
)
from ..networks.architecture import Conv, Layer, LayerRanges, Shape, Size, SizeRange, draw_layers
from ..networks.comparison import (
    Network,
    Way,
    is_stack,
    named,
    network_lines,
    network_of,
    networks_as,
    placed,
    separable_as,
)
from ..networks.count_steps import count_steps, result, sum_of
from ..networks.counted_shapes import counted_shape
from ..networks.counts import Count, Placed, sum_of_counts, weight_factors
from ..networks.layer_phrases import counted_phrase, shape_phrase
from ..networks.miscounts import count_as, count_misconceptions, counts_biases
from ..networks.tally import cells, tally
from ..reading.schema import Id, Whole, record
from ..sliding.filtering import digits_of
from ..sliding.geometry import within
from ..streams import Stream
from ..sums import Sum

Asked: TypeAlias = Literal["inputs", "outputs", "weights", "biases", "parameters"]
Asks: TypeAlias = Annotated[tuple[Asked, ...], Bounds(min_length=1), AfterValidator(different)]


@record
class Params:
    """What an entry draws from."""

    input: Annotated[tuple[SizeRange, ...], Bounds(min_length=2, max_length=3)]
    layers: LayerRanges
    compare: Annotated[tuple[Way, ...], Bounds(min_length=1), AfterValidator(different)] = ("as_is",)
    multiplier: Annotated[Ints, within(1, 64)] = 1
    ask: Asks = ("parameters",)
    spare: Mapping[Id, Ints] = field(default_factory=dict)


@record
class Given:
    """What decides the answer."""

    input: Annotated[tuple[Size, ...], Bounds(min_length=2, max_length=3)]
    networks: Annotated[tuple[Network, ...], Bounds(min_length=1, max_length=6)]
    ask: Asks = ("parameters",)
    spare: Mapping[Id, Whole] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for network in self.networks:
            placed(network, self.input, Conventions())


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse what does not fit."""
    sizes = stream.child("input")
    shape = tuple(draw_int(size, sizes.child(str(axis))) for axis, size in enumerate(params.input))
    layers = draw_layers(params.layers, stream.child("layers"))
    multiplier = draw_int(params.multiplier, stream.child("multiplier"))
    spare = stream.child("spare")
    drawn_spare = {name: draw_int(number, spare.child(name)) for name, number in params.spare.items()}
    try:
        networks = tuple(network_of(way, layers, shape, multiplier) for way in params.compare)
        return Given(shape, networks, params.ask, drawn_spare)
    except ShapeError as error:
        raise Refused("the layers do not fit the input") from error


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given = case.given
    return {
        **given.spare,
        "input": shape_phrase(given.input),
        "networks": network_lines(given.networks, len(given.input) - 1),
        "counted": counted_phrase(case.conventions),
        "weights_and_parameters": say("weights and how many parameters (weights and biases)")
        if case.conventions.bias_counted
        else say("weights (biases are not counted)"),
    }


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for whole numbers: a table with a row for each network where there are several."""
    labels: Mapping[Asked, Message] = {
        "inputs": say("Numbers in the input"),
        "outputs": say("Numbers in the output"),
        "weights": say("Weights"),
        "biases": say("Biases"),
        "parameters": say("Parameters (weights and biases)")
        if case.conventions.bias_counted
        else say("Parameters (without biases)"),
    }
    return tuple(
        Field(
            _field_name(case.given, name, asked),
            "integer",
            labels[asked] if single else say("{{ asked }} of {{ name }}", asked=labels[asked], name=name),
            at=None if single else (say("{{ name }}", name=name), labels[asked]),
            needs=tuple(_field_name(case.given, name, earlier) for earlier in _needs(case, network, asked)),
        )
        for single in (len(case.given.networks) == 1,)
        for name, network in named(case.given.networks)
        for asked in _asked(case)
    )


def _asked(case: Case[Given]) -> tuple[Asked, ...]:
    """Return what is asked of each network: not twice the same number, where biases do not count."""
    asked = case.given.ask
    if case.conventions.bias_counted or "weights" not in asked:
        return asked
    return tuple(name for name in asked if name != "parameters")


def _field_name(given: Given, network: str, asked: Asked) -> str:
    return asked if len(given.networks) == 1 else f"{asked}_{network}"


def _needs(case: Case[Given], network: Network, asked: Asked) -> Iterator[Asked]:
    """Yield the numbers, asked earlier, that this one is computed from."""
    wanted = _asked(case)
    earlier = wanted[: wanted.index(asked)]
    if asked == "parameters" and case.conventions.bias_counted:
        parts: tuple[Asked, ...] = ("weights", "biases")
        yield from (part for part in parts if part in earlier)
    first = asked == "weights" or (asked == "parameters" and "weights" not in earlier)
    if first and "inputs" in earlier and network.layers[0] == "flatten":
        yield "inputs"


# -- the key and the way to it ------------------------------------------------------------------


def _start(case: Case[Given], network: Network) -> Shape:
    """Return the input as a network sees it; whoever forgets its depth flattens a single channel."""
    shape = case.given.input
    if "drop_input_depth" in case.slips and network.layers[0] == "flatten":
        return (1, *shape[1:])
    return shape


def _counted(case: Case[Given], network: Network, place: Placed) -> Count:
    counted = count_as(place, case.slips)
    return counted if network.shared else counted.times(place.positions)


def _total(case: Case[Given], network: Network, places: list[Placed]) -> Count:
    counts = [_counted(case, network, place) for place in places]
    if "stack_multiplied" in case.slips and len(counts) > 1:
        return Count(prod(count.weights for count in counts), sum(count.biases for count in counts))
    return sum(counts, Count())


def _answers(case: Case[Given], network: Network, taken: Mapping[Asked, int]) -> dict[Asked, int]:
    start = _start(case, network)
    if "inputs" in taken and network.layers[0] == "flatten":
        start = (taken["inputs"],)
    places = placed(network, start, case.conventions)
    total = _total(case, network, places)
    total = Count(taken.get("weights", total.weights), taken.get("biases", total.biases))
    return {
        "inputs": prod(start),
        "outputs": prod(places[-1].out),
        "weights": total.weights,
        "biases": total.biases,
        "parameters": total.parameters(bias_counted=counts_biases(case)),
    }


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Have the engine count."""
    given = case.given
    key: dict[str, tuple[Value, ...]] = {}
    for name, network in named(given.networks):
        names: dict[Asked, str] = {asked: _field_name(given, name, asked) for asked in _asked(case)}
        own: dict[Asked, int] = {a: cast(int, taken[field]) for a, field in names.items() if field in taken}
        answers = {**_answers(case, network, own), **own}
        key |= {field: (answers[asked],) for asked, field in names.items()}
    return key


def second(case: Case[Given]) -> Key:
    """Tally weight by weight, without the engine."""
    given = case.given
    key: dict[str, tuple[Value, ...]] = {}
    for name, network in named(given.networks):
        shape, weights, biases = given.input, 0, 0
        for layer in network.layers:
            own, constants = tally(layer, shape)
            shape = counted_shape(layer, shape, case.conventions)
            copies = 1 if network.shared else cells(shape[1:])
            weights, biases = weights + own * copies, biases + constants * copies
        answers: dict[Asked, int] = {
            "inputs": cells(given.input),
            "outputs": cells(shape),
            "weights": weights,
            "biases": biases,
            "parameters": weights + biases if case.conventions.bias_counted else weights,
        }
        key |= {_field_name(given, name, asked): (answers[asked],) for asked in _asked(case)}
    return key


def effort(case: Case[Given]) -> Effort:
    """Count the multiplications, and the digits of the longest answer."""
    products = sum(
        max(0, len(weight_factors(place.layer, place.shape)) - 1)
        for network in case.given.networks
        for place in placed(network, case.given.input, case.conventions)
    )
    answers = (cast(int, values[0]) for values in solve(case, {}).values())
    return Effort(products=products, digits=max(map(digits_of, answers)))


def work(case: Case[Given]) -> Iterator[Step]:
    """Count network by network, layer by layer."""
    given = case.given
    lines = network_lines(given.networks, len(given.input) - 1).items
    for place, network in enumerate(given.networks):
        if len(given.networks) > 1:
            yield lines[place]
        yield from _network_work(case, network)
    if any(
        _has_spare_numbers(layer) for network in given.networks if network.shared for layer in network.layers
    ):
        yield say(
            "Stride, padding and the size of the image decide how large the output is, "
            "not how much a convolution has to learn."
        )


def _network_work(case: Case[Given], network: Network) -> Iterator[Step]:
    given, asked = case.given, _asked(case)
    places = placed(network, given.input, case.conventions)
    if "inputs" in asked or "flatten" in network.layers:
        yield say("Every cell of every channel of the input is a number of its own:")
        yield result("inputs", given.input)
    if "outputs" in asked:
        yield say("Every cell of every channel of the output is a number of its own:")
        yield result("outputs", places[-1].out)
    if set(asked) <= {"inputs", "outputs"}:
        return
    biases = case.conventions.bias_counted
    for place in places:
        positions = None if network.shared else place.out[1:]
        yield from count_steps(place.layer, place.shape, positions, biases=biases or "biases" in asked)
    counts = [counted for place in places if (counted := _counted(case, network, place)).weights]
    total = sum(counts, Count())
    if len(counts) > 1:
        yield say("Add the layers up:")
        yield sum_of("weights", [single.weights for single in counts])
        if biases and total.biases:
            yield sum_of("biases", [single.biases for single in counts if single.biases])
    if "parameters" in asked:
        parts = [total.weights, total.biases] if biases and total.biases else [total.weights]
        yield sum_of("parameters", parts)


def _has_spare_numbers(layer: Layer) -> bool:
    return isinstance(layer, Conv) and (set(layer.stride) != {1} or layer.padding not in ("valid", ((0, 0),)))


def made_of(case: Case[Given], field: str, cell: tuple[int, int]) -> Sum | None:  # noqa: ARG001 - no maps
    """Return what a number of weights, biases or parameters is the sum of."""
    for name, network in named(case.given.networks):
        asked = next((each for each in _asked(case) if _field_name(case.given, name, each) == field), None)
        if asked in ("weights", "biases", "parameters"):
            places = placed(network, case.given.input, case.conventions)
            counts = [_counted(case, network, place) for place in places]
            both = asked == "parameters" and counts_biases(case)
            return sum_of_counts(counts, weights=asked != "biases", biases=both or asked == "biases")
    return None


# -- misconceptions -----------------------------------------------------------------------------


def _layers(given: Given) -> Iterator[Layer]:
    return (layer for network in given.networks for layer in network.layers)


MISCONCEPTIONS = (
    *count_misconceptions(_layers, asks_parameters=lambda case: "parameters" in _asked(case)),
    Misconception("sharing_assumed", networks_as(lambda network: replace(network, shared=True))),
    Misconception("pointwise_forgotten", networks_as(separable_as(lambda depthwise, _: (depthwise,)))),
    Misconception("depthwise_forgotten", networks_as(separable_as(lambda _, pointwise: (pointwise,)))),
    Misconception(
        "standard_for_separable",
        networks_as(
            separable_as(lambda depthwise, pointwise: (replace(pointwise, kernel=depthwise.kernel),))
        ),
    ),
    Misconception(
        "first_layer_only",
        networks_as(
            lambda network: replace(network, layers=network.layers[:1]) if is_stack(network) else network
        ),
    ),
    slip("stack_multiplied", lambda given: any(map(is_stack, given.networks))),
)

TYPE = QuestionType(
    name="param_count",
    version=1,
    params=Params,
    given=Given,
    draw=draw,
    show=show,
    ask=ask,
    solve=solve,
    second=second,
    effort=effort,
    work=work,
    misconceptions=MISCONCEPTIONS,
    manual=__doc__,
    pace=20,
    made_of=made_of,
)
