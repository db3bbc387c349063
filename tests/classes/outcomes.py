"""What `grade` wrote about a class, and whether it is what was to become of everybody."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from . import lms
from .synthetic import SyntheticClass


def exports(folder: Path) -> dict[str, bytes]:
    """Return everything in the folder of marks, by name."""
    marks = folder / "marks"
    return {
        str(file.relative_to(marks)): file.read_bytes() for file in sorted(marks.rglob("*")) if file.is_file()
    }


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the names of exports that are not the same, or not there, in one of two runs."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def table(data: bytes) -> list[dict[str, str]]:
    """Read a CSV file."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def record(folder: Path, student: str) -> dict[str, Any]:
    """Read the record of a student."""
    found: dict[str, Any] = json.loads((folder / "marks" / f"{student}.json").read_bytes())
    return found


def wrong_marks(class_: SyntheticClass) -> Iterator[str]:
    """Say of whom the marks are not what was handed in, by what the engine says that it earns."""
    folder = class_.course.folder
    marks = table((folder / "marks/marks.csv").read_bytes())
    marked = [row["student"] for row in marks if row["student"]]
    expected = class_.marked
    troubles = {pupil.student.id: pupil.trouble for pupil in class_.pupils}
    for student in sorted(set(marked) ^ set(expected)):
        what = "is marked" if student in marked else "is not marked"
        yield f"{student} ({troubles.get(student)}) {what}"
    for student, times in Counter(marked).items():
        if times > 1:
            yield f"{student} stands {times} times in marks.csv"
    for student, sheet in expected.items():
        if student not in marked:
            continue
        found = record(folder, student)
        earned, waiting = Fraction(found["points"]), found["waiting"]
        if (earned, waiting) != (sheet.points, sheet.waiting):
            what = f"{earned} points, {waiting} waiting; {sheet.points} and {sheet.waiting} are right"
            yield f"{student} ({troubles.get(student)}): {what}"


def wrong_outcomes(class_: SyntheticClass) -> Iterator[str]:
    """Say which files have another outcome at intake than they were to have, or none, or several."""
    rows = table((class_.course.folder / "marks/intake.csv").read_bytes())
    members = [
        (name, pupil, upload)
        for layout, pupils in ((lms.moodle, class_.moodle), (lms.canvas, class_.canvas))
        for pupil in pupils
        for (name, _), upload in zip(layout([pupil]), pupil.uploads, strict=True)
    ]
    used = []
    for name, pupil, upload in members:
        found = [row for row in rows if row["file"].endswith(name)]
        used += found
        if len(found) != 1:
            yield f"{name} ({pupil.trouble}) stands {len(found)} times in intake.csv"
            continue
        (row,) = found
        if row["outcome"] not in upload.outcomes:
            yield f"{name} ({pupil.trouble}): {row['outcome']}; {row['notes']}"
        if row["late"] != "late" * pupil.late:
            yield f"{name} ({pupil.trouble}): '{row['late']}' in the column for late files"
        if row["outcome"] != "read" and not row["notes"]:
            yield f"{name} ({pupil.trouble}): {row['outcome']}, and nothing is said of it"
    typed = [row for row in rows if row not in used]
    if sorted(row["student"] for row in typed) != sorted(class_.on_paper):
        yield f"other rows of intake.csv: {typed}"


def store_is_sound(folder: Path) -> bool:
    """Say whether the store of marks is whole, and holds no result twice."""
    with sqlite3.connect(folder / "record/marks.sqlite") as connection:
        (integrity,) = connection.execute("PRAGMA integrity_check").fetchone()
        (results,) = connection.execute("SELECT COUNT(*) FROM result").fetchone()
        (different,) = connection.execute(
            "SELECT COUNT(*) FROM (SELECT DISTINCT submission, student, paper, rules FROM result)"
        ).fetchone()
    connection.close()
    return bool(integrity == "ok" and results == different)
