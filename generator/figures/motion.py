"""An animation as an SVG that moves."""

from __future__ import annotations

from .model import Animation


def moving_svg(animation: Animation) -> str:
    """Draw."""
    raise NotImplementedError
