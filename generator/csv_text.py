"""CSV files that are safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_FORMULA = re.compile(r"(?:^|[;\t\r\n])\s*[=+\-@\t\r]")


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Write rows as CSV: UTF-8 with the mark that Excel looks for, no cell that is run as a formula."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerows([_safe(str(cell)) for cell in row] for row in rows)
    return table.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula (CWE-1236), also where it splits at semicolons."""
    return f"'{cell}" if _FORMULA.search(cell) and not _NUMBER.fullmatch(cell) else cell
