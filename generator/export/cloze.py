"""Blanks in the grammar of Moodle's embedded answers ("cloze"): ``{2:NUMERICAL:=12:0~%50%-12:0#Flipped.}``.

Of the alternatives the first that fits counts, so the right ones come first. A weight is a whole number, and
what the question is worth by itself is the sum of the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from html import escape
from math import gcd, lcm

from ..language import Language
from ..render.plain import said_plainly
from .decimals import decimal
from .item import Blank, Part, blanks_of
from .known_mistakes import Wrong

DECIMALS_OF_SHARE = 5
"""Moodle keeps seven decimals of a fraction, so five of a percentage."""

LEAST_WIDTH = 5
"""Of a box for a number, in characters."""

_ESCAPES = str.maketrans({"&": "&amp;", "~": "&#126;", "\\": "&#92;", "{": "&#123;", "#": "\\#", "}": "\\}"})


def weights(blanks: Iterable[Blank]) -> Mapping[str, int]:
    """Return the smallest whole numbers in the ratio of what the blanks are worth."""
    shares = {blank.name: blank.share for blank in blanks}
    least = lcm(*(share.denominator for share in shares.values()))
    whole = {name: int(share * least) for name, share in shares.items()}
    common = gcd(*whole.values())
    return {name: weight // common for name, weight in whole.items()}


def widths(parts: Iterable[Part]) -> Mapping[str, int]:
    """Return how wide the box of each number is to be: all of a table alike, as they tell nothing then.

    Moodle makes a box as wide as the longest number that it knows of, so that those of a map would show
    which cells are negative, or have two digits.
    """
    found: dict[str, int] = {}
    for part in parts:
        numbers = [blank for blank in blanks_of(part) if blank.kind == "number"]
        width = max((len(number) for blank in numbers for number in _known(blank)), default=0)
        found |= {blank.name: max(width, LEAST_WIDTH) for blank in numbers}
    return found


def cloze(blank: Blank, weight: int, language: Language, width: int = 0) -> str:
    """Write a blank.

    Parameters
    ----------
    blank, language
        What is right there, and the language of what mistakes point at.
    weight
        What it is worth.
    width
        How many characters wide the box of a number is to be, at least.
    """
    alternatives: Iterable[str]
    match blank.kind:
        case "number":
            kind, alternatives = "NUMERICAL", (*_numbers(blank, language), *_filler(blank, width))
        case "choice":
            kind = "MULTICHOICE" if blank.fits_a_menu else "MULTICHOICE_V"
            alternatives = _options(blank, language)
        case "choices":
            kind, alternatives = "MULTIRESPONSE", _ticks(blank)
    return f"{{{weight}:{kind}:{'~'.join(alternatives)}}}"


def _numbers(blank: Blank, language: Language) -> Iterator[str]:
    for right in blank.right:
        yield f"={decimal(right)}:{decimal(blank.tolerance)}"
    for wrong in blank.wrong:
        number = f"{decimal(wrong.answer)}:{decimal(wrong.tolerance)}"
        yield f"{_percent(wrong.share)}{number}{_feedback(wrong, language)}"


def _known(blank: Blank) -> Iterator[str]:
    """Yield the numbers by which Moodle makes the box of a blank as wide as it does."""
    yield from map(decimal, blank.right)
    yield from (decimal(wrong.answer) for wrong in blank.wrong)


def _filler(blank: Blank, width: int) -> Iterator[str]:
    """Yield a wrong number that makes the box wider: it is longer than any other, and so is none of them."""
    if width > max(map(len, _known(blank))):
        yield f"{_percent(Fraction())}{'9' * width}:0"


def _options(blank: Blank, language: Language) -> Iterator[str]:
    known = {wrong.answer: wrong for wrong in blank.wrong}
    for name, words in blank.options:
        if name in blank.right:
            yield f"={text(words)}"
        elif name in known:
            yield f"{_percent(known[name].share)}{text(words)}{_feedback(known[name], language)}"
        else:
            yield f"{_percent(Fraction())}{text(words)}"


def _ticks(blank: Blank) -> Iterator[str]:
    """Write options that may be ticked: a wrong one takes back what a right one earns, as we mark it too."""
    each = Fraction(1, len(blank.right))
    for name, words in blank.options:
        yield f"{_percent(each if name in blank.right else -each)}{text(words)}"


def _feedback(wrong: Wrong, language: Language) -> str:
    return f"#{text(said_plainly(wrong.sentence, language))}" if wrong.sentence else ""


def _percent(share: Fraction) -> str:
    return f"%{decimal(round(share * 100, DECIMALS_OF_SHARE))}%"


def text(words: str) -> str:
    """Write words as HTML in which nothing ends an alternative; Moodle decodes its entities once."""
    return escape(words, quote=False).translate(_ESCAPES)
