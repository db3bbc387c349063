"""A question as tests: one for its points, below it one for each answer, and one for the worked solution.

Only questions have points, so that the points of a list add up; an answer says in words what it earned. What
the tests tell is what a feedback page of the exam's level tells (`grader.reports.told`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from ...generator.document import Document, FigureRow, Message, say
from ...generator.figures.model import Animation
from ...generator.language import Language
from ...generator.model import Field, Step
from ...generator.papers import Problem
from ...generator.policy import Marking, Release
from ...generator.render.answers import key_rows, key_text
from ...generator.render.look import Look
from ...generator.render.plain import said_plainly
from ...generator.render.terminal import terminal
from ...generator.text import document
from ..marking.mark import points_of
from ..model import Finding, ItemResult
from ..receipt import FieldReceipt
from ..reports.answer_views import notes
from ..reports.feedback import MOST_NAMED, carried_note
from ..reports.marks_csv import decimal
from ..reports.points import in_decimals, points_in_words
from ..reports.signs import Sign, sign_of, sign_of_question
from ..reports.told import State, Told, ToldItem, tells, told_item
from .markdown import block, cut, escaped, page, strong, told
from .readings import as_read, label, receipts_of, wrapped
from .results import OneTest, Status, Visibility

PENDING = say("pending: a person will look at this")
WAITS = "pending"
"""The tag of what waits for a person."""

_STATUS: dict[State, Status] = {
    State.RIGHT: "passed",
    State.CARRIED: "passed",
    State.PARTIAL: "failed",
    State.WRONG: "failed",
    State.BLANK: "failed",
}

_SIGNS = {
    State.RIGHT: "+",
    State.CARRIED: "+",
    State.WRONG: "-",
    State.BLANK: "_",
    State.UNREADABLE: "?",
}
"""Of cells."""


def waiting_counts_nothing(problem: Problem, item: ItemResult, marking: Marking) -> ItemResult:
    """Let what waits for a person earn nothing, not even what could be read of it."""
    if item.decided or not any(mark.verdict.waits and mark.credit for mark in item.marks):
        return item
    marks = tuple(mark._replace(credit=Fraction()) if mark.verdict.waits else mark for mark in item.marks)
    return replace(item, marks=marks, points=points_of(item.marked_by or problem, marks, marking))


def told_tests(
    number: int,
    problem: Problem,
    item: ItemResult,
    release: Release,
    marking: Marking,
    language: Language,
) -> Iterator[OneTest]:
    """Yield the tests of a question.

    Parameters
    ----------
    number
        Its number on the paper.
    problem, item
        What was asked, and how it was marked.
    release
        What is told of it.
    marking, language
        How the exam is marked, and in which language.
    """
    shown = told_item(problem, item, release, language)
    receipts = receipts_of(problem, item, language)
    counts = bool(item.of)
    seen = visibility(release)
    yield OneTest(
        number=f"{number}",
        name=problem.spec.title,
        score=number_of(item.points) if counts else None,
        max_score=number_of(item.of) if counts else None,
        output=page(_of_question(problem, item, shown, marking, language)),
        output_format="md",
        tags=(problem.spec.type, *[WAITS] * bool(item.waiting)),
        visibility=seen,
    )
    for place, (answer, receipt, mark) in enumerate(zip(shown.answers, receipts, item.marks, strict=True), 1):
        waits = mark.verdict.waits and not item.decided
        yield OneTest(
            number=f"{number}.{place}",
            name=label(answer.field, language) or answer.field.name,
            status=None if waits else _STATUS.get(answer.state),
            output=page(_of_answer(answer, receipt, waits=waits, language=language)),
            output_format="md",
            tags=(WAITS,) if waits else None,
            visibility=seen,
        )
    if shown.steps:
        yield OneTest(
            number=f"{number}.{len(shown.answers) + 1}",
            name=said_plainly(say("Worked solution"), language),
            output=block(terminal(_without_films(shown.steps, language), language=language).split("\n")),
            output_format="md",
            visibility=seen,
        )


def visibility(release: Release) -> Visibility:
    """Say when students see marks: not before they are published, or one could try answers out."""
    return Visibility.AFTER_PUBLISHED if tells(release, Release.MARKS) else Visibility.HIDDEN


def number_of(points: Fraction) -> float:
    """Write points as every other file does, with at most two decimals."""
    return float(decimal(points))


# -- a question -----------------------------------------------------------------------------------


def _of_question(
    problem: Problem, item: ItemResult, shown: ToldItem, marking: Marking, language: Language
) -> Iterator[str]:
    if item.waiting:
        yield strong(told(PENDING, language))
    if not item.of:
        yield told(say("does not count"), language)
    elif shown.state is not None and shown.state is not State.WAITING:
        yield strong(_word(sign_of_question(shown.state, Look("screen", language))))
    if shown.override:
        yield told(say("A person set the points: {{ reason }}", reason=shown.override), language)
    yield from (told(remark, language) for remark in shown.remarks)
    if shown.finding:
        yield from _of_finding(problem, shown.finding, shown.credit, language)
    if State.CARRIED in shown.states:
        yield told(carried_note(marking), language)


def _of_finding(problem: Problem, finding: Finding, credit: Fraction, language: Language) -> Iterator[str]:
    few = len(problem.fields) > 1 and len(finding.fields) <= MOST_NAMED
    labels = [label(field, language) for field in problem.fields if few and field.name in finding.fields]
    heading = said_plainly(say("What your answer points at"), language)
    yield strong(escaped(f"{heading}: {'; '.join(labels)}" if labels else heading))
    yield from (told(sentence, language) for sentence in finding.sentences)
    yield told(finding.evidence, language)
    if credit:
        share = in_decimals(100 * credit)
        yield told(
            say("This way of thinking earns {{ share }}% of the points of these answers.", share=share),
            language,
        )


def _without_films(steps: Iterable[Step], language: Language) -> Document:
    """Write a worked solution without films: in words they say at length what the lines below them say."""
    return tuple(
        block
        for block in document(tuple(steps), language.translate)
        if not (isinstance(block, FigureRow) and all(isinstance(each, Animation) for each in block.figures))
    )


# -- an answer ------------------------------------------------------------------------------------


def _of_answer(answer: Told, receipt: FieldReceipt, *, waits: bool, language: Language) -> Iterator[str]:
    if waits:
        yield strong(told(PENDING, language))
    partly = answer.read is not None
    sign = sign_of(answer.state, Look("screen", language), waits=answer.waits, partly=partly)
    words = [_word(sign)] if answer.state is not State.READ and not waits else []
    if answer.points:
        words.append(told(points_in_words(*answer.points), language))
    yield " · ".join(words)
    yield as_read([receipt], language)
    yield from _signs(answer, language)
    if answer.key and answer.state is not State.RIGHT:
        yield told(_a_good_one(answer.field), language)
        yield block(_key(answer, language))
    read_alike = replace(answer, reason=None) if answer.reason == receipt.reason else answer
    yield from (escaped(cut(said_plainly(note, language))) for note in notes(read_alike, language))


def _signs(answer: Told, language: Language) -> Iterator[str]:
    """Say of each cell of a map, or part of a record, whether it is right, where some are not."""
    states = {state for row in answer.cells for state in row}
    if State.READ in states or not states & {State.WRONG, State.BLANK, State.UNREADABLE}:
        return
    yield told(say("Which are right (+), wrong (-), left blank (_) or could not be read (?):"), language)
    if answer.field.kind == "tensor":
        yield block(" ".join(map(_SIGNS.__getitem__, row)) for row in answer.cells)
    else:
        parts = zip(answer.cells[0], answer.field.parts, strict=True)
        yield block(f"{_SIGNS[state]} {label(part, language)}" for state, part in parts)


def _key(answer: Told, language: Language) -> Iterator[str]:
    """Write what is right; a map of the size that was handed in goes first, as `told` sorts them."""
    if answer.field.kind != "tensor":
        yield from wrapped(key_text(answer.key, answer.field, language))
        return
    rows = key_rows(answer.key[0], answer.field.rule)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(str.rjust, map(language.number, row), widths))


def _a_good_one(field: Field) -> Message:
    return say("A good answer") if field.kind == "text" else say("Right answer")


def _word(sign: Sign) -> str:
    """Take the word of a sign out of its HTML."""
    return escaped(sign.word.striptags())
