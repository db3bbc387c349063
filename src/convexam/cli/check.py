"""``check``: find every problem of bank and exam files at once."""

from __future__ import annotations

from pathlib import Path

import click

from .options import EXISTING_FILE, SETTINGS, bank_options, bank_paths
from .reading import is_exam


@click.command("check", context_settings=SETTINGS)
@click.argument("files", nargs=-1, required=True, type=EXISTING_FILE, metavar="FILES...")
@bank_options
def command(*, files: tuple[Path, ...], banks: tuple[Path, ...], only_bank: bool) -> int:
    """Check bank files and exam files.

    Reports every problem at once, one a line: file, line, column, which value,
    and what to do. Every entry of a bank is also drawn, solved by two methods
    and shown. An exam file is held against the shipped bank, the folders named
    with --bank, and the bank files named beside it.
    """
    from ..generator import bank, checking, exam_file
    from ..generator.errors import DataError

    exams = [file for file in files if is_exam(file)]
    own = [file for file in files if file not in exams]
    known, faults = bank.survey(bank_paths(banks, only_bank=only_bank, more=own))
    mine = [name for name, origin in known.origins.items() if Path(origin.tree.name) in own]
    faults += checking.check_bank(checking.used(known, mine))
    for file in exams:
        try:
            exam = exam_file.load(file, known)
        except DataError as error:
            faults += error.faults
        else:
            faults += checking.check_bank(checking.used(known, exam.entries(known)), exam.conventions)
    if faults:
        raise DataError(faults)
    counts = [f"{len(mine)} entries"] * bool(own) + [f"{len(exams)} exam files"] * bool(exams)
    click.echo(f"No problems in {' and '.join(counts)}.")
    return 0
