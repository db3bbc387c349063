"""The second key of a forward pass: plain loops, and exponentials by their series."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import Any

from ..model import Case
from ..number import Number
from ..sliding.scatter import filtered, pooled
from .stages import DenseStage, Name, PoolStage, name_of

_SCALE = 10**60
"""Of fixed-point numbers."""

_VANISHING = -1000
"""The exponential of such a number is 0 to all decimals that anybody asks for."""


def plain_values(case: Case[Any], digits: int) -> dict[Name, Any]:
    """Return what comes out of every step; rounded numbers to so many decimals.

    Maps are (M, rows, columns); behind ``class`` stand the places of the largest value, counted from 0.
    """
    given, overhang = case.given, case.conventions.rounding == "ceil"
    found: dict[Name, Any] = {}
    value: Any = filtered(
        given.input,
        given.kernel,
        given.bias or [0] * len(given.kernel),
        stride=given.stride,
        padding=given.padding,
        dilation=given.dilation,
        turned=case.conventions.operation == "convolution",
        overhang=overhang,
    )
    for stage in given.steps:
        match stage:
            case PoolStage():
                value = pooled(
                    value,
                    stage.window,
                    largest=stage.kind == "max",
                    stride=stage.stride or stage.window,
                    padding=((0, 0), (0, 0)),
                    overhang=overhang,
                    counts_padding=False,
                )
            case DenseStage():
                value = _units(given.weights, value, given.dense_bias)
            case "relu":
                value = _each(value, lambda number: number if number > 0 else 0)
            case "sigmoid":
                value = _each(value, lambda number: _round(_sigmoid(number), digits))
            case "flatten":
                value = _strung(value, case.conventions.order)
            case "softmax":
                powers = [_exp(number - max(value)) for number in value]
                total = sum(powers)
                value = tuple(_round(power / total, digits) for power in powers)
            case "class":
                best = sorted(value)[-1]
                value = tuple(place for place in range(len(value)) if value[place] == best)
        found[name_of(stage)] = value
    return found


def plain_products(case: Case[Any]) -> tuple[tuple[Number, ...], ...]:
    """Return the products in the window that is asked about, of one kernel on one channel."""
    given = case.given
    image, kernel = given.input[0], given.kernel[0][0]
    (top, _), (left, _) = given.padding
    start = given.window[0] * given.stride[0] - top, given.window[1] * given.stride[1] - left
    if case.conventions.operation == "convolution":
        kernel = [row[::-1] for row in kernel[::-1]]

    def pixel(row: int, column: int) -> Number:
        inside = 0 <= row < len(image) and 0 <= column < len(image[0])
        return image[row][column] if inside else 0

    return tuple(
        tuple(weight * pixel(start[0] + down, start[1] + across) for across, weight in enumerate(row))
        for down, row in enumerate(kernel)
    )


def _each(value: Any, function: Any) -> Any:
    return tuple(_each(part, function) for part in value) if isinstance(value, tuple) else function(value)


def _strung(maps: Any, order: str) -> tuple[Number, ...]:
    rows, columns = range(len(maps[0])), range(len(maps[0][0]))
    if order == "CHW":
        return tuple(single[row][column] for single in maps for row in rows for column in columns)
    return tuple(single[row][column] for row in rows for column in columns for single in maps)


def _units(
    weights: Sequence[Sequence[Number]], values: Sequence[Number], biases: Sequence[Number]
) -> tuple[Number, ...]:
    outs = []
    for unit, row in enumerate(weights):
        total: Number = biases[unit] if biases else 0
        for place, weight in enumerate(row):
            total += weight * values[place]
        outs.append(total)
    return tuple(outs)


def _sigmoid(number: Number) -> Fraction:
    power = _exp(-abs(Fraction(number)))
    return 1 / (1 + power) if number > 0 else power / (1 + power)


def _exp(exponent: Number) -> Fraction:
    """Return e**x of a negative x as 1 / e**-x, whose series is added up in fixed-point numbers."""
    if exponent < _VANISHING:
        return Fraction(0)
    top, bottom = (-Fraction(exponent)).as_integer_ratio()
    term = total = _SCALE
    number = 1
    while term:
        term = term * top // (bottom * number)
        total += term
        number += 1
    return Fraction(_SCALE, total)


def _round(number: Fraction, digits: int) -> Fraction:
    return Fraction(floor(number * 10**digits + Fraction(1, 2)), 10**digits)
