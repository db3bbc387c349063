"""The week of an instructor: marked, looked at, put right, marked again, reported, forgotten."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

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

    student = next(pupil.student.id for pupil in class_.moodle if pupil.counts)
    called("override", exam, student, "q4", "0.5", "--reason", "Half of it was right")
    assert item(exam, student, "q4") == Fraction(1, 2)

    points, late = marks(exam), late_pupils(class_)
    (tmp_path / "late.zip").write_bytes(lms.archive(lms.canvas(late)))
    called("grade", exam, tmp_path / "late.zip")
    assert marks(exam).keys() - points.keys() == {pupil.student.id for pupil in late}
    assert all(marks(exam)[each] == before for each, before in points.items())

    files, points = exports(exam), marks(exam)
    rule = ("q1", "--accept", "extra_flip", "--reason", "Both operations were taught")
    shown = called("remark", exam, *rule, "--diff", tmp_path / "diff.csv", codes=(0,))
    assert "Nothing was changed" in shown
    assert differing(exports(exam), files) == []
    called("remark", exam, *rule, "--apply")
    moved = {each for each, after in marks(exam).items() if after != points[each]}
    assert moved == turned_kernels(class_, points.keys())
    assert moved == {row["student"] for row in table((tmp_path / "diff.csv").read_bytes())}
    assert all(marks(exam)[each] == points[each] + 2 for each in moved)
    assert item(exam, student, "q4") == Fraction(1, 2)
    assert all(row["waiting"] == "0" for row in rows(exam))
    called("remark", exam, "--undo", 1, "--reason", "On second thoughts", "--apply")
    assert differing(exports(exam), files) == []

    called("report", exam, codes=(0,))
    called("forget", exam, student, "--reason", "Asked for it", "--yes")
    email = f"{int(student[1:])}@students.example.org".encode()
    named = [file for file in exam.rglob("*") if file.is_file() and is_in(file, student.encode(), email)]
    assert named == []
    assert sum(marks(exam).values()) == sum(points.values())


def turned_kernels(class_: SyntheticClass, students: Collection[str]) -> set[str]:
    """Return who of these turned the kernel, by what they put on the paper."""
    sheets = {**class_.sheets, **class_.marked}
    return {student for student in students if sheets[student].puts[0].way == "extra_flip"}


def is_in(file: Path, *names: bytes) -> bool:
    """Say whether a file holds one of these names, in its own name or inside."""
    data = file.read_bytes()
    return any(name in data or name.decode() in file.name for name in names)


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
