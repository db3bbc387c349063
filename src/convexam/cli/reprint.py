"""``reprint``: papers again, from the record alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .crews import Staff, crew_options
from .options import EXISTING_FOLDER, SETTINGS, names_on_paper, paper_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..generator.papers import Student

    Held = tuple[str, Student]
    """The code of a paper, and who holds it."""


@click.command("reprint", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER, metavar="EXAM")
@click.argument("whose", nargs=-1, metavar="[STUDENT or CODE]...")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="FOLDER",
    help="Where to write.",
)
@paper_options
@crew_options
@click.option("--force", is_flag=True, help="Overwrite what differs.")
def command(
    *,
    folder: Path,
    whose: tuple[str, ...],
    out: Path,
    formats: tuple[str, ...],
    to_print: bool,
    names: bool,
    staff: Staff,
    force: bool,
) -> int:
    """Write papers and solutions again, as `generate` wrote them.

    EXAM is the folder that `generate` wrote. Name students or codes of papers;
    without them all papers are written. Everything comes from EXAM/record: no
    bank, no exam file and no secret are needed, and the files are the same
    bytes (a PDF, with the same library versions).
    """
    from ..generator.errors import MisuseError
    from .alone import alone_in
    from .class_lists import class_list_in, owners_in
    from .exam_records import exam_record
    from .folder import HANDOUT, PRINT, SOLUTIONS
    from .output import Output
    from .paper_files import Held, PaperFiles, sheets_of
    from .parts import named_parts
    from .presses import presses

    printed_names = names_on_paper(to_print=to_print, names=names)
    with alone_in(folder):
        record = exam_record(folder)
        everybody = class_list_in(folder, record)
        owners = owners_in(folder, record)
        held = everybody.holders({student.id: code for code, student in owners})
        if not held:
            raise MisuseError(f"{folder}: the record holds no paper")
        chosen = _named(whose, owners, held) if whose else held
        drawn = {code: Held(code, student) for code, student in owners}
        papers = [drawn[code] for code in dict.fromkeys(code for code, _ in chosen)]
        copies = [(drawn[code], student) for code, student in chosen] if to_print else []
        sheets = sheets_of(copies, names=bool(printed_names))
        output = Output(out, force=force)
        with presses(staff, record, len(papers), formats, to_print=to_print) as crew:
            files = PaperFiles(folder, output, crew, formats)
            files.write(papers, sheets)
        printed = files.join(record.exam.id, sheets) if to_print else []
    click.echo(f"The papers {'are' if output.written else 'are already'} in {out}/")
    output.list(HANDOUT, "for students")
    output.list(SOLUTIONS, "for you: the same with worked solutions")
    if printed:
        click.echo(f"  {PRINT}/  to be printed on both sides and written on by hand")
        click.echo(f"    {named_parts(printed)}  all of them; also one by one")
    having = {student.id for _, student in held}
    lacking = [student.id for student in everybody.students if student.id not in having and not whose]
    for name in lacking:
        click.echo(f"the record holds no paper of {name}", err=True)
    return output.report_kept() or (1 if lacking else 0)


def _named(whose: Sequence[str], owners: Sequence[Held], held: Sequence[Held]) -> list[Held]:
    """Return the papers of those who are named, in this order."""
    from ..generator.errors import MisuseError

    found = {name: _of(name, owners, held) for name in whose}
    if unknown := [_no_paper(name, held) for name, each in found.items() if each is None]:
        raise MisuseError("\n".join(unknown))
    return [each for each in found.values() if each is not None]


def _of(name: str, owners: Sequence[Held], held: Sequence[Held]) -> Held | None:
    """Return the paper of a student, or that of a code."""
    from ..generator.codes import normal_code

    of_student = (each for each in held if each[1].id.casefold() == name.strip().casefold())
    of_code = (each for each in owners if each[0] == normal_code(name))
    return next(of_student, None) or next(of_code, None)


def _no_paper(name: str, held: Sequence[Held]) -> str:
    from ..generator.reading.schema import nearest

    near = nearest(name, [student.id for _, student in held])
    hint = f"did you mean '{near}'?" if near else "name a student of the roster, or the code of a paper"
    return f"the record holds no paper of '{name}'; {hint}"
