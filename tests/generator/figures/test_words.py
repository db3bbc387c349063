"""Figures in words, for those who do not see them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from convexam.generator.figures.model import (
    Chain,
    Curve,
    Edge,
    Figure,
    Figures,
    Graph,
    Grid,
    Maps,
    Picture,
    Plot,
    Units,
)
from convexam.generator.figures.words import words

ONE = Grid(((1, -2), (Fraction(1, 9), None)), "X_{0}")


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        pytest.param(ONE, "X_0: 2 × 2: 1 −2; 1/9 empty", id="rows"),
        pytest.param(Grid(((1, 2),), marked=frozenset({(0, 1)})), "1 × 2: 1 2 (marked)", id="marked"),
        pytest.param(Grid(((None,) * 3,) * 2), "2 × 3, empty", id="blank"),
        pytest.param(Grid(((7, 8),), counted_from=1), "1 × 2, columns counted from 1: 7 8", id="numbered"),
        pytest.param(
            Figures("X", (ONE, Grid(((5,),), "X_{1}"))),
            "X: 2 maps. X_0: 2 × 2: 1 −2; 1/9 empty. X_1: 1 × 1: 5",
            id="channels",
        ),
    ],
)
def test_words(figure: Grid | Figures, expected: str) -> None:
    assert words(figure) == expected


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        pytest.param(
            Picture(((0, 51), (-9, 400)), "X", marked=frozenset({(0, 1)})),
            "X: 2 × 2, brightness in percent: 0 20 (marked); 0 100",
            id="picture",
        ),
        pytest.param(
            Chain((Maps(1, 8, 8, "input"), Maps(64, 4, 4), Units(3, "3 classes")), ("conv 3 × 3", "")),
            "1 map (input); then conv 3 × 3: many maps; then 3 units (3 classes)",
            id="chain",
        ),
        pytest.param(
            Chain((Maps(4, None, 8, "A"), Maps(None, 4, 4), Units(None)), ("pool", "dense")),
            "dashed box (A); then pool: dashed box; then dense: dashed box",
            id="hidden sizes",
        ),
        pytest.param(
            Graph(
                (("x_{1}", "x_{2}", "0"), ("a_{1}", "a_{2}")),
                ((Edge(1, 0, "w_{2}"), Edge(0, 0, "w_{1}"), Edge(2, 1)),),
                marked=frozenset({(0, 0)}),
                faint=frozenset({(0, 2)}),
            ),
            "2 layers. Inputs: x_1 (marked), x_2, 0 (faint). Outputs: a_1, a_2. "
            "a_1 is connected to x_1 and x_2 (weights w_1 and w_2). a_2 is connected to 0",
            id="graph",
        ),
        pytest.param(
            Graph((("x", ""), ("h",), ("y", "y")), ((Edge(0, 0), Edge(1, 0)), (Edge(0, 0, "v"),))),
            "3 layers. Inputs: x, (node 2). Layer 2: h. Outputs: y (node 1), y (node 2). "
            "h is connected to all inputs. y (node 1) is connected to h (weight v). "
            "y (node 2) is connected to nothing",
            id="nodes without a symbol of their own",
        ),
        pytest.param(
            Plot((Curve(((-2, 0), (0, 0), (2, 2)), "f_{1}"), Curve(((0, Fraction(1, 3)),))), x_label="x"),
            "x from −2 to 2, vertical axis from 0 to 2. f_1: (−2, 0) (0, 0) (2, 2). curve: (0, 0.325)",
            id="curves",
        ),
        pytest.param(
            Plot(bars=(("cat", Fraction(2, 3)), ("dog", Fraction(1, 4))), x_label="class"),
            "2 bars over class, vertical axis from 0 to 0.8: cat 2/3; dog 0.25",
            id="bars",
        ),
    ],
)
def test_words_of_other_figures(figure: Figure, expected: str) -> None:
    assert words(figure) == expected


def test_of_many_points_some_are_read() -> None:
    curve = Curve(tuple((x, x * x) for x in range(101)))
    told = words(Plot((curve,)))
    assert 10 < told.count("(") < 15
    assert told.endswith("(100, 10000)")
