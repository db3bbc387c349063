"""Plots in words."""

from __future__ import annotations

from ..model import Curve, Plot
from ..speech import spoken
from .scale import Axis, axes, short

POINTS = 12
"""About that many points of a curve are read out."""


def plot_words(plot: Plot) -> str:
    """Read the axes and the points out, as exactly as one can read them off."""
    across, up = axes(plot)
    vertical = f"{plot.y_label or 'vertical axis'} from {short(up.low)} to {short(up.high)}"
    if plot.bars:
        named = f" over {plot.x_label}" if plot.x_label else ""
        bars = "; ".join(f"{name} {short(height)}" for name, height in plot.bars)
        return f"{len(plot.bars)} bars{named}, {vertical}: {bars}"
    horizontal = f"{plot.x_label or 'horizontal axis'} from {short(across.low)} to {short(across.high)}"
    return ". ".join((f"{horizontal}, {vertical}", *(_curve(curve, across, up) for curve in plot.curves)))


def _curve(curve: Curve, across: Axis, up: Axis) -> str:
    """Read a curve out; of many points about a dozen, evenly, from the first to the last."""
    last = len(curve.points) - 1
    places = sorted({last * part // POINTS for part in range(POINTS + 1)})
    points = (curve.points[place] for place in places)
    read = " ".join(f"({short(across.read(x))}, {short(up.read(y))})" for x, y in points)
    return f"{spoken(curve.label) or 'curve'}: {read}"
