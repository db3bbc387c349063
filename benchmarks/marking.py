"""A submission, from the disk to its marks, all answers right; the floor is `json.loads` and `==`.

Answers that stand there as the page saves them for the key are right at once. "Spelled otherwise" has a space
before each text, as may be pasted, so that every answer is read and compared.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from convexam.grader.intake.submissions import read_submissions
from convexam.grader.marking.mark import mark_paper
from convexam.grader.marking.terms import terms_of

from .rounds import Effort, Row, costs, rows_of
from .samples import FORTY_FIELDS, MIDTERM, HandedIn, exam_of_file, handed_in
from .targets import Target


def rows(effort: Effort) -> Iterator[Row]:
    """Measure both exams; a job marks every submission once."""
    for file in (FORTY_FIELDS, MIDTERM):
        with TemporaryDirectory() as folder:
            yield from _of_exam(file, Path(folder), effort)


def _of_exam(file: Path, folder: Path, effort: Effort) -> Iterator[Row]:
    exam = exam_of_file(file)
    terms = terms_of(exam.exam)
    all_of_them = handed_in(file, exam, effort.samples)
    files = [folder / f"{number}.json" for number in range(len(all_of_them))]
    others = [folder / f"{number}-otherwise.json" for number in range(len(all_of_them))]
    keys = []
    for each, path, other in zip(all_of_them, files, others, strict=True):
        saved = json.loads(each.json)
        path.write_bytes(each.json)
        other.write_text(json.dumps({**saved, "answers": _otherwise(saved["answers"])}, indent=1))
        keys.append(saved["answers"])

    def compare() -> None:
        for path, key in zip(files, keys, strict=True):
            answers = json.loads(path.read_bytes())["answers"]
            if not all(answers[item][name] == value for item in key for name, value in key[item].items()):
                raise AssertionError

    def read() -> None:
        for path in files:
            list(read_submissions(path.read_bytes(), path.name))

    def mark(files: list[Path]) -> None:
        for path, each in zip(files, all_of_them, strict=True):
            for submission in read_submissions(path.read_bytes(), path.name):
                mark_paper(each.paper, submission, each.paper.student.id, terms)

    jobs: dict[str, Callable[[], None]] = {
        "floor": compare,
        "read": read,
        "read and mark": partial(mark, files),
        "spelled otherwise": partial(mark, others),
    }
    named = f"{exam.exam.id}, {_fields(all_of_them)} fields: "
    measured = costs(jobs, effort)
    yield from rows_of({named + what: cost for what, cost in measured.items()}, len(files))
    speed = len(files) / measured["read and mark"].seconds
    yield Row(f"{named}submissions per second and core", f"{speed:,.0f}", "", Target(6, at_least=5000), speed)


def _otherwise(saved: Any) -> Any:
    """Put a space before each text."""
    if isinstance(saved, dict):
        return {name: _otherwise(each) for name, each in saved.items()}
    return list(map(_otherwise, saved)) if isinstance(saved, list) else f" {saved}"


def _fields(all_of_them: list[HandedIn]) -> int:
    return all_of_them[0].fields
