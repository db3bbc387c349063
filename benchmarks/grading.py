"""Where the time of a run of `grade` goes, submission by submission; the floor is marking alone.

All answers are right where nothing else is said. Wrong answers and feedback pages are each of another paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from convexam.generator.files import write_whole
from convexam.generator.papers import Paper
from convexam.generator.record import read_paper
from convexam.grader.intake.submissions import read_submissions
from convexam.grader.marking.mark import mark_paper
from convexam.grader.marking.terms import Terms, terms_of
from convexam.grader.model import Result
from convexam.grader.records.entry import Basis, Entry, Submitted
from convexam.grader.records.store import opened
from convexam.grader.reports.feedback import feedback_html
from convexam.grader.reports.record import record_bytes

from .rounds import Effort, Row, costs, rows_of
from .samples import MIDTERM, exam_of_file, handed_in, mistaken

PAGES = 3
"""Other papers, for each that is looked at otherwise: formulas that were set before cost nothing."""


def rows(effort: Effort) -> Iterator[Row]:
    """Measure the phases of one submission of the midterm: read, mark, explain, record."""
    exam = exam_of_file(MIDTERM)
    sample, *others = handed_in(MIDTERM, exam, 1 + PAGES * effort.samples)
    terms = terms_of(exam.exam)
    paper, student = sample.paper, sample.paper.student.id
    (submission,) = read_submissions(sample.json, "answers.json")
    result = mark_paper(paper, submission, student, terms)

    papers = cycle([(other.paper, _marked(other.paper, other.json, terms)) for other in others])
    wrong = cycle([(other.paper, mistaken(other.json), terms) for other in others])

    def record() -> bytes:
        return record_bytes(result, paper, exam=exam.exam.id, exam_sha256=exam.sha256, version="0")

    with TemporaryDirectory() as folder, opened(Path(folder) / "marks.sqlite") as store:
        submitted = Submitted("", student, paper.code)
        entry = Entry(submitted, "answers.json", sample.json, Basis(exam.sha256), "", "0", record().decode())
        numbers = map(str, count())
        jobs = {
            "mark": lambda: mark_paper(paper, submission, student, terms),
            "read: the submission": lambda: read_submissions(sample.json, "answers.json"),
            "read: the record of the paper": lambda: read_paper(sample.record, "", paper.code, exam),
            "explain: every third number wrong, read and marked": lambda: _marked(*next(wrong)),
            "record: the JSON record": record,
            "record: keeping it in marks.sqlite": lambda: store.keep((), [_another(entry, next(numbers))]),
            "record: writing a file": lambda: write_whole(Path(folder) / "record.json", b"{}" * 2000),
            "record: the feedback page": lambda: feedback_html(exam.exam, *next(papers)),
        }
        yield from rows_of(costs(jobs, effort))


def _another(entry: Entry, sha256: str) -> Entry:
    return replace(entry, submitted=replace(entry.submitted, sha256=sha256))


def _marked(paper: Paper, saved: bytes, terms: Terms) -> Result:
    (submission,) = read_submissions(saved, "answers.json")
    return mark_paper(paper, submission, paper.student.id, terms)
