"""A feedback page: each answer as it was read, what is right, and what a wrong one points at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias, cast

from markupsafe import Markup

from ...generator import latex, registry
from ...generator.document import Message, say
from ...generator.figures.grid import SHOWN
from ...generator.figures.model import Grid
from ...generator.figures.svg import KEY_INK
from ...generator.mistakes import sentence_of
from ...generator.model import Field
from ...generator.number import Number
from ...generator.papers import Exam, Paper, Problem
from ...generator.render.answers import answer_label, expressions, written_key
from ...generator.render.environment import environment
from ...generator.render.html import drawing, fragment, said
from ...generator.render.look import Look
from ...generator.render.phrases import language
from ...generator.render.plain import plain, printable
from ...generator.render.stylesheet import screen_css
from ...generator.text import blocks, document, sentence
from ..marking.choices import NONE
from ..model import Mark, Result, Verdict
from .marks_csv import decimal

Rows: TypeAlias = tuple[tuple[Number | None, ...], ...]

MOST_DECIMALS = 12
_KEY = replace(SHOWN, weight=600, ink=KEY_INK)
_WORDS = {
    Verdict.RIGHT: ("✓", say("right")),
    Verdict.PARTIAL: ("◐", say("partly right")),
    Verdict.WRONG: ("✗", say("wrong")),
    Verdict.BLANK: ("–", say("left blank")),
    Verdict.UNREADABLE: ("?", say("could not be read; a person will look at it")),
    Verdict.UNMARKED: ("…", say("read; a person will mark it")),
}


@dataclass(frozen=True)
class FieldView:
    """One answer: what was read, the verdict, the key, and sentences about it."""

    label: Markup
    key: Markup
    key_word: Markup
    key_shown: bool
    verdict: str
    sign: str
    word: Markup
    read: Markup
    notes: tuple[Markup, ...]


@dataclass(frozen=True)
class FeedbackView:
    """One question with its marks."""

    number: int
    title: str
    score: Markup
    prompt: Markup
    fields: tuple[FieldView, ...]
    steps: Markup


def feedback_html(exam: Exam, paper: Paper, result: Result) -> str:
    """Return one student's feedback as one web page that needs nothing beside it."""
    look = Look("screen", language(exam.language))
    questions = tuple(
        _question(number, problem, marks.marks, marks.points, exam, look)
        for number, (problem, marks) in enumerate(zip(paper.problems, result.items, strict=True), start=1)
    )
    total = say("{{ points }} of {{ of }} points", points=decimal(result.points), of=decimal(result.of))
    return (
        environment()
        .get_template("feedback.html.j2")
        .render(
            exam=exam,
            code=paper.code,
            student=paper.student.name or result.student,
            total=said(total, look),
            waiting=result.waiting,
            problems=tuple(said(problem, look) for problem in result.problems),
            questions=questions,
            style=Markup(screen_css()),  # noqa: S704 - a file of ours
            _=look.translate,
        )
    )


def _question(
    number: int, problem: Problem, marks: tuple[Mark, ...], points: Fraction, exam: Exam, look: Look
) -> FeedbackView:
    kind = registry.get(problem.spec.type)
    score = say("{{ points }} of {{ of }} points", points=decimal(points), of=decimal(problem.points))
    steps = tuple(kind.work(problem.case))
    return FeedbackView(
        number=number,
        title=problem.spec.title,
        score=said(score, look),
        prompt=fragment(
            blocks(problem.spec.prompt[exam.language], kind.show(problem.case), look.translate), look
        ),
        fields=tuple(
            _field(field, problem, mark, look)
            for field, mark in zip(kind.ask(problem.case), marks, strict=True)
        ),
        steps=fragment(document(steps, look.translate), look),
    )


