"""``export canvas``: the papers of an exam as quizzes of Canvas."""

from __future__ import annotations

from pathlib import Path

import click

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
def command(*, folder: Path, code: str | None, out: Path | None) -> None:
    """Write the papers of an exam as quizzes of Canvas (QTI 1.2).

    FOLDER is what `generate` wrote. Every paper becomes a quiz, every blank a
    question of its own, as Canvas compares numbers nowhere else. In Canvas:
    Settings, Import Course Content, QTI .zip file.
    """
    from ...generator.export.canvas.package import canvas_package
    from ..exporting import items_of, papers_of, write_package
    from ..marks import exam_record

    record = exam_record(folder)
    papers = papers_of(folder, record, code)
    data = canvas_package(record.exam, items_of(folder, record, papers, pays_mistakes=False))
    name = f"{record.exam.id}.{code}" if code else record.exam.id
    write_package(folder, out, f"{name}.canvas.zip", data)
    click.echo(
        "In Canvas: Settings > Import Course Content, QTI .zip file. Then assign each quiz to its students."
    )
    if len(papers) > 1:
        click.echo("New Quizzes read one paper from a file: for them, write each with --paper CODE.")
