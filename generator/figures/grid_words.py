"""Grids in words."""

from __future__ import annotations

from ..language import Language
from .model import Grid
from .numerals import cell_text
from .speech import if_marked


def grid_words(grid: Grid, language: Language) -> str:
    """Read a grid out without its symbol."""
    size = f"{len(grid.rows)} × {len(grid.rows[0])}"
    if grid.counted_from is not None:
        size = language.tell(
            "{{ size }}, columns counted from {{ origin }}", size=size, origin=grid.counted_from
        )
    if all(cell is None for row in grid.rows for cell in row):
        return language.tell("{{ size }}, empty", size=size)
    rows = "; ".join(
        " ".join(_entry(grid, row, column, language) for column in range(len(cells)))
        for row, cells in enumerate(grid.rows)
    )
    return f"{size}: {rows}"


def _entry(grid: Grid, row: int, column: int, language: Language) -> str:
    text = cell_text(grid.rows[row][column]) or language.tell("empty")
    return if_marked(text, language, marked=(row, column) in grid.marked)
