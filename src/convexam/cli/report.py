"""``report``: what the marks of a class say about the exam."""

from __future__ import annotations

from pathlib import Path

import click

from .crews import Staff, crew_options
from .options import EXISTING_FOLDER, SETTINGS


@click.command("report", context_settings=SETTINGS)
@click.argument("folder", type=EXISTING_FOLDER)
@crew_options
def command(*, folder: Path, staff: Staff) -> None:
    """Write the report of a class anew, and print its figures.

    FOLDER is what `generate` wrote, after `grade`, which writes the report as
    well. FOLDER/marks/report.html shows how the marks are distributed, how every
    question did, which mistakes were recognised, whether variants were equally
    hard, and what somebody has to look at; statistics.csv has a row a question.
    """
    from ..generator.errors import MisuseError
    from ..grader.records.store import opened
    from ..grader.reports.class_report import class_summary
    from .class_lists import directory_in
    from .exam_records import exam_record
    from .folder import MARKS, REPORT, STATISTICS, STORE
    from .marks import Marks, workers_at
    from .report_table import report_table
    from .reporting import write_report

    record = exam_record(folder)
    if not (folder / STORE).exists():
        raise MisuseError(f"{folder}: nothing was marked yet; begin with `grade`")
    directory = directory_in(folder, record)
    with workers_at(folder, staff, directory) as crew, opened(folder / STORE) as store:
        marks = Marks(folder, record, store, crew, directory)
        counting = marks.counting()
        if not counting and marks.unmarked():
            raise MisuseError(f"{folder}: the exam was changed since it was marked; begin with `grade`")
        data, found = write_report(folder, marks)
    report_table(class_summary(data, found), found.questions)
    click.echo(f"Report: {folder / MARKS / REPORT}; the figures also in {STATISTICS}")
