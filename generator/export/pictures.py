"""Figures as files: a still one is an SVG, one that moves is a GIF."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..document import Document, FigureRow, Listing
from ..figures.draw import draw
from ..figures.grid import SHOWN
from ..figures.model import Animation, Drawing, Figures
from ..figures.words import words
from ..language import Language

LETTERS_OF_NAME = 16
WIDTH_OF_GIF = slice(6, 8)  # where its head says how wide it is


@dataclass(frozen=True)
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

    @property
    def media_type(self) -> str:
        """What kind of file it is."""
        return "image/gif" if self.name.endswith(".gif") else "image/svg+xml"


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


def pictures_in(document: Document, language: Language) -> Iterator[Picture]:
    """Yield the pictures of a document, in its order; one that is shown again comes again."""
    for block in document:
        if isinstance(block, Listing):
            for item in block.items:
                yield from pictures_in(item, language)
        elif isinstance(block, FigureRow):
            for shown in block.figures:
                members = shown.members if isinstance(shown, Figures) else (shown,)
                yield from (picture(member, language) for member in members)
