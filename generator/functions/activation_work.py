"""Worked steps for activations: the sums before them, their values, slopes and ranges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from .. import latex
from ..document import Message, Symbol, say
from ..engine import array
from ..figures.model import Grid
from ..model import Step
from ..number import Number
from ..sliding.filtering import WRITTEN_OUT
from ..sliding.geometry import Map
from ..sliding.worked import result, solved_grid, sum_formulas
from .activation_words import SYMBOLS, exponential_work
from .activations import EXPONENTIAL, ROUNDED, Function, derivative, values
from .units import slope_of, sum_symbol, sums


def sum_work(given: Any, origin: int) -> Iterator[Step]:
    """Add the bias to the maps, or write the sum of each unit out."""
    maps = sums(given)
    if given.weights is None:
        yield say("Add the bias to every number; negative sums are marked:")
        for number, rows in enumerate(maps):
            yield _negatives_marked(rows, sum_symbol(given, number, origin))
        return
    if any(given.bias):
        yield say("Multiply each number by its weight, add the products, and add the bias:")
    else:
        yield say("Multiply each number by its weight, and add the products:")
    for unit, weights in enumerate(given.weights):
        yield from sum_formulas(
            "z" if len(given.weights) == 1 else latex.indexed("z", unit + origin),
            zip(weights, given.input[0][0], strict=True),
            bias=given.bias[unit] if given.bias else 0,
            total=maps[0][0][unit],
            digits=None,
        )


def value_work(given: Any, function: Function, origin: int) -> Iterator[Step]:
    """Apply a function: write exponentials out, or say what becomes of negative numbers."""
    maps = sums(given)
    if function in EXPONENTIAL:
        cells = [z for rows in maps for row in rows for z in row]
        few = function == "softmax" or len(cells) <= WRITTEN_OUT
        yield from exponential_work(function, cells if few else cells[:1], given.digits, origin)
        if not few:
            yield say("Every other number is found in the same way.")
    else:
        yield _VALUES[function]
    if function == "leaky_relu":
        yield slopes_symbol(given, origin)
    if array(maps).size == 1:
        if function not in EXPONENTIAL:
            ((z,),) = maps[0]
            yield one_value(given, function, z)
        return
    if function in ("relu", "leaky_relu") and not any(given.bias):
        for number, rows in enumerate(maps):
            yield _negatives_marked(rows, sum_symbol(given, number, origin))
    digits = given.digits if function in ROUNDED else None
    for number, rows in enumerate(maps):
        results = tuple(values(function, row, slope_of(given, number), digits) for row in rows)
        yield solved_grid(results, f"{SYMBOLS[function]}({sum_symbol(given, number, origin)})", digits)


def one_value(given: Any, function: Function, z: Number) -> Symbol:
    """Apply a function that needs no exponential to a single number."""
    (value,) = values(function, (z,), slope_of(given, 0), None)
    digits = given.digits if function in ROUNDED else None
    return Symbol(f"{SYMBOLS[function]}({latex.number(z)})={result(value, digits)}")


def slopes_symbol(given: Any, origin: int) -> Symbol:
    """Write the slope of every map."""
    names = (
        ["a"]
        if len(given.slope) == 1
        else [f"a_{{{number}}}" for number in range(origin, origin + len(given.slope))]
    )
    slopes = (f"{name}={latex.short(slope)}" for name, slope in zip(names, given.slope, strict=True))
    return Symbol(r",\quad ".join(slopes))


def slope_work(given: Any, function: Function, origin: int) -> Iterator[Step]:
    """Say how steep a function is on both sides of 0, and write its slopes down."""
    yield _SLOPES[function]
    if function == "leaky_relu":
        yield slopes_symbol(given, origin)
    for number, rows in enumerate(sums(given)):
        slopes = tuple(tuple(derivative(function, z, slope_of(given, number)) for z in row) for row in rows)
        yield solved_grid(slopes, f"{SYMBOLS[function]}'({sum_symbol(given, number, origin)})", None)


def range_work(function: Function) -> Message:
    """Say which values a function takes."""
    name = Symbol(SYMBOLS[function])
    return say("Values of {{ function }}: {{ range }}", function=name, range=_RANGES[function])


def _negatives_marked(rows: Map, symbol: str) -> Grid:
    cells = product(range(len(rows)), range(len(rows[0])))
    return Grid(
        rows, symbol, marked=frozenset((row, column) for row, column in cells if rows[row][column] < 0)
    )


_VALUES: Mapping[Function, Message] = {
    "relu": say("Negative numbers become 0; all others stay as they are."),
    "leaky_relu": say("Negative numbers are multiplied by the slope; all others stay as they are."),
    "step": say("Negative numbers become 0; all others become 1."),
    "linear": say("The numbers stay as they are."),
}

_SLOPES: Mapping[Function, Message] = {
    "relu": say(
        "To the right of 0 a ReLU rises by 1 for each unit of z; to the left it is flat. "
        "There it saturates: no gradient passes."
    ),
    "leaky_relu": say(
        "To the right of 0 the function rises by 1 for each unit of z; to the left by its slope a."
    ),
    "step": say("The function is flat on both sides of 0."),
    "linear": say("The function rises by 1 for each unit of z, everywhere."),
}

_RANGES: Mapping[Function, Message] = {
    "relu": say("0 and all positive numbers."),
    "leaky_relu": say("every number, if its slope is above 0; otherwise 0 and all positive numbers."),
    "step": say("0 and 1 only."),
    "linear": say("every number."),
    "sigmoid": say(
        "all numbers between 0 and 1. The denominator is finite and greater than 1, "
        "so neither 0 nor 1 is reached: the interval (0, 1) is open."
    ),
    "tanh": say("all numbers between −1 and 1. Neither of the two is reached: the interval (−1, 1) is open."),
    "softmax": say(
        "all numbers between 0 and 1. Every component is positive and all add up to 1, so none is 0 or 1."
    ),
}
