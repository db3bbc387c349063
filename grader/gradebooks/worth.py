"""What a gradebook is to hold of a student: points, points of another maximum, or the grade."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Any, NoReturn

from ...generator.errors import DataError, Fault, Place
from ...generator.frozen import frozen
from ..reports.marks_csv import decimal

_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,10})?")


class Worth(StrEnum):
    """What is written: points as they are, converted to the platform's maximum, or grades."""

    POINTS = "points"
    SCALED = "scaled"
    GRADE = "grade"


@frozen
class Score:
    """What counts for a student.

    Attributes
    ----------
    points, of
        What was earned, and what are full marks.
    grade
        Where the exam has grades.
    waiting
        How many answers wait for a person.
    is_stale
        Whether something was said, ruled or handed in since the marks were brought up to date.
    """

    points: Fraction
    of: Fraction
    grade: Fraction | None = None
    waiting: int = 0
    is_stale: bool = False


NOT_MARKED_YET = Score(Fraction(), Fraction(), is_stale=True)


def scores_of(records: Iterable[Mapping[str, Any]], stale: Collection[str]) -> dict[str, Score]:
    """Return what counts for each student, by id: from their records, and who is not up to date."""
    scores = dict.fromkeys(sorted(stale), NOT_MARKED_YET)
    for record in records:
        student = record["student"]
        scores[student] = Score(
            Fraction(record["points"]),
            Fraction(record["of"]),
            None if record["grade"] is None else Fraction(record["grade"]),
            record["waiting"],
            student in stale,
        )
    return scores


def worth_of(score: Score, most: Fraction | None, worth: Worth, place: Place) -> Fraction:
    """Return what is written.

    Parameters
    ----------
    score
        Of a student.
    most
        The platform's maximum, where its file says it.
    worth
        What to write.
    place
        Where the maximum stands.

    Raises
    ------
    DataError
        If the maximum does not go with that.
    """
    if worth is Worth.GRADE:
        return _grade(score, most, place)
    if most is None or (most == score.of and worth is Worth.POINTS):
        if worth is Worth.SCALED:
            _refuse(place, "the file names no maximum that points could be converted to; leave --scale out")
        return score.points
    if not most:
        _refuse(
            place,
            f"the platform's maximum is 0: set it there to {decimal(score.of, 5)} and export the file again",
        )
    if worth is Worth.POINTS or not score.of:
        platform, exam = decimal(most, 5), decimal(score.of, 5)
        _refuse(
            place,
            f"the platform's maximum is {platform} and full marks of the exam are {exam}: set the maximum "
            f"there to {exam} and export the file again, or convert the points with --scale",
        )
    return score.points / score.of * most


def _grade(score: Score, most: Fraction | None, place: Place) -> Fraction:
    if score.grade is None:
        _refuse(place, "the exam has no grades; leave --grades out")
    if score.grade < 0 or (most is not None and score.grade > most):
        limit = "" if most is None else f" to {decimal(most, 5)}"
        _refuse(place, f"the platform takes grades from 0{limit}; a grade is {decimal(score.grade, 5)}")
    return score.grade


def _refuse(place: Place, message: str) -> NoReturn:
    raise DataError([Fault(place, "", message)])


def number_of(cell: str) -> Fraction | None:
    """Read a number as platforms write it, with a point or a comma; None if it is none."""
    return Fraction(cell.replace(",", ".")) if _NUMBER.fullmatch(cell) else None
