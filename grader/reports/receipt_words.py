"""A receipt in words, in the language of the paper: what a person reads, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ...generator import latex
from ...generator.document import Message, say
from ...generator.language import Language
from ...generator.render.plain import one_line, plain
from ...generator.text import sentence
from ...generator.values import NONE
from ..receipt import FieldReceipt, Receipt, State, Understood

_AS_TYPED = frozenset({"integer", "number", "shape", "choice", "expression"})
"""Kinds whose answers are shown both as typed and as understood, where these differ."""

_NUMBERS = frozenset({"integer", "number", "tensor"})
_FRACTION = re.compile("-?[0-9]+/[0-9]+")
MOST_DECIMALS = 12


def head(found: Receipt) -> Iterator[tuple[str, str]]:
    """Yield what is known of the file: a name and a text for each line."""
    submission, tell = found.submission, found.paper.language.tell
    yield tell("file"), submission.source
    yield tell("paper"), f"{found.paper.code} · {found.paper.title}"
    yield tell("from"), submission.student or tell("not said in the file")
    yield "sha256", submission.sha256


def answer(found: FieldReceipt, language: Language) -> str:
    """Say what was read of a field; the rows of a map are lines."""
    if found.state is State.BLANK:
        return language.tell("blank")
    understood = found.understood
    if found.field.kind in _NUMBERS and "/" not in found.raw:
        understood = _in_decimals(understood, language)
    text = _understood(understood)
    if text and found.field.kind in _AS_TYPED and found.raw.strip() != text:
        text = f"{text}   ({language.tell('from: {{ text }}', text=one_line(found.raw))})"
    if found.reason is None:
        return text
    reason = _told(say("cannot be read: {{ reason }}", reason=found.reason), language)
    return "\n".join(filter(None, (text, reason)))


def summary(found: Receipt) -> Iterator[str]:
    """Yield the counts, and what was odd about the file."""
    language = found.paper.language
    yield _told(
        say(
            "{{ read }} read, {{ blank }} blank, {{ unreadable }} cannot be read. Nothing was marked.",
            read=found.count(State.READ),
            blank=found.count(State.BLANK),
            unreadable=found.count(State.UNREADABLE),
        ),
        language,
    )
    if found.submission.damaged:
        yield language.tell("The file is damaged: what was not found in it may be lost. Mend it first.")
    for problem in found.problems:
        yield _told(say("Note: {{ problem }}", problem=problem), language)


def _in_decimals(value: Any, language: Language) -> Any:
    """Write the numbers of an answer as they were typed: as decimals, where they are exact."""
    if isinstance(value, list):
        return [_in_decimals(each, language) for each in value]
    if not isinstance(value, str) or not _FRACTION.fullmatch(value):
        return value
    number = Fraction(value)
    exact = (number * 10**MOST_DECIMALS).denominator == 1
    return language.number(latex.decimal(number)) if exact else value


def _told(message: Message, language: Language) -> str:
    return plain(sentence(message, language.translate), language)


def _understood(value: Understood) -> str:
    """Write what was understood: a map in columns, the parts of a record with their names."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_or_blank(part)}" for name, part in value.items())
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, list)]
        return _rows(rows) if rows else ", ".join(map(str, value)) or NONE
    return value or ""


def _rows(rows: list[list[str]]) -> str:
    cells = [[_or_blank(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join("  ".join(map(str.rjust, row, widths)) for row in cells)


def _or_blank(cell: str) -> str:
    return cell or "_"
