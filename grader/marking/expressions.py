"""Polynomials as people type them: ``I1w1 + I2*w2``, ``I_{12} w_3``, ``I[1]w(1)``, ``w₁ · I₁``, ``2(a + b)``.

Which names there are, the question says. A name of another letter makes an answer unreadable, because nobody
knows what was meant; another index of a known letter is read, and is wrong. Capital and small letters are
told apart only where the question has both. The answer becomes its canonical text, so that the order of terms
and of factors does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ...generator.document import say
from ...generator.expressions.expansion import expand
from ...generator.expressions.faults import ExpressionError
from ...generator.expressions.names import MOST_INDEX_DIGITS, Family, name_of
from ...generator.expressions.polynomial import canonical
from ...generator.expressions.reader import read_tokens
from ...generator.expressions.tokens import Token, ended, number_token, require_short
from ...generator.reading.tree import quoted
from .bare import is_said
from .pasted_latex import without_latex
from .spelling import SUPERSCRIPTS, VULGAR_FRACTIONS, check_characters, plain_spelling
from .unreadable import Unreadable

_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
_FROM_SUBSCRIPTS = str.maketrans(_SUBSCRIPTS, "0123456789")
_FROM_SUPERSCRIPTS = str.maketrans(SUPERSCRIPTS, "0123456789+-")
_INDEX = re.compile(
    rf"""[ ]?_?\[\s*[0-9]+\s*(?:,\s*[0-9]+\s*|\]\[\s*[0-9]+\s*)?\]
    | _?\{{\s*[0-9]+\s*(?:,\s*[0-9]+\s*)?\}}
    | _[0-9]+,[0-9]+
    | _?[0-9]+
    | [{_SUBSCRIPTS}]+(?:,[{_SUBSCRIPTS}]+)?""",
    re.VERBOSE,
)
_INDEX_IN_PARENTHESES = re.compile(r"_?\(\s*[0-9]+\s*(?:,\s*[0-9]+\s*)?\)")
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<number>[0-9]+(?:\.[0-9]+|,(?:[0-9]{{1,2}}|[0-9]{{4,}})(?![0-9]))?)
    | (?P<vulgar>[{"".join(VULGAR_FRACTIONS)}])
    | (?P<letter>[A-Za-z])
    | (?P<power>[{SUPERSCRIPTS}]+)
    | (?P<sign>\*\*|[-+*/^()])
    | (?P<other>\S)
    )""",
    re.VERBOSE,
)
_TWO_LINES = re.compile(r"[^\s*+/^(=:-]\s*\n\s*(?=[^\s*+/^)-])")
_LEFT_SIDE = re.compile(r"\s*(?P<name>[A-Za-z][\w\s{}\[\](),]{0,20})?(?:=(?!=)|:)")


def read_expression(text: str, known: Sequence[Family]) -> str:
    """Read an expression and write it in its canonical form.

    Parameters
    ----------
    text
        What was typed.
    known
        The families of names that the question uses.

    Raises
    ------
    Unreadable
        If it is no polynomial in such names, or beyond the limits of expressions.
    """
    without = without_latex(text, mixed=False)
    plain = plain_spelling(without).rstrip().removesuffix(".").removesuffix(";")
    letters = _letters(known)
    try:
        require_short(plain)
        start = _behind_the_left_side(plain, letters)
        if lines := _TWO_LINES.search(plain, start):
            raise ExpressionError(say("a second line; write a product with *"), lines.end())
        tokens = ended(plain, _tokens(plain, start, letters))
        return canonical(expand(read_tokens(tokens, side_by_side=True)), known)
    except ExpressionError as error:
        if without != text:  # its places are not those of the answer
            raise Unreadable(say("{{ reason }}", reason=error.reason)) from None
        reason = say("at character {{ place }}: {{ reason }}", place=error.position + 1, reason=error.reason)
        raise Unreadable(reason, error.position) from None


def _letters(known: Sequence[Family]) -> dict[str, Family]:
    """Return the family that each letter stands for, in the other case as well where that is free."""
    exact = {family.letter: family for family in known}
    return {family.letter.swapcase(): family for family in known} | exact


def _behind_the_left_side(text: str, letters: dict[str, Family]) -> int:
    """Return where the right side begins of an answer that repeats what was asked: ``Y = I1 w1``."""
    match = _LEFT_SIDE.match(text)
    if match is None:
        return 0
    name = match["name"]
    return match.end() if not name or name[0] not in letters or is_said(name) else 0


def _tokens(text: str, start: int, letters: dict[str, Family]) -> Iterator[Token]:
    place = start
    while match := _TOKEN.match(text, place):
        group = str(match.lastgroup)
        found, position = match[group], match.start(group)
        place = match.end()
        if group == "letter" and found in "xX" and found not in letters:
            yield Token("sign", "*", position)
        elif group == "letter":
            name, place = _name(text, position, letters)
            yield Token("name", name, position)
        elif group == "number":
            yield number_token(found.replace(",", "."), position)
        elif group == "vulgar":
            yield Token("number", found, position, VULGAR_FRACTIONS[found])
        elif group == "power":
            yield Token("sign", "^", position)
            yield _exponent(found, position)
        elif group == "sign":
            yield Token("sign", "^" if found == "**" else found, position)
        else:
            check_characters(found)
            raise ExpressionError(
                say("{{ found }} has no place in an expression", found=quoted(found)), position
            )


def _exponent(superscript: str, position: int) -> Token:
    digits = superscript.translate(_FROM_SUPERSCRIPTS)
    if not digits.isdigit():
        raise ExpressionError(
            say("the power {{ text }} is no whole number", text=quoted(superscript)), position
        )
    return number_token(digits, position)


def _name(text: str, position: int, letters: dict[str, Family]) -> tuple[str, int]:
    """Read a name; return its canonical form, and where it ends."""
    letter = text[position]
    if letter not in letters:
        names = ", ".join(sorted({family.letter for family in letters.values()}))
        raise ExpressionError(
            say(
                "{{ letter }} is none of the names of this question: {{ names }}",
                letter=quoted(letter),
                names=names,
            ),
            position,
        )
    family = letters[letter]
    match = _INDEX.match(text, position + 1)
    if match is None and family.indices:
        match = _INDEX_IN_PARENTHESES.match(text, position + 1)
    if not family.indices:
        if match:
            reason = say("{{ letter }} has no index here; write a product with *", letter=letter)
            raise ExpressionError(reason, match.start())
        return family.letter, position + 1
    if match is None:
        raise ExpressionError(say("the index of {{ letter }} is missing", letter=letter), position + 1)
    name = _named(family.letter, family.indices, match[0])
    if not name:
        example = name_of(letter, *range(family.indices))
        raise ExpressionError(
            say(
                "expected a name like {{ example }}, found {{ letter }}{{ index }}",
                example=example,
                letter=letter,
                index=match[0],
            ),
            match.start(),
        )
    return name, match.end()


@lru_cache(maxsize=1024)  # names come again and again
def _named(letter: str, indices: int, index: str) -> str:
    """Return the name that an index stands for, however it is typed; nothing if it has other numbers."""
    digits = re.findall("[0-9]+", index.translate(_FROM_SUBSCRIPTS))
    if indices == 2 and len(digits) == 1 and len(digits[0]) == 2:
        digits = list(digits[0])
    if len(digits) != indices or max(map(len, digits)) > MOST_INDEX_DIGITS:
        return ""
    return name_of(letter, *map(int, digits))
