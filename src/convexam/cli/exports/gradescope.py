"""``export gradescope``: the autograder of an exam."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..exporting import out_option, write_package
from ..options import EXISTING_FOLDER, SETTINGS

if TYPE_CHECKING:
    from ...grader.rules.rule import Ruling

NAME = "gradescope.zip"


@click.command("gradescope", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER)
@out_option
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
    from ...grader.autograder.package import package_bytes
    from ..marks import exam_record

    record = exam_record(folder)
    packed = _wheels(wheels) if wheels else ()
    data = package_bytes(record.exam, record_files(folder), packed)
    write_package(folder, out, NAME, data)
    click.echo("It holds the class list as well. Points that wait for you count 0 there.")
    click.echo("In Gradescope: Configure Autograder, upload it; then Test Autograder with an answer file.")
    return 0


def record_files(folder: Path) -> dict[str, bytes]:
    """Return what marking needs of an exam's folder, by path: never the secret, and no marks."""
    from ...generator.errors import MisuseError
    from ...generator.files import file_bytes
    from ...grader.autograder.kept_rules import FILE, rulings_bytes
    from ..class_lists import owners_in
    from ..folder import CLASS_LIST, EXAM, LISTS, PAPERS, RECORD, RELEASE
    from ..marks import exam_record
    from ..releasing import release_of

    record = exam_record(folder)
    papers = [f"{PAPERS}/{code}.json" for code, _ in owners_in(folder, record)]
    if not papers:
        raise MisuseError(f"{folder}: holds no paper; `generate` writes them")
    names = [EXAM, *papers, *(name for name in (CLASS_LIST, LISTS) if (folder / name).exists())]
    made = {
        RELEASE: f"{release_of(folder, record)}\n".encode(),
        f"{RECORD}/{FILE}": rulings_bytes(_rulings(folder)),
    }
    return {name: file_bytes(folder / name) for name in names} | made


def _rulings(folder: Path) -> tuple[Ruling, ...]:
    """Return the rules of re-marking that hold."""
    from ...grader.records.store import opened
    from ...grader.rules.held import holding
    from ..folder import STORE

    if not (folder / STORE).exists():
        return ()
    with opened(folder / STORE) as store:
        return holding(store.rules())


def _wheels(folder: Path) -> list[tuple[str, bytes]]:
    """Read the wheels that marking needs, or say which are missing."""
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
    return [(name, file_bytes(folder / name)) for names in found.values() for name in names]
