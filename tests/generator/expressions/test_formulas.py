"""Formulas of bank files: what they come to, by two ways, and what is said about those that are none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convexam.generator.expressions.evaluation import evaluate, holds
from convexam.generator.expressions.faults import ExpressionError
from convexam.generator.expressions.reader import read_condition, read_formula
from convexam.generator.expressions.stack_machine import computed
from convexam.generator.expressions.tree import Name, names_in, operations

VALUES: dict[str, int | Fraction] = {"n": 7, "k": 3, "p": Fraction(1, 2)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-2^2", -4),
        ("2^3^2", 512),
        ("2^-1", Fraction(1, 2)),
        ("2**-2^2", Fraction(1, 16)),
        ("2*-3+1", -5),
        ("n-k-p", Fraction(7, 2)),
        ("n/k/p", Fraction(14, 3)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("012", 12),
        ("floor((n+2*p-k)/2)+1", 3),
        ("floor(-n/2)", -4),
        ("ceil(-n/2)", -3),
        ("mod(-n, k)", 2),
        ("mod(n, -k)", -2),
        ("round(5/2)", 3),
        ("-round(-5/2)", 3),
        ("round(-n/3, 2)", Fraction(-233, 100)),
        ("abs(-n)*(k-1)", 14),
        ("max(n, k, p) - min(n, k)", 4),
        ("max(min(n, 2), k - min(1, p))", Fraction(5, 2)),
        ("+n - +k", 4),
        ("positions(n, k)", 5),
        ("positions(32, 5, 2, 2)", 16),
        ("positions(n, k, 1, 0, 2)", 3),
        ("field(3, 1, 3, 1)", 5),
        ("field(k, 2, 2, 2, k, 1)", 13),
        ("field(5, 3)", 5),
    ],
)
def test_a_formula_comes_to(text: str, value: int | Fraction) -> None:
    assert evaluate(read_formula(text), VALUES) == value
    assert computed(text, VALUES) == value


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("n == 7", True),
        ("n != 7", False),
        ("1 <= k < n", True),
        ("1 <= k < n < 7", False),
        ("n > 3 and not k == 4 or p > 3", True),
        ("not (n > 3 or k > 3)", False),
        ("(n == 2 or k == 3) and p < 1", True),
        ("n == 2 or k == 3 and p > 1", False),
    ],
)
def test_a_condition_holds(text: str, truth: bool) -> None:
    assert holds(read_condition(text), VALUES) is truth


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "at character 1: expected a number, a name or (, found the end"),
        ("2 3", "at character 3: expected an operation or the end, found '3'"),
        ("n k", "at character 3: expected an operation or the end, found 'k'"),
        ("n +", "at character 4: expected a number, a name or (, found the end"),
        ("(n", "at character 3: expected an operation or ), found the end"),
        ("n)", "at character 2: expected an operation or the end, found ')'"),
        (
            "f(n)",
            (
                "at character 1: there is no function 'f'; there are floor, ceil, round, abs, min, max, mod, "
                "positions, field"
            ),
        ),
        ("1 + flor(n)", "at character 5: there is no function 'flor'; did you mean floor?"),
        ("min(n)", "at character 1: min takes 2 to 8 arguments, found 1"),
        ("floor", "at character 1: floor is a function: write floor(...)"),
        ("n = 3", "at character 3: a single = compares nothing; write == to compare"),
        ("n + (k<2)", "at character 7: a number is needed here, found a condition"),
        ("n; k", "at character 2: ';' has no place in a formula"),
        ("__import__('os')", "at character 1: '_' has no place in a formula"),
        ("n.real", "at character 2: '.' has no place in a formula"),
        ("n × k", "at character 3: the character U+00D7 MULTIPLICATION SIGN has no place in a formula"),
        ("9" * 31, "at character 1: a number has at most 30 digits"),
        ("(" * 40, "at character 31: brackets and signs go at most 30 deep"),
        ("-" * 40 + "1", "at character 31: brackets and signs go at most 30 deep"),
        ("1+" * 200, "at character 301: an expression has at most 300 numbers, names and signs"),
        (" " * 1001, "at character 1001: an expression has at most 1000 characters"),
    ],
)
def test_what_is_no_formula(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as fault:
        read_formula(text)
    assert str(fault.value).startswith(message)


def test_a_number_is_no_condition() -> None:
    with pytest.raises(ExpressionError, match="at character 7: a condition is needed here"):
        read_condition("n and k")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("n/(k - 3)", "at character 2: this divides by zero"),
        ("mod(n, 0)", "at character 1: this divides by zero"),
        ("0^-1", "at character 2: this divides by zero"),
        ("2^p", "at character 2: an exponent is a whole number from -64 to 64"),
        ("2^65", "at character 2: an exponent is a whole number from -64 to 64"),
        ("9^64^2", "at character 2: an exponent is a whole number from -64 to 64"),
        ("((9^64)^64)^64", "at character 8: this number becomes too large"),
        ("round(n, p)", "at character 1: round takes 0 to 12 decimals"),
        (
            "positions(3, n)",
            (
                "at character 1: a window that spans 7 (kernel 7, dilation 1) does not fit into 0 + 3 + 0 = 3 cells: "
                "take a smaller kernel or dilation, or more padding"
            ),
        ),
        ("positions(p, 1)", "at character 1: sizes, kernels and steps are whole numbers up to 10000"),
        ("positions(10001, 3)", "at character 1: sizes, kernels and steps are whole numbers up to 10000"),
        ("field(3, 1, 3)", "at character 1: field takes a kernel and a stride for each layer"),
        ("field(3, 0)", "at character 1: stride must be at least 1, not 0"),
    ],
)
def test_what_has_no_value(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as fault:
        evaluate(read_formula(text), VALUES)
    assert str(fault.value) == message


FORMULAS = st.recursive(
    st.sampled_from(["n", "k", "p", "0", "2", "1.5"]),
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from(["+", "-", "*", "/", " - ", "*-"]), part).map("".join),
        part.map("({})".format),
        part.map("-({})".format),
        part.map("floor({})^2".format),
        part.map("({})^-1".format),
        part.map("-2^2*{}".format),
        st.tuples(st.sampled_from(["min", "max", "mod"]), part, part).map(
            lambda t: f"{t[0]}({t[1]}, {t[2]})"
        ),
        part.map("round({}, 1)".format),
    ),
    max_leaves=12,
)


@settings(max_examples=150)
@given(FORMULAS)
def test_both_ways_agree(text: str) -> None:
    try:
        value = evaluate(read_formula(text), VALUES)
    except ExpressionError:
        return
    assert computed(text, VALUES) == value


def test_names_and_operations_are_counted() -> None:
    tree = read_formula("n*(k + n) - max(-p, 2)")
    assert [name.name for name in names_in(tree)] == ["n", "k", "n", "p"]
    assert operations(tree) == 4
    assert read_formula("n") == Name("n")
