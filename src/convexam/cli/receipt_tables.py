"""Receipts in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..generator.render.plain import printable
from ..grader.receipt import Receipt, Refusal
from ..grader.reports.receipt_words import answer, head, summary


def print_outcome(outcome: Receipt | Refusal) -> None:
    """Print a receipt, or why there is none."""
    if isinstance(outcome, Refusal):
        for reason in outcome.reasons:
            click.echo(printable(f"{outcome.source}: {reason}"), err=True)
        return
    console = Console(highlight=False)
    console.print(_table(head(outcome)))
    for item in outcome.items:
        console.print()
        console.print(Text(printable(f"{item.item.number}. {item.item.title}"), style="bold"))
        rows = ((field.label, answer(field, outcome.paper.language)) for field in item.fields)
        console.print(Padding(_table(rows, most=console.width * 2 // 5), (0, 0, 0, 3)))
    console.print()
    for line in summary(outcome):
        console.print(Text(printable(line)))
    console.print()


def _table(rows: Iterable[tuple[str, str]], most: int | None = None) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(max_width=most, overflow="fold")
    table.add_column(overflow="fold")
    for name, text in rows:
        table.add_row(Text(printable(name)), Text(printable(text)))
    return table
