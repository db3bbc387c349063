"""Who is worth a look because answers are alike: of an exam as it was handed in so far."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..grader import desk
from ..grader.attempts import worth_of
from ..grader.likeness.alike import Likeness, likenesses
from ..grader.likeness.files import HandedIn, files_of_several
from ..grader.likeness.sheets import sheet_of_record
from .failing import FAILED
from .folder import PAPERS
from .marks import Marks


def found_in(folder: Path, marks: Marks, records: Sequence[dict[str, Any]]) -> tuple[Likeness, ...]:
    """Return whose answers are alike; of those who handed in nothing the keys are compared as well.

    Parameters
    ----------
    folder, marks
        The exam.
    records
        The records that count.
    """
    sheets = [sheet_of_record(record) for record in records]
    if not any(sheet.wrong for sheet in sheets):
        return ()
    seen = {sheet.paper for sheet in sheets}
    others = sorted({file.stem for file in (folder / PAPERS).glob("*.json")} - seen)
    for _, future in marks.in_order(desk.sheet, ((code, code) for code in others)):
        with suppress(*FAILED):  # of an exam that was here before
            sheets.append(future.result())
    return likenesses(sheets)


def files_in(marks: Marks, records: Sequence[dict[str, Any]]) -> tuple[HandedIn, ...]:
    """Return which files have to do with several students; many hand in the same blank file."""
    blank = {record["submission_sha256"] for record in records if worth_of(record).blank}
    return tuple(files_of_several(marks.arrivals(), blank, marks.directory.called))
