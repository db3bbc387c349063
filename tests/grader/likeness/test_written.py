"""Answers as cells: equal numbers are written alike, and maps are compared cell by cell."""

from __future__ import annotations

from typing import Any

import pytest

from convexam.grader.likeness.written import written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0.50", "1/2"),
        (12, "12"),
        ([3, 4], ["3", "4"]),
        ([["-4", "2/4"]], [["-4", "0.5"]]),
        (["convolution", "3"], ["convolution", 3]),
    ],
)
def test_equal_answers_are_written_alike(one: Any, other: Any) -> None:
    assert written(one) == written(other)


@pytest.mark.parametrize(
    "answer", ["1e999999999", "nan", "9" * 5000, [], [[]], [["1"], ["2", "3"]], [["1"], "2"]]
)
def test_whatever_a_record_holds_can_be_compared(answer: Any) -> None:
    assert not written(answer).is_map
    assert written(answer) == written(answer)


def test_cells_that_were_not_read_are_not_alike() -> None:
    one, other = written([["1", None], ["3", "4"]]), written([["1", None], ["3", "5"]])
    assert one.like(other) == (0, 2)
    assert one.unlike(other) == {1, 3}
    assert written([["1", "2", "3", "4"]]).like(one) == ()


@pytest.mark.parametrize(
    ("rows", "counted"),
    [
        ([["1", "2"], ["3", "4"]], True),
        ([["0", "0"], ["0", "0"]], True),
        ([["6", "4"], ["2", "0"]], True),
        ([["1", "2"], ["3", "5"]], False),
    ],
)
def test_counting_is_recognised(rows: Any, counted: bool) -> None:
    assert written(rows).is_sequence is counted
