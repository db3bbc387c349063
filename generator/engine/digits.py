"""Softmax, sigmoid, tanh and cross-entropy to a number of decimals, every one of them proved.

A value is enclosed between two rational numbers, ever more closely until both round alike; that is then
how the value itself rounds. This ends, because no value but those that come out exactly (such as
sigmoid(0) = 1/2) is rational, let alone half-way between two decimals: exponentials of different rational
numbers are linearly independent over the rationals.

Rounding is to the nearest, halves away from zero.

Source: Lindemann-Weierstrass theorem, in A. Baker, "Transcendental Number Theory", theorem 1.4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from math import prod
from typing import Any

from .arguments import ShapeError, whole
from .bounds import Bounds, exp_bounds, ln_bounds
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
    exponents = _rationals(z)
    return tuple(_proved(partial(_softmax, exponents, k), digits) for k in range(len(exponents)))


def sigmoid_digits(z: int | Fraction, digits: int) -> Fraction:
    """Return 1 / (1 + exp(-z)), rounded to `digits` decimals; z is an int or a Fraction."""
    exponents = [*_rationals([z]), Fraction(0)]
    return _proved(partial(_softmax, exponents, 0), digits)


def tanh_digits(z: int | Fraction, digits: int) -> Fraction:
    """Return tanh(z) = 2 sigmoid(2z) - 1, rounded to `digits` decimals; z is an int or a Fraction."""
    exponents = [2 * _rationals([z])[0], Fraction(0)]

    def bounds(precision: int) -> Bounds:
        low, high = _softmax(exponents, 0, precision)
        return 2 * low - 1, 2 * high - 1

    return _proved(bounds, digits)


def cross_entropy_digits(z: Any, labels: int | Sequence[int], digits: int) -> Fraction:
    """Return the mean of -ln softmax(z)[label] over the samples, rounded to `digits` decimals.

    Parameters
    ----------
    z
        Ints or Fractions: (K,) for one sample, (n, K) for n of them.
    labels
        The true class of each sample, counted from 0; a plain number for one sample.
    digits
        From 0 to 100.

    Raises
    ------
    ShapeError
        If there are not as many labels as samples, or a label is none of the K classes.
    """
    samples = array(z)
    samples = samples.reshape(-1, samples.shape[-1])
    classes = [labels] if isinstance(labels, int) else list(labels)
    if len(classes) != len(samples) or not all(0 <= label < samples.shape[1] for label in classes):
        raise ShapeError(
            f"labels {classes} do not fit {len(samples)} sample(s) of {samples.shape[1]} classes"
        )
    rows = [_rationals(sample) for sample in samples]
    # -ln softmax(z)[k] = (top - z_k) + ln sum_j exp(z_j - top), and a sum of logarithms is one logarithm
    tops = [max(row) for row in rows]
    known = sum((top - row[k] for top, row, k in zip(tops, rows, classes, strict=True)), Fraction(0))

    def bounds(precision: int) -> Bounds:
        sums = [
            _sum([exp_bounds(e - top, precision) for e in row]) for top, row in zip(tops, rows, strict=True)
        ]
        low, high = (prod(side, start=Fraction(1)) for side in zip(*sums, strict=True))
        least, most = ln_bounds(low, precision)[0], ln_bounds(high, precision)[1]
        return (known + least) / len(rows), (known + most) / len(rows)

    return _proved(bounds, digits)


def log_loss_digits(probabilities: Any, digits: int) -> Fraction:
    """Return the mean of -ln p over the probabilities of the true classes, rounded to `digits` decimals.

    Parameters
    ----------
    probabilities
        Ints or Fractions above 0 and at most 1, (n,).
    digits
        From 0 to 100.
    """
    values = _rationals(probabilities)
    if not all(0 < value <= 1 for value in values):
        raise ValueError("a logarithmic loss needs probabilities above 0 and at most 1")
    inverse = 1 / prod(values, start=Fraction(1))

    def bounds(precision: int) -> Bounds:
        low, high = ln_bounds(inverse, precision)
        return low / len(values), high / len(values)

    return _proved(bounds, digits)


def _proved(bounds: Callable[[int], Bounds], digits: int) -> Fraction:
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
    others_low, others_high = _sum(powers)
    return low / (low + others_high), high / (high + others_low)


def _sum(terms: list[Bounds]) -> Bounds:
    return sum((low for low, _ in terms), Fraction(0)), sum((high for _, high in terms), Fraction(0))


def _rationals(values: Any) -> list[Fraction]:
    cells = array(values)
    if cells.dtype != object or not kinds(cells) <= {int, Fraction}:
        raise TypeError("proved digits need ints or Fractions, not floats or symbols")
    return [Fraction(cell) for cell in cells.flat]
