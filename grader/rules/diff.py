"""Who moves when rules change: two markings of a class, held against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from ...generator.frozen import frozen
from ..reports.marks_csv import Record, decimal


@frozen
class Marks:
    """What somebody has: points, what could be had, and the grade where there is one."""

    points: Fraction
    of: Fraction
    grade: Fraction | None = None
    passed: bool | None = None

    @property
    def share(self) -> Fraction:
        """The share of the full marks."""
        return self.points / self.of if self.of else Fraction()


NOTHING = Marks(Fraction(), Fraction())
"""Of a question that another paper of the same student does not have."""


@frozen
class Change:
    """The same before and after."""

    before: Marks
    after: Marks

    @property
    def moves(self) -> bool:
        """Whether anything is other than it was."""
        return self.before != self.after

    @property
    def up(self) -> bool:
        """Whether there is more: a larger share, as a question that is dropped leaves the full marks too."""
        return self.after.share > self.before.share

    @property
    def down(self) -> bool:
        """Whether there is less."""
        return self.after.share < self.before.share


@frozen
class Moved:
    """A student whose marks change: the questions that do, and the whole paper."""

    student: str
    paper: str
    items: tuple[tuple[str, Change], ...]
    total: Change


@frozen
class Averages:
    """Of some students: how many they are, and go up and down; their averages; how many of them pass.

    Attributes
    ----------
    name
        What they have in common; empty of all.
    points, share, grade
        The averages, before and after; of a grade None where there are none.
    passed
        How many pass; None where the exam does not say who does.
    """

    name: str
    students: int
    up: int
    down: int
    points: tuple[Fraction, Fraction]
    share: tuple[Fraction, Fraction]
    grade: tuple[Fraction, Fraction] | None
    passed: tuple[int, int] | None


@frozen
class Diff:
    """What a rule does to a class.

    Attributes
    ----------
    moved
        Who moves, in the order of the students.
    everybody
        All students.
    groups
        The same for those who had one version, or one entry: only where there are several.
    """

    moved: tuple[Moved, ...]
    everybody: Averages
    groups: tuple[Averages, ...] = ()

    @property
    def unchanged(self) -> int:
        """How many students keep everything as it was."""
        return self.everybody.students - len(self.moved)


def _alike(_: Record) -> str:
    return ""


def compared(
    before: Sequence[Record], after: Sequence[Record], group: Callable[[Record], str] = _alike
) -> Diff:
    """Compare two markings of a class; who is only in one of them is left out.

    Parameters
    ----------
    before, after
        Their records.
    group
        What students have in common, such as a version of the paper.
    """
    were = {record["student"]: record for record in before}
    pairs = [(were[record["student"]], record) for record in after if record["student"] in were]
    moved = [each for each in (move(old, new) for old, new in pairs) if each is not None]
    grouped: dict[str, list[tuple[Record, Record]]] = {}
    for pair in pairs:
        grouped.setdefault(group(pair[0]), []).append(pair)
    groups = (_averages(name, grouped[name]) for name in sorted(grouped)) if len(grouped) > 1 else ()
    return Diff(tuple(moved), _averages("", pairs), tuple(groups))


def move(before: Record, after: Record) -> Moved | None:
    """Say what changes for a student, if anything does."""
    were = {item["id"]: _marks(item) for item in before["items"]}
    items = [(item["id"], Change(were.get(item["id"], NOTHING), _marks(item))) for item in after["items"]]
    total = Change(_marks(before), _marks(after))
    changed = tuple((name, change) for name, change in items if change.moves)
    if not changed and not total.moves:
        return None
    return Moved(after["student"], after["paper"], changed, total)


def _marks(data: dict[str, Any]) -> Marks:
    """Return what a record says of a question, or of the whole paper."""
    grade = data.get("grade")
    points, of = Fraction(data["points"]), Fraction(data["of"])
    return Marks(points, of, None if grade is None else Fraction(grade), data.get("passed"))


def _averages(name: str, pairs: Sequence[tuple[Record, Record]]) -> Averages:
    changes = [Change(_marks(old), _marks(new)) for old, new in pairs]
    sides = [[change.before for change in changes], [change.after for change in changes]]
    graded = all(each.grade is not None for side in sides for each in side) and bool(pairs)
    decided = graded and all(each.passed is not None for side in sides for each in side)

    def both(value: Callable[[Marks], Fraction | None]) -> tuple[Fraction, Fraction]:
        first, second = (_mean([value(each) or Fraction() for each in side]) for side in sides)
        return first, second

    first, second = (sum(bool(each.passed) for each in side) for side in sides)
    return Averages(
        name,
        students=len(pairs),
        up=sum(change.up for change in changes),
        down=sum(change.down for change in changes),
        points=both(lambda each: each.points),
        share=both(lambda each: each.share),
        grade=both(lambda each: each.grade) if graded else None,
        passed=(first, second) if decided else None,
    )


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction()) / len(numbers) if numbers else Fraction()


def rows_of(diff: Diff) -> Iterator[list[str]]:
    """Yield all that moves as rows of a table; the first row names the columns.

    A student has a row for each question that moves, and one for the total, whose question is empty.
    """
    yield [
        "student", "paper", "question", "points_before", "points_after", "of_before", "of_after",
        "grade_before", "grade_after", "passed_before", "passed_after",
    ]  # fmt: skip
    for each in diff.moved:
        for name, change in (*each.items, ("", each.total)):
            before, after = change.before, change.after
            yield [
                each.student, each.paper, name, decimal(before.points), decimal(after.points),
                decimal(before.of), decimal(after.of), *map(_cell, (before.grade, after.grade)),
                *map(_cell, (before.passed, after.passed)),
            ]  # fmt: skip


def _cell(value: Fraction | bool | None) -> str:  # noqa: FBT001
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else decimal(value)
