"""A desk, where what was handed in is read and marked: all it needs lies on it, and it decides nothing.

A desk holds what is the same for every submission. It is made anew in each process that marks, and what goes
in and comes out are plain values, so that it does not matter where the desk stands.
"""

from __future__ import annotations

import hashlib
import traceback
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from ..generator.codes import is_code
from ..generator.errors import DataError
from ..generator.papers import Paper, is_forgotten
from ..generator.policy import Release
from ..generator.record import read_exam, read_paper
from .intake.answers import Submission, read_submission
from .intake.arrival import Arrival
from .intake.class_csv import read_class
from .intake.directory import Directory
from .intake.handed_in import Outcome
from .intake.identity import identify
from .intake.submissions import read_kept
from .likeness.sheets import Sheet, sheet_of_paper
from .marking.mark import mark_paper
from .marking.terms import terms_of
from .model import Result
from .paper_records import Brought, Filed, InFolder
from .records.entry import Basis, Entry, Submitted
from .records.people import Said
from .reports.feedback import feedback_html
from .reports.record import record_bytes
from .rules.held import digest_of
from .rules.rule import Ruling
from .rules.ruled import NOBODY, ruled, settled_under
from .statistics.sheet import Asked, asked_of
from .tasks import Handed, Kept, Marked, Published, ToCompare, ToMark, ToPublish, ToRead, WithRecord

T = TypeVar("T")
R = TypeVar("R")


