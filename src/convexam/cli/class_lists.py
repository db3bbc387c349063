"""The class of an exam, and who is who on learning platforms, read from its folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..generator.class_list import ClassList, class_list_of, read_class_list
from ..generator.errors import DataError
from ..generator.files import PRIVATE, differs, file_bytes, write_whole
from ..generator.papers import Paper, Student
from ..generator.record import ExamRecord, owner_of, read_paper
from ..grader.intake.directory import Directory
from ..grader.intake.kept_lists import lists_bytes, read_lists, with_lists, without_person
from ..grader.intake.worksheet import Worksheet
from .folder import CLASS_LIST, LISTS, PAPERS


def class_list_in(folder: Path, record: ExamRecord) -> ClassList:
    """Return who has a paper of the exam in a folder.

    Where the folder has no class list yet, because an earlier release wrote it, it is that of its papers.
    """
    file = folder / CLASS_LIST
    if file.exists():
        return read_class_list(file_bytes(file), str(file), record.exam.id)
    return class_list_of(student for _, student in owners_in(folder, record))


def owners_in(folder: Path, record: ExamRecord) -> list[tuple[str, Student]]:
    """Return the code of each paper in the record, and the student it was drawn for, by code.

    Papers of an exam that was here before are left out.
    """
    names = sorted(file.name for file in (folder / PAPERS).glob("*.json"))
    files = (folder / PAPERS / name for name in names)
    owners = (owner_of(file_bytes(file), str(file), record) for file in files)
    return [owner for owner in owners if owner is not None]


def paper_in(folder: Path, record: ExamRecord, code: str) -> Paper | None:
    """Read a paper of this exam; None if its record is damaged, or of an exam that was here before."""
    file = folder / PAPERS / f"{code}.json"
    try:
        return read_paper(file_bytes(file), str(file), code, record)
    except DataError:
        return None


def directory_in(folder: Path, record: ExamRecord, named: Sequence[Worksheet] = ()) -> Directory:
    """Return who is who on learning platforms: by the class list, by lists that are kept and named now."""
    return Directory(class_list_in(folder, record), with_lists(_lists_in(folder, record), named))


def keep_lists(folder: Path, record: ExamRecord, named: Sequence[Worksheet]) -> None:
    """Keep lists of the class that a platform gave, so that they need not be named again."""
    if named:
        _write_lists(folder, record, with_lists(_lists_in(folder, record), named))


def shorten_lists(folder: Path, record: ExamRecord, student: Student) -> None:
    """Take a student out of them."""
    if lists := _lists_in(folder, record):
        _write_lists(folder, record, without_person(lists, (student.id, student.email)))


def _lists_in(folder: Path, record: ExamRecord) -> tuple[Worksheet, ...]:
    file = folder / LISTS
    return read_lists(file_bytes(file), str(file), record.exam.id) if file.exists() else ()


def _write_lists(folder: Path, record: ExamRecord, lists: Sequence[Worksheet]) -> None:
    file, data = folder / LISTS, lists_bytes(record.exam.id, lists)
    if not file.exists() or differs(file, data):
        write_whole(file, data, mode=PRIVATE)
