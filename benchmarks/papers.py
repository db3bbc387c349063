"""A paper of the midterm as a PDF, step by step.

The floor is WeasyPrint alone on the same pages, its style parsed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, cycle
from typing import Any

from convexam.generator import exam_file, registry
from convexam.generator.compose import compose
from convexam.generator.papers import Paper, Student
from convexam.generator.record import paper_bytes
from convexam.generator.render.answer_file import public_paper
from convexam.generator.render.paper import paper_html
from convexam.generator.render.pdf import pdf

from .bare import bare
from .rounds import Effort, Job, Row, costs, rows_of
from .samples import MIDTERM, SECRET, exam_of_file, shipped_bank
from .targets import Target

TARGETS = {
    "our share: drawn, recorded, the page for print": Target(1, at_most=0.03),
    "all in all: drawn, recorded, laid out, written": Target(1, at_most=1.05),
}


def rows(effort: Effort) -> Iterator[Row]:
    """Make papers and their solutions; formulas are those of papers that nobody has seen before."""
    for solutions in (False, True):
        what = "solutions" if solutions else "the paper of a student"
        yield Row(f"- {what}", "")
        yield from rows_of(costs(_jobs(effort, solutions=solutions), effort), targets=TARGETS)


def _jobs(effort: Effort, *, solutions: bool) -> dict[str, Job]:
    record = exam_of_file(MIDTERM)
    exam, loaded, known = record.exam, exam_file.load(MIDTERM, shipped_bank()), shipped_bank()
    students = (Student(f"student-{number}") for number in count())

    def drawn() -> Paper:
        return compose(loaded, known, SECRET, next(students))

    def page(paper: Paper) -> str:
        return paper_html(exam, paper, solutions=solutions, medium="print")

    def recorded(paper: Paper) -> object:
        return paper_bytes(exam, record.sha256, paper), public_paper(exam, paper)

    def ours() -> str:
        paper = drawn()
        recorded(paper)
        return page(paper)

    papers = [drawn() for _ in range(max(2, effort.samples // 4))]
    pages = list(map(page, papers))
    return {
        "WeasyPrint alone": turns(bare, pages),
        "drawing and solving, and the check by a second method": drawn,
        "of this the second method": turns(_second, papers),
        "the record, and what is public of it": turns(recorded, papers),
        "the page for browsers": turns(lambda paper: paper_html(exam, paper, solutions=solutions), papers),
        "our share: drawn, recorded, the page for print": ours,
        "the PDF": turns(pdf, pages),
        "all in all: drawn, recorded, laid out, written": lambda: pdf(ours()),
    }


def _second(paper: Paper) -> None:
    for problem in paper.problems:
        registry.get(problem.spec.type).second(problem.case)


def turns(job: Callable[[Any], object], over: list[Any]) -> Job:
    """Do one after the other, again and again."""
    coming = cycle(over)
    return lambda: job(next(coming))
