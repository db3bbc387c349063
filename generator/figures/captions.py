"""Symbols below grids, in pieces that any drawing can set: ``X``, ``X_{1}``, ``K^{(1)}``."""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple

from .svg import px

SMALL = 0.72
SHIFTS = {"_": 0.22, "^": -0.36}  # downwards, in units of the size of the font

_SYMBOL = re.compile(r"([^_^]+)([_^])(?:\{([^{}]+)\}|([^{}]))")


class Piece(NamedTuple):
    """Characters of one size and height; size and drop are in units of the size of the font."""

    text: str
    size: float
    drop: float

    @property
    def slanting(self) -> bool:
        """Whether it is a letter, which slants as in formulas; digits and words stand upright."""
        return len(self.text) == 1 and self.text.isalpha()


def pieces(label: str) -> tuple[Piece, ...]:
    """Take a symbol apart: a letter and its index, or all as it stands."""
    found = _SYMBOL.fullmatch(label)
    if not found:
        return (Piece(label, 1, 0),)
    base, mark, braced, single = found.groups()
    return Piece(base, 1, 0), Piece(braced or single, SMALL, SHIFTS[mark])


def caption(label: str, x: float, y: float, font: float) -> str:
    """Write a symbol with the middle of its baseline at (x, y), in a group that was opened for entries."""
    first, *rest = pieces(label)
    index = "".join(
        f'<tspan dy="{px(round(piece.drop * font, 1))}" font-size="{px(round(piece.size * font, 1))}"'
        f' font-style="{"italic" if piece.slanting else "normal"}">{escape(piece.text)}</tspan>'
        for piece in rest
    )
    slant = ' font-style="italic"' if first.slanting else ""
    return f'<text x="{px(x)}" y="{px(y)}"{slant}>{escape(first.text)}{index}</text>'
