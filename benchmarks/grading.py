"""Where the time of a run of `grade` goes, submission by submission; the floor is marking alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from convexam.generator.files import write_whole
from convexam.generator.record import read_paper
from convexam.grader.intake.submissions import read_submissions
from convexam.grader.marking.mark import mark_paper
from convexam.grader.marking.terms import Terms, terms_of
from convexam.grader.model import Result
from convexam.grader.records.store import Basis, Entry, Submitted, opened
from convexam.grader.reports.feedback import feedback_html
from convexam.grader.reports.record import record_bytes

from .rounds import Effort, Row, costs, rows_of
from .samples import MIDTERM, HandedIn, exam_of_file, handed_in

PAGES = 3
"""Other papers, for each that is looked at otherwise: formulas that were set before cost nothing."""


def rows(effort: Effort) -> Iterator[Row]:
    """Measure the phases of one submission of the midterm, all answers right."""
    exam = exam_of_file(MIDTERM)
    sample, *others = handed_in(MIDTERM, exam, 1 + PAGES * effort.samples)
    paper, student = sample.paper, sample.paper.student.id
    (submission,) = read_submissions(sample.json, "answers.json")
    result = mark_paper(paper, submission, student, terms_of(exam.exam))

    papers = cycle([(other.paper, _marked(other, terms_of(exam.exam))) for other in others])

    def record() -> bytes:
        return record_bytes(result, paper, exam=exam.exam.id, exam_sha256=exam.sha256, version="0")

    with TemporaryDirectory() as folder, opened(Path(folder) / "marks.sqlite") as store:
        submitted = Submitted("", student, paper.code)
        entry = Entry(submitted, "answers.json", sample.json, Basis(exam.sha256), "", "0", record().decode())
        numbers = map(str, count())
        jobs = {
            "marking": lambda: mark_paper(paper, submission, student, terms_of(exam.exam)),
            "reading the submission": lambda: read_submissions(sample.json, "answers.json"),
            "reading the record of the paper": lambda: read_paper(sample.record, "", paper.code, exam),
            "the JSON record": record,
            "keeping it in marks.sqlite": lambda: store.keep((), [_another(entry, next(numbers))]),
            "writing a file": lambda: write_whole(Path(folder) / "record.json", b"{}" * 2000),
            "the feedback page, each of another paper": lambda: feedback_html(exam.exam, *next(papers)),
        }
        yield from rows_of(costs(jobs, effort))


def _another(entry: Entry, sha256: str) -> Entry:
    return replace(entry, submitted=replace(entry.submitted, sha256=sha256))


def _marked(sample: HandedIn, terms: Terms) -> Result:
    (submission,) = read_submissions(sample.json, "answers.json")
    return mark_paper(sample.paper, submission, sample.paper.student.id, terms)
