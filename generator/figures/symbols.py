"""Symbols as text of a drawing: a letter, or a word, and its index."""

from __future__ import annotations

import re
from html import escape

from .grid import BASELINE_BELOW_MIDDLE
from .svg import INK, near, px, text_width

INDEX_SIZE = 0.72
INDEX_DROP = 0.22

_SYMBOL = re.compile(r"(?P<base>[^_]+)_(?:\{(?P<braced>[^{}]+)\}|(?P<single>[^{}]))")


def parsed(label: str) -> tuple[str, str]:
    """Take ``x_{1}`` or ``x_1`` apart; what has no index, or none of that form, is a base alone."""
    found = _SYMBOL.fullmatch(label)
    return (found["base"], found["braced"] or found["single"]) if found else (label, "")


def symbol_text(
    label: str, x: float, y: float, size: float, *, ink: str = INK, anchor: str = "middle"
) -> str:
    """Write a symbol with its middle at height `y`."""
    base, index = parsed(label)
    place = f'x="{near(x)}" y="{near(y + size * BASELINE_BELOW_MIDDLE)}"'
    look = f'font-size="{px(size)}" fill="{ink}" text-anchor="{anchor}"{_slant(base)}'
    return f"<text {place} {look}>{escape(base)}{_index(base, index, size)}</text>"


def symbol_width(label: str, size: float) -> float:
    """Estimate the width of a symbol in px."""
    base, index = parsed(label)
    return text_width(base, size) + text_width(index, size * INDEX_SIZE)


def _index(base: str, index: str, size: float) -> str:
    if not index:
        return ""
    slant = "" if _slant(index) == _slant(base) else _slant(index) or ' font-style="normal"'
    place = f'dy="{near(size * INDEX_DROP)}" font-size="{near(size * INDEX_SIZE)}"'
    return f"<tspan {place}{slant}>{escape(index)}</tspan>"


def _slant(text: str) -> str:
    """As in formulas, a letter slants; digits and words do not."""
    return ' font-style="italic"' if len(text) == 1 and text.isalpha() else ""
