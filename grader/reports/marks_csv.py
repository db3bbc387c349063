"""All marks in one CSV file, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain
from typing import Any, TypeAlias

from ...generator.csv_text import csv_bytes

Record: TypeAlias = dict[str, Any]
"""A student's marks as stored; see `record`."""


def marks_csv(records: Sequence[Record]) -> bytes:
    """Return one row per student: points, full marks, what waits for a human, the grade, each question."""
    items, grades = item_names(records), grade_columns(records)
    header = ["student", "paper", "points", "of", "waiting", *grades, *items]
    return csv_bytes(chain([header], (_row(record, grades, items) for record in records)))


def _row(record: Record, grades: Sequence[str], items: Sequence[str]) -> list[object]:
    points, most = decimal(record["points"]), decimal(record["of"])
    beside = [record["student"], record["paper"], points, most, record["waiting"]]
    return [*beside, *(grade_cell(record, column) for column in grades), *item_points(record, items)]


def grade_columns(records: Sequence[Record]) -> list[str]:
    """Return the columns about the grade: none where the exam has no grades."""
    columns = ("grade", "passed")
    found = {column for record in records for column in columns if record.get(column) is not None}
    return [column for column in columns if column in found]


def grade_cell(record: Record, column: str) -> str:
    """Return the grade, or whether it passes: ``open`` where it does not yet and something waits."""
    if record.get(column) is None:
        return ""
    if column == "grade":
        return decimal(record["grade"])
    return "yes" if record["passed"] else "open" if record["waiting"] else "no"


def item_names(records: Sequence[Record]) -> list[str]:
    """Return the questions of all records, in the order of the papers."""
    return list(dict.fromkeys(item["id"] for record in records for item in record["items"]))


def item_points(record: Record, items: Sequence[str]) -> list[str]:
    """Return the points of each question; nothing where a student did not have it."""
    points = {item["id"]: decimal(item["points"]) for item in record["items"]}
    return [points.get(item, "") for item in items]


def decimal(points: str | Fraction, places: int = 2) -> str:
    """Write points with at most so many decimals, halves away from zero: ``3.5``, ``1.33``, ``4``."""
    exact, unit = Fraction(points), 10**places
    parts = int(abs(exact) * unit + Fraction(1, 2))
    text = f"{parts // unit}.{parts % unit:0{places}d}".rstrip("0").rstrip(".")
    return f"-{text}" if exact < 0 and parts else text
