"""Activations: known values to the digit, typical wrong ones, and what a rounded answer may be."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest

from convexam.generator import rules
from convexam.generator.document import Message, Symbol
from convexam.generator.engine import rounded
from convexam.generator.errors import DataError
from convexam.generator.figures.model import Grid
from convexam.generator.functions import series
from convexam.generator.functions.decimals import exponential, logarithm, settled
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Refused, Rounded
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.activation import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.mark import mark_problem

PLAIN = Conventions()


def case(rows: str, functions: str, conventions: Conventions = PLAIN, **more: Any) -> Case[Given]:
    """Read a row, or maps between bars."""
    maps = [text.replace(";", "\n") for text in rows.split("|")]
    data = {"input": maps, "functions": functions.split(), **more}
    return Case(parse_value(Given, data), conventions)


def written(case: Case[Given], answers: dict[str, Any]) -> dict[str, Any]:
    asked = {field.name: field for field in TYPE.ask(case)}
    return {name: rules.written(asked[name].rule, value) for name, value in answers.items()}


def flat(value: Any) -> str:
    """Write rows as in `case`."""
    if isinstance(value, str):
        return value
    if not isinstance(value[0], tuple):
        return ", ".join(value)
    return ";".join(" ".join(row) for row in value)


def solved(case: Case[Given]) -> dict[str, str]:
    key = first_values(TYPE.solve(case, {}))
    assert key == first_values(TYPE.second(case))
    return {name: flat(value) for name, value in written(case, key).items()}


def wrong(case: Case[Given]) -> dict[str, dict[str, str]]:
    return {
        name: {field: flat(value) for field, value in written(case, answer).items()}
        for name, answer in wrong_answers("activation", case)
    }


# -- known values -------------------------------------------------------------------------------

MAP = "-3 2;0 -1"
UNIT: dict[str, Any] = {"weights": "1 -2 1/2", "bias": 1}


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        pytest.param(case(MAP, "relu"), {"relu": "0 2;0 0"}, id="E48 ReLU"),
        pytest.param(
            case(MAP, "leaky_relu", slope="0.1", digits=1),
            {"leaky_relu": "-0.3 2.0;0.0 -0.1"},
            id="E48 leaky",
        ),
        pytest.param(case(MAP, "leaky_relu", slope="1/3"), {"leaky_relu": "-1 2;0 -1/3"}, id="leaky, exact"),
        pytest.param(
            case("-4 2|-4 2", "leaky_relu", slope=["1/4", "1/2"], digits=0 + 1),
            {"leaky_relu0": "-1.0 2.0", "leaky_relu1": "-2.0 2.0"},
            id="E48 PReLU",
        ),
        pytest.param(case(MAP, "relu", bias=2), {"relu": "0 4;2 1"}, id="E36 after a bias"),
        pytest.param(
            case("-1 1;0 2", "sigmoid relu", digits=4),
            {"sigmoid": "0.2689 0.7311;0.5000 0.8808", "relu": "0 1;0 2"},
            id="E36 elementwise",
        ),
        pytest.param(
            case("1 2 3", "linear sigmoid", weights="1/2 -1 1", digits=4),
            {"linear": "3/2", "sigmoid": "0.8176"},
            id="E53",
        ),
        pytest.param(
            case("2 1 -2", "step sigmoid tanh", **UNIT, ask=["sum", "value"], digits=4),
            {"z": "0", "step": "1", "sigmoid": "0.5000", "tanh": "0.0000"},
            id="E54 at 0",
        ),
        pytest.param(
            case("3 1 -2", "step sigmoid tanh", **UNIT, ask=["sum", "value"], digits=4),
            {"z": "1", "step": "1", "sigmoid": "0.7311", "tanh": "0.7616"},
            id="E54",
        ),
        pytest.param(
            case("1 2 3", "softmax", digits=4), {"softmax": "0.0900 0.2447 0.6652"}, id="E54 softmax"
        ),
        pytest.param(
            case("1 1", "softmax", weights="1 0\n1 1\n0 3", bias=[0, 0, 0], ask=["sum", "value"], digits=4),
            {"z": "1 2 3", "softmax": "0.0900 0.2447 0.6652"},
            id="softmax of units",
        ),
        pytest.param(
            case("-2 3", "relu leaky_relu step linear", slope="1/5", ask=["derivative"]),
            {
                "relu_derivative": "0 1",
                "leaky_relu_derivative": "1/5 1",
                "step_derivative": "0 0",
                "linear_derivative": "1 1",
            },
            id="X13",
        ),
        pytest.param(
            case(
                "0 1",
                "relu leaky_relu step linear sigmoid tanh softmax",
                slope="1/5",
                ask=["range"],
                candidates=["-1", "-1/2", "0", "1/2", "1", "2"],
                digits=2,
            ),
            {
                "relu_range": "C, D, E, F",
                "leaky_relu_range": "A, B, C, D, E, F",
                "step_range": "C, E",
                "linear_range": "A, B, C, D, E, F",
                "sigmoid_range": "D",
                "tanh_range": "B, C, D",
                "softmax_range": "D",
            },
            id="X14",
        ),
    ],
)
def test_known_values(asked: Case[Given], key: dict[str, str]) -> None:
    assert solved(asked) == key


def test_channels_are_counted_from_the_origin() -> None:
    assert list(solved(case("1|2", "relu", Conventions(origin=1)))) == ["relu1", "relu2"]


# -- digits -------------------------------------------------------------------------------------


def test_nothing_is_rounded_twice() -> None:
    """To four decimals 0.44999996 is 0.4500, and that would be 0.5."""
    number = Fraction("0.44999996")
    (value,) = settled(lambda decimals: (rounded(number, decimals),), 1)
    assert rounded(value, 1) == Fraction("0.4")
    assert abs(value - number) < Fraction(1, 10**6)


def test_a_half_rounds_as_it_is() -> None:
    assert settled(lambda _: (Fraction(1, 2),), 0) == (Fraction(1, 2),)


@pytest.mark.parametrize("number", [Fraction(n, 7) for n in range(-60, 61, 7)])
def test_more_decimals_are_right_as_well(number: Fraction) -> None:
    row: Any = first_values(TYPE.solve(case(f"{number} 0", "sigmoid", digits=3), {}))["sigmoid"]
    key = row[0][0]
    exact = 1 / (1 + series.exp(-number))
    for decimals in (3, 4, 5, 6, 9, 12):
        assert rules.equal(Rounded(3), rounded(exact, decimals), key)
    assert rules.written(Rounded(3), key) == rules.written(Rounded(3), exact)


@pytest.mark.parametrize("number", [Fraction(1, 9), Fraction(2, 3), 1, Fraction(7, 5), 2, 10, 1000])
def test_two_ways_to_exponentials_and_logarithms(number: Any) -> None:
    assert abs(series.ln(number) - logarithm(number)) < Fraction(1, 10**58)
    assert math.isclose(series.ln(number), math.log(number), abs_tol=1e-15)
    if number <= 50:
        assert abs(series.exp(-number) - exponential(-number)) < Fraction(1, 10**58)
        assert math.isclose(series.exp(number), math.exp(number))
        assert abs(series.ln(series.exp(number)) - number) < Fraction(1, 10**58)


# -- wrong ways ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "name", "answer"),
    [
        (case(MAP, "relu"), "relu_abs", {"relu": "3 2;0 1"}),
        (case(MAP, "relu"), "relu_skipped", {"relu": MAP}),
        (case(MAP, "relu"), "relu_negative_kept", {"relu": "-3 0;0 -1"}),
        (case("-2 4", "leaky_relu", slope="1/2"), "slope_wrong_side", {"leaky_relu": "-2 2"}),
        (case("-2 4", "leaky_relu", slope="1/2"), "slope_forgotten", {"leaky_relu": "0 4"}),
        (case("-2 4", "leaky_relu", slope="1/2"), "relu_skipped", {"leaky_relu": "-2 4"}),
        (
            case("-2|-2", "leaky_relu", slope=["1/2", "1/4"]),
            "slopes_swapped",
            {"leaky_relu0": "-1/2", "leaky_relu1": "-1"},
        ),
        (case("-2 0 4", "step"), "step_swapped", {"step": "1 0 0"}),
        (case("-2 0 4", "step"), "sign_for_step", {"step": "-1 0 1"}),
        (case("1 0", "sigmoid", digits=4), "sigmoid_sign", {"sigmoid": "0.2689 0.5000"}),
        (case("1 0", "sigmoid", digits=4), "tanh_for_sigmoid", {"sigmoid": "0.7616 0.0000"}),
        (case("1 0", "tanh", digits=4), "sigmoid_for_tanh", {"tanh": "0.7311 0.5000"}),
        (case("1 3", "softmax", digits=2), "no_exponential", {"softmax": "0.25 0.75"}),
        (case("1 3", "softmax", digits=2), "exponential_base_2", {"softmax": "0.20 0.80"}),
        (case("0 1", "softmax", digits=4), "sigmoid_per_component", {"softmax": "0.5000 0.7311"}),
        (case("0 1", "softmax", digits=4), "exponentials_not_normalised", {"softmax": "1.0000 2.7183"}),
        (case("0 1", "softmax", digits=1), "largest_takes_all", {"softmax": "0.0 1.0"}),
        (case("-2 3", "relu", ask=["derivative"]), "relu_never_saturates", {"relu_derivative": "1 1"}),
        (
            case("-2 3", "relu leaky_relu", slope="1/4", ask=["derivative"]),
            "relu_never_saturates",
            {"relu_derivative": "1 1", "leaky_relu_derivative": "1/4 1"},
        ),
        (case("-2 3", "relu", ask=["derivative"]), "value_for_derivative", {"relu_derivative": "0 3"}),
        (
            case("0", "sigmoid", ask=["range"], candidates=[0, "1/2", 1, 2], digits=2),
            "closed_interval",
            {"sigmoid_range": "A, B, C"},
        ),
        (case("-3 1", "relu", bias=2), "bias_forgotten", {"relu": "0 1"}),
        (case("-3 1", "relu", bias=2), "bias_sign", {"relu": "0 0"}),
        (case("-3 1", "relu", bias=2), "activation_before_bias", {"relu": "2 3"}),
        (
            case("1 1", "relu", weights="1 -3\n2 0", bias=[1, -1], ask=["sum", "value"]),
            "activation_before_bias",
            {"z": "-2 2", "relu": "1 1"},
        ),
    ],
)
def test_wrong_ways(asked: Case[Given], name: str, answer: dict[str, str]) -> None:
    assert wrong(asked)[name] == answer
    assert solved(asked) != answer


def test_a_relu_is_taken_for_three_things() -> None:
    assert set(wrong(case(MAP, "relu"))) == {"relu_abs", "relu_skipped", "relu_negative_kept"}


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (case("-1 1", "softmax", digits=2), "no_exponential"),  # the sum is 0
        (case("1/2 1", "softmax", digits=2), "exponential_base_2"),  # no fraction
    ],
)
def test_what_has_no_answer_is_left_out(asked: Case[Given], name: str) -> None:
    assert name not in wrong(asked)


# -- an error is punished once ------------------------------------------------------------------


def test_later_answers_follow_from_the_students_own_sum() -> None:
    asked = case("3 1 -2", "step sigmoid", **UNIT, ask=["sum", "value"], digits=4)
    spec = Spec("q", "activation", "A unit", {"en": ""}, Fraction(3), 1)
    problem = Problem("q", spec, asked, Fraction(3), TYPE.solve(asked, {}))
    marked = mark_problem(problem, {"z": "3", "step": "1", "sigmoid": "0.9526"})
    assert [mark.credit for mark in marked.marks] == [0, 1, 1]


# -- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "functions", "more", "message"),
    [
        ("1 2|3", "relu", {}, "all of one size"),
        ("1 2;3 4", "relu", {"weights": "1 2"}, "in a single row"),
        ("1 2", "relu", {"weights": "1 2 3"}, "as many columns"),
        ("1 2", "relu", {"bias": [1, 2]}, "one number for each map or unit: 1"),
        ("1 2", "leaky_relu", {}, "'slope' goes with leaky_relu"),
        ("1 2", "relu", {"slope": "1/2"}, "'slope' goes with leaky_relu"),
        ("1 2", "leaky_relu", {"slope": [0, "1/2"]}, "one number for each map: 1"),
        ("1 2", "leaky_relu", {"slope": 1}, "less than 1"),
        ("1 2", "sigmoid", {}, "'digits' says"),
        ("1;2", "softmax", {"digits": 2}, "a single row of two numbers"),
        ("1 2", "softmax", {"weights": "1 2", "digits": 2}, "two units or more"),
        ("1 2", "relu", {"ask": ["range"]}, "'candidates' goes with 'range'"),
        ("1 2", "relu", {"candidates": [1]}, "'candidates' goes with 'range'"),
        ("1 2", "sigmoid", {"ask": ["derivative"], "digits": 2}, "'derivative' is asked of relu"),
        ("1 0", "relu", {"ask": ["derivative"]}, "numbers other than 0"),
        ("51 0", "sigmoid", {"digits": 2}, "from -50 to 50, not of 51"),
        ("1 " * 100 + ("|" + "1 " * 100) * 4, "relu", {}, "at most 400 numbers"),
        ("1 2", "relu relu", {}, "relu stands here twice"),
    ],
)
def test_what_cannot_be(rows: str, functions: str, more: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message):
        case(rows, functions, **more)


# -- worked steps -------------------------------------------------------------------------------


def steps(case: Case[Given]) -> list[str]:
    return [
        step.latex if isinstance(step, Symbol) else step.text
        for step in TYPE.work(case)
        if isinstance(step, (Message, Symbol))
    ]


def test_a_unit_is_worked_out() -> None:
    assert steps(case("3 1 -2", "sigmoid", **UNIT, digits=4)) == [
        "Multiply each number by its weight, add the products, and add the bias:",
        r"z=1\cdot 3+(-2)\cdot 1+\tfrac{1}{2}\cdot (-2)+1=1",
        r"\sigma(z)=\frac{1}{1+e^{-z}}",
        r"\sigma(1)=\frac{1}{1+e^{-1}}\approx \frac{1}{1+0.36788}\approx 0.7311",
    ]


def test_a_softmax_is_worked_out() -> None:
    assert steps(case("0 2", "softmax", digits=2)) == [
        r"\text{softmax}(z)_{k}=\frac{e^{z_{k}}}{\sum_{j}e^{z_{j}}}",
        r"e^{0}=1,\quad e^{2}\approx 7.389",
        r"S=1+7.389\approx 8.389",
        r"\text{softmax}(z)_{0}=\frac{1}{S}\approx 0.12",
        r"\text{softmax}(z)_{1}=\frac{7.389}{S}\approx 0.88",
    ]


def test_negative_cells_are_marked() -> None:
    grids = [step for step in TYPE.work(case(MAP, "relu")) if isinstance(step, Grid)]
    assert grids[0].marked == {(0, 0), (1, 1)}
    assert grids[1].rows == (("0", "2"), ("0", "0"))


# -- draws --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        (
            {"input": {"shape": [1, 1, 2], "one_of": [7]}, "functions": ["tanh"], "digits": 3},
            "rounds to a limit",
        ),
        (
            {"input": {"shape": [1, 1, 2], "one_of": [0]}, "functions": ["relu"], "ask": ["derivative"]},
            "do not go with what is asked",
        ),
        (
            {
                "input": {"shape": [2, 1, 2], "one_of": [1]},
                "functions": ["leaky_relu"],
                "slope": {"one_of": [0]},
            },
            "the same slope",
        ),
        (
            {
                "input": {"shape": [1, 1, 2], "one_of": [1]},
                "functions": ["softmax"],
                "weights": {"shape": [2, 2], "one_of": [1]},
                "digits": 3,
            },
            "two units are alike",
        ),
    ],
)
def test_draws_that_are_not_worth_asking(params: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        TYPE.draw(parse_value(Params, params), Stream(derive(b"activation", ["draw"])))
