"""The answers of a class in one CSV file, typed in from paper: a row a paper, a column a field.

The header is ``paper``, perhaps ``student``, and the names ``ITEM/FIELD`` of all fields. Each row is a
submission of its own, with its own digest. A blank cell was left blank; in a map, a semicolon or a line break
ends a row.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ...generator.csv_text import csv_bytes, csv_rows
from ...generator.document import Message, say
from ...generator.errors import DataError, Fault, Place
from ...generator.model import Field
from ...generator.reading.tree import quoted
from ...generator.render.box_names import ITEM, WORD, field_name
from ...generator.render.class_csv import PAPER, STUDENT
from ..marking.fields import Lost, Raw
from .answers import MAX_STUDENT, Row, Submission, capped, paper_code
from .encoding import refuse
from .other_files import other_file

MOST_BYTES = 2 << 20
MOST_ROWS = 5_000
MOST_COLUMNS = 2_000

_HEADER = re.compile(rb"""(?:\xef\xbb\xbf)?\s*"?paper"?\s*[,;\t]""", re.IGNORECASE)
_ANSWER_FILE = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s*(?:[{<#]|%PDF-|["']?(?:format|paper|student|answers)["']?\s*:)""", re.IGNORECASE
)
_COLUMN = re.compile(rf"(?P<item>{ITEM})/(?P<field>{WORD})")
_MONTH = r"(?:jan|feb|mar|mrt|mär|apr|may|mei|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z]*\.?"
_DATE = re.compile(
    rf"\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{4}}|\d{{4}}-\d\d?-\d\d?|\d{{1,4}}[-. ]{_MONTH}|{_MONTH}[-. ]\d{{1,4}}",
    re.IGNORECASE,
)

Columns = Sequence[tuple[str, str]]
"""Item and field of each column; the field of ``paper`` and ``student`` is empty."""


def is_class_csv(data: bytes, name: str) -> bool:
    """Say whether this is meant to be the CSV of a class: by its first line, or else by its name."""
    if _HEADER.match(data):
        return True
    return name.lower().endswith(".csv") and not (_ANSWER_FILE.match(data) or other_file(data))


def is_kept_row(data: bytes) -> bool:
    """Say whether these are the bytes of a `Row`: in its first line nothing stands but names of columns."""
    first, *_ = data.decode("utf-8-sig", "replace").splitlines() or [""]
    names = {name.strip().strip('"') for name in first.split(",")}
    return PAPER in names and all(name in (PAPER, STUDENT) or _COLUMN.fullmatch(name) for name in names)


def read_class(data: bytes, name: str) -> Iterator[Submission]:
    """Read the CSV of a class; empty rows are left out.

    The whole file is read before the first row is returned, so that a fault in it comes before any mark.

    Parameters
    ----------
    data
        The bytes of the file.
    name
        What messages call it.

    Raises
    ------
    DataError
        If it is too large or no CSV, or if its header is not understood. What is wrong with a row is a
        problem of its submission.
    """
    if len(data) > MOST_BYTES:
        refuse(name, f"the file has more than {MOST_BYTES >> 20} MB; split the class into several files")
    rows = _filled_rows(data, name)
    if not rows:
        refuse(name, "the file is empty")
    (_, header), *body = rows
    columns = _columns(header, name)
    return (_submission(columns, cells, number, name) for number, cells in body)


