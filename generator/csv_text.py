"""CSV files: read strictly and within limits, written so that they are safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from .errors import DataError, Fault, Place

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FORMULA = re.compile(r"(?:^|[;\t\r\n])\s*[=+\-@\t\r]")


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Write rows as CSV: UTF-8 with the mark that Excel looks for, no cell that is run as a formula."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerows([safe(str(cell)) for cell in row] for row in rows)
    return table.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula (CWE-1236), also where it splits at semicolons."""
    return f"'{cell}" if _FORMULA.search(cell) and not _NUMBER.fullmatch(cell) else cell


def csv_rows(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file, empty ones included, each with the number of its last line.

    Commas separate the cells, or semicolons or tabs where the first line has no comma.

    Raises
    ------
    DataError
        If it is not UTF-8, or no CSV.
    """
    text = csv_text(data, name)
    first = text.split("\n", 1)[0]
    separator = "," if "," in first else ";" if ";" in first else "\t"
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise DataError([Fault(Place(name, reader.line_num, 1), "", f"not a CSV file: {error}")]) from error


def csv_text(data: bytes, name: str) -> str:
    """Decode a CSV file; raises as `csv_rows` does."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError([Fault(Place(name, line, 1), "", "not UTF-8; save the file as CSV UTF-8")]) from error
    if "\0" in text:
        raise DataError([Fault(Place(name), "", "a NUL character: this is no CSV file")])
    return text
