"""From what was named on the command line to files of answers, and whose they are."""

from __future__ import annotations

import glob
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ...generator.compose import EVERYONE
from ...generator.errors import DataError, Fault, Place
from ...generator.model import Paper
from .answers import Submission

_ENDINGS = (".yaml", ".yml", ".json")
_NOT_ANSWERS = (".paper.json",)
_UNSAFE = re.compile(r"[^A-Za-z0-9_.@+-]+")
_LONGEST_ID = 64


def answer_files(names: Iterable[str]) -> Iterator[Path]:
    """Yield the answer files that files, folders (with all below them) and patterns stand for, once each.

    Raises
    ------
    DataError
        If a name stands for nothing.
    """
    seen: set[Path] = set()
    faults: list[Fault] = []
    for name in names:
        found = list(_files(name))
        if not found:
            message = "no such file, folder or pattern, or no answer file (.yaml, .json) in it"
            faults.append(Fault(Place(name), "", message))
        for file in found:
            if (real := file.resolve()) not in seen:
                seen.add(real)
                yield file
    if faults:
        raise DataError(faults)


def _files(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        yield from (file for file in sorted(path.rglob("*")) if _is_answer_file(file))
    elif path.is_file():
        yield path
    else:
        for match in sorted(glob.glob(name, recursive=True)):  # noqa: PTH207 - patterns may be absolute
            yield from _files(match)


def _is_answer_file(file: Path) -> bool:
    return file.is_file() and file.name.endswith(_ENDINGS) and not file.name.endswith(_NOT_ANSWERS)


def student_of(paper: Paper, submission: Submission, file: Path) -> str:
    """Return whose answers these are.

    A paper drawn for a student is that student's, whatever the file says. A paper that everyone has
    is known by the line ``student:``, or else by the name of the file.
    """
    if paper.student.id != EVERYONE.id:
        return paper.student.id
    return (submission.student or file.name.split(".")[0])[:_LONGEST_ID]


def file_stem(student: str) -> str:
    """Return a safe name for a student's files; no two students share one."""
    stem = _UNSAFE.sub("-", student).strip(".-")
    if stem == student:
        return stem
    return f"{stem or 'student'}-{hashlib.sha256(student.encode()).hexdigest()[:8]}"
