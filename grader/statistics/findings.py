"""What wrong answers of a class point at: how many had which misconception, made which slip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from ...generator.frozen import frozen
from ...generator.questions.misconceptions import SENTENCES
from .sheet import Cell, Question, Sheet


@frozen
class Shown:
    """How many students showed something.

    Attributes
    ----------
    had, answered
        How many had the question, and did not leave all of it blank; of several questions, one of them.
    count
        How many answered as somebody does to whom that happens.
    """

    had: int
    answered: int
    count: int

    @property
    def share(self) -> Fraction:
        """The share of those who answered."""
        return Fraction(self.count, self.answered) if self.answered else Fraction()


@frozen
class Finding:
    """What answers point at.

    Attributes
    ----------
    name
        Of a misconception, of another setting, a rearrangement or a slip.
    sentence
        What a student with a misconception reads; empty of everything else.
    shown
        Over the questions where it was found.
    questions
        In each of these.
    """

    name: str
    sentence: str
    shown: Shown
    questions: tuple[tuple[Question, Shown], ...]


def findings_of(sheet: Sheet) -> tuple[Finding, ...]:
    """Return all findings, the most frequent ones first.

    A misconception that entries define themselves is told apart from others by its sentence.
    """
    places: dict[tuple[str, str], set[Question]] = {}
    for question, who in sheet.by_question.items():
        for _, cell in who:
            for named in _named(cell):
                places.setdefault(named, set()).add(question)
    found = [_finding(*named, sorted(questions), sheet) for named, questions in places.items()]
    return tuple(
        sorted(found, key=lambda each: (-each.shown.share, -each.shown.count, each.name, each.sentence))
    )


def _named(cell: Cell) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys(cell.found):
        yield name, cell.asked.sentences.get(name, SENTENCES.get(name, ""))


def _finding(name: str, sentence: str, questions: list[Question], sheet: Sheet) -> Finding:
    def shown(places: Iterable[Question]) -> Shown:
        who = [(row.student, cell) for place in places for row, cell in sheet.by_question[place]]
        return Shown(
            had=len({student for student, _ in who}),
            answered=len({student for student, cell in who if not cell.blank}),
            count=len({student for student, cell in who if (name, sentence) in _named(cell)}),
        )

    return Finding(name, sentence, shown(questions), tuple((place, shown([place])) for place in questions))
