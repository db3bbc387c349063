"""A press, where papers are drawn, and their files made: all it needs lies on it, and it decides nothing.

A press holds what is the same for every paper. It is opened once in each process that makes papers, and what
goes in and comes out are plain values. It does not matter on which machine a press stands: it opens no file
of an exam.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache

from .bank import Bank
from .compose import compose
from .frozen import frozen
from .handout import handout, marker_sheets, printed, solutions
from .papers import EVERYONE, Paper, Student
from .record import ExamRecord, paper_bytes, read_paper

Files = tuple[tuple[str, bytes], ...]
"""The name of each file, and its bytes."""


@frozen
class Draft:
    """What new papers are drawn from: entries, and the secret of the exam."""

    bank: Bank
    secret: bytes


@frozen
class Stored:
    """The record of a paper: its code, the bytes, and what messages call them."""

    code: str
    data: bytes
    name: str


class Part(Enum):
    """What is made of papers."""

    HANDOUT = "handout"
    SOLUTIONS = "solutions"
    SHEET = "sheet"
    KEY = "key"


@frozen
class ToMake:
    """Files to be made.

    Attributes
    ----------
    part
        Which ones.
    papers
        Of which papers: a single one, but for the key.
    formats
        In which formats; a sheet is a PDF.
    whose
        The student whom a sheet names.
    name
        What files of several papers are called, without their ending.
    """

    part: Part
    papers: tuple[Stored, ...]
    formats: tuple[str, ...] = ()
    whose: Student = EVERYONE
    name: str = ""


class Press:
    """Draws papers of one exam, and makes their files.

    Parameters
    ----------
    record
        The exam.
    draft
        What to draw new papers from; None where there are to be none.
    """

    def __init__(self, record: ExamRecord, draft: Draft | None) -> None:
        self._record = record
        self._draft = draft
        self._read = lru_cache(maxsize=4)(self._paper)  # several files are made of each

    def draw(self, student: Student) -> bytes:
        """Draw a student's paper, and return its record; raises as `compose` does."""
        if self._draft is None:
            raise ValueError("this press draws no papers")
        exam = self._record.exam
        paper = compose(self._record.file, self._draft.bank, self._draft.secret, student, exam.attempt)
        return paper_bytes(exam, self._record.sha256, paper)

    def make(self, task: ToMake) -> Files:
        """Make files.

        Raises
        ------
        DataError
            If a record is damaged.
        """
        return tuple(self._files(task))

    def _files(self, task: ToMake) -> Iterable[tuple[str, bytes]]:
        exam, papers = self._record.exam, [self._read(each) for each in task.papers]
        match task.part:
            case Part.HANDOUT:
                return handout(exam, papers[0], task.formats)
            case Part.SOLUTIONS:
                return solutions(exam, papers[0], task.formats)
            case Part.SHEET:
                return printed(exam, papers[0], task.whose)
            case Part.KEY:
                return marker_sheets(exam, papers, task.formats, task.name)

    def _paper(self, stored: Stored) -> Paper:
        return read_paper(stored.data, stored.name, stored.code, self._record)


def warm_up(*, pdfs: bool) -> None:
    """Load what takes long, so that workers that are forked off this process find it there."""
    from .render.paper import load_template

    load_template()
    if pdfs:
        from .render.pdf import pdf

        pdf('<html lang="en"><title>-</title><main></main>')  # with its style sheet and fonts


_presses: list[Press] = []


def open_press(record: ExamRecord, draft: Draft | None) -> None:
    """Set up the press of this process: the first thing that a worker does."""
    _presses[:] = [Press(record, draft)]


def draw(student: Student) -> bytes:
    """Draw a paper at the press of this process; see `Press.draw`."""
    return _presses[0].draw(student)


def make(tasks: Iterable[ToMake]) -> tuple[Files, ...]:
    """Make files at the press of this process, one task after the other; see `Press.make`."""
    return tuple(map(_presses[0].make, tasks))
