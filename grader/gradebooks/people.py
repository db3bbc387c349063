"""Who stands in the file of a platform, and what becomes of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from ...generator.frozen import frozen
from ...generator.reading.tree import quoted
from ..intake.directory import Directory
from ..intake.handed_in import Platform, Sender
from ..intake.worksheet import Listed, Worksheet
from .sheet import Row, Sheet
from .worth import Score


class Fate(StrEnum):
    """What became of somebody's row."""

    WRITTEN = "written"
    SAME = "stood there already"
    NOTHING = "no marks, left as it is"
    EXCUSED = "excused, left as it is"
    WAITS = "waits for a person, left as it is"
    STALE = "not up to date: call `grade` first; left as it is"
    LOCKED = "the platform allows no change, left as it is"
    TWICE = "several rows are this student, left as they are"
    UNKNOWN = "nobody of the class, left as it is"


TO_LOOK_AT = frozenset({Fate.WAITS, Fate.STALE, Fate.LOCKED, Fate.TWICE, Fate.UNKNOWN})


@frozen
class Person:
    """Somebody's row.

    Attributes
    ----------
    row
        Where it stands.
    sender
        By what the platform knows them.
    logins
        Addresses and ids by which a class list may know them.
    words
        What else the platform calls them; see `Listed.names`.
    """

    row: Row
    sender: Sender
    logins: tuple[str, ...]
    words: tuple[str, ...] = ()


@frozen
class People:
    """Everybody in a file, each once."""

    source: str
    platform: Platform
    everybody: tuple[Person, ...]

    @property
    def worksheet(self) -> Worksheet:
        """The list of the class that the file is as well."""
        listed = {each.sender.key: Listed(each.logins, _names(each)) for each in self.everybody}
        return Worksheet(self.source, self.platform, listed)

    def students(self, directory: Directory) -> dict[str, str]:
        """Return the id of the student by the platform's key, for those who are certain to be one."""
        found = {each.sender.key: directory.student_of(each.sender) for each in self.everybody}
        return {key: student.id for key, student in found.items() if student}


def _names(person: Person) -> tuple[str, ...]:
    return tuple(filter(None, (*person.words, person.sender.name)))


def people_of(sheet: Sheet, platform: Platform, everybody: Iterable[Person]) -> People:
    """Return the people of a file; one key for two rows is a fault."""
    seen: dict[str, Person] = {}
    for person in everybody:
        other = seen.setdefault(person.sender.key, person)
        if other is not person:
            where = f"stands here and in line {other.row.line}"
            sheet.refuse(f"{quoted(person.sender.key)} {where}; export the file again", person.row)
    return People(sheet.source, platform, tuple(seen.values()))


@frozen
class Line:
    """What became of somebody's row: who it is, as people call them, and what else is to be told."""

    line: int
    who: str
    fate: Fate
    note: str = ""


@frozen
class Filled:
    """The file as it is handed to the platform, and what became of everybody.

    Attributes
    ----------
    data
        Its bytes.
    lines
        For each person in it.
    missing
        Students who have marks and no row.
    notes
        What else is to be told.
    """

    data: bytes
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_to_look_at(self) -> bool:
        """Whether somebody has to look."""
        return bool(self.missing) or any(line.fate in TO_LOOK_AT for line in self.lines)


class Ledger:
    """Says whose mark can be written, and keeps what became of everybody.

    Parameters
    ----------
    people
        Everybody in the file.
    students
        Who of them is which student, by the platform's key.
    scores
        What counts, by the id of the student.
    """

    def __init__(self, people: People, students: Mapping[str, str], scores: Mapping[str, Score]) -> None:
        self._students = students
        self._scores = scores
        self._times = Counter(students.get(each.sender.key) for each in people.everybody)
        self._lines: list[Line] = []

    def fate(self, person: Person, *, is_excused: bool = False, is_locked: bool = False) -> Fate:
        """Say whether somebody's mark can be written, or why not."""
        student = self._students.get(person.sender.key)
        score = self._scores.get(student or "")
        if student is None:
            return Fate.UNKNOWN
        if self._times[student] > 1:
            return Fate.TWICE
        if score is None:
            return Fate.NOTHING
        if is_excused:
            return Fate.EXCUSED
        if is_locked:
            return Fate.LOCKED
        if score.is_stale:
            return Fate.STALE
        return Fate.WAITS if score.waiting else Fate.WRITTEN

    def score(self, person: Person) -> Score:
        """Return what counts for somebody who has marks."""
        return self._scores[self._students[person.sender.key]]

    def keep(self, person: Person, fate: Fate, note: str = "") -> None:
        """Keep what became of somebody."""
        who = self._students.get(person.sender.key) or person.sender.name or person.sender.key
        self._lines.append(Line(person.row.line, who, fate, note))

    def filled(self, data: bytes, notes: Sequence[str] = ()) -> Filled:
        """Return what became of everybody, with the bytes of the file."""
        here = set(self._students.values())
        missing = tuple(sorted(student for student in self._scores if student not in here))
        return Filled(data, tuple(self._lines), missing, tuple(notes))
