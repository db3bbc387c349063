"""Which answers wait for a person, or were marked by one, question by question."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeAlias

from ...generator import registry
from ...generator.frozen import frozen
from ...generator.language import ENGLISH
from ...generator.model import Field, Value
from ...generator.papers import Paper, Problem
from ...generator.render.answers import key_rows, key_text
from ...generator.render.plain import plain_label
from ...generator.render.terminal import terminal
from ...generator.text import document
from ...generator.values import decode
from ..marking.settle import CUT, field_points
from ..model import Verdict
from ..records.people import Answered, Judgement
from ..reports.record import is_decided

_WIDTH = 100  # of what we write ourselves; answers of students stay as they are

Record: TypeAlias = Mapping[str, Any]
"""A student's settled record."""


@frozen
class Asked:
    """What a person has to know of a question to mark an answer.

    Attributes
    ----------
    title, label
        What the paper prints.
    of
        What the answer is worth.
    key
        What is right; of an answer in words, a good one.
    needs
        Of an answer in words: what it needs, point by point.
    """

    title: str
    label: str
    of: Fraction
    key: str
    needs: str = ""


@frozen
class Entry:
    """An answer that waits for a person, or was marked by one.

    Attributes
    ----------
    answered
        Which answer it is.
    asked
        What it answers.
    answer
        What was handed in, as far as it is shown; nothing where it was lost with a damaged file.
    why
        Why it waits; nothing where it no longer does.
    source
        The file, where not all of the answer is shown.
    so_far
        What the machine gave for the part that it could read.
    judgement
        What the person said last.
    """

    answered: Answered
    asked: Asked
    answer: str
    why: str
    source: str
    so_far: Fraction
    judgement: Judgement

    @property
    def waits(self) -> bool:
        """Whether it waits."""
        return self.judgement.points is None


def entries_of(
    records: Iterable[Record],
    paper: Callable[[str], Paper | None],
    sources: Mapping[str, str],
    judgements: Mapping[Answered, Judgement],
) -> list[Entry]:
    """Return the entries of the records that count, in the order of the questions, then of the students.

    Parameters
    ----------
    records
        Those that count.
    paper
        Returns the paper of a code; None leaves its answers out.
    sources
        The files of the students.
    judgements
        What was said last about each answer.
    """
    order: dict[tuple[str, str], int] = {}
    asked: dict[Asked, Asked] = {}  # what many papers ask alike is kept once
    found: list[Entry] = []
    for record in records:
        for item in record["items"]:
            for field in item["fields"]:
                order.setdefault((item["id"], field["name"]), len(order))
        found.extend(
            replace(entry, asked=asked.setdefault(entry.asked, entry.asked))
            for entry in _of_record(record, paper, sources[record["student"]], judgements)
        )
    return sorted(found, key=lambda entry: order[entry.answered.item, entry.answered.field])


def answers_of(records: Iterable[Record]) -> Iterator[tuple[Answered, Fraction]]:
    """Yield all answers in records that a person may mark, and what is the most for them."""
    for record in records:
        for item, field in _fields(record):
            yield _answered(record, item, field), Fraction(field["of"])


def _of_record(
    record: Record,
    paper: Callable[[str], Paper | None],
    source: str,
    judgements: Mapping[Answered, Judgement],
) -> Iterator[Entry]:
    listed = [(item, field) for item, field in _fields(record) if not is_decided(item)]
    asked_on = paper(record["paper"]) if listed else None
    if asked_on is None:
        return
    problems = {problem.item: problem for problem in asked_on.problems}
    for item, field in listed:
        answered = _answered(record, item, field)
        yield Entry(
            answered=answered,
            asked=_asked(problems[answered.item], item, field),
            answer=field["raw"],
            why=_why(field),
            source=source if not field["raw"] or field["raw"].endswith(CUT) else "",
            so_far=Fraction(field["credit"]) * Fraction(field["of"]),
            judgement=judgements.get(answered, Judgement()),
        )


def _fields(record: Record) -> Iterator[tuple[Any, Any]]:
    for item in record["items"]:
        for field in item["fields"]:
            if "answer_sha256" in field:
                yield item, field


def _answered(record: Record, item: Any, field: Any) -> Answered:
    return Answered(record["student"], record["paper"], item["id"], field["name"], field["answer_sha256"])


def _why(field: Mapping[str, Any]) -> str:
    if field["verdict"] == Verdict.UNMARKED:
        return "an answer in words"
    return str(field.get("reason", ""))


def _asked(problem: Problem, item: Any, data: Any) -> Asked:
    kind = registry.get(problem.spec.type)
    field = next(field for field in problem.fields if field.name == data["name"])
    in_words = field.kind == "text"
    return Asked(
        title=problem.spec.title,
        label=plain_label(field.label, ENGLISH),
        of=field_points(problem, field),
        key=_key(field, _accepted(problem, field, item, data)),
        needs=terminal(document(tuple(kind.work(problem.case))), _WIDTH) if in_words else "",
    )


def _accepted(problem: Problem, field: Field, item: Any, data: Any) -> tuple[Value, ...]:
    """Return what is right: what the paper says, or what a rule put into its place."""
    if data["key"] == item.get("drawn", {}).get(field.name, data["key"]):
        return problem.key[field.name]
    return (decode(field, data["key"]),)


def _key(field: Field, accepted: tuple[Value, ...]) -> str:
    if field.kind == "tensor":
        return in_columns(key_rows(accepted[0], field.rule))
    text = key_text(accepted, field, ENGLISH)
    return "\n".join(textwrap.wrap(text, _WIDTH)) if field.kind == "text" else text


def in_columns(rows: Sequence[Sequence[str]]) -> str:
    """Write rows in columns: flush left, for YAML takes the first line for the margin."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
