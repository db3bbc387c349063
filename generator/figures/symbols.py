"""Symbols as text of a drawing: a letter, or a word, and its indices: ``x``, ``X_{1}``, ``K^{(0)}_{1}``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from .grid import BASELINE_BELOW_MIDDLE
from .svg import INK, near, px, text_width

INDEX_SIZE = 0.72
DROPS = {"_": 0.22, "^": -0.36}  # downwards, in units of the size of the font

_INDEX = re.compile(r"([_^])(?:\{([^{}]+)\}|([^{}]))")
_SYMBOL = re.compile(rf"(?P<base>[^_^]+)(?P<indices>(?:{_INDEX.pattern})+)")


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
    """Take a symbol apart: its base, what is below, what is above; or all as it stands."""
    found = _SYMBOL.fullmatch(label)
    if not found:
        return (Piece(label, 1, 0),)
    indices = sorted(_INDEX.findall(found["indices"]), key=lambda index: -DROPS[index[0]])
    return (
        Piece(found["base"], 1, 0),
        *(Piece(braced or single, INDEX_SIZE, DROPS[mark]) for mark, braced, single in indices),
    )


def caption(label: str, x: float, y: float, size: float) -> str:
    """Write a symbol with its baseline at height `y`, in a group that was opened for entries of that size."""
    return _text(label, x, y, size)


def symbol_text(
    label: str, x: float, y: float, size: float, *, ink: str = INK, anchor: str = "middle"
) -> str:
    """Write a symbol with its middle at height `y`."""
    look = f' font-size="{px(size)}" fill="{ink}" text-anchor="{anchor}"'
    return _text(label, x, y + size * BASELINE_BELOW_MIDDLE, size, look)


def symbol_width(label: str, size: float) -> float:
    """Estimate the width of a symbol in px."""
    return sum(text_width(piece.text, size * piece.size) for piece in pieces(label))


def _text(label: str, x: float, y: float, size: float, look: str = "") -> str:
    parts = pieces(label)
    base = parts[0]
    slant = ' font-style="italic"' if base.slanting else ""
    indices = "".join(_indices(parts, size))
    return f'<text x="{near(x)}" y="{near(y)}"{look}{slant}>{escape(base.text)}{indices}</text>'


def _indices(parts: Sequence[Piece], size: float) -> Iterator[str]:
    """Write what follows the base; each index starts at the height at which the one before it ended."""
    for before, piece in pairwise(parts):
        look = f'dy="{near((piece.drop - before.drop) * size)}" font-size="{near(piece.size * size)}"'
        if piece.slanting != parts[0].slanting:
            look += f' font-style="{"italic" if piece.slanting else "normal"}"'
        yield f"<tspan {look}>{escape(piece.text)}</tspan>"
