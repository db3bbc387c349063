"""What is written of a score, and when a maximum does not go with it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from convexam.generator.errors import DataError, Place
from convexam.grader.gradebooks.worth import Score, Worth, number_of, scores_of, worth_of
from convexam.grader.reports.marks_csv import decimal

PLACE = Place("f.csv", 2, 1)
THIRD = Score(Fraction(10, 3), Fraction(10), grade=Fraction(15, 2))


@pytest.mark.parametrize(
    ("worth", "most", "expected"),
    [
        (Worth.POINTS, 10, Fraction(10, 3)),
        (Worth.POINTS, None, Fraction(10, 3)),
        (Worth.SCALED, 100, Fraction(100, 3)),
        (Worth.SCALED, 10, Fraction(10, 3)),
        (Worth.GRADE, 10, Fraction(15, 2)),
        (Worth.GRADE, None, Fraction(15, 2)),
    ],
)
def test_worth(worth: Worth, most: int | None, expected: Fraction) -> None:
    assert worth_of(THIRD, None if most is None else Fraction(most), worth, PLACE) == expected


@pytest.mark.parametrize(
    ("score", "worth", "most", "told"),
    [
        (THIRD, Worth.POINTS, 100, "maximum is 100 and full marks of the exam are 10: .* --scale$"),
        (Score(Fraction(), Fraction()), Worth.SCALED, 100, "full marks of the exam are 0"),
        (THIRD, Worth.SCALED, None, "names no maximum"),
        (THIRD, Worth.SCALED, 0, "maximum is 0"),
        (THIRD, Worth.POINTS, 0, "maximum is 0: set it there to 10"),
        (THIRD, Worth.GRADE, 5, "grades from 0 to 5; a grade is 7.5"),
        (Score(Fraction(), Fraction(1), grade=Fraction(-1)), Worth.GRADE, None, "a grade is -1"),
        (Score(Fraction(), Fraction(1)), Worth.GRADE, 5, "no grades"),
    ],
)
def test_a_maximum_that_does_not_go_with_it(score: Score, worth: Worth, most: int | None, told: str) -> None:
    with pytest.raises(DataError, match=f"^f.csv:2:1: .*{told}"):
        worth_of(score, None if most is None else Fraction(most), worth, PLACE)


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (Fraction(10, 3), 5, "3.33333"),
        (Fraction(20, 3), 5, "6.66667"),
        (Fraction(1, 200000), 5, "0.00001"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(12), 5, "12"),
        (Fraction(0), 2, "0"),
    ],
)
def test_rounding_is_exact_and_away_from_zero(number: Fraction, places: int, text: str) -> None:
    assert decimal(number, places) == text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("100.00", 100),
        ("7,5", Fraction(15, 2)),
        ("16", 16),
        ("", None),
        ("EX", None),
        ("1e3", None),
        ("-1", None),
    ],
)
def test_numbers_of_platforms(text: str, number: Fraction | None) -> None:
    assert number_of(text) == number


def test_scores_of_records() -> None:
    record = {"student": "a", "points": "7/2", "of": "14", "grade": None, "waiting": 1}
    scores = scores_of([record, {**record, "student": "b", "grade": "6"}], {"b", "c"})
    assert scores["a"] == Score(Fraction(7, 2), Fraction(14), None, 1)
    assert scores["b"].grade == 6
    assert [student for student in scores if scores[student].is_stale] == ["b", "c"]
