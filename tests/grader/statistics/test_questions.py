"""How questions did, against values worked by hand."""

from __future__ import annotations

from fractions import Fraction
from statistics import correlation
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convexam.grader.statistics.questions import QuestionStatistics, question_statistics, upper_lower
from convexam.grader.statistics.sheet import Sheet, sheet_of

from .made import asked, record, sheet

TEN = [4, 4, 4, 4, 4, 0, 0, 0, 0, 0]


def of(found: Sheet, item: str) -> QuestionStatistics:
    return next(each for each in question_statistics(found) if each.question.item == item)


def test_counts_and_facility() -> None:
    found = of(sheet({"a": [4, 2, 0, "BLANK"], "b": [4, 4, 4, 4]}), "a")
    assert (found.had, found.marked, found.omitted, found.full) == (4, 4, 1, 1)
    assert found.facility == Fraction(6, 16)


def test_what_waits_is_not_judged() -> None:
    found = of(sheet({"a": [4, 2, "UNREADABLE"], "b": [4, 4, 4]}), "a")
    assert (found.had, found.marked, found.waiting) == (3, 2, 1)
    assert found.facility == Fraction(3, 4)


def test_blanks_alone_say_nothing_of_a_question_that_mostly_waits() -> None:
    found = of(sheet({"a": ["UNMARKED", "BLANK", "BLANK"], "b": [4, 4, 4]}), "a")
    assert found.facility is None
    assert found.omitted == 2


def test_a_question_worth_nothing_has_no_facility() -> None:
    one = record("s", {"a": 0, "b": 4})
    one["items"][0]["of"] = "0"
    assert of(sheet_of([one], {"P": asked("a", "b")}), "a").facility is None


@pytest.mark.parametrize(("cells", "gaps"), [([["RIGHT", "BLANK"]], 1), ([["RIGHT", "WRONG"]], 0)])
def test_gaps_are_blank_cells_of_what_is_not_blank(cells: list[list[str]], gaps: int) -> None:
    one = record("s", {"a": 2})
    one["items"][0]["fields"][0]["cells"] = cells
    assert of(sheet_of([one], {"P": asked("a")}), "a").gaps == gaps


def test_discrimination_leaves_the_question_itself_out() -> None:
    columns = {"a": TEN, "b": [4, 3, 4, 1, 2, 2, 0, 1, 3, 0], "c": [4, 4, 2, 1, 1, 0, 0, 3, 1, 0]}
    rest = [b + c for b, c in zip(columns["b"], columns["c"], strict=True)]
    assert of(sheet(columns), "a").discrimination == pytest.approx(correlation(TEN, rest))


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"a": TEN[:9], "b": TEN[:9]}, id="nine students"),
        pytest.param({"a": TEN, "b": [2] * 10}, id="the rest does not vary"),
        pytest.param({"a": TEN}, id="no rest"),
        pytest.param({"a": [3] * 10, "b": TEN}, id="no variance"),
    ],
)
def test_discrimination_is_not_always_told(columns: dict[str, list[int]]) -> None:
    assert of(sheet(columns), "a").discrimination is None


def test_upper_and_lower_by_hand() -> None:
    # of ten students 2.7 are 27 %: the upper ones earn 1, 1 and 0.7 * 1/2, the lower ones 0, 0 and 0.7 * 1
    shares = [
        Fraction(1),
        Fraction(1),
        Fraction(1, 2),
        *[Fraction()] * 4,
        Fraction(1),
        Fraction(),
        Fraction(),
    ]
    pairs = [(Fraction(10 - place), share) for place, share in enumerate(shares)]
    assert upper_lower(pairs) == (Fraction("2.35") - Fraction("0.7")) / Fraction("2.7")


@given(st.permutations(range(12)))
def test_no_order_decides_who_is_level(order: list[int]) -> None:
    pairs = [(Fraction(5), Fraction(number % 3, 2)) for number in range(12)]
    assert upper_lower([pairs[place] for place in order]) == 0


def test_the_entries_of_a_pick_are_told_apart() -> None:
    one, two = record("s1", {"p.1": 4, "p.2": 0}, paper="1"), record("s2", {"p.1": 2, "p.2": 3}, paper="2")
    papers = {
        "1": asked("p.1", "p.2", entries={"p.1": "x", "p.2": "y"}),
        "2": asked("p.1", "p.2", entries={"p.1": "y", "p.2": "z"}),
    }
    found = {each.question.name: each for each in question_statistics(sheet_of([one, two], papers))}
    assert {name: each.had for name, each in found.items()} == {"p x": 1, "p y": 2, "p z": 1}
    assert found["p y"].facility == Fraction(1, 4)


classes = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from([0, 1, 4, "BLANK", "UNREADABLE"]), st.integers(0, 4)),
    max_size=25,
)


@given(classes, st.randoms(use_true_random=False))
def test_the_order_of_the_class_changes_nothing(rows: list[tuple[Any, ...]], random: Any) -> None:
    records = [record(f"s{number}", dict(zip("abc", row, strict=True))) for number, row in enumerate(rows)]
    papers = {"P": asked("a", "b", "c")}
    before = question_statistics(sheet_of(records, papers))
    random.shuffle(records)
    assert question_statistics(sheet_of(records, papers)) == before
    for question in before:
        assert question.facility is None or 0 <= question.facility <= 1
        assert question.discrimination is None or -1 <= question.discrimination <= 1
        assert question.upper_lower is None or -1 <= question.upper_lower <= 1


def test_what_a_rule_decides_says_nothing_of_the_question() -> None:
    one = record("s", {"a": 4, "b": 2})
    one["items"][0]["counts"] = False
    assert of(sheet_of([one], {"P": asked("a", "b")}), "a").facility is None


def test_of_those_who_were_forgotten_nothing_waits() -> None:
    one = record("forgotten-1", {"a": "UNMARKED", "b": 2}) | {"waiting": 0}
    found = of(sheet_of([one], {"P": asked("a", "b")}), "a")
    assert (found.waiting, found.marked, found.facility) == (0, 0, None)
