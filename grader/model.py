"""Marks and results: frozen values, credit in exact fractions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias, cast

from ..generator.document import Message
from ..generator.model import Value


class Verdict(StrEnum):
    """What became of an answer; blank, unreadable and wrong are three different things.

    UNMARKED is an answer in words, which was read and which a person marks.
    """

    RIGHT = "RIGHT"
    PARTIAL = "PARTIAL"
    WRONG = "WRONG"
    BLANK = "BLANK"
    UNREADABLE = "UNREADABLE"
    UNMARKED = "UNMARKED"

    @property
    def waits(self) -> bool:
        """Say whether a person has to look."""
        return self in (Verdict.UNREADABLE, Verdict.UNMARKED)


Read: TypeAlias = "Value | tuple[Read, ...] | None"
"""What was understood: a value in which a cell may be missing."""


@dataclass(frozen=True)
class Finding:
    """What a wrong answer points at.

    Attributes
    ----------
    names
        Misconceptions, by their names in `generator.questions.misconceptions`.
    credit
        The share of the points that the entry gives for it.
    certain
        Whether nothing else that is known leads to the same answer.
    """

    names: tuple[str, ...]
    credit: Fraction = Fraction()
    certain: bool = True


@dataclass(frozen=True)
class Mark:
    """The mark of one field.

    Attributes
    ----------
    field
        Its name.
    verdict
        The verdict on the whole field.
    credit
        The share of the field that was earned, 0 to 1.
    read
        What was understood; None where nothing was. A blank or unreadable cell of a map is None.
    key
        The accepted value that comes first.
    raw
        The answer as it was handed in.
    reason
        Why it could not be read, or in what its form differs from the key.
    cells
        The verdict on each cell of a map of the right size.
    findings
        What a wrong answer points at.
    against
        What it was compared with.
    """

    field: str
    verdict: Verdict
    credit: Fraction
    key: Value
    read: Read = None
    raw: str = ""
    reason: Message | None = None
    cells: tuple[tuple[Verdict, ...], ...] = ()
    findings: tuple[Finding, ...] = ()
    against: str = "key"

    @property
    def complete(self) -> Value | None:
        """The answer, if every part of it was filled in and read."""
        return cast(Value, self.read) if _without_gaps(self.read) else None


@dataclass(frozen=True)
class ItemResult:
    """The marks of one problem, and the points they make."""

    item: str
    points: Fraction
    of: Fraction
    marks: tuple[Mark, ...]

    @property
    def waiting(self) -> int:
        """How many fields wait for a human."""
        return sum(mark.verdict.waits for mark in self.marks)


@dataclass(frozen=True)
class Result:
    """One student's marks.

    Attributes
    ----------
    student, paper
        Who, and which paper.
    items
        The marks of each problem.
    problems
        What was odd about the file that was handed in.
    submission_sha256
        The digest of that file.
    """

    student: str
    paper: str
    items: tuple[ItemResult, ...]
    problems: tuple[Message, ...]
    submission_sha256: str

    @property
    def points(self) -> Fraction:
        """The points of all problems."""
        return sum((item.points for item in self.items), Fraction())

    @property
    def of(self) -> Fraction:
        """The points that could be had."""
        return sum((item.of for item in self.items), Fraction())

    @property
    def waiting(self) -> int:
        """How many fields wait for a human."""
        return sum(item.waiting for item in self.items)

    @property
    def blank(self) -> bool:
        """Whether nothing was answered."""
        return all(mark.verdict is Verdict.BLANK for item in self.items for mark in item.marks)


def _without_gaps(value: Read) -> bool:
    if isinstance(value, tuple):
        return all(map(_without_gaps, value))
    return value is not None
