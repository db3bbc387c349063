"""``grade``: mark answer files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .crews import Staff, crew_options
from .json_output import OPTION, JsonCommand, answering_in_json
from .options import EXISTING_FOLDER, SETTINGS, release_option

if TYPE_CHECKING:
    from .marking import Report


@click.command("grade", cls=JsonCommand, context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER)
@click.argument("answers", nargs=-1, metavar="[ANSWERS]...")
@release_option
@crew_options
@click.option(
    OPTION,
    "as_json",
    is_flag=True,
    help="Write one JSON document to standard output, and all else to standard error.",
)
def command(
    *, folder: Path, answers: tuple[str, ...], release: str | None, staff: Staff, as_json: bool
) -> int:
    """Mark answer files against the papers of an exam.

    FOLDER is what `generate` wrote. ANSWERS are what students handed in, folders
    of it, or patterns such as "in/*.pdf": what the page of a paper saves (.json),
    filled-in PDFs, answer files (.yaml), the archives that Moodle, Canvas,
    Brightspace and Gradescope hand out, packed or unpacked, or the CSV of a
    class, typed in from paper. Name the platform's own list of the class, such
    as Moodle's grading worksheet, as well: it says who is who, and is kept.

    Marks go to FOLDER/marks: marks.csv for all, and for each student a record
    (.json) and a feedback page (.html); report.html tells of the whole class,
    intake.csv what became of every file. What cannot be read is not wrong: it
    waits for you in FOLDER/marks/waiting.yaml, as do answers in words. Type
    points there and call `grade FOLDER`. The exit code is 3 while something
    waits, or if a file was not marked or is odd.

    With --json a program learns the same: the marks of those whose files it
    names, or of all if it names none. See docs/lms/any-caller.md.
    """
    answering = answering_in_json() if as_json else nullcontext()
    with answering, _graded(folder, answers, release, staff) as report:
        document = _document(report, only_named=bool(answers)) if as_json else b""
    click.echo(document, nl=False)
    return report.code


@contextmanager
def _graded(folder: Path, answers: tuple[str, ...], release: str | None, staff: Staff) -> Iterator[Report]:
    """Mark, and keep the marks open for whoever reads the report."""
    from ..generator.errors import MisuseError
    from ..grader.intake.documents import handed_in
    from ..grader.records.store import opened
    from .class_lists import directory_in, keep_lists
    from .exam_records import exam_record
    from .folder import LMS, MARKS, RECORD, SOLUTIONS, STORE
    from .marking import Marker
    from .marks import Marks, workers_at
    from .releasing import set_release

    record = exam_record(folder)
    if not answers and not (folder / STORE).exists():
        raise MisuseError("nothing was marked yet; name what students handed in as well")
    found = handed_in(answers, leave_out=[folder / name for name in (RECORD, MARKS, SOLUTIONS, LMS)])
    set_release(folder, release)
    directory = directory_in(folder, record, found.worksheets)
    for worksheet in found.worksheets:
        known, all_ = directory.known_in(worksheet), len(worksheet.people)
        who = f"who is who in {worksheet.platform.capitalize()}"
        click.echo(f"{worksheet.source}: {who}; {known} of {all_} are in the class")
    with workers_at(folder, staff, directory) as crew, opened(folder / STORE, _wait) as store:
        keep_lists(folder, record, found.worksheets)
        marker = Marker(Marks(folder, record, store, crew, directory))
        marker.hear()
        marker.take_in(found.documents)
        del found  # of a class it takes much memory
        marker.finish()
        yield marker.report()


def _document(report: Report, *, only_named: bool) -> bytes:
    from ..grader.reports.grades import grades_json

    return grades_json(
        report.exam,
        report.of_students if only_named else report.records,
        report.arrived,
        report.odd,
        students=len(report.records),
        faults=report.faults,
    )


def _wait() -> None:
    click.echo("Another command works on these marks; waiting for it.", err=True)
