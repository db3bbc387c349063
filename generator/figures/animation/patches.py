"""White patches over cells as path data: thick lines along rows, dashed so that the lines of a grid stay."""

from __future__ import annotations

from collections.abc import Collection

from ..model import Cell
from ..svg import px
from .layout import Box
from .window import runs

BORDER = 2  # px along each side of a cell, where lines are


def patches(cells: Collection[Cell], box: Box, height: float) -> str:
    """Lay a patch over each of some cells."""
    return "".join(
        f"M{px(box.x + column * box.width + BORDER)} {px(box.y + (row + 0.5) * height)}"
        f"h{px(columns * box.width - 2 * BORDER)}"
        for row in sorted({row for row, _ in cells})
        for column, columns in runs(cells, row)
    )


def patching(box: Box, height: float) -> str:
    """Return the attributes of a path of patches."""
    dashes = f"{px(box.width - 2 * BORDER)} {2 * BORDER}"
    return f'fill="none" stroke="#fff" stroke-width="{px(height - 2 * BORDER)}" stroke-dasharray="{dashes}"'
