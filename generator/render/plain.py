"""Inline text as characters, and the one filter against characters that steer a terminal or a file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from ..document import Code, Emphasis, Inline, Math, Message, Numeral, Quoted, Symbol, Text
from ..figures.numerals import decimals, numeral
from ..language import ENGLISH, Language
from ..text import sentence
from .plain_formula import plain_formula


def plain(nodes: Iterable[Inline], language: Language = ENGLISH) -> str:
    """Write what stands inside a sentence without any mark-up.

    Raises
    ------
    TextError
        If a formula is no LaTeX that papers know.
    """
    return "".join(_plain(node, language) for node in nodes)


@lru_cache(maxsize=1024)  # names and labels, of all papers of a class
def said_plainly(message: Message, language: Language) -> str:
    """Write a message on one line without any mark-up."""
    return one_line(plain(sentence(message, language.translate), language))


def plain_label(label: Symbol | Message, language: Language) -> str:
    """Write what is asked on one line."""
    if isinstance(label, Symbol):
        return one_line(plain_formula(label.latex, language))
    return said_plainly(label, language)


def _plain(node: Inline, language: Language) -> str:
    match node:
        case Text(text) | Code(text):
            return printable(text)
        case Numeral(value, decimals=True):
            return language.number(decimals(value))
        case Numeral(value):
            return numeral(value)
        case Math(latex):
            return printable(plain_formula(latex, language))
        case Emphasis(children) | Quoted(children):
            return plain(children, language)


def printable(text: str) -> str:
    """Drop control characters, among them escape sequences and changes of direction.

    Line ends stay, and a tab becomes a space: what was pasted from a spreadsheet does not run together.
    """
    if text.isascii() and text.isprintable():
        return text
    spaced = text.replace("\t", " ")
    return "".join(character for character in spaced if character == "\n" or not steers(character))


def one_line(text: str) -> str:
    """Write a text on one line: white space of any kind becomes single spaces, controls go."""
    return printable(" ".join(text.split()))


def steers(character: str) -> bool:
    """Say whether a character controls what reads it, or is none that can be seen."""
    category = unicodedata.category(character)
    return category.startswith("C") or category in ("Zl", "Zp")
