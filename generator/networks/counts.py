"""What a layer has to learn, counted by the engine: shared by all kinds that count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from math import prod

from .. import engine
from ..frozen import frozen
from ..sums import Sum, Term
from .architecture import Conv, Dense, Layer, Shape, engine_layer


@frozen
class Count:
    """What training changes in a layer; scale and shift of a batch normalisation count as weights."""

    weights: int = 0
    biases: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.weights + other.weights, self.biases + other.biases)

    def times(self, number: int) -> Count:
        """Return what so many such layers have."""
        return Count(self.weights * number, self.biases * number)

    def parameters(self, *, bias_counted: bool) -> int:
        """Return the number of parameters, as a paper's conventions count them."""
        return self.weights + self.biases if bias_counted else self.weights


def sum_of_counts(counts: Iterable[Count], *, weights: bool = True, biases: bool = True) -> Sum:
    """Return the numbers that are added up to count several layers: weights, biases, or both."""
    parts = [(each.weights * weights, each.biases * biases) for each in counts]
    return Sum(tuple(Term(part) for pair in parts for part in pair if part))


@frozen
class Placed:
    """A layer in its place: the shapes that go into it and come out of it, (C, *spatial) or (n,)."""

    layer: Layer
    shape: Shape
    out: Shape

    @property
    def positions(self) -> int:
        """How many positions the window of a convolution has."""
        return prod(self.out[1:])


@lru_cache(maxsize=4096)
def count(layer: Layer, shape: Shape) -> Count:
    """Count a layer whose input has this shape."""

    def parameters(layer: Layer) -> int:
        return engine.parameters(engine_layer(layer, len(shape) - 1), shape)

    if isinstance(layer, (Conv, Dense)):
        weights = parameters(replace(layer, bias=False))
        return Count(weights, parameters(layer) - weights)
    return Count(parameters(layer))


def weight_factors(layer: Layer, shape: Shape) -> Shape:
    """Return the numbers whose product is the number of weights; none where there are no weights."""
    if layer == "batch_norm":
        return (2, shape[0])
    known = engine_layer(layer, len(shape) - 1)
    if not isinstance(known, (engine.Conv, engine.Dense)):
        return ()
    outputs, inputs, *kernel = engine.weight_shape(known, shape)
    return (*kernel, inputs, outputs)
