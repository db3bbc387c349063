"""Sheets of a class, made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from convexam.generator.model import Effort
from convexam.grader.statistics.sheet import Asked, Sheet, sheet_of

WORTH = 4


def record(student: str, points: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A student's record: of each question the points, of 4, or the verdict BLANK, UNREADABLE or UNMARKED."""
    items = [_item(name, value, more.get("found", {}).get(name, ())) for name, value in points.items()]
    total = sum(Fraction(item["points"]) for item in items)
    return {
        "student": student,
        "paper": more.get("paper", "P"),
        "points": str(total),
        "of": str(WORTH * len(items)),
        "waiting": sum(item["fields"][0]["verdict"] in ("UNREADABLE", "UNMARKED") for item in items),
        "grade": more.get("grade"),
        "passed": more.get("passed"),
        "items": items,
    }


def _item(name: str, value: Any, found: Sequence[str]) -> dict[str, Any]:
    verdict = value if isinstance(value, str) else "PARTIAL"
    return {
        "id": name,
        "points": "0" if isinstance(value, str) else str(Fraction(value)),
        "of": str(WORTH),
        "override": None,
        "finding": {"names": list(found)} if found else None,
        "fields": [{"name": "Y", "verdict": verdict}],
    }


def asked(*names: str, entries: Mapping[str, str] | None = None, **more: Any) -> tuple[Asked, ...]:
    """What a paper asks: questions whose entries are called as they are, unless something else is said."""
    return tuple(
        Asked(
            item=name,
            entry=(entries or {}).get(name, name),
            title=name.upper(),
            outcomes=more.get("outcomes", {}).get(name, ()),
            effort=more.get("efforts", {}).get(name, Effort()),
            sentences=more.get("sentences", {}),
        )
        for name in names
    )


def sheet(columns: Mapping[str, Sequence[Any]], **more: Any) -> Sheet:
    """A class that had the same questions: of each the points of all students."""
    rows = zip(*columns.values(), strict=True)
    records = [
        record(f"s{number:03}", dict(zip(columns, points, strict=True))) for number, points in enumerate(rows)
    ]
    return sheet_of(records, {"P": asked(*columns, **more)})
