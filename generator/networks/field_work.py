"""Worked steps: the receptive field layer by layer, and how many small kernels see as much as a large one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from ..document import Symbol, say
from ..engine import ReceptiveField
from ..model import Step
from ..sliding.worked import span_steps
from .architecture import Conv, stride_of
from .comparison import Network
from .count_steps import sum_of, times
from .counts import count, weight_factors
from .field_rules import (
    Slider,
    field_behind,
    fields_through,
    first_field,
    numbered,
    own_field,
    places,
    sliders,
)
from .layer_phrases import layer_name
from .wiring import LETTERS, Wiring, graph

LARGEST_DRAWN = 15
"""Inputs in a row that are drawn as units."""

WEIGHT_RULE = say(
    "A convolution has one weight for each cell of its window and each pair of an input channel and a filter."
)


def rules(asked: Collection[str]) -> Iterator[Step]:
    """State how a layer widens what a unit sees."""
    yield say(
        "A unit sees $r$ cells along an axis, and the fields of neighbouring units lie $j$ cells apart "
        "(the jump). An input sees itself: $r=1$ and $j=1$. A layer whose window spans $k$ cells and moves "
        "by $s$ cells of the map before it changes them to:"
    )
    yield Symbol(r"r_\text{new}=r+(k-1)\cdot j,\qquad j_\text{new}=j\cdot s")
    if "start" in asked:
        yield say(
            "The window of the first unit begins in the padding in front, $p$ cells of the map before the "
            "layer. One such cell is $j$ cells of the input, with the jump before the layer, so its field "
            "begins at:"
        )
        yield Symbol(r"b_\text{new}=b-p\cdot j")


def network_work(network: Network, asked: Collection[str], origin: int) -> Iterator[Step]:
    """Go from layer to layer."""
    field = first_field()
    layers = tuple(numbered(network.layers))
    for number, layer in layers:
        if len(layers) > 1:
            yield say("**{{ number }} {{ layer }}**", number=number, layer=layer_name(layer))
        if isinstance(layer, Conv):
            yield from span_steps([(layer.kernel[0], layer.dilation[0])])
        yield field_formula(field, layer, asked, origin)
        field = field_behind(field, layer)
    yield from _figure(sliders(network.layers), field, origin)


def field_formula(field: ReceptiveField, layer: Slider, asked: Collection[str], origin: int = 0) -> Symbol:
    """Write the field behind a layer, from the field before it, in one line."""
    formulas = _formulas(field, field_behind(field, layer), own_field(layer), asked, origin)
    return Symbol(r",\quad ".join(formulas))


def _formulas(
    field: ReceptiveField, behind: ReceptiveField, own: ReceptiveField, asked: Collection[str], origin: int
) -> Iterator[str]:
    """Put the numbers of a layer alone, and of the field before it, into the rules."""
    if "size" in asked:
        yield rf"r={field.size}+({own.size}-1)\cdot {field.jump}={behind.size}"
    yield rf"j={field.jump}\cdot {own.jump}={behind.jump}"
    if "start" in asked:
        yield rf"b={field.start + origin}-{-own.start}\cdot {field.jump}={behind.start + origin}"


def _figure(layers: tuple[Slider, ...], field: ReceptiveField, origin: int) -> Iterator[Step]:
    """Draw what one unit sees, without padding, where that is small enough."""
    if not 1 < len(layers) <= max(LETTERS) or field.size > LARGEST_DRAWN:
        return
    plain = tuple(replace(layer, padding=((0, 0),), stride=stride_of(layer)) for layer in layers)
    single = tuple(
        replace(layer, filters=1, groups=1) if isinstance(layer, Conv) else layer for layer in plain
    )
    wiring = Wiring(single, (field.size,))
    yield say("What a unit of the last layer sees along an axis, counted from the first cell of its field:")
    yield graph(wiring, origin, marked=wiring.seen((0,)))


def weight_work(network: Network, channels: int) -> Iterator[Step]:
    """Count the weights of the layers, and add them up."""
    counts = []
    for place in places(network, channels):
        if not isinstance(place.layer, Conv):
            continue
        counts.append(count(place.layer, place.shape).weights)
        yield Symbol(rf"\text{{weights}}={times(*weight_factors(place.layer, place.shape))}={counts[-1]}")
    if len(counts) > 1:
        yield sum_of("weights", counts)
    if not counts:
        yield say("Pooling has nothing to learn, so there are no weights.")


def depth_work(layer: Conv, reach: int) -> Iterator[Step]:
    """Say how many layers it takes until a unit sees so many cells along an axis."""
    (kernel,) = layer.kernel
    depth = (reach - 1) // (kernel - 1)
    yield say(
        "A unit of the input sees 1 cell, itself. With stride 1, every layer of $k$ × $k$ kernels adds "
        "$k-1$ cells along an axis:"
    )
    sizes = [field.size for field in fields_through((layer,) * depth)]
    yield Symbol(r"1\to " + r"\to ".join(map(str, sizes)))
    yield Symbol(rf"\frac{{{reach}-1}}{{{kernel}-1}}={depth}\text{{ layers}}")
