"""Images in words."""

from __future__ import annotations

from ..model import Picture
from ..speech import if_marked
from .brightness import brightness


def picture_words(picture: Picture) -> str:
    """Read the brightness of the cells out, row by row."""
    rows = "; ".join(
        " ".join(
            if_marked(str(round(brightness(picture, value) * 100)), marked=(row, column) in picture.marked)
            for column, value in enumerate(values)
        )
        for row, values in enumerate(picture.rows)
    )
    return f"{len(picture.rows)} × {len(picture.rows[0])}, brightness in percent: {rows}"
