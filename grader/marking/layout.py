"""How a map is laid out: a text or nested lists become rows of cells, each still a text.

One row is one line. Cells are separated by spaces; ``;``, ``|``, ``&`` and commas work too, and so do
brackets. Where a layout could be meant in two ways, nothing is guessed.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from ...generator.document import say
from ...generator.reading.tree import quoted
from .spelling import plain_spelling
from .unreadable import Unreadable

Rows: TypeAlias = list[list[str]]

_IN_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_AROUND_ROWS = re.compile(r"\s*+\[?[\s,;]*+\]?[\s,;]*+")
_STRONG = re.compile(r"[|&;]")
_SEVERAL = re.compile(r"\S\s+\S")
_SPACE_OR_COMMA = re.compile(r"\s*,\s+|\s+,\s*|\s+")
_TWO_NUMBERS = re.compile(r"[\w.)]\s+[-+]?[\w.(]")
_TORN = re.compile(r"(?<!\S)[*/^]|[-+*/^(](?!\S)")


def rows_of_list(items: list[object], shape: tuple[int, int] | None) -> Rows:
    """Return the rows of a list of rows; of a list of cells, which is one row; or of a list of lines.

    Raises
    ------
    Unreadable
        If it is nested otherwise.
    """
    if items and all(isinstance(item, list) for item in items):
        return [_cells(item) for item in items]  # type: ignore[arg-type]
    cells = _cells(items)
    if any(_SEVERAL.search(cell) or _STRONG.search(cell) for cell in cells):
        return rows_of_text("\n".join(cells), shape)
    return [cells]


def _cells(items: list[object]) -> list[str]:
    if all(item is None or isinstance(item, str) for item in items):
        return [plain_spelling(str(item or "")) for item in items]
    raise Unreadable(say("the lists do not make rows of cells; write them as [[1, 2], [3, 4]]"))


def rows_of_text(text: str, shape: tuple[int, int] | None) -> Rows:
    """Return the rows of a block of text.

    Parameters
    ----------
    text
        What the student wrote.
    shape
        Rows and columns where the paper shows them; they decide whether ``1,2`` is one cell or two.

    Raises
    ------
    Unreadable
        If it is not clear where one cell ends and the next begins.
    """
    text = plain_spelling(text).replace("{", "[").replace("}", "]").replace("\\\\", "\n")
    in_brackets = "[" in text
    text = _without_brackets(text) if in_brackets else _without_row_ends(text)
    lines = [line.strip() for line in text.splitlines() if line.strip() and not _is_rule(line)]
    bare = [cells for line in lines if (cells := _without_border(line).strip())]
    if any(map(_STRONG.search, bare)):
        return [_cells_between_bars(number, line) for number, line in enumerate(bare, 1)]
    return _rows_of_words(bare, shape, in_brackets=in_brackets)


def _cells_between_bars(number: int, line: str) -> list[str]:
    cells = _STRONG.split(line)
    if torn := next(filter(_TWO_NUMBERS.search, cells), None):
        raise Unreadable(
            say(
                "row {{ number }}: {{ text }} stands between bars and could be one cell or several; "
                "separate all cells in the same way",
                number=number,
                text=quoted(torn.strip()),
            )
        )
    return cells


def _without_brackets(text: str) -> str:
    """Turn ``[[1, 2], [3, 4]]``, ``[1 2; 3 4]`` and what numpy prints into lines."""
    rows = _IN_BRACKETS.findall(text)
    if not rows or not _AROUND_ROWS.fullmatch(_IN_BRACKETS.sub("", text)):
        raise Unreadable(say("the brackets do not make rows of cells; write them as [[1, 2], [3, 4]]"))
    if len(rows) == 1:
        return str(rows[0]).replace(";", "\n")
    return "\n".join(" ".join(row.split("\n")) for row in rows)


def _without_row_ends(text: str) -> str:
    """Turn ``1 2; 3 4`` into lines; in ``1; 2; 3`` the semicolons separate cells."""
    parts = re.split(r"[;\n]", text)
    return "\n".join(parts) if ";" in text and any(map(_SEVERAL.search, parts)) else text


def _is_rule(line: str) -> bool:
    """Say whether this is the line under the head of a Markdown table."""
    return "|" in line and "---" in line and not line.strip("|:- \t")


def _without_border(line: str) -> str:
    return line.removeprefix("|").removesuffix("|").removesuffix(";")


def _rows_of_words(lines: list[str], shape: tuple[int, int] | None, *, in_brackets: bool) -> Rows:
    lines = [line.removesuffix(",") for line in lines]
    _check_whole(lines)
    if not any("," in line for line in lines):
        return [line.split() for line in lines]
    rows = [_SPACE_OR_COMMA.split(line) for line in lines]
    if not any("," in cell for row in rows for cell in row):
        return rows
    split = [[part for cell in row for part in cell.split(",")] for row in rows]
    if any(cell.count(",") > 1 for row in rows for cell in row):
        return split
    if shape is not None and shape in (_shape(rows), _shape(split)):
        return rows if shape == _shape(rows) else split
    separators = {
        found.strip() for line in lines for found in _SPACE_OR_COMMA.findall(line.removesuffix(","))
    }
    if separators == {""}:
        return rows
    if in_brackets and not separators:
        return split
    raise Unreadable(
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


def _shape(rows: Rows) -> tuple[int, int] | None:
    widths = {len(row) for row in rows}
    return (len(rows), widths.pop()) if len(widths) == 1 else None
