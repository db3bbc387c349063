"""Marks and results: frozen values, credit in exact fractions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from fractions import Fraction
from typing import Literal, TypeAlias, cast

from ..generator.document import Message
from ..generator.frozen import frozen
from ..generator.model import Value
from ..generator.papers import Problem
from ..generator.policy import DEFAULT, Marking
from .marking.points import full_marks, grade_of, paper_points, passes


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


@frozen
class Finding:
    """What a wrong answer points at.

    Attributes
    ----------
    names
        What was changed, at most two things: misconceptions, by their names in
        `generator.questions.misconceptions`; a setting; a rearrangement; a slip.
    fields
        The wrong answers that it explains.
    sentences
        What a student reads, a sentence for each name.
    evidence
        What speaks for it: how much of the answers it accounts for.
    discreet
        The sentences without anything of the key, where they hold some of it.
    """

    names: tuple[str, ...]
    fields: tuple[str, ...]
    sentences: tuple[Message, ...]
    evidence: Message
    discreet: tuple[Message, ...] = ()


@frozen
class Explanation:
    """What is known about the wrong answers of a problem.

    Attributes
    ----------
    finding
        What explains them best; None where nothing does, or several things do so equally well.
    fields
        The wrong answers that are paid as below.
    credit
        The share of each that bank and exam give for such a mistake, whether or not it can be stated.
    """

    finding: Finding | None = None
    fields: tuple[str, ...] = ()
    credit: Fraction = Fraction()


@frozen
class Mark:
    """The mark of one field.

    Attributes
    ----------
    field
        Its name.
    verdict
        The verdict on the whole field.
    credit
        The share of the field that was earned, 0 to 1; less than 0 where a wrong choice takes something off.
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
    against
        What it was compared with: the key, or what follows from the student's own earlier results; or a
        person marked it.
    remark
        What that person wrote.
    uncarried
        Why what follows from it did not count; of a later answer, why what follows from those before it did
        not.
    """

    field: str
    verdict: Verdict
    credit: Fraction
    key: Value
    read: Read = None
    raw: str = ""
    reason: Message | None = None
    cells: tuple[tuple[Verdict, ...], ...] = ()
    against: Literal["key", "own", "human"] = "key"
    remark: str = ""
    uncarried: Message | None = None

    @property
    def complete(self) -> Value | None:
        """The answer, if every part of it was filled in and read."""
        return cast(Value, self.read) if _without_gaps(self.read) else None


@frozen
class Remark:
    """A rule of re-marking, as it concerns one question of one student.

    Attributes
    ----------
    number
        By which it is known.
    sentence
        What it changed, with its reason; the student reads it.
    reason
        Why it was made.
    holds
        Whether it holds for this student, who else would lose by it.
    """

    number: int
    sentence: Message
    reason: str
    holds: bool = True


@frozen
class ItemResult:
    """The marks of one problem, and the points they make.

    Attributes
    ----------
    item
        Its id.
    points, of
        What was earned, and what could be had.
    marks
        The mark of each field.
    explanation
        Why wrong answers are what they are.
    override
        Why a person set the points; empty where nobody did.
    answers
        What was handed in, by field: a page that is not to tell what is right reads it anew, without a key.
    remarks
        The rules of re-marking that concern it.
    counts
        Whether its marks count; rules and not marks decide where it is dropped or gives full marks.
    marked_by
        What it was marked by, where rules changed what is right or how it is paid.
    """

    item: str
    points: Fraction
    of: Fraction
    marks: tuple[Mark, ...]
    explanation: Explanation = Explanation()
    override: str = ""
    answers: Mapping[str, object] = field(default_factory=dict, hash=False)
    remarks: tuple[Remark, ...] = ()
    counts: bool = True
    marked_by: Problem | None = field(default=None, hash=False)

    @property
    def decided(self) -> bool:
        """Whether the points of the whole question are set, whatever its answers are."""
        return bool(self.override) or not self.counts

    @property
    def waiting(self) -> int:
        """How many fields wait for a human; none where the points of the whole question are set."""
        return 0 if self.decided else sum(mark.verdict.waits for mark in self.marks)


@frozen
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
    marking
        How points become a total and a grade.
    """

    student: str
    paper: str
    items: tuple[ItemResult, ...]
    problems: tuple[Message, ...]
    submission_sha256: str
    marking: Marking = DEFAULT

    @property
    def points(self) -> Fraction:
        """The points of the paper: the sum of those of its problems, rounded and capped."""
        return paper_points((item.points for item in self.items), self._worth, self.marking)

    @property
    def of(self) -> Fraction:
        """The points that are full marks."""
        return full_marks(self._worth, self.marking)

    @property
    def _worth(self) -> Fraction:
        return sum((item.of for item in self.items), Fraction())

    @property
    def grade(self) -> Fraction | None:
        """The grade, where the exam has grades; provisional as long as something is `waiting`."""
        if self.marking.grade is None or not self.of:
            return None
        return grade_of(self.points / self.of, self.marking.grade)

    @property
    def passed(self) -> bool | None:
        """Whether the grade passes, where the exam says which do."""
        if self.marking.grade is None or self.grade is None:
            return None
        return passes(self.grade, self.marking.grade)

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
