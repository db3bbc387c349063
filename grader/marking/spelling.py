"""Other spellings of the same character: the minus of a word processor, full-width digits, thin spaces."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from ...generator.document import say
from .unreadable import Unreadable

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
VULGAR_FRACTIONS = {
    "½": Fraction(1, 2),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5),
    "⅖": Fraction(2, 5),
    "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5),
    "⅙": Fraction(1, 6),
    "⅚": Fraction(5, 6),
    "⅐": Fraction(1, 7),
    "⅛": Fraction(1, 8),
    "⅜": Fraction(3, 8),
    "⅝": Fraction(5, 8),
    "⅞": Fraction(7, 8),
    "⅑": Fraction(1, 9),
    "⅒": Fraction(1, 10),
}

# One character for one, so that positions stay true. A table of our own: NFKC would make 121/2 of 12½.
_SPELLINGS = {
    "-": "‐‑‒–−﹣－",
    "+": "＋",
    "*": "×✕⨯·⋅∙•∗＊",
    "x": "ｘ",
    "/": "÷⁄∕／",
    "^": "＾",
    "=": "＝≈≃",
    ":": "：",
    "'": "’‘＇",
    '"': "“”„«»＂",
    " ": "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    "\u200b\u2060\ufeff",
    "\n": "\u0085\u2028\u2029",
    "|": "｜│┃",
    **dict(zip("()[]{}.,;", "（）［］｛｝．，；", strict=True)),
    **dict(zip("0123456789", "０１２３４５６７８９", strict=True)),
}
_TABLE = str.maketrans({other: plain for plain, others in _SPELLINGS.items() for other in others})
_THIN_SPACE = re.compile("(?<=[0-9])[\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_FOREIGN = re.compile(rf"[^\t\n\r -~{SUPERSCRIPTS}{''.join(VULGAR_FRACTIONS)}]")


def plain_spelling(text: str) -> str:
    """Write minus signs, spaces, digits and brackets as in ASCII, one character for one.

    A thin space before three digits groups thousands, as typesetters have it, and parts nothing.
    """
    return text if text.isascii() else _THIN_SPACE.sub("'", text).translate(_TABLE)


def check_characters(text: str) -> None:
    """Refuse every character that has no place in a number, by its name.

    Raises
    ------
    Unreadable
        At the first such character, such as a Cyrillic letter that looks like a Latin one.
    """
    if foreign := _FOREIGN.search(text):
        character = foreign[0]
        name = f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip()
        raise Unreadable(say("character {{ name }} is not allowed", name=name), foreign.start())
