"""A run of `grade`: every file is marked or named, and every mark is kept before the next file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ..generator.codes import is_code
from ..generator.errors import ConvexamError, DataError
from ..generator.record import ExamRecord
from ..grader.intake.answers import Submission
from ..grader.intake.collect import Found, owner_of
from ..grader.intake.submissions import MOST_BYTES, read_submissions
from ..grader.model import Result
from ..grader.records.store import Counting, Store
from ..grader.reports.marks_csv import grade_columns
from .folder import MARKS
from .marks import Marks, refusal
from .progress import watched
from .tables import marks_table, printable
from .waiting import WaitingFile

MOST_LINES = 5  # of problems of one file in the terminal; the record and the page hold more
BUG = 70


class Marker:
    """Marks files one after the other into an open store."""

    def __init__(self, folder: Path, record: ExamRecord, store: Store) -> None:
        self._folder = folder
        self._marks = Marks(folder, record, store)
        self._waiting = WaitingFile(folder, self._marks)
        self._problems: dict[str, list[str]] = {}  # by file
        self._untyped: dict[str, list[int]] = {}  # rows without an answer, by file
        self._marked: set[str] = set()  # students of this run
        self._bugs = 0

    def hear(self) -> None:
        """Keep what was typed into the file of answers that wait."""
        try:
            heard = self._waiting.hear()
        except DataError:
            click.echo("Nothing was marked yet: first mend what you typed.", err=True)
            raise
        self._marked |= {answered.student for answered in heard}
        if heard:
            marks = "1 mark of yours was" if len(heard) == 1 else f"{len(heard)} marks of yours were"
            click.echo(f"{marks} taken from {self._waiting.file}.")

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
            raise refusal(
                *map(str, submission.problems), "without a paper code there is no key to mark it by"
            )
        owner = owner_of(self._marks.paper(submission.paper), submission, file)
        result = self._marks.mark(submission, owner.student)
        before = self._other(owner.student, submission)
        odd = (owner.problem, _replacing(before, result, submission))
        self._note(submission.source, [*map(str, result.problems), *filter(None, odd)])
        self._marked.add(owner.student)
        if before is None or not _is_blank_file(result, submission):
            self._marks.keep(result, submission, data)

    def _other(self, student: str, submission: Submission) -> Counting | None:
        """Return what counted for this student until now, if that was another file."""
        before = self._marks.store.of_student(student, self._marks.record.sha256)
        return None if before is None or before.sha256 == submission.sha256 else before

    def _note(self, source: str, problems: Sequence[str]) -> None:
        if problems:
            self._problems.setdefault(source, []).extend(problems)

    def settle(self) -> None:
        """Bring every student up to date whose files do not show what people said, or are not there."""
        behind = [counting for counting in self._marks.counting() if self._marks.needs_settling(counting)]
        for counting in watched(behind, "Writing", len(behind)):
            with self._noted(counting.source):
                self._marks.settle(counting)

    def write_pages(self) -> None:
        """Write the pages of those who were not marked in this run, at the level that holds now."""
        others = [each for each in self._marks.counting() if each.student not in self._marked]
        for counting in watched(others, "Writing", len(others)):
            with self._noted(counting.source):
                self._marks.write_page(counting)

    def report(self) -> int:
        """Write what concerns all students, print the table, and return the exit code."""
        records = self._marks.write_csv()
        marks_table([record for record in records if record["student"] in self._marked])
        for file, problems in self._problems.items():
            for problem in problems[:MOST_LINES]:
                click.echo(f"{file}: {printable(problem)}", err=True)
            if len(problems) > MOST_LINES:
                click.echo(f"{file}: and {len(problems) - MOST_LINES} more", err=True)
        for file, rows in self._untyped.items():
            click.echo(f"{file}: {_untyped(rows)}")
        click.echo(f"Marks: {self._folder / MARKS}/marks.csv; a record and a feedback page for each student")
        waits = self._report_waiting(records)
        return BUG if self._bugs else 3 if waits or self._problems else 0

    def _report_waiting(self, records: Sequence[dict[str, Any]]) -> bool:
        """Write the file of answers that wait, and say whether somebody has to look at it."""
        written = self._waiting.write(records)
        waiting = sum(record["waiting"] for record in records)
        for problem in self._waiting.left_out:
            click.echo(problem, err=True)
        if not written:
            click.echo(
                f"{self._waiting.file}: was changed meanwhile and is left as it is; call grade again",
                err=True,
            )
        elif waiting:
            answers = "1 answer waits" if waiting == 1 else f"{waiting} answers wait"
            click.echo(f"{answers} for you in {self._waiting.file}: unreadable, or in words.")
            grades = "; grades are provisional" * bool(grade_columns(records))
            until_then = "until then they count 0, or what could be read of them"
            click.echo(f"Type points there and call grade again; {until_then}{grades}.")
        return bool(waiting) or not written


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


def _untyped(rows: Sequence[int]) -> str:
    """Say that rows were passed over, because nothing is typed into them yet."""
    which = f"row {rows[0]} holds" if len(rows) == 1 else f"{len(rows)} rows hold"
    return f"{which} no answer, so nothing was marked; type _ into a cell of a paper handed in blank"


def _bytes_of(file: Path) -> bytes:
    """Read a file, and no more of it than is needed to see that it is too large."""
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise refusal(f"cannot be read: {error.strerror}") from error
