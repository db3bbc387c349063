"""From a tree to a polynomial: everything multiplied out, within a bounded amount of work."""

from __future__ import annotations

from fractions import Fraction

from ..document import say
from .evaluation import bounded
from .faults import ExpressionError
from .polynomial import Polynomial
from .tree import Binary, Constant, Name, Negative, Node

MOST_DEGREE = 8
MOST_WORK = 5_000  # products of two terms, all in all


def expand(node: Node) -> Polynomial:
    """Multiply an expression out.

    Raises
    ------
    ExpressionError
        If it is no polynomial, or multiplying it out takes too long.
    """
    return _Expansion().of(node)


class _Expansion:
    """How much may still be done."""

    def __init__(self) -> None:
        self._left = MOST_WORK

    def of(self, node: Node) -> Polynomial:
        match node:
            case Name(name):
                return Polynomial.name(name)
            case Constant(value):
                return Polynomial.number(value)
            case Binary(sign, left, right, at):
                if sign in ("+", "-"):
                    return self._sum(node)
                return self._operated(sign, self.of(left), self.of(right), at)
            case Negative(part):
                return -self.of(part)
            case _:
                raise ExpressionError(say("only sums, products and powers are read here"), node.at)

    def _operated(self, sign: str, left: Polynomial, right: Polynomial, at: int) -> Polynomial:
        match sign:
            case "*":
                return self._product(left, right, at)
            case "/":
                divisor = right.constant
                if not divisor:
                    reason = say("only a division by a number other than 0 is read here")
                    raise ExpressionError(reason, at)
                return self._product(left, Polynomial.number(Fraction(1, divisor)), at)
            case _:
                return self._power(left, right, at)

    def _sum(self, node: Binary) -> Polynomial:
        """Add a whole row of terms up at once."""
        row: list[tuple[str, Node]] = []
        first: Node = node
        while isinstance(first, Binary) and first.sign in ("+", "-"):
            row.append((first.sign, first.right))
            first = first.left
        parts = [self.of(first)]
        for sign, right in reversed(row):
            part = self.of(right)
            parts.append(-part if sign == "-" else part)
        self._work(sum(len(part.terms) for part in parts), node.at)
        return _small(Polynomial.sum(parts), node.at)

    def _product(self, left: Polynomial, right: Polynomial, at: int) -> Polynomial:
        self._work(len(left.terms) * len(right.terms), at)
        product = _small(left * right, at)
        if product.degree > MOST_DEGREE:
            raise ExpressionError(say("more than {{ most }} factors in one product", most=MOST_DEGREE), at)
        return product

    def _power(self, base: Polynomial, exponent: Polynomial, at: int) -> Polynomial:
        times = exponent.constant
        if times is None or times.denominator != 1 or not 0 <= times <= MOST_DEGREE:
            raise ExpressionError(
                say("an exponent is a whole number from 0 to {{ most }}", most=MOST_DEGREE), at
            )
        result = Polynomial.number(1)
        for _ in range(times.numerator):
            result = self._product(result, base, at)
        return result

    def _work(self, steps: int, at: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise ExpressionError(say("this expression takes too long to multiply out"), at)


def _small(polynomial: Polynomial, at: int) -> Polynomial:
    for coefficient in polynomial.terms.values():
        bounded(coefficient, at)
    return polynomial
