"""Polynomials with exact coefficients: two expressions that mean the same are the same polynomial."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from ..number import Number
from .names import Family, place

Monomial: TypeAlias = tuple[tuple[str, int], ...]
"""Names with their powers, in the order of the alphabet; the empty one is 1."""


@dataclass(frozen=True)
class Polynomial:
    """A sum of monomials, each times a coefficient that is not 0.

    Two polynomials are equal when they are the same function, because every one has only one such form.
    """

    terms: Mapping[Monomial, Fraction] = field(default_factory=dict)

    @classmethod
    def name(cls, name: str) -> Polynomial:
        """Return the polynomial that is one name."""
        return cls({((name, 1),): Fraction(1)})

    @classmethod
    def number(cls, number: Number) -> Polynomial:
        """Return the polynomial that is a number."""
        return cls({(): Fraction(number)} if number else {})

    @classmethod
    def sum(cls, parts: Iterable[Polynomial]) -> Polynomial:
        """Add polynomials up."""
        total: dict[Monomial, Fraction] = {}
        for part in parts:
            for monomial, coefficient in part.terms.items():
                total[monomial] = total.get(monomial, Fraction()) + coefficient
        return cls({monomial: coefficient for monomial, coefficient in total.items() if coefficient})

    def __add__(self, other: Polynomial) -> Polynomial:
        return Polynomial.sum((self, other))

    def __mul__(self, other: Polynomial) -> Polynomial:
        return Polynomial.sum(
            Polynomial({_product(one, two): left * right})
            for one, left in self.terms.items()
            for two, right in other.terms.items()
        )

    @property
    def constant(self) -> Fraction | None:
        """The number that this is, or None where names are in it."""
        return self.terms.get((), Fraction()) if set(self.terms) <= {()} else None


def _product(one: Monomial, two: Monomial) -> Monomial:
    powers = Counter(dict(one))
    powers.update(dict(two))
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


def _ordered(polynomial: Polynomial, known: Sequence[Family]) -> list[tuple[Monomial, Fraction]]:
    """Return the terms in the order in which they are written, and so their factors."""
    terms = [
        (tuple(sorted(monomial, key=lambda factor: place(factor[0], known))), coefficient)
        for monomial, coefficient in polynomial.terms.items()
    ]

    def key(term: tuple[Monomial, Fraction]) -> tuple[int, list[tuple[tuple[int, tuple[int, ...]], int]]]:
        monomial, _ = term
        degree = sum(power for _, power in monomial)
        return -degree, [(place(name, known), -power) for name, power in monomial]

    return sorted(terms, key=key)
