"""What the marks of a class would be under other rules; nothing is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from functools import cache
from pathlib import Path
from typing import Any

from ..generator.errors import MisuseError
from ..generator.papers import is_shared
from ..generator.record import ExamRecord
from ..grader import desk
from ..grader.attempts import Worth
from ..grader.desk import ToMark
from ..grader.records.store import Store, Submitted
from ..grader.rules.check import check
from ..grader.rules.diff import Diff, compared
from ..grader.rules.rule import Rule, Ruling
from .marks import Counting, Marks, parsed, worth_of
from .progress import watched


class Remarking:
    """The marks of an exam, under the rules that hold and under others.

    Raises
    ------
    MisuseError
        If something was handed in that is not marked yet under the rules that hold.
    """

    def __init__(self, folder: Path, record: ExamRecord, store: Store, executor: Executor) -> None:
        self.marks = Marks(folder, record, store, executor, writes=False)
        if self.marks.unmarked():
            raise MisuseError(
                f"{folder}: not everything that was handed in is marked; first call `grade {folder}`"
            )

    def check(self, rule: Rule) -> None:
        """Refuse a rule that concerns nothing in this exam."""
        check(rule, self.marks.record, None if rule.paper is None else self.marks.paper(rule.paper))

    def compared(self, rulings: tuple[Ruling, ...], rule: Rule) -> Diff:
        """Say what other rules would change; students are grouped by what the rule concerns."""
        before = self._records(self.marks.counting(), self.marks.rulings)
        after = self._records(self._counting(rulings), rulings)
        return compared(before, after, lambda record: self._group(record, rule))

    def _counting(self, rulings: tuple[Ruling, ...]) -> list[Counting]:
        """Return what would count: which attempt is the best may change."""
        sources = {attempt.result: attempt for attempt, _ in self.marks.standings()}

        @cache
        def worth(result: int) -> Worth:
            attempt = sources[result]
            kept = self.marks.kept(attempt.submitted, attempt.arrival.source)
            return worth_of(parsed(desk.record(ToMark(kept, rulings)).decode()))

        return self.marks.counting(worth)

    def _records(self, counting: Sequence[Counting], rulings: tuple[Ruling, ...]) -> list[dict[str, Any]]:
        tasks = ((each, self._task(each.submitted, each.source, rulings)) for each in counting)
        done = self.marks.in_order(desk.record, tasks)
        return [parsed(future.result().decode()) for _, future in watched(done, "Marking", len(counting))]

    def _task(self, submitted: Submitted, source: str, rulings: tuple[Ruling, ...]) -> ToMark:
        return ToMark(self.marks.kept(submitted, source), rulings, self.marks.store.said(submitted.student))

    def _group(self, record: dict[str, Any], rule: Rule) -> str:
        """Return what students have in common: the version of the paper, and the entries that a pick drew."""
        paper = self.marks.paper(record["paper"])
        drawn = [
            f"{problem.item}: {problem.spec.id}"
            for problem in paper.problems
            if rule.concerns(paper.code, problem) and "." in problem.item
        ]
        return ", ".join([paper.student.id] * is_shared(paper.student) + drawn)
