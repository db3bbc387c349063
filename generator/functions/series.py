"""Exponentials and logarithms as sums of their series, in whole numbers: the second way to every key.

A number stands for itself times `SCALE`; each step loses less than a unit, so that far more decimals are
right than any key holds.
"""

from __future__ import annotations

from fractions import Fraction

from ..number import Number

SCALE = 10**100
HALVINGS = 8


def exp(number: Number) -> Fraction:
    """Sum the exponential series of a 256th of a number, and square eight times."""
    if number < 0:
        return 1 / exp(-number)
    small = _scaled(Fraction(number) / 2**HALVINGS)
    term = total = SCALE
    place = 1
    while term:
        term = term * small // SCALE // place
        total += term
        place += 1
    for _ in range(HALVINGS):
        total = total * total // SCALE
    return Fraction(total, SCALE)


def ln(number: Number) -> Fraction:
    """Return the natural logarithm of a number above 0.

    It is divided by 2 until it lies between 1 and 2; then ln m = 2 artanh((m - 1) / (m + 1)).
    """
    if number < 1:
        return -ln(1 / Fraction(number))
    rest, halvings = Fraction(number), 0
    while rest >= 2:
        rest, halvings = rest / 2, halvings + 1
    return Fraction(_ln(rest) + halvings * _ln(Fraction(2)), SCALE)


def _ln(number: Fraction) -> int:
    ratio = _scaled((number - 1) / (number + 1))
    total, power, place = 0, ratio, 1
    while power:
        total += 2 * power // place
        power = power * ratio // SCALE * ratio // SCALE
        place += 2
    return total


def _scaled(number: Fraction) -> int:
    return number.numerator * SCALE // number.denominator
