"""The tree that all formats are written from: marked blank by blank, it gives the marks of the grader."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from convexam.generator.export.as_marked import as_marked
from convexam.generator.export.item import Blank, Item, item_of
from convexam.generator.model import Value

from .sheets import BANK, drawn, every_kind, filled, fits, known_to, points, same, shares_a_blank, sheets


def marked(item: Item, answers: Mapping[str, Value | None]) -> Fraction:
    """Mark each blank by itself, as a platform does."""
    return item.points * sum(blank.share * _share(blank, answers[blank.name]) for blank in item.blanks)


def _share(blank: Blank, answer: Value | None) -> Fraction:
    if answer is None:
        return Fraction()
    if isinstance(answer, tuple):
        chosen, right = set(answer or ("none",)), set(blank.right)
        return max(Fraction(), Fraction(len(chosen & right) - len(chosen - right), len(right)))
    if any(same(answer, right, blank.tolerance) for right in blank.right):
        return Fraction(1)
    known = known_to(blank, answer)
    return known.share if known else Fraction()


@pytest.mark.parametrize("pays_mistakes", [True, False])
@pytest.mark.parametrize("entry", every_kind())
def test_blanks_are_paid_as_the_grader_pays(entry: str, *, pays_mistakes: bool) -> None:
    problem = as_marked(drawn(entry, 0), pays_mistakes=pays_mistakes)
    item = item_of(problem, "CODE", "en")
    if item.by_hand:
        assert item.model
        assert not item.parts
        return
    assert sum(blank.share for blank in item.blanks) == 1
    for sheet in sheets(problem):
        if not fits(problem, sheet):
            continue
        answers = filled(problem, sheet)
        paid, due = marked(item, answers), points(problem, sheet)
        assert paid == due or (paid > due and shares_a_blank(item, answers)), sheet


@pytest.mark.sweep
def test_mistakes_that_earn_something_nearly_always_earn_that_and_no_more() -> None:
    told = [
        marked(item_of(problem, "CODE", "en"), filled(problem, sheet)) == points(problem, sheet)
        for problem in (as_marked(drawn(entry, 1)) for entry in sorted(BANK.specs))
        if not item_of(problem, "CODE", "en").by_hand
        for sheet in sheets(problem)
        if sheet.name in problem.spec.misconceptions and fits(problem, sheet)
    ]
    assert len(told) > 600
    assert told.count(False) < len(told) / 50
