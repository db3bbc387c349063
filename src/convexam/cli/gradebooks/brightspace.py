"""``gradebook brightspace``: points of one grade item as a file that Brightspace imports."""

from __future__ import annotations

from pathlib import Path

import click

from ..folder import LMS
from ..options import EXISTING_FILE, EXISTING_FOLDER, SETTINGS, out_in_lms, worth_options

NAME = "brightspace-grades.csv"


@click.command("brightspace", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER)
@click.argument("grades_file", type=EXISTING_FILE, metavar="GRADES")
@click.option("--item", metavar="NAME", help="The grade item.")
@click.option("--new", metavar="NAME", help="A grade item that Brightspace does not have yet.")
@worth_options
@out_in_lms
def command(
    *,
    folder: Path,
    grades_file: Path,
    item: str | None,
    new: str | None,
    scale: bool,
    grades: bool,
    out: Path | None,
) -> int:
    """Write the points of a grade item for Brightspace to import.

    FOLDER is what `generate` wrote, after `grade`. GRADES is what Brightspace
    exports as CSV, with "Points grade"; it stays as it is. The file that is written
    holds its keys of students and one grade item: the named one, the only one, or
    the one that is called like the exam. It goes back by "Import".

    Students whose marks wait for you, or who have none, have no row.

    The exit code is 3 if somebody has to look.
    """
    from ...generator.errors import MisuseError
    from ...grader.gradebooks.brightspace import fill_brightspace, item_of, new_item, read_brightspace
    from ..filling import handed_on, marked, platform_file, worth_of_flags
    from ..placing import require_place

    worth = worth_of_flags(scale=scale, grades=grades)
    if new is not None and (item is not None or scale):
        raise MisuseError("--new has no maximum yet, and stands by itself; for the rest name --item")
    with marked(folder, worth) as marks:
        book = read_brightspace(platform_file(grades_file), str(grades_file))
        column = item_of(book, item, marks.record.exam.title) if new is None else new_item(book, new)
        filled = fill_brightspace(book, column, marks.students(book.people), marks.scores, worth)
    if out is not None:
        require_place(out, filled.data, folder, grades_file)
    back = "In Brightspace: Grades > Enter Grades > Import."
    return handed_on(filled, grades_file, out or folder / LMS / NAME, column, back)
