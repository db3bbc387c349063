"""The report of a class: made of what is kept, and written beside the marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..generator import curriculum
from ..grader import desk
from ..grader.reports.class_data import ClassData
from ..grader.reports.class_report import class_report_html, class_statistics
from ..grader.reports.likeness_csv import likeness_csv
from ..grader.reports.statistics_csv import statistics_csv
from ..grader.statistics.sheet import Asked
from ..grader.statistics.whole_class import ClassStatistics
from .failing import FAILED
from .folder import LIKENESS, REPORT, STATISTICS
from .likeness import files_in, found_in
from .marks import Marks
from .remarking import Remarking


def write_report(folder: Path, marks: Marks) -> tuple[ClassData, ClassStatistics]:
    """Write the page and the tables about a class, and return what they tell."""
    data = class_data(folder, marks)
    found = class_statistics(data)
    marks.write(STATISTICS, statistics_csv(found))
    marks.write(LIKENESS, likeness_csv(data.likenesses, data.files))
    marks.write(REPORT, class_report_html(data, found).encode())
    return data, found


def class_data(folder: Path, marks: Marks) -> ClassData:
    """Gather what the report of a class is made from.

    Records whose paper cannot be read any more are left out, and those of students who were forgotten are
    added: they are nobody's, and keep the statistics as they were.
    """
    counting = marks.counting()
    records, everybody = marks.records(counting), marks.everybody(counting)
    codes = [record["paper"] for record in everybody]
    papers = dict(_asked(marks, sorted(set(codes))))
    known = everybody.chosen(place for place, code in enumerate(codes) if code in papers)
    return ClassData(
        exam=marks.record.exam,
        records=known,
        papers=papers,
        directory=marks.directory,
        arrivals=marks.arrivals(),
        standings={
            (attempt.arrival.source, attempt.arrival.sha256): standing
            for attempt, standing in marks.standings()
        },
        likenesses=found_in(folder, marks, records),
        files=files_in(marks, records),
        rules=tuple(Remarking(marks).applied(known)),
        outcomes=curriculum.load().outcomes,
    )


def _asked(marks: Marks, codes: Sequence[str]) -> Iterator[tuple[str, tuple[Asked, ...]]]:
    known: dict[Asked, Asked] = {}  # what many papers ask alike is kept once
    for code, future in marks.in_order(desk.asked, ((code, code) for code in codes)):
        try:
            yield code, tuple(known.setdefault(each, each) for each in future.result())
        except FAILED:  # marking named it already
            continue
