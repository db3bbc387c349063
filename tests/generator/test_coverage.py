"""What an exam tests of a curriculum: in every paper, in some, or not at all; and about how long it takes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from convexam.generator import curriculum
from convexam.generator.bank import Bank
from convexam.generator.coverage import Coverage, Share, coverage
from convexam.generator.errors import DataError
from convexam.generator.minutes import minutes, minutes_of_entry, minutes_of_exam
from convexam.generator.model import Conventions, Effort

from .conftest import Desk, entry

COURSE = """\
format: convexam-curriculum/1
title: A course
outcomes:
  filter: Filter an image
  count: Count weights
topics:
  - id: maps
    title: Maps
    covers:
      E1: A first map
      E2: A second map
  - id: weights
    title: Weights
    covers: {E3: Weights}
"""


def course(folder: Path, text: str = COURSE) -> curriculum.Curriculum:
    file = folder / "course.yaml"
    file.write_text(text, encoding="utf-8")
    return curriculum.load(file)


def known(desk: Desk) -> Bank:
    return desk.bank(
        entry("map/a").replace("difficulty", "outcomes: [filter]\n  covers: [E1]\n  difficulty"),
        entry("map/b", tags="x").replace("difficulty", "covers: [E2, E9]\n  difficulty"),
        entry("map/c", tags="x"),
    )


def found(desk: Desk, *items: str) -> Coverage:
    bank = known(desk)
    return coverage(desk.exam(bank, *items), bank, course(desk.folder))


def share(shares: tuple[Share, ...], name: str) -> Share:
    (wanted,) = (one for one in shares if one.name == name)
    return wanted


def test_an_item_tests_what_its_entry_names(desk: Desk) -> None:
    tested = found(desk, "id: q, use: map/a, points: 3")
    assert share(tested.outcomes, "filter").surely == ("q",)
    assert share(tested.outcomes, "filter").points == 3
    maps = share(tested.topics, "maps")
    assert (maps.covered, maps.left_out) == (("E1",), ("E2",))


def test_what_is_left_out_is_said(desk: Desk) -> None:
    tested = found(desk, "id: q, use: map/a")
    assert [one.name for one in tested.outcomes if one.is_left_out] == ["count"]
    assert [one.name for one in tested.topics if one.is_left_out] == ["weights"]


def test_a_pick_tests_it_in_some_papers(desk: Desk) -> None:
    maps = share(found(desk, "id: q, pick: 1, tags: [x]").topics, "maps")
    assert (maps.perhaps, maps.points) == (("q",), Fraction(0))
    assert not maps.surely
    assert maps.covered == ("E2",)


def test_a_pick_that_cannot_miss_it_tests_it_in_every_paper(desk: Desk) -> None:
    maps = share(found(desk, "id: q, pick: 2, tags: [x], points: 5").topics, "maps")
    assert (maps.surely, maps.points) == (("q",), Fraction(5))
    assert not maps.perhaps


def test_names_that_the_curriculum_does_not_know(desk: Desk) -> None:
    assert found(desk, "id: q, pick: 1, tags: [x]").unknown == ("E9",)


def test_an_exercise_has_one_topic(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"course.yaml:14:\d+: .*E2 stands under 'maps' already"):
        course(tmp_path, COURSE.replace("{E3: Weights}", "{E2: Weights}"))


@pytest.mark.parametrize(
    ("effort", "pace", "difficulty", "seconds"),
    [
        (Effort(), 5, 1, 60),
        (Effort(products=12), 5, 1, 120),
        (Effort(products=12, negatives=10), 5, 1, 140),
        (Effort(products=12), 5, 2, 150),
        (Effort(products=3), 20, 3, 180),
    ],
)
def test_minutes(effort: Effort, pace: int, difficulty: int, seconds: int) -> None:
    assert minutes(effort, pace, difficulty) == Fraction(seconds, 60)


def test_minutes_of_an_exam_are_those_of_its_items(desk: Desk) -> None:
    bank = known(desk)
    one, *two = (minutes_of_entry(bank[name], bank, Conventions()) for name in ("map/a", "map/b", "map/c"))
    exam = desk.exam(bank, "id: p, use: map/a", "id: q, pick: 1, tags: [x]")
    assert minutes_of_exam(exam, bank) == one + sum(two) / 2