def _field(field: Field, problem: Problem, mark: Mark, look: Look) -> FieldView:
    sign, word = _WORDS[mark.verdict]
    return FieldView(
        label=answer_label(field, look),
        key=written_key(field, problem.key[field.name], look, _KEY),
        key_word=said(say("A good answer") if field.kind == "text" else say("Right"), look),
        key_shown=mark.verdict is not Verdict.RIGHT or mark.against == "own",
        verdict=mark.verdict.lower(),
        sign=sign,
        word=said(word, look),
        read=_read(field, mark, look),
        notes=tuple(said(note, look) for note in _notes(field, mark, problem, look)),
    )


def _read(field: Field, mark: Mark, look: Look) -> Markup:
    """Show what was understood; the cells that are not right are marked."""
    if mark.read is None:
        return Markup('<q class="raw">{}</q>').format(printable(mark.raw)) if mark.raw.strip() else Markup()
    if field.kind == "text":
        return Markup('<div class="entry">{}</div>').format(printable(str(mark.read)))
    if field.kind == "record":
        return Markup('<span class="box">{}</span>').format(_written_record(field, mark))
    if field.kind == "expression":
        read = expressions((str(mark.read),), look)
        return Markup('<span class="box">{}</span>').format(read)
    if field.kind != "tensor":
        return Markup('<span class="box">{}</span>').format(_written(mark.read, mark.raw))
    marked = frozenset(
        (row, column)
        for row, verdicts in enumerate(mark.cells)
        for column, verdict in enumerate(verdicts)
        if verdict is not Verdict.RIGHT
    )
    rows = tuple(
        tuple(None if cell is None else _number(cell, mark.raw) for cell in row)
        for row in cast(Rows, mark.read)
    )
    return drawing(Grid(rows, marked=marked), SHOWN)


def _written_record(field: Field, mark: Mark) -> str:
    """Write the parts of a record, each with the sign of its verdict."""
    (verdicts,) = mark.cells
    read = zip(field.parts, cast(tuple[Any, ...], mark.read), verdicts, strict=True)
    return ", ".join(
        f"{part.name}{'' if value is None else ' ' + _written(value, mark.raw)} {_WORDS[verdict][0]}"
        for part, value, verdict in read
    )


def _written(value: Any, raw: str) -> str:
    parts = value if isinstance(value, tuple) else (value,)
    if all(isinstance(part, str) for part in parts):
        return ", ".join(parts) or NONE
    return " × ".join(part if isinstance(part, str) else _number(part, raw) for part in parts)


def _number(number: Number, raw: str) -> str:
    """Write a number that was typed: as decimals where it was not typed as a fraction."""
    decimals = "/" not in raw and Fraction(10**MOST_DECIMALS * number).denominator == 1
    return (latex.decimal(number) if decimals else str(number)).replace("-", "−")


def _notes(field: Field, mark: Mark, problem: Problem, look: Look) -> Iterator[Message]:
    right = sum(verdict is Verdict.RIGHT for row in mark.cells for verdict in row)
    count = sum(map(len, mark.cells))
    if mark.cells and mark.verdict is not Verdict.RIGHT:
        text = (
            "{{ right }} of {{ count }} cells are right."
            if field.kind == "tensor"
            else "{{ right }} of {{ count }} parts are right."
        )
        yield say(text, right=right, count=count)
    if mark.reason:
        reason = plain(sentence(mark.reason, look.translate))
        yield say("{{ reason }}.", reason=reason[:1].upper() + reason[1:].rstrip("."))
    if mark.against == "own":
        yield say(
            "What follows from your own earlier result counts here: an earlier error costs points once."
        )
    for finding in mark.findings:
        for name in finding.names:
            if not finding.certain:
                yield say("There are several ways to this answer; one of them:")
            yield sentence_of(problem.spec.type, problem.case, name)
        if finding.credit:
            yield say(
                "This way of thinking earns {{ share }} of the points of this answer.",
                share=_percent(finding.credit),
            )


def _percent(share: Fraction) -> str:
    return f"{decimal(share * 100)} %"