class Desk:
    """Reads and marks by the record of one exam.

    Parameters
    ----------
    exam
        The file ``exam.json``.
    records
        The records of papers.
    directory
        The class.
    version
        The release that marks.
    """

    def __init__(self, exam: Filed, records: InFolder | Brought, directory: Directory, version: str) -> None:
        self._record = read_exam(exam.data, exam.name)
        self._records = records
        self._directory = directory
        self._version = version
        self._paper = lru_cache(maxsize=8)(self._read_paper)  # papers for everyone come again and again

    # -- reading -------------------------------------------------------------------------------------

    def rows(self, task: ToRead) -> list[ToRead] | Handed:
        """Part the CSV of a class into its rows, each to be read for itself, or say what is wrong with it."""
        try:
            rows = [
                ToRead(each.source, each.row.data, task.sender, is_row=True, rulings=task.rulings)
                for each in read_class(task.data, task.source)
                if each.row is not None
            ]
        except DataError as error:
            return Handed(_unread(task, error))
        return rows or Handed(task.arrival(Outcome.EMPTY, "there is no row below the header"))

    def code_in(self, task: ToRead) -> str:
        """Return the code of the paper that a document is about, or nothing if it cannot be read."""
        try:
            code = _submission(task).paper
        except DataError:
            return ""
        return code if is_code(code) else ""

    def read(self, task: ToRead) -> Handed:
        """Read a document, or a row of one, and mark it; whatever is wrong with it is an outcome."""
        marked = self.marked(task)
        if marked.result is None or marked.paper is None:
            return Handed(marked.arrival, fault=marked.fault)
        submitted = Submitted(task.sha256, marked.result.student, marked.paper.code)
        try:
            entry = self._entry(Kept(submitted, task.source, task.data), marked.result, task.rulings)
        except (MemoryError, RecursionError):
            raise  # the end of a worker
        except Exception as error:
            arrival, fault = _fault(task, error)
            return Handed(arrival, fault=fault)
        return Handed(marked.arrival, entry)

    def marked(self, task: ToRead) -> Marked:
        """Read and mark as `read` does, and return the marks themselves."""
        try:
            return self._marked_as(_submission(task), task)
        except DataError as error:
            return Marked(_unread(task, error))
        except (MemoryError, RecursionError):
            raise
        except Exception as error:  # a fault of ours must not cost the others their marks
            arrival, fault = _fault(task, error)
            return Marked(arrival, fault=fault)

    def _marked_as(self, submission: Submission, task: ToRead) -> Marked:
        arrival = replace(
            task.arrival(Outcome.READ),
            paper=submission.paper if is_code(submission.paper) else "",
            notes=tuple(map(str, submission.problems)),
        )
        if task.is_row and not submission.answers:
            return Marked(replace(arrival, outcome=Outcome.NOT_TYPED))
        if not arrival.paper:
            return Marked(replace(arrival, outcome=Outcome.NO_CODE))
        try:
            paper, _ = self._paper(submission.paper)
        except DataError as error:
            notes = (*arrival.notes, *_messages(error))
            return Marked(replace(arrival, outcome=Outcome.UNKNOWN_CODE, notes=notes))
        if is_forgotten(paper.student):
            return Marked(_of_forgotten(paper))
        whose = identify(paper.student, submission, task.sender, self._directory)
        if whose.outcome is not Outcome.READ:
            notes = (*arrival.notes, whose.problem)
            return Marked(replace(arrival, outcome=whose.outcome, known=whose.known, notes=notes))
        result = self._result(submission, whose.student, task.rulings)
        notes = (*map(str, result.problems), *whose.notes)
        arrival = replace(arrival, student=whose.student, known=whose.known, notes=notes)
        return Marked(arrival, result, paper)

    # -- marking what was kept -----------------------------------------------------------------------

    def mark(self, task: ToMark) -> Entry:
        """Mark again what was kept.

        Raises
        ------
        DataError
            If it, or the record of its paper, cannot be read any more.
        """
        return self._entry(task.kept, self._again(task), task.rulings)

    def record(self, task: ToMark) -> bytes:
        """Return the record that would count under some rules; raises as `mark` does."""
        return self._record_bytes(self._again(task), self.paper(task.kept.submitted.paper))

    def records(self, task: ToCompare) -> tuple[bytes, ...]:
        """Return the records that would count under each of several lists of rules; raises as `mark` does."""
        paper, student = self.paper(task.kept.submitted.paper), task.kept.submitted.student
        terms = terms_of(self._record.exam)
        marked = mark_paper(paper, _kept(task.kept), student, terms)
        settled = (settled_under(marked, paper, terms, rulings, task.said) for rulings in task.several)
        return tuple(self._record_bytes(each, paper) for each in settled)

    def publish(self, task: ToMark, release: Release) -> Published:
        """Make the files of a student; raises as `mark` does."""
        paper, final = self.paper(task.kept.submitted.paper), self._again(task)
        page = feedback_html(self._record.exam, paper, final, release)
        return Published(self._record_bytes(final, paper), page.encode())

    def _again(self, task: ToMark) -> Result:
        return self._result(_kept(task.kept), task.kept.submitted.student, task.rulings, task.said)

    def _result(
        self, submission: Submission, student: str, rulings: tuple[Ruling, ...], said: Said = NOBODY
    ) -> Result:
        terms = terms_of(self._record.exam)
        return ruled(self.paper(submission.paper), submission, student, terms, rulings, said)

    def _entry(self, kept: Kept, result: Result, rulings: tuple[Ruling, ...]) -> Entry:
        paper, digest = self._paper(kept.submitted.paper)
        return Entry(
            submitted=kept.submitted,
            source=kept.source,
            data=kept.data,
            basis=Basis(self._record.sha256, digest_of(rulings)),
            paper_sha256=digest,
            convexam=self._version,
            record=self._record_bytes(result, paper).decode(),
        )

    def _record_bytes(self, result: Result, paper: Paper) -> bytes:
        return record_bytes(
            result,
            paper,
            exam=self._record.exam.id,
            exam_sha256=self._record.sha256,
            version=self._version,
        )

    # -- papers ----------------------------------------------------------------------------------------

    def paper(self, code: str) -> Paper:
        """Return the paper of a code.

        Raises
        ------
        DataError
            If there is none in this exam, or its record is damaged.
        """
        return self._paper(code)[0]

    def _read_paper(self, code: str) -> tuple[Paper, str]:
        """Return the paper of a code, and the digest of its record."""
        filed = self._records.of(code)
        paper = read_paper(filed.data, filed.name, code, self._record)
        return paper, hashlib.sha256(filed.data).hexdigest()


