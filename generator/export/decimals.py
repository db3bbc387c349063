"""Numbers as the files of platforms hold them: decimals, without an exponent."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import accumulate, pairwise

from .. import latex
from ..number import Number

DECIMALS = 12
"""Of a number whose decimals have no end."""


def decimal(number: Number | str) -> str:
    """Write a number with all its decimals, or with twelve if they have no end."""
    exact = Fraction(number)
    return latex.decimal(exact if latex.terminates(exact) else round(exact, DECIMALS))


def portions(amounts: Iterable[Fraction]) -> list[Fraction]:
    """Round amounts to decimals so that they still add up to their sum, where that is a decimal."""
    sums = (round(total, DECIMALS) for total in accumulate(amounts, initial=Fraction()))
    return [after - before for before, after in pairwise(sums)]
