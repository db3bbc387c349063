"""What counts: what the machine made of a submission, and what people said about it.

A person's mark takes the place of the machine's, and the points of the question follow in the same way from
both. What builds on that answer is not marked anew, and what explains other answers stays. Points that a
person set for a whole question stand in the place of all that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ...generator import registry
from ...generator.model import Field
from ...generator.papers import Paper, Problem
from ...generator.reading.schema import canonical_json, dump
from ...generator.values import encode
from ..model import ItemResult, Mark, Result, Verdict
from ..records.people import Answered, Judgement, Said
from .compare import typed
from .mark import points_of

MOST_READ = 4096
"""Characters of an answer that a person is shown; the file has the rest."""

CUT = " ..."


def settled(result: Result, paper: Paper, said: Said) -> Result:
    """Return what counts.

    Parameters
    ----------
    result
        What the machine made of a submission.
    paper
        What was asked.
    said
        What people said about this student, whatever was handed in then.
    """
    items = (
        settled_item(problem, item, result, said)
        for problem, item in zip(paper.problems, result.items, strict=True)
    )
    return replace(result, items=tuple(items))


def settled_item(problem: Problem, item: ItemResult, result: Result, said: Said) -> ItemResult:
    """Return what counts of a question.

    A person's mark is a share of what the answer was worth on the paper, `problem`; the question pays that
    share of what it is worth now.
    """
    override = said.overrides.get((result.paper, item.item))
    marks = tuple(_judged(problem, item, result, said))
    if override is not None and override.points is not None:
        points = min(override.points, item.of)  # the exam may have been changed since
        return replace(item, marks=marks, points=points, override=override.reason)
    if marks == item.marks:
        return item
    return replace(item, marks=marks, points=points_of(item.marked_by or problem, marks, result.marking))


def _judged(problem: Problem, item: ItemResult, result: Result, said: Said) -> Iterator[Mark]:
    for field, mark in zip(problem.fields, item.marks, strict=True):
        judgement = None
        if said.judgements:
            judgement = said.judgements.get(answered(result, problem, field, item.answers.get(field.name)))
        if judgement is None or judgement.points is None:
            yield mark
        else:
            yield _by_hand(mark, judgement, judgement.points / field_points(problem, field))


def _by_hand(mark: Mark, judgement: Judgement, credit: Fraction) -> Mark:
    verdict = Verdict.RIGHT if credit == 1 else Verdict.PARTIAL if credit else Verdict.WRONG
    return mark._replace(
        verdict=verdict,
        credit=credit,
        reason=None,
        cells=(),
        against="human",
        remark=judgement.remark,
    )


def answered(result: Result, problem: Problem, field: Field, raw: object) -> Answered:
    """Say which answer to which question this is.

    The question is what was drawn, what is right and what that is worth; the answer is its text, without
    spaces around it. An answer that was lost with its file is known by the file.
    """
    asked = [
        problem.spec.type,
        dump(problem.case.given, registry.get(problem.spec.type).given),
        [encode(field, value) for value in problem.key[field.name]],
        str(field_points(problem, field)),
    ]
    text = "\n".join(typed(raw).strip().splitlines()) or result.submission_sha256
    digest = hashlib.sha256(canonical_json([asked, text])).hexdigest()
    return Answered(result.student, result.paper, problem.item, field.name, digest)


def field_points(problem: Problem, field: Field) -> Fraction:
    """Return what an answer is worth."""
    weights = sum(each.weight for each in problem.fields)
    return problem.points * field.weight / weights


def whole_text(raw: object) -> str:
    """Write an answer as one would type it, as far as a person is shown it."""
    text = typed(raw)
    return text if len(text) <= MOST_READ else text[:MOST_READ] + CUT
