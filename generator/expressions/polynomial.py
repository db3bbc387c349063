"""Polynomials with exact coefficients: two expressions that mean the same are the same polynomial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from typing import TypeAlias

from ..frozen import frozen
from ..number import Number
from .names import Family, Place, places

Monomial: TypeAlias = tuple[tuple[str, int], ...]
"""Names with their powers, in the order of the alphabet; the empty one is 1."""


@frozen
class Polynomial:
    """A sum of monomials, each times a coefficient that is not 0.

    Two polynomials are equal when they are the same function, because every one has only one such form.
    """

    terms: Mapping[Monomial, Number] = field(default_factory=dict)

    @staticmethod
    @lru_cache(maxsize=1024)  # names come again and again
    def name(name: str) -> Polynomial:
        """Return the polynomial that is one name."""
        return Polynomial({((name, 1),): 1})

    @classmethod
    def number(cls, number: Number) -> Polynomial:
        """Return the polynomial that is a number."""
        return cls({(): number.numerator if number.denominator == 1 else number} if number else {})

    @classmethod
    def sum(cls, parts: Iterable[Polynomial]) -> Polynomial:
        """Add polynomials up."""
        total: dict[Monomial, Number] = {}
        for part in parts:
            for monomial, coefficient in part.terms.items():
                total[monomial] = total.get(monomial, 0) + coefficient
        return cls(_not_zero(total))

    def __add__(self, other: Polynomial) -> Polynomial:
        return Polynomial.sum((self, other))

    def __mul__(self, other: Polynomial) -> Polynomial:
        total: dict[Monomial, Number] = {}
        for one, left in self.terms.items():
            for two, right in other.terms.items():
                monomial = _product(one, two)
                total[monomial] = total.get(monomial, 0) + left * right
        return Polynomial(_not_zero(total))

    def __neg__(self) -> Polynomial:
        return Polynomial({monomial: -coefficient for monomial, coefficient in self.terms.items()})

    @property
    def degree(self) -> int:
        """How many factors its longest product has."""
        return max([sum([power for _, power in monomial]) for monomial in self.terms], default=0)

    @property
    def constant(self) -> Number | None:
        """The number that this is, or None where names are in it."""
        return self.terms.get((), 0) if self.terms.keys() <= {()} else None


def _not_zero(terms: dict[Monomial, Number]) -> dict[Monomial, Number]:
    """Leave out what comes to 0."""
    return {monomial: coefficient for monomial, coefficient in terms.items() if coefficient}


def _product(one: Monomial, two: Monomial) -> Monomial:
    if not one or not two:
        return one or two
    powers = dict(one)
    for name, power in two:
        powers[name] = powers.get(name, 0) + power
    return tuple(sorted(powers.items()))


# -- written ------------------------------------------------------------------------------------


def canonical(polynomial: Polynomial, known: Sequence[Family]) -> str:
    """Write a polynomial in the one form that keys and stored answers have: ``I1*w1 + 2*I2*w2 + b``.

    Products stand before single names, and single names before the number.
    """
    text = ""
    for monomial, coefficient in _ordered(polynomial, known):
        factors = [name + (f"^{power}" if power > 1 else "") for name, power in monomial]
        if abs(coefficient) != 1 or not factors:
            factors.insert(0, str(abs(coefficient)))
        sign = "-" if coefficient < 0 else "+"
        text += f" {sign} " if text else sign.replace("+", "")
        text += "*".join(factors)
    return text or "0"


def _ordered(polynomial: Polynomial, known: Sequence[Family]) -> list[tuple[Monomial, Number]]:
    """Return the terms in the order in which they are written, and so their factors."""
    place = places((name for monomial in polynomial.terms for name, _ in monomial), known)
    terms = [
        (tuple(sorted(monomial, key=lambda factor: place[factor[0]])), coefficient)
        for monomial, coefficient in polynomial.terms.items()
    ]

    def key(term: tuple[Monomial, Number]) -> tuple[int, list[tuple[Place, int]]]:
        monomial, _ = term
        degree = sum(power for _, power in monomial)
        return -degree, [(place[name], -power) for name, power in monomial]

    return sorted(terms, key=key)
