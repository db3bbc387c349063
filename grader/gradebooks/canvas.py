"""Canvas's gradebook: the columns that say who is who, as exported, and one assignment.

Canvas takes a blank cell for a change, so whoever has no mark to write has no row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from ...generator.frozen import frozen
from ...generator.reading.tree import quoted
from ..intake.handed_in import Platform, Sender
from ..intake.worksheet import CANVAS_LOGINS
from ..reports.marks_csv import decimal
from .column import Column, notes_on, require_new, same_title
from .people import Fate, Filled, Ledger, People, Person, people_of
from .sheet import Row, Sheet, read_sheet, shown
from .worth import Score, Worth, number_of, worth_of

PLACES = 2
"""Decimals by which Canvas compares scores."""

_ASSIGNMENT = re.compile(r"(?P<title>.*?) ?\((?P<id>[0-9]{1,18})\)", re.DOTALL)
_POINTS = "points possible"
_TEST_STUDENT = "student, test"
_EXCUSED = "ex"


@frozen
class CanvasSheet:
    """An exported gradebook.

    Attributes
    ----------
    sheet
        The file.
    last
        The last column about students: "Section".
    points
        The row of points possible.
    people
        Who stands in it.
    """

    sheet: Sheet
    last: int
    points: Row | None
    people: People

    def raw(self, row: Row) -> list[str]:
        """Return the cells that say who somebody is, as they stand in the file."""
        return [self.sheet.raw(cell) for cell in row.cells[: self.last + 1]]

    def most(self, column: int) -> Fraction | None:
        """Return the points possible in a column."""
        return number_of(self.points.text(column)) if self.points else None


def read_canvas(data: bytes, source: str) -> CanvasSheet:
    """Read an exported gradebook.

    Raises
    ------
    DataError
        If it is something else, or damaged.
    """
    sheet = read_sheet(data, source)
    names = [name.casefold() for name in sheet.names]
    if names[:2] != ["student", "id"] or names.count("section") != 1:
        sheet.refuse(
            "expected a gradebook that Canvas exported, with the columns Student, ID and Section; "
            f"the columns are {shown(sheet.names)}"
        )
    last = names.index("section")
    logins = [column for column in range(2, last) if names[column] in CANVAS_LOGINS]
    everybody = []
    for row in sheet.body:
        if not row.text(1):
            continue  # points, or how grades are posted
        name = row.text(0)
        sender = Sender(Platform.CANVAS, row.text(1), name)
        everybody.append(Person(row, sender, tuple(filter(None, map(row.text, logins)))))
    points = next((row for row in sheet.body if _POINTS in row.text(0).casefold()), None)
    return CanvasSheet(sheet, last, points, people_of(sheet, Platform.CANVAS, everybody))


def assignment_of(book: CanvasSheet, named: str | None, title: str) -> Column:
    """Find the column of an assignment.

    Parameters
    ----------
    book
        The gradebook.
    named
        What somebody calls it: its header, its id or its title.
    title
        The title of the exam, by which it is looked for where it is not named.

    Raises
    ------
    DataError
        If that is no column, or not the only one.
    """
    names = book.sheet.names
    columns = {place: match for place, name in enumerate(names) if (match := _ASSIGNMENT.fullmatch(name))}
    if named is None:
        found = list(columns) if len(columns) == 1 else _titled(columns, title)
        asked = "name one with --assignment, or a new one with --new"
    else:
        found = [place for place, match in columns.items() if named.strip() in (names[place], match["id"])]
        found = found or _titled(columns, named)
        asked = f"{quoted(named)} is {'several' if found else 'none'} of them"
    if len(found) != 1:
        book.sheet.refuse(f"the assignments are {shown(names[place] for place in columns)}; {asked}")
    header = book.sheet.header.cells[found[0]]
    return Column(book.sheet.raw(header), found[0], book.most(found[0]))


def new_assignment(book: CanvasSheet, title: str, scores: Mapping[str, Score]) -> Column:
    """Return a column that Canvas will offer to make an assignment of."""
    titles = (match["title"] for name in book.sheet.names if (match := _ASSIGNMENT.fullmatch(name)))
    require_new(book.sheet, title, titles, "an assignment", "--assignment")
    most = {score.of for score in scores.values() if not score.is_stale}
    if len(most) > 1:
        book.sheet.refuse("full marks are not the same for all students; make the assignment in Canvas first")
    return Column(book.sheet.written(title), None, most.pop() if most else None)


def _titled(columns: Mapping[int, re.Match[str]], title: str) -> list[int]:
    return [place for place, match in columns.items() if same_title(match["title"], title)]


def fill_canvas(
    book: CanvasSheet,
    assignment: Column,
    students: Mapping[str, str],
    scores: Mapping[str, Score],
    worth: Worth,
) -> Filled:
    """Return a gradebook of one assignment.

    Raises
    ------
    DataError
        If the points possible do not go with what is to be written.
    """
    ledger = Ledger(book.people, students, scores)
    rows = [[*book.raw(book.sheet.header), assignment.header], *_points_row(book, assignment)]
    for person in book.people.everybody:
        standing = "" if assignment.place is None else person.row.text(assignment.place)
        fate = ledger.fate(person, is_excused=standing.casefold() == _EXCUSED)
        if fate is Fate.UNKNOWN and person.sender.name.casefold() == _TEST_STUDENT:
            continue
        if fate is Fate.WRITTEN:
            place = book.sheet.place(book.points or book.sheet.header)
            value = decimal(worth_of(ledger.score(person), assignment.most, worth, place), PLACES)
            rows.append([*book.raw(person.row), value])
        waits = standing and fate is Fate.WAITS
        ledger.keep(person, fate, f"{standing} stands there" if waits else "")
    return ledger.filled(book.sheet.rows_bytes(rows), notes_on(assignment, worth))


def _points_row(book: CanvasSheet, assignment: Column) -> Sequence[list[str]]:
    if book.points is not None and assignment.place is not None:
        return [[*book.raw(book.points), book.sheet.raw(book.points.cells[assignment.place])]]
    if assignment.place is None and assignment.most is not None:
        who = book.raw(book.points) if book.points else ["    Points Possible", *[""] * book.last]
        return [[*who, decimal(assignment.most, PLACES)]]
    return []
