"""Work out what layers cost: operations, numbers put out, and memory; or compare several ways.

What an entry says under ``given`` (fixed):

``input``
    The shape of the input, channels first: ``[C, H, W]``, or ``[C, L]`` in one dimension.
``networks``
    What is costed, each with the same input: ``[{layers: [{conv: 8, kernel: 5}]}]``; see
    ``generator/networks/architecture.py`` for layers.
``ask``
    What is asked of each, in this order; default ``[macs]``. For one image: ``macs`` (multiply-accumulates),
    ``flops`` (two for each), ``activations`` (numbers that all layers put out), ``parameters``. In memory:
    ``parameter_memory``, ``activation_memory`` (what all layers put out, for the batch), ``inference_memory``
    (parameters, and the largest input and output of one layer) and ``training_memory`` (parameters, their
    gradients, the input and what all layers put out). Of two networks, once: ``ratio``, the MACs of A divided
    by those of B, as an exact fraction.
``batch``
    How many images are in memory at a time.
``stored``
    How numbers are stored: ``int8``, ``float16``, ``float32`` (the default) or ``float64``.
``unit``, ``digits``
    The unit of memory, ``bytes``, ``kB``, ``KiB``, ``MB`` (the default), ``MiB``, ``GB`` or ``GiB``, and to
    how many decimals it is rounded; exact where ``digits`` is left out.
``gradients``
    Whether training keeps a gradient for each parameter.

Parameters are weights and biases here, whatever the paper's conventions: all of them are in memory.
Activation functions and ``flatten`` work in place.

Under ``params`` (drawn), ``input`` and ``batch`` take ranges, and ``stored`` and ``unit`` are lists to choose
from. Instead of ``networks`` there are ``layers``, of which ``compare`` makes what is costed: some of
``as_is`` (the default), ``dense``, ``separable`` (with a ``multiplier``), ``bottleneck`` (with a
``reduction``) and ``stacked``; see ``generator/networks/comparison.py``.

A prompt may show: ``input``, ``networks`` (a list), ``batch``, ``stored``, ``unit``, and as whole sentences
``unit_rule``, ``mac_rule``, ``size_rule`` and ``memory_rule``; with ``digits`` also ``rounding``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, TypeAlias, cast

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..document import Shown, listed
from ..draws import Ints, different, draw_int
from ..engine import ShapeError
from ..model import Case, Conventions, Effort, Field, Key, QuestionType, Refused, Step, Value
from ..networks.architecture import MOST_UNITS, Layer, LayerRanges, Size, SizeRange, draw_layers
from ..networks.comparison import Network, Way, named, network_lines, network_of, placed
from ..networks.cost_fields import Asked, asked_of_each, field_name, fields_of
from ..networks.cost_work import mac_rule, memory_rules, network_work, ratio_work, total_work, wanted_of
from ..networks.costs import Cost, cost_of, held, second_cost, second_held
from ..networks.counts import weight_factors
from ..networks.layer_phrases import shape_phrase, size_rule_phrase
from ..networks.memory_units import BITS, UNITS, Stored, Unit, bytes_each, in_unit, stored_phrase, unit_rule
from ..networks.miscosts import MEMORY, MISCONCEPTIONS
from ..reading.schema import Flag, Whole, record
from ..rules import rule_for, written
from ..sliding.filtering import digits_of
from ..sliding.geometry import Digits, rounding_phrase, within
from ..streams import Stream
from ..values import whole

MOST_IMAGES = 10_000
MOST_NUMBERS = 20_000_000  # put out by all layers: the second key counts them one by one

Asks: TypeAlias = Annotated[tuple[Asked, ...], Bounds(min_length=1), AfterValidator(different)]


@record
class Params:
    """What an entry draws from."""

    input: Annotated[tuple[SizeRange, ...], Bounds(min_length=2, max_length=3)]
    layers: LayerRanges
    compare: Annotated[tuple[Way, ...], Bounds(min_length=1), AfterValidator(different)] = ("as_is",)
    multiplier: Annotated[Ints, within(1, 64)] = 1
    reduction: Annotated[Ints, within(2, 64)] = 4
    ask: Asks = ("macs",)
    batch: Annotated[Ints, within(1, MOST_IMAGES)] = 1
    stored: Annotated[tuple[Stored, ...], Bounds(min_length=1), AfterValidator(different)] = ("float32",)
    unit: Annotated[tuple[Unit, ...], Bounds(min_length=1), AfterValidator(different)] = ("MB",)
    digits: Digits | None = None
    gradients: Flag = True

    def __post_init__(self) -> None:
        if "unshared" in self.compare:
            raise ValueError("'unshared' costs as many operations as shared weights: leave it out")


@record
class Given:
    """What decides the answer."""

    input: Annotated[tuple[Size, ...], Bounds(min_length=2, max_length=3)]
    networks: Annotated[tuple[Network, ...], Bounds(min_length=1, max_length=6)]
    ask: Asks = ("macs",)
    batch: Annotated[Whole, Bounds(ge=1, le=MOST_IMAGES)] = 1
    stored: Stored = "float32"
    unit: Unit = "MB"
    digits: Digits | None = None
    gradients: Flag = True

    def __post_init__(self) -> None:
        if not all(network.shared for network in self.networks):
            raise ValueError("'shared' makes no difference to operations: leave it out")
        costs = [cost_of(network, self.input, Conventions()) for network in self.networks]
        units = (getattr(layer, "filters", 0) + getattr(layer, "units", 0) for layer in _layers(self))
        if sum(units) > MOST_UNITS or sum(cost.activations for cost in costs) > MOST_NUMBERS:
            raise ShapeError(
                f"all layers together have at most {MOST_UNITS} filters and units, "
                f"and put out at most {MOST_NUMBERS} numbers"
            )
        if "ratio" in self.ask and (len(costs) != 2 or not all(cost.macs for cost in costs)):
            raise ValueError("'ratio' compares two networks that both have operations")


def _layers(given: Given) -> Iterator[Layer]:
    return (layer for network in given.networks for layer in network.layers)


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse what does not fit."""
    sizes = stream.child("input")
    shape = tuple(draw_int(size, sizes.child(str(axis))) for axis, size in enumerate(params.input))
    layers = draw_layers(params.layers, stream.child("layers"))
    multiplier = draw_int(params.multiplier, stream.child("multiplier"))
    reduction = draw_int(params.reduction, stream.child("reduction"))
    try:
        networks = tuple(network_of(way, layers, shape, multiplier, reduction) for way in params.compare)
        return Given(
            input=shape,
            networks=networks,
            ask=params.ask,
            batch=draw_int(params.batch, stream.child("batch")),
            stored=stream.child("stored").choice(params.stored),
            unit=stream.child("unit").choice(params.unit),
            digits=params.digits,
            gradients=params.gradients,
        )
    except ShapeError as error:
        raise Refused("the layers do not fit the input") from error


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given = case.given
    shown: dict[str, Shown] = {
        "input": shape_phrase(given.input),
        "networks": network_lines(given.networks, len(given.input) - 1),
        "batch": given.batch,
        "stored": stored_phrase(given.stored),
        "unit": given.unit,
        "unit_rule": unit_rule(given.unit),
        "mac_rule": mac_rule(),
        "memory_rule": listed(tuple(memory_rules(given.ask, gradients=given.gradients)), " "),
        "size_rule": size_rule_phrase(_layers(given), case.conventions),
    }
    if given.digits is not None:
        shown["rounding"] = rounding_phrase(given.digits)
    return shown


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for numbers: a table with a row for each network where there are several."""
    return tuple(fields_of(case.given))


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Have the engine count."""
    given, slips = case.given, case.slips
    answers: dict[str, Value] = {}
    macs: list[int] = []
    for name, network in named(given.networks):
        cost = _cost_taken(case, name, cost_of(network, given.input, case.conventions, slips), taken)
        numbers = held(cost, given.batch, gradients=given.gradients, slips=slips)
        per_number = BITS[given.stored] if "bits_vs_bytes" in slips else bytes_each(given.stored)
        swapped = "mac_vs_flop" in slips
        own: dict[Asked, Value] = {
            "macs": cost.macs * (2 if swapped else 1),
            "flops": cost.macs * (1 if swapped else 2),
            "activations": cost.activations,
            "parameters": cost.parameters,
            "parameter_memory": in_unit(numbers.parameters * per_number, given.unit),
            "activation_memory": in_unit(numbers.activations * per_number, given.unit),
            "inference_memory": in_unit(numbers.inference * per_number, given.unit),
            "training_memory": in_unit(numbers.training * per_number, given.unit),
        }
        answers |= {field_name(given, name, asked): own[asked] for asked in asked_of_each(given)}
        macs.append(cost.macs)
    if "ratio" in given.ask:
        answers["ratio"] = _ratio(macs[::-1] if "ratio_inverted" in slips else macs)
    return {name: (value,) for name, value in {**answers, **taken}.items()}


