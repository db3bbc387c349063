"""Papers as web pages: a process that makes twenty against one that makes one, without the PDF writer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from convexam.generator.render.paper import paper_html

from .processes import computed
from .rounds import Effort, Row, cost, costs, rows_of
from .samples import MIDTERM, exam_of_file, handed_in
from .targets import Target

PROGRAM = """
import sys
from benchmarks.samples import MIDTERM, SECRET, shipped_bank
from convexam.generator import exam_file
from convexam.generator.compose import compose, exam_of
from convexam.generator.papers import Student
from convexam.generator.render.paper import paper_html
exam = exam_file.load(MIDTERM, shipped_bank())
for number in range(int(sys.argv[1])):
    paper_html(exam_of(exam), compose(exam, shipped_bank(), SECRET, Student(f"student-{number}")))
assert "weasyprint" not in sys.modules
"""
TARGETS = {"twenty": Target(4, at_most=1.5)}


def rows(effort: Effort) -> Iterator[Row]:
    """Run the processes in turns; then write the pages of papers that are drawn already."""
    programs = {"a process that makes one, its questions as well": 1, "twenty": min(20, 2 * effort.samples)}
    taken: dict[str, list[float]] = {what: [] for what in programs}
    for _ in range(effort.rounds):
        for what, papers in programs.items():
            taken[what].append(computed(("-c", PROGRAM, str(papers))))
    floor, *_ = taken.values()
    yield from rows_of({what: cost(each, floor) for what, each in taken.items()}, targets=TARGETS)
    record = exam_of_file(MIDTERM)
    coming = cycle([sample.paper for sample in handed_in(MIDTERM, record, effort.samples)])
    jobs = {
        "the page alone": lambda: paper_html(record.exam, next(coming)),
        "its solutions alone": lambda: paper_html(record.exam, next(coming), solutions=True),
    }
    measured = costs(jobs, effort)
    yield from rows_of(measured)
    speed = 1 / measured["the page alone"].seconds
    yield Row("pages a second on one core", f"{speed:.0f}", "", Target(4, at_least=700), speed)
