"""How a map is laid out: a text or nested lists become rows of cells, each still a text.

One row is one line; what separates its cells, `separators` finds out. Brackets of all kinds make rows as
well, and so do the tables of Markdown, terminals and spreadsheets. Where a layout could be meant in two ways,
nothing is guessed, unless the size that the paper shows decides.
"""

from __future__ import annotations

import re

from ...generator.document import say
from .pasted_latex import without_latex
from .separators import STRONG, Rows, Size, cells_of_lines
from .spelling import plain_spelling
from .unreadable import Unreadable

_IN_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
_AROUND_ROWS = re.compile(r"[\s\[]*+[\s,;]*+[\s\]]*+[\s,;]*+")
_TUPLES = re.compile(r"\s*\(\s*(?:\([^(),]*,[^()]*+\)[\s,]*+)++\)\s*|\s*\([^(),]*,[^()]*\)\s*")
_TO_SQUARE = str.maketrans("()", "[]")
_BRACKETS = str.maketrans("{}", "[]", "⎡⎤⎢⎥⎣⎦⎛⎞⎜⎟⎝⎠")  # those over several lines stand beside the rows
_QUOTES = re.compile(r"""(?<![0-9])["']|["'](?![0-9])""")
_RULE = re.compile(r"[|+:=─━┼├┤┌┐└┘┬┴╞╪╡\s-]*")
_ROW_NUMBER = re.compile(r"\s*(?:row|rij)?\s*([0-9]{1,2})\s*:(?!=)", re.IGNORECASE)
_SEVERAL_NUMBERS = re.compile(r"[0-9.]\s+[-+]?[0-9.]")
_ONE_NUMBER = re.compile("[-+]?[0-9]{1,3}(?: [0-9]{3})+|[-+]?[0-9]+ [0-9]+/[0-9]+")
_SEVERAL = re.compile(r"\S\s+\S|[^\s|&][|&]\s*[^\s|&;]")


def rows_of_list(items: list[object], size: Size) -> Rows:
    """Return the rows of a list of rows; of a list of cells, which is one row; or of a list of lines.

    Raises
    ------
    Unreadable
        If it is nested otherwise.
    """
    inner = items[0] if len(items) == 1 else None
    if isinstance(inner, list) and any(isinstance(row, list) for row in inner):
        return rows_of_list(inner, size)  # of a single image, or a single channel
    if items and all(isinstance(item, list) for item in items):
        rows = [_cells(item) for item in items]  # type: ignore[arg-type]
        return _rows_of_texts(rows, size) if all(map(_is_text, rows)) else rows
    cells = _cells(items)
    ended = [";" in cell for cell in cells]
    if any(ended) and (len(cells) == 1 or not all(ended)):  # [1, 2; 3, 4] is a list to YAML
        return rows_of_text(f"[{', '.join(cells)}]", size)
    if any(_SEVERAL.search(cell) or STRONG.search(cell) for cell in cells):
        return rows_of_text("\n".join(cells), size)
    return [cells]


def _is_text(row: list[str]) -> bool:
    return len(row) == 1 and _SEVERAL_NUMBERS.search(row[0]) is not None


def _rows_of_texts(rows: Rows, size: Size) -> Rows:
    """Read rows that are single texts with spaces: the lines of numpy as YAML reads them, or a column."""
    if size == (len(rows), 1):
        return rows
    if any(_ONE_NUMBER.fullmatch(row[0].strip()) for row in rows):
        raise Unreadable(say("the spaces can separate cells or belong to numbers; write 1/2 or [1, 2]"))
    return rows_of_list([row[0] for row in rows], size)


def _cells(items: list[object]) -> list[str]:
    if all(item is None or isinstance(item, str) for item in items):
        return [plain_spelling(without_latex(str(item or ""), cells=True)) for item in items]
    raise Unreadable(say("the lists do not make rows of cells; write them as [[1, 2], [3, 4]]"))


def rows_of_text(text: str, size: Size) -> Rows:
    """Return the rows of a block of text.

    Parameters
    ----------
    text
        What the student wrote.
    size
        Rows and columns where the paper shows them; they decide whether ``1,2`` is one cell or two.

    Raises
    ------
    Unreadable
        If it is not clear where one cell ends and the next begins.
    """
    text = plain_spelling(without_latex(text, cells=True)).translate(_BRACKETS)
    if _TUPLES.fullmatch(text):
        text = text.translate(_TO_SQUARE)
    in_brackets = "[" in text
    text = _without_brackets(_QUOTES.sub("", text)) if in_brackets else _without_row_ends(text, size)
    lines = _without_numbers(_without_rules(text.splitlines()))
    return cells_of_lines(lines, size, in_brackets=in_brackets)


def _without_brackets(text: str) -> str:
    """Turn ``[[1, 2], [3, 4]]``, ``[1 2; 3 4]`` and what numpy prints into lines."""
    rows = _IN_BRACKETS.findall(text)
    if not rows or not _AROUND_ROWS.fullmatch(_IN_BRACKETS.sub("", text)):
        raise Unreadable(say("the brackets do not make rows of cells; write them as [[1, 2], [3, 4]]"))
    if len(rows) == 1:
        return str(rows[0]).replace(";", "\n")
    return "\n".join(" ".join(row.split("\n")) for row in rows)


def _without_row_ends(text: str, size: Size) -> str:
    """Turn ``1 2; 3 4`` into lines; in ``1; 2; 3`` the semicolons separate cells, unless it is a column."""
    parts = re.split(r"[;\n]", text)
    rows = any(map(_SEVERAL.search, parts)) or (size is not None and size[1] == 1)
    return "\n".join(parts) if ";" in text and rows else text


def _without_rules(lines: list[str]) -> list[str]:
    """Leave out the lines that draw a table, the empty head of a Markdown table, and fences."""
    rules = [place for place, line in enumerate(lines) if _is_rule(line)]
    if rules and not any(line.strip("|_ \t") for line in lines[: rules[0]]):
        lines = lines[rules[0] :]
    return [line for line in lines if not _is_rule(line) and line.strip() != "```"]


def _is_rule(line: str) -> bool:
    """Say whether a line draws a line; dashes alone may be meant as cells."""
    drawn = any(dashes in line for dashes in ("---", "===", "──", "━━", "═══"))
    return drawn and not set(line) <= set("- \t") and _RULE.fullmatch(line) is not None


def _without_numbers(lines: list[str]) -> list[str]:
    """Leave out the numbers of rows, ``1: 2 3``, where all rows have them, one after the other."""
    written = [line for line in lines if line.strip()]
    found = [match for line in written if (match := _ROW_NUMBER.match(line))]
    numbers = [int(match[1]) for match in found]
    first = numbers[0] if numbers else 0
    if first > 1 or len(found) < len(written) or numbers != list(range(first, first + len(found))):
        return lines
    return [line[match.end() :] for line, match in zip(written, found, strict=True)]
