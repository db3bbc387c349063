"""Tokens of arithmetic: numerals with their value, signs, parentheses; anything else is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from ...generator.document import Shown, say
from ...generator.frozen import frozen
from ...generator.reading.tree import quoted
from .spelling import SUPERSCRIPTS, VULGAR_FRACTIONS, check_characters, plain_spelling
from .unreadable import Unreadable

MAX_CHARACTERS = 400
MAX_TOKENS = 150
MAX_DIGITS = 40
MAX_SCALE = 40

_FROM_SUPERSCRIPT = str.maketrans(SUPERSCRIPTS, "0123456789+-")
_POWER_OF_TEN = rf"10\s*(?:\^|\*\*|[{SUPERSCRIPTS}])"
_TIMES_POWER_OF_TEN = re.compile(rf"\s*[*xX]\s*{_POWER_OF_TEN}")
_TOKEN = re.compile(
    rf"""[ \t]*(?:
      (?P<numeral>(?:[0-9]+\.(?![0-9])|[0-9]+(?:[.,'_][0-9]+|[ ][0-9]{{3}}(?![0-9]))*|[.,][0-9]+)
                  (?:[eE][+-]?[0-9]+)?)
    | (?P<vulgar>[{"".join(VULGAR_FRACTIONS)}])
    | (?P<superscript>[{SUPERSCRIPTS}]+)
    | (?P<operator>\*\*|[-+*/^()]|[xX](?=\s*{_POWER_OF_TEN}))
    | (?P<word>[A-Za-z]+)
    | (?P<other>[^ \t])
    )""",
    re.VERBOSE,
)
_SCALE = re.compile("[eE]")
_MARK = re.compile("([., '_])")
_EXPONENT = re.compile(rf"[+-]?[0-9]{{1,{MAX_DIGITS}}}")


@frozen
class Notation:
    """How numerals are meant.

    Attributes
    ----------
    thousands
        What a single point or comma before exactly three digits means, as in ``1,729``. If true, it
        groups thousands; if false, the decimal sign is decimal and the other one is refused.
    decimal
        The decimal sign of the language: a point or a comma.
    """

    thousands: bool
    decimal: str = "."


class Token(NamedTuple):
    """A numeral, vulgar fraction, superscript or operator; "end" after the last.

    `value` is that of a numeral, a fraction or the exponent that a superscript stands for.
    """

    kind: str
    text: str
    position: int
    value: Fraction = Fraction()


def tokenise(text: str, notation: Notation) -> list[Token]:
    """Cut a text into tokens.

    Raises
    ------
    Unreadable
        At a character or word that belongs to no number, at a numeral that could be meant in two
        ways, and beyond the limits above.
    """
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(
            say("the number is longer than {{ most }} characters", most=MAX_CHARACTERS), MAX_CHARACTERS
        )
    plain = plain_spelling(text)
    check_characters(plain)
    tokens = list(_tokens(plain, notation))
    return [*tokens, Token("end", "", len(text))]


def unexpected(token: Token, notation: Notation) -> Unreadable:
    """Say that something else was expected in place of this token."""
    expected = say("a whole number") if notation.thousands else say("a number")
    return Unreadable(
        say("expected {{ expected }}, found {{ found }}", expected=expected, found=_found(token)),
        token.position,
    )


def two_numbers(text: str, one: str, other: str, position: int) -> Unreadable:
    """Say that a text can mean two numbers, and how to write each."""
    reason = say(
        "{{ text }} can mean two numbers; write {{ whole }} or {{ decimal }}",
        text=quoted(text),
        whole=one,
        decimal=other,
    )
    return Unreadable(reason, position)


def _found(token: Token) -> Shown:
    if token.kind == "word":
        return say("the word {{ word }}", word=quoted(token.text))
    if token.text in ("\r", "\n"):
        return say("a second line")
    if token.kind == "end":
        return say("the end of the answer") if token.position else say("nothing")
    return quoted(token.text)


def _tokens(text: str, notation: Notation) -> Iterator[Token]:
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    for count, match in enumerate(_TOKEN.finditer(text, start, end)):
        kind = str(match.lastgroup)
        found, position = match[kind], match.start(kind)
        if count == MAX_TOKENS:
            raise Unreadable(say("more than {{ most }} numbers and signs", most=MAX_TOKENS), position)
        if kind in ("word", "other"):
            raise unexpected(Token(kind, found, position), notation)
        value = Fraction()
        if kind == "numeral":
            scaled = _TIMES_POWER_OF_TEN.match(text, match.end()) is not None
            value = _numeral(found, position, notation, scaled=scaled)
        elif kind == "vulgar":
            value = VULGAR_FRACTIONS[found]
        elif kind == "superscript":
            value = _superscript(found, position)
        yield Token(kind, found, position, value)


def _numeral(text: str, position: int, notation: Notation, *, scaled: bool) -> Fraction:
    mantissa, *scale = _SCALE.split(text)
    groups = _MARK.split(mantissa)
    if sum(map(len, groups[::2])) > MAX_DIGITS:
        raise Unreadable(say("a number of more than {{ most }} digits", most=MAX_DIGITS), position)
    if scale and abs(int(scale[0])) > MAX_SCALE:
        raise Unreadable(say("a power of ten beyond {{ most }}", most=MAX_SCALE), position)
    decimals = ""
    scaled = scaled or bool(scale)
    if len(groups) > 1 and _is_decimal(groups, position, notation, scaled=scaled):
        *groups, _, decimals = groups
    if len(groups) > 1 and not _are_thousands(groups):
        reason = say(
            "the points, commas or spaces in {{ text }} make no number; write it without them",
            text=quoted(text),
        )
        raise Unreadable(reason, position)
    value = Fraction(int("".join(groups[::2]) + decimals), 10 ** len(decimals))
    return value * Fraction(10) ** int(scale[0]) if scale else value


def _is_decimal(groups: list[str], position: int, notation: Notation, *, scaled: bool) -> bool:
    """Say whether the last mark is decimal; `groups` are digits, mark, digits, ..., digits."""
    mark, earlier = groups[-2], groups[1:-2:2]
    if mark in (" ", "'", "_") or mark in earlier:
        return False
    thousands = _are_thousands(groups)
    half_grouped = notation.thousands and not thousands and _is_half_grouped(groups)
    if earlier or scaled or not (thousands or half_grouped):
        return True
    if half_grouped or (mark != notation.decimal and not notation.thousands):
        whole, _, rest = groups
        decimal = f"{whole}{notation.decimal}{rest}"
        raise two_numbers("".join(groups), f"{whole}{rest}", decimal, position)
    return not notation.thousands


def _are_thousands(groups: list[str]) -> bool:
    first, *others = groups[::2]
    return (
        0 < len(first) <= 3
        and int(first) > 0
        and all(len(other) == 3 for other in others)
        and len(set(groups[1::2])) == 1
    )


def _is_half_grouped(groups: list[str]) -> bool:
    """Say whether only the last thousands are set off, as in ``4307.808``."""
    first, *others = groups[::2]
    (rest,) = others if len(others) == 1 else ("",)
    return len(first) > 3 and int(first) > 0 and len(rest) == 3 and rest != "000"


def _superscript(text: str, position: int) -> Fraction:
    exponent = text.translate(_FROM_SUPERSCRIPT)
    if not _EXPONENT.fullmatch(exponent):
        raise Unreadable(say("the power {{ text }} is no whole number", text=quoted(text)), position)
    return Fraction(int(exponent))
