"""The value of a formula: exact, and never larger than a few hundred digits."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import TypeVar

from ..engine import ShapeError, rounded
from ..number import Number
from .faults import ExpressionError
from .functions import MOST_DECIMALS, MOST_EXPONENT
from .sizes import field, positions
from .tree import Binary, Call, Comparison, Constant, Logic, Name, Negative, Node

N = TypeVar("N", bound=Number)

MOST_BITS = 2048  # above and below the line together

_COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def evaluate(node: Node, values: Mapping[str, Number]) -> Fraction:
    """Return the value of a formula.

    Raises
    ------
    ExpressionError
        At a division by zero, a power that is no whole number, a number that is too large.
    KeyError
        If a name has no value; names are checked before anything is computed.
    """
    match node:
        case Constant(value):
            return value
        case Name(name):
            return Fraction(values[name])
        case Negative(part):
            return -evaluate(part, values)
        case Binary(sign, left, right, at):
            return bounded(_operated(sign, evaluate(left, values), evaluate(right, values), at), at)
        case Call(function, arguments, at):
            return bounded(_called(function, [evaluate(part, values) for part in arguments], at), at)
        case Comparison() | Logic():
            raise TypeError("a condition holds or does not; it has no value")


def holds(node: Node, values: Mapping[str, Number]) -> bool:
    """Say whether a condition holds; raises as `evaluate` does."""
    match node:
        case Comparison(parts, signs):
            numbers = [evaluate(part, values) for part in parts]
            return all(_COMPARE[sign](*numbers[place : place + 2]) for place, sign in enumerate(signs))
        case Logic("not", (part,)):
            return not holds(part, values)
        case Logic("and", parts):
            return all(holds(part, values) for part in parts)
        case Logic(_, parts):
            return any(holds(part, values) for part in parts)
        case _:
            raise TypeError("a number is no condition")


def bounded(value: N, at: int) -> N:
    """Return a value that is not too large, or raise."""
    if value.numerator.bit_length() + value.denominator.bit_length() > MOST_BITS:
        raise ExpressionError("this number becomes too large", at)
    return value


def whole_exponent(exponent: Fraction, at: int) -> int:
    """Return an exponent as an int, or raise where it is none or too large."""
    if exponent.denominator != 1 or abs(exponent) > MOST_EXPONENT:
        reason = f"an exponent is a whole number from -{MOST_EXPONENT} to {MOST_EXPONENT}"
        raise ExpressionError(reason, at)
    return exponent.numerator


def _operated(sign: str, left: Fraction, right: Fraction, at: int) -> Fraction:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return _quotient(left, right, at)
        case _:
            exponent = whole_exponent(right, at)
            return _quotient(Fraction(1), left**-exponent, at) if exponent < 0 else left**exponent


def _quotient(left: Fraction, right: Fraction, at: int) -> Fraction:
    if right == 0:
        raise ExpressionError("this divides by zero", at)
    return left / right


def _called(function: str, numbers: list[Fraction], at: int) -> Fraction:
    match function:
        case "floor":
            return Fraction(floor(numbers[0]))
        case "ceil":
            return Fraction(ceil(numbers[0]))
        case "abs":
            return abs(numbers[0])
        case "min":
            return min(numbers)
        case "max":
            return max(numbers)
        case "mod":
            quotient = _quotient(numbers[0], numbers[1], at)
            return numbers[0] - floor(quotient) * numbers[1]
        case "positions" | "field":
            return Fraction(_of_engine(function, numbers, at))
        case _:
            return rounded(numbers[0], _decimals(numbers[1:], at))


def _of_engine(function: str, numbers: list[Fraction], at: int) -> int:
    try:
        return positions(numbers) if function == "positions" else field(numbers)
    except ShapeError as error:
        raise ExpressionError(str(error), at) from None


def _decimals(numbers: list[Fraction], at: int) -> int:
    decimals = numbers[0] if numbers else Fraction()
    if decimals.denominator != 1 or not 0 <= decimals <= MOST_DECIMALS:
        raise ExpressionError(f"round takes 0 to {MOST_DECIMALS} decimals", at)
    return decimals.numerator
