"""Tokens of formulas in bank files: numbers, names, words and signs; anything else is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from ..document import Shown, say
from ..reading.tree import quoted
from .faults import ExpressionError

MOST_CHARACTERS = 1000
MOST_TOKENS = 300
MOST_DIGITS = 30  # of one number

Kind: TypeAlias = Literal["number", "name", "word", "sign", "end"]

WORDS = ("and", "or", "not")
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>[0-9]+(?:\.[0-9]+)?)
    | (?P<name>[A-Za-z][A-Za-z0-9_]*)
    | (?P<sign>\*\*|==|!=|<=|>=|[-+*/^()<>,])
    | (?P<other>\S)
    )""",
    re.VERBOSE | re.ASCII,
)


class Token(NamedTuple):
    """A number with its value, a name, a word, a sign, or the end; `position` counts from 0."""

    kind: Kind
    text: str
    position: int
    value: Fraction = Fraction()


def tokenise(text: str) -> tuple[Token, ...]:
    """Cut a formula into tokens; the last one is the end.

    Raises
    ------
    ExpressionError
        At a character that belongs to no formula, and beyond the limits above.
    """
    require_short(text)
    return ended(text, _tokens(text))


def require_short(text: str) -> None:
    """Refuse a text that is too long to be read at all."""
    if len(text) > MOST_CHARACTERS:
        reason = say("an expression has at most {{ most }} characters", most=MOST_CHARACTERS)
        raise ExpressionError(reason, MOST_CHARACTERS)


def ended(text: str, tokens: Iterator[Token]) -> tuple[Token, ...]:
    """Collect tokens, not too many of them, and put the end behind."""
    listed: list[Token] = []
    for token in tokens:
        if len(listed) == MOST_TOKENS:
            reason = say("an expression has at most {{ most }} numbers, names and signs", most=MOST_TOKENS)
            raise ExpressionError(reason, token.position)
        listed.append(token)
    return (*listed, Token("end", "", len(text.rstrip())))


def number_token(text: str, position: int) -> Token:
    """Return the token of a number that is written in digits, perhaps with a point."""
    if len(text) > MOST_DIGITS and sum(map(str.isdigit, text)) > MOST_DIGITS:
        raise ExpressionError(say("a number has at most {{ most }} digits", most=MOST_DIGITS), position)
    return Token("number", text, position, Fraction(int(text) if text.isdecimal() else text))


def found(token: Token) -> Shown:
    """Say what stands in a place, for a message."""
    return say("the end") if token.kind == "end" else quoted(token.text)


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        group = str(match.lastgroup)
        piece, position = match[group], match.start(group)
        if group == "other":
            raise ExpressionError(_foreign(piece), position)
        if group == "number":
            yield number_token(piece, position)
        elif group == "name":
            yield Token("word" if piece in WORDS else "name", piece, position)
        else:
            yield Token("sign", "^" if piece == "**" else piece, position)


def _foreign(character: str) -> str:
    if character == "=":
        return "a single = compares nothing; write == to compare"
    if character.isascii():
        return f"{quoted(character)} has no place in a formula"
    name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
    return f"the character {name} has no place in a formula; write - * / and <= >= != in ASCII"
