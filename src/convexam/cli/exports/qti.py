"""``export qti``: the questions of an exam as a QTI package."""

from __future__ import annotations

from pathlib import Path

import click

from ..crews import Staff, crew_options
from ..options import EXISTING_FOLDER, SETTINGS, out_in_lms


@click.command("qti", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER)
@click.option(
    "--paper",
    metavar="CODE",
    help="Only the paper of this code.  [default: all; the platform draws one for each student]",
)
@click.option(
    "--version",
    type=click.Choice(["2.1", "2.2", "3.0"]),
    default="2.1",
    show_default=True,
    help="Of QTI. Learning platforms take 2.1.",
)
@out_in_lms
@crew_options
def command(*, folder: Path, paper: str | None, version: str, out: Path | None, staff: Staff) -> None:
    """Write the questions of an exam as a QTI package, for OpenOLAT, ONYX or TAO.

    FOLDER is what `generate` wrote. The package holds one test; for everybody who
    takes it the platform draws one of the papers. Afterwards it tells students
    what their feedback pages would tell.
    """
    from ...generator.export.qti.package import QTIPackage
    from ...generator.export.qti.version import VERSIONS
    from ..exam_records import exam_record
    from ..exporting import codes_of, export_papers
    from ..releasing import release_of

    record = exam_record(folder)
    codes = codes_of(folder, record, paper)
    release = release_of(folder, record)
    package = QTIPackage(release, VERSIONS[version], several=len(codes) > 1, only=paper or "")
    name = f"{record.exam.id}.{paper}" if paper else record.exam.id
    file = f"{name}.qti{version.replace('.', '')}.zip"
    export_papers(folder, record, codes, package, staff, (out, file))
    click.echo("Take it once yourself, and look at the points, before students do.")
