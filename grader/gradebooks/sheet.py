"""A CSV file that somebody else wrote: single cells of it are changed, all other bytes stay as they are.

The reader of the standard library forgets how a cell was quoted and where it stood, so this one remembers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NoReturn

from ...generator.csv_text import csv_text, safe
from ...generator.errors import DataError, Fault, Place
from ...generator.frozen import frozen
from ...generator.reading.tree import quoted
from ..intake.other_files import other_file
from ..intake.worksheet import MOST_BYTES, MOST_ROWS

MOST_COLUMNS = 2_000

_BOM = b"\xef\xbb\xbf"
_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"')
_SIGN = re.compile(r'[",;\t\r\n]')
_TO_QUOTE = re.compile(r'["\r\n\t,;]|^\s|\s$')
_END = re.compile(r"\r\n|\n|\r")
_MOST_SHOWN = 40  # names of columns in a message


@frozen
class Cell:
    """A cell: what it holds, and from where to where it stands in the text, with its quotes."""

    text: str
    start: int
    end: int


@frozen
class Row:
    """A row: the line that it begins in, and its cells."""

    line: int
    cells: tuple[Cell, ...]

    def text(self, column: int) -> str:
        """Return what a cell holds, without spaces around it."""
        return self.cells[column].text.strip()


@frozen
class Sheet:
    """A CSV file.

    Attributes
    ----------
    source
        Its name.
    text
        All of it, without the mark of its encoding.
    has_mark
        Whether that mark stands before it.
    separator, newline
        What separates its cells, and what ends its first row.
    header, body
        The names of the columns, and the rows below; empty rows are left out.
    """

    source: str
    text: str
    has_mark: bool
    separator: str
    newline: str
    header: Row
    body: tuple[Row, ...]

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [cell.text.strip() for cell in self.header.cells]

    def place(self, row: Row) -> Place:
        """Return where a row begins."""
        return Place(self.source, row.line, 1)

    def refuse(self, message: str, row: Row | None = None) -> NoReturn:
        """Raise the `DataError` for this file: at a row, or by default at the header."""
        raise DataError([Fault(self.place(row or self.header), "", message)])

    def edited(self, changes: Mapping[Cell, str]) -> bytes:
        """Return the file with other texts in some cells."""
        parts, done = [], 0
        for cell in sorted(changes, key=lambda each: each.start):
            parts += [self.text[done : cell.start], self.written(changes[cell])]
            done = cell.end
        return self._bytes("".join([*parts, self.text[done:]]))

    def rows_bytes(self, rows: Iterable[Sequence[str]]) -> bytes:
        """Return a file of rows that is written like this one; cells are as `raw` or `written` gives them."""
        return self._bytes("".join(self.separator.join(row) + self.newline for row in rows))

    def raw(self, cell: Cell) -> str:
        """Return a cell as it stands in the file."""
        return self.text[cell.start : cell.end]

    def written(self, text: str) -> str:
        """Return a cell of ours: quoted where it has to be, and never run as a formula."""
        text = safe(text)
        return '"' + text.replace('"', '""') + '"' if _TO_QUOTE.search(text) else text

    def _bytes(self, text: str) -> bytes:
        return _BOM * self.has_mark + text.encode()


def shown(names: Iterable[str]) -> str:
    """Return names of columns as a message shows them."""
    return ", ".join(quoted(name) for name in list(names)[:_MOST_SHOWN]) or "none"


def read_sheet(data: bytes, source: str) -> Sheet:
    """Read a CSV file.

    Raises
    ------
    DataError
        If it is something else, too large, or if a row has other columns than the header.
    """
    if kind := other_file(data):
        _refuse(source, 0, f"expected a CSV file as the platform exports it, found {kind.partition(';')[0]}")
    if len(data) > MOST_BYTES:
        _refuse(source, 0, f"the file has more than {MOST_BYTES >> 20} MB")
    text = csv_text(data, source)
    separator = _separator(text)
    if separator is None:
        _refuse(source, 1, "expected a CSV file: no comma, semicolon or tab stands in its first line")
    rows = []
    for number, row in enumerate(_rows(text, separator, source)):
        if number > MOST_ROWS:
            _refuse(source, row.line, f"the file has more than {MOST_ROWS} rows")
        if any(cell.text.strip() for cell in row.cells):
            rows.append(row)
    if not rows:
        _refuse(source, 0, "the file is empty")
    header, *body = rows
    _require_straight(source, header, body)
    newline = _END.match(text, header.cells[-1].end)
    return Sheet(
        source, text, data.startswith(_BOM), separator, newline[0] if newline else "\n", header, tuple(body)
    )


def _separator(text: str) -> str | None:
    """Return what stands behind the first cell, if anything does; separators in quotes are none."""
    is_quoted = False
    for found in _SIGN.finditer(text):
        if found[0] == '"':
            is_quoted = not is_quoted
        elif not is_quoted:
            return found[0] if found[0] not in "\r\n" else None
    return None


def _require_straight(source: str, header: Row, body: Sequence[Row]) -> None:
    faults = [
        Fault(
            Place(source, row.line, 1),
            "",
            f"the row has {len(row.cells)} cells and the header {len(header.cells)}; export the file again",
        )
        for row in body
        if len(row.cells) != len(header.cells)
    ]
    if faults:
        raise DataError(faults[:20])


def _rows(text: str, separator: str, source: str) -> Iterator[Row]:
    plain = re.compile(rf"[^{separator}\r\n]*")
    place, line, cells = 0, 1, list[Cell]()
    while place < len(text) or cells:
        cell = _cell(text, place, plain)
        if cell is None:
            _refuse(source, line, "not a CSV file: a quotation mark is not closed")
        cells.append(cell)
        place = cell.end
        if text.startswith(separator, place):
            place += 1
            if len(cells) >= MOST_COLUMNS:
                _refuse(source, line, f"the file has more than {MOST_COLUMNS} columns")
            continue
        end = _END.match(text, place)
        if end is None and place < len(text):
            _refuse(source, line, "not a CSV file: something stands behind a closing quotation mark")
        yield Row(line, tuple(cells))
        line += 1 + sum(_breaks(each) for each in cells)
        place, cells = end.end() if end else place, []


def _cell(text: str, place: int, plain: re.Pattern[str]) -> Cell | None:
    if text.startswith('"', place):
        quoted = _QUOTED.match(text, place)
        return Cell(quoted[1].replace('""', '"'), place, quoted.end()) if quoted else None
    found = plain.match(text, place)
    return Cell(found[0], place, found.end()) if found else None


def _breaks(cell: Cell) -> int:
    return len(_END.findall(cell.text)) if "\n" in cell.text or "\r" in cell.text else 0


def _refuse(source: str, line: int, message: str) -> NoReturn:
    raise DataError([Fault(Place(source, line, 1 if line else 0), "", message)])