def _cost_taken(case: Case[Given], name: str, cost: Cost, taken: Mapping[str, Value]) -> Cost:
    """Put numbers that were taken in the place of those that come out."""

    def number(asked: Asked, own: int) -> int:
        return cast(int, taken.get(field_name(case.given, name, asked), own))

    return Cost(
        macs=number("macs", cost.macs),
        parameters=number("parameters", cost.parameters),
        activations=number("activations", cost.activations),
        input=cost.input,
        alive=cost.alive,
    )


def _ratio(macs: list[int]) -> Value:
    above, below = macs
    if not below:
        raise ShapeError("nothing can be divided by 0 operations")
    return whole(Fraction(above, below))


def second(case: Case[Given]) -> Key:
    """Count weight by weight and image by image, without the engine."""
    given = case.given
    answers: dict[str, Value] = {}
    macs: list[int] = []
    for name, network in named(given.networks):
        cost = second_cost(network, given.input, case.conventions)
        copies = 2 if given.gradients else 1
        numbers = second_held(cost, given.batch, copies)
        share = Fraction(BITS[given.stored], 8 * UNITS[given.unit])
        memory: dict[Asked, Fraction] = {
            "parameter_memory": numbers.parameters * share,
            "activation_memory": numbers.activations * share,
            "inference_memory": numbers.inference * share,
            "training_memory": numbers.training * share,
        }
        own: dict[Asked, Value] = {
            "macs": cost.macs,
            "flops": cost.macs + cost.macs,
            "activations": cost.activations,
            "parameters": cost.parameters,
            **memory,
        }
        answers |= {field_name(given, name, asked): own[asked] for asked in asked_of_each(given)}
        macs.append(cost.macs)
    if "ratio" in given.ask:
        answers["ratio"] = Fraction(*macs)
    return {name: (value,) for name, value in answers.items()}


