"""Figures in words, for those who do not see them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from convexam.generator.figures.model import Figures, Grid
from convexam.generator.figures.words import words

ONE = Grid(((1, -2), (Fraction(1, 9), None)), "X_{0}")


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        pytest.param(ONE, "X_0: 2 × 2: 1 −2; 1/9 empty", id="rows"),
        pytest.param(Grid(((1, 2),), marked=frozenset({(0, 1)})), "1 × 2: 1 2 (marked)", id="marked"),
        pytest.param(Grid(((None,) * 3,) * 2), "2 × 3, empty", id="blank"),
        pytest.param(
            Figures("X", (ONE, Grid(((5,),), "X_{1}"))),
            "X: 2 maps. X_0: 2 × 2: 1 −2; 1/9 empty. X_1: 1 × 1: 5",
            id="channels",
        ),
    ],
)
def test_words(figure: Grid | Figures, expected: str) -> None:
    assert words(figure) == expected
