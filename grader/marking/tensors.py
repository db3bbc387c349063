"""Maps as students write them, cell by cell: one cell that cannot be read does not lose the others."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from ...generator.document import Message, say
from ...generator.frozen import frozen
from ...generator.number import Number
from ...generator.reading.tree import quoted
from .layout import rows_of_list, rows_of_text
from .numbers import read_number
from .separators import Rows
from .unreadable import Unreadable

MAX_SIDE = 64

_DECIMAL = re.compile(
    r"(?<![0-9.,])(?:(?:0*|[0-9]{4,})([.,])[0-9]+|[0-9]+([.,])(?:[0-9]{1,2}|[0-9]{4,}))(?![0-9.,])"
)


@frozen
class BadCell:
    """A cell that cannot be read.

    Attributes
    ----------
    text
        What stands in it, cut to a bearable length and quoted.
    reason
        Why it cannot be read.
    meanings
        The few options that it could mean.
    """

    text: str
    reason: Message
    meanings: tuple[str, ...] = ()


Cell: TypeAlias = Number | BadCell | None
Tensor: TypeAlias = tuple[tuple[Cell, ...], ...]
"""Rows of cells, equally long; None is a blank cell."""


def read_tensor(raw: str | list[object], shape: tuple[int, int] | None, decimal: str = ".") -> Tensor:
    """Read a map from a block of text or from lists.

    Parameters
    ----------
    raw
        One row a line, cells separated by spaces, ``_`` for a blank cell; see `layout` for the rest.
    shape
        Rows and columns where the paper shows them.
    decimal
        The decimal sign of the language.

    Raises
    ------
    Unreadable
        If the rows are not equally long, if it is not clear what is a cell, if no cell can be read, if
        one cannot and the size is not the one asked for, or if all cells stand on a single line.
    """
    rows = rows_of_list(raw, shape) if isinstance(raw, list) else rows_of_text(raw, shape)
    _check_rows(rows)
    if shape is not None and shape[0] > 1 and len(rows) == 1 and len(rows[0]) == shape[0] * shape[1]:
        raise Unreadable(
            say("all {{ count }} cells stand on one line; write one row a line", count=len(rows[0]))
        )
    decimal = _decimal_sign(rows, decimal)
    tensor = tuple(tuple(_cell(cell, decimal) for cell in row) for row in rows)
    _check_bad_cells(tensor, shape)
    return tensor


def write_tensor(tensor: Tensor) -> str:
    """Write a map as one row a line, in columns, ``_`` for a blank and ``?`` for an unreadable cell."""
    rows = [[_written(cell) for cell in row] for row in tensor]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    # Flush left: in YAML a first line that is further in than the next one is an error.
    return "\n".join(" ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _written(cell: Cell) -> str:
    if isinstance(cell, BadCell):
        return "?"
    return "_" if cell is None else str(cell)


def _decimal_sign(rows: Rows, usual: str) -> str:
    """Return the decimal sign of a map: that of what can only be decimals, if it is one sign."""
    cells = (cell for row in rows for cell in row if "." in cell or "," in cell)
    signs = {match[1] or match[2] for cell in cells for match in _DECIMAL.finditer(cell)}
    return signs.pop() if len(signs) == 1 else usual


@lru_cache(maxsize=1024)  # the same small numbers stand in the maps of a whole class
def _cell(text: str, decimal: str) -> Cell:
    if not text.strip("_ \t"):
        return None
    try:
        return read_number(text, decimal)
    except Unreadable as error:
        return BadCell(quoted(text), error.reason)


def _check_rows(rows: Rows) -> None:
    if len(rows) > MAX_SIDE:
        raise Unreadable(
            say("the map has {{ rows }} rows; at most {{ most }} are read", rows=len(rows), most=MAX_SIDE)
        )
    for number, row in enumerate(rows, 1):
        if len(row) > MAX_SIDE:
            raise Unreadable(
                say(
                    "row {{ number }} has {{ cells }} cells; at most {{ most }} are read",
                    number=number,
                    cells=len(row),
                    most=MAX_SIDE,
                )
            )
        if len(row) != len(rows[0]):
            raise Unreadable(
                say(
                    "row {{ number }} has {{ cells }} and row 1 has {{ count }}; write _ for a blank cell",
                    number=number,
                    cells=_cells(len(row)),
                    count=len(rows[0]),
                )
            )


def _check_bad_cells(tensor: Tensor, shape: tuple[int, int] | None) -> None:
    cells = [cell for row in tensor for cell in row]
    bad = [(index, cell) for index, cell in enumerate(cells) if isinstance(cell, BadCell)]
    if not bad:
        return
    (index, cell), *_ = bad
    if len(bad) + cells.count(None) == len(cells):  # nothing was read, so there is no map to find a place in
        raise Unreadable(cell.reason)
    columns = len(tensor[0])
    if shape is not None and shape != (len(tensor), columns):
        row, column = divmod(index, columns)
        raise Unreadable(
            say(
                "row {{ row }}, column {{ column }}: {{ reason }}",
                row=row + 1,
                column=column + 1,
                reason=cell.reason,
            )
        )


def _cells(count: int) -> Message:
    return say("1 cell") if count == 1 else say("{{ count }} cells", count=count)
