"""What a paper's template prints: finished pieces of HTML and text, so that templates never compute.

Without solutions nothing here asks for a key: what a paper shows follows from `show` and `ask` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, groupby
from math import ceil
from typing import Literal, TypeAlias

from markupsafe import Markup

from .. import registry
from ..document import Message, say
from ..frozen import frozen
from ..model import Field
from ..papers import Exam, Paper, Problem, Student, is_shared
from ..text import blocks, document
from .answers import AnswerView, answer_view
from .boxes import Making, boxes
from .handwriting import working
from .html import fragment, in_language, said
from .look import Look
from .marking_rules import marking_sentences
from .phrases import (
    convention_sentences,
    plain_instructions,
    points_phrase,
    points_text,
    practice_note,
    questions_phrase,
    resit_phrase,
    rules_by_hand,
    rules_of_form,
    version_phrase,
)
from .plain import said_plainly
from .prompt import prompt

MOST_COLUMNS = 14  # of the table of points, on one line


Kind: TypeAlias = Literal["maps", "boxes", "lines", "table", "records", "texts"]
Purpose: TypeAlias = Literal["form", "sheet", "solutions"]


@frozen
class AnswersView:
    """Fields that are set together.

    Attributes
    ----------
    kind
        ``maps``, side by side; ``boxes``, one below the other; ``lines``, boxes as
        wide as the page; a ``table`` of boxes; ``records``, a line of boxes each; ``texts``, with lines
        to write on.
    fields
        The fields; empty for a table.
    columns, rows
        The headings of a table's columns; the heading of each row with its fields, None for no field.
    """

    kind: Kind
    fields: tuple[AnswerView, ...] = ()
    columns: tuple[Markup, ...] = ()
    rows: tuple[tuple[Markup, tuple[AnswerView | None, ...]], ...] = ()


@frozen
class QuestionView:
    """One question.

    Attributes
    ----------
    answers
        The fields, in groups.
    steps
        The worked solution; empty on a paper.
    working
        Squared paper for working by hand; nothing in a form or in solutions.
    """

    number: int
    title: Markup
    points: Markup
    prompt: Markup
    answers: tuple[AnswersView, ...]
    steps: Markup
    working: Markup


@frozen
class SectionView:
    """Questions under one heading."""

    title: str
    questions: tuple[QuestionView, ...]


@frozen
class PaperView:
    """A whole paper.

    Attributes
    ----------
    facts
        Minutes, questions and points, in words.
    version
        Which of the versions it is, in words; empty where there are none.
    name, number
        Of the student; empty where they are to be filled in.
    scores
        Number and points of each question, in lines of the table of points.
    practice
        The warning on a paper that was drawn from a seed, or nothing.
    rules
        How it is filled in and handed in.
    conventions
        What it takes for granted, and what is unusual about its marking.
    purpose
        Whether it is a form to be typed into, a sheet to be written on by hand, or shows the solutions.
    """

    language: str
    title: str
    course: str
    date: str
    code: str
    facts: tuple[Markup, ...]
    version: str
    name: str
    number: str
    scores: tuple[tuple[tuple[str, str], ...], ...]
    total: str
    practice: Markup
    instructions: Markup
    rules: tuple[Markup, ...]
    conventions: tuple[Markup, ...]
    sections: tuple[SectionView, ...]
    purpose: Purpose


def paper_view(
    exam: Exam, paper: Paper, *, whose: Student, solutions: bool, look: Look, making: Making
) -> PaperView:
    """Turn a paper into what its template prints."""
    numbers = count(1)
    purpose = _purpose(making, solutions=solutions)

    def shown(message: Message) -> Markup:
        return said(message, look)

    def question(problem: Problem) -> QuestionView:
        number = next(numbers)
        within = look.quoting(problem.spec.language)
        answers = (
            _form(problem, number, within)
            if purpose == "form"
            else _drawn(problem, within, solutions=solutions)
        )
        return QuestionView(
            number=number,
            title=in_language(within.quoted, problem.spec.title, within),
            points=shown(points_phrase(problem.points)),
            prompt=prompt(problem, within),
            answers=tuple(_groups(answers)),
            steps=_steps(problem, within) if solutions else Markup(),
            working=working(_fields(problem), problem.points, look) if purpose == "sheet" else Markup(),
        )

    known = not is_shared(whose)
    return PaperView(
        language=exam.language,
        title=exam.title,
        course=exam.course,
        date=exam.date,
        code=paper.code,
        facts=tuple(map(shown, _facts(exam, paper))),
        version=_version(paper, look),
        name=whose.name if known else "",
        number=whose.id if known else "",
        scores=_scores(paper.problems, look),
        total=points_text(paper.points, look.language),
        practice=Markup() if exam.practice_seed is None else shown(practice_note(exam.practice_seed)),
        instructions=fragment(blocks(exam.instructions, {}, look.translate), look)
        or shown(plain_instructions(exam.marking.credit)),
        rules=tuple(map(shown, _rules(purpose, named=known, look=look))),
        conventions=tuple(
            map(
                shown,
                (*convention_sentences(exam.conventions), *marking_sentences(exam, paper.problems)),
            )
        ),
        sections=tuple(
            SectionView(part.title, tuple(map(question, part.problems))) for part in paper.sections
        ),
        purpose=purpose,
    )


def _purpose(making: Making, *, solutions: bool) -> Purpose:
    if solutions:
        return "solutions"
    return "form" if making == "form" else "sheet"


def _rules(purpose: Purpose, *, named: bool, look: Look) -> tuple[Message, ...]:
    match purpose:
        case "form":
            return rules_of_form(look.medium)
        case "sheet":
            return rules_by_hand(named=named)
        case "solutions":
            return ()


def _steps(problem: Problem, look: Look) -> Markup:
    steps = tuple(registry.get(problem.spec.type).work(problem.case))
    return fragment(document(steps, look.translate), look)


def _fields(problem: Problem) -> tuple[Field, ...]:
    return registry.get(problem.spec.type).ask(problem.case)


def _form(problem: Problem, number: int, look: Look) -> Iterator[AnswerView]:
    for field in _fields(problem):
        yield answer_view(field, (), problem.case.conventions, look, boxes(problem.item, number, field, look))


def _drawn(problem: Problem, look: Look, *, solutions: bool) -> Iterator[AnswerView]:
    for field in _fields(problem):
        accepted = problem.key[field.name] if solutions else ()
        yield answer_view(field, accepted, problem.case.conventions, look)


def _groups(answers: Iterable[AnswerView]) -> Iterator[AnswersView]:
    for kind, run in groupby(answers, _group):
        fields = tuple(run)
        yield _table(fields) if kind == "table" else AnswersView(kind, fields)


def _group(answer: AnswerView) -> Kind:
    if answer.at is not None:
        return "table"
    if answer.parts:
        return "records"
    if answer.rules:
        return "texts"
    if answer.wide:
        return "lines"
    return "maps" if answer.is_map else "boxes"


def _table(answers: tuple[AnswerView, ...]) -> AnswersView:
    """Sort fields into rows and columns, in the order in which their headings come up."""
    places = {answer.at: answer for answer in answers if answer.at is not None}
    rows, columns = (tuple(dict.fromkeys(at[axis] for at in places)) for axis in (0, 1))
    cells = ((row, tuple(places.get((row, column)) for column in columns)) for row in rows)
    return AnswersView("table", columns=columns, rows=tuple(cells))


def _version(paper: Paper, look: Look) -> str:
    return said_plainly(version_phrase(paper.version), look.language) if paper.version else ""


def _facts(exam: Exam, paper: Paper) -> Iterator[Message]:
    if exam.attempt:
        yield resit_phrase(exam.attempt)
    if exam.minutes is not None:
        yield say("{{ minutes }} minutes", minutes=exam.minutes)
    yield questions_phrase(len(paper.problems))
    yield points_phrase(paper.points)


def _scores(problems: Iterable[Problem], look: Look) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Give each question its number and points, in lines of about equal length."""
    cells = [
        (str(number), points_text(problem.points, look.language))
        for number, problem in enumerate(problems, start=1)
    ]
    lines = max(1, ceil((len(cells) + 1) / MOST_COLUMNS))
    length = ceil((len(cells) + 1) / lines)
    return tuple(tuple(cells[start : start + length]) for start in range(0, max(1, len(cells)), length))
