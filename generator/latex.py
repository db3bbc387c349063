"""Exact numbers and sums of products as LaTeX, for formulas in worked steps."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import count

from .number import Number


def number(value: Number) -> str:
    r"""Write a number: ``-3``, ``\tfrac{1}{9}``."""
    if isinstance(value, Fraction) and value.denominator != 1:
        sign = "-" if value < 0 else ""
        return rf"{sign}\tfrac{{{abs(value.numerator)}}}{{{value.denominator}}}"
    return str(value)


def decimal(value: Number) -> str:
    """Write a number that has finitely many decimals: ``97``, ``0.58``."""
    places = next(places for places in count() if 10**places % value.denominator == 0)
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}}"
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def short(value: Number) -> str:
    r"""Write a number as a decimal if it has finitely many: ``0.1``, ``\tfrac{1}{3}``."""
    return decimal(value) if terminates(value) else number(value)


def terminates(value: Number) -> bool:
    """Say whether a number has finitely many decimals."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def factor(value: Number) -> str:
    """Write a number so that it can stand behind a multiplication or plus sign."""
    return f"({number(value)})" if value < 0 else number(value)


def products(pairs: Iterable[tuple[Number, Number]]) -> str:
    r"""Write a sum of products: ``2\cdot 1+(-1)\cdot 3``; an empty sum is 0."""
    return "+".join(rf"{factor(left)}\cdot {factor(right)}" for left, right in pairs) or "0"


def added(value: Number) -> str:
    """Write a further term of a sum, with its sign: ``+2``, ``-3``."""
    return f"-{number(-value)}" if value < 0 else f"+{number(value)}"


def indexed(symbol: str, *indices: int) -> str:
    """Write a symbol with indices: ``Y_{0,1}``."""
    return f"{symbol}_{{{','.join(map(str, indices))}}}"
