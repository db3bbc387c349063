"""One answer against its key: the only place where an answer becomes right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from operator import eq
from typing import Any, cast

from ...generator import rules
from ...generator.document import Message, listed, say
from ...generator.language import ENGLISH, Language
from ...generator.model import Field, Rule, Value
from ..model import Mark, Verdict
from .fields import BLANK, BadCell, Lost, Unreadable, read

_ECHO = 200  # characters of an answer that a record repeats


def mark_field(
    field: Field, accepted: tuple[Value, ...], raw: object, *, language: Language = ENGLISH
) -> Mark:
    """Read one answer and compare it with the accepted values; the best comparison counts.

    Of equally good ones that counts whose size is the answer's.

    A map earns a share for each right cell; blank and unreadable cells earn nothing, and an
    unreadable one leaves the field waiting for a human. A map of another size earns nothing.
    """
    key = accepted[0]
    text = echo(raw)

    def against(answer: Any) -> Mark:
        marks = [_against(field, value, answer, key, text) for value in accepted]
        return max(marks, key=lambda mark: (mark.credit, bool(mark.cells)))

    try:
        answer = read(field, raw, language)
    except Unreadable as error:
        mark = Mark(field.name, Verdict.UNREADABLE, Fraction(), key, raw=text, reason=error.reason)
        return _whatever_was_meant(mark, map(against, error.meanings))
    if answer is BLANK:
        return Mark(field.name, Verdict.BLANK, Fraction(), key, raw=text)
    if field.kind == "text":
        return Mark(field.name, Verdict.UNMARKED, Fraction(), key, read=cast(str, answer), raw=text)
    mark = against(answer)
    return _whatever_was_meant(mark, map(against, _meanings(answer)))


def _whatever_was_meant(mark: Mark, meant: Iterable[Mark]) -> Mark:
    """Count an answer that names several options as right where each of them earns the same, and more."""
    marks = list(meant)
    if len(marks) > 1 and len({each.credit for each in marks}) == 1 and marks[0].credit > mark.credit:
        return marks[0]
    return mark


def _meanings(answer: Any) -> Iterator[tuple[Any, ...]]:
    """Yield all that a record could mean, one of whose parts names several options."""
    if not isinstance(answer, tuple):
        return
    for place, part in enumerate(answer):
        if isinstance(part, BadCell):
            for meaning in part.meanings:
                yield (*answer[:place], meaning, *answer[place + 1 :])


def same(rule: Rule, answer: Any, value: Value) -> bool:
    """Say whether a whole answer equals a value under a rule, every part of it."""
    if isinstance(value, tuple):
        return (
            isinstance(answer, tuple)
            and len(answer) == len(value)
            and all(same(rule, part, other) for part, other in zip(answer, value, strict=True))
        )
    if isinstance(value, str):
        return bool(answer == value)
    return type(answer) in (int, Fraction) and rules.equal(rule, answer, value)


def _against(field: Field, value: Any, answer: Any, key: Value, text: str) -> Mark:
    if field.kind == "tensor":
        return _map_against(field, value, answer, key, text)
    if field.kind == "record":
        return _record_against(field, value, answer, key, text)
    if field.kind == "choices":
        credit = _share_of_choices(answer, value)
        return Mark(field.name, _overall(credit), credit, key, read=answer, raw=text)
    if field.kind == "order":
        credit = Fraction(sum(map(eq, answer, value)), len(value))
        return Mark(field.name, _overall(credit), credit, key, read=answer, raw=text)
    right = same(field.rule, answer, value)
    verdict = Verdict.RIGHT if right else Verdict.WRONG
    return Mark(field.name, verdict, Fraction(right), key, read=answer, raw=text)


def _map_against(field: Field, value: Any, answer: Any, key: Value, text: str) -> Mark:
    unread = [cell for row in answer for cell in row if isinstance(cell, BadCell)]
    shown = tuple(tuple(None if isinstance(cell, BadCell) else cell for cell in row) for row in answer)
    if reason := other_size(answer, len(value), len(value[0])):
        # Where the paper shows the size, another one is a row lost or two run together: a human looks.
        verdict = Verdict.UNREADABLE if unread or field.shape is not None else Verdict.WRONG
        return Mark(field.name, verdict, Fraction(), key, read=shown, raw=text, reason=reason)
    cells = tuple(
        tuple(_cell(field.rule, cell, right) for cell, right in zip(row, rights, strict=True))
        for row, rights in zip(answer, value, strict=True)
    )
    flat = [verdict for row in cells for verdict in row]
    credit = Fraction(flat.count(Verdict.RIGHT), len(flat))
    verdict = Verdict.UNREADABLE if unread else _overall(credit)
    why = why_unread(unread)
    return Mark(field.name, verdict, credit, key, read=shown, raw=text, reason=why, cells=cells)


def _record_against(field: Field, value: Any, answer: Any, key: Value, text: str) -> Mark:
    """Compare part by part; each part earns its share."""
    unread = [part for part in answer if isinstance(part, BadCell)]
    shown = tuple(None if isinstance(part, BadCell) else part for part in answer)
    parts = tuple(
        _cell(asked.rule, part, right) for asked, part, right in zip(field.parts, answer, value, strict=True)
    )
    credit = Fraction(parts.count(Verdict.RIGHT), len(parts))
    verdict = Verdict.UNREADABLE if unread else _overall(credit)
    why = why_unread(unread)
    return Mark(field.name, verdict, credit, key, read=shown, raw=text, reason=why, cells=(parts,))


def _share_of_choices(answer: tuple[str, ...], value: tuple[str, ...]) -> Fraction:
    """Return the share of the right options that were chosen; each wrong one takes a right one back."""
    if not value:
        return Fraction(not answer)
    chosen, right = set(answer), set(value)
    return Fraction(max(0, len(chosen & right) - len(chosen - right)), len(right))


def _cell(rule: Rule, cell: Any, right: Value) -> Verdict:
    if cell is None:
        return Verdict.BLANK
    if isinstance(cell, BadCell):
        return Verdict.UNREADABLE
    return Verdict.RIGHT if same(rule, cell, right) else Verdict.WRONG


def _overall(credit: Fraction) -> Verdict:
    return Verdict.RIGHT if credit == 1 else Verdict.PARTIAL if credit else Verdict.WRONG


def why_unread(unread: Sequence[BadCell]) -> Message | None:
    """Say why the first few cells or parts cannot be read; nothing where all were."""
    reasons = [say("{{ text }}: {{ reason }}", text=bad.text, reason=bad.reason) for bad in unread[:3]]
    return listed(reasons, "; ") if reasons else None


def other_size(answer: Any, rows: int, columns: int) -> Message | None:
    """Say so where a map has another size; nothing where it has this one."""
    found = (len(answer), len(answer[0]))
    if found == (rows, columns):
        return None
    return say(
        "a map of {{ found }} was read; {{ expected }} were expected",
        found=_size(*found),
        expected=_size(rows, columns),
    )


def _size(rows: int, columns: int) -> Message:
    return say("{{ rows }} x {{ columns }} cells", rows=rows, columns=columns)


def echo(raw: object) -> str:
    """Repeat an answer as it was handed in, as one would type it, cut to a bearable length."""
    text = _typed(raw)
    return text if len(text) <= _ECHO else text[:_ECHO] + " ..."


def _typed(raw: object) -> str:
    match raw:
        case None | Lost():
            return ""
        case dict():
            return ", ".join(f"{name}: {_typed(value)}" for name, value in raw.items())
        case list() if any(isinstance(row, list) for row in raw):
            return "\n".join(_row(row) if isinstance(row, list) else _typed(row) for row in raw)
        case list():
            return ", ".join(map(_typed, raw))
        case _:
            return str(raw)


def _row(cells: list[object]) -> str:
    return " ".join(_typed(cell) or "_" for cell in cells)
