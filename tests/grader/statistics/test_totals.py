"""How totals are distributed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convexam.grader.statistics.sheet import sheet_of
from convexam.grader.statistics.totals import FEW_BINS, MOST_BINS, bins, round_width, totals_of

from .made import asked, record, sheet


def test_nobody() -> None:
    assert totals_of(()) is None


def test_one_student() -> None:
    found = totals_of(sheet({"a": [3]}).rows)
    assert found is not None
    assert {found.mean, found.median, found.least, found.most} == {Fraction(3)}
    assert found.deviation is None
    assert found.of == 4


def test_a_few() -> None:
    found = totals_of(sheet({"a": [4, 0, 2, "UNREADABLE"]}).rows, Fraction(1, 2))
    assert found is not None
    assert (found.mean, found.median, found.provisional) == (Fraction(3, 2), Fraction(1), 1)
    assert [(each.low, each.count, each.failing) for each in found.bins if each.count] == [
        (0, 2, 2),
        (2, 1, 0),
        (Fraction(7, 2), 1, 0),
    ]


def test_papers_of_different_worth_are_compared_in_per_cent() -> None:
    papers = {"1": asked("a"), "2": asked("a", "b")}
    records = [record("s1", {"a": 4}, paper="1"), record("s2", {"a": 4, "b": 0}, paper="2")]
    found = totals_of(sheet_of(records, papers).rows)
    assert found is not None
    assert found.of is None
    assert (found.full, found.mean) == (Fraction(100), Fraction(75))


def test_who_passes() -> None:
    scores: tuple[dict[str, Any], ...] = {"a": 4}, {"a": 2}, {"a": "UNMARKED"}
    said = ({"grade": "10", "passed": True}, {"grade": "4", "passed": False}, {"grade": "1", "passed": False})
    records = [
        record(f"s{n}", score, **more) for n, (score, more) in enumerate(zip(scores, said, strict=True))
    ]
    found = totals_of(sheet_of(records, {"P": asked("a")}).rows)
    assert found is not None
    assert (found.passed, found.undecided, found.grade) == (1, 1, Fraction(5))


@pytest.mark.parametrize(
    ("least", "width"),
    [("1", "1"), ("1.1", "2"), ("2.5", "5"), ("5.1", "10"), ("0.3", "0.5"), ("0.02", "0.02"), ("101", "200")],
)
def test_widths_are_round(least: str, width: str) -> None:
    assert round_width(Fraction(least)) == Fraction(width)


@given(st.fractions(Fraction(1, 10), 500, max_denominator=12), st.data())
def test_everybody_is_in_one_bin(full: Fraction, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.fractions(0, full, max_denominator=12), max_size=150))
    found = bins(values, full)
    assert sum(each.count for each in found) == len(values)
    assert (found[0].low, found[-1].high) == (Fraction(), full)
    assert len(found) <= (MOST_BINS if len(values) > 100 else FEW_BINS)
    for each in found:
        last = each.high == full
        inside = [each.low <= value < each.high or (last and value == full) for value in values]
        assert sum(inside) == each.count
