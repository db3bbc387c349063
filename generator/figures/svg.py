"""The frame of every drawing: an SVG that reads itself out and has neither ids nor styles.

Without ids any number of drawings fit on one page; without styles a drawing looks the same inside a page,
in a PDF (whose writer does not apply a page's style sheet inside an SVG) and as a file of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

INK = "#1a1a1a"
GREY = "#6b6b6b"
PALE = "#b9b9b9"
TINT = "#ffe7ad"
KEY_INK = "#153f7a"
FONT = "STIX Two Text, serif"

MARGIN = 2  # room for half of the thickest line


def px(length: float) -> str:
    """Write a length in px."""
    return f"{length:g}"


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
