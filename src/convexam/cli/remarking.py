"""What the marks of a class would be under other rules; nothing is kept of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ..generator.papers import is_shared
from ..grader import desk
from ..grader.attempts import Worth, worth_of
from ..grader.records.kept_records import parsed
from ..grader.reports.class_data import Applied
from ..grader.reports.marks_csv import Record
from ..grader.rules.check import check
from ..grader.rules.diff import Diff, compared
from ..grader.rules.rule import Rule, Ruling
from ..grader.tasks import ToMark
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
        before, after = self._records(self._marks.rulings), self._records(rulings)
        return compared(before, after, lambda record: self._group(record, rule))

    def applied(self, records: Sequence[Record]) -> Iterator[Applied]:
        """Yield the rules that hold, each with who has other marks because of it.

        Parameters
        ----------
        records
            What counts.
        """
        for ruling in self._marks.rulings:
            without = self._records(tuple(each for each in self._marks.rulings if each is not ruling))
            yield Applied(ruling, compared(without, records).moved)

    def _counting(self, rulings: tuple[Ruling, ...]) -> list[Counting]:
        """Return what would count: which attempt is the best may change."""
        if rulings == self._marks.rulings:
            return self._marks.counting()
        attempts = {attempt.result: attempt for attempt, _ in self._marks.standings()}

        @cache
        def worth(result: int) -> Worth:
            attempt = attempts[result]
            task = self._task(attempt.arrival.student, attempt.arrival.source, result, rulings)
            return worth_of(parsed(desk.record(task).decode()))

        return self._marks.counting(worth)

    def _records(self, rulings: tuple[Ruling, ...]) -> list[Record]:
        """Return what would count under rules, of all whose papers can be read."""
        counting = self._counting(rulings)
        tasks = ((each, self._task(each.student, each.source, each.result, rulings)) for each in counting)
        records = []
        for _, future in watched(self._marks.in_order(desk.record, tasks), "Marking", len(counting)):
            try:
                records.append(parsed(future.result().decode()))
            except FAILED:  # marking names it
                continue
        return records

    def _task(self, student: str, source: str, result: int, rulings: tuple[Ruling, ...]) -> ToMark:
        return ToMark(self._marks.kept(result, source), rulings, self._marks.store.said(student))

    def _group(self, record: Record, rule: Rule) -> str:
        """Return what students have in common: the version of the paper, and the entries that a pick drew."""
        paper = self._marks.paper(record["paper"])
        drawn = [
            f"{problem.item}: {problem.spec.id}"
            for problem in paper.problems
            if rule.concerns(paper.code, problem) and "." in problem.item
        ]
        return ", ".join([paper.student.id] * is_shared(paper.student) + drawn)
