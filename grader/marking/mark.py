"""One submission against one paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ...generator.model import Field
from ...generator.papers import Paper, Problem
from ...generator.policy import Marking
from ..explaining.explain import explain
from ..intake.answers import Submission
from ..model import Explanation, ItemResult, Mark, Result, Verdict
from .belonging import place
from .carry import carried
from .compare import FULL, mark_field
from .points import question_points
from .terms import USUAL, Terms

NOTHING = Explanation()
_WRONG = frozenset({Verdict.WRONG, Verdict.PARTIAL})


def mark_paper(paper: Paper, submission: Submission, student: str, terms: Terms = USUAL) -> Result:
    """Mark a whole submission; what a paper asks and a sound file lacks is blank.

    Parameters
    ----------
    paper, submission, student
        What was asked, what was handed in, and by whom.
    terms
        What the exam agrees on.
    """
    asked = paper.problems
    placed, problems = place({problem.item: problem.fields for problem in asked}, submission)
    results = tuple([mark_problem(problem, placed[problem.item], terms) for problem in asked])
    odd = (*submission.problems, *problems)
    return Result(student, paper.code, results, odd, submission.sha256, terms.marking)


def mark_problem(problem: Problem, answers: Mapping[str, object], terms: Terms = USUAL) -> ItemResult:
    """Mark the fields of one problem, carry errors forward, explain what is wrong, add the points up."""
    fields, explanation = problem.fields, NOTHING
    marks = [
        mark_field(
            field,
            problem.key[field.name],
            answers.get(field.name),
            problem.credit,
            language=terms.language,
        )
        for field in fields
    ]
    if not _WRONG.isdisjoint([mark.verdict for mark in marks]):
        marks = carried(problem, fields, marks, answers, terms)
        explanation = _explanation(problem, fields, marks)
        marks = [_paid(mark, explanation) for mark in marks]
    points = points_of(problem, marks, terms.marking)
    return ItemResult(problem.item, points, problem.points, tuple(marks), explanation, answers=answers)


def points_of(problem: Problem, marks: Sequence[Mark], marking: Marking) -> Fraction:
    """Return the points that the marks of a problem make."""
    if [mark.credit for mark in marks].count(FULL) == len(marks):
        return problem.points
    shares = [(field.weight, mark.credit) for field, mark in zip(problem.fields, marks, strict=True)]
    return question_points(shares, problem.points, problem.credit, marking)


def _explanation(problem: Problem, fields: tuple[Field, ...], marks: list[Mark]) -> Explanation:
    """Explain what is wrong, as far as it was read."""
    answers = {mark.field: answer for mark in marks if (answer := mark.complete) is not None}
    own = {
        mark.field: answers[mark.field]
        for mark in marks
        if mark.against == "own" and mark.verdict is Verdict.RIGHT and mark.field in answers
    }
    gaps = {mark.field: mark.read for mark in marks if mark.cells and mark.complete is None}
    return explain(problem, fields, answers, own, gaps)


def _paid(mark: Mark, explanation: Explanation) -> Mark:
    """Pay a wrong answer what bank and exam give for its mistake, if anything, where that is more."""
    if mark.verdict not in _WRONG or mark.field not in explanation.fields or not explanation.credit:
        return mark
    return mark._replace(credit=max(mark.credit, explanation.credit))
