"""Worked steps for what a layer has to learn: shared by all kinds that count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from ..document import Message, Symbol, say
from ..model import Step
from .architecture import Conv, Dense, Layer, Pool, Shape
from .counts import count, weight_factors


def times(*factors: int) -> str:
    r"""Write a product: ``5\cdot 5\cdot 3``."""
    return r"\cdot ".join(map(str, factors))


def result(left: str, factors: Sequence[int]) -> Symbol:
    r"""Write a product and what it makes: ``\text{weights}=5\cdot 5=25``."""
    ending = f"={prod(factors)}" if len(factors) > 1 else ""
    return Symbol(rf"\text{{{left}}}={times(*factors)}{ending}")


def sum_of(left: str, terms: Sequence[int]) -> Symbol:
    r"""Write a sum and what it makes: ``\text{parameters}=600+8=608``."""
    ending = f"={sum(terms)}" if len(terms) > 1 else ""
    return Symbol(rf"\text{{{left}}}={'+'.join(map(str, terms))}{ending}")


def parameter_formula(layer: Layer, shape: Shape, *, bias_counted: bool) -> Symbol:
    """Write all parameters of a layer in one line."""
    counted, factors = count(layer, shape), weight_factors(layer, shape)
    biases = f"+{counted.biases}" if bias_counted and counted.biases else ""
    if not factors:
        return Symbol(r"\text{parameters}=0")
    return Symbol(
        rf"\text{{parameters}}={times(*factors)}{biases}={counted.parameters(bias_counted=bias_counted)}"
    )


def count_steps(
    layer: Layer, shape: Shape, positions: Shape | None = None, *, biases: bool
) -> Iterator[Step]:
    """Say how the weights and the biases of a layer are counted, with its numbers.

    Parameters
    ----------
    layer
        The layer.
    shape
        The shape of its input.
    positions
        How many positions its window has along each axis, where none shares its weights with another.
    biases
        Whether to count them as well.
    """
    if not (factors := weight_factors(layer, shape)):
        if isinstance(layer, Pool):
            yield say("Pooling has nothing to learn, so it has no parameters.")
        return
    if positions is None:
        yield _weights(layer, shape)
        yield result("weights", factors)
    else:
        yield say(
            "No weights are shared: every position of the window has filters of its own. "
            "Multiply the cells of the window by the input channels, the filters and the positions:"
        )
        yield result("weights", (*factors, *positions))
    if biases and (constants := count(layer, shape).biases):
        yield _biases(layer, shared=positions is None)
        yield result("biases", (constants, *(positions or ())))


def _weights(layer: Layer, shape: Shape) -> Message:
    match layer:
        case Conv(groups=1):
            return say(
                "A filter has one weight for each cell of its window in each input channel. "
                "Multiply the cells of the window by the input channels and by the filters:"
            )
        case Conv(groups=groups) if groups == shape[0]:
            return say(
                "Every input channel is a group of its own, so a filter sees one channel only. "
                "Multiply the cells of the window by this 1 and by the filters:"
            )
        case Conv(groups=groups):
            return say(
                "The input channels are divided evenly among {{ groups }} groups, and a filter sees only the "
                "{{ seen }} of its own group. Multiply the cells of the window by the channels that a filter "
                "sees and by the filters:",
                groups=groups,
                seen=shape[0] // groups,
            )
        case Dense():
            return say("Each unit has one weight for each input. Multiply the inputs by the units:")
        case _:
            return say(
                "Each channel has a scale and a shift, which are learned; its moving mean and variance "
                "are not. Multiply 2 by the channels:"
            )


def _biases(layer: Layer, *, shared: bool) -> Message:
    if isinstance(layer, Dense):
        return say("Each unit has one bias:")
    return say("Each filter has one bias:") if shared else say("Each filter of each position has one bias:")
