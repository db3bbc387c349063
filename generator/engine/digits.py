"""Softmax, sigmoid and tanh to a number of decimals, every one of them proved.

A value is enclosed between two rational numbers, ever more closely until both round alike; that is then
how the value itself rounds. This ends, because no value but those that come out exactly (such as
sigmoid(0) = 1/2) is rational, let alone half-way between two decimals: exponentials of different rational
numbers are linearly independent over the rationals. (Only numbers more than 1000 apart can end in an
ArithmeticError, where one exponential moves the value by less than the closest bounds can tell.)

Rounding is to the nearest, halves away from zero.

Source: Lindemann-Weierstrass theorem, in A. Baker, "Transcendental Number Theory", theorem 1.4.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

from .arguments import whole
from .bounds import Bounds, exp_bounds
from .exact import array, kinds

MOST_DIGITS = 100
_ROUNDS = 8


def rounded(number: Fraction | int, digits: int) -> Fraction:
    """Round to so many decimals, halves away from zero."""
    scale = 10 ** whole("digits", digits, least=0)
    steps = int(abs(number) * scale + Fraction(1, 2))
    return Fraction(steps if number > 0 else -steps, scale)


def softmax_digits(z: Any, digits: int) -> tuple[Fraction, ...]:
    """Return exp(z_k) / sum_j exp(z_j) for every k, each rounded to `digits` decimals.

    Parameters
    ----------
    z
        Ints or Fractions, (K,).
    digits
        From 0 to 100.

    Raises
    ------
    TypeError
        If z holds floats or symbols: their digits could not be proved.
    """
    exponents = rationals(z)
    return tuple(proved(partial(_softmax, exponents, k), digits) for k in range(len(exponents)))


def sigmoid_digits(z: int | Fraction, digits: int) -> Fraction:
    """Return 1 / (1 + exp(-z)), rounded to `digits` decimals; z is an int or a Fraction."""
    exponents = [*rationals([z]), Fraction(0)]
    return proved(partial(_softmax, exponents, 0), digits)


def tanh_digits(z: int | Fraction, digits: int) -> Fraction:
    """Return tanh(z) = 2 sigmoid(2z) - 1, rounded to `digits` decimals; z is an int or a Fraction."""
    exponents = [2 * rationals([z])[0], Fraction(0)]

    def bounds(precision: int) -> Bounds:
        low, high = _softmax(exponents, 0, precision)
        return 2 * low - 1, 2 * high - 1

    return proved(bounds, digits)


def exp_digits(z: int | Fraction, digits: int) -> Fraction:
    """Return exp(z), rounded to `digits` decimals; z is an int or a Fraction."""
    exponent = rationals([z])[0]

    def bounds(precision: int) -> Bounds:
        low, high = exp_bounds(-abs(exponent), precision)
        return (low, high) if exponent <= 0 else (1 / high, 1 / low)

    return proved(bounds, digits)


def proved(bounds: Callable[[int], Bounds], digits: int) -> Fraction:
    """Round a value that is known by its bounds alone.

    Parameters
    ----------
    bounds
        Takes a precision, in significant digits, and returns bounds that close in on the value as it grows.
    digits
        Decimals to round to, from 0 to 100.

    Raises
    ------
    ArithmeticError
        If the effort is used up: the value lies within about 10**-435 of half-way between two decimals.
    """
    if whole("digits", digits, least=0) > MOST_DIGITS:
        raise ValueError(f"at most {MOST_DIGITS} digits can be asked, not {digits}")
    for round_ in range(_ROUNDS):
        low, high = (rounded(bound, digits) for bound in bounds((digits + 10) << round_))
        if low == high:
            return low
    raise ArithmeticError(f"{digits} digits are not settled by bounds of {(digits + 10) << _ROUNDS} digits")


def _softmax(exponents: list[Fraction], k: int, precision: int) -> Bounds:
    top = max(exponents)
    powers = [exp_bounds(exponent - top, precision) for exponent in exponents]
    low, high = powers.pop(k)
    others_low, others_high = total(powers)
    return low / (low + others_high), high / (high + others_low)


def total(terms: list[Bounds]) -> Bounds:
    """Add up bounds."""
    return sum((low for low, _ in terms), Fraction(0)), sum((high for _, high in terms), Fraction(0))


def rationals(values: Any) -> list[Fraction]:
    """Return all cells as Fractions, or raise TypeError if one is neither int nor Fraction."""
    cells = array(values)
    if cells.dtype != object or not kinds(cells) <= {int, Fraction}:
        raise TypeError("proved digits need ints or Fractions, not floats or symbols")
    return [Fraction(cell) for cell in cells.flat]
