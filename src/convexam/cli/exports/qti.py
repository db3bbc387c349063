"""``export qti``: the questions of an exam as a QTI package."""

from __future__ import annotations

from pathlib import Path

import click

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
def command(*, folder: Path, paper: str | None, version: str, out: Path | None) -> None:
    """Write the questions of an exam as a QTI package, for OpenOLAT, ONYX or TAO.

    FOLDER is what `generate` wrote. The package holds one test; for everybody who
    takes it the platform draws one of the papers. Afterwards it tells students
    what their feedback pages would tell.
    """
    from ...generator.export.qti.exam_test import variant_of
    from ...generator.export.qti.package import qti_package
    from ...generator.export.qti.version import VERSIONS
    from ..exporting import items_of, papers_of, write_package
    from ..marks import exam_record
    from ..releasing import release_of

    record = exam_record(folder)
    papers = papers_of(folder, record, paper)
    items = items_of(folder, record, papers)
    data = qti_package(
        record.exam,
        list(map(variant_of, papers, items)),
        release_of(folder, record),
        VERSIONS[version],
        only=paper or "",
    )
    name = f"{record.exam.id}.{paper}" if paper else record.exam.id
    write_package(folder, out, f"{name}.qti{version.replace('.', '')}.zip", data)
    click.echo("Take it once yourself, and look at the points, before students do.")
