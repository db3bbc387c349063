"""A feedback page: each answer as it was read, what is right, and what a wrong one points at.

How much of that it tells is a level, `Release`; see `told`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

from markupsafe import Markup

from ...generator.document import Message, listed, say
from ...generator.frozen import frozen
from ...generator.language import language
from ...generator.papers import Exam, Paper, Problem
from ...generator.policy import Marking, Release
from ...generator.render.environment import page_template
from ...generator.render.html import fragment, in_language, said
from ...generator.render.look import Look
from ...generator.render.prompt import prompt
from ...generator.render.stylesheet import feedback_css
from ...generator.text import document
from ..model import Finding, Result
from .answer_views import FieldView, field_view
from .points import in_decimals, points_of
from .signs import Sign, legend, sign_of_question
from .told import State, ToldItem, tells, told_item

if TYPE_CHECKING:
    from jinja2 import Template

MOST_NAMED = 3
"""Answers that the heading of a finding names."""

_LATER = {
    Release.RECEIPT: say(
        "This page says how your answers were read. What is right, and the points, follow later."
    ),
    Release.MARKS: say(
        "This page says how your answers were read, and their points. What is right follows later."
    ),
    Release.DIAGNOSIS: say("The right answers follow later."),
}
_CARRIED = say("What follows from your own earlier result counts: an earlier error costs points once.")


@frozen
class TableView:
    """Answers in rows and columns: the headings of the columns, and of each row its fields."""

    columns: tuple[Markup, ...]
    rows: tuple[tuple[Markup, tuple[FieldView | None, ...]], ...]

    @property
    def noted(self) -> Iterator[tuple[Markup, FieldView]]:
        """The answers about which there is more to say, each with the headings of its place."""
        for row, fields in self.rows:
            for column, field in zip(self.columns, fields, strict=True):
                if field and (field.notes or field.typed):
                    yield Markup("{}, {}").format(row, column), field


@frozen
class FindingView:
    """What wrong answers point at: which answers, sentences, what speaks for it, what it earns."""

    about: Markup
    sentences: tuple[Markup, ...]
    evidence: Markup
    earned: Markup


@frozen
class BlockView:
    """A part of a question's answers, of which one is given."""

    kind: Literal["field", "table", "finding"]
    field: FieldView | None = None
    table: TableView | None = None
    finding: FindingView | None = None


@frozen
class QuestionView:
    """One question.

    Attributes
    ----------
    sign, points
        What became of it and what it earned; None and nothing where that is not told.
    reading
        How many of its answers were read, where nothing else is told.
    override
        Why a person set the points.
    remarks
        What was changed after the exam.
    carried
        What it means that answers follow from the student's own earlier ones, where some do.
    """

    number: int
    title: Markup
    sign: Sign | None
    points: Markup
    reading: Markup
    prompt: Markup
    override: Markup
    remarks: tuple[Markup, ...]
    carried: Markup
    blocks: tuple[BlockView, ...]
    steps: Markup


Asked: TypeAlias = tuple[Problem, ToldItem]


def load_template() -> Template:
    """Return the template of feedback pages."""
    return page_template("feedback.html.j2")


def feedback_html(exam: Exam, paper: Paper, result: Result, release: Release | None = None) -> str:
    """Return one student's feedback as one web page that needs nothing beside it.

    Parameters
    ----------
    exam, paper, result
        What was asked, and how it was marked.
    release
        What the page tells; without it, as the exam says.
    """
    level = exam.release if release is None else release
    look = Look("screen", language(exam.language))
    asked: list[Asked] = [
        (problem, told_item(problem, marked, level, look.language))
        for problem, marked in zip(paper.problems, result.items, strict=True)
    ]
    marks = tells(level, Release.MARKS)
    return load_template().render(
        exam=exam,
        code=paper.code,
        student=paper.student.name or result.student,
        facts=tuple(said(fact, look) for fact in _facts(result)) if marks else (),
        waiting=marks and bool(result.waiting),
        later=said(_LATER[level], look) if level in _LATER else Markup(),
        problems=tuple(said(problem, look) for problem in result.problems),
        questions=tuple(
            _question(number, problem, told, result.marking, look.quoting(problem.spec.language))
            for number, (problem, told) in enumerate(asked, start=1)
        ),
        legend=legend((state for _, told in asked for state in _states(told)), look),
        style=Markup(feedback_css()),  # noqa: S704 - files of ours
        _=look.translate,
    )


