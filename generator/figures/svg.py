"""The frame of every drawing: an SVG that reads itself out and has neither ids nor styles.

Without ids any number of drawings fit on one page; without styles a drawing looks the same inside a page,
in a PDF (whose writer does not apply a page's style sheet inside an SVG) and as a file of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

INK = "#1a1a1a"
GREY = "#666666"
PALE = "#b9b9b9"
TINT = "#ffe7ad"
KEY_INK = "#153f7a"
FONT = "STIX Two Text, serif"

MARGIN = 2  # room for half of the thickest line


def px(length: float) -> str:
    """Write a length in px."""
    return f"{length:g}"


def near(length: float) -> str:
    """Write a length in px, to a tenth: enough for slanting lines, and the same on every machine."""
    return px(round(length, 1) + 0.0)  # never -0


NARROW = frozenset(" !'(),./:;I[]fijlrt|·")
WIDE = frozenset("mwMW…%@—")
SIGNS = frozenset("×−=+<>&±")


def text_width(text: str, size: float) -> float:
    """Estimate the width of a text in our font, in px; rather too wide than too narrow."""
    return size * sum(map(_em, text))


def _em(character: str) -> float:
    if character in NARROW:
        return 0.4
    if character in WIDE or ord(character) > 0x2E80:  # Chinese and the like
        return 1.05
    if character in SIGNS or character.isupper():
        return 0.8
    return 0.58 if character.isascii() else 0.67


def svg(width: float, height: float, words: str, parts: Iterable[str]) -> str:
    """Put the parts of a drawing into an SVG; `words` say what there is to see.

    The lengths are in px and leave out the margin.
    """
    outer = f"{px(width + 2 * MARGIN)} {px(height + 2 * MARGIN)}"
    size = 'width="{}" height="{}"'.format(*outer.split())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="-{MARGIN} -{MARGIN} {outer}" '
        f'role="img" aria-label="{escape(words)}">{"".join(parts)}</svg>'
    )
