"""What a platform makes of our packages is what the grader gives: right, wrong, mistaken and blank.

Each package is read by a reader that knows the platform's rules and nothing of us.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import pytest

from convexam.generator.export.as_marked import as_marked
from convexam.generator.export.canvas.package import canvas_package
from convexam.generator.export.canvas.questions import ident_of
from convexam.generator.export.item import Blank, Item, item_of
from convexam.generator.export.moodle import moodle_xml
from convexam.generator.model import Value
from convexam.generator.papers import Exam

from .readers import canvas, moodle
from .sheets import drawn, every_kind, filled, fits, points, shares_a_blank, sheets

EXAM = Exam("demo", "A title with / and <b>")

Typed: TypeAlias = "str | Sequence[str] | None"
Marking: TypeAlias = Callable[[Mapping[str, Typed]], Fraction | float]
"""From what is filled into each blank, by its name, to points."""


def by_moodle(item: Item) -> Marking:
    (question,) = moodle.read(moodle_xml(EXAM, [[item]]))
    return lambda typed: item.points * question.mark([typed[blank.name] for blank in item.blanks])


def by_canvas(item: Item) -> Marking:
    quiz = canvas.read(canvas_package(EXAM, [[item]]))
    asked = {each.identifier: each for each in quiz.items}

    def mark(typed: Mapping[str, Typed]) -> Fraction:
        questions = [(asked[ident_of(item.name, blank.name)], typed[blank.name]) for blank in item.blanks]
        return sum((each.points * each.mark([answer]) for each, answer in questions), Fraction())

    return mark


PLATFORMS: dict[str, tuple[bool, Callable[[Item], Marking]]] = {
    "canvas": (False, by_canvas),
    "moodle": (True, by_moodle),
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


@pytest.mark.parametrize("entry", every_kind())
@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_platform_marks_as_the_grader_does(platform: str, entry: str) -> None:
    pays_mistakes, marking = PLATFORMS[platform]
    problem = as_marked(drawn(entry, 0), pays_mistakes=pays_mistakes)
    item = item_of(problem, "CODE", "en")
    if item.by_hand:
        return
    mark = marking(item)
    for sheet in sheets(problem):
        if not fits(problem, sheet):
            continue
        answers = filled(problem, sheet)
        paid = mark({blank.name: typed(blank, answers[blank.name]) for blank in item.blanks})
        due = points(problem, sheet)
        assert paid == pytest.approx(due, abs=1e-5) or (paid > due and shares_a_blank(item, answers)), sheet
