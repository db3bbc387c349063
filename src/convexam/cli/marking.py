"""A run of `grade`: every file is marked or named, and every mark is kept before the next file."""

from __future__ import annotations

import json
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from ..generator.codes import is_code
from ..generator.errors import DataError, Fault, MisuseError, Place
from ..generator.files import PRIVATE, make_folder, write_whole
from ..generator.model import Paper
from ..generator.reading.reader import ANSWERS
from ..generator.record import read_exam, read_paper
from ..grader.intake.answers import Submission, read_submission
from ..grader.intake.collect import file_stem, student_of
from ..grader.marking.mark import mark_paper
from ..grader.records.store import Entry, opened
from ..grader.reports.feedback import feedback_html
from ..grader.reports.marks_csv import marks_csv
from ..grader.reports.record import record_bytes
from ..version import __version__
from .folder import EXAM, MARKS, PAPERS, STORE
from .tables import marks_table


class Marker:
    """Marks files one after the other; use as a context."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._exits = ExitStack()
        self._problems: list[tuple[str, str]] = []  # file, what was odd about it
        self._files: dict[str, tuple[Path, str]] = {}  # student: the file that counts, its digest
        self._paper = cache(self._read_paper)

    def __enter__(self) -> Marker:
        file = self._folder / EXAM
        if not file.is_file():
            raise MisuseError(f"{self._folder}: holds no exam; name the folder that `generate` wrote")
        self._record = read_exam(file.read_bytes(), str(file))
        make_folder(self._folder / MARKS)
        self._store = self._exits.enter_context(opened(self._folder / STORE))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._exits.__exit__(kind, error, trace)

    def mark(self, file: Path) -> None:
        """Mark one file; what is wrong with it is kept for the report and stops nothing."""
        try:
            data = _bytes_of(file)
            submission = read_submission(data, str(file))
        except DataError as error:
            self._problems += [(str(file), f"{fault.message}; it was not marked") for fault in error.faults]
            return
        paper = self._paper(submission.paper)
        if isinstance(paper, str):
            self._problems += [(str(file), problem) for problem in (*submission.problems, paper)]
        else:
            self._keep(file, data, paper, submission)

    def _keep(self, file: Path, data: bytes, paper: Paper, submission: Submission) -> None:
        student = student_of(paper, submission, file)
        result = mark_paper(paper, submission, student)
        self._problems += [(str(file), problem) for problem in result.problems]
        earlier = self._files.get(student)
        if earlier and earlier[1] != submission.sha256:
            message = f"{student} handed in {earlier[0]} as well; this file, the later one, counts"
            self._problems.append((str(file), message))
        self._files[student] = file, submission.sha256
        record = record_bytes(
            result, paper, exam=self._record.exam.id, exam_sha256=self._record.sha256, version=__version__
        )
        self._store.keep(
            Entry(
                sha256=submission.sha256,
                student=student,
                paper=paper.code,
                source=str(file),
                data=data,
                exam_sha256=self._record.sha256,
                convexam=__version__,
                points=str(result.points),
                record=record.decode(),
            )
        )
        stem = self._folder / MARKS / file_stem(student)
        write_whole(stem.with_name(f"{stem.name}.json"), record, mode=PRIVATE)
        page = feedback_html(self._record.exam, paper, result)
        write_whole(stem.with_name(f"{stem.name}.feedback.html"), page.encode(), mode=PRIVATE)

    def report(self) -> int:
        """Write the CSV of all students so far, print the table, and return the exit code."""
        records: list[dict[str, Any]] = [
            json.loads(record) for record in self._store.latest(self._record.sha256)
        ]
        write_whole(self._folder / MARKS / "marks.csv", marks_csv(records), mode=PRIVATE)
        marked = [record for record in records if record["student"] in self._files]
        marks_table(marked)
        for file, problem in self._problems:
            click.echo(f"{file}: {problem}", err=True)
        click.echo(f"Marks: {self._folder / MARKS}/marks.csv; a record and a feedback page for each student")
        waiting = sum(record["waiting"] for record in marked)
        if waiting:
            answers = "1 answer" if waiting == 1 else f"{waiting} answers"
            click.echo(f"{answers} could not be read; until you have looked, that counts 0.")
        return 3 if waiting or self._problems else 0

    def _read_paper(self, code: str) -> Paper | str:
        """Return the paper of that code, or why there is none."""
        file = self._folder / PAPERS / f"{code}.json"
        if not is_code(code):
            return "without a paper code it cannot be marked"
        if not file.is_file():
            return f"the paper {code} is of another exam; it was not marked"
        return read_paper(file.read_bytes(), str(file), self._record)


def _bytes_of(file: Path) -> bytes:
    """Read a file, and not much more of it than an answer file may hold."""
    try:
        with file.open("rb") as stream:
            return stream.read(ANSWERS.bytes + 1)
    except OSError as error:
        raise DataError([Fault(Place(str(file)), "", f"cannot be read: {error.strerror}")]) from error
