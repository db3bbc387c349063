"""The roster: a CSV file with one student a row."""

from __future__ import annotations

import re
from collections import Counter

from .class_list import ClassList, clashes, unfit
from .csv_text import csv_rows
from .errors import DataError, Fault, Place
from .papers import Student

_PLATFORMS = ("moodle", "canvas", "brightspace", "gradescope")
_PLATFORM = re.compile(rf"({'|'.join(_PLATFORMS)})(?:user)?(?:id)?")
_COLUMNS = ("student", "name", "email", "version", *_PLATFORMS)
MOST_BYTES = 4 << 20


def read_roster(data: bytes, name: str, letters: str = "") -> ClassList:
    """Read a roster: the column ``student`` (an id) is required.

    ``name``, ``email`` and what learning management systems know students by (``moodle``, ``canvas``,
    ``brightspace``, ``gradescope``, also ``Canvas ID``) may follow; further columns are left alone. Commas
    separate the cells, or semicolons or tabs where the first line has no comma.

    Parameters
    ----------
    data, name
        The file, and what messages call it.
    letters
        The versions of the exam: where it deals any, the column ``version`` may say who gets which.

    Raises
    ------
    DataError
        With every fault: a missing column, a ragged row, an id that is no id, two students who cannot be
        told apart by id, address or what a system knows them by.
    """
    if len(data) > MOST_BYTES:
        raise DataError([Fault(Place(name), "", "the roster is larger than 4 MB")])
    rows = [(line, cells) for line, cells in csv_rows(data, name) if any(map(str.strip, cells))]
    if not rows:
        raise DataError([Fault(Place(name), "", "the roster is empty; its first line names the columns")])
    (_, header), *body = rows
    columns = [_column(cell) for cell in header]
    if faults := _header_faults(header, columns, Place(name, 1, 1)):
        raise DataError(faults)
    students: list[tuple[Place, Student]] = []
    versions: dict[str, str] = {}
    for line, cells in body:
        place = Place(name, line, 1)
        if len(cells) != len(columns):
            faults.append(Fault(place, "", f"{len(columns)} cells were expected, {len(cells)} were found"))
            continue
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
        student = _student(row)
        letter = row.get("version", "").upper() if letters else ""
        if letter:
            versions[student.id] = letter
        wrong = [*unfit(student), *_unknown(letter, letters)]
        faults += [Fault(place, column, message) for column, message in wrong]
        if not wrong:
            students.append((place, student))
    found = clashes(student for _, student in students)
    faults += [Fault(students[number][0], column, message) for number, column, message in found]
    if faults:
        raise DataError(faults)
    if not students:
        raise DataError([Fault(Place(name), "", "the roster names no students")])
    return ClassList(tuple(student for _, student in students), versions)


def _column(cell: str) -> str:
    """Return what a column is called here: its name in small letters, of a system's id that system."""
    name = cell.strip().lower()
    system = _PLATFORM.fullmatch(re.sub(r"[\s_-]", "", name))
    return system[1] if system else name


def _student(row: dict[str, str]) -> Student:
    ids = {platform: row[platform] for platform in _PLATFORMS if row.get(platform)}
    return Student(row["student"], row.get("name", ""), row.get("email", ""), ids)


def _unknown(letter: str, letters: str) -> list[tuple[str, str]]:
    if not letter or (len(letter) == 1 and letter in letters):
        return []
    known = f"the versions of this exam are {letters[:1]} to {letters[-1:]}"
    return [("version", f"there is no version '{letter}'; {known}, and an empty cell lets one be dealt")]


def _header_faults(header: list[str], columns: list[str], place: Place) -> list[Fault]:
    times = Counter(columns)
    faults = [
        Fault(place, "", f"the column '{column}' stands twice")
        for column in sorted(_COLUMNS)
        if times[column] > 1
    ]
    if "student" not in columns:
        found = ", ".join(cell.strip().lower() for cell in header)
        faults.append(Fault(place, "", f"there is no column 'student'; the first line names: {found}"))
    return faults
