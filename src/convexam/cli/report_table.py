"""The figures of a class in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..grader.reports.class_words import two_decimals
from ..grader.statistics.questions import QuestionStatistics
from .tables import printable, sentences


def report_table(summary: Iterable[str], questions: Iterable[QuestionStatistics]) -> None:
    """Print the summary, and a row for each question in the order of the papers."""
    sentences(summary)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("question", overflow="fold")
    for name in ("students", "facility", "discrimination", "blank", "waiting"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in questions:
        table.add_row(
            Text(printable(each.question.name)),
            str(each.had),
            "" if each.facility is None else two_decimals(each.facility),
            "" if each.discrimination is None else two_decimals(each.discrimination),
            str(each.omitted or ""),
            str(each.waiting or ""),
        )
    if table.row_count:
        Console(highlight=False).print(table)
