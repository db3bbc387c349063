"""Formulas as they are printed: brackets where they are needed, and nowhere else."""

from __future__ import annotations

from fractions import Fraction

import pytest

from convexam.generator.expressions.reader import read_formula
from convexam.generator.expressions.typeset import formula, symbol, with_numbers
from convexam.generator.number import Number
from convexam.generator.render.plain_formula import plain_formula

VALUES: dict[str, Number] = {"n": 7, "k": -3, "p": Fraction(1, 2), "q": Fraction(1, 3), "side": 12}


@pytest.mark.parametrize(
    ("text", "names", "numbers"),
    [
        ("floor((n+2*p-k)/2)+1", "⌊(n + 2 · p − k)/2⌋ + 1", "⌊(7 + 2 · 0.5 − (−3))/2⌋ + 1"),
        ("n*(k-1)^2 - (n-k)", "n · (k − 1)² − (n − k)", "7 · (−3 − 1)² − (7 − (−3))"),
        ("n - k - 1", "n − k − 1", "7 − (−3) − 1"),
        ("-n^2", "−n²", "−7²"),
        ("(-k)^2", "(−k)²", "(−(−3))²"),
        ("q^2", "q²", "(1/3)²"),
        ("n + -k", "n + (−k)", "7 + (−(−3))"),
        ("(n*k)^p", "(n · k)^p", "(7 · (−3))^{0.5}"),
        ("max(n, k) - abs(k)", "max(n, k) − |k|", "max(7, −3) − |−3|"),
        ("ceil(side/n)", "⌈side/n⌉", "⌈12/7⌉"),
    ],
)
def test_printed(text: str, names: str, numbers: str) -> None:
    tree = read_formula(text)
    assert plain_formula(formula(tree)) == names
    assert plain_formula(with_numbers(tree, VALUES)) == numbers


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("n", "n"),
        ("c1", "c_{1}"),
        ("k_in", r"k_{\text{in}}"),
        ("mu", r"\mu"),
        ("sigma_2", r"\sigma_{2}"),
        ("side", r"\text{side}"),
        ("map_side", r"\text{map side}"),
    ],
)
def test_symbols(name: str, latex: str) -> None:
    assert symbol(name) == latex
    assert plain_formula(latex)
