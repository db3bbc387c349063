"""Whatever is handed in becomes submissions: one of a file, one for each row of a class CSV."""

from __future__ import annotations

from collections.abc import Iterable

from . import class_csv, pdf
from .answers import Submission, read_submission

MOST_BYTES = max(class_csv.MOST_BYTES, pdf.MOST_BYTES)
"""The largest file that any reader takes; each has a limit of its own."""


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
