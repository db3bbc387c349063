"""What lies on a desk to be done, and what comes back: plain values, which go from process to process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Generic, TypeVar

from ..generator.errors import DataError
from ..generator.frozen import frozen
from ..generator.papers import Paper
from ..generator.policy import Release
from .intake.arrival import Arrival
from .intake.handed_in import Outcome, Sender
from .model import Result
from .paper_records import Filed
from .records.entry import Entry, Submitted
from .records.people import Said
from .rules.rule import Ruling
from .rules.ruled import NOBODY

T = TypeVar("T")
R = TypeVar("R")


@frozen
class ToRead:
    """A document to be read and marked.

    Attributes
    ----------
    source, data
        Its name, and its bytes.
    sender
        Who handed it in, where that is known.
    is_row
        Whether it is a row of the CSV of a class, as `Row` keeps it.
    rulings
        The rules that hold.
    """

    source: str
    data: bytes
    sender: Sender | None = None
    is_row: bool = False
    rulings: tuple[Ruling, ...] = ()

    @property
    def sha256(self) -> str:
        """The digest of its bytes."""
        return hashlib.sha256(self.data).hexdigest()

    def arrival(self, outcome: Outcome, *notes: str) -> Arrival:
        """Return what stands for it in the list of everything that arrived."""
        return Arrival(self.source, self.sha256, outcome, sender=self.sender, is_row=self.is_row, notes=notes)


@frozen
class Handed:
    """A submission as it came over the desk.

    Attributes
    ----------
    arrival
        What became of it.
    entry
        Its result, where it could be marked.
    fault
        What went wrong in the program itself: a traceback.
    """

    arrival: Arrival
    entry: Entry | None = None
    fault: str = ""


@frozen
class Marked:
    """A submission as it was marked, before anything is written of it.

    Attributes
    ----------
    arrival
        What became of it.
    result, paper
        Its marks, and what was asked, where it could be marked.
    fault
        What went wrong in the program itself: a traceback.
    """

    arrival: Arrival
    result: Result | None = None
    paper: Paper | None = None
    fault: str = ""


@frozen
class Kept:
    """A submission as it was kept: its key, where it came from, its bytes."""

    submitted: Submitted
    source: str
    data: bytes


@frozen
class ToMark:
    """A submission to be marked again.

    Attributes
    ----------
    kept
        The submission.
    rulings
        The rules by which it is marked.
    said
        What people said about the student, where that is to count as well.
    """

    kept: Kept
    rulings: tuple[Ruling, ...] = ()
    said: Said = NOBODY


@frozen
class ToCompare:
    """A submission to be marked once, and to be settled under several lists of rules.

    Attributes
    ----------
    kept
        The submission.
    said
        What people said about the student.
    several
        The lists.
    """

    kept: Kept
    said: Said
    several: tuple[tuple[Ruling, ...], ...]


@frozen
class ToPublish:
    """What a student's files are to be made of, and what the page tells."""

    marked: ToMark
    release: Release


@frozen
class Published:
    """What a student's files are to hold: the settled record and the feedback page."""

    record: bytes
    page: bytes


@frozen
class WithRecord(Generic[T, R]):
    """A task for a desk that sees no files.

    Attributes
    ----------
    function, task
        What is to be done, and with what.
    code, record
        The paper that it is about, and its record, or why there is none.
    """

    function: Callable[[T], R]
    task: T
    code: str
    record: Filed | DataError


def code_of(task: object) -> str:
    """Return the code of the paper that a task is about, or that it is."""
    match task:
        case str():
            return task
        case ToMark() | ToCompare():
            return task.kept.submitted.paper
        case ToPublish():
            return code_of(task.marked)
    raise TypeError(task)
