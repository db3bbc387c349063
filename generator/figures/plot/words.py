"""Plots in words."""

from __future__ import annotations

from ...language import Language
from ..model import Curve, Plot
from ..speech import spoken
from .scale import Axis, axes, short

POINTS = 12
"""About that many points of a curve are read out."""


def plot_words(plot: Plot, language: Language) -> str:
    """Read the axes and the points out, as exactly as one can read them off."""
    across, up = axes(plot)
    vertical = _axis(plot.y_label or language.tell("vertical axis"), up, language)
    if plot.bars:
        bars = "; ".join(f"{name} {short(height, language)}" for name, height in plot.bars)
        return f"{_over(plot, language)}, {vertical}: {bars}"
    horizontal = _axis(plot.x_label or language.tell("horizontal axis"), across, language)
    curves = (_curve(curve, across, up, language) for curve in plot.curves)
    return ". ".join((f"{horizontal}, {vertical}", *curves))


def _axis(name: str, axis: Axis, language: Language) -> str:
    low, high = short(axis.low, language), short(axis.high, language)
    return language.tell("{{ name }} from {{ low }} to {{ high }}", name=name, low=low, high=high)


def _over(plot: Plot, language: Language) -> str:
    count = len(plot.bars)
    if not plot.x_label:
        return language.tell("{{ count }} bars", count=count)
    return language.tell("{{ count }} bars over {{ name }}", count=count, name=plot.x_label)


def _curve(curve: Curve, across: Axis, up: Axis, language: Language) -> str:
    """Read a curve out; of many points about a dozen, evenly, from the first to the last."""
    last = len(curve.points) - 1
    places = sorted({last * part // POINTS for part in range(POINTS + 1)})
    points = (
        (short(across.read(x), language), short(up.read(y), language))
        for x, y in map(curve.points.__getitem__, places)
    )
    read = " ".join(f"({x}{language.between}{y})" for x, y in points)
    return f"{spoken(curve.label) or language.tell('curve')}: {read}"
