"""An animation as a GIF, for systems that show pictures only."""

from __future__ import annotations

from .model import Animation


def gif(animation: Animation) -> bytes:
    """Draw."""
    raise NotImplementedError
