"""Plots have round numbers beside their axes; curves are told apart by dashes and names."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convexam.generator.figures.model import Curve, Plot
from convexam.generator.figures.plot.drawing import plot_svg
from convexam.generator.figures.plot.scale import axis, short

RELU = Plot((Curve(((-2, 0), (0, 0), (3, 3)), "f"),), x_label="x", y_label="f(x)")
TWO = Plot(
    (Curve(((0, 3), (10, Fraction(1, 2))), "training"), Curve(((0, 3), (10, Fraction(1, 2))), "L_{2}"))
)
BARS = Plot(bars=(("cat", Fraction(7, 10)), ("dog", Fraction(-1, 3))), y_label="score")


@pytest.mark.parametrize(
    ("name", "plot"),
    [
        pytest.param("curve", RELU, id="curve"),
        pytest.param("curves", TWO, id="curves"),
        pytest.param("bars", BARS, id="bars"),
        pytest.param("empty", Plot(), id="empty"),
    ],
)
def test_drawing(golden: Callable[[str, str], None], name: str, plot: Plot) -> None:
    golden(f"plot/{name}.svg", plot_svg(plot) + "\n")


def test_curves_that_end_together_have_names_apart() -> None:
    drawing = plot_svg(TWO)
    heights = [
        float(text.split('y="')[1].split('"')[0])
        for text in drawing.split("<text")
        if 'anchor="start"' in text
    ]
    assert len(heights) == 2
    assert abs(heights[0] - heights[1]) >= 15
    assert drawing.count("stroke-dasharray") == 2, "the curve and the sample before its name"


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        pytest.param([0, 1], ["0", "0.2", "0.4", "0.6", "0.8", "1"], id="unit"),
        pytest.param([-4, 4], ["−4", "−2", "0", "2", "4"], id="both sides"),
        pytest.param([0, 12], ["0", "5", "10"], id="twelve"),
        pytest.param([7], ["0", "2", "4", "6", "8"], id="one value"),
        pytest.param([], ["0", "0.2", "0.4", "0.6", "0.8", "1"], id="none"),
        pytest.param([0, 30000], ["0", "10000", "20000", "30000"], id="large"),
    ],
)
def test_ticks(values: list[int], ticks: list[str]) -> None:
    assert [short(tick) for tick in axis(values).ticks] == ticks


@given(st.lists(st.fractions(max_denominator=1000), max_size=9))
def test_axes_enclose_their_values_with_few_ticks(values: list[Fraction]) -> None:
    tight, rounded = axis(values), axis(values).rounded()
    assert all(rounded.low <= tight.low <= value <= tight.high <= rounded.high for value in values)
    assert 1 <= len(tight.ticks) <= len(rounded.ticks) <= 8
    assert (rounded.ticks[0], rounded.ticks[-1]) == (rounded.low, rounded.high)
