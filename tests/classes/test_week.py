"""The week of an instructor: marked, looked at, put right, marked again, reported, forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from . import lms
from .course import called
from .outcomes import record, table, wrong_marks
from .pupils import Pupil, Upload
from .saving import as_json
from .synthetic import SyntheticClass, synthetic_class

pytestmark = pytest.mark.sweep


def test_a_week(tmp_path: Path) -> None:
    class_ = synthetic_class(tmp_path / "class", 60)
    exam = class_.course.folder
    moodle, worksheet, canvas, typed = class_.write(tmp_path / "in")
    called("grade", exam, moodle, worksheet)
    called("grade", exam, canvas, typed)
    assert list(wrong_marks(class_)) == []
    points = marks(exam)

    waiting = type_in(exam / "marks/waiting.yaml", "1")
    called("grade", exam)
    assert sum(marks(exam).values()) == sum(points.values()) + waiting
    assert all(row["waiting"] == "0" for row in rows(exam))

    student = class_.moodle[0].student.id
    called("override", exam, student, "q4", "0.5", "--reason", "A rounding that was not asked for")
    assert item(exam, student, "q4") == Fraction(1, 2)

    before, late = marks(exam), late_pupils(class_)
    (tmp_path / "late.zip").write_bytes(lms.archive(lms.canvas(late)))
    called("grade", exam, tmp_path / "late.zip")
    assert marks(exam).keys() - before.keys() == {pupil.student.id for pupil in late}
    assert all(marks(exam)[each] == points for each, points in before.items())


def rows(exam: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of students in ``marks.csv``."""
    yield from table((exam / "marks/marks.csv").read_bytes())


def marks(exam: Path) -> dict[str, Fraction]:
    """Return the points of everybody."""
    return {row["student"]: Fraction(record(exam, row["student"])["points"]) for row in rows(exam)}


def item(exam: Path, student: str, name: str) -> Fraction:
    """Return the points of a student for a question."""
    return next(Fraction(each["points"]) for each in record(exam, student)["items"] if each["id"] == name)


def type_in(file: Path, points: str) -> int:
    """Type points beside every answer that waits, as a person does in an editor; return how many there are."""
    text, times = re.subn(r"(?m)^    points:$", f"    points: {points}", file.read_text())
    file.write_text(text)
    return times


def late_pupils(class_: SyntheticClass) -> list[Pupil]:
    """Let those who handed in nothing of use over Canvas do so after the deadline."""
    return [
        replace(pupil, uploads=(Upload("answers.json", as_json(class_.sheets[pupil.student.id])),), late=True)
        for pupil in class_.canvas
        if pupil.counts is None and pupil.trouble != "not on the roster"
    ]
