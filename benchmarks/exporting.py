"""What exports take for a paper of the midterm; the floor is drawing it and writing its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import count, cycle

from convexam.generator import exam_file
from convexam.generator.compose import compose
from convexam.generator.export.canvas.package import CanvasPackage
from convexam.generator.export.converter import Converter, ToExport
from convexam.generator.export.format import Format, Written
from convexam.generator.export.moodle import MoodleXML
from convexam.generator.export.qti.package import QTIPackage
from convexam.generator.export.qti.version import V21
from convexam.generator.export.spool import Spool
from convexam.generator.papers import Student
from convexam.generator.policy import Release
from convexam.generator.render.paper import paper_html

from .rounds import Effort, Row, costs, rows_of
from .samples import MIDTERM, SECRET, HandedIn, exam_bytes_of, exam_of_file, handed_in, shipped_bank

FORMATS = 3
"""Each has papers of its own: figures of the last papers are kept, whatever format they were drawn for."""


def rows(effort: Effort) -> Iterator[Row]:
    """Export one paper after the other."""
    record = exam_of_file(MIDTERM)
    exam, loaded = record.exam, exam_file.load(MIDTERM, shipped_bank())
    samples = handed_in(MIDTERM, record, FORMATS * effort.samples)
    coming = [cycle(samples[first::FORMATS]) for first in range(FORMATS)]
    students = (Student(f"another-{number}") for number in count())

    def drawn() -> str:
        return paper_html(exam, compose(loaded, shipped_bank(), SECRET, next(students)))

    def exported(format_: Format[Written], papers: Iterator[HandedIn]) -> Callable[[], bytes]:
        converter = Converter(exam_bytes_of(MIDTERM), "exam.json", format_)

        def job() -> bytes:
            file, sample = BytesIO(), next(papers)
            task = ToExport(sample.paper.code, "paper.json", sample.record)
            format_.put_together(exam, [converter.export(task).written], file, Spool(BytesIO()))
            return file.getvalue()

        return job

    jobs: dict[str, Callable[[], object]] = {
        "drawing a paper, and its page": drawn,
        "its questions as Moodle XML": exported(MoodleXML(), coming[0]),
        "for Canvas": exported(CanvasPackage(), coming[1]),
        "as QTI 2.1": exported(QTIPackage(Release.EVERYTHING, V21, several=False), coming[2]),
    }
    yield from rows_of(costs(jobs, effort))
