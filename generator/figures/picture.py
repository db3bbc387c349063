"""Images as grey cells."""

from __future__ import annotations

from .model import Picture


def picture_svg(picture: Picture) -> str:
    """Draw."""
    raise NotImplementedError
