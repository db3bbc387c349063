"""A run of `grade`: every file is marked or named, and every mark is kept before the next file."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import click

from ..generator.codes import is_code
from ..generator.errors import ConvexamError, DataError, Fault, MisuseError, OutputError, Place
from ..generator.files import PRIVATE, make_folder, write_whole
from ..generator.papers import Paper
from ..generator.record import ExamRecord, read_exam, read_paper
from ..grader.intake.answers import Submission
from ..grader.intake.collect import Found, file_stem, owner_of
from ..grader.intake.submissions import MOST_BYTES, read_submissions
from ..grader.marking.mark import mark_paper
from ..grader.marking.terms import terms_of
from ..grader.model import Result
from ..grader.records.store import Counting, Entry, Store
from ..grader.reports.feedback import feedback_html
from ..grader.reports.marks_csv import grade_columns, marks_csv
from ..grader.reports.record import record_bytes
from ..version import __version__
from .folder import EXAM, MARKS, PAPERS
from .tables import marks_table, printable

MOST_LINES = 5  # of problems of one file in the terminal; the record and the page hold more
BUG = 70


def exam_record(folder: Path) -> ExamRecord:
    """Read the record of the exam in a folder."""
    file = folder / EXAM
    try:
        return read_exam(file.read_bytes(), str(file))
    except FileNotFoundError:
        raise MisuseError(f"{folder}: holds no exam; name the folder that `generate` wrote") from None
    except OSError as error:
        raise OutputError(f"{file}: cannot be read: {error.strerror}") from error


class Marker:
    """Marks files one after the other into an open store."""

    def __init__(self, folder: Path, record: ExamRecord, store: Store) -> None:
        self._folder = folder
        self._record = record
        self._store = store
        self._problems: dict[str, list[str]] = {}  # by file
        self._untyped: dict[str, list[int]] = {}  # rows without an answer, by file
        self._marked: set[str] = set()  # students of this run
        self._bugs = 0
        self._paper = lru_cache(maxsize=8)(self._read_paper)  # papers for everyone come again and again
        make_folder(folder / MARKS)

    def mark(self, found: Found) -> None:
        """Mark all that a file holds; what is wrong with it is kept for the report and stops nothing."""
        if found.problem:
            self._note(found.name, [found.problem])
            return
        with self._noted(found.name):
            data = _bytes_of(found.file)
            for submission in read_submissions(data, found.name):
                if submission.row is not None and not submission.answers:
                    self._untyped.setdefault(found.name, []).append(submission.row.number)
                    continue
                with self._noted(submission.source):
                    self._mark(submission, found.file, submission.row.data if submission.row else data)

    @contextmanager
    def _noted(self, source: str) -> Iterator[None]:
        """Keep what goes wrong for the report; what would stop every file is raised."""
        try:
            yield
        except DataError as error:
            self._note(source, [f"{fault.message}; it was not marked" for fault in error.faults])
        except ConvexamError:
            raise  # the disk is full, the store is broken: no file after this one would fare better
        except Exception as error:  # a fault of ours must not cost the others their marks
            if not self._bugs:
                sys.excepthook(*sys.exc_info())
            self._bugs += 1
            self._note(source, [f"was not marked: a fault of convexam ({type(error).__name__})"])

    def _mark(self, submission: Submission, file: Path, data: bytes) -> None:
        if not is_code(submission.paper):
            raise _refusal(
                *map(str, submission.problems), "without a paper code there is no key to mark it by"
            )
        paper, digest = self._paper(submission.paper)
        owner = owner_of(paper, submission, file)
        result = mark_paper(paper, submission, owner.student, terms_of(self._record.exam))
        before = self._other(owner.student, submission)
        odd = (owner.problem, _replacing(before, result, submission))
        self._note(submission.source, [*map(str, result.problems), *filter(None, odd)])
        self._marked.add(owner.student)
        if before is not None and _is_blank_file(result, submission):
            return
        record = record_bytes(
            result, paper, exam=self._record.exam.id, exam_sha256=self._record.sha256, version=__version__
        )
        self._store.keep(
            Entry(
                sha256=submission.sha256,
                student=owner.student,
                paper=paper.code,
                source=submission.source,
                data=data,
                exam_sha256=self._record.sha256,
                paper_sha256=digest,
                convexam=__version__,
                record=record.decode(),
            )
        )
        stem = file_stem(owner.student)
        self._write(f"{stem}.json", record)
        self._write(f"{stem}.feedback.html", feedback_html(self._record.exam, paper, result).encode())

    def _other(self, student: str, submission: Submission) -> Counting | None:
        """Return what counted for this student until now, if that was another file."""
        before = self._store.of_student(student, self._record.sha256)
        return None if before is None or before.sha256 == submission.sha256 else before

    def _read_paper(self, code: str) -> tuple[Paper, str]:
        """Return the paper of a code, and the digest of its record."""
        file = self._folder / PAPERS / f"{code}.json"
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            raise _refusal(f"the paper {code} is of another exam") from None
        except OSError as error:
            raise _refusal(f"the record of the paper {code} cannot be read: {error.strerror}") from error
        return read_paper(data, str(file), code, self._record), hashlib.sha256(data).hexdigest()

    def _write(self, name: str, data: bytes) -> None:
        write_whole(self._folder / MARKS / name, data, mode=PRIVATE)

    def _note(self, source: str, problems: Sequence[str]) -> None:
        if problems:
            self._problems.setdefault(source, []).extend(problems)

    def report(self) -> int:
        """Write the CSV of all students so far, print the table, and return the exit code."""
        counting = [_stored(each) for each in self._store.counting(self._record.sha256)]
        self._write("marks.csv", marks_csv(counting))
        marked = [record for record in counting if record["student"] in self._marked]
        marks_table(marked)
        for file, problems in self._problems.items():
            for problem in problems[:MOST_LINES]:
                click.echo(f"{file}: {printable(problem)}", err=True)
            if len(problems) > MOST_LINES:
                click.echo(f"{file}: and {len(problems) - MOST_LINES} more", err=True)
        for file, rows in self._untyped.items():
            click.echo(f"{file}: {_untyped(rows)}")
        click.echo(f"Marks: {self._folder / MARKS}/marks.csv; a record and a feedback page for each student")
        waiting = sum(record["waiting"] for record in marked)
        if waiting:
            answers = "1 answer waits" if waiting == 1 else f"{waiting} answers wait"
            counts = "that counts 0" + ", and grades are provisional" * bool(grade_columns(marked))
            click.echo(f"{answers} for you: unreadable, or in words; until you have looked, {counts}.")
        return BUG if self._bugs else 3 if waiting or self._problems else 0


def _is_blank_file(result: Result, submission: Submission) -> bool:
    """Say whether a file is blank: then answers handed in before still count. A marker means a blank row."""
    return result.blank and submission.row is None


def _replacing(before: Counting | None, result: Result, submission: Submission) -> str:
    """Say so where a student handed in something else before, and which of both counts."""
    if before is None:
        return ""
    as_well = f"{result.student} handed in {before.source} as well"
    if _is_blank_file(result, submission):
        return f"{as_well}; this file is blank, so that one counts"
    return f"{as_well}; this {'row' if submission.row else 'file'}, marked later, counts"


def _refusal(*problems: str) -> DataError:
    return DataError([Fault(Place(""), "", "; ".join(problems))])


def _untyped(rows: Sequence[int]) -> str:
    """Say that rows were passed over, because nothing is typed into them yet."""
    which = f"row {rows[0]} holds" if len(rows) == 1 else f"{len(rows)} rows hold"
    return f"{which} no answer, so nothing was marked; type _ into a cell of a paper handed in blank"


def _stored(counting: Counting) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(counting.record)
    except ValueError:
        raise OutputError(
            f"the marks of {counting.source} in marks.sqlite are damaged: mark that file again"
        ) from None
    return record


def _bytes_of(file: Path) -> bytes:
    """Read a file, and no more of it than is needed to see that it is too large."""
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise _refusal(f"cannot be read: {error.strerror}") from error
