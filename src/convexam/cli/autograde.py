"""``autograde``: mark one submission where a learning platform runs this program. No person calls it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import EXISTING_FOLDER, SETTINGS

if TYPE_CHECKING:
    from ..grader.autograder.harness import Grader
    from ..grader.intake.handed_in import Document


@click.command("autograde", hidden=True, context_settings=SETTINGS)
@click.argument("platform", type=click.Choice(["gradescope"]))
@click.argument("root", type=EXISTING_FOLDER)
@click.option("--check", is_flag=True, help="Only see whether marking could begin; ROOT is the package.")
def command(*, platform: str, root: Path, check: bool) -> int:
    """Mark one submission, as the autograder of `export gradescope` does.

    ROOT is what stands at /autograder there: it holds source, which is the
    package unpacked, submission and submission_metadata.json. What becomes of
    it goes to results/results.json; what only the instructor reads is printed.
    """
    from ..generator.files import PUBLIC, make_folder, write_whole
    from ..grader.autograder.metadata import FILE
    from ..grader.autograder.results import results_bytes

    if check:
        grader = grader_in(root)
        click.echo(f"{platform}: ready to mark {grader.exam.id}")
        return 0
    graded = grader_in(root / "source").graded(documents_in(root / "submission"), _bytes(root / FILE))
    make_folder(root / "results")
    write_whole(root / "results" / "results.json", results_bytes(graded.results), mode=PUBLIC)
    for line in graded.log:
        click.echo(line)
    return 0


def grader_in(folder: Path) -> Grader:
    """Return what marks by the record in a package."""
    from ..grader.autograder.harness import Grader
    from ..grader.autograder.kept_rules import FILE, read_rulings
    from ..grader.desk import Desk
    from ..grader.paper_records import InFolder, filed
    from ..version import __version__
    from .class_lists import directory_in
    from .exam_records import exam_record
    from .folder import EXAM, PAPERS, RECORD
    from .releasing import release_of

    record = exam_record(folder)
    directory = directory_in(folder, record)
    return Grader(
        exam=record.exam,
        release=release_of(folder, record),
        desk=Desk(filed(folder / EXAM), InFolder(folder / PAPERS), directory, __version__),
        directory=directory,
        rulings=read_rulings((folder / RECORD / FILE).read_bytes()),
    )


def documents_in(folder: Path) -> list[Document]:
    """Return what was handed in, under names as its sender knows them."""
    from dataclasses import replace

    from ..grader.intake.documents import handed_in, is_missing, shown

    found = (each for each in handed_in([str(folder)]).documents if not is_missing(each))
    return [replace(each, source=each.source.removeprefix(f"{shown(folder)}/")) for each in found]


def _bytes(file: Path) -> bytes:
    """Read what may be missing."""
    from ..generator.errors import DataError
    from ..generator.files import file_bytes

    try:
        return file_bytes(file)
    except DataError:
        return b""
