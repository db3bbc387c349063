"""The CSV of a class as it is handed to a marker: a row a paper, a column a field, and no answer yet."""

from __future__ import annotations

from collections.abc import Iterable

from .. import registry
from ..csv_text import csv_bytes
from ..papers import EVERYONE, Paper
from .box_names import field_name

PAPER = "paper"
STUDENT = "student"


def class_csv(papers: Iterable[Paper]) -> bytes:
    """Write the file to be typed into: a row for each paper, in their order.

    Where a paper is the same for all, a column asks from whom the answers are; other codes tell that.
    """
    rows = [(paper, _columns(paper)) for paper in papers]
    asked = dict.fromkeys(name for _, columns in rows for name in columns)
    shared = any(paper.student.id == EVERYONE.id for paper, _ in rows)
    header = [PAPER, *([STUDENT] if shared else []), *asked]
    return csv_bytes([header, *([paper.code] + [""] * (len(header) - 1) for paper, _ in rows)])


def _columns(paper: Paper) -> list[str]:
    return [
        field_name(problem.item, field.name)
        for problem in paper.problems
        for field in registry.get(problem.spec.type).ask(problem.case)
    ]
