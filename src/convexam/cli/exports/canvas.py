"""``export canvas``: the papers of an exam as quizzes of Canvas."""

from __future__ import annotations

from pathlib import Path

import click

from ..crews import Staff, crew_options
from ..options import EXISTING_FOLDER, SETTINGS, out_in_lms


@click.command("canvas", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER)
@click.option(
    "--paper",
    "code",
    metavar="CODE",
    help="Take this paper only, as New Quizzes' own import wants it.  [default: all of them]",
)
@out_in_lms
@crew_options
def command(*, folder: Path, code: str | None, out: Path | None, staff: Staff) -> None:
    """Write the papers of an exam as quizzes of Canvas (QTI 1.2).

    FOLDER is what `generate` wrote. Every paper becomes a quiz, every blank a
    question of its own, as Canvas compares numbers nowhere else. In Canvas:
    Settings, Import Course Content, QTI .zip file.
    """
    from ...generator.export.canvas.package import CanvasPackage
    from ..exam_records import exam_record
    from ..exporting import codes_of, export_papers

    record = exam_record(folder)
    codes = codes_of(folder, record, code)
    name = f"{record.exam.id}.{code}" if code else record.exam.id
    export_papers(folder, record, codes, CanvasPackage(), staff, (out, f"{name}.canvas.zip"))
    click.echo(
        "In Canvas: Settings > Import Course Content, QTI .zip file. Then assign each quiz to its students."
    )
    if len(codes) > 1:
        click.echo("New Quizzes read one paper from a file: for them, write each with --paper CODE.")
