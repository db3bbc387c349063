"""Versions are dealt evenly, and nobody who has one moves."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convexam.generator.class_list import ClassList
from convexam.generator.dealing import joined
from convexam.generator.errors import DataError
from convexam.generator.papers import Student


def roster(*names: str, **versions: str) -> ClassList:
    return ClassList(tuple(map(Student, names)), versions)


def test_in_turn() -> None:
    dealt = joined(ClassList(), roster("a", "b", "c", "d", "e"), "r.csv", "ABC")
    assert dealt.versions == {"a": "A", "b": "B", "c": "C", "d": "A", "e": "B"}


def test_the_roster_decides_and_the_others_even_it_out() -> None:
    dealt = joined(ClassList(), roster("a", "b", "c", "d", b="A", c="A"), "r.csv", "AB")
    assert dealt.versions == {"a": "B", "b": "A", "c": "A", "d": "B"}


def test_who_joins_late_gets_what_fewest_have() -> None:
    before = joined(ClassList(), roster("a", "b", "c", a="A", c="A"), "r.csv", "ABC")
    assert joined(before, roster("z", "c", "b", "a"), "r.csv", "ABC").versions["z"] == "C"


@given(st.lists(st.lists(st.integers(0, 40), unique=True), max_size=6), st.integers(2, 26))
def test_nobody_moves_and_versions_stay_even(rosters: list[list[int]], count: int) -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:count]
    classes = [ClassList()]
    for numbers in rosters:
        classes.append(joined(classes[-1], roster(*(f"s{n}" for n in numbers)), "r.csv", letters))
    for before, after in pairwise(classes):
        assert before.versions.items() <= after.versions.items()
        assert after.students[: len(before.students)] == before.students
    held = Counter(dict.fromkeys(letters, 0) | Counter(classes[-1].versions.values()))
    assert max(held.values()) - min(held.values()) <= 1


def test_what_a_later_roster_knows_is_added() -> None:
    known = ClassList((Student("a", "Ada", "", {"canvas": "1"}),))
    later = ClassList((Student("a", "", "a@x", {"moodle": "2"}),))
    (student,) = joined(known, later, "r.csv", "").students
    assert student == Student("a", "Ada", "a@x", {"canvas": "1", "moodle": "2"})


@pytest.mark.parametrize(
    ("later", "message"),
    [
        (ClassList((Student("A"),)), "r.csv: student: 'A' and 'a' differ only by case"),
        (ClassList((Student("b", email="X@y"),)), "r.csv: email: 'x@y' stands at two students: a and b"),
        (roster("a", a="B"), "r.csv: version: a was dealt version A, not B"),
    ],
)
def test_who_cannot_be_told_apart_or_would_move(later: ClassList, message: str) -> None:
    known = ClassList((Student("a", email="x@y"),), {"a": "A"})
    with pytest.raises(DataError, match=message):
        joined(known, later, "r.csv", "AB")


def test_somebody_is_moved_on_purpose() -> None:
    known = roster("a", a="A")
    assert joined(known, roster("a", a="B"), "r.csv", "AB", move=True).versions == {"a": "B"}
