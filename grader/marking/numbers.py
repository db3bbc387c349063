"""Numbers as students write them: arithmetic on numerals, computed exactly by a parser of our own.

The grammar; what binds tighter stands lower, so ``-2^2`` is -4 and ``2^3^2`` is 512::

    sum     = product {("+" | "-") product}
    product = signed {("*" | "/") signed}
    signed  = ["+" | "-"] power
    power   = atom [("^" | "**") signed | superscript]
    atom    = numeral [vulgar fraction | numeral "/" numeral] | vulgar fraction | "(" sum ")"

The second fraction after a numeral makes a mixed number of whole numerals, ``2 1/3``; it is less than 1.

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
from .spelling import plain_spelling
from .tokens import MAX_DIGITS, Notation, Token, tokenise, two_numbers, unexpected
from .unreadable import Unreadable

__all__ = ["Unreadable", "is_plain", "parse_number", "read_integer", "read_number"]

MAX_NESTING = 30
MAX_POWER = 64
MAX_BITS = 1024

_END = Token("end", "", 0)
_BINDS_TIGHTER = ("/", "^", "**")  # than the parts of a mixed number, so that it would not be one number

_LOST_POWER = re.compile(r"[ \t]*([-+]?[0-9.,]+)[ \t]*\*[ \t]*10[ \t]*-[ \t]*([0-9]{1,2})[ \t]*")
_PLAIN_INTEGER = re.compile(rf"[ \t\r\n]*[+-]?[0-9]{{1,{MAX_DIGITS}}}[ \t\r\n]*")


def is_plain(text: str) -> bool:
    """Say whether digits alone make a whole number of this text, perhaps with a sign."""
    return _PLAIN_INTEGER.fullmatch(text) is not None


def read_integer(text: str, decimal: str = ".") -> Number:
    """Read the answer to a question for a whole number.

    ``1,729``, ``1.729``, ``1 729`` and ``1'729`` are all 1729: groups of exactly three digits are
    thousands in every language, for nothing else could be meant. ``12.0`` and ``24/2`` are 12.

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
    return (
        int(text) if is_plain(text) else whole(parse_number(text, Notation(thousands=True, decimal=decimal)))
    )


def read_number(text: str, decimal: str = ".") -> Number:
    """Read the answer to a question for any number.

    A point is decimal, and so is a comma, except where either could be meant to group thousands: that
    is ``1,729`` where the decimal sign of the language is a point, and ``1.729`` where it is a comma.

    Returns
    -------
    int or Fraction
        An int where the number is whole.

    Raises
    ------
    Unreadable
        If the text is not one number, or could be two different ones.
    """
    if is_plain(text):
        return int(text)
    number = whole(parse_number(text, Notation(thousands=False, decimal=decimal)))
    if lost := _LOST_POWER.fullmatch(plain_spelling(text)):  # as 10⁻³ is copied from a page
        raise two_numbers(text.strip(), str(number), f"{lost[1]}*10^-{lost[2]}", 0)
    return number


def parse_number(text: str, notation: Notation) -> Fraction:
    """Read arithmetic on numbers and compute it exactly.

    Parameters
    ----------
    text
        What the student wrote.
    notation
        How its numerals are meant. A power of ten after a numeral makes its last mark decimal: ``1,729e3``.

    Raises
    ------
    Unreadable
        If it is anything else than one number, or exceeds a limit.
    """
    return _Parser(tokenise(text, notation), notation).parse()


class _Parser:
    """One pass over the tokens; a method for each rule of the grammar."""

    def __init__(self, tokens: list[Token], notation: Notation) -> None:
        self._tokens = tokens
        self._notation = notation
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
            raise unexpected(token, self._notation)
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
            raise unexpected(token, self._notation)
        return token.value + self._fraction_behind(token)

    def _fraction_behind(self, token: Token) -> Fraction:
        """Take the fraction of a mixed number, ``½`` or ``1/2``, if one stands behind its whole numeral."""
        if self._tokens[self._next].kind not in ("vulgar", "numeral") and " " not in token.text:
            return Fraction()
        above, sign, below, after = (*self._tokens[self._next : self._next + 4], *[_END] * 4)[:4]
        if token.text.isdecimal() and above.kind == "vulgar":
            self._next += 1
            return above.value
        if above.text == "/" and sign.text.isdecimal():
            _check_no_mixed_number(token, sign)
        if (
            [sign.text, *map(_is_whole, (token, above, below))] != ["/", True, True, True]
            or above.value >= below.value
            or self._tokens[self._next - 2].text in _BINDS_TIGHTER
            or after.text in _BINDS_TIGHTER
            or after.kind == "superscript"
        ):
            return Fraction()
        self._next += 3
        return above.value / below.value


def _is_whole(token: Token) -> bool:
    return token.kind == "numeral" and token.text.isdecimal()


def _check_no_mixed_number(token: Token, below: Token) -> None:
    """Refuse ``1 100/200``, which is 1100/200 or 1 and a half."""
    whole, _, above = token.text.rpartition(" ")
    if whole and int(above) < below.value:
        division = f"{whole}{above}/{below.text}"
        mixed = f"{whole} + {above}/{below.text}"
        raise two_numbers(f"{token.text}/{below.text}", division, mixed, token.position)


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
