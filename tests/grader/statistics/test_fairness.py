"""Effort against facility, and versions compared."""

from __future__ import annotations

from fractions import Fraction

import pytest

from convexam.generator.model import Effort
from convexam.grader.statistics.fairness import Fair, effort_fit, versions_compared, versions_of, whole_paper
from convexam.grader.statistics.sheet import sheet_of

from .made import asked, record, sheet


def fit(*pairs: tuple[int, int]) -> tuple[Fair, float | None]:
    found = effort_fit(None, [(Effort(effort), Fraction(share, 40)) for effort, share in pairs])
    return found.verdict, found.correlation


FALLING = [(number, 40 - number) for number in range(20)]


@pytest.mark.parametrize(
    ("pairs", "verdict"),
    [
        pytest.param([], Fair.FEW, id="nobody"),
        pytest.param([(5, 1)], Fair.SAME, id="one student"),
        pytest.param([(5, 1), (5, 40)] * 10, Fair.SAME, id="the same effort"),
        pytest.param(FALLING[:9], Fair.FEW, id="nine students"),
        pytest.param(FALLING, Fair.HARDER, id="falling"),
        pytest.param([(-effort, share) for effort, share in FALLING], Fair.EASIER, id="rising"),
        pytest.param([(effort, 40) for effort, _ in FALLING], Fair.NO_SIGN, id="everybody the same"),
        pytest.param([(1, 1), (1, 40), (2, 1), (2, 40)] * 5, Fair.NO_SIGN, id="no connection"),
    ],
)
def test_what_is_said(pairs: list[tuple[int, int]], verdict: Fair) -> None:
    assert fit(*pairs)[0] is verdict


def test_halves() -> None:
    found = effort_fit(None, [(Effort(effort), Fraction(share, 40)) for effort, share in FALLING])
    assert (found.light, found.heavy) == (Fraction(71, 80), Fraction(51, 80))


def test_neither_half_is_empty_where_most_have_the_most() -> None:
    found = effort_fit(None, [(Effort(1), Fraction(1))] * 2 + [(Effort(3), Fraction(1, 2))] * 9)
    assert (found.light, found.heavy) == (Fraction(1), Fraction(1, 2))


def test_effort_is_counted_in_what_varies() -> None:
    same_products = [(Effort(7, negatives=3, digits=number % 2), Fraction(1)) for number in range(12)]
    assert effort_fit(None, same_products).measure == "digits"


def test_the_whole_paper_adds_up() -> None:
    efforts = {"a": Effort(2, 1, 1), "b": Effort(3, 1, 2)}
    assert whole_paper(sheet({"a": [4], "b": [2]}, efforts=efforts)).points == ((5, Fraction(3, 4)),)


def versions(scores: dict[str, list[int]]) -> Fair:
    records = [
        record(f"{letter}{number:02}", {"a": score})
        for letter, column in scores.items()
        for number, score in enumerate(column)
    ]
    dealt = {each["student"]: each["student"][0] for each in records}
    return versions_compared(versions_of(sheet_of(records, {"P": asked("a")}), dealt))


@pytest.mark.parametrize(
    ("scores", "verdict"),
    [
        ({"A": [0, 1] * 10, "B": [3, 4] * 10}, Fair.DIFFER),
        ({"A": [0, 1] * 10, "B": [1, 1] * 10, "C": [3, 4] * 10}, Fair.DIFFER),
        ({"A": [0, 4] * 10, "B": [1, 4] * 10}, Fair.NO_SIGN),
        ({"A": [4] * 10, "B": [4] * 10}, Fair.NO_SIGN),
        ({"A": [0, 1] * 10, "B": [4] * 9}, Fair.FEW),
        ({"A": [0, 1] * 10}, Fair.FEW),
        ({}, Fair.FEW),
    ],
)
def test_versions(scores: dict[str, list[int]], verdict: Fair) -> None:
    assert versions(scores) is verdict
