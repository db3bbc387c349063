"""The CSV of a class as it is handed to a marker: a row a paper, a column a field, and no answer yet."""

from __future__ import annotations

from collections.abc import Iterable

from .. import registry
from ..csv_text import csv_bytes
from ..papers import Paper, Student, is_shared
from .box_names import field_name

PAPER = "paper"
STUDENT = "student"


def class_csv(papers: Iterable[tuple[Paper, Student]]) -> bytes:
    """Write the file to be typed into: a row for each paper and who holds it, in their order.

    Where papers are shared, a column says from whom the answers are, or asks for it; other codes tell that.
    """
    rows = [(paper, student, _columns(paper)) for paper, student in papers]
    asked = dict.fromkeys(name for *_, columns in rows for name in columns)
    shared = any(is_shared(paper.student) for paper, *_ in rows)
    header = [PAPER, *([STUDENT] if shared else []), *asked]
    known = [
        [paper.code, *(["" if is_shared(student) else student.id] if shared else [])]
        for paper, student, _ in rows
    ]
    return csv_bytes([header, *([*cells, *[""] * len(asked)] for cells in known)])


def _columns(paper: Paper) -> list[str]:
    return [
        field_name(problem.item, field.name)
        for problem in paper.problems
        for field in registry.get(problem.spec.type).ask(problem.case)
    ]
