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
    asked: dict[str, None] = {}
    rows = []
    shared = False
    for paper, student in papers:  # one after the other: a class of them takes much memory
        asked |= dict.fromkeys(_columns(paper))
        shared |= is_shared(paper.student)
        rows.append((paper.code, "" if is_shared(student) else student.id))
    columns = 2 if shared else 1
    blank = [""] * len(asked)
    return csv_bytes([[*(PAPER, STUDENT)[:columns], *asked], *([*row[:columns], *blank] for row in rows)])


def _columns(paper: Paper) -> list[str]:
    return [
        field_name(problem.item, field.name)
        for problem in paper.problems
        for field in registry.get(problem.spec.type).ask(problem.case)
    ]
