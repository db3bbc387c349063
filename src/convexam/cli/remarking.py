"""What the marks of a class would be under other rules; nothing is kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ..generator.papers import is_shared
from ..grader import desk
from ..grader.attempts import Worth, worth_of
from ..grader.records.kept_records import parsed
from ..grader.records.people import Said
from ..grader.reports.class_data import Applied
from ..grader.reports.marks_csv import Record
from ..grader.rules.check import check
from ..grader.rules.diff import Diff, Moved, compared, move
from ..grader.rules.rule import Rule, Ruling
from ..grader.tasks import Kept, ToCompare, ToMark
from .failing import FAILED
from .marks import Counting, Marks
from .progress import watched


class Remarking:
    """The marks of an exam, under the rules that hold and under others."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks

    def check(self, rule: Rule) -> None:
        """Refuse a rule that concerns nothing in this exam."""
        check(rule, self._marks.record, None if rule.paper is None else self._marks.paper(rule.paper))

    def compared(self, rulings: tuple[Ruling, ...], rule: Rule) -> Diff:
        """Say what other rules would change; students are grouped by what the rule concerns."""
        sides: tuple[list[Record], list[Record]] = ([], [])
        for place, record in self._records([self._marks.rulings, rulings]):
            sides[place].append(record)
        before, after = (sorted(side, key=_student) for side in sides)
        return compared(before, after, lambda record: self._group(record, rule))

    def applied(self, records: Sequence[Record]) -> Iterator[Applied]:
        """Yield the rules that hold, each with who has other marks because of it.

        Parameters
        ----------
        records
            What counts.
        """
        rulings = self._marks.rulings
        if not rulings:
            return
        places = {_student(record): place for place, record in enumerate(records)}
        moved: list[list[Moved]] = [[] for _ in rulings]
        without = [tuple(each for each in rulings if each is not ruling) for ruling in rulings]
        for which, record in self._records(without):
            place = places.get(_student(record))
            if place is not None and (found := move(record, records[place])):
                moved[which].append(found)
        for ruling, who in zip(rulings, moved, strict=True):
            yield Applied(ruling, tuple(sorted(who, key=lambda each: each.student)))

    def _counting(self, rulings: tuple[Ruling, ...]) -> list[Counting]:
        """Return what would count: which attempt is the best may change."""
        if rulings == self._marks.rulings:
            return self._marks.counting()
        attempts = {attempt.result: attempt for attempt, _ in self._marks.standings()}

        @cache
        def worth(result: int) -> Worth:
            attempt = attempts[result]
            kept, said = self._handed_in(attempt.arrival.student, attempt.arrival.source, result)
            return worth_of(parsed(desk.record(ToMark(kept, rulings, said)).decode()))

        return self._marks.counting(worth)

    def _records(self, several: Sequence[tuple[Ruling, ...]]) -> Iterator[tuple[int, Record]]:
        """Yield what would count under several lists of rules, each record with the place of its list.

        What is handed in is read and marked once for all lists; papers that cannot be read are left out.
        """
        wanted: dict[Counting, list[int]] = {}
        for place, rulings in enumerate(several):
            for each in self._counting(rulings):
                wanted.setdefault(each, []).append(place)
        tasks = (
            (places, self._to_compare(each, [several[place] for place in places]))
            for each, places in wanted.items()
        )
        for places, future in watched(self._marks.in_order(desk.records, tasks), "Marking", len(wanted)):
            try:
                found = future.result()
            except FAILED:  # marking names it
                continue
            yield from ((place, parsed(data.decode())) for place, data in zip(places, found, strict=True))

    def _to_compare(self, each: Counting, several: Sequence[tuple[Ruling, ...]]) -> ToCompare:
        return ToCompare(*self._handed_in(each.student, each.source, each.result), tuple(several))

    def _handed_in(self, student: str, source: str, result: int) -> tuple[Kept, Said]:
        return self._marks.kept(result, source), self._marks.store.said(student)

    def _group(self, record: Record, rule: Rule) -> str:
        """Return what students have in common: the version of the paper, and the entries that a pick drew."""
        paper = self._marks.paper(record["paper"])
        drawn = [
            f"{problem.item}: {problem.spec.id}"
            for problem in paper.problems
            if rule.concerns(paper.code, problem) and "." in problem.item
        ]
        return ", ".join([paper.student.id] * is_shared(paper.student) + drawn)


def _student(record: Record) -> str:
    student: str = record["student"]
    return student
