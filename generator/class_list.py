"""Everybody who has a paper of an exam, and which one: what the roster said, kept with the record.

``roster.json`` is canonical JSON, as all of the record: the same class is the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import Annotated, Literal, TypeVar

from pydantic import Field as Bounds

from .errors import DataError, Fault, Place
from .frozen import frozen
from .papers import Student, is_forgotten, is_reserved, is_shared, version
from .reading.reader import RECORD, read_json
from .reading.schema import canonical_json, dump, parse, record

T = TypeVar("T")

STUDENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@+-]{0,63}")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_CHARACTERS = 200  # of a name, an address or an id of a platform


@frozen
class ClassList:
    """The students of an exam.

    Attributes
    ----------
    students
        In the order of the roster; those who joined later come last.
    versions
        The version that each student was dealt, by id; empty where everybody has a paper of their own.
    """

    students: tuple[Student, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)

    def student(self, name: str) -> Student | None:
        """Return the student of this id, in whatever case it is written."""
        return self._known.get(("student", name.strip().casefold()))

    def of_platform(self, platform: str, key: str) -> Student | None:
        """Return the student whom a learning management system knows by this."""
        return self._known.get((platform, key.strip().casefold()))

    def of_email(self, email: str) -> Student | None:
        """Return the student of this address."""
        return self._known.get(("email", email.strip().casefold()))

    def in_order_of(self, roster: Iterable[Student]) -> ClassList:
        """Return the same class in the order of a roster that names them all; a shorter one moves nobody."""
        order = {student.id: place for place, student in enumerate(roster)}
        if any(student.id not in order for student in self.students):
            return self
        return ClassList(tuple(sorted(self.students, key=lambda each: order[each.id])), self.versions)

    def without(self, student: str) -> ClassList:
        """Return the same class without a student."""
        versions = {name: letter for name, letter in self.versions.items() if name != student}
        return ClassList(tuple(each for each in self.students if each.id != student), versions)

    def drawn_for(self, student: Student) -> Student:
        """Return for whom this student's paper was drawn: for the student, or as a version."""
        return version(self.versions[student.id]) if student.id in self.versions else student

    def holders(self, papers: Mapping[str, T]) -> list[tuple[T, Student]]:
        """Return who holds which paper, in the order of the class; last, papers that nobody holds.

        Parameters
        ----------
        papers
            By the id of the student that each was drawn for; this is the student of those that nobody holds.
        """
        drawn = [(self.drawn_for(student).id, student) for student in self.students]
        known = {name for name, _ in drawn}
        nobody = [(name, Student(name)) for name in papers if name not in known]
        nobody = [(name, student) for name, student in nobody if not is_forgotten(student)]
        return [(papers[name], student) for name, student in (*drawn, *nobody) if name in papers]

    @cached_property
    def _known(self) -> Mapping[tuple[str, str], Student]:
        return {known: student for student in self.students for known in _known_by(student)}


def _known_by(student: Student) -> Iterator[tuple[str, str]]:
    """Name what tells a student from all others: a column of the roster, and what stands there."""
    for column, text in (("student", student.id), ("email", student.email), *student.ids.items()):
        if text:
            yield column, text.casefold()


def clashes(students: Iterable[Student]) -> Iterator[tuple[int, str, str]]:
    """Find what tells students apart and stands at two of them, in whatever case it is written.

    Yields the number of the later one, the column, and what is wrong.
    """
    seen: dict[tuple[str, str], Student] = {}
    for number, student in enumerate(students):
        for column, text in _known_by(student):
            other = seen.setdefault((column, text), student)
            if other is student:
                continue
            if column != "student":
                yield number, column, f"'{text}' stands at two students: {other.id} and {student.id}"
            elif other.id == student.id:
                yield number, column, f"'{student.id}' stands twice"
            else:
                message = f"'{student.id}' and '{other.id}' differ only by case; give each student another id"
                yield number, column, message


def unfit(student: Student) -> Iterator[tuple[str, str]]:
    """Find what no student may be called: the column, and what is wrong."""
    if is_reserved(student.id):
        yield "student", f"'{student.id}' stands for papers that are shared; give the student another id"
    elif is_forgotten(student):
        yield "student", f"'{student.id}' stands for somebody who was forgotten; give the student another id"
    elif not STUDENT_ID.fullmatch(student.id):
        message = f"'{student.id}' is no student id: letters, digits and _ . @ + - (at most 64)"
        yield "student", message
    for column, text in (("name", student.name), ("email", student.email), *student.ids.items()):
        if not text.isprintable():
            yield column, "a control character stands here; remove it"
        elif len(text) > MOST_CHARACTERS:
            yield column, f"at most {MOST_CHARACTERS} characters were expected, {len(text)} were found"


# -- roster.json --------------------------------------------------------------------------------


@record
class StoredStudent:
    """A student in ``roster.json``."""

    id: str
    name: str
    email: str
    ids: Mapping[str, str]
    version: Annotated[str, Bounds(pattern="^[A-Z]$")] | None


@record
class StoredClass:
    """``roster.json``, as it stands in the file."""

    format: Literal["convexam-roster/1"]
    exam: str
    students: tuple[StoredStudent, ...]


def class_list_bytes(exam: str, everybody: ClassList) -> bytes:
    """Return ``roster.json``; `exam` is the id of the exam."""
    students = tuple(
        StoredStudent(each.id, each.name, each.email, each.ids, everybody.versions.get(each.id))
        for each in everybody.students
    )
    return canonical_json(dump(StoredClass("convexam-roster/1", exam, students)))


def read_class_list(data: bytes, name: str, exam: str) -> ClassList:
    """Read ``roster.json``.

    Raises
    ------
    DataError
        If it is damaged, or the class list of another exam.
    """
    tree = read_json(data, name, RECORD)
    stored = parse(StoredClass, tree)
    if stored.exam != exam:
        message = f"this is the class list of the exam '{stored.exam}', not of '{exam}'"
        raise DataError([Fault(Place(name), "$.exam", message)])
    students = tuple(Student(each.id, each.name, each.email, each.ids) for each in stored.students)
    wrong = [(at, column, text) for at, student in enumerate(students) for column, text in unfit(student)]
    faults = [
        Fault(tree.place(("students", at)), f"$.students[{at}]", f"{column}: {text}")
        for at, column, text in (*wrong, *clashes(students))
    ]
    if faults:
        raise DataError(faults)
    return ClassList(students, {each.id: each.version for each in stored.students if each.version})


def class_list_of(owners: Iterable[Student]) -> ClassList:
    """Return the class list of a folder that has none, from the students of the papers in its record."""
    people = (each for each in owners if not is_shared(each) and not is_forgotten(each))
    return ClassList(tuple(sorted(people, key=lambda one: one.id)))
