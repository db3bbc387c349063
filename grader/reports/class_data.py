"""What the report of a class is made from, beside the marks: what people and other parts found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from ...generator.class_list import ClassList
from ...generator.papers import Exam
from ..intake.arrival import Arrival
from ..statistics.sheet import Asked, Record

NOBODY = ClassList()


@dataclass(frozen=True)
class Hint:
    """Two papers of which answers are alike where they need not be: for a person to judge.

    Attributes
    ----------
    students
        Both.
    question
        The question.
    what
        What is alike: a sentence.
    cells
        The cells that are equal, as they are written.
    """

    students: tuple[str, str]
    question: str
    what: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Moved:
    """A student whose total a rule changed."""

    student: str
    before: Fraction
    after: Fraction


@dataclass(frozen=True)
class Applied:
    """A rule of re-marking that holds.

    Attributes
    ----------
    number
        By which it is known.
    change
        What it changes, in words.
    reason
        Why.
    moved
        Whose total it changed.
    """

    number: int
    change: str
    reason: str
    moved: tuple[Moved, ...] = ()


@dataclass(frozen=True)
class ClassData:
    """All that a report tells of.

    Attributes
    ----------
    exam
        What was asked.
    records
        The settled records of all who handed in.
    papers
        By code what each paper asked.
    class_list
        Everybody who has a paper.
    arrivals
        Everything that was handed in.
    hints, rules
        What is alike; which rules hold.
    outcomes
        The learning outcomes of a curriculum in words, by name.
    """

    exam: Exam
    records: Sequence[Record]
    papers: Mapping[str, tuple[Asked, ...]]
    class_list: ClassList = NOBODY
    arrivals: Sequence[Arrival] = ()
    hints: Sequence[Hint] = ()
    rules: Sequence[Applied] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)
