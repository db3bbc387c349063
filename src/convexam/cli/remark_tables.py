"""Rules and what they do to a class, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..grader.records.people import SaidRule
from ..grader.reports.marks_csv import decimal
from ..grader.rules.diff import Averages, Change, Diff, Moved
from ..grader.rules.rule import read_rule
from ..grader.rules.words import words_of
from .tables import printable

MOST_ROWS = 40


def show_diff(diff: Diff) -> None:
    """Print who moves, and the averages before and after."""
    _show_moves(diff)
    everybody = diff.everybody
    click.echo(
        f"{_students(everybody.students)}: {everybody.up} up, {everybody.down} down, "
        f"{diff.unchanged} unchanged"
    )
    if everybody.students:
        _show_averages([everybody, *diff.groups])


def _show_moves(diff: Diff) -> None:
    rows = [row for each in diff.moved for row in _rows(each)]
    if not rows:
        return
    graded = any(each.total.after.grade is not None for each in diff.moved)
    table = _table(["student", "question"], ["points", "total", *["grade"] * graded])
    for row in rows[:MOST_ROWS]:
        table.add_row(*row[: 5 if graded else 4])
    Console(highlight=False).print(table)
    if len(rows) > MOST_ROWS:
        click.echo(f"and {len(rows) - MOST_ROWS} more lines; --diff FILE.csv writes them all")


def _rows(moved: Moved) -> Iterator[list[str | Text]]:
    """Yield a line for each question that moves; the first one says who, and what it comes to."""
    total = [_points(moved.total), _grade(moved.total)]
    student = Text(printable(moved.student))
    lines = [[name, _points(change)] for name, change in moved.items] or [["", ""]]
    for place, line in enumerate(lines):
        yield [Text() if place else student, *line, *(["", ""] if place else total)]


def _points(change: Change) -> str:
    before, after = change.before, change.after
    if before.of == after.of:
        return f"{decimal(before.points)} -> {decimal(after.points)} of {decimal(after.of)}"
    return (
        f"{decimal(before.points)} of {decimal(before.of)} -> {decimal(after.points)} of {decimal(after.of)}"
    )


def _grade(change: Change) -> str:
    before, after = change.before, change.after
    passing = "" if before.passed is after.passed else " passed" if after.passed else " no longer passed"
    return f"{_number(before.grade)} -> {_number(after.grade)}{passing}"


def _number(number: Fraction | None) -> str:
    return "none" if number is None else decimal(number)


def _show_averages(averages: Sequence[Averages]) -> None:
    graded = any(each.grade for each in averages)
    decided = any(each.passed for each in averages)
    named = ["share", *["grade"] * graded, *["passed"] * decided]
    table = _table(["on average"], ["students", "points", *named])
    for each in averages:
        cells = [str(each.students), _both(map(decimal, each.points)), _both(map(_percent, each.share))]
        if graded:
            cells.append(_both(map(decimal, each.grade)) if each.grade else "")
        if decided:
            cells.append(_both(map(str, each.passed)) if each.passed else "")
        table.add_row(Text(printable(each.name) or "everybody"), *cells)
    Console(highlight=False).print(table)


def _both(texts: Iterable[str]) -> str:
    return " -> ".join(texts)


def _percent(share: Fraction) -> str:
    return f"{decimal(Fraction(round(1000 * share), 10))}%"


def _students(number: int) -> str:
    return "1 student" if number == 1 else f"{number} students"


def show_rules(said: Sequence[SaidRule]) -> None:
    """Print all rules that were ever made, and which of them were undone."""
    undone = {row.undoes: row.number for row in said if row.undoes is not None}
    table = _table(["rule", "made", "what", "reason"], [])
    for row in said:
        what = f"undoes rule {row.undoes}" if row.undoes is not None else words_of(read_rule(row.text))
        if row.number in undone:
            what += f" (undone by rule {undone[row.number]})"
        table.add_row(str(row.number), row.said_at, Text(printable(what)), Text(printable(row.reason)))
    Console(highlight=False).print(table)


def _table(texts: Sequence[str], numbers: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in texts:
        table.add_column(name, overflow="fold")
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    return table
