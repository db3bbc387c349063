"""What a figure shows, in words, for those who do not see it."""

from __future__ import annotations

from ..document import Figures, Grid
from .numerals import cell_text


def words(figure: Grid | Figures) -> str:
    """Read a figure out: its symbol, its size, then its entries row by row."""
    if isinstance(figure, Figures):
        members = ". ".join(words(member) for member in figure.members)
        return f"{_symbol(figure.label)}{len(figure.members)} maps. {members}"
    return _symbol(figure.label) + grid_words(figure)


def grid_words(grid: Grid) -> str:
    """Read a grid out without its symbol."""
    size = f"{len(grid.rows)} × {len(grid.rows[0])}"
    if all(cell is None for row in grid.rows for cell in row):
        return f"{size}, empty"
    rows = "; ".join(
        " ".join(_entry(grid, row, column) for column in range(len(cells)))
        for row, cells in enumerate(grid.rows)
    )
    return f"{size}: {rows}"


def _entry(grid: Grid, row: int, column: int) -> str:
    text = cell_text(grid.rows[row][column]) or "empty"
    return f"{text} (marked)" if (row, column) in grid.marked else text


def _symbol(label: str) -> str:
    symbol = label.replace("{", "").replace("}", "")
    return f"{symbol}: " if symbol else ""
