"""The roster: a CSV file with one student a row."""

from __future__ import annotations

import re

from .csv_text import csv_rows
from .errors import DataError, Fault, Place
from .papers import EVERYONE, Student

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@+-]{0,63}")
_COLUMNS = ("student", "name", "email")
MOST_BYTES = 4 << 20


def read_roster(data: bytes, name: str) -> tuple[Student, ...]:
    """Read a roster: the column ``student`` (an id) is required, ``name`` and ``email`` may follow.

    Commas separate the cells, or semicolons or tabs where the first line has no comma. Further
    columns are left alone.

    Raises
    ------
    DataError
        With every fault: a missing column, a ragged row, an id that is no id or stands twice.
    """
    if len(data) > MOST_BYTES:
        raise DataError([Fault(Place(name), "", "the roster is larger than 4 MB")])
    rows = [(line, cells) for line, cells in csv_rows(data, name) if any(map(str.strip, cells))]
    if not rows:
        raise DataError([Fault(Place(name), "", "the roster is empty; its first line names the columns")])
    (_, header), *body = rows
    columns = [cell.strip().lower() for cell in header]
    faults = _header_faults(columns, name)
    students: dict[str, Student] = {}
    for line, cells in body if not faults else ():
        place = Place(name, line, 1)
        if len(cells) != len(columns):
            faults.append(Fault(place, "", f"{len(columns)} cells were expected, {len(cells)} were found"))
            continue
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
        student = Student(row["student"], row.get("name", ""), row.get("email", ""))
        if student.id == EVERYONE.id:
            faults.append(Fault(place, "student", f"'{EVERYONE.id}' stands for papers that all share"))
        if not (student.name + student.email).isprintable():
            faults.append(Fault(place, "name", "a name or address holds a control character"))
        if not _ID.fullmatch(student.id):
            message = f"'{student.id}' is no student id: letters, digits and _ . @ + - (at most 64)"
            faults.append(Fault(place, "student", message))
        elif student.id in students:
            faults.append(Fault(place, "student", f"'{student.id}' stands twice"))
        students[student.id] = student
    if faults:
        raise DataError(faults)
    if not students:
        raise DataError([Fault(Place(name), "", "the roster names no students")])
    return tuple(students.values())


def _header_faults(columns: list[str], name: str) -> list[Fault]:
    place = Place(name, 1, 1)
    faults = [
        Fault(place, "", f"the column '{column}' stands twice")
        for column in sorted(
            {column for column in columns if column in _COLUMNS and columns.count(column) > 1}
        )
    ]
    if "student" not in columns:
        found = ", ".join(columns)
        faults.append(Fault(place, "", f"there is no column 'student'; the first line names: {found}"))
    return faults
