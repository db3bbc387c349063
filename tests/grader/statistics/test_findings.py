"""Misconceptions, outcomes, and what needs a look."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from convexam.grader.statistics.attention import Reason
from convexam.grader.statistics.findings import findings_of
from convexam.grader.statistics.outcomes import outcomes_of
from convexam.grader.statistics.sheet import sheet_of
from convexam.grader.statistics.whole_class import statistics_of

from .made import asked, record, sheet


def test_shares_of_those_who_answered_and_of_those_who_had_it() -> None:
    records = [
        record("s1", {"a": 0, "b": 0}, found={"a": ["extra_flip"], "b": ["extra_flip", "bias_forgotten"]}),
        record("s2", {"a": 4, "b": 0}, found={"b": ["product_left_out"]}),
        record("s3", {"a": "BLANK", "b": 4}),
        record("s4", {"a": "BLANK", "b": "BLANK"}),
    ]
    found = {each.name: each for each in findings_of(sheet_of(records, {"P": asked("a", "b")}))}
    flip = found["extra_flip"]
    assert (flip.shown.had, flip.shown.answered, flip.shown.count) == (4, 3, 1)
    assert [(q.item, s.had, s.answered, s.count) for q, s in flip.questions] == [
        ("a", 4, 2, 1),
        ("b", 4, 3, 1),
    ]
    assert flip.sentence.startswith("You turned the kernel")
    assert found["product_left_out"].sentence == ""
    assert found["bias_forgotten"].shown.share == Fraction(1, 3)


def test_misconceptions_of_entries_are_told_apart_by_their_sentences() -> None:
    papers = {
        "1": asked("a", sentences={"own": "You added."}),
        "2": asked("a", sentences={"own": "You forgot."}),
    }
    records = [record(f"s{paper}", {"a": 0}, paper=paper, found={"a": ["own"]}) for paper in "12"]
    assert {each.sentence: each.shown.count for each in findings_of(sheet_of(records, papers))} == {
        "You added.": 1,
        "You forgot.": 1,
    }


def test_a_question_counts_for_each_of_its_outcomes() -> None:
    outcomes = {"a": ("filter", "pool"), "b": ("pool",), "words": ("explain",)}
    columns: dict[str, list[Any]] = {"a": [4, 2], "b": [0, "UNREADABLE"], "words": ["UNMARKED", "BLANK"]}
    found = {each.outcome: each for each in outcomes_of(sheet(columns, outcomes=outcomes))}
    assert (found["filter"].share, found["filter"].students) == (Fraction(6, 8), 2)
    assert found["pool"].share == Fraction(6, 12)
    assert [question.item for question in found["pool"].questions] == ["a", "b"]


TEN = [4, 4, 3, 4, 2, 1, 0, 0, 1, 0]


@pytest.mark.parametrize(
    ("column", "reasons"),
    [
        pytest.param(TEN, [], id="sound"),
        pytest.param([4 - score for score in TEN], [Reason.NEGATIVE], id="against the rest"),
        pytest.param([1, 1, 0, 0, 0, 0, 0, 0, 0, 0], [Reason.HARD], id="hard"),
        pytest.param([4, 4, 4, 4, 4, 4, 4, 4, 4, 3], [Reason.EASY], id="easy"),
        pytest.param([4, 4, 4, 3, 3, 1, 0, *["BLANK"] * 3], [Reason.BLANK], id="blank"),
        pytest.param(["UNMARKED"] * 10, [], id="waits"),
    ],
)
def test_what_needs_a_look(column: list[Any], reasons: list[Reason]) -> None:
    found = statistics_of(sheet({"x": column, "a": TEN, "b": TEN}), {})
    assert [each.reason for each in found.concerns if each.question.question.item == "x"] == reasons


@pytest.mark.parametrize(("count", "told"), [(2, False), (3, True)])
def test_a_widespread_misconception(count: int, told: bool) -> None:
    records = [
        record(f"s{n}", {"a": score}, found={"a": ["extra_flip"] if n < count else []})
        for n, score in enumerate(TEN)
    ]
    concerns = statistics_of(sheet_of(records, {"P": asked("a")}), {}).concerns
    assert (Reason.WIDESPREAD in {each.reason for each in concerns}) is told


@pytest.mark.parametrize("count", range(3))
def test_of_hardly_anybody_nothing_stands_out(count: int) -> None:
    found = statistics_of(sheet({"a": [0] * count, "b": [4] * count}), {})
    assert found.concerns == ()
    assert found.whole.correlation is None
    assert all(each.discrimination is None for each in found.questions)


@pytest.mark.parametrize(
    ("column", "firm"),
    [([4 - score for score in TEN], True), ([1, 2, 1, 2, 2, 1, 2, 1, 2, 2], False)],
)
def test_a_correlation_that_chance_explains_is_not_firm(column: list[int], firm: bool) -> None:
    found = statistics_of(sheet({"x": column, "y": TEN}), {}).concerns
    (concern,) = [each for each in found if each.question.question.item == "x"]
    assert (concern.reason, concern.firm) == (Reason.NEGATIVE, firm)
