"""What the report of a class is made from, beside the marks: what people and other parts found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from ...generator.class_list import ClassList
from ...generator.frozen import frozen
from ...generator.papers import Exam
from ..attempts import Standing
from ..intake.arrival import Arrival
from ..intake.directory import Directory
from ..likeness.alike import Likeness
from ..likeness.files import HandedIn
from ..rules.diff import Moved
from ..rules.rule import Ruling
from ..statistics.sheet import Asked, Record

NOBODY = Directory(ClassList())


@frozen
class Applied:
    """A rule of re-marking that holds, and whose marks it changed when it was made."""

    ruling: Ruling
    moved: tuple[Moved, ...] = ()


@frozen
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
    directory
        Everybody who has a paper, and who is who on learning platforms.
    arrivals
        Everything that was handed in.
    standings
        By source and digest, whether what could be marked counts.
    likenesses, files
        Answers that are alike, and files that have to do with several students: for a person to judge.
    rules
        Which rules hold.
    outcomes
        The learning outcomes of a curriculum in words, by name.
    """

    exam: Exam
    records: Sequence[Record]
    papers: Mapping[str, tuple[Asked, ...]]
    directory: Directory = NOBODY
    arrivals: Sequence[Arrival] = ()
    standings: Mapping[tuple[str, str], Standing] = field(default_factory=dict)
    likenesses: Sequence[Likeness] = ()
    files: Sequence[HandedIn] = ()
    rules: Sequence[Applied] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)

    @property
    def class_list(self) -> ClassList:
        """Everybody who has a paper."""
        return self.directory.class_list
