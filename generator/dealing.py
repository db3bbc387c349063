"""Who joins a class, and which version is dealt to whom; nobody who is there already moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from .class_list import ClassList, clashes
from .errors import DataError, Fault, Place
from .papers import Student


def joined(known: ClassList, roster: ClassList, name: str, letters: str, *, move: bool = False) -> ClassList:
    """Let the students of a roster join those who have papers already, and deal out the versions.

    Of a student who is known, names, addresses and ids are added or put right. Who has no version gets that
    of the roster, or else the one that fewest have: so a class is dealt A, B, C, ... in turn.

    Parameters
    ----------
    known
        The class until now.
    roster
        Students as the roster names them, with the versions that it gives.
    name
        What messages call the roster.
    letters
        The versions of the exam; none where everybody has a paper of their own.
    move
        Whether the roster may give another version to a student who was dealt one.

    Raises
    ------
    DataError
        If a student of the roster cannot be told from another who has a paper, or has another version.
    """
    students = {student.id: student for student in known.students}
    for student in roster.students:
        before = students.get(student.id)
        students[student.id] = _with_more(before, student) if before else student
    faults = [Fault(Place(name), column, message) for _, column, message in clashes(students.values())]
    dealt = {name: letter for name, letter in known.versions.items() if letter in letters}
    if not move:
        faults += [
            Fault(Place(name), "version", f"{student} was dealt version {dealt[student]}, not {letter}")
            for student, letter in roster.versions.items()
            if dealt.get(student, letter) != letter
        ]
    if faults:
        raise DataError(faults)
    return ClassList(tuple(students.values()), _dealt(list(students), dealt | dict(roster.versions), letters))


def _with_more(known: Student, said: Student) -> Student:
    return Student(
        known.id, said.name or known.name, said.email or known.email, dict(known.ids) | dict(said.ids)
    )


def _dealt(students: list[str], versions: Mapping[str, str], letters: str) -> Mapping[str, str]:
    """Give everybody without a version the one that fewest have, the first of these by letter."""
    if not letters:
        return {}
    dealt = dict(versions)
    held = Counter(dealt.values())
    for student in students:
        if student not in dealt:
            dealt[student] = min(letters, key=held.__getitem__)
            held[dealt[student]] += 1
    return dealt