def _submission(task: ToRead) -> Submission:
    reader = read_kept if task.is_row else read_submission
    return replace(reader(task.data, task.source), sha256=task.sha256)


def _kept(kept: Kept) -> Submission:
    """Read a submission as it was kept."""
    submitted = kept.submitted
    return replace(read_kept(kept.data, kept.source), paper=submitted.paper, sha256=submitted.sha256)


def _fault(task: ToRead, error: Exception) -> tuple[Arrival, str]:
    """Return what stands for a document on which the program itself failed, and the traceback."""
    note = f"a fault of convexam ({type(error).__name__})"
    return task.arrival(Outcome.CRASHED, note), traceback.format_exc()


def _unread(task: ToRead, error: DataError) -> Arrival:
    """Return what stands for a document that cannot be read as a whole."""
    outcome = Outcome.NO_ANSWERS if task.data.strip() else Outcome.EMPTY
    return task.arrival(outcome, *_messages(error))


def _of_forgotten(paper: Paper) -> Arrival:
    """Return what stands for a file on a paper of somebody who was forgotten: nothing that tells who."""
    note = "answers on the paper of somebody who was forgotten; they were not kept"
    return Arrival(paper.student.id, "", Outcome.FORGOTTEN, paper=paper.code, notes=(note,))


def _messages(error: DataError) -> tuple[str, ...]:
    return tuple(fault.message for fault in error.faults)


_desks: list[Desk] = []
_brought = Brought()


def open_desk(exam: Filed, papers: Path | None, directory: Directory, version: str) -> None:
    """Make the desk of this process: the first thing that a worker does.

    Parameters
    ----------
    exam, directory, version
        See `Desk`.
    papers
        The folder with the records of papers; without one, tasks come by `with_record`.
    """
    records = _brought if papers is None else InFolder(papers)
    _desks[:] = [Desk(exam, records, directory, version)]


def with_record(task: WithRecord[T, R]) -> R:
    """Do a task for which this process does not find the record of the paper."""
    _brought.lay(task.code, task.record)
    return task.function(task.task)


def paper(code: str) -> Paper:
    """Return a paper as it lies on the desk of this process; see `Desk.paper`."""
    return _desks[0].paper(code)


def asked(code: str) -> tuple[Asked, ...]:
    """Return what statistics need of a paper that lies on the desk of this process; see `Desk.paper`."""
    return asked_of(_desks[0].paper(code))


def sheet(code: str) -> Sheet:
    """Return the keys of a paper that lies on the desk of this process; see `Desk.paper`."""
    return sheet_of_paper(_desks[0].paper(code))


def rows(task: ToRead) -> list[ToRead] | Handed:
    """Part the CSV of a class at the desk of this process; see `Desk.rows`."""
    return _desks[0].rows(task)


def code_in(task: ToRead) -> str:
    """Return the code of the paper that a document is about; see `Desk.code_in`."""
    return _desks[0].code_in(task)


def read(task: ToRead) -> Handed:
    """Read and mark a document at the desk of this process; see `Desk.read`."""
    return _desks[0].read(task)


def mark(task: ToMark) -> Entry:
    """Mark again at the desk of this process; see `Desk.mark`."""
    return _desks[0].mark(task)


def record(task: ToMark) -> bytes:
    """Return what would count, from the desk of this process; see `Desk.record`."""
    return _desks[0].record(task)


def records(task: ToCompare) -> tuple[bytes, ...]:
    """Return what would count under several lists of rules; see `Desk.records`."""
    return _desks[0].records(task)


def publish(task: ToPublish) -> Published:
    """Make a student's files at the desk of this process; see `Desk.publish`."""
    return _desks[0].publish(task.marked, task.release)
