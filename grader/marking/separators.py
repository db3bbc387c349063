"""What separates the cells of a row: spaces; tabs, bars, semicolons and commas work too.

A comma may be decimal, a space may group thousands, and two tabs may hold a blank cell between them. Where
that leaves two readings, the size that the paper shows decides, or nobody.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from ...generator.document import say
from ...generator.reading.tree import quoted
from .numbers import parse_number
from .tokens import Notation
from .unreadable import Unreadable

Rows: TypeAlias = list[list[str]]
Size: TypeAlias = "tuple[int, int] | None"

STRONG = re.compile(r"[|&;]")
_SPACE_OR_COMMA = re.compile(r"\s*,\s+|\s+,\s*|\s+")
_TWO_NUMBERS = re.compile(r"[\w.)]\s+[-+]?[\w.(]")
_TORN = re.compile(r"(?<!\S)[*/^]|[-+*/^(](?!\S)")


def cells_of_lines(lines: list[str], size: Size, *, in_brackets: bool) -> Rows:
    """Return the rows of cells that stand on lines; empty lines are left out.

    Parameters
    ----------
    lines
        What the student wrote, in plain spelling.
    size
        Rows and columns where the paper shows them.
    in_brackets
        Whether these lines stood in brackets.

    Raises
    ------
    Unreadable
        If it is not clear where one cell ends and the next begins.
    """
    rows = [cells for line in lines if (cells := _without_border(line.strip()).strip())]
    if any(map(STRONG.search, rows)):
        return _cells_between_bars(rows, size)
    if not in_brackets and any("\t" in line for line in lines):
        return _cells_between_tabs(lines, size)
    return _cells_between_words(rows, size, in_brackets=in_brackets)


def _without_border(line: str) -> str:
    return line.removeprefix("|").removesuffix("|").removesuffix(";")


# -- bars and semicolons ------------------------------------------------------------------------


def _cells_between_bars(lines: list[str], size: Size) -> Rows:
    rows = [STRONG.split(line) for line in lines]
    for number, row in enumerate(rows, 1):
        if torn := next(filter(_TWO_NUMBERS.search, row), None):
            raise Unreadable(
                say(
                    "row {{ number }}: {{ text }} stands between bars and could be one cell or several; "
                    "separate all cells in the same way",
                    number=number,
                    text=quoted(torn.strip()),
                )
            )
    if len(rows) == 1 and set(STRONG.findall(lines[0])) == {";"} and all("," in cell for cell in rows[0]):
        return _rows_or_decimals(rows, size)
    return rows


def _rows_or_decimals(rows: Rows, size: Size) -> Rows:
    """Read ``1,2;3,4``: a row of decimals, or two rows."""
    split = [[part.strip() for part in cell.split(",")] for cell in rows[0]]
    if _fits(rows, size):
        return rows
    if _fits(split, size) or not all(map(_is_one_number, rows[0])):
        return split
    raise _unclear_commas()


# -- tabs ---------------------------------------------------------------------------------------


def _cells_between_tabs(lines: list[str], size: Size) -> Rows:
    """Return the cells of a spreadsheet, or of a text in which tabs are spaces."""
    bare = [line.strip() for line in lines if line.strip()]
    most = max(line.count("\t") for line in lines)
    kept = [line.strip(" \r") for line in lines if line.strip() or line.count("\t") == most]
    spread = _without_empty_edges([[cell.strip() for cell in line.split("\t")] for line in kept])
    torn = [cell for row in spread for cell in row if _TWO_NUMBERS.search(cell)]
    full = all(cell for row in spread for cell in row)
    if not torn and (full or _fits(spread, size)):
        return spread
    words = [line.split() for line in bare]
    if _fits(words, size) or (torn and full and not any(map(_is_one_number, torn))):
        return words
    if not torn and size is None and _size(spread) and all(map(any, zip(*spread, strict=True))):
        return spread
    raise Unreadable(say("the tabs and spaces leave open what is a cell; write _ for a blank cell"))


def _without_empty_edges(rows: Rows) -> Rows:
    """Leave out the first and last columns if they are empty in all rows, as where lines are indented."""
    while all(len(row) > 1 and not row[-1] for row in rows):
        rows = [row[:-1] for row in rows]
    while all(len(row) > 1 and not row[0] for row in rows):
        rows = [row[1:] for row in rows]
    return rows


# -- spaces and commas --------------------------------------------------------------------------


def _cells_between_words(lines: list[str], size: Size, *, in_brackets: bool) -> Rows:
    lines = [line.removesuffix(",") for line in lines]
    _check_whole(lines)
    if not any("," in line for line in lines):
        words = [line.split() for line in lines]
        column = size == (len(lines), 1) and not _fits(words, size) and all(map(_is_one_number, lines))
        return [[line] for line in lines] if column else words
    rows = [_SPACE_OR_COMMA.split(line) for line in lines]
    signs = {found.strip() for line in lines for found in _SPACE_OR_COMMA.findall(line)}
    tight = [cell for row in rows for cell in row if "," in cell]
    if _fits(rows, size) or (not tight and (len(signs) == 1 or size is not None)):
        return rows
    split = [[part for cell in row for part in cell.split(",")] for row in rows]
    decimal = all(map(_is_one_number, tight))
    if _fits(split, size) or (in_brackets and not signs) or ("" not in signs and not decimal):
        return split
    if tight and decimal and signs == {""}:
        return rows
    raise _unclear_commas()


def _is_one_number(cell: str) -> bool:
    try:
        parse_number(cell, Notation(thousands=True))
    except Unreadable:
        return False
    return True


def _unclear_commas() -> Unreadable:
    return Unreadable(
        say(
            "the commas can be decimal or separate cells; put spaces between cells, and write decimals as 1.5"
        )
    )


def _check_whole(lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        if torn := _TORN.search(line):
            raise Unreadable(
                say(
                    "row {{ number }}: there is a space beside {{ sign }}, and spaces separate cells; "
                    "write -7 and 1/9 without a space, and _ for a blank cell",
                    number=number,
                    sign=quoted(torn[0]),
                )
            )


def _fits(rows: Rows, size: Size) -> bool:
    return size is not None and size == _size(rows)


def _size(rows: Rows) -> Size:
    widths = {len(row) for row in rows}
    return (len(rows), widths.pop()) if len(widths) == 1 else None
