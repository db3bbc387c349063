"""Tables in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..grader.reports.marks_csv import (
    Record,
    decimal,
    grade_cell,
    grade_columns,
    item_names,
    item_points,
)

if TYPE_CHECKING:
    from ..generator.audit import Spread, Tally
    from ..generator.bank import Bank

MOST_ROWS = 40
_BESIDE_ITEMS = 36  # characters for the student, the points and what waits
_BESIDE_GRADES = 9  # for a grade, or whether it passes


def sentences(lines: Iterable[str]) -> None:
    """Print sentences about a class."""
    console = Console(highlight=False)
    for line in lines:
        console.print(Text(printable(line.replace("\xa0", " "))))


def marks_table(records: Sequence[Record]) -> None:
    """Print one row per student."""
    if not records:
        return
    console = Console(highlight=False)
    items = item_names(records)
    grades = grade_columns(records)
    room = console.width - _BESIDE_ITEMS - _BESIDE_GRADES * len(grades)
    shown = items[: max(0, room // (max(map(len, items), default=0) + 3))]
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("student", overflow="ellipsis", min_width=12, max_width=40)
    for name in ("points", "of", "waiting", *grades, *shown):
        table.add_column(name, justify="right", no_wrap=True)
    for record in records:
        table.add_row(
            Text(printable(record["student"])),
            decimal(record["points"]),
            decimal(record["of"]),
            str(record["waiting"] or ""),
            *(grade_cell(record, column) for column in grades),
            *item_points(record, shown),
        )
    console.print(table)
    if len(shown) < len(items):
        console.print("All questions are in marks.csv.")


def printable(text: str) -> str:
    """Leave out what a terminal would obey."""
    return "".join(character for character in text if character.isprintable())


def audit_table(bank: Bank, tallies: Mapping[str, Tally], faults: Mapping[str, Sequence[str]]) -> None:
    """Print one row per entry of an audit."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("entry", overflow="fold")
    for name in ("drawn", "refused", "variants", "products", "digits"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("")
    for spec in bank:
        tally = tallies[spec.id]
        table.add_row(
            spec.id,
            str(tally.drawn),
            f"{float(tally.refusal_rate):.1%}",
            str(len(tally.variants)),
            *(_range(tally.efforts.get(name)) for name in ("products", "digits")),
            "faulty" if faults[spec.id] else "sound",
        )
    Console(highlight=False).print(table)


def _range(spread: Spread | None) -> str:
    if spread is None or spread.least == spread.most:
        return "" if spread is None else str(spread.least)
    return f"{spread.least} to {spread.most}"
