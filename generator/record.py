"""The instructor's record: what was drawn and what is right, stored once, enough to reprint and re-mark.

``exam.json`` holds the exam file as resolved and the entries as they stood; ``papers/CODE.json`` holds,
for one student, what was drawn and the keys. Both are canonical JSON: the same exam is the same bytes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field as Bounds

from . import registry
from .bank import Bank, entry_data, entry_from
from .compose import exam_of
from .errors import DataError, Fault, Place
from .exam_file import ExamFile
from .frozen import frozen
from .model import Case
from .papers import Exam, Paper, Points, Problem, Section, Spec, Student
from .reading.reader import RECORD, read_json
from .reading.schema import Whole, canonical_json, dump, parse, parse_value, record
from .secret import secret_id
from .values import decode, encode


@record
class StoredExam:
    """``exam.json``, as it stands in the file."""

    format: Literal["convexam-exam-record/1"]
    convexam: str
    exam: ExamFile
    practice_seed: Whole | None
    secret_id: str
    entries_sha256: str
    entries: Mapping[str, Any]
    attempt: Whole = 0


@record
class StoredProblem:
    """A problem in ``papers/CODE.json``: what was drawn, what is right, how often draws were refused."""

    item: str
    entry: str
    version: Whole
    points: Points
    given: Any
    key: Mapping[str, Annotated[tuple[Any, ...], Bounds(min_length=1)]]
    refused: Mapping[str, Whole]


@record
class StoredSection:
    """Problems under one heading."""

    title: str
    problems: tuple[StoredProblem, ...]


@record
class StoredStudent:
    """Whose paper it is."""

    id: str
    name: str
    email: str


@record
class StoredPaper:
    """``papers/CODE.json``, as it stands in the file."""

    format: Literal["convexam-paper-record/1"]
    exam: str
    exam_sha256: str
    paper: str
    attempt: Whole
    student: StoredStudent
    sections: tuple[StoredSection, ...]


@frozen
class ExamRecord:
    """What ``exam.json`` holds.

    Attributes
    ----------
    exam
        Cover and conventions.
    file
        The exam file as resolved.
    specs
        The entries as they stood, by id.
    version
        The release that drew it.
    sha256
        The digest of the record's bytes.
    """

    exam: Exam
    file: ExamFile
    specs: Mapping[str, Spec]
    version: str
    sha256: str


def exam_bytes(
    file: ExamFile, bank: Bank, secret: bytes, *, version: str, seed: int | None, attempt: int = 0
) -> bytes:
    """Return ``exam.json``."""
    entries = {name: entry_data(bank[name]) for name in file.entries(bank)}
    stored = StoredExam(
        format="convexam-exam-record/1",
        convexam=version,
        exam=file,
        practice_seed=seed,
        secret_id=secret_id(secret),
        entries_sha256=hashlib.sha256(canonical_json(entries)).hexdigest(),
        entries=entries,
        attempt=attempt,
    )
    return canonical_json(dump(stored))


def is_same_exam(one: bytes, other: bytes) -> bool:
    """Say whether two ``exam.json`` mean the same, whichever release wrote them with how many settings.

    What is no ``exam.json`` means nothing.
    """
    try:
        first, second = (_meaning(data) for data in (one, other))
    except DataError:
        return False
    return first == second


def _meaning(data: bytes) -> tuple[object, ...]:
    stored = parse(StoredExam, read_json(data, "exam.json", RECORD))
    specs = {key: entry_from(entry, key) for key, entry in stored.entries.items()}
    return stored.exam, stored.practice_seed, stored.secret_id, stored.attempt, specs


@lru_cache(maxsize=1)  # the desk of this process reads what the command has read, and so do forked workers
def read_exam(data: bytes, name: str) -> ExamRecord:
    """Read ``exam.json``.

    Raises
    ------
    DataError
        If it is damaged, or something else.
    """
    stored = parse(StoredExam, read_json(data, name, RECORD))
    return ExamRecord(
        exam=exam_of(stored.exam, stored.practice_seed, stored.attempt),
        file=stored.exam,
        specs={key: entry_from(entry, name) for key, entry in stored.entries.items()},
        version=stored.convexam,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def paper_bytes(exam: Exam, exam_sha256: str, paper: Paper) -> bytes:
    """Return ``papers/CODE.json``."""
    stored = StoredPaper(
        format="convexam-paper-record/1",
        exam=exam.id,
        exam_sha256=exam_sha256,
        paper=paper.code,
        attempt=paper.attempt,
        student=StoredStudent(paper.student.id, paper.student.name, paper.student.email),
        sections=tuple(
            StoredSection(section.title, tuple(map(_stored, section.problems))) for section in paper.sections
        ),
    )
    return canonical_json(dump(stored))


def _stored(problem: Problem) -> StoredProblem:
    kind = registry.get(problem.spec.type)
    return StoredProblem(
        item=problem.item,
        entry=problem.spec.id,
        version=kind.version,
        points=problem.points,
        given=dump(problem.case.given, kind.given),
        key={
            field.name: tuple(encode(field, value) for value in problem.key[field.name])
            for field in kind.ask(problem.case)
        },
        refused=Counter(problem.refused),
    )


def read_paper(data: bytes, name: str, code: str, exam: ExamRecord) -> Paper:
    """Read ``papers/CODE.json``: the paper of this code as it was handed out, with its stored key.

    Raises
    ------
    DataError
        If it is damaged, or the record of another paper or exam.
    """
    stored = parse(StoredPaper, read_json(data, name, RECORD))
    if stored.exam_sha256 != exam.sha256:
        message = "this paper belongs to another exam.json; keep the files of one exam together"
        raise DataError([Fault(Place(name), "$.exam_sha256", message)])
    if stored.paper != code:
        message = f"this is the record of the paper {stored.paper}, not of {code}"
        raise DataError([Fault(Place(name), "$.paper", message)])
    student = stored.student
    return Paper(
        code=code,
        student=Student(student.id, student.name, student.email),
        attempt=stored.attempt,
        sections=tuple(
            Section(section.title, tuple(_problem(problem, exam, name) for problem in section.problems))
            for section in stored.sections
        ),
    )


def owner_of(data: bytes, name: str, exam: ExamRecord) -> tuple[str, Student] | None:
    """Return the code and the student of a ``papers/CODE.json``; None if it belongs to another exam.

    Raises
    ------
    DataError
        If it is damaged.
    """
    stored = parse(StoredPaper, read_json(data, name, RECORD))
    if stored.exam_sha256 != exam.sha256:
        return None
    return stored.paper, Student(stored.student.id, stored.student.name, stored.student.email)


def paper_without_name(data: bytes, name: str, student: Student) -> bytes:
    """Return a ``papers/CODE.json`` with this in the place of the student whose paper it is.

    Raises
    ------
    DataError
        If it is damaged.
    """
    stored = parse(StoredPaper, read_json(data, name, RECORD))
    nobody = StoredStudent(student.id, student.name, student.email)
    return canonical_json(dump(replace(stored, student=nobody)))


def _problem(stored: StoredProblem, exam: ExamRecord, name: str) -> Problem:
    if stored.entry not in exam.specs:
        message = f"the record is damaged: the exam has no entry '{stored.entry}'"
        raise DataError([Fault(Place(name), stored.item, message)])
    spec = exam.specs[stored.entry]
    try:
        credit = exam.file.credit(stored.item, spec)
    except KeyError:
        message = f"the record is damaged: the exam has no item '{stored.item}'"
        raise DataError([Fault(Place(name), stored.item, message)]) from None
    kind = registry.get(spec.type)
    case = Case(parse_value(kind.given, stored.given, name), exam.exam.conventions)
    try:
        key = {
            field.name: tuple(decode(field, value) for value in stored.key[field.name])
            for field in kind.ask(case)
        }
    except (KeyError, ValueError, TypeError, ZeroDivisionError):
        message = "the record is damaged: its key does not fit the question"
        raise DataError([Fault(Place(name), f"{stored.item}.key", message)]) from None
    return Problem(stored.item, spec, case, stored.points, key, credit)
