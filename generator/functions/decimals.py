"""Numbers that are no fractions, to so many decimals that a rounded answer can be marked.

A key holds more decimals than are asked: then the rounded number is right, and so is any that is more
precise. All digits of a key are proved by the engine; those of wrong answers are computed with so many
decimals to spare that no rounding can be seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import count
from typing import Annotated, TypeAlias

from pydantic import Field as Bounds

from ..engine import log_loss_digits, rounded, sigmoid_digits
from ..number import Number
from ..reading.schema import Whole

MORE = 3
"""Decimals that a key has beyond those that are asked."""

WORKING = 60
"""Decimals of numbers that others are computed from."""

MOST_EXPONENT = 50
"""Exponentials are taken of numbers up to this size: far more than anybody writes down by hand."""

Decimals: TypeAlias = Annotated[Whole, Bounds(ge=1, le=8)]
"""How many decimals an answer is rounded to that is no fraction."""


def settled(values: Callable[[int], Sequence[Number]], digits: int) -> tuple[Number, ...]:
    """Return numbers to more decimals than are asked; each rounds to `digits` as the exact number does.

    Rounding twice can go wrong: 0.4996 becomes 0.500, and that becomes 1. Where it would, more decimals
    are taken, until it does not.

    Parameters
    ----------
    values
        Returns the numbers, correctly rounded to so many decimals, or exact.
    digits
        How many decimals are asked.
    """
    asked = _all_rounded(values(digits), digits)
    finer = (tuple(values(digits + more)) for more in count(MORE, MORE))
    return next(numbers for numbers in finer if _all_rounded(numbers, digits) == asked)


def _all_rounded(numbers: Iterable[Number], digits: int) -> list[Fraction]:
    return [rounded(number, digits) for number in numbers]


def all_settled(numbers: Sequence[Number], digits: int) -> tuple[Number, ...]:
    """Return numbers that are known to `WORKING` decimals, or more, as `settled` does."""
    return settled(lambda decimals: [rounded(number, decimals) for number in numbers], digits)


def settled_number(number: Number, digits: int) -> Number:
    """Return a single such number."""
    return all_settled((number,), digits)[0]


@lru_cache(maxsize=4096)
def exponential(exponent: Number) -> Fraction:
    """Return e**exponent, to at least `WORKING` decimals."""
    require_small([exponent])
    share = sigmoid_digits(exponent, 100)
    return share / (1 - share)


@lru_cache(maxsize=4096)
def logarithm(number: Number) -> Fraction:
    """Return the natural logarithm of a number above 0, to `WORKING` decimals."""
    return (
        -log_loss_digits([number], WORKING)
        if number <= 1
        else log_loss_digits([1 / Fraction(number)], WORKING)
    )


def require_small(exponents: Iterable[Number]) -> None:
    """Refuse numbers whose exponentials nobody writes down.

    Raises
    ------
    ValueError
        If one lies beyond `MOST_EXPONENT`.
    """
    for exponent in exponents:
        if abs(Fraction(exponent)) > MOST_EXPONENT:
            raise ValueError(
                f"exponentials are taken of numbers from -{MOST_EXPONENT} to {MOST_EXPONENT}, "
                f"not of {exponent}"
            )
