"""Activation functions of a row of numbers, right ones and those that people take for them.

Every function takes a row, the slope of a leaky ReLU, and a number of decimals; what is a fraction is
exact, whatever the decimals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Literal, TypeAlias

from ..engine import leaky_relu, relu, rounded, sigmoid_digits, softmax_digits, step, tanh_digits
from ..number import Number
from ..values import nested, whole
from .decimals import exponential, require_small, settled

Function: TypeAlias = Literal["relu", "leaky_relu", "step", "linear", "sigmoid", "tanh", "softmax"]
Row: TypeAlias = Sequence[Number]

EXPONENTIAL: tuple[Function, ...] = ("sigmoid", "tanh", "softmax")
"""Functions whose values are no fractions."""

ROUNDED: tuple[Function, ...] = (*EXPONENTIAL, "leaky_relu")
"""Functions whose values are written as decimals, where digits are stated."""

KINKED: tuple[Function, ...] = ("relu", "leaky_relu", "step")
"""Functions without a derivative at 0."""


def shares(row: Row) -> tuple[Number, ...]:
    """Divide each number by the sum of all: a softmax without exponentials.

    Raises
    ------
    ValueError
        If the numbers add up to 0.
    """
    if not sum(row):
        raise ValueError("numbers that add up to 0 have no shares")
    return tuple(whole(Fraction(z) / sum(row)) for z in row)


def _powers_of_2(row: Row) -> tuple[Number, ...]:
    if any(z.denominator != 1 for z in row):
        raise ValueError("only whole powers of 2 are fractions")
    return shares([Fraction(2) ** z.numerator for z in row])


def _largest(row: Row) -> tuple[Number, ...]:
    return tuple(int(z == max(row)) for z in row)


def _each_sigmoid(row: Row, decimals: int) -> tuple[Number, ...]:
    return tuple(sigmoid_digits(z, decimals) for z in row)


_FUNCTIONS: Mapping[str, Callable[[Row, Number, int], Sequence[Number]]] = {
    "relu": lambda row, _, __: nested(relu(row)),
    "leaky_relu": lambda row, slope, _: nested(leaky_relu(row, slope)),
    "step": lambda row, _, __: nested(step(row)),
    "linear": lambda row, _, __: tuple(row),
    "sigmoid": lambda row, _, decimals: _each_sigmoid(row, decimals),
    "tanh": lambda row, _, decimals: tuple(tanh_digits(z, decimals) for z in row),
    "softmax": lambda row, _, decimals: softmax_digits(row, decimals),
    # and what is taken for them
    "abs": lambda row, _, __: tuple(max(z, -z) for z in row),
    "negative part": lambda row, _, __: tuple(min(z, 0) for z in row),
    "leaky side": lambda row, slope, _: tuple(whole(slope * z) if z > 0 else z for z in row),
    "falling step": lambda row, _, __: tuple(1 - z for z in nested(step(row))),
    "sign": lambda row, _, __: tuple((z > 0) - (z < 0) for z in row),
    "falling sigmoid": lambda row, _, decimals: _each_sigmoid([-z for z in row], decimals),
    "shares": lambda row, _, __: shares(row),
    "powers of 2": lambda row, _, __: _powers_of_2(row),
    "exponentials": lambda row, _, decimals: tuple(rounded(exponential(z), decimals) for z in row),
    "largest": lambda row, _, __: _largest(row),
}

_SLOPES: Mapping[str, Callable[[Number, Number], Number]] = {
    "relu": lambda z, _: int(z > 0),
    "leaky_relu": lambda z, slope: 1 if z > 0 else slope,
    "step": lambda _, __: 0,
    "linear": lambda _, __: 1,
    "abs": lambda z, _: 1 if z > 0 else -1,
    "negative part": lambda z, _: int(z < 0),
    "leaky side": lambda z, slope: slope if z > 0 else 1,
}

MISTAKEN: Mapping[str, Mapping[str, str]] = {
    "relu_abs": {"relu": "abs"},
    "relu_skipped": {"relu": "linear", "leaky_relu": "linear"},
    "relu_negative_kept": {"relu": "negative part"},
    "slope_wrong_side": {"leaky_relu": "leaky side"},
    "slope_forgotten": {"leaky_relu": "relu"},
    "step_swapped": {"step": "falling step"},
    "sign_for_step": {"step": "sign"},
    "sigmoid_sign": {"sigmoid": "falling sigmoid"},
    "tanh_for_sigmoid": {"sigmoid": "tanh"},
    "sigmoid_for_tanh": {"tanh": "sigmoid"},
    "no_exponential": {"softmax": "shares"},
    "exponential_base_2": {"softmax": "powers of 2"},
    "sigmoid_per_component": {"softmax": "sigmoid"},
    "exponentials_not_normalised": {"softmax": "exponentials"},
    "largest_takes_all": {"softmax": "largest"},
}
"""By misconception: which function is taken for which."""


def taken_for(function: Function, slips: frozenset[str]) -> str:
    """Return what somebody with these slips computes instead of a function."""
    mistaken = (MISTAKEN[slip].get(function) for slip in sorted(slips & MISTAKEN.keys()))
    return next(filter(None, mistaken), function)


@lru_cache(maxsize=4096)  # every misconception begins with the same rows
def computed(function: str, row: tuple[Number, ...], decimals: int, slope: Number = 0) -> tuple[Number, ...]:
    """Apply a function to a row, to so many decimals.

    Raises
    ------
    ValueError
        If a number is too large for exponentials, or the function is not defined for the row.
    """
    require_small(row)
    return tuple(_FUNCTIONS[function](row, slope, decimals))


def values(function: str, row: Row, slope: Number, digits: int | None) -> tuple[Number, ...]:
    """Apply a function to a row; values that are no fractions are settled for so many decimals."""
    if digits is None:
        return tuple(_FUNCTIONS[function](row, slope, 0))
    return settled(lambda decimals: computed(function, tuple(row), decimals, slope), digits)


def derivative(function: str, z: Number, slope: Number) -> Number:
    """Return the slope of a function at a number."""
    return _SLOPES[function](z, slope)


def is_value(function: Function, number: Number, slope: Number, *, ends: bool = False) -> bool:
    """Say whether a function takes a number as its value anywhere; with `ends`, limits count as values."""
    match function:
        case "step":
            return number in (0, 1)
        case "relu":
            return number >= 0
        case "leaky_relu":
            return bool(slope) or number >= 0
        case "linear":
            return True
        case _:
            least = -1 if function == "tanh" else 0
            return least < number < 1 or (ends and number in (least, 1))
