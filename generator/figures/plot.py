"""Small plots: curves and bars."""

from __future__ import annotations

from .model import Plot


def plot_svg(plot: Plot) -> str:
    """Draw."""
    raise NotImplementedError
