"""Tables in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..grader.reports.marks_csv import Record, decimal, item_names, item_points

_MOST_ROWS = 60


def marks_table(records: Sequence[Record]) -> None:
    """Print one row per student; of a large class the first rows."""
    if not records:
        return
    items = item_names(records)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("student", overflow="fold")
    for name in ("points", "of", "waiting", *items):
        table.add_column(name, justify="right", no_wrap=True)
    for record in records[:_MOST_ROWS]:
        table.add_row(
            Text(_printable(record["student"])),
            decimal(record["points"]),
            decimal(record["of"]),
            str(record["waiting"] or ""),
            *item_points(record, items),
        )
    Console(highlight=False).print(table)
    if len(records) > _MOST_ROWS:
        Console(highlight=False).print(f"... and {len(records) - _MOST_ROWS} more in marks.csv")


def _printable(text: str) -> str:
    """Leave out what a terminal would obey."""
    return "".join(character for character in text if character.isprintable())
