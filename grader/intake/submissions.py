"""Whatever is handed in becomes submissions: one of a file, one for each row of a class CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from . import class_csv, pdf
from .answers import Row, Submission, read_submission

MOST_BYTES = max(class_csv.MOST_BYTES, pdf.MOST_BYTES)
"""The largest file that any reader takes; each has a limit of its own."""

_ROW = re.compile(r"(?P<file>.*) row (?P<number>[0-9]+)", re.DOTALL)


def read_submissions(data: bytes, name: str) -> Iterable[Submission]:
    """Read what was handed in.

    Parameters
    ----------
    data
        The bytes that were handed in.
    name
        The name of the file.

    Raises
    ------
    DataError
        If this is nothing that holds answers, or nothing that can be read as a whole.
    """
    if class_csv.is_class_csv(data, name):
        return class_csv.read_class(data, name)
    return [read_submission(data, name)]


def read_kept(data: bytes, source: str) -> Submission:
    """Read again what was kept of a file, or of a row of a class CSV.

    Parameters
    ----------
    data
        `Row.data`, or the bytes of the file.
    source
        Where it came from.

    Raises
    ------
    DataError
        If it cannot be read any more.
    """
    row = _ROW.fullmatch(source)
    if row is None or not class_csv.is_kept_row(data):
        return read_submission(data, source)
    (submission,) = class_csv.read_class(data, row["file"])
    return replace(submission, source=source, row=Row(int(row["number"]), data))
