"""``check``: find every problem of bank and exam files at once."""

from __future__ import annotations

from pathlib import Path

import click

from .options import EXAM, EXISTING_FILE, SETTINGS, bank_options, bank_paths
from .reading import is_exam


@click.command("check", context_settings=SETTINGS)
@click.argument("files", nargs=-1, required=True, type=EXAM, metavar="FILES...")
@click.option("--coverage", is_flag=True, help="Say what each exam tests of a curriculum, and what not.")
@click.option(
    "--curriculum",
    "curriculum_file",
    type=EXISTING_FILE,
    metavar="FILE",
    help="The curriculum to hold exams against, instead of the shipped one; means --coverage.",
)
@bank_options
def command(
    *,
    files: tuple[Path, ...],
    banks: tuple[Path, ...],
    only_bank: bool,
    coverage: bool,
    curriculum_file: Path | None,
) -> int:
    """Check bank files and exam files.

    Reports every problem at once, one a line: file, line, column, which value,
    and what to do. Every entry of a bank is also drawn, solved by two methods
    and shown. An exam file is held against the shipped bank, the folders named
    with --bank, and the bank files named beside it. With --coverage the
    learning outcomes and topics of a curriculum are listed, with the items that
    test them, and the time that the exam takes by its effort.
    """
    from ..generator import bank, checking, curriculum, exam_file
    from ..generator.errors import DataError

    exams = [file for file in files if is_exam(file)]
    own = [file for file in files if file not in exams]
    known, faults = bank.survey(bank_paths(banks, only_bank=only_bank, more=own))
    mine = [name for name, origin in known.origins.items() if Path(origin.tree.name) in own]
    faults += checking.check_bank(checking.used(known, mine))
    loaded = []
    for file in exams:
        try:
            exam = exam_file.load(file, known)
        except DataError as error:
            faults += error.faults
        else:
            loaded.append(exam)
            found = checking.check_bank(checking.used(known, exam.entries(known)), exam.conventions)
            faults += found or checking.settings_without_effect(file, exam, known)
    if faults:
        raise DataError(faults)
    if coverage or curriculum_file is not None:
        from .coverage import coverage_report

        course = curriculum.load(curriculum_file or curriculum.SHIPPED)
        for exam in loaded:
            coverage_report(exam, known, course)
    counts = [_count(len(mine), "entry", "entries")] * bool(own)
    counts += [_count(len(exams), "exam file", "exam files")] * bool(exams)
    click.echo(f"No problems in {' and '.join(counts)}.")
    return 0


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
