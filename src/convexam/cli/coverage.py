"""What an exam tests, as a report in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.console import Console
from rich.table import Table

from ..generator.bank import Bank
from ..generator.coverage import Share, coverage
from ..generator.curriculum import Curriculum
from ..generator.exam_file import ExamFile
from ..generator.minutes import minutes_of_exam
from ..generator.render.phrases import points_text


def coverage_report(exam: ExamFile, bank: Bank, curriculum: Curriculum) -> None:
    """Print which outcomes and topics an exam tests, and which it leaves out."""
    found = coverage(exam, bank, curriculum)
    click.echo(f"{exam.title} ({exam.id}), compared with: {curriculum.title}\n")
    _print(found.outcomes, "learning outcome")
    click.echo()
    _print(found.topics, "topic")
    click.echo("\nAn item counts in full for every outcome and topic that it belongs to.")
    for what, shares in (("Outcomes", found.outcomes), ("Topics", found.topics)):
        left_out = [share.name for share in shares if share.is_left_out]
        click.echo(f"{what} left out: {', '.join(left_out) or 'none'}")
    if found.unknown:
        click.echo(f"Named by entries, but not by the curriculum: {', '.join(found.unknown)}")
    stated = f"; the exam states {exam.minutes}" if exam.minutes is not None else ""
    click.echo(f"By its effort it takes about {round(minutes_of_exam(exam, bank))} minutes{stated}.\n")


def _print(shares: Sequence[Share], heading: str) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(heading, overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    has_exercises = any(share.covered or share.left_out for share in shares)
    if has_exercises:
        table.add_column("exercises", justify="right", no_wrap=True)
    table.add_column("items", overflow="fold")
    for share in shares:
        count = f"{len(share.covered)} of {len(share.covered) + len(share.left_out)}"
        table.add_row(
            f"{share.title} ({share.name})",
            points_text(share.points) if share.points else "",
            *([count] if has_exercises else []),
            _items(share),
        )
    Console(highlight=False).print(table)


def _items(share: Share) -> str:
    if share.is_left_out:
        return "left out"
    perhaps = f"in some papers {', '.join(share.perhaps)}" if share.perhaps else ""
    return "; ".join(filter(None, (", ".join(share.surely), perhaps)))
