"""What a platform makes of our packages is what the grader gives: right, wrong, mistaken and blank.

Each package is read by a reader that knows the platform's rules and nothing of us.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import pytest

from convexam.generator.export.as_marked import as_marked
from convexam.generator.export.canvas.questions import ident_of
from convexam.generator.export.item import Blank, Item
from convexam.generator.export.item_of import item_of
from convexam.generator.export.qti.version import V21
from convexam.generator.export.variant import Part, Variant
from convexam.generator.model import Value
from convexam.generator.papers import Exam
from convexam.generator.policy import Release

from ..exported import canvas_package, moodle_xml, qti_package
from .readers import canvas, moodle, qti21
from .sheets import BANK, drawn, every_kind, filled, fits, known_to, points, same, shares_a_blank, sheets

EXAM = Exam("demo", "A title with / and <b>")

NEAR = 1e-5
"""Of points: platforms add up decimals."""

TOO_LONG = 10**12
"""Beyond, Moodle compares numbers as floats of 14 digits, and holds neighbours for the same."""

Typed: TypeAlias = "str | Sequence[str] | None"
Answers: TypeAlias = "Mapping[str, Value | None]"
Marking: TypeAlias = Callable[[Answers], Fraction | float]
"""From what is filled into each blank, by its name, to points."""


def by_blanks(item: Item) -> Marking:
    """Mark each blank by itself: the tree that all formats are written from, without any format."""
    return lambda answers: (
        item.points * sum(blank.share * _share(blank, answers[blank.name]) for blank in item.blanks)
    )


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


def by_moodle(item: Item) -> Marking:
    (question,) = moodle.read(moodle_xml(EXAM, [[item]]))
    return lambda answers: (
        item.points * question.mark([typed(blank, answers[blank.name]) for blank in item.blanks])
    )


def by_canvas(item: Item) -> Marking:
    quiz = canvas.read(canvas_package(EXAM, [[item]]))
    asked = {each.identifier: each for each in quiz.items}

    def mark(answers: Answers) -> Fraction:
        questions = [(asked[ident_of(item.name, blank.name)], blank) for blank in item.blanks]
        return sum(
            (each.points * each.mark([typed(blank, answers[blank.name])]) for each, blank in questions),
            Fraction(),
        )

    return mark


def by_qti(item: Item) -> Marking:
    paper = Variant("CODE", (Part("All", (item,)),))
    (question,) = qti21.read_package(qti_package(EXAM, [paper], Release.EVERYTHING, V21)).items

    def mark(answers: Answers) -> float:
        score = question.process(
            {
                asked.identifier: _chosen(asked, typed(blank, answers[blank.name]))
                for asked, blank in zip(question.interactions, item.blanks, strict=True)
            }
        )["SCORE"]
        assert isinstance(score, float)
        return score

    return mark


def _chosen(asked: qti21.Interaction, answer: Typed) -> Typed:
    """Return the identifiers of what is chosen by its words."""
    if not asked.choices or answer is None:
        return answer
    known = {choice.text: choice.identifier for choice in asked.choices}
    return known[answer] if isinstance(answer, str) else [known[each] for each in answer]


PLATFORMS: Mapping[str, tuple[bool, Callable[[Item], Marking]]] = {
    "canvas": (False, by_canvas),
    "moodle": (True, by_moodle),
    "qti": (True, by_qti),
}
"""Whether it pays for mistakes, and what it makes of an item."""


def typed(blank: Blank, answer: Value | None) -> Typed:
    """Return what a student types, chooses or ticks."""
    words = dict(blank.options)
    if answer is None:
        return None
    if isinstance(answer, tuple):
        return [words[str(name)] for name in answer or ("none",)]
    if isinstance(answer, str):
        return words[answer]
    return f"{float(answer):.9f}".rstrip("0").rstrip(".")


def _is_too_long(item: Item) -> bool:
    return any(isinstance(each, int) and each > TOO_LONG for blank in item.blanks for each in blank.right)


@pytest.mark.parametrize("pays_mistakes", [True, False])
@pytest.mark.parametrize("entry", every_kind())
def test_platforms_mark_as_the_grader_does(entry: str, *, pays_mistakes: bool) -> None:
    problem = as_marked(drawn(entry, 0), pays_mistakes=pays_mistakes)
    item = item_of(problem, "CODE", "en")
    if item.by_hand:
        assert item.model
        assert not item.parts
        return
    assert sum(blank.share for blank in item.blanks) == 1
    in_blanks = by_blanks(item)
    markings = {
        name: marking(item)
        for name, (pays, marking) in PLATFORMS.items()
        if pays == pays_mistakes and not (name == "moodle" and _is_too_long(item))
    }
    for sheet in sheets(problem):
        if not fits(problem, sheet):
            continue
        answers, due = filled(problem, sheet), points(problem, sheet)
        told = in_blanks(answers)
        assert told == due or (told > due and shares_a_blank(item, answers)), sheet
        for platform, mark in markings.items():
            assert mark(answers) == pytest.approx(told, abs=NEAR), (platform, sheet)


@pytest.mark.sweep
def test_mistakes_that_earn_something_nearly_always_earn_that_and_no_more() -> None:
    told = [
        by_blanks(item_of(problem, "CODE", "en"))(filled(problem, sheet)) == points(problem, sheet)
        for problem in (as_marked(drawn(entry, 1)) for entry in sorted(BANK.specs))
        if not item_of(problem, "CODE", "en").by_hand
        for sheet in sheets(problem)
        if sheet.name in problem.spec.misconceptions and fits(problem, sheet)
    ]
    assert len(told) > 600
    assert told.count(False) < len(told) / 50
