"""Activations in plain loops, and from the series of the exponential function: the second way to a key."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ..number import Number
from ..values import whole
from . import series
from .activations import EXPONENTIAL, Function
from .decimals import all_settled


def added_up(given: Any, number: int) -> Iterator[list[Number]]:
    """Yield the rows of numbers before the function, of one map."""
    if given.weights is None:
        for row in given.input[number]:
            yield [whole(cell + (given.bias[number] if given.bias else 0)) for cell in row]
        return
    totals: list[Number] = []
    for unit, weights in enumerate(given.weights):
        total: Number = given.bias[unit] if given.bias else 0
        for place, weight in enumerate(weights):
            total += weight * given.input[0][0][place]
        totals.append(whole(total))
    yield totals


def asked_values(
    asked: str, function: Function, row: list[Number], slope: Number, digits: int | None
) -> Iterator[Number]:
    """Yield what is asked of every number of a row."""
    if asked == "sum":
        yield from row
    elif asked == "derivative":
        low, high = {"relu": (0, 1), "leaky_relu": (slope, 1), "step": (0, 0), "linear": (1, 1)}[function]
        yield from (high if z > 0 else low for z in row)
    elif function in EXPONENTIAL:
        yield from all_settled(list(_by_series(function, row)), digits or 0)
    else:
        for z in row:
            size = abs(Fraction(z))
            kept, dropped = (z + size) / 2, (z - size) / 2
            by_name: dict[str, Number] = {
                "relu": kept,
                "leaky_relu": kept + slope * dropped,
                "linear": z,
                "step": int(not dropped),
            }
            yield whole(by_name[function])


def _by_series(function: Function, row: list[Number]) -> Iterator[Fraction]:
    powers = [series.exp(z) for z in row]
    total = sum(powers)
    for power in powers:
        if function == "sigmoid":
            yield power / (power + 1)
        elif function == "tanh":
            yield (power - 1 / power) / (power + 1 / power)
        else:
            yield power / total


def has_argument(function: Function, y: Number, slope: Number) -> bool:
    """Say whether the equation f(z) = y has a solution."""
    match function:
        case "sigmoid" | "softmax":
            return y != 1 and y / Fraction(1 - y) > 0  # e**z = y / (1 - y)
        case "tanh":
            return y != 1 and (1 + y) / Fraction(1 - y) > 0  # e**2z = (1 + y) / (1 - y)
        case "step":
            return y * (y - 1) == 0
        case _:
            return not (y < 0 and (function == "relu" or (function == "leaky_relu" and not slope)))
