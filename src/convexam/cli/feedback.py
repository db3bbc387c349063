"""``feedback``: write the feedback pages of an exam anew, at another level."""

from __future__ import annotations

from pathlib import Path

import click

from .crews import Staff, crew_options
from .options import EXISTING_FOLDER, SETTINGS, release_option


@click.command("feedback", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER)
@release_option
@crew_options
def command(*, folder: Path, release: str | None, staff: Staff) -> int:
    """Write the feedback pages of all students anew.

    FOLDER is what `generate` wrote, after `grade`. What students handed in is
    kept there, so the answer files are not needed. Marks do not change.

    The levels, each telling what the one before it tells and more: `receipt`, how
    answers were read; `marks`, points and grade; `diagnosis`, what is right or
    wrong, and why; `everything`, the right answers and worked solutions.
    """
    from ..generator.errors import MisuseError
    from ..grader.records.store import opened
    from .class_lists import directory_in
    from .exam_records import exam_record
    from .failing import raised
    from .folder import MARKS, STORE
    from .marks import Marks, workers_at
    from .progress import watched
    from .releasing import set_release

    record = exam_record(folder)
    if not (folder / STORE).exists():
        raise MisuseError(f"{folder}: nothing was marked yet; begin with `grade`")
    directory = directory_in(folder, record)
    with workers_at(folder, staff, directory) as crew, opened(folder / STORE) as store:
        set_release(folder, release)
        marks = Marks(folder, record, store, crew, directory)
        counting = marks.counting()
        if not counting and marks.unmarked():
            raise MisuseError(f"{folder}: the exam was changed since it was marked; begin with `grade`")
        for each, error in watched(marks.publish(counting), "Writing", len(counting)):
            if error is not None:
                raise raised(each.source, error)
        marks.write_csv()
    pages = "1 feedback page" if len(counting) == 1 else f"{len(counting)} feedback pages"
    click.echo(f"{pages} in {folder / MARKS}, at the level '{marks.release}'")
    return 0
