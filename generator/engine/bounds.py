"""Rational numbers between which an exponential or a logarithm lies for certain.

``Decimal.exp`` and ``Decimal.ln`` promise a correctly rounded result, so the true value lies between the
neighbours of what they return. A rational argument is first enclosed between two decimals; both functions
increase.

Source: Python library reference, module ``decimal``, ``Decimal.exp`` and ``Decimal.ln``.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

Bounds: TypeAlias = tuple[Fraction, Fraction]

MOST_NEGATIVE = -1000


@lru_cache(maxsize=1024)  # each term of a softmax stands in every share of it
def exp_bounds(exponent: Fraction, precision: int) -> Bounds:
    """Enclose e**exponent, for an exponent of at most 0; exact for 0.

    Parameters
    ----------
    exponent
        Below -1000 the lower bound is simply 0.
    precision
        Significant digits to work with; the more, the closer the bounds.
    """
    if exponent == 0:
        return Fraction(1), Fraction(1)
    context = _context(precision)
    if exponent < MOST_NEGATIVE:
        return Fraction(0), Fraction(context.next_plus(context.exp(Decimal(MOST_NEGATIVE))))
    low, high = _enclosed(exponent, precision)
    return Fraction(context.next_minus(context.exp(low))), Fraction(context.next_plus(context.exp(high)))


def ln_bounds(number: Fraction, precision: int) -> Bounds:
    """Enclose the natural logarithm of a number of at least 1; exact for 1."""
    context = _context(precision)
    low, high = _enclosed(number, precision)
    return (
        Fraction(0) if low == 1 else Fraction(context.next_minus(context.ln(low))),
        Fraction(0) if high == 1 else Fraction(context.next_plus(context.ln(high))),
    )


def _enclosed(number: Fraction, precision: int) -> tuple[Decimal, Decimal]:
    top, bottom = Decimal(number.numerator), Decimal(number.denominator)
    return (
        _context(precision, ROUND_FLOOR).divide(top, bottom),
        _context(precision, ROUND_CEILING).divide(top, bottom),
    )


def _context(precision: int, rounding: str = ROUND_HALF_EVEN) -> Context:
    return Context(prec=precision, rounding=rounding, Emin=-999_999, Emax=999_999, capitals=1, traps=[])
