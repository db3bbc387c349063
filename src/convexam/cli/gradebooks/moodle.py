"""``gradebook moodle``: grades and comments into Moodle's grading worksheet, pages into a zip."""

from __future__ import annotations

from pathlib import Path

import click

from ..options import EXISTING_FILE, EXISTING_FOLDER, SETTINGS, worth_options

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("moodle", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER)
@click.argument("worksheet", type=EXISTING_FILE)
@worth_options
@click.option("--feedback", type=FILE, metavar="FILE.zip", help="Pack the feedback pages for Moodle as well.")
@click.option("--out", type=FILE, metavar="FILE", help="Write there, and leave WORKSHEET as it is.")
def command(
    *, folder: Path, worksheet: Path, scale: bool, grades: bool, feedback: Path | None, out: Path | None
) -> int:
    """Fill in the grading worksheet of an assignment in Moodle.

    FOLDER is what `generate` wrote, after `grade`. WORKSHEET is the file that
    Moodle calls "Download grading worksheet"; it is filled in where it lies, and
    goes back by "Upload grading worksheet". Only the grades and the comments of
    your students change. A mark that waits for you is left empty: type its points
    into waiting.yaml, call `grade FOLDER` and then this again.

    What a comment tells follows from the level of the feedback pages, and a
    comment that you wrote yourself stays. The archive of --feedback goes back by
    "Upload multiple feedback files in a zip".

    The exit code is 3 if somebody has to look.
    """
    from ...generator.export.package import BEGINS, Member, write_zip
    from ...generator.language import language
    from ...grader.gradebooks.moodle import fill_moodle, read_moodle
    from ...grader.gradebooks.moodle_feedback import feedback_files
    from ..filling import marked, platform_file, told, worth_of_flags, write, writing
    from ..placing import require_place

    worth = worth_of_flags(scale=scale, grades=grades)
    with marked(folder, worth) as marks:
        exam = marks.record.exam
        before = platform_file(worksheet)
        book = read_moodle(before, str(worksheet))
        students = marks.students(book.people)
        filled = fill_moodle(book, students, marks.scores, worth, marks.release, language(exam.language))
        if feedback is not None:
            files = feedback_files(book, students, marks.scores, f"{exam.id}.feedback.html")
            require_place(feedback, BEGINS, folder, worksheet)
            with writing(feedback) as stream:
                write_zip(stream, (Member(name, [marks.page(student)]) for name, student in files))
            click.echo(f"{feedback}: {len(files)} feedback {'page' if len(files) == 1 else 'pages'}")
    if out is not None:
        require_place(out, filled.data, folder)
    if out is not None or filled.data != before:
        write(out or worksheet, filled.data)
    click.echo(f"{out or worksheet}: {exam.title}")
    changed = filled.data != before
    return told(filled, worksheet, "In Moodle: Submissions > Actions > Upload grading worksheet." * changed)
