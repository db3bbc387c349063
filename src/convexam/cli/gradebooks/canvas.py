"""``gradebook canvas``: scores of one assignment as a gradebook that Canvas imports."""

from __future__ import annotations

from pathlib import Path

import click

from ..folder import LMS
from ..options import EXISTING_FILE, EXISTING_FOLDER, SETTINGS, out_in_lms, worth_options

NAME = "canvas-gradebook.csv"


@click.command("canvas", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER)
@click.argument("gradebook", type=EXISTING_FILE)
@click.option("--assignment", metavar="NAME", help='The assignment: "Lab 1 (4711)", 4711 or "Lab 1".')
@click.option("--new", metavar="TITLE", help="A column that Canvas will offer as a NEW assignment.")
@worth_options
@out_in_lms
def command(
    *,
    folder: Path,
    gradebook: Path,
    assignment: str | None,
    new: str | None,
    scale: bool,
    grades: bool,
    out: Path | None,
) -> int:
    """Write the scores of an assignment for Canvas to import.

    FOLDER is what `generate` wrote, after `grade`. GRADEBOOK is what Canvas calls
    "Export Entire Gradebook"; it stays as it is. The file that is written holds
    its columns about students and one assignment: the named one, the only one, or
    the one that is called like the exam. It goes back by "Import".

    Students whose marks wait for you, or who have none, have no row: an empty cell
    would take away the score that stands there.

    The exit code is 3 if somebody has to look.
    """
    from ...generator.errors import MisuseError
    from ...grader.gradebooks.canvas import assignment_of, fill_canvas, new_assignment, read_canvas
    from ..filling import handed_on, marked, platform_file, worth_of_flags
    from ..placing import require_place

    worth = worth_of_flags(scale=scale, grades=grades)
    if new is not None and (assignment is not None or scale or grades):
        raise MisuseError("--new is for points, and stands by itself; for the rest name --assignment")
    with marked(folder, worth) as marks:
        book = read_canvas(platform_file(gradebook), str(gradebook))
        if new is None:
            column = assignment_of(book, assignment, marks.record.exam.title)
        else:
            column = new_assignment(book, new, marks.scores)
        filled = fill_canvas(book, column, marks.students(book.people), marks.scores, worth)
    if out is not None:
        require_place(out, filled.data, folder, gradebook)
    return handed_on(filled, gradebook, out or folder / LMS / NAME, column, "In Canvas: Grades > Import.")
