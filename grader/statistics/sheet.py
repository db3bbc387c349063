"""The sheet that all statistics read: of each student what every question asked and what it earned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any, TypeAlias

from ...generator import registry
from ...generator.frozen import frozen
from ...generator.language import ENGLISH
from ...generator.mistakes import misconceptions_of, sentence_of
from ...generator.model import Effort
from ...generator.papers import Paper, Problem
from ...generator.render.plain import said_plainly

Record: TypeAlias = dict[str, Any]
"""A student's marks as stored; see `grader.reports.record`."""

_WAITS = ("UNREADABLE", "UNMARKED")


@dataclass(frozen=True, order=True)
class Question:
    """A question of the exam: an entry at its place.

    Attributes
    ----------
    place
        Which one it is, in the order of the papers.
    item
        The id of its item in the exam file; the problems of a pick have that of the pick.
    entry
        The entry of the bank.
    title
        Its heading.
    picked
        Whether others may have had another entry in its place.
    """

    place: int
    item: str
    entry: str
    title: str
    picked: bool

    @property
    def name(self) -> str:
        """What reports call it."""
        return f"{self.item} {self.entry}" if self.picked else self.item


@dataclass(frozen=True, slots=True)
class Asked:
    """What a paper asked in one place: all that statistics need of a problem.

    Attributes
    ----------
    item, entry, title
        As in the paper.
    outcomes
        The learning outcomes that it tests.
    effort
        What this variant takes by hand.
    sentences
        What a student reads about each misconception that the entry itself defines.
    """

    item: str
    entry: str
    title: str
    outcomes: tuple[str, ...]
    effort: Effort
    sentences: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of one question of one student.

    Attributes
    ----------
    question, asked
        Which question, and the student's own variant of it.
    points, of
        What was earned, and what could be.
    marked
        Whether its points follow from marks: nothing waits for a person, and no rule drops it or gives full
        marks for it.
    waits
        Whether some of it waits for a person: then the points may change.
    blank, gaps
        Whether all of it was left blank; or some answers or cells, and not all.
    found
        The names of what wrong answers point at.
    share
        The share that was earned; None where it is not marked, or worth nothing.
    """

    question: Question
    asked: Asked
    points: Fraction
    of: Fraction
    marked: bool
    waits: bool
    blank: bool
    gaps: bool
    found: tuple[str, ...]
    share: Fraction | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "share", _share(self.points, self.of) if self.marked and self.of else None)


@dataclass(frozen=True, slots=True)
class Row:
    """One student.

    Attributes
    ----------
    student
        The id.
    points, of
        The total as it stands, and full marks.
    waiting
        How many answers wait for a person.
    grade, passed
        None where the exam has no grades.
    cells
        The questions, in their order.
    share
        The share of full marks.
    """

    student: str
    points: Fraction
    of: Fraction
    waiting: int
    grade: Fraction | None
    passed: bool | None
    cells: tuple[Cell, ...]
    share: Fraction = field(init=False)
    _sums: tuple[Fraction, Fraction] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        points = sum((cell.points for cell in self.cells), Fraction())
        object.__setattr__(self, "share", _share(self.points, self.of) if self.of else Fraction())
        object.__setattr__(self, "_sums", (points, sum((cell.of for cell in self.cells), Fraction())))

    def without(self, cell: Cell) -> Fraction | None:
        """Return the share that was earned of everything but one question; None where that is nothing."""
        of = self._sums[1] - cell.of
        return (self._sums[0] - cell.points) / of if of else None


@frozen
class Sheet:
    """All students who handed in, in the order of their ids, and all questions that somebody had."""

    rows: tuple[Row, ...]
    questions: tuple[Question, ...]

    @cached_property
    def by_question(self) -> dict[Question, list[tuple[Row, Cell]]]:
        """Of each question everybody who had it."""
        found: dict[Question, list[tuple[Row, Cell]]] = {question: [] for question in self.questions}
        for row in self.rows:
            for cell in row.cells:
                found[cell.question].append((row, cell))
        return found

    @cached_property
    def items(self) -> tuple[str, ...]:
        """The items of the exam, in their order."""
        return tuple(dict.fromkeys(question.item for question in self.questions))

    @cached_property
    def told(self) -> frozenset[Question]:
        """The questions of which at least as many answers are marked as wait: of others nothing is said yet.

        What was left blank is no answer here: it never waits, and alone would tell that nobody can do it.
        """
        return frozenset(question for question, who in self.by_question.items() if _told(who))


def _told(who: Iterable[tuple[Row, Cell]]) -> bool:
    cells = [cell for _, cell in who]
    answered = sum(cell.marked and not cell.blank for cell in cells)
    return answered >= sum(not cell.marked for cell in cells) and any(cell.marked for cell in cells)


def asked_of(paper: Paper) -> tuple[Asked, ...]:
    """Return what a paper asked, in the order of its problems."""
    return tuple(map(_asked, paper.problems))


def _asked(problem: Problem) -> Asked:
    spec, case = problem.spec, problem.case
    own = (each.name for each in misconceptions_of(spec.type, case.given) if each.sentence)
    return Asked(
        item=problem.item,
        entry=spec.id,
        title=spec.title,
        outcomes=spec.outcomes,
        effort=registry.get(spec.type).effort(case),
        sentences={name: said_plainly(sentence_of(spec.type, case, name), ENGLISH) for name in own},
    )


def sheet_of(records: Sequence[Record], papers: Mapping[str, tuple[Asked, ...]]) -> Sheet:
    """Put the marks of a class beside what was asked.

    Parameters
    ----------
    records
        The settled records of those who handed in, in any order.
    papers
        By code what each paper asked.
    """
    whose = [(record["student"], record["paper"]) for record in records]
    order = sorted(range(len(whose)), key=whose.__getitem__)
    questions = _questions(papers[whose[place][1]] for place in order)
    rows = [_row(record, papers[record["paper"]], questions) for record in records]
    return Sheet(tuple(rows[place] for place in order), tuple(sorted(questions.values())))


@lru_cache(maxsize=4096)
def _exact(points: str) -> Fraction:
    """Return points as a number; a class earns the same few again and again, so each is kept once."""
    return Fraction(points)


@lru_cache(maxsize=4096)
def _share(points: Fraction, of: Fraction) -> Fraction:
    return points / of


def _item(asked: Asked) -> str:
    return asked.item.partition(".")[0]  # the problems of a pick are ITEM.1, ITEM.2, ...


def _questions(papers: Iterable[tuple[Asked, ...]]) -> dict[tuple[str, str], Question]:
    """Return the questions by item and entry."""
    entries: dict[str, dict[str, str]] = {}  # of each item: titles by entry
    for paper in papers:
        for asked in paper:
            entries.setdefault(_item(asked), {})[asked.entry] = asked.title
    found = [(item, entry) for item, titles in entries.items() for entry in sorted(titles)]
    return {
        (item, entry): Question(place, item, entry, entries[item][entry], len(entries[item]) > 1)
        for place, (item, entry) in enumerate(found)
    }


def _row(record: Record, paper: tuple[Asked, ...], questions: Mapping[tuple[str, str], Question]) -> Row:
    cells = (
        _cell(item, asked, questions[_item(asked), asked.entry], somebody_looks=record["waiting"] > 0)
        for item, asked in zip(record["items"], paper, strict=True)
    )
    return Row(
        student=record["student"],
        points=_exact(record["points"]),
        of=_exact(record["of"]),
        waiting=record["waiting"],
        grade=None if record["grade"] is None else _exact(record["grade"]),
        passed=record["passed"],
        cells=tuple(sorted(cells, key=lambda cell: cell.question)),
    )


def _cell(item: Record, asked: Asked, question: Question, *, somebody_looks: bool) -> Cell:
    verdicts = [field["verdict"] for field in item["fields"]]
    parts = [part for field in item["fields"] for row in field.get("cells", ()) for part in row]
    blank = all(verdict == "BLANK" for verdict in verdicts)
    counts = item.get("counts", True)
    waits = any(verdict in _WAITS for verdict in verdicts)
    return Cell(
        question=question,
        asked=asked,
        points=_exact(item["points"]),
        of=_exact(item["of"]),
        marked=counts and (bool(item["override"]) or not waits),
        waits=counts and waits and not item["override"] and somebody_looks,
        blank=blank,
        gaps=not blank and "BLANK" in (*verdicts, *parts),
        found=tuple(item["finding"]["names"]) if item["finding"] else (),
    )
