"""Figures as files: a still one is an SVG, one that moves is a GIF."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from ..figures.draw import draw
from ..figures.grid import SHOWN
from ..figures.model import Animation, Drawing
from ..figures.words import words
from ..frozen import frozen
from ..language import Language

LETTERS_OF_NAME = 16
WIDTH_OF_GIF = slice(6, 8)  # where its head says how wide it is


@frozen
class Picture:
    """A figure as a file.

    Attributes
    ----------
    name
        Follows from its bytes, so that equal figures are one file.
    data
        An SVG or a GIF.
    words
        What there is to see, for those who do not see it.
    width
        In pixels of a page; None where the file says it. A GIF has more pixels than it takes room.
    """

    name: str
    data: bytes
    words: str
    width: int | None = None


@lru_cache(maxsize=64)
def picture(shown: Drawing | Animation, language: Language) -> Picture:
    """Draw a figure without its label."""
    if isinstance(shown, Animation):
        from ..figures.animation.gif import SCALE, gif  # Pillow is slow to load

        data = gif(shown)
        width = int.from_bytes(data[WIDTH_OF_GIF], "little") // SCALE
        return Picture(_name(data, "gif"), data, words(shown, language), width)
    data = draw(shown, SHOWN, language).encode()
    return Picture(_name(data, "svg"), data, words(shown, language))


def _name(data: bytes, ending: str) -> str:
    return f"{hashlib.sha256(data).hexdigest()[:LETTERS_OF_NAME]}.{ending}"
