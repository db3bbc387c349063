"""What a number is made of, as somebody who computes it by hand sees it: a sum of products, or the largest.

Kinds say it of a cell (`QuestionType.made_of`), so that a single wrong one can be traced to a slip.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from .frozen import frozen
from .number import Number


@frozen
class Term:
    """A product of a sum.

    Attributes
    ----------
    number
        What is read off a map.
    weight
        What it is multiplied by; None where it is added as it is.
    beside
        The numbers that stand beside it on the map, which somebody reads by mistake.
    """

    number: Number
    weight: Number | None = None
    beside: tuple[Number, ...] = ()

    @property
    def value(self) -> Number:
        """The product."""
        return self.times(self.number)

    def times(self, number: Number) -> Number:
        """Return the product with another number in the place of this one."""
        return number if self.weight is None else number * self.weight


@frozen
class Sum:
    """A sum of products and a bias, perhaps divided.

    Attributes
    ----------
    terms
        The products; those of padded cells are 0.
    bias
        What is added at the end.
    divisor
        What the sum is divided by.
    """

    terms: tuple[Term, ...]
    bias: Number = 0
    divisor: int = 1

    @cached_property
    def total(self) -> Number:
        """The sum before it is divided."""
        return sum((term.value for term in self.terms), self.bias)

    @property
    def number(self) -> Number:
        """The number itself."""
        return self.divided(self.total)

    def divided(self, total: Number) -> Number:
        """Return what a sum becomes."""
        return total if self.divisor == 1 else Fraction(total) / self.divisor


@frozen
class Largest:
    """The largest number of a window.

    Attributes
    ----------
    numbers
        The numbers of the window.
    moved
        Those of the windows one cell above, below, left and right of it, as far as they fit on the map.
    """

    numbers: tuple[Number, ...]
    moved: tuple[tuple[Number, ...], ...] = ()

    @property
    def number(self) -> Number:
        """The largest of them."""
        return max(self.numbers)


MadeOf: TypeAlias = Sum | Largest
