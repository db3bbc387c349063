"""``grade``: mark answer files."""

from __future__ import annotations

from pathlib import Path

import click

from .options import EXISTING_FOLDER, SETTINGS


@click.command("grade", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER)
@click.argument("answers", nargs=-1, required=True, metavar="ANSWERS...")
def command(*, folder: Path, answers: tuple[str, ...]) -> int:
    """Mark answer files against the papers of an exam.

    FOLDER is what `generate` wrote. ANSWERS are filled-in answer files, folders
    of them, or patterns such as "in/*.yaml".

    Marks go to FOLDER/marks: marks.csv for all, and for each student a record
    (.json) and a feedback page (.html). What cannot be read is not wrong: it
    waits for you, and the exit code is then 3.
    """
    from ..grader.intake.collect import answer_files
    from .marking import Marker
    from .progress import watched

    files = list(answer_files(answers))
    with Marker(folder) as marker:
        for file in watched(files, "Marking", len(files)):
            marker.mark(file)
        return marker.report()
