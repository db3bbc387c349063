"""Images in words."""

from __future__ import annotations

from ...language import Language
from ..model import Picture
from ..speech import if_marked
from .brightness import brightness


def picture_words(picture: Picture, language: Language) -> str:
    """Read the brightness of the cells out, row by row."""
    rows = "; ".join(
        " ".join(
            if_marked(
                str(round(brightness(picture, value) * 100)),
                language,
                marked=(row, column) in picture.marked,
            )
            for column, value in enumerate(values)
        )
        for row, values in enumerate(picture.rows)
    )
    size = f"{len(picture.rows)} × {len(picture.rows[0])}"
    return language.tell("{{ size }}, brightness in percent: {{ rows }}", size=size, rows=rows)
