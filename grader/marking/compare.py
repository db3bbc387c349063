"""One answer against its key: the only place where an answer becomes right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain
from operator import eq
from typing import Any, cast

from ...generator import rules
from ...generator.document import Message, listed, say
from ...generator.language import ENGLISH, Language
from ...generator.model import Field, Rule, Value
from ...generator.policy import NOTHING_STATED, Credit
from ...generator.render.options import in_words_of
from ..model import Mark, Verdict
from . import credit as pay
from .fields import BLANK, BadCell, Lost, Unreadable, as_saved, plainly, read

FULL = Fraction(1)
"""The credit of a right answer."""

_RIGHT, _WRONG = Verdict.RIGHT, Verdict.WRONG  # looked up once: an enumeration takes long over it
_ECHO = 200  # characters of an answer that a record repeats


def mark_field(
    field: Field,
    accepted: tuple[Value, ...],
    raw: object,
    credit: Credit = NOTHING_STATED,
    *,
    language: Language = ENGLISH,
) -> Mark:
    """Read one answer and compare it with the accepted values; the best comparison counts.

    Of equally good ones that counts of which most is right, and whose size is the answer's. The verdict
    says what is right, the credit what is paid for it.

    Of a map, blank and unreadable cells earn nothing, and an unreadable one leaves the field waiting for a
    human. A map of another size earns nothing. Only a wrong choice may take something off.

    Options may be answered in the words of the paper as well. What the page saves for the key is right at
    once, as reading and comparing it would find.
    """
    key = accepted[0]
    if raw == as_saved(field, key) and field.kind != "text":
        cells = _all_right(field, key)
        return Mark(field.name, _RIGHT, FULL, key, read=key, raw=echo(raw), cells=cells)
    return _read_and_compared(field, accepted, raw, credit, language)


def _read_and_compared(
    field: Field, accepted: tuple[Value, ...], raw: object, credit: Credit, language: Language
) -> Mark:
    key, text = accepted[0], echo(raw)

    def against(answer: Any) -> Mark:
        marks = [_against(field, value, answer, key, text, credit) for value in accepted]
        return max(marks, key=_worth) if len(marks) > 1 else marks[0]

    worded = field if plainly(field, raw) is not None else in_words_of(field, language)
    try:
        answer = read(worded, raw, language)
    except Unreadable as error:
        mark = Mark(field.name, Verdict.UNREADABLE, Fraction(), key, raw=text, reason=error.reason)
        return _whatever_was_meant(mark, map(against, error.meanings))
    if answer is BLANK:
        return Mark(field.name, Verdict.BLANK, Fraction(), key, raw=text)
    if field.kind == "text":
        return Mark(field.name, Verdict.UNMARKED, Fraction(), key, read=cast(str, answer), raw=text)
    mark = against(answer)
    return _whatever_was_meant(mark, map(against, _meanings(answer))) if field.kind == "record" else mark


def _all_right(field: Field, value: Any) -> tuple[tuple[Verdict, ...], ...]:
    """Return the verdicts on the cells of a map, or on the parts of a record, that are all right."""
    if field.kind == "tensor":
        return ((_RIGHT,) * len(value[0]),) * len(value)
    return ((_RIGHT,) * len(value),) if field.kind == "record" else ()


def _worth(mark: Mark) -> tuple[Fraction, int, bool]:
    right_cells = sum(row.count(_RIGHT) for row in mark.cells)
    return mark.credit, right_cells, bool(mark.cells)


def _whatever_was_meant(mark: Mark, meant: Iterable[Mark]) -> Mark:
    """Count an answer that names several options as right where each of them earns the same, and more."""
    marks = list(meant)
    if len(marks) > 1 and len({each.credit for each in marks}) == 1 and marks[0].credit > mark.credit:
        return marks[0]
    return mark


def _meanings(answer: Any) -> Iterator[tuple[Any, ...]]:
    """Yield all that a record could mean, one of whose parts names several options."""
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


def agreeing(field: Field, answer: Any, value: Any) -> int:
    """Count the cells of a map that equal a value of its size; any other answer is one cell."""
    if field.kind != "tensor":
        return int(answer is not None and same(field.rule, answer, value))
    if answer is None or [len(row) for row in answer] != [len(row) for row in value]:
        return 0
    pairs = zip(chain.from_iterable(answer), chain.from_iterable(value), strict=True)
    return sum(same(field.rule, cell, right) for cell, right in pairs)


def _against(field: Field, value: Any, answer: Any, key: Value, text: str, credit: Credit) -> Mark:
    if field.kind == "tensor":
        return _map_against(field, value, answer, key, text, credit)
    if field.kind == "record":
        return _record_against(field, value, answer, key, text, credit)
    if same(field.rule, answer, value):
        return Mark(field.name, _RIGHT, FULL, key, read=answer, raw=text)
    right, earned = _share_of_wrong(field, value, answer, credit)
    return Mark(field.name, _overall(right), earned, key, read=answer, raw=text)


def _share_of_wrong(field: Field, value: Any, answer: Any, credit: Credit) -> tuple[Fraction, Fraction]:
    """Return how much of an answer is right that is not right as a whole, and what that earns."""
    match field.kind:
        case "choice":
            return Fraction(), pay.of_choice(field, right=False, credit=credit)
        case "choices":
            right = pay.of_choices(field, answer, value, NOTHING_STATED)
            return right, pay.of_choices(field, answer, value, credit)
        case "order":
            right = _in_place(answer, value)
            return right, pay.of_order(right, len(value), credit)
        case "shape":
            earned = pay.of_shape(_in_place(answer, value), credit)
            return earned, earned
        case _:
            return Fraction(), Fraction()


def _map_against(field: Field, value: Any, answer: Any, key: Value, text: str, credit: Credit) -> Mark:
    if answer == value:  # as below, at once: what was read are exact numbers
        right_cells = _all_right(field, value)
        return Mark(field.name, _RIGHT, FULL, key, read=answer, raw=text, cells=right_cells)
    unread = [cell for row in answer for cell in row if isinstance(cell, BadCell)]
    shown = tuple(tuple(None if isinstance(cell, BadCell) else cell for cell in row) for row in answer)
    if reason := other_size(answer, len(value), len(value[0]), told=field.shape is not None):
        # Where the paper shows the size, another one is a row lost or two run together: a human looks.
        verdict = Verdict.UNREADABLE if unread or field.shape is not None else _WRONG
        return Mark(field.name, verdict, Fraction(), key, read=shown, raw=text, reason=reason)
    cells = tuple(
        tuple(_cell(field.rule, cell, right) for cell, right in zip(row, rights, strict=True))
        for row, rights in zip(answer, value, strict=True)
    )
    right = _share_right(cells)
    verdict = Verdict.UNREADABLE if unread else _overall(right)
    earned, why = pay.of_map(field, value, right, credit), why_unread(unread)
    return Mark(field.name, verdict, earned, key, read=shown, raw=text, reason=why, cells=cells)


def _record_against(field: Field, value: Any, answer: Any, key: Value, text: str, credit: Credit) -> Mark:
    unread = [part for part in answer if isinstance(part, BadCell)]
    shown = tuple(None if isinstance(part, BadCell) else part for part in answer)
    parts = tuple(
        _cell(asked.rule, part, right) for asked, part, right in zip(field.parts, answer, value, strict=True)
    )
    right = _share_right((parts,))
    verdict = Verdict.UNREADABLE if unread else _overall(right)
    earned, why = pay.of_record(field, value, right, credit), why_unread(unread)
    return Mark(field.name, verdict, earned, key, read=shown, raw=text, reason=why, cells=(parts,))


def _in_place(answer: Sequence[Any], value: Sequence[Any]) -> Fraction:
    """Return the share of an order, or of the sizes of a shape, that stand in their place."""
    return Fraction(sum(map(eq, answer, value)), len(value)) if len(answer) == len(value) else Fraction()


def _share_right(cells: tuple[tuple[Verdict, ...], ...]) -> Fraction:
    flat = [verdict for row in cells for verdict in row]
    return Fraction(flat.count(_RIGHT), len(flat))


def _cell(rule: Rule, cell: Any, right: Value) -> Verdict:
    if cell is None:
        return Verdict.BLANK
    if isinstance(cell, BadCell):
        return Verdict.UNREADABLE
    return _RIGHT if same(rule, cell, right) else _WRONG


def _overall(right: Fraction) -> Verdict:
    return _RIGHT if right == 1 else Verdict.PARTIAL if right else _WRONG


def why_unread(unread: Sequence[BadCell]) -> Message | None:
    """Say why the first few cells or parts cannot be read; nothing where all were."""
    reasons = [say("{{ text }}: {{ reason }}", text=bad.text, reason=bad.reason) for bad in unread[:3]]
    return listed(reasons, "; ") if reasons else None


def other_size(answer: Any, rows: int, columns: int, *, told: bool = True) -> Message | None:
    """Say so where a map has another size, naming this one if the paper told it; else nothing."""
    found = (len(answer), len(answer[0]))
    if found == (rows, columns):
        return None
    if not told:
        return say("a map of {{ found }} was read; the right one has another size", found=_size(*found))
    return say(
        "a map of {{ found }} was read; {{ expected }} were expected",
        found=_size(*found),
        expected=_size(rows, columns),
    )


def _size(rows: int, columns: int) -> Message:
    return say("{{ rows }} × {{ columns }} cells", rows=rows, columns=columns)


def echo(raw: object) -> str:
    """Repeat an answer as it was handed in, as one would type it, cut to a bearable length."""
    text = typed(raw)
    return text if len(text) <= _ECHO else text[:_ECHO] + " ..."


def typed(raw: object) -> str:
    """Write an answer as one would type it; nothing where it was lost with a damaged file."""
    match raw:
        case str():
            return raw
        case None | Lost():
            return ""
        case dict():
            return ", ".join(f"{name}: {typed(value)}" for name, value in raw.items())
        case list() if list in map(type, raw):
            return "\n".join(_row(row) if isinstance(row, list) else typed(row) for row in raw)
        case list():
            return ", ".join(map(typed, raw))
        case _:
            return str(raw)


def _row(cells: list[object]) -> str:
    return " ".join([(cell if isinstance(cell, str) else typed(cell)) or "_" for cell in cells])
