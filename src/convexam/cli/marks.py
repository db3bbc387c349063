"""The marks of an exam: kept in its store, and the files that follow from them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..generator.errors import DataError, Fault, MisuseError, OutputError, Place
from ..generator.files import PRIVATE, make_folder, remove_leftovers, write_whole
from ..generator.papers import Paper
from ..generator.record import ExamRecord, read_exam, read_paper
from ..grader.intake.answers import Submission
from ..grader.intake.collect import file_stem
from ..grader.intake.submissions import read_kept
from ..grader.marking.mark import mark_paper
from ..grader.marking.settle import settled
from ..grader.marking.terms import terms_of
from ..grader.model import Result
from ..grader.records.store import Counting, Entry, Store
from ..grader.reports.feedback import feedback_html
from ..grader.reports.marks_csv import marks_csv
from ..grader.reports.record import record_bytes
from ..version import __version__
from .folder import EXAM, MARKS, PAPERS
from .releasing import release_of


def exam_record(folder: Path) -> ExamRecord:
    """Read the record of the exam in a folder."""
    file = folder / EXAM
    try:
        return read_exam(file.read_bytes(), str(file))
    except FileNotFoundError:
        raise MisuseError(f"{folder}: holds no exam; name the folder that `generate` wrote") from None
    except OSError as error:
        raise OutputError(f"{file}: cannot be read: {error.strerror}") from error


class Marks:
    """The marks of all students of an exam, in an open store and in the folder ``marks``."""

    def __init__(self, folder: Path, record: ExamRecord, store: Store) -> None:
        self.store = store
        self.record = record
        self.release = release_of(folder, record)
        self._folder = folder
        self._paper = lru_cache(maxsize=8)(self._read_paper)  # papers for everyone come again and again
        make_folder(folder / MARKS)
        remove_leftovers(folder / MARKS)

    def paper(self, code: str) -> Paper:
        """Return the paper of a code."""
        return self._paper(code)[0]

    def mark(self, submission: Submission, student: str) -> Result:
        """Mark a submission, which decides nothing yet."""
        return mark_paper(self.paper(submission.paper), submission, student, terms_of(self.record.exam))

    def keep(
        self, result: Result, submission: Submission, data: bytes, *, instead: Counting | None = None
    ) -> None:
        """Let a result count, with what people said, and write the student's files.

        Of the files the record comes last: where it is as it should be, the page is so too.

        Parameters
        ----------
        result, submission, data
            What the machine made of what was handed in.
        instead
            Do so only if this still counts.
        """
        paper, digest = self._paper(result.paper)
        said = self.store.said(result.student)
        final = settled(result, paper, said)
        machine = self._record_bytes(result, paper)
        record = self._record_bytes(final, paper) if said.count else machine
        entry = Entry(
            sha256=submission.sha256,
            student=result.student,
            paper=paper.code,
            source=submission.source,
            data=data,
            exam_sha256=self.record.sha256,
            paper_sha256=digest,
            convexam=__version__,
            record=machine.decode(),
            settled=record.decode(),
            said=said.count,
        )
        if not self.store.keep(entry, instead=instead):
            return  # another run marked something newer meanwhile, and writes that
        self._write_page(final)
        self._write(f"{file_stem(result.student)}.json", record)

    def settle(self, counting: Counting) -> None:
        """Bring what counts up to date with what people said, and the files with what counts.

        It is marked again from the bytes that were kept: so a page shows all that it would show if the file
        were at hand. A later release marks in its own way, and the earlier result stays beside its own.
        """
        self.keep(*self._again(counting), instead=counting)

    def mark_again(self, counting: Counting) -> None:
        """Mark again what counted before the exam was changed, if it asks the same as then."""
        again = self._again(counting)
        new = json.loads(self._record_bytes(again[0], self.paper(counting.paper)))
        if others := _asked_otherwise(stored(counting), new):
            raise refusal(f"the exam now asks something else in {', '.join(others)}")
        self.keep(*again, instead=counting)

    def write_page(self, counting: Counting) -> None:
        """Write a student's page anew; where it would tell other marks than are kept, these follow."""
        result, submission, data = self._again(counting)
        paper = self.paper(result.paper)
        final = settled(result, paper, self.store.said(result.student))
        if self._record_bytes(final, paper) == counting.record.encode():
            self._write_page(final)
        else:
            self.keep(result, submission, data, instead=counting)

    def _again(self, counting: Counting) -> tuple[Result, Submission, bytes]:
        """Mark again what was kept."""
        data = self.store.bytes_of(counting)
        submission = replace(read_kept(data, counting.source), paper=counting.paper, sha256=counting.sha256)
        return self.mark(submission, counting.student), submission, data

    def _write_page(self, result: Result) -> None:
        page = feedback_html(self.record.exam, self.paper(result.paper), result, self.release)
        self._write(f"{file_stem(result.student)}.feedback.html", page.encode())

    def needs_settling(self, counting: Counting) -> bool:
        """Say whether people said something since, or one of the student's files is not as it should be."""
        stem = file_stem(counting.student)
        page, file = (self._folder / MARKS / f"{stem}{ending}" for ending in (".feedback.html", ".json"))
        try:
            done = not counting.outdated and page.exists()
            return not done or file.read_bytes() != counting.record.encode()
        except FileNotFoundError:
            return True
        except OSError as error:
            raise OutputError(f"{file}: cannot be read: {error.strerror}") from error

    def counting(self) -> list[Counting]:
        """Return what counts for each student."""
        return self.store.counting(self.record.sha256)

    def write_csv(self) -> list[dict[str, Any]]:
        """Write the CSV of all students so far, and return their records."""
        records = [stored(each) for each in self.counting()]
        self._write("marks.csv", marks_csv(records))
        return records

    def _read_paper(self, code: str) -> tuple[Paper, str]:
        """Return the paper of a code, and the digest of its record."""
        file = self._folder / PAPERS / f"{code}.json"
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            raise refusal(f"the paper {code} is of another exam") from None
        except OSError as error:
            raise refusal(f"the record of the paper {code} cannot be read: {error.strerror}") from error
        return read_paper(data, str(file), code, self.record), hashlib.sha256(data).hexdigest()

    def _record_bytes(self, result: Result, paper: Paper) -> bytes:
        return record_bytes(
            result, paper, exam=self.record.exam.id, exam_sha256=self.record.sha256, version=__version__
        )

    def _write(self, name: str, data: bytes) -> None:
        write_whole(self._folder / MARKS / name, data, mode=PRIVATE)


def stored(counting: Counting) -> dict[str, Any]:
    """Return the record that counts for a student."""
    return parsed(counting.record, counting.source)


def _asked_otherwise(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Return the questions of a record in which another one has other answers, or that this one lacks."""
    keys = {item["id"]: _keys(item) for item in before["items"]}
    return [item["id"] for item in now["items"] if keys.get(item["id"]) != _keys(item)]


def _keys(item: dict[str, Any]) -> dict[str, Any]:
    return {field["name"]: field["key"] for field in item["fields"]}


def parsed(record: str, source: str) -> dict[str, Any]:
    """Parse a record of the store."""
    try:
        data: dict[str, Any] = json.loads(record)
    except ValueError:
        raise OutputError(
            f"the marks of {source} in marks.sqlite are damaged: mark that file again"
        ) from None
    return data


def refusal(*problems: str) -> DataError:
    """Return what stops the marking of one file."""
    return DataError([Fault(Place(""), "", "; ".join(problems))])