def _facts(result: Result) -> Iterator[Message]:
    """Yield points and grade; what waits may change them."""
    yield say("{{ points }} of {{ of }} points", points=in_decimals(result.points), of=in_decimals(result.of))
    if result.grade is not None:
        grade = in_decimals(result.grade)
        yield (
            say("grade {{ grade }} for now", grade=grade)
            if result.waiting
            else say("grade {{ grade }}", grade=grade)
        )
    if result.passed:
        yield say("passed")
    elif result.passed is not None and not result.waiting:
        yield say("not passed")


def _states(told: ToldItem) -> Iterator[State]:
    yield from told.states
    if told.state is not None:
        yield told.state


def _question(number: int, problem: Problem, told: ToldItem, marking: Marking, look: Look) -> QuestionView:
    return QuestionView(
        number=number,
        title=in_language(look.quoted, problem.spec.title, look),
        sign=None if told.state is None else sign_of_question(told.state, look),
        points=points_of(*told.points, look) if told.points else Markup(),
        reading=Markup() if told.points else said(_reading(told), look),
        prompt=prompt(problem, look),
        override=said(say("A person set the points: {{ reason }}", reason=told.override), look)
        if told.override
        else Markup(),
        remarks=tuple(said(remark, look) for remark in told.remarks),
        carried=said(carried_note(marking), look) if State.CARRIED in told.states else Markup(),
        blocks=tuple(_blocks(problem, told, look)),
        steps=fragment(document(told.steps, look.translate), look),
    )


def carried_note(marking: Marking) -> Message:
    """Say what it means that an answer is right from the student's own earlier result."""
    price = marking.carry_forward.penalty if marking.carry_forward else 0
    if not price:
        return _CARRIED
    return say(
        "What follows from your own earlier result counts, less {{ share }} of what it earns that way.",
        share=price,
    )


def _reading(told: ToldItem) -> Message:
    """Say how many answers were read."""
    states = [answer.state for answer in told.answers]
    counted = (
        (say("{{ count }} read", count=states.count(State.READ)), State.READ),
        (say("{{ count }} left blank", count=states.count(State.BLANK)), State.BLANK),
        (say("{{ count }} could not be read", count=states.count(State.UNREADABLE)), State.UNREADABLE),
    )
    return listed([words for words, state in counted if state in states])


def _blocks(problem: Problem, told: ToldItem, look: Look) -> Iterator[BlockView]:
    """Yield the answers in their order, with a finding behind the last answer that it explains."""
    fields = [field_view(answer, problem.case.conventions, look) for answer in told.answers]
    names = [answer.field.name for answer in told.answers]
    fields_by_name = dict(zip(names, fields, strict=True))
    explained = set(told.finding.fields) if told.finding else set()
    for is_table, run in groupby(zip(names, fields, strict=True), lambda named: named[1].plain):
        group = list(run)
        if is_table:
            yield BlockView("table", table=_table(field for _, field in group))
        for name, field in group:
            if not is_table:
                yield BlockView("field", field=field)
            if told.finding and explained == {name}:
                yield BlockView("finding", finding=_finding(told.finding, told.credit, fields_by_name, look))
            explained.discard(name)


def _table(fields: Iterable[FieldView]) -> TableView:
    """Sort answers into rows and columns, in the order in which their headings come up."""
    places = {field.at: field for field in fields if field.at is not None}
    rows, columns = (tuple(dict.fromkeys(at[axis] for at in places)) for axis in (0, 1))
    return TableView(
        columns, tuple((row, tuple(places.get((row, column)) for column in columns)) for row in rows)
    )


def _finding(finding: Finding, credit: Fraction, fields: Mapping[str, FieldView], look: Look) -> FindingView:
    few = len(fields) > 1 and len(finding.fields) <= MOST_NAMED
    labels = [fields[name].name for name in finding.fields] if few else []
    earned = say(
        "This way of thinking earns {{ share }}% of the points of these answers.",
        share=in_decimals(100 * credit),
    )
    return FindingView(
        about=Markup(", ").join(labels),
        sentences=tuple(said(each, look) for each in finding.sentences),
        evidence=said(finding.evidence, look),
        earned=said(earned, look) if credit else Markup(),
    )
