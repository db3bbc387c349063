"""``generate``: draw, solve and print an exam."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .crews import Staff, crew_options
from .options import EXAM, EXISTING_FILE, SETTINGS, bank_options, load_bank, names_on_paper, paper_options

if TYPE_CHECKING:
    from ..generator.bank import Bank
    from ..generator.exam_file import ExamFile


@click.command("generate", context_settings=SETTINGS)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    metavar="N",
    help="Draw practice papers from a number; whoever knows it can work out the answers.",
)
@click.option(
    "--exam",
    "exam_file",
    type=EXAM,
    metavar="EXAM",
    help="An exam file, or the name of an exam that is shipped, such as midterm.  [default: demo-exam]",
)
@bank_options
@click.option(
    "--students",
    "roster",
    type=EXISTING_FILE,
    metavar="CSV",
    help="The class, a student a row: the column 'student' is an id; 'name', 'email' and the ids of "
    "learning management systems ('moodle', 'canvas', 'brightspace', 'gradescope') may follow.",
)
@click.option(
    "--secret",
    "secret_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What to draw from.  [default: EXAM.secret beside the exam file, made if missing]",
)
@click.option(
    "--attempt",
    type=click.IntRange(0, 99),
    default=0,
    metavar="N",
    help="Draw a resit: 1 for the first, 2 for the next; other numbers and codes, in a folder of its own.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Where to write.  [default: a folder named after the exam; of a resit, EXAM-attempt-N]",
)
@paper_options
@crew_options
@click.option("--force", is_flag=True, help="Overwrite what differs.")
def command(
    *,
    seed: int | None,
    exam_file: Path | None,
    banks: tuple[Path, ...],
    only_bank: bool,
    roster: Path | None,
    secret_file: Path | None,
    attempt: int,
    out: Path | None,
    formats: tuple[str, ...],
    to_print: bool,
    names: bool,
    staff: Staff,
    force: bool,
) -> int:
    """Draw an exam and write papers, solutions and answer files.

    `generate --seed 42` needs no file of yours: it writes a practice paper from
    the demo exam. For a real exam give --exam, and --students for one paper
    each, or for the versions that the exam file deals out (`variants: 4`): the
    numbers then come from a secret that is made once and kept beside the exam
    file. Keep it; without it no further papers can be drawn.

    Call it again when students join late: papers that are there stay as they
    are. `convexam reprint` writes papers again from the record alone.
    """
    from ..generator import exam_file as exams
    from ..generator.class_list import ClassList
    from ..generator.files import file_bytes, make_folder
    from ..generator.roster import read_roster

    printed_names = names_on_paper(to_print=to_print, names=names)
    bank = load_bank(banks, only_bank=only_bank)
    exam = exams.load(exam_file or exams.SHIPPED, bank)
    _require_sound(exam, bank)
    secret = _secret(seed, exam_file, secret_file)
    given = read_roster(file_bytes(roster), str(roster), exam.letters) if roster else ClassList()
    if roster and seed is not None:
        click.echo("Warning: these papers come from a seed, so their answers are no secret.", err=True)

    from .alone import alone_in
    from .folder import RECORD
    from .presses import presses
    from .writing import Writer

    folder, students = out or _folder(exam.id, seed, attempt), given.students
    make_folder(folder / RECORD, mode=0o700)
    with alone_in(folder):
        writer = Writer(folder, force=force)
        record = writer.write_exam(exam, bank, secret, seed, attempt)
        everybody = writer.write_class(record, given, str(roster))
        count = len(exam.letters or students or [None])
        with presses(staff, record, count, formats, to_print=to_print, draft=(bank, secret)) as crew:
            papers = writer.write_records(record, secret, crew, students)
            writer.write_papers(
                record, crew, papers, everybody, students, formats, printed_names=printed_names
            )
    return writer.report()


def _folder(exam: str, seed: int | None, attempt: int) -> Path:
    practice = "" if seed is None else f"-seed-{seed}"
    return Path(f"{exam}{practice}{f'-attempt-{attempt}' if attempt else ''}")


def _require_sound(exam: ExamFile, bank: Bank) -> None:
    """Try every entry that the exam may take before anything is written."""
    from ..generator import checking
    from ..generator.errors import DataError

    faults = checking.check_bank(checking.used(bank, exam.entries(bank)), exam.conventions)
    if faults:
        raise DataError(faults)


def _secret(seed: int | None, exam_file: Path | None, secret_file: Path | None) -> bytes:
    from ..generator import exam_file as exam_files
    from ..generator.errors import MisuseError
    from ..generator.secret import keep_secret, read_secret
    from ..generator.streams import practice_secret

    if seed is not None and secret_file is not None:
        raise MisuseError("--seed and --secret exclude each other: a paper is drawn from one of them")
    if seed is not None:
        return practice_secret(seed)
    if secret_file is not None:
        return read_secret(secret_file)
    if exam_file is None:
        raise MisuseError("name an exam with --exam FILE, or draw a practice paper with --seed 42")
    is_shipped = exam_file in exam_files.shipped().values()
    return keep_secret(Path(f"{exam_file.stem}.secret") if is_shipped else exam_file.with_suffix(".secret"))
