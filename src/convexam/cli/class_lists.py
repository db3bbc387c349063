"""The class of an exam, read from its folder."""

from __future__ import annotations

from pathlib import Path

from ..generator.class_list import ClassList, class_list_of, read_class_list
from ..generator.files import file_bytes
from ..generator.papers import Student
from ..generator.record import ExamRecord, owner_of
from .folder import CLASS_LIST, PAPERS


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
    files = sorted((folder / PAPERS).glob("*.json"))
    owners = (owner_of(file_bytes(file), str(file), record) for file in files)
    return [owner for owner in owners if owner is not None]
