"""Moodle's grading worksheet, filled in: grades and comments of our students, and no other byte.

Moodle finds columns by their names and rows by the number of the participant, and leaves out what has changed
since "Last modified (grade)": so the teacher's own file is edited, and all of that stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ...generator.frozen import frozen
from ...generator.language import Language
from ...generator.policy import Release
from ..intake.handed_in import Platform, Sender
from ..intake.worksheet import participants_of
from ..reports.marks_csv import decimal
from .comment import comment_of, is_ours, plainly
from .moodle_columns import Columns, columns_of
from .people import Fate, Filled, Ledger, People, Person, people_of
from .sheet import Cell, Sheet, read_sheet, shown
from .worth import Score, Worth, number_of, worth_of

PLACES = 5
"""Decimals that Moodle keeps of a grade."""


@frozen
class MoodleSheet:
    """A grading worksheet: the file, its columns, and who stands in it."""

    sheet: Sheet
    columns: Columns
    people: People


def read_moodle(data: bytes, source: str) -> MoodleSheet:
    """Read a grading worksheet.

    Raises
    ------
    DataError
        If it is something else, or damaged.
    """
    sheet = read_sheet(data, source)
    participants = participants_of([row.text(0) for row in sheet.body])
    if participants is None:
        sheet.refuse(
            "the first column is not 'Participant 12' in every row, as in Moodle's grading worksheet; "
            f"the columns are {shown(sheet.names)}"
        )
    columns = columns_of(sheet)
    everybody = []
    for row, (word, number) in zip(sheet.body, participants, strict=True):
        name = "" if columns.name is None else row.text(columns.name)
        logins = tuple(filter(None, map(row.text, columns.logins)))
        email = next((login for login in logins if "@" in login), "")
        sender = Sender(Platform.MOODLE, number, name, email)
        everybody.append(Person(row, sender, logins, (word,)))
    return MoodleSheet(sheet, columns, people_of(sheet, Platform.MOODLE, everybody))


def fill_moodle(
    book: MoodleSheet,
    students: Mapping[str, str],
    scores: Mapping[str, Score],
    worth: Worth,
    release: Release,
    language: Language,
) -> Filled:
    """Fill in a grading worksheet.

    Parameters
    ----------
    book, students, scores
        The worksheet, who of it is which student, and what counts for each.
    worth
        What is written.
    release, language
        What comments tell, and in which language.

    Raises
    ------
    DataError
        If the maximum of the worksheet does not go with what is to be written.
    """
    ledger = Ledger(book.people, students, scores)
    editing = _Editing(book, release, language)
    for person in book.people.everybody:
        fate = ledger.fate(person, is_locked=book.columns.is_locked(person.row))
        note = ""
        if fate is Fate.WRITTEN:
            fate = editing.grade(person, ledger.score(person), worth)
        elif fate is Fate.WAITS and (standing := person.row.text(book.columns.grade)):
            note = f"{standing} stands there"
        if fate in (Fate.WRITTEN, Fate.SAME, Fate.WAITS):
            editing.comment(person, ledger.score(person))
        ledger.keep(person, fate, note)
    return ledger.filled(book.sheet.edited(editing.changes), editing.notes())


class _Editing:
    """Collects what changes in a worksheet."""

    def __init__(self, book: MoodleSheet, release: Release, language: Language) -> None:
        self.changes: dict[Cell, str] = {}
        self._book = book
        self._release = release
        self._language = language
        self._replaced = 0
        self._left = 0

    def grade(self, person: Person, score: Score, worth: Worth) -> Fate:
        row, columns = person.row, self._book.columns
        most = number_of(row.text(columns.maximum))
        value = decimal(worth_of(score, most, worth, self._book.sheet.place(row)), PLACES)
        standing = row.text(columns.grade)
        if number_of(standing) == Fraction(value):
            return Fate.SAME
        self._replaced += bool(standing)
        self.changes[row.cells[columns.grade]] = value
        return Fate.WRITTEN

    def comment(self, person: Person, score: Score) -> None:
        comment = comment_of(score, self._release, self._language)
        if self._book.columns.feedback is None or not comment:
            return
        cell = person.row.cells[self._book.columns.feedback]
        if cell.text.strip() and not is_ours(cell.text, self._language):
            self._left += 1
        elif comment != plainly(cell.text):
            self.changes[cell] = comment

    def notes(self) -> list[str]:
        notes = []
        if self._replaced:
            notes.append(f"other grades that stood there and were replaced: {self._replaced}")
        if self._left:
            notes.append(f"comments of yours that stay: {self._left}")
        if self._release is Release.RECEIPT:
            notes.append("no comments: the level 'receipt' tells no points, but Moodle's grades will")
        elif self._book.columns.feedback is None:
            notes.append(f"no column for comments among {shown(self._book.sheet.names)}; none were written")
        return notes
