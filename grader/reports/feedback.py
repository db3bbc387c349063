"""A feedback page: each answer as it was read, what is right, and what a wrong one points at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias, cast

from markupsafe import Markup

from ...generator import latex, registry
from ...generator.document import Decimals, Message, say
from ...generator.figures.grid import SHOWN
from ...generator.figures.model import Grid
from ...generator.figures.svg import KEY_INK
from ...generator.language import Language, language
from ...generator.model import Field
from ...generator.number import Number
from ...generator.papers import Exam, Paper, Problem
from ...generator.render.answers import answer_label, expressions, written_key
from ...generator.render.environment import environment
from ...generator.render.html import drawing, fragment, in_language, said
from ...generator.render.look import Look
from ...generator.render.options import option_word
from ...generator.render.plain import plain, plain_label, printable
from ...generator.render.prompt import prompt
from ...generator.render.stylesheet import screen_css
from ...generator.text import document, sentence
from ...generator.values import NONE
from ..model import Explanation, ItemResult, Mark, Result, Verdict
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
    title: Markup
    score: Markup
    prompt: Markup
    findings: tuple[Markup, ...]
    fields: tuple[FieldView, ...]
    steps: Markup


def feedback_html(exam: Exam, paper: Paper, result: Result) -> str:
    """Return one student's feedback as one web page that needs nothing beside it."""
    look = Look("screen", language(exam.language))
    questions = tuple(
        _question(number, problem, marks, look.quoting(problem.spec.language))
        for number, (problem, marks) in enumerate(zip(paper.problems, result.items, strict=True), start=1)
    )
    total = say("{{ points }} of {{ of }} points", points=_points(result.points), of=_points(result.of))
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


def _question(number: int, problem: Problem, result: ItemResult, look: Look) -> FeedbackView:
    kind = registry.get(problem.spec.type)
    score = say("{{ points }} of {{ of }} points", points=_points(result.points), of=_points(result.of))
    steps = tuple(kind.work(problem.case))
    return FeedbackView(
        number=number,
        title=in_language(look.quoted, problem.spec.title, look),
        score=said(score, look),
        prompt=prompt(problem, look),
        findings=tuple(said(each, look) for each in _explained(result.explanation)),
        fields=tuple(
            _field(field, problem, mark, look)
            for field, mark in zip(problem.fields, result.marks, strict=True)
        ),
        steps=fragment(document(steps, look.translate), look),
    )


def _field(field: Field, problem: Problem, mark: Mark, look: Look) -> FieldView:
    sign, word = _WORDS[mark.verdict]
    return FieldView(
        label=answer_label(field, look),
        key=written_key(field, problem.key[field.name], look, _KEY),
        key_word=said(say("A good answer") if field.kind == "text" else say("Right answer"), look),
        key_shown=mark.verdict is not Verdict.RIGHT or mark.against == "own",
        verdict=mark.verdict.lower(),
        sign=sign,
        word=said(word, look),
        read=_read(field, mark, look),
        notes=tuple(said(note, look) for note in _notes(field, mark, look)),
    )


def _read(field: Field, mark: Mark, look: Look) -> Markup:
    """Show what was understood; the cells that are not right are marked."""
    if mark.read is None:
        return Markup('<q class="raw">{}</q>').format(printable(mark.raw)) if mark.raw.strip() else Markup()
    if field.kind == "text":
        return Markup('<div class="entry">{}</div>').format(printable(str(mark.read)))
    if field.kind == "choice":
        word = option_word(field, str(mark.read), look.language)
        return Markup('<span class="box">{}</span>').format(word)
    if field.kind == "record":
        return Markup('<span class="box">{}</span>').format(_written_record(field, mark, look.language))
    if field.kind == "expression":
        read = expressions((str(mark.read),), look)
        return Markup('<span class="box">{}</span>').format(read)
    if field.kind != "tensor":
        return Markup('<span class="box">{}</span>').format(_written(mark.read, mark.raw, look.language))
    marked = frozenset(
        (row, column)
        for row, verdicts in enumerate(mark.cells)
        for column, verdict in enumerate(verdicts)
        if verdict is not Verdict.RIGHT
    )
    rows = tuple(
        tuple(None if cell is None else _number(cell, mark.raw, look.language) for cell in row)
        for row in cast(Rows, mark.read)
    )
    return drawing(Grid(rows, marked=marked), look, SHOWN)


def _written_record(field: Field, mark: Mark, language: Language) -> str:
    """Write the parts of a record, each with the sign of its verdict."""
    (verdicts,) = mark.cells
    read = zip(field.parts, cast(tuple[Any, ...], mark.read), verdicts, strict=True)
    told = (
        (
            plain_label(part.label, language),
            "" if value is None else _written(value, mark.raw, language),
            _WORDS[verdict][0],
        )
        for part, value, verdict in read
    )
    return ", ".join(" ".join(filter(None, words)) for words in told)


def _written(value: Any, raw: str, language: Language) -> str:
    if value is None:
        return ""
    parts = value if isinstance(value, tuple) else (value,)
    if all(isinstance(part, str) for part in parts):
        return ", ".join(parts) or NONE
    return " × ".join(part if isinstance(part, str) else _number(part, raw, language) for part in parts)


def _number(number: Number, raw: str, language: Language) -> str:
    """Write a number that was typed: as decimals where it was not typed as a fraction."""
    decimals = "/" not in raw and Fraction(10**MOST_DECIMALS * number).denominator == 1
    text = latex.decimal(number) if decimals else str(number)
    return language.number(text.replace("-", "−"))


def _notes(field: Field, mark: Mark, look: Look) -> Iterator[Message]:
    right = sum(verdict is Verdict.RIGHT for row in mark.cells for verdict in row)
    count = sum(map(len, mark.cells))
    if mark.cells and mark.verdict is not Verdict.RIGHT:
        yield (
            say("{{ right }} of {{ count }} cells are right.", right=right, count=count)
            if field.kind == "tensor"
            else say("{{ right }} of {{ count }} parts are right.", right=right, count=count)
        )
    if mark.reason:
        reason = plain(sentence(mark.reason, look.translate), look.language)
        yield say("{{ reason }}.", reason=reason[:1].upper() + reason[1:].rstrip("."))
    if mark.uncarried:
        yield mark.uncarried
    if mark.against == "own":
        yield say(
            "What follows from your own earlier result counts here: an earlier error costs points once."
        )


def _explained(explanation: Explanation) -> Iterator[Message]:
    if explanation.finding is not None:
        yield from explanation.finding.sentences
        yield explanation.finding.evidence
    if explanation.credit:
        yield say(
            "This way of thinking earns {{ share }}% of the points of these answers.",
            share=Decimals(Fraction(decimal(100 * explanation.credit))),
        )


def _points(points: Fraction) -> Decimals:
    """Return points as they are written: with at most two decimals."""
    return Decimals(Fraction(decimal(points)))
