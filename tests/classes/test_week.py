"""The week of an instructor: marked, looked at, put right, marked again, reported, forgotten."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from convexam.generator.papers import Student

from . import lms
from .course import called
from .outcomes import differing, exports, record, table, wrong_marks, wrong_outcomes
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
    assert list(wrong_outcomes(class_)) == []

    points = marks(exam)
    waiting = type_in(exam / "marks/waiting.yaml", "1")
    called("grade", exam)
    assert sum(marks(exam).values()) == sum(points.values()) + waiting
    assert all(row["waiting"] == "0" for row in rows(exam))

    someone = next(
        pupil.student for pupil in class_.moodle if pupil.counts and has_a_rare_name(class_, pupil)
    )
    student = someone.id
    called("override", exam, student, "q4", "0.5", "--reason", "Half of it was right")
    assert item(exam, student, "q4") == Fraction(1, 2)

    points, late = marks(exam), late_pupils(class_)
    (tmp_path / "late.zip").write_bytes(lms.archive(lms.canvas(late)))
    called("grade", exam, tmp_path / "late.zip")
    assert marks(exam).keys() - points.keys() == {pupil.student.id for pupil in late}
    assert all(marks(exam)[each] == before for each, before in points.items())

    files, points = exports(exam), marks(exam)
    waits = [row["waiting"] for row in rows(exam)]
    rule = ("q1", "--accept", "extra_flip", "--reason", "Both operations were taught")
    shown = called("remark", exam, *rule, "--diff", tmp_path / "diff.csv", codes=(0,))
    assert "Nothing was changed" in shown
    assert differing(exports(exam), files) == []
    called("remark", exam, *rule, "--apply")
    now = marks(exam)
    gains = {each: now[each] - before for each, before in points.items() if now[each] != before}
    assert gains == gains_by_turned_kernels(class_, points.keys())
    assert gains.keys() == {row["student"] for row in table((tmp_path / "diff.csv").read_bytes())}
    assert item(exam, student, "q4") == Fraction(1, 2)
    assert [row["waiting"] for row in rows(exam)] == waits
    called("remark", exam, "--undo", 1, "--reason", "On second thoughts", "--apply")
    assert differing(exports(exam), files) == []

    called("report", exam, codes=(0,))
    called("forget", exam, student, "--reason", "Asked for it", "--yes")
    named = [file for file in exam.rglob("*") if file.is_file() and names(file, someone)]
    assert named == []
    assert sum(marks(exam).values()) == sum(points.values())


def gains_by_turned_kernels(class_: SyntheticClass, students: Collection[str]) -> dict[str, Fraction]:
    """Return who of these gains how much where a turned kernel is right as well."""
    sheets = {**class_.sheets, **class_.marked}
    first = {student: sheets[student].puts[0] for student in students}
    gains = {student: put.points_with(["extra_flip"]) - put.points for student, put in first.items()}
    return {student: gain for student, gain in gains.items() if gain}


def has_a_rare_name(class_: SyntheticClass, pupil: Pupil) -> bool:
    """Say whether nobody else is called like this."""
    return [paper.student.name for paper in class_.course.papers.values()].count(pupil.student.name) == 1


def names(file: Path, student: Student) -> bool:
    """Say whether a student's id or name stands in the name of a file, or in what it holds."""
    data = file.read_bytes()
    return student.id in file.name or student.id.encode() in data or student.name.encode() in data


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
