"""The instructor's record: what was drawn and what is right, stored once, enough to reprint and re-mark.

``exam.json`` holds the exam file as resolved and the entries as they stood; ``papers/CODE.json`` holds,
for one student, what was drawn and the keys. Both are canonical JSON: the same exam is the same bytes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from . import registry
from .bank import Bank, digest, entry_data, entry_from
from .compose import exam_of
from .errors import DataError, Fault, Place
from .exam_file import ExamFile
from .model import Case, Exam, Paper, Problem, Section, Spec, Student
from .reading.reader import RECORD, read_json
from .reading.schema import canonical_json, dump, parse_value
from .secret import secret_id
from .values import decode, encode

EXAM_FORMAT = "convexam-exam-record/1"
PAPER_FORMAT = "convexam-paper-record/1"


@dataclass(frozen=True)
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


def exam_bytes(file: ExamFile, bank: Bank, secret: bytes, *, version: str, seed: int | None) -> bytes:
    """Return ``exam.json``."""
    return canonical_json(
        {
            "format": EXAM_FORMAT,
            "convexam": version,
            "exam": dump(file, ExamFile),
            "practice_seed": seed,
            "secret_id": secret_id(secret),
            "bank_sha256": hashlib.sha256(digest(bank)).hexdigest(),
            "entries": {name: entry_data(bank[name]) for name in file.entries(bank)},
        }
    )


def read_exam(data: bytes, name: str) -> ExamRecord:
    """Read ``exam.json``."""
    record = _read(data, name, EXAM_FORMAT)
    file = parse_value(ExamFile, record["exam"])
    seed = record["practice_seed"]
    return ExamRecord(
        exam=exam_of(file, None if seed is None else int(seed)),
        file=file,
        specs={key: entry_from(entry, name) for key, entry in record["entries"].items()},
        version=record["convexam"],
        sha256=hashlib.sha256(data).hexdigest(),
    )


def paper_bytes(exam: Exam, exam_sha256: str, paper: Paper) -> bytes:
    """Return ``papers/CODE.json``."""
    return canonical_json(
        {
            "format": PAPER_FORMAT,
            "exam": exam.id,
            "exam_sha256": exam_sha256,
            "paper": paper.code,
            "attempt": paper.attempt,
            "student": {"id": paper.student.id, "name": paper.student.name, "email": paper.student.email},
            "sections": [
                {"title": section.title, "problems": [_problem_data(problem) for problem in section.problems]}
                for section in paper.sections
            ],
        }
    )


def _problem_data(problem: Problem) -> dict[str, Any]:
    kind = registry.get(problem.spec.type)
    return {
        "item": problem.item,
        "entry": problem.spec.id,
        "version": kind.version,
        "points": str(problem.points),
        "given": dump(problem.case.given, kind.given),
        "key": {
            field.name: [encode(field.kind, value) for value in problem.key[field.name]]
            for field in kind.ask(problem.case)
        },
        "refused": dict(Counter(problem.refused)),
    }


def read_paper(data: bytes, name: str, record: ExamRecord) -> Paper:
    """Read ``papers/CODE.json``: the paper as it was handed out, with its stored key."""
    stored = _read(data, name, PAPER_FORMAT)
    if stored["exam_sha256"] != record.sha256:
        message = "this paper belongs to another exam.json; keep the files of one exam together"
        raise DataError([Fault(Place(name), "$.exam_sha256", message)])
    return Paper(
        code=stored["paper"],
        student=Student(**stored["student"]),
        attempt=int(stored["attempt"]),
        sections=tuple(
            Section(
                section["title"] or "",
                tuple(_problem_from(problem, record) for problem in section["problems"]),
            )
            for section in stored["sections"]
        ),
    )


def _problem_from(stored: Mapping[str, Any], record: ExamRecord) -> Problem:
    spec = record.specs[stored["entry"]]
    kind = registry.get(spec.type)
    case = Case(parse_value(kind.given, stored["given"]), record.exam.conventions)
    kinds = {field.name: field.kind for field in kind.ask(case)}
    key = {
        name: tuple(decode(kinds[name], value) for value in values) for name, values in stored["key"].items()
    }
    return Problem(stored["item"], spec, case, Fraction(stored["points"]), key)


def _read(data: bytes, name: str, format_: str) -> dict[str, Any]:
    root = read_json(data, name, RECORD).root
    if not isinstance(root, dict) or root.get("format") != format_:
        raise DataError([Fault(Place(name), "$.format", f"this is no record of the format '{format_}'")])
    return root
