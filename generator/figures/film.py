"""An animation on paper: its frames side by side."""

from __future__ import annotations

from .model import Animation


def strip_svg(animation: Animation) -> str:
    """Draw."""
    raise NotImplementedError
