"""All marks in one CSV file, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeAlias

Record: TypeAlias = dict[str, Any]
"""A student's marks as stored; see `record`."""

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def marks_csv(records: Sequence[Record]) -> bytes:
    """Return one row per student: points, what could be had, what waits for a human, each question."""
    items = item_names(records)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(["student", "paper", "points", "of", "waiting", *items])
    for record in records:
        writer.writerow(
            [
                _safe(record["student"]),
                record["paper"],
                decimal(record["points"]),
                decimal(record["of"]),
                record["waiting"],
                *item_points(record, items),
            ]
        )
    return table.getvalue().encode("utf-8-sig")


def item_names(records: Sequence[Record]) -> list[str]:
    """Return the questions of all records, in the order of the papers."""
    return list(dict.fromkeys(item["id"] for record in records for item in record["items"]))


def item_points(record: Record, items: Sequence[str]) -> list[str]:
    """Return the points of each question; nothing where a student did not have it."""
    points = {item["id"]: decimal(item["points"]) for item in record["items"]}
    return [points.get(item, "") for item in items]


def decimal(points: str | Fraction) -> str:
    """Write points with at most two decimals, halves away from zero: ``3.5``, ``1.33``, ``4``."""
    exact = Fraction(points)
    hundredths = int(abs(exact) * 100 + Fraction(1, 2))
    text = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    return f"-{text}" if exact < 0 and hundredths else text


def _safe(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula (CWE-1236)."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(cell) else cell
