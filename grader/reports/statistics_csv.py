"""The statistics of every question in one CSV file, safe to open in a spreadsheet."""

from __future__ import annotations

from fractions import Fraction

from ...generator.csv_text import csv_bytes
from ..statistics.findings import Finding
from ..statistics.questions import QuestionStatistics
from ..statistics.whole_class import ClassStatistics

HEADER = (
    "question",
    "entry",
    "title",
    "had",
    "marked",
    "waiting",
    "blank",
    "with_gaps",
    "full_marks",
    "facility",
    "discrimination",
    "upper_lower_27",
    "effort",
    "effort_correlation",
    "most_frequent_finding",
    "finding_count",
)


def statistics_csv(found: ClassStatistics) -> bytes:
    """Return one row a question, in the order of the papers; a cell is empty where nothing can be said."""
    return csv_bytes([HEADER, *(_row(question, found) for question in found.questions)])


def _row(question: QuestionStatistics, found: ClassStatistics) -> tuple[object, ...]:
    which = question.question
    fit = next(fit for fit in found.efforts if fit.question == which)
    finding, count = _most_frequent(question, found.findings)
    return (
        which.item,
        which.entry,
        which.title,
        question.had,
        question.marked,
        question.waiting,
        question.omitted,
        question.gaps,
        question.full,
        _coefficient(question.facility),
        _coefficient(question.discrimination),
        _coefficient(question.upper_lower),
        fit.measure,
        _coefficient(fit.correlation),
        finding,
        count,
    )


def _coefficient(number: Fraction | float | None) -> str:
    return "" if number is None else f"{float(number) + 0.0:.3f}".replace("-0.000", "0.000")


def _most_frequent(question: QuestionStatistics, findings: tuple[Finding, ...]) -> tuple[str, object]:
    counts = [
        (shown.count, finding.name)
        for finding in findings
        for place, shown in finding.questions
        if place == question.question
    ]
    count, name = min(counts, key=lambda each: (-each[0], each[1]), default=(0, ""))
    return name, count or ""
