"""The tree that all formats are written from: marked blank by blank, it gives the marks of the grader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

import pytest
from _pytest.mark import ParameterSet

from convexam.generator import bank
from convexam.generator.compose import draw_problem
from convexam.generator.export.as_marked import as_marked
from convexam.generator.export.item import Blank, Item, item_of
from convexam.generator.export.known_mistakes import Wrong
from convexam.generator.model import Value
from convexam.generator.number import Number
from convexam.generator.papers import Problem
from convexam.generator.streams import Stream, derive

from .sheets import filled, fits, points, sheets

BANK = bank.load(bank.shipped_files())
FIRST = 2  # entries of each kind, by default


def drawn(entry: str, number: int) -> Problem:
    stream = Stream(derive(b"lms", [entry, str(number)]))
    return draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry])


def marked(item: Item, answers: Mapping[str, Value | None]) -> Fraction:
    """Mark each blank by itself, as a platform does."""
    return item.points * sum(blank.share * _share(blank, answers[blank.name]) for blank in item.blanks)


def _share(blank: Blank, answer: Value | None) -> Fraction:
    if answer is None:
        return Fraction()
    if isinstance(answer, tuple):
        chosen, right = set(answer or ("none",)), set(blank.right)
        return max(Fraction(), Fraction(len(chosen & right) - len(chosen - right), len(right)))
    if any(_same(answer, right, blank.tolerance) for right in blank.right):
        return Fraction(1)
    known = _known(blank, answer)
    return known.share if known else Fraction()


def _known(blank: Blank, answer: Value) -> Wrong | None:
    return next((each for each in blank.wrong if _same(answer, each.answer, each.tolerance)), None)


def _same(answer: Value, known: Number | str, tolerance: Fraction) -> bool:
    if isinstance(answer, (str, tuple)) or isinstance(known, str):
        return answer == known
    return abs(Fraction(answer) - known) <= tolerance


def shares_a_blank(item: Item, answers: Mapping[str, Value | None]) -> bool:
    """Say whether two known mistakes fill some blank in like this: then a platform cannot tell them apart."""
    return any(
        known.sentence is None
        for blank in item.blanks
        if (answer := answers[blank.name]) is not None and (known := _known(blank, answer))
    )


def every_kind_and_in_the_sweep_all() -> list[ParameterSet]:
    """Return the first entries of each kind, and all others for the sweep."""
    seen = Counter[str]()
    chosen = []
    for entry in sorted(BANK.specs):
        kind = BANK[entry].type
        seen[kind] += 1
        chosen.append(pytest.param(entry, marks=[] if seen[kind] <= FIRST else pytest.mark.sweep))
    return chosen


@pytest.mark.parametrize("pays_mistakes", [True, False])
@pytest.mark.parametrize("entry", every_kind_and_in_the_sweep_all())
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
