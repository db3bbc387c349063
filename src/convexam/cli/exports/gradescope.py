"""``export gradescope``: the autograder of an exam."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..options import EXISTING_FOLDER, SETTINGS, out_in_lms

if TYPE_CHECKING:
    from ...generator.papers import Student
    from ...generator.record import ExamRecord

NAME = "gradescope.zip"


@click.command("gradescope", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER)
@out_in_lms
@click.option(
    "--wheels",
    type=EXISTING_FOLDER,
    metavar="FOLDER",
    help="Pack these wheels, so that nothing is fetched when Gradescope sets it up.",
)
def command(*, folder: Path, out: Path | None, wheels: Path | None) -> int:
    """Write the autograder of an exam, for a Programming Assignment.

    FOLDER is what `generate` wrote. Students hand in what the page of their paper
    saves, their answer file, or the filled-in PDF. They see at once how it was
    read; points and explanations, as far as the exam's level of release tells
    them, when grades are published.

    What marks there is the exam as it stands now, with the rules of `remark` that
    hold: after a change, call this again and upload the new file.
    """
    from ...generator.export.package import BEGINS, write_zip
    from ...grader.autograder.package import package_members
    from ..class_lists import class_list_in
    from ..exam_records import exam_record
    from ..exporting import writing_package

    record = exam_record(folder)
    packed = _wheels(wheels) if wheels else ()
    members = package_members(record.exam, record_files(folder, record), packed)
    with writing_package(folder, out, NAME, BEGINS) as (stream, _):
        write_zip(stream, members)
    click.echo("It holds the class list as well. Points that wait for you count 0 there.")
    _warn_of_unknown(class_list_in(folder, record).students)
    click.echo("In Gradescope: Configure Autograder, upload it; then Test Autograder with an answer file.")
    return 0


def _warn_of_unknown(students: Sequence[Student]) -> None:
    """Say of whom Gradescope cannot tell whether they sent a file."""
    from ...grader.intake.handed_in import Platform

    unknown = sum(not (each.email or Platform.GRADESCOPE in each.ids) for each in students)
    if unknown:
        have = "has" if unknown == 1 else "have"
        click.echo(
            f"{unknown} of {len(students)} students {have} neither 'email' nor 'gradescope' on the roster: "
            "whoever knows the code of their paper can hand in for them."
        )


def record_files(folder: Path, record: ExamRecord) -> Iterator[tuple[str, bytes]]:
    """Return what marking needs of an exam's folder, in the order of paths: never the secret, and no marks.

    Raises
    ------
    MisuseError, DataError
        As `codes_of` does, before anything is taken.
    """
    from ...generator.files import file_bytes
    from ...grader.autograder.kept_rules import FILE, rulings_bytes
    from ..exporting import codes_of, rulings_in
    from ..folder import CLASS_LIST, EXAM, LISTS, PAPERS, RECORD, RELEASE
    from ..releasing import release_of

    papers = [f"{PAPERS}/{code}.json" for code in codes_of(folder, record)]
    names = [EXAM, *papers, *(name for name in (CLASS_LIST, LISTS) if (folder / name).exists())]
    made = {
        RELEASE: f"{release_of(folder, record)}\n".encode(),
        f"{RECORD}/{FILE}": rulings_bytes(rulings_in(folder)),
    }
    return (
        (name, made[name] if name in made else file_bytes(folder / name)) for name in sorted({*names, *made})
    )


def _wheels(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Return the wheels that marking needs, in the order of their names, or say which are missing."""
    from ...generator.errors import MisuseError
    from ...generator.files import file_bytes
    from ...grader.autograder.needs import fitting, requirements

    found = fitting(requirements(), (file.name for file in folder.glob("*.whl")))
    if lacking := [each for each, names in found.items() if not names]:
        raise MisuseError(
            f"{folder}: there is no wheel for Linux of {', '.join(lacking)}. To fetch them: "
            "python -m pip download --only-binary :all: --no-deps --python-version 3.12 "
            "--platform manylinux2014_x86_64 --platform manylinux_2_28_x86_64 "
            f"--dest {folder} {' '.join(lacking)}"
        )
    named = sorted(name for names in found.values() for name in names)
    return ((name, file_bytes(folder / name)) for name in named)
