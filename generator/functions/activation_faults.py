"""What cannot be asked about activations: numbers, functions and questions that do not go together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..engine import array
from ..sliding.geometry import map_size
from .activations import EXPONENTIAL, KINKED
from .units import sums

MOST_CELLS = 400


def complaints(given: Any) -> Iterator[tuple[bool, str]]:
    """Yield what must not be, in an order in which each may rely on those before."""
    functions, maps = set(given.functions), len(given.input)
    yield len(set(map(map_size, given.input))) != 1, "'input' needs at least one map, all of one size"
    row = maps == 1 and map_size(given.input[0])[0] == 1
    length = len(given.input[0][0])
    yield (
        given.weights is not None and (not row or map_size(given.weights)[1] != length),
        "'weights' needs as many columns as 'input' has numbers, in a single row",
    )
    outputs = maps if given.weights is None else len(given.weights)
    yield len(given.bias) not in (0, outputs), f"'bias' needs one number for each map or unit: {outputs}"
    cells = array(given.input).size if given.weights is None else outputs
    yield max(cells, outputs * length) > MOST_CELLS, f"at most {MOST_CELLS} numbers or weights are taken"
    yield (
        ("leaky_relu" in functions) != bool(given.slope),
        "'slope' goes with leaky_relu, and only with it",
    )
    yield len(given.slope) not in (0, maps), f"'slope' needs one number for each map: {maps}"
    yield not all(0 <= slope < 1 for slope in given.slope), "'slope' is at least 0 and less than 1"
    yield (
        bool(functions & set(EXPONENTIAL)) and given.digits is None,
        "'digits' says to how many decimals a sigmoid, tanh or softmax is rounded",
    )
    yield (
        "softmax" in functions and given.weights is None and (not row or length == 1),
        "a softmax needs a single row of two numbers or more",
    )
    yield (
        "softmax" in functions and outputs == 1 and given.weights is not None,
        "a softmax needs two units or more",
    )
    yield (
        bool(given.candidates) != ("range" in given.ask),
        "'candidates' goes with 'range' in 'ask', and only with it",
    )
    if "derivative" in given.ask:
        yield bool(functions & set(EXPONENTIAL)), "'derivative' is asked of relu, leaky_relu, step and linear"
        yield (
            bool(functions & set(KINKED))
            and any(z == 0 for rows in sums(given) for row in rows for z in row),
            "'derivative' needs numbers other than 0: there a ReLU or a step has none",
        )