def effort(case: Case[Given]) -> Effort:
    """Count the multiplications, and the digits of the longest answer as it is written down."""
    given = case.given
    factors = (
        len(weight_factors(place.layer, place.shape)) + len(place.out) - 2
        for network in given.networks
        for place in placed(network, given.input, case.conventions)
    )
    key = solve(case, {})
    lengths = [_length(field, cast("int | Fraction", key[field.name][0])) for field in ask(case)]
    totals = len(MEMORY & set(given.ask)) * 2 * len(given.networks)
    return Effort(products=sum(max(0, number) for number in factors) + totals, digits=max(lengths))


def _length(field: Field, value: int | Fraction) -> int:
    text = written(field.rule, value)
    return sum(map(str.isdigit, text)) if field.rule != rule_for(None) else digits_of(value)


def work(case: Case[Given]) -> Iterator[Step]:
    """Work down the layers, network by network, and add up."""
    given, conventions = case.given, case.conventions
    lines = network_lines(given.networks, len(given.input) - 1).items
    costs = [cost_of(network, given.input, conventions) for network in given.networks]
    for place, (network, cost) in enumerate(zip(given.networks, costs, strict=True)):
        if len(given.networks) > 1:
            yield lines[place]
        yield from network_work(network, given.input, conventions, wanted_of(given.ask))
        yield from total_work(given, cost)
    if "ratio" in given.ask:
        yield ratio_work([cost.macs for cost in costs])


TYPE = QuestionType(
    name="compute_cost",
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
    pace=15,
)
