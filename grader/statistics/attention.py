"""Which questions a teacher has to look at, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from fractions import Fraction
from math import sqrt

from ...generator.frozen import frozen
from .findings import Finding, Shown
from .numbers import CHANCE, FEW
from .questions import QuestionStatistics
from .sheet import Question

HARD = Fraction(1, 5)
EASY = Fraction(19, 20)
MANY_BLANK = Fraction(1, 4)
WIDESPREAD = Fraction(1, 4)


class Reason(IntEnum):
    """Why a question needs a look, the most urgent first."""

    NEGATIVE = 1  # the stronger a student, the less it earns: the key may be wrong
    HARD = 2
    BLANK = 3
    WIDESPREAD = 4  # one mistake is very frequent
    EASY = 5


@frozen
class Concern:
    """A question, and one reason to look at it.

    Attributes
    ----------
    question, reason
        Which, and why.
    students
        How many students it concerns.
    share
        Their share of those who had it; of a mistake, of those who answered.
    finding
        The mistake that is widespread.
    """

    question: QuestionStatistics
    reason: Reason
    students: int
    share: Fraction = Fraction(1)
    finding: Finding | None = None

    @property
    def firm(self) -> bool:
        """Whether chance alone hardly explains it: of a correlation, that takes a large enough class."""
        found = self.question.discrimination
        if self.reason is not Reason.NEGATIVE or found is None:
            return True
        return abs(found) * sqrt(self.question.marked - 1) >= CHANCE


def concerns(questions: Sequence[QuestionStatistics], findings: Sequence[Finding]) -> tuple[Concern, ...]:
    """Return what stands out, the most urgent first and last what may be chance.

    Of questions that fewer than `FEW` had nothing is said.
    """
    found = [
        concern for question in questions if question.had >= FEW for concern in _concerns(question, findings)
    ]
    return tuple(
        sorted(
            found, key=lambda each: (not each.firm, each.reason, -each.students, each.question.question.place)
        )
    )


def _concerns(question: QuestionStatistics, findings: Sequence[Finding]) -> Iterator[Concern]:
    if question.discrimination is not None and question.discrimination < 0:
        yield Concern(question, Reason.NEGATIVE, question.marked)
    blank = Fraction(question.omitted, question.had)
    if blank > MANY_BLANK:
        yield Concern(question, Reason.BLANK, question.omitted, blank)
    for finding, shown in _widespread(question.question, findings):
        yield Concern(question, Reason.WIDESPREAD, shown.count, shown.share, finding)
    if question.facility is not None and question.marked >= FEW:
        if question.facility < HARD:
            yield Concern(question, Reason.HARD, question.marked)
        elif question.facility > EASY:
            yield Concern(question, Reason.EASY, question.marked)


def _widespread(question: Question, findings: Sequence[Finding]) -> Iterator[tuple[Finding, Shown]]:
    for finding in findings:
        for place, shown in finding.questions:
            if place == question and finding.sentence and shown.answered >= FEW and shown.share > WIDESPREAD:
                yield finding, shown
