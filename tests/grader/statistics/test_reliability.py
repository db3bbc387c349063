"""Cronbach's alpha against values worked by hand and a second formula."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from statistics import covariance

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from convexam.grader.statistics.reliability import cronbach, reliability_of
from convexam.grader.statistics.sheet import sheet_of

from .made import asked, record, sheet

points = st.lists(st.lists(st.integers(0, 4), min_size=10, max_size=10), min_size=2, max_size=6)
TEN = [4, 4, 3, 4, 2, 1, 0, 0, 1, 0]


def test_by_hand() -> None:
    # variances 1 and 1, of the sum (2, 4, 6 less their mean): 4; 2 / 1 * (1 - 2 / 4) = 1
    assert cronbach([[Fraction(1), Fraction(2), Fraction(3)]] * 2) == 1
    # variances 1 and 1, of the sum (3, 3, 6): 3; 2 * (1 - 2 / 3)
    columns = [[Fraction(1), Fraction(2), Fraction(3)], [Fraction(2), Fraction(1), Fraction(3)]]
    assert cronbach(columns) == Fraction(2, 3)


@given(st.lists(st.integers(0, 9), min_size=3), st.integers(2, 5))
def test_identical_questions_have_alpha_1(column: list[int], count: int) -> None:
    assume(len(set(column)) > 1)
    assert cronbach([list(map(Fraction, column))] * count) == 1


@given(points)
def test_by_covariances(columns: list[list[int]]) -> None:
    exact = [list(map(Fraction, column)) for column in columns]
    found, count = cronbach(exact), len(columns)
    total = [sum(row) for row in zip(*columns, strict=True)]
    if len(set(total)) == 1:
        assert found is None
        return
    shared = 2 * sum(covariance(one, other) for one, other in combinations(columns, 2))
    assert found is not None
    assert float(found) == pytest.approx(count / (count - 1) * shared / covariance(total, total), abs=1e-9)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"a": TEN[:9], "b": TEN[:9]}, "fewer than 10 students handed in"),
        ({"a": TEN}, "it takes two questions that everybody had"),
        ({"a": [1] * 10, "b": [2] * 10}, "everybody has the same total"),
        ({}, "fewer than 10 students handed in"),
    ],
)
def test_where_it_is_undefined(columns: dict[str, list[int]], reason: str) -> None:
    found = reliability_of(sheet(columns))
    assert (found.alpha, found.error, found.reason) == (None, None, reason)


def test_only_questions_that_everybody_had() -> None:
    papers = {"1": asked("a", "b", "c"), "2": asked("a", "b", "d")}
    records = [
        record(f"s{number}", {"a": score, "b": score, "cd"[number % 2]: 4}, paper="12"[number % 2])
        for number, score in enumerate(TEN)
    ]
    found = reliability_of(sheet_of(records, papers))
    assert [question.item for question in found.used] == ["a", "b"]
    assert [question.item for question in found.left_out] == ["c", "d"]
    assert found.alpha == 1
    assert found.error == 0


def test_what_nobody_has_marked_is_left_out() -> None:
    found = reliability_of(sheet({"a": TEN, "b": TEN, "words": ["UNMARKED"] * 10}))
    assert [question.item for question in found.left_out] == ["words"]


def test_questions_against_each_other_have_an_alpha_below_0_and_no_error() -> None:
    found = reliability_of(sheet({"a": TEN, "b": [4 - score for score in TEN[:9]] + [0]}))
    assert found.alpha is not None
    assert found.alpha < 0
    assert found.error is None
