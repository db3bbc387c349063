"""What exports take for a paper of the midterm; the floor is drawing it and writing its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, cycle

from convexam.generator import exam_file
from convexam.generator.compose import compose
from convexam.generator.export.as_marked import as_marked
from convexam.generator.export.canvas.package import canvas_package
from convexam.generator.export.item import Item
from convexam.generator.export.item_of import item_of
from convexam.generator.export.moodle import moodle_xml
from convexam.generator.export.qti.exam_test import variant_of
from convexam.generator.export.qti.package import qti_package
from convexam.generator.export.qti.version import V21
from convexam.generator.papers import Paper, Student
from convexam.generator.policy import Release
from convexam.generator.render.paper import paper_html

from .rounds import Effort, Row, costs, rows_of
from .samples import MIDTERM, SECRET, exam_of_file, handed_in, shipped_bank

PAPERS = 3
"""For each that is looked at otherwise: figures of the last papers are kept."""


def rows(effort: Effort) -> Iterator[Row]:
    """Export one paper after the other."""
    record = exam_of_file(MIDTERM)
    exam, loaded = record.exam, exam_file.load(MIDTERM, shipped_bank())
    papers = [sample.paper for sample in handed_in(MIDTERM, record, PAPERS * effort.samples)]
    students = (Student(f"another-{number}") for number in count())

    def drawn() -> str:
        return paper_html(exam, compose(loaded, shipped_bank(), SECRET, next(students)))

    def exported(write: Callable[[Paper, list[Item]], bytes]) -> Callable[[], bytes]:
        coming = cycle(papers)

        def job() -> bytes:
            paper = next(coming)
            items = [item_of(as_marked(each), paper.code, exam.language) for each in paper.problems]
            return write(paper, items)

        return job

    def qti(paper: Paper, items: list[Item]) -> bytes:
        return qti_package(exam, [variant_of(paper, items)], Release.EVERYTHING, V21)

    jobs: dict[str, Callable[[], object]] = {
        "drawing a paper, and its page": drawn,
        "its questions as Moodle XML": exported(lambda _, items: moodle_xml(exam, [items])),
        "for Canvas": exported(lambda _, items: canvas_package(exam, [items])),
        "as QTI 2.1": exported(qti),
    }
    yield from rows_of(costs(jobs, effort))
