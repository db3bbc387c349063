"""Numbers as students write them: arithmetic on numerals, computed exactly by a parser of our own.

The grammar; what binds tighter stands lower, so ``-2^2`` is -4 and ``2^3^2`` is 512::

    sum     = product {("+" | "-") product}
    product = signed {("*" | "/") signed}
    signed  = ["+" | "-"] power
    power   = atom [("^" | "**") signed | superscript]
    atom    = numeral [vulgar fraction] | vulgar fraction | "(" sum ")"

No text reaches Python's own parser, and every limit is checked before the work that it bounds: nothing
makes this slow or builds a number of more than `MAX_BITS` bits.
"""

from __future__ import annotations

import re
from fractions import Fraction

from ...generator.document import say
from ...generator.number import Number
from ...generator.reading.tree import quoted
from ...generator.values import whole
from .tokens import MAX_DIGITS, Token, tokenise, unexpected
from .unreadable import Unreadable

__all__ = ["Unreadable", "parse_number", "read_integer", "read_number"]

MAX_NESTING = 30
MAX_POWER = 64
MAX_BITS = 1024

_PLAIN_INTEGER = re.compile(rf"[ \t\r\n]*[+-]?[0-9]{{1,{MAX_DIGITS}}}[ \t\r\n]*")


def read_integer(text: str) -> Number:
    """Read the answer to a question for a whole number.

    ``1,729``, ``1.729``, ``1 729`` and ``1'729`` are all 1729: groups of exactly three digits are
    thousands. ``12.0`` and ``24/2`` are 12.

    Returns
    -------
    int or Fraction
        A fraction where the answer is a number but not whole, as ``12.5``: that is wrong, not
        unreadable.

    Raises
    ------
    Unreadable
        If the text is not one number.
    """
    return int(text) if _PLAIN_INTEGER.fullmatch(text) else whole(parse_number(text, thousands=True))


def read_number(text: str) -> Number:
    """Read the answer to a question for any number.

    A point is decimal, and so is a comma, except that ``1,729`` could be meant in two ways.

    Returns
    -------
    int or Fraction
        An int where the number is whole.

    Raises
    ------
    Unreadable
        If the text is not one number, or could be two different ones.
    """
    return int(text) if _PLAIN_INTEGER.fullmatch(text) else whole(parse_number(text, thousands=False))


def parse_number(text: str, *, thousands: bool) -> Fraction:
    """Read arithmetic on numbers and compute it exactly.

    Parameters
    ----------
    text
        What the student wrote.
    thousands
        What a single point or comma before exactly three digits means, as in ``1,729``. If true, it
        groups thousands; if false, the point is decimal and the comma is refused. A power of ten
        after the number makes it decimal: ``1,729e3``.

    Raises
    ------
    Unreadable
        If it is anything else than one number, or exceeds a limit.
    """
    return _Parser(tokenise(text, thousands=thousands), thousands=thousands).parse()


class _Parser:
    """One pass over the tokens; a method for each rule of the grammar."""

    def __init__(self, tokens: list[Token], *, thousands: bool) -> None:
        self._tokens = tokens
        self._thousands = thousands
        self._next = 0
        self._depth = 0

    def parse(self) -> Fraction:
        value = self._sum()
        token = self._tokens[self._next]
        if token.kind in ("numeral", "vulgar"):
            raise Unreadable(
                say("expected one number, found another: {{ found }}", found=quoted(token.text)),
                token.position,
            )
        if token.kind != "end":
            raise unexpected(token, thousands=self._thousands)
        return value

    def _take(self, *operators: str) -> Token | None:
        token = self._tokens[self._next]
        if token.text not in operators:
            return None
        self._next += 1
        return token

    def _sum(self) -> Fraction:
        value = self._product()
        while sign := self._take("+", "-"):
            term = self._product()
            _check_size(_bits(value) + _bits(term) + 1, sign.position)
            value = value + term if sign.text == "+" else value - term
        return value

    def _product(self) -> Fraction:
        value = self._signed()
        while sign := self._take("*", "x", "X", "/"):
            factor = self._signed()
            _check_size(_bits(value) + _bits(factor), sign.position)
            if sign.text == "/":
                _check_divisor(factor, sign.position)
            value = value / factor if sign.text == "/" else value * factor
        return value

    def _signed(self) -> Fraction:
        self._depth += 1  # every recursion passes here
        if self._depth > MAX_NESTING:
            raise Unreadable(
                say("nested more than {{ most }} deep", most=MAX_NESTING), self._tokens[self._next].position
            )
        sign = self._take("+", "-")
        value = self._power()
        self._depth -= 1
        return -value if sign and sign.text == "-" else value

    def _power(self) -> Fraction:
        base = self._atom()
        token = self._tokens[self._next]
        if token.kind == "superscript":
            self._next += 1
            return _power(base, token.value, token.position)
        if self._take("^", "**"):
            return _power(base, self._signed(), token.position)
        return base

    def _atom(self) -> Fraction:
        token = self._tokens[self._next]
        self._next += 1
        if token.text == "(":
            value = self._sum()
            if not self._take(")"):
                raise Unreadable(say("a parenthesis is not closed"), token.position)
            return value
        if token.kind not in ("numeral", "vulgar"):
            raise unexpected(token, thousands=self._thousands)
        follower = self._tokens[self._next]
        if token.text.isdecimal() and follower.kind == "vulgar":  # 12½
            self._next += 1
            return token.value + follower.value
        return token.value


def _power(base: Fraction, exponent: Fraction, position: int) -> Fraction:
    if exponent.denominator != 1:
        raise Unreadable(say("a power has to be a whole number"), position)
    if abs(exponent) > MAX_POWER:
        raise Unreadable(say("a power beyond {{ most }}", most=MAX_POWER), position)
    if exponent < 0:
        _check_divisor(base, position)
    _check_size(_bits(base) * abs(exponent.numerator), position)
    return Fraction(base**exponent.numerator)


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _check_size(bits: int, position: int) -> None:
    if bits > MAX_BITS:
        raise Unreadable(say("the number is too large to be an answer"), position)


def _check_divisor(value: Fraction, position: int) -> None:
    if not value:
        raise Unreadable(say("a division by zero"), position)
