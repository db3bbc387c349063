"""What people write around an answer, taken away: a name before it, a unit behind it, quotes, brackets.

Only what says nothing of its own goes. A name or a unit has to be one that the question itself uses, so
that ``x = 3`` is no answer to what is asked as y.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from ...generator.language import Language
from ...generator.model import Field, Option
from ...generator.render.plain import plain_label
from .pasted_latex import without_latex
from .spelling import plain_spelling

MOST_CHARACTERS = 400  # of an answer with a unit
_MOST_LAYERS = 4

_BARE = re.compile(r"[-+0-9.\s]*+")  # as nearly everybody writes it
_QUOTES = ("```", "**", '"', "'", "`")
_FRONT = re.compile(r"\s*(?:(?P<name>[A-Za-z∂Δ][^=:\n]{0,60}?)\s*)?(?::?=|:|\bis\b)(?!=)[ \t]*(?:\r?\n)*")
_OPERATION = re.compile(
    r"[!?<>+*~;]|,\s*[a-z]|(?:\s-|[-/])(?:\s|\Z)"
)  # what is said of y + y, or of y in y != 3
_CALL = re.compile(
    r"""\s*(?:[A-Za-z]\w{0,20}\.){0,3}
    (?:array|asarray|matrix|Matrix|tensor|Tensor|constant|Size|TensorShape|u?int[0-9]*|float[0-9]*)\(""",
    re.VERBOSE,
)
_OPTION = re.compile(r",\s*(?:dtype|device|shape|requires_grad)\s*=[^=()\[\],]{1,40}(?=,|\Z)")
_RATIONAL = re.compile(r"\b(?:Fraction|Rational)\(\s*(-?[0-9]{1,40})\s*,\s*([0-9]{1,40})\s*\)")
_FULL_STOP = re.compile(r"(?<=[0-9)\]])\.\Z")
_IN_BRACKETS = re.compile(r"\[+\s*([^\[\],;\s]+)\s*\]+")
_UNIT = re.compile(r"(?P<number>.*[0-9.)])\s*(?P<unit>%|[A-Za-z][A-Za-z ]{1,40})\s*\.?\s*", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile("[0-9]+")

_SAID = frozenset(
    (
        *("answer", "ans", "result", "solution", "the", "my", "our", "final"),
        *("antwoord", "resultaat", "uitkomst", "oplossing", "het", "de", "mijn"),
    )
)
_NO_UNIT = frozenset(("not", "no", "or", "and", "of", "niet", "geen", "nee", "en"))
_PERCENT = frozenset(("percent", "percentage", "procent"))


def bare(raw: str, field: Field, language: Language) -> str:
    """Take away what stands around an answer; the rest is in plain spelling.

    Parameters
    ----------
    raw
        What the student wrote.
    field
        What was asked; its name and its label may stand before the answer.
    language
        In which the label was printed.
    """
    if _BARE.fullmatch(raw):
        return raw
    text = plain_spelling(without_latex(raw, cells=field.kind == "tensor"))
    for _ in range(_MOST_LAYERS):
        layer = text
        text = _without_call(_without_name(_without_quotes(text), field, language))
        if text == layer:
            break
    return _RATIONAL.sub(r"(\1/\2)", text)


def bare_number(raw: str, field: Field, language: Language) -> str:
    """Take away what else stands around a number: the line it stands on, brackets, a unit."""
    text = raw.strip("_ \t\r\n")
    if boxed := _IN_BRACKETS.fullmatch(text):
        text = boxed[1]
    text = _FULL_STOP.sub("", text)
    unit = _UNIT.fullmatch(text) if len(text) <= MOST_CHARACTERS else None
    if unit and _is_unit(unit["unit"], field, language):
        return unit["number"]
    return text


def is_said(name: str) -> bool:
    """Say whether what stands before an answer says no more than that it is the answer."""
    return _SAID.issuperset(_WORD.findall(_folded(name)))


def _without_quotes(text: str) -> str:
    inside = text.strip(" \r\n")
    for quote in _QUOTES:
        if inside.startswith(quote) and inside.endswith(quote) and len(inside) > 2 * len(quote):
            return inside[len(quote) : -len(quote)]
    return text


def _without_call(text: str) -> str:
    """Take away ``np.array(...)`` and what numpy says of the type."""
    call, end = _CALL.match(text), text.rstrip()
    if call is None or not end.endswith(")"):
        return text
    return _OPTION.sub("", end[call.end() : -1]).rstrip(" ,")


def _without_name(text: str, field: Field, language: Language) -> str:
    """Take away ``Y =``, ``answer:`` or a bare ``=``, if that is what was asked."""
    front = _FRONT.match(text)
    if front is None or (front["name"] and not _is_name(front["name"], field, language)):
        return text
    return text[front.end() :]


def _is_name(name: str, field: Field, language: Language) -> bool:
    """Say whether a name is made of words and indices of the question."""
    written, label = _folded(name), _folded(plain_label(field.label, language))
    if _OPERATION.search(written) and written not in label:
        return False
    asked = {*_WORD.findall(field.name.lower()), *_WORD.findall(label), field.kind}
    indices = "".join(_DIGITS.findall(written))
    words = set(_WORD.findall(written))
    if any(words.issuperset(option) for option in _words_of(field.options)):
        return False
    return _SAID.union(asked).issuperset(words) and indices in (
        "",
        "".join(_DIGITS.findall(field.name)),
        "".join(_DIGITS.findall(label)),
    )


def _words_of(options: Sequence[Option]) -> Iterator[list[str]]:
    """Yield the words of every option, as the question writes it: those are an answer, not its name."""
    for option in options:
        for spelling in (option.name, *option.also):
            if words := _WORD.findall(_folded(spelling)):
                yield words


def _is_unit(unit: str, field: Field, language: Language) -> bool:
    """Say whether words behind a number stand in the label as well, short ones in the same letters."""
    label = plain_label(field.label, language)
    words = {*_WORD.findall(label), *filter(_is_long, _WORD.findall(label.lower()))}
    if unit == "%":
        return "%" in label or not _PERCENT.isdisjoint(words)
    written = [word.lower() if _is_long(word) else word for word in unit.split()]
    return words.difference(_NO_UNIT).issuperset(written) and all(len(word) > 1 for word in written)


def _is_long(word: str) -> bool:
    return len(word) > len("MiB")


def _folded(text: str) -> str:
    return normalize("NFKC", text).lower()
