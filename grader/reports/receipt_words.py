"""A receipt in words, in the language of the paper: what a person reads, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from ...generator.document import Message, say
from ...generator.language import Language
from ...generator.render.plain import one_line, plain
from ...generator.text import sentence
from ...generator.values import NONE
from ..receipt import FieldReceipt, Receipt, State, Understood

_AS_TYPED = frozenset({"integer", "number", "shape", "choice", "expression"})
"""Kinds whose answers are shown both as typed and as understood, where these differ."""


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
    text = _understood(found.understood)
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
