"""Numbers as the files of platforms hold them: decimals, without an exponent."""

from __future__ import annotations

from fractions import Fraction

from .. import latex
from ..number import Number

DECIMALS = 12
"""Of a number whose decimals have no end."""


def decimal(number: Number) -> str:
    """Write a number with all its decimals, or with twelve if they have no end."""
    exact = Fraction(number)
    return latex.decimal(exact if latex.terminates(exact) else round(exact, DECIMALS))
