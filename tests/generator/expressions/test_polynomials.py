"""Polynomials: one canonical text for all ways to write the same."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from convexam.generator.expressions.evaluation import evaluate
from convexam.generator.expressions.expansion import expand
from convexam.generator.expressions.faults import ExpressionError
from convexam.generator.expressions.names import Family, as_latex, families, split
from convexam.generator.expressions.polynomial import Polynomial, canonical
from convexam.generator.expressions.reader import read_formula
from convexam.generator.expressions.writing import as_formula, terms_as_latex

KNOWN = (Family("x", 1), Family("w", 1), Family("b", 0))

X2, W1, B = map(Polynomial.name, ("x2", "w1", "b"))


def test_equal_functions_are_equal() -> None:
    minus = Polynomial.number(-1)
    assert (X2 + W1) * (X2 + minus * W1) == X2 * X2 + minus * W1 * W1
    assert X2 + minus * X2 == Polynomial() == Polynomial.number(0)
    assert X2 * W1 == W1 * X2
    assert X2 != W1


def test_the_constant() -> None:
    assert Polynomial.number(Fraction(1, 2)).constant == Fraction(1, 2)
    assert Polynomial().constant == 0
    assert (B + Polynomial.number(1)).constant is None


@pytest.mark.parametrize(
    ("polynomial", "text", "formula"),
    [
        (B + W1 * X2, "x2*w1 + b", r"x_{2}\,w_{1}{}+b"),
        (Polynomial.number(-2) * X2 + B, "-2*x2 + b", r"-2\,x_{2}{}+b"),
        (Polynomial(), "0", "0"),
        (Polynomial.number(Fraction(-1, 3)) * B * B, "-1/3*b^2", r"-\tfrac{1}{3}\,{b}^{2}"),
        (Polynomial.name("x10") + X2 + Polynomial.number(3), "x2 + x10 + 3", "x_{2}{}+x_{10}{}+3"),
        (W1 * W1 * X2, "x2*w1^2", r"x_{2}\,{w_{1}}^{2}"),
    ],
)
def test_written(polynomial: Polynomial, text: str, formula: str) -> None:
    assert canonical(polynomial, KNOWN) == text
    assert as_formula(text) == formula


def test_terms_keep_their_signs() -> None:
    assert terms_as_latex("I[0,1]*w1 - 2*b") == (r"I_{0,1}\,w_{1}", r"{}-2\,b")


def test_names() -> None:
    assert split("I[10,2]") == ("I", (10, 2))
    assert as_latex("I[10,2]") == "I_{10,2}"
    assert as_latex("b") == "b"
    assert families(["x1", "x2", "b", "w1"]) == (Family("x", 1), Family("b", 0), Family("w", 1))
    with pytest.raises(ValueError, match="expected a letter, or a letter and its index"):
        split("I 1")


NAMES = ("x1", "x2", "w1", "b")
TEXTS = st.recursive(
    st.sampled_from((*NAMES, "0", "2", "3/4")),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(("+", "-", "*")), inner).map(" ".join).map("({})".format),
        inner.map("-{}".format),
        inner.map("({})^2".format),
    ),
    max_leaves=8,
)


@given(TEXTS, st.tuples(*[st.fractions(-9, 9, max_denominator=7)] * len(NAMES)))
def test_multiplied_out_it_has_the_same_value(text: str, numbers: tuple[Fraction, ...]) -> None:
    values = dict(zip(NAMES, numbers, strict=True))
    node = read_formula(text)
    try:
        expanded = canonical(expand(node), KNOWN)
    except ExpressionError:  # of too high a degree
        reject()
    assert evaluate(read_formula(expanded), values) == evaluate(node, values)
