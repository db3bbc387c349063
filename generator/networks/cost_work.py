"""Worked steps: operations layer by layer, and the memory that follows from the numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction
from math import prod
from typing import Any

from ..document import Message, Symbol, say
from ..language import phrase
from ..latex import number
from ..model import Conventions, Step
from ..rules import rule_for, written
from .architecture import Conv, Dense, Pool
from .comparison import Network, placed
from .costs import Cost, macs_of, works_in_place
from .count_steps import parameter_formula, sum_of, times
from .counts import Placed, count, weight_factors
from .layer_phrases import layer_name
from .memory_units import UNITS, Unit, bytes_each, in_unit
from .miscosts import IN_USE, OPERATIONS
from .shape_work import shape_work


def mac_rule() -> Message:
    """Say how multiply-accumulates are counted."""
    return say(
        "A multiply-accumulate (MAC) is one multiplication and the addition that goes with it. Products with "
        "padded zeros count; adding a bias, activation functions and pooling do not."
    )


def network_work(
    network: Network, shape: tuple[int, ...], conventions: Conventions, wanted: Collection[str]
) -> Iterator[Step]:
    """Go from layer to layer: its output, its parameters, its operations, as far as they are wanted."""
    places = placed(network, shape, conventions)
    for place_number, place in enumerate(places, 1):
        if len(places) > 1:
            yield say("**{{ number }} {{ layer }}**", number=place_number, layer=layer_name(place.layer))
        yield from shape_work(place.layer, place.shape, conventions)
        yield from _layer_steps(place, wanted)
    yield from _sums(places, wanted)


def _layer_steps(place: Placed, wanted: Collection[str]) -> Iterator[Step]:
    if "activations" in wanted and not works_in_place(place.layer):
        yield Symbol(_product("numbers put out", place.out))
    if "parameters" in wanted and weight_factors(place.layer, place.shape):
        yield parameter_formula(place.layer, place.shape, bias_counted=True)
    if "macs" in wanted:
        yield from _mac_steps(place)


def _mac_steps(place: Placed) -> Iterator[Step]:
    match place.layer:
        case Conv():
            yield say(
                "At every position, each filter multiplies its weights with a window of the channels that it "
                "sees:"
            )
        case Dense():
            yield say("Each unit multiplies every input with a weight:")
        case Pool():
            yield say("Pooling has no weights to multiply with: 0 MACs.")
            return
        case _:
            return
    yield mac_formula(place)


def mac_formula(place: Placed) -> Symbol:
    """Write the multiply-accumulates of a layer in one line."""
    if not isinstance(place.layer, (Conv, Dense)):
        return Symbol(r"\text{MACs}=0")
    return Symbol(_product("MACs", (*weight_factors(place.layer, place.shape), *place.out[1:])))


def _product(left: str, factors: Sequence[int]) -> str:
    ending = f"={prod(factors)}" if len(factors) > 1 else ""
    return rf"\text{{{left}}}={times(*factors)}{ending}"


def _sums(places: Sequence[Placed], wanted: Collection[str]) -> Iterator[Step]:
    """Add up what several layers have."""
    amounts = {
        "activations": [0 if works_in_place(place.layer) else prod(place.out) for place in places],
        "parameters": [count(p.layer, p.shape).parameters(bias_counted=True) for p in places],
        "macs": list(map(macs_of, places)),
    }
    names = {"activations": phrase("numbers put out"), "parameters": phrase("parameters"), "macs": "MACs"}
    sums = {
        names[name]: terms
        for name, all_terms in amounts.items()
        if name in wanted and len(terms := [term for term in all_terms if term]) > 1
    }
    if sums:
        yield say("All layers together:")
    for name, terms in sums.items():
        yield sum_of(name, terms)


def total_work(given: Any, cost: Cost) -> Iterator[Step]:
    """Work out what follows from the numbers of a network: FLOPs, and memory."""
    asked = given.ask
    if "flops" in asked:
        yield say("A MAC is two floating-point operations:")
        yield Symbol(_product("FLOPs", (2, cost.macs)))
    images = (given.batch,) if given.batch > 1 else ()
    outputs, inputs, alive = ((*images, number) for number in (cost.activations, cost.input, cost.alive))
    if "parameter_memory" in asked:
        yield _memory(given, phrase("parameters"), (cost.parameters,))
    if "activation_memory" in asked:
        yield _memory(given, phrase("outputs"), outputs)
    if "inference_memory" in asked:
        yield say(
            "The largest input and output of one layer together are {{ alive }} numbers for one image.",
            alive=cost.alive,
        )
        yield _memory(given, phrase("inference"), (cost.parameters,), alive)
    if "training_memory" in asked:
        copies = (2,) if given.gradients else ()
        yield _memory(given, phrase("training"), (*copies, cost.parameters), inputs, outputs)


def _memory(given: Any, left: str, *parts: tuple[int, ...]) -> Symbol:
    """Write so many numbers, each part a product, as bytes and in the unit that is asked."""
    numbers = "+".join(times(*part) for part in parts)
    bracketed = numbers if len(parts) == 1 else rf"\left({numbers}\right)"
    amount = sum(map(prod, parts)) * bytes_each(given.stored)
    product = rf"{bracketed}\cdot {bytes_each(given.stored)}={amount}\text{{ bytes}}"
    return Symbol(rf"\text{{{left}}}={product}{_converted(amount, given.unit, given.digits)}")


def _converted(amount: int, unit: Unit, digits: int | None) -> str:
    """Write how much so many bytes are in a unit, rounded where that is asked."""
    if unit == "bytes":
        return ""
    value = in_unit(amount, unit)
    shown = number(value) if digits is None else written(rule_for(digits), value)
    sign = "=" if digits is None or Fraction(shown) == value else r"\approx "
    return rf"=\frac{{{amount}}}{{{UNITS[unit]}}}\text{{ {unit}}}{sign}{shown}\text{{ {unit}}}"


def ratio_work(macs: Sequence[int]) -> Symbol:
    """Divide the operations of two networks by one another."""
    above, below = macs
    ratio = Fraction(above, below)
    quotient = rf"\frac{{{above}}}{{{below}}}"
    if ratio.denominator == below:
        return Symbol(quotient)
    if ratio.denominator == 1:
        return Symbol(f"{quotient}={ratio}")
    return Symbol(rf"{quotient}=\frac{{{ratio.numerator}}}{{{ratio.denominator}}}")


def memory_rules(asked: Collection[str], *, gradients: bool) -> Iterator[Message]:
    """Say what has to be in memory, in whole sentences."""
    if "training_memory" in asked and gradients:
        yield say(
            "Training holds, for every image of the batch, the image and what every layer puts out and, once "
            "for the whole batch, the parameters and a gradient for each of them."
        )
    elif "training_memory" in asked:
        yield say(
            "Training holds, for every image of the batch, the image and what every layer puts out and, once "
            "for the whole batch, the parameters. Gradients are left out here."
        )
    if "inference_memory" in asked:
        yield say(
            "Inference holds the parameters and, for every image of the batch, the input and the output of "
            "one layer at a time; the layer for which these are largest decides."
        )


def wanted_of(asked: Collection[str]) -> frozenset[str]:
    """Say which numbers of a layer have to be known for what is asked."""
    asked = set(asked)
    wanted = set()
    if asked & ({"activations", "activation_memory"} | IN_USE):
        wanted.add("activations")
    if asked & ({"parameters", "parameter_memory"} | IN_USE):
        wanted.add("parameters")
    if asked & OPERATIONS:
        wanted.add("macs")
    return frozenset(wanted)
