"""A submission marked under rules, one after the other.

Rules change what a question is marked by before it is marked, and whether its marks count afterwards. What
people said belongs to answers and questions as they stand on the paper, and survives every rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import TypeAlias

from ...generator.papers import Paper, Problem
from ..intake.answers import Submission
from ..marking.compare import agreeing
from ..marking.mark import mark_paper, mark_problem
from ..marking.settle import settled_item
from ..marking.terms import USUAL, Terms
from ..model import ItemResult, Result, Verdict
from ..records.people import Said
from .rule import Ruling
from .standing import Standing, applied, as_drawn
from .told import remarks_of

Marked: TypeAlias = Callable[[int, Standing], ItemResult]
NOBODY = Said()
MOST_NAMES = 3
"""More than any finding has."""


def ruled(
    paper: Paper,
    submission: Submission,
    student: str,
    terms: Terms = USUAL,
    rulings: Sequence[Ruling] = (),
    said: Said = NOBODY,
) -> Result:
    """Mark a submission under the rules that hold, and settle it with what people said.

    Parameters
    ----------
    paper, submission, student, terms
        As `mark_paper` takes them; the paper as it was drawn.
    rulings
        The rules, in the order in which they were made.
    said
        What people said about the student.
    """
    return settled_under(mark_paper(paper, submission, student, terms), paper, terms, rulings, said)


def settled_under(
    result: Result, paper: Paper, terms: Terms, rulings: Sequence[Ruling], said: Said = NOBODY
) -> Result:
    """Settle what `mark_paper` made of a submission, under rules."""

    @cache  # a standing is marked once, however often it is compared
    def marked(place: int, standing: Standing) -> ItemResult:
        item = result.items[place]
        return _settled(standing, _marked(standing, item, terms), result, said)

    standings = tuple(map(as_drawn, paper.problems))
    for ruling in rulings:
        after = tuple(
            applied(ruling, each, terms.language) if ruling.rule.concerns(paper.code, each.drawn) else each
            for each in standings
        )
        if ruling.rule.never_lower:
            after = _never_lower(ruling, standings, after, result, marked)
        standings = after
    return replace(result, items=_items(standings, marked))


def _items(standings: Iterable[Standing], marked: Marked) -> tuple[ItemResult, ...]:
    return tuple(marked(place, standing) for place, standing in enumerate(standings))


def _marked(standing: Standing, item: ItemResult, terms: Terms) -> ItemResult:
    """Mark the answers to a question as it stands; of all that is accepted, the best counts."""
    if not standing.rulings or not _is_marked_anew(standing):
        return item
    best: ItemResult | None = None
    for problem in standing.marked_by:
        found = replace(mark_problem(problem, item.answers, terms), marked_by=problem)
        if best is None or _worth(problem, found) > _worth(problem, best):
            best = found
        if best.points == best.of:
            break
    return best or item


def _is_marked_anew(standing: Standing) -> bool:
    return not all(ruling.rule.drop or ruling.rule.full_marks for ruling in standing.rulings)


def _worth(problem: Problem, item: ItemResult) -> tuple[Fraction, Fraction, int, int]:
    """Compare by points, by what is right, by how much of it the key says, by how few names explain it."""
    finding = item.explanation.finding
    credit = sum((mark.credit for mark in item.marks), Fraction())
    agreed = sum(
        agreeing(field, mark.read, mark.key) for field, mark in zip(problem.fields, item.marks, strict=True)
    )
    return item.points, credit, agreed, -len(finding.names) if finding else -MOST_NAMES


def _settled(standing: Standing, item: ItemResult, result: Result, said: Said) -> ItemResult:
    """Put in what people said, and then what rules say of the whole question.

    Points that a person set for a question stay under full marks for all; if it is dropped, nothing counts.
    """
    remarks = tuple(remarks_of(standing))
    item = replace(settled_item(standing.drawn, item, result, said), remarks=remarks)
    if standing.counts == "dropped":
        return replace(item, points=Fraction(), of=Fraction(), counts=False)
    blank = all(mark.verdict is Verdict.BLANK for mark in item.marks)
    if standing.counts == "marks" or (standing.counts == "answered" and blank):
        return item
    return replace(item, points=item.points if item.override else item.of, counts=False)


def _never_lower(
    ruling: Ruling,
    before: tuple[Standing, ...],
    after: tuple[Standing, ...],
    result: Result,
    marked: Marked,
) -> tuple[Standing, ...]:
    """Let a rule hold where the student loses by it neither at the question nor in all.

    What is compared are shares of the full marks: so a question that is dropped or worth less lowers nobody
    who has a larger share of the rest.
    """
    kept = tuple(
        new if new is old or not _loses(marked(place, old), marked(place, new)) else _keeping(old, ruling)
        for place, (old, new) in enumerate(zip(before, after, strict=True))
    )
    had, has = (replace(result, items=_items(each, marked)) for each in (before, kept))
    if _share(has.points, has.of) >= _share(had.points, had.of):
        return kept
    return tuple(old if new is old else _keeping(old, ruling) for old, new in zip(before, after, strict=True))


def _keeping(standing: Standing, ruling: Ruling) -> Standing:
    return replace(standing, kept=(*standing.kept, ruling))


def _loses(before: ItemResult, after: ItemResult) -> bool:
    """Say whether a question earns a smaller share; of one that is dropped only the paper can tell."""
    return bool(after.of) and _share(after.points, after.of) < _share(before.points, before.of)


def _share(points: Fraction, of: Fraction) -> Fraction:
    return points / of if of else Fraction()
