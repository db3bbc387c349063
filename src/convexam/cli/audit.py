"""``audit``: draw every entry thousands of times and look for faults."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .crews import Staff, crew_options
from .options import EXAM, SETTINGS

if TYPE_CHECKING:
    from ..generator.audit import Tally
    from ..generator.bank import Bank
    from ..generator.model import Conventions

CHUNK = 250  # draws that a worker makes at a time


@click.command("audit", context_settings=SETTINGS)
@click.argument("banks", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="BANKS...")
@click.option(
    "--draws",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    metavar="N",
    help="Draws of each entry.",
)
@crew_options
@click.option(
    "--exam",
    "exam_path",
    type=EXAM,
    metavar="FILE",
    help="Audit under the conventions of an exam.  [default: the default conventions]",
)
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the whole report as a web page.",
)
def command(
    *, banks: tuple[Path, ...], draws: int, staff: Staff, exam_path: Path | None, html: Path | None
) -> int:
    """Draw every entry many times: is each variant fair, sharp and different?

    BANKS are bank files or folders; without any it is the shipped bank. For
    each entry: the share of refused draws and why, different variants, effort,
    ranges of the answers, misconceptions and how often they show. An entry is
    faulty when its two keys differ, when it refuses more than 95 % of its
    draws, when it has fewer than 1,000 variants, or when a misconception that
    it lists never shows; the exit code is then 1.
    """
    from ..generator import audit, bank, exam_file
    from ..generator.files import write_whole
    from ..generator.render.audit import audit_html
    from .tables import audit_table

    files = [file for path in banks for file in (bank.bank_files(path) if path.is_dir() else [path])]
    loaded = bank.load(files or bank.shipped_files())
    conventions = None if exam_path is None else exam_file.load(exam_path, loaded).conventions
    tallies = _tallies(loaded, draws, staff, conventions)
    found = {name: audit.faults(loaded[name], tally) for name, tally in tallies.items()}
    audit_table(loaded, tallies, found)
    if html is not None:
        write_whole(html, audit_html(loaded, tallies, found).encode())
        click.echo(f"The whole report is in {html}")
    for name, messages in found.items():
        for message in messages:
            click.echo(f"{loaded.origins[name].place('id')}: {name}: {message}", err=True)
    return 1 if any(found.values()) else 0


_bank: Bank  # of a worker process
_conventions: Conventions | None


def _start(bank: Bank, conventions: Conventions | None) -> None:
    global _bank, _conventions
    _bank, _conventions = bank, conventions


def _chunk(chunk: tuple[str, range]) -> Tally:
    from ..generator import audit

    name, numbers = chunk
    return audit.tally(_bank[name], _bank.origins[name], numbers, _conventions)


def _tallies(bank: Bank, draws: int, staff: Staff, conventions: Conventions | None) -> dict[str, Tally]:
    """Share the draws out, and add the tallies up in the order of the bank."""
    from ..generator.audit import Tally
    from ..generator.workers.limits import MAKING
    from ..generator.workers.ordered import in_order
    from .failing import made
    from .progress import watching

    chunks = [
        (spec.id, range(start, min(start + CHUNK, draws if spec.params is not None else 1)))
        for spec in bank
        for start in range(0, draws, CHUNK)
        if spec.params is not None or start == 0
    ]
    tallies = {spec.id: Tally() for spec in bank}
    with staff.crew(_start, (bank, conventions), MAKING) as crew, watching("Auditing", len(chunks)) as step:
        for (name, _), tally in in_order(crew, _chunk, chunks):
            tallies[name].add(made(tally, f"the audit of {name}"))
            step()
    return tallies
