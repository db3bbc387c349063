"""One submission against one paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...generator import registry
from ...generator.language import ENGLISH, Language
from ...generator.model import Field
from ...generator.papers import Paper, Problem
from ...generator.render.options import in_words_of
from ..intake.answers import Submission
from ..model import ItemResult, Mark, Result, Verdict
from .belonging import place
from .carry import carried
from .compare import mark_field
from .explain import explain

_WRONG = (Verdict.WRONG, Verdict.PARTIAL)


def mark_paper(paper: Paper, submission: Submission, student: str, language: Language = ENGLISH) -> Result:
    """Mark a whole submission; what a paper asks and a sound file lacks is blank.

    Parameters
    ----------
    paper, submission, student
        What was asked, what was handed in, and by whom.
    language
        That of the paper: what it prints for an option is read as well.
    """
    asked = {problem.item: registry.get(problem.spec.type).ask(problem.case) for problem in paper.problems}
    placed, problems = place(asked, submission)
    results = tuple(mark_problem(problem, placed[problem.item], language) for problem in paper.problems)
    return Result(student, paper.code, results, (*submission.problems, *problems), submission.sha256)


def mark_problem(problem: Problem, answers: Mapping[str, object], language: Language = ENGLISH) -> ItemResult:
    """Mark the fields of one problem, carry errors forward, explain what is wrong, add the points up."""
    kind = registry.get(problem.spec.type)
    fields = tuple(in_words_of(field, language) for field in kind.ask(problem.case))
    marks = [mark_field(field, problem.key[field.name], answers.get(field.name)) for field in fields]
    if any(mark.verdict in _WRONG for mark in marks):
        marks = carried(problem, fields, marks, answers)
        marks = _explained(problem, fields, marks)
    total = sum(field.weight for field in fields)
    earned = sum(field.weight * mark.credit for field, mark in zip(fields, marks, strict=True))
    return ItemResult(problem.item, problem.points * earned / total, problem.points, tuple(marks))


def _explained(problem: Problem, fields: tuple[Field, ...], marks: list[Mark]) -> list[Mark]:
    """Add the finding, and the credit that the entry gives for it, to the marks that are not right."""
    read = {mark.field: answer for mark in marks if (answer := mark.complete) is not None}
    finding = explain(problem, fields, read)
    if finding is None:
        return marks
    return [
        replace(mark, findings=(finding,), credit=max(mark.credit, finding.credit))
        if mark.verdict in _WRONG and mark.field in read
        else mark
        for mark in marks
    ]
