"""Receipts in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..generator.render.plain import one_line, printable
from ..grader.receipt import FieldReceipt, Receipt, Refusal, State, Understood

_AS_TYPED = frozenset({"integer", "number", "shape", "choice", "expression"})
"""Kinds whose answers are shown both as typed and as understood, where these differ."""


def print_outcome(outcome: Receipt | Refusal) -> None:
    """Print a receipt, or why there is none."""
    if isinstance(outcome, Refusal):
        for reason in outcome.reasons:
            click.echo(printable(f"{outcome.source}: {reason}"), err=True)
        return
    console = Console(highlight=False)
    console.print(_table(_head(outcome)))
    for item in outcome.items:
        console.print()
        console.print(Text(printable(f"{item.item.number}. {item.item.title}"), style="bold"))
        fields = _table(map(_field, item.fields), most=console.width * 2 // 5)
        console.print(Padding(fields, (0, 0, 0, 3)))
    console.print()
    for line in _summary(outcome):
        console.print(Text(printable(line)))
    console.print()


def _table(rows: Iterable[tuple[str, str]], most: int | None = None) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(max_width=most, overflow="fold")
    table.add_column(overflow="fold")
    for name, text in rows:
        table.add_row(Text(printable(name)), Text(printable(text)))
    return table


def _head(found: Receipt) -> Iterator[tuple[str, str]]:
    submission = found.submission
    yield "file", submission.source
    yield "paper", f"{found.paper.code} of {found.paper.title}"
    yield "from", submission.student or "not said in the file"
    yield "sha256", submission.sha256


def _field(found: FieldReceipt) -> tuple[str, str]:
    if found.state is State.BLANK:
        return found.label, "blank"
    text = _understood(found.understood)
    if found.field.kind in _AS_TYPED and found.raw.strip() not in ("", text):
        text = f"{text}   (from: {one_line(found.raw)})" if text else ""
    if found.state is State.UNREADABLE:
        text = "\n".join(filter(None, (text, f"cannot be read: {found.reason}")))
    return found.label, text


def _understood(value: Understood) -> str:
    """Write what was understood: a map in columns, the parts of a record with their names."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_or_blank(part)}" for name, part in value.items())
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, list)]
        return _rows(rows) if rows else ", ".join(map(str, value)) or "none"
    return value or ""


def _rows(rows: list[list[str]]) -> str:
    cells = [[_or_blank(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join("  ".join(map(str.rjust, row, widths)) for row in cells)


def _or_blank(cell: str) -> str:
    return cell or "_"


def _summary(found: Receipt) -> Iterator[str]:
    counts = {state: found.count(state) for state in State}
    words = {State.READ: "read", State.BLANK: "blank", State.UNREADABLE: "cannot be read"}
    yield f"{', '.join(f'{counts[state]} {words[state]}' for state in State)}. Nothing was marked."
    if found.submission.damaged:
        yield "The file is damaged: what could not be found in it may be lost. Mend it before you hand it in."
    for problem in found.problems:
        yield f"Note: {problem}"
