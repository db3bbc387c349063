"""Exact numbers as characters."""

from __future__ import annotations

from .. import latex
from ..number import Number

MINUS = "\N{MINUS SIGN}"


def numeral(value: Number) -> str:
    """Write a number with a true minus sign, a fraction with a slash: −3, 1/9."""
    return str(value).replace("-", MINUS)


def decimals(value: Number) -> str:
    """Write a number with all its decimals where that is possible: 4, −2.5, 7/3."""
    return latex.decimal(value).replace("-", MINUS) if latex.terminates(value) else numeral(value)


def cell_text(cell: Number | str | None) -> str:
    """Write the entry of a cell; an empty cell has none."""
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else numeral(cell)
