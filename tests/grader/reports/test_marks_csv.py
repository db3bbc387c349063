"""The table of marks, byte by byte."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from convexam.grader.reports.marks_csv import (
    Record,
    decimal,
    grade_columns,
    item_names,
    item_points,
    marks_csv,
)


def record(student: str = "ada", points: str = "7/2", waiting: int = 0, **items: str) -> dict[str, Any]:
    return {
        "student": student,
        "paper": "P1",
        "points": points,
        "of": "10",
        "waiting": waiting,
        "items": [{"id": name, "points": share} for name, share in items.items()],
    }


def test_the_table() -> None:
    table = marks_csv(
        [
            record("ada", "10/3", q1="4/3", q2="2"),
            record('bo "b", jr', "0", 2, q2="0", q3="1/8"),
        ]
    )
    assert table == (
        b"\xef\xbb\xbfstudent,paper,points,of,waiting,q1,q2,q3\r\n"
        b"ada,P1,3.33,10,0,1.33,2,\r\n"
        b'"bo ""b"", jr",P1,0,10,2,,0,0.13\r\n'
    )


def test_names_are_utf8() -> None:
    assert "Zoë".encode() in marks_csv([record("Zoë")])


@pytest.mark.parametrize(
    ("student", "cell"),
    [
        ("ada", "ada"),
        ("=1+1", "'=1+1"),
        ("+1+1", "'+1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-1+1", "'-1+1"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("=", "'="),
        ("+", "'+"),
        ("-", "'-"),
        ("+31612345678", "+31612345678"),
        ("-7", "-7"),
        ("-7.5", "-7.5"),
        ("+7.", "'+7."),
        ("-7\n+1", "'-7\n+1"),
        ("1+1", "1+1"),
        ("a=1", "a=1"),
        ("'=1", "'=1"),
    ],
    ids=repr,
)
def test_no_cell_is_run_as_a_formula(student: str, cell: str) -> None:
    text = marks_csv([record(student)]).decode("utf-8-sig")
    written = list(csv.reader(io.StringIO(text, newline="")))
    assert written[1][0] == cell


@pytest.mark.parametrize(
    ("points", "text"),
    [
        ("4", "4"),
        ("0", "0"),
        ("7/2", "3.5"),
        ("4/3", "1.33"),
        ("5/3", "1.67"),
        ("1/8", "0.13"),
        ("-1/8", "-0.13"),
        ("1/1000", "0"),
        ("-1/1000", "0"),
        ("-1/2", "-0.5"),
        ("100", "100"),
        ("10/1", "10"),
        ("1/20", "0.05"),
        ("199/200", "1"),
        (Fraction(5, 4), "1.25"),
    ],
    ids=str,
)
def test_decimals(points: str | Fraction, text: str) -> None:
    assert decimal(points) == text


def test_questions_stand_in_the_order_of_the_papers() -> None:
    records = [record(b="1", a="2"), record(a="1", c="1/3")]
    assert item_names(records) == ["b", "a", "c"]
    assert item_points(records[1], ["b", "a", "c"]) == ["", "1", "0.33"]


def test_grades_have_columns_where_the_exam_has_grades() -> None:
    """Who does not pass yet may pass once what waits is marked."""
    table = marks_csv(
        [
            {**record("ada", "7", q="7"), "grade": "15/2", "passed": True},
            {**record("bo", "2", q="2"), "grade": "3", "passed": False},
            {**record("cy", "2", 1, q="2"), "grade": "3", "passed": False},
            {**record("di", "7", 1, q="7"), "grade": "15/2", "passed": True},
        ]
    )
    assert table.decode("utf-8-sig").splitlines() == [
        "student,paper,points,of,waiting,grade,passed,q",
        "ada,P1,7,10,0,7.5,yes,7",
        "bo,P1,2,10,0,3,no,2",
        "cy,P1,2,10,1,3,open,2",
        "di,P1,7,10,1,7.5,yes,7",
    ]


def test_an_exam_may_have_grades_that_nobody_passes() -> None:
    assert grade_columns([{**record(), "grade": "70", "passed": None}]) == ["grade"]
    assert grade_columns([record()]) == []


class Counted(list[Record]):
    """Records that count how often somebody goes through them."""

    passes = 0

    def __iter__(self) -> Iterator[Record]:
        self.passes += 1
        return super().__iter__()


def test_a_large_class_is_gone_through_no_more_often_than_a_small_one() -> None:
    small, large = (Counted(record(f"s{number}", q="1") for number in range(count)) for count in (3, 30))
    marks_csv(small)
    marks_csv(large)
    assert large.passes == small.passes