def _filled_rows(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    """Return the rows that are not empty, numbered as in a spreadsheet, without spaces around cells."""
    rows = []
    for number, (_, cells) in enumerate(csv_rows(data, name), 1):
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            rows.append((number, stripped))
        if len(rows) > MOST_ROWS:
            refuse(name, f"the file has more than {MOST_ROWS} rows; split the class into several files")
    return rows


def with_rows(field: Field, raw: Raw) -> Raw:
    """Let semicolons end the rows of a map; in an answer file they may also stand between cells."""
    if field.kind == "tensor" and isinstance(raw, str):
        return raw.replace(";", "\n")
    return raw


def _columns(header: Sequence[str], name: str) -> Columns:
    header = header[: max((place for place, cell in enumerate(header, 1) if cell), default=0)]
    named = [cell.lower() if cell.lower() in (PAPER, STUDENT) else cell for cell in header]
    place = Place(name, 1, 1)
    faults = [
        Fault(place, "", f"the column {quoted(cell)} stands twice")
        for cell, times in Counter(named).items()
        if times > 1
    ]
    if PAPER not in named:
        found = quoted(", ".join(header))
        faults.append(Fault(place, "", f"there is no column 'paper'; the first line names: {found}"))
    if len(header) > MOST_COLUMNS:
        faults.append(Fault(place, "", f"there are {len(header)} columns; at most {MOST_COLUMNS} are read"))
    columns = []
    for cell in named:
        match = _COLUMN.fullmatch(cell)
        if match is None and cell not in (PAPER, STUDENT):
            message = f"{quoted(cell)} is no name of a column; they are paper, student and ITEM/FIELD"
            faults.append(Fault(place, "", message))
        columns.append((match["item"], match["field"]) if match else (cell, ""))
    if faults:
        raise DataError(faults[:20])
    return columns


def _submission(columns: Columns, cells: Sequence[str], number: int, name: str) -> Submission:
    # A leading apostrophe keeps a spreadsheet from calculating; it is no part of the answer.
    filled = [(place, cell.removeprefix("'")) for place, cell in zip(columns, cells, strict=False) if cell]
    head = {item: cell for (item, field), cell in filled if not field}
    shifted = _shifted(columns, cells)
    odd = tuple(_problems(columns, cells))
    data = (
        _kept(columns, cells) if odd else _kept([place for place, _ in filled], [cell for _, cell in filled])
    )
    code, problems = paper_code(head.get(PAPER, ""))
    return Submission(
        paper=code,
        student=head.get(STUDENT, "")[:MAX_STUDENT] or None,
        answers=_answers([(place, shifted) for place in columns] if shifted else filled),
        problems=(*problems, *odd),
        sha256=hashlib.sha256(data).hexdigest(),
        source=f"{name} row {number}",
        row=Row(number, data),
    )


def _kept(columns: Columns, cells: Sequence[str]) -> bytes:
    """Write a row with its names, so that it is read again as it was; an odd one is kept as it stands."""
    return csv_bytes([[field_name(*place) if place[1] else place[0] for place in columns], cells])


def _answers(given: Iterable[tuple[tuple[str, str], str | Lost]]) -> dict[str, dict[str, Raw]]:
    answers: dict[str, dict[str, Raw]] = {}
    for (item, field), cell in given:
        if field:
            answers.setdefault(item, {})[field] = _raw(cell) if isinstance(cell, str) else cell
    return answers


def _raw(cell: str) -> Raw:
    if _DATE.fullmatch(cell):
        return Lost(
            say(
                "{{ cell }} looks like a date, which spreadsheets make of 1/2; format the cells as text",
                cell=quoted(cell),
            )
        )
    return capped(cell)


def _shifted(columns: Columns, cells: Sequence[str]) -> Lost | None:
    """Say why no cell of a row may stand in its column."""
    if not any(cells[len(columns) :]):
        return None
    return Lost(
        say(
            "the row has {{ found }} cells and the header {{ expected }}: is a comma not in quotes?",
            found=len(cells),
            expected=len(columns),
        )
    )


def _problems(columns: Columns, cells: Sequence[str]) -> Iterator[Message]:
    if shifted := _shifted(columns, cells):
        yield shifted.reason
    if len(cells) < len(columns):  # Excel leaves out empty cells at the end of rows
        yield say(
            "the row has {{ found }} cells and the header {{ expected }}; the rest was read as blank",
            found=len(cells),
            expected=len(columns),
        )
