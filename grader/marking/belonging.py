"""Which answer of a file belongs to which field of a paper.

An answer that is missing is blank only where nothing suggests that it was given: while the file holds
answers under names that the paper does not ask, or had to be read line by line, a human looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from ...generator.document import Message, say
from ...generator.model import Field
from ...generator.reading.tree import quoted
from ..intake.answers import Submission, first_few
from ..intake.class_csv import with_rows
from ..intake.lines import WHOLE
from .fields import Lost, Raw, is_blank

Answers: TypeAlias = Mapping[str, Mapping[str, Raw]]
"""Item, field, raw answer."""

Asked: TypeAlias = Mapping[str, Sequence[Field]]
"""The items of a paper and their fields."""

Placed: TypeAlias = dict[str, dict[str, Raw]]


def place(asked: Asked, submission: Submission) -> tuple[Placed, list[Message]]:
    """Return the raw answers by item and field, and what was odd about their names."""
    answers = _hoisted(submission.answers, set(asked))
    strange = {item: fields for item, fields in answers.items() if item not in asked}
    problems = [
        say("there is no question {{ item }} on this paper", item=quoted(item)) for item in sorted(strange)
    ]
    stray = _stray(strange)
    damaged = (
        Lost(say("the file is damaged, and this answer was not found in it")) if submission.damaged else None
    )
    placed: Placed = {}
    for item, fields in asked.items():
        found, more = _fields(item, fields, answers.get(item), stray, damaged)
        if submission.row is not None:
            found = {field.name: with_rows(field, found[field.name]) for field in fields}
        placed[item] = found
        problems += more
    return placed, first_few(problems)


def _hoisted(answers: Answers, items: set[str]) -> Answers:
    """Take questions out of the question that they stand inside, because a line was not indented alike."""
    if items <= answers.keys():
        return answers
    found = {item: dict(fields) for item, fields in answers.items()}
    for fields in list(found.values()):
        for name in [name for name in fields if name in items and name not in found]:
            inner = fields.pop(name)
            found[name] = dict(inner) if isinstance(inner, dict) else {WHOLE: inner}
    return found


def _stray(strange: Answers) -> Lost | None:
    """Say why a question without an answer may have been answered all the same, under another name."""
    named = sorted(item for item, fields in strange.items() if not all(map(is_blank, fields.values())))
    if not named:
        return None
    return Lost(
        say(
            "this question has no answer, and the file answers {{ item }}, which was not asked",
            item=quoted(named[0]),
        )
    )


def _fields(
    item: str,
    fields: Sequence[Field],
    answers: Mapping[str, Raw] | None,
    stray: Lost | None,
    damaged: Lost | None,
) -> tuple[dict[str, Raw], list[Message]]:
    names = [field.name for field in fields]
    if answers is None:
        return dict.fromkeys(names, stray or damaged), []
    if stray and all(map(_is_untouched, answers.values())):
        return dict.fromkeys(names, stray), []
    if list(answers) == names:  # as the page saves them
        return dict(answers), []
    if list(answers) == [WHOLE] and len(names) == 1:
        return {names[0]: answers[WHOLE]}, []
    if len(fields) == 1 and (record := _record(fields[0], answers)) is not None:
        return {names[0]: record}, []
    # A name without a value may be an answer in braces: {B}. The template has none.
    strange = sorted(
        name for name in set(answers) - set(names) if answers[name] is None or not is_blank(answers[name])
    )
    if not strange:
        return {name: answers.get(name, stray or damaged) for name in names}, []
    lost = Lost(say("this has no answer, and the file has one under {{ name }}", name=quoted(strange[0])))
    problems = [
        say("question {{ item }} has no field {{ name }}", item=quoted(item), name=quoted(name))
        for name in strange
        if name != WHOLE
    ]
    placed = {name: lost if _is_untouched(answers.get(name)) else answers[name] for name in names}
    return placed | _cut(answers, names, strange), problems


def _cut(answers: Mapping[str, Raw], names: list[str], strange: list[str]) -> dict[str, Lost]:
    """Find answers that a comma between braces cut in two: ``{loss: 0,5}`` has a key 5 without a value."""
    return {
        name: Lost(
            say("a comma cut this answer in two, before {{ rest }}; set it in quotes", rest=quoted(rest))
        )
        for name, rest in pairwise(answers)
        if name in names and rest in strange and answers[rest] is None
    }


def _is_untouched(raw: Raw) -> bool:
    """Say whether nothing was filled in, not even a part of a record."""
    return is_blank(raw) or (isinstance(raw, dict) and bool(raw) and all(map(is_blank, raw.values())))


def _record(field: Field, answers: Mapping[str, Raw]) -> Raw:
    """Put the parts of a record together that stand beside or below its name; None where none do."""
    parts = {name: raw for name, raw in answers.items() if name != field.name and not is_blank(raw)}
    if not parts or not {name.strip().lower() for name in parts} <= {part.name for part in field.parts}:
        return None
    lost = [raw for raw in answers.values() if isinstance(raw, Lost)]
    if lost:
        return lost[0]
    beside = answers.get(field.name)
    if isinstance(beside, str) and not is_blank(beside):  # its first part stands on the line of its name
        return [beside, *({name: raw} for name, raw in parts.items() if not isinstance(raw, Lost))]
    if not _is_untouched(beside):
        return Lost(say("{{ name }} is filled in twice", name=quoted(field.name)))
    return {name: raw for name, raw in parts.items() if not isinstance(raw, Lost)}
