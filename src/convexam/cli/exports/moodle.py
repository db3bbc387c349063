"""``export moodle``: the questions of an exam for Moodle's question bank."""

from __future__ import annotations

from pathlib import Path

import click

from ..crews import Staff, crew_options
from ..options import EXISTING_FOLDER, SETTINGS, out_in_lms

LARGE = 20_000_000  # bytes


@click.command("moodle", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER)
@click.option(
    "--variants",
    type=click.IntRange(min=1),
    metavar="N",
    help="Take the first N papers only.  [default: all of them]",
)
@out_in_lms
@crew_options
def command(*, folder: Path, variants: int | None, out: Path | None, staff: Staff) -> None:
    """Write the questions of an exam as Moodle XML, for the question bank.

    FOLDER is what `generate` wrote. Every paper gives one variant of each of its
    questions; the variants of an entry of the bank make one category, out of
    which a quiz draws at random. In Moodle: Question bank, Import, Moodle XML.
    """
    from ...generator.export.moodle import MoodleXML
    from ..exam_records import exam_record
    from ..exporting import codes_of, export_papers

    record = exam_record(folder)
    codes = codes_of(folder, record)[:variants]
    name = f"{record.exam.id}.moodle.xml"
    size = export_papers(folder, record, codes, MoodleXML(), staff, (out, name)).stat().st_size
    click.echo(
        "In Moodle: Question bank > Import, Moodle XML. Then set the mark of each slot of the quiz;\n"
        "it stands in the description of its category."
    )
    if size > LARGE:
        click.echo(f"It has {size // 10**6} MB; if Moodle does not take that much, --variants 20 may do.")
