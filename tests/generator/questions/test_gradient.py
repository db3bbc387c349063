"""Gradients: hand-computed cases, wrong ways written a second time, the chain rule, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain
from typing import Any

import pytest

from convexam.generator.compose import draw_problem
from convexam.generator.document import Lines, Symbol
from convexam.generator.errors import DataError
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Refused
from convexam.generator.questions.gradient import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain_formula import plain_formula
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.mark import mark_problem
from convexam.grader.model import Verdict

from ...shipped import shipped_bank

BANK = shipped_bank()
PLAIN = Conventions()
TURNED = Conventions(operation="convolution")

Rows = tuple[tuple[Any, ...], ...]


def rows(text: str) -> Rows:
    return tuple(tuple(Fraction(cell) for cell in line.split()) for line in text.split(";"))


def case(conventions: Conventions = PLAIN, **given: Any) -> Case[Given]:
    maps = {name: text.replace(";", "\n") for name, text in given.items() if name in MAPS}
    return Case(parse_value(Given, {**given, **maps}), conventions)


MAPS = ("input", "kernel", "grad", "target")


def answer(case: Case[Given]) -> dict[str, Any]:
    return first_values(TYPE.solve(case, {}))


def wrong(case: Case[Given], name: str) -> dict[str, Any]:
    return dict(wrong_answers("gradient", case))[name]


CONV: dict[str, Any] = {"of": "conv", "input": "1 2 3;4 5 6;7 8 9", "kernel": "1 2;3 4", "grad": "1 0;2 -1"}
WEIGHT = {**CONV, "with_respect_to": ["weight"]}
INPUT = {**CONV, "with_respect_to": ["input"]}
STRIDED: dict[str, Any] = {
    "of": "conv",
    "input": "1 2 3;4 5 6;7 8 9",
    "kernel": "1 2 3;4 5 6;7 8 9",
    "stride": 2,
    "padding": 1,
    "grad": "1 2;3 4",
}
MAX: dict[str, Any] = {
    "of": "max",
    "with_respect_to": ["input"],
    "input": "1 2 3;4 9 6;7 8 5",
    "window": 2,
    "stride": 1,
}
CHAIN: dict[str, Any] = {
    "of": "conv",
    "with_respect_to": ["weight", "bias"],
    "input": "1 -1;2 0;-3 1",
    "kernel": "1 2",
    "bias": 2,
    "relu": True,
    "loss": "squared",
    "target": "3;1;2",
    "rate": "1/2",
}

# -- known answers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # 1*1 + 0*2 + 2*4 - 1*5 = 4, and so on with the window moved
        (WEIGHT, {"dW": "4 6;10 12"}),
        ({**WEIGHT, "with_respect_to": ["weight", "bias"]}, {"dW": "4 6;10 12", "db": 2}),
        ({**WEIGHT, "cell": [1, 0]}, {"dW": 10}),
        ({**WEIGHT, "cell": [1, 0], "rate": "1/2"}, {"dW": 10, "W_new": -2}),
        ({**WEIGHT, "rate": "1/10"}, {"dW": "4 6;10 12", "W_new": "6/10 14/10;2 28/10"}),
        # every cell of dY stamps the kernel
        (INPUT, {"dX": "1 2 0;5 7 -2;6 5 -4"}),
        ({**INPUT, "cell": [2, 2]}, {"dX": -4}),
        ({**STRIDED, "with_respect_to": ["weight"]}, {"dW": "20 36 15;36 64 26;10 16 5"}),
        ({**STRIDED, "with_respect_to": ["input"]}, {"dX": "5 14 10;14 36 24;15 34 20"}),
        ({**MAX, "grad": "1 2;3 -4"}, {"dX": "0 0 0;0 2 0;0 0 0"}),
        ({**MAX, "input": "1 2;3 4", "grad": "5"}, {"dX": "0 0;0 5"}),
        ({**MAX, "of": "avg", "grad": "4 8;0 -4"}, {"dX": "1 3 2;1 2 1;0 -1 -1"}),
        # Y = 1, 4, 1: all positive; dY = Y - T
        (
            CHAIN,
            {"Y": "1;4;1", "dY": "-2;3;-1", "dW": "7 1", "db": 0, "W_new": "-5/2 3/2", "b_new": 2},
        ),
        # with bias 0 the first and the last cell are negative, and only the second lets the gradient pass
        (
            {**CHAIN, "bias": 0},
            {"Y": "-1;2;-1", "dY": "0;1;0", "dW": "2 0", "db": 1, "W_new": "0 2", "b_new": Fraction(-1, 2)},
        ),
        (
            {"of": "conv", "input": "1 2;3 4", "kernel": "5", "with_respect_to": ["weight"], "loss": "sum"},
            {"dY": "1 1;1 1", "dW": "10"},
        ),
    ],
)
def test_known_answers(given: dict[str, Any], expected: dict[str, Any]) -> None:
    solved = case(**given)
    key = {name: rows(text) if isinstance(text, str) else text for name, text in expected.items()}
    assert answer(solved) == key == first_values(TYPE.second(solved))


def test_a_true_convolution_turns_the_kernel_and_its_gradient() -> None:
    assert answer(case(TURNED, **WEIGHT)) == {"dW": rows("12 10;6 4")}
    assert answer(case(TURNED, **INPUT)) == {"dX": rows("4 3 0;10 3 -3;4 0 -1")}
    assert answer(case(TURNED, **MAX, grad="1 2;3 -4")) == {"dX": rows("0 0 0;0 2 0;0 0 0")}


def test_one_output_cell_changes_with_a_weight_as_the_cell_says_that_it_meets() -> None:
    """The derivative of Y[1, 0] by W is the window of Y[1, 0]."""
    assert answer(Case(BANK["gradient/one-output-cell"].given)) == {"dW": rows("0 4;5 -2")}


def test_a_step_lowers_the_loss() -> None:
    stepped = answer(case(**{**CHAIN, "rate": "1/100"}))
    (weights,) = stepped["W_new"]
    moved = {"kernel": " ".join(map(str, weights)), "bias": str(stepped["b_new"])}
    assert loss(answer(case(**{**CHAIN, **moved}))) < loss(answer(case(**CHAIN)))


def loss(answers: dict[str, Any]) -> Fraction:
    cells = zip(answers["Y"], rows(CHAIN["target"]), strict=True)
    return sum(((max(cell, 0) - wanted) ** 2 for (cell,), (wanted,) in cells), Fraction()) / 2


# -- wrong answers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "name", "expected"),
    [
        (WEIGHT, "mean_over_positions", {"dW": "1 3/2;5/2 3"}),
        (WEIGHT, "gradient_turned", {"dW": "12 10;6 4"}),
        (WEIGHT, "gradient_transposed", {"dW": "4 10;6 12"}),
        (WEIGHT, "forward_for_backward", {"dW": "37 47;67 77"}),
        (INPUT, "backward_kernel_turned", {"dX": "4 3 0;10 3 -3;4 0 -1"}),
        (INPUT, "gradient_transposed", {"dX": "1 5 6;2 7 5;0 -2 -4"}),
        # the four windows begin at neighbouring cells of the padded image
        (
            {**STRIDED, "with_respect_to": ["weight"]},
            "stride_not_dilated",
            {"dW": "4 11 18;18 37 47;36 67 77"},
        ),
        # dY stamps the kernel at stride 1; what falls into the padding is lost
        (
            {**STRIDED, "with_respect_to": ["input"]},
            "stride_not_dilated",
            {"dX": "23 33 24;53 63 42;52 59 36"},
        ),
        # all padding behind the image: the first window is the image itself
        ({**STRIDED, "with_respect_to": ["weight"]}, "padding_shifted", {"dW": "64 26 30;16 5 6;25 8 9"}),
        ({**STRIDED, "with_respect_to": ["input"]}, "padding_shifted", {"dX": "1 2 5;4 5 14;10 14 36"}),
        ({**WEIGHT, "with_respect_to": ["bias"]}, "bias_gradient_one", {"db": 1}),
        ({**WEIGHT, "with_respect_to": ["bias"], "grad": "3 0;2 -1"}, "bias_one_cell", {"db": 3}),
        ({**WEIGHT, "with_respect_to": ["bias"]}, "mean_over_positions", {"db": Fraction(1, 2)}),
        ({**MAX, "grad": "4 8;0 -4"}, "max_gradient_shared", {"dX": "1 3 2;1 2 1;0 -1 -1"}),
        ({**MAX, "grad": "1 2;0 -1"}, "gradient_to_all", {"dX": "1 3 2;1 2 1;0 -1 -1"}),
        ({**MAX, "of": "avg", "grad": "1 2;3 -4"}, "avg_gradient_to_max", {"dX": "0 0 0;0 2 0;0 0 0"}),
        ({**MAX, "of": "avg", "grad": "1 2;0 -1"}, "gradient_to_all", {"dX": "1 3 2;1 2 1;0 -1 -1"}),
        ({**MAX, "input": "1 2;3 4", "grad": "8"}, "max_gradient_shared", {"dX": "2 2;2 2"}),
        ({**WEIGHT, "rate": "1/10"}, "update_added", {"dW": "4 6;10 12", "W_new": "14/10 26/10;4 52/10"}),
        ({**WEIGHT, "rate": "1/10"}, "rate_forgotten", {"dW": "4 6;10 12", "W_new": "-3 -4;-7 -8"}),
    ],
)
def test_wrong_answers(given: dict[str, Any], name: str, expected: dict[str, Any]) -> None:
    shown = {key: rows(text) if isinstance(text, str) else text for key, text in expected.items()}
    assert wrong(case(**given), name) == shown


@pytest.mark.parametrize(
    ("name", "back"),
    [
        ("relu_mask_forgotten", "-3;1;-2"),
        ("relu_on_gradient", "0;1;0"),
        ("outer_derivative_forgotten", "0;1;0"),
        ("target_minus_output", "0;-1;0"),
    ],
)
def test_wrong_turns_of_the_chain_rule(name: str, back: str) -> None:
    found = wrong(case(**{**CHAIN, "bias": 0}), name)
    assert (found["Y"], found["dY"]) == (rows("-1;2;-1"), rows(back))


def test_relu_cuts_what_its_input_says_and_not_the_gradient() -> None:
    found = wrong(case(**CHAIN), "relu_on_gradient")
    assert found["dY"] == rows("0;3;0")
    assert found["dW"] == rows("6 0")


def test_a_kernel_turned_forward_is_named_where_the_forward_pass_is_asked() -> None:
    assert wrong(case(**CHAIN), "extra_flip")["Y"] == rows("3;6;-3")
    assert "extra_flip" not in dict(wrong_answers("gradient", case(**WEIGHT)))


# -- errors carried forward ---------------------------------------------------------------------


def test_an_error_is_punished_once() -> None:
    stream = Stream(derive(b"gradient", ["carry"]))
    problem = draw_problem(
        BANK["gradient/descent"], stream, item="q", origin=BANK.origins["gradient/descent"]
    )
    given = problem.case.given
    key: dict[str, Any] = first_values(problem.key)
    slope = [list(row) for row in key["dW"]]
    slope[0][0] += 1
    stepped = [
        [weight - given.rate * change for weight, change in zip(*pair, strict=True)]
        for pair in zip(given.kernel, slope, strict=True)
    ]
    typed = {
        name: "\n".join(" ".join(map(str, row)) for row in cells)
        for name, cells in (("dW", slope), ("W_new", stepped))
    }
    marks = {mark.field: mark for mark in mark_problem(problem, typed).marks}
    assert marks["dW"].verdict is Verdict.PARTIAL
    assert (marks["W_new"].verdict, marks["W_new"].against) == (Verdict.RIGHT, "own")


# -- worked steps -------------------------------------------------------------------------------


def formulas(solved: Case[Given]) -> list[str]:
    return [plain_formula(step.latex) for step in TYPE.work(solved) if isinstance(step, Symbol)]


def test_every_weight_is_written_out() -> None:
    assert formulas(case(**WEIGHT, rate="1/2"))[:6] == [
        "dW₀,₀ = 1 · 1 + 0 · 2 + 2 · 4 + (−1) · 5 = 4",
        "dW₀,₁ = 1 · 2 + 0 · 3 + 2 · 5 + (−1) · 6 = 6",
        "dW₁,₀ = 1 · 4 + 0 · 5 + 2 · 7 + (−1) · 8 = 10",
        "dW₁,₁ = 1 · 5 + 0 · 6 + 2 · 8 + (−1) · 9 = 12",
        "W′ = W − α · dW",
        "W′₀,₀ = 1 − 1/2 · 4 = −1",
    ]


def test_the_chain_rule_is_written_out() -> None:
    found = formulas(case(**{**CHAIN, "bias": 0}))
    assert found[:3] == [
        "Y₀,₀ = 1 · 1 + (−1) · 2 = −1",
        "Y₁,₀ = 2 · 1 + 0 · 2 = 2",
        "Y₂,₀ = (−3) · 1 + 1 · 2 = −1",
    ]
    assert found[4:7] == ["dY₀,₀ = (0 − 3) · 0 = 0", "dY₁,₀ = (2 − 1) · 1 = 1", "dY₂,₀ = (0 − 2) · 0 = 0"]
    assert found[-1] == "b′ = 0 − 1/2 · 1 = −1/2"


def test_the_winners_of_the_windows_are_named_from_the_origin() -> None:
    solved = case(Conventions(origin=1), **MAX, grad="1 2;3 -4")
    (lines,) = (step for step in TYPE.work(solved) if isinstance(step, Lines))
    assert [item.values["place"] for item in lines.items] == [Symbol("X_{2,2}")] * 4
    assert [item.values["grad"] for item in lines.items] == [1, 2, 3, -4]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (WEIGHT, {"X", "W", "operation", "dY"}),
        ({**WEIGHT, "bias": 2, "rate": "1/2", "cell": [0, 0]}, {"X", "W", "operation", "dY", "rate", "cell"}),
        ({**MAX, "grad": "1 2;3 4"}, {"X", "window", "stride", "dY"}),
        (CHAIN, {"X", "W", "b", "operation", "loss", "T", "rate"}),
    ],
)
def test_what_a_prompt_has_to_show(given: dict[str, Any], names: set[str]) -> None:
    asked = case(**given)
    assert set(TYPE.essential(asked)) == names <= set(TYPE.show(asked))


def test_effort_counts_products_of_numbers_that_are_not_zero() -> None:
    effort = TYPE.effort(case(**WEIGHT))
    assert (effort.products, effort.negatives, effort.digits) == (12, 4, 2)


# -- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({**WEIGHT, "grad": "1 0"}, "'grad' needs the size of the output: 2 x 2"),
        ({**WEIGHT, "cell": [2, 0]}, "'cell' lies outside"),
        ({**WEIGHT, "with_respect_to": ["bias"], "cell": [0, 0]}, "'cell' is an entry"),
        ({**WEIGHT, "with_respect_to": ["weight", "weight"]}, "stands here twice"),
        ({**WEIGHT, "stride": 2}, "needs to end with the padded input"),
        ({**WEIGHT, "window": 2}, "a pooling 'window'"),
        ({**WEIGHT, "loss": "sum"}, "either 'grad' or"),
        ({**WEIGHT, "relu": True}, "'relu' with any loss"),
        ({**WEIGHT, "rate": 0}, "'rate' needs to be above 0"),
        ({**INPUT, "rate": "1/2"}, "'rate' does not go with the input"),
        ({**MAX, "grad": "1 2;3 4", "padding": 1}, "no padding here"),
        ({**MAX, "input": "1 2 2;1 2 0;0 1 5", "grad": "1 2;3 4"}, "two largest numbers"),
        ({**CHAIN, "bias": 1}, "ReLU has no derivative at 0"),
        ({**WEIGHT, "input": ";".join(["1 " * 100] * 100), "kernel": "1 1;1 1"}, "too large"),
        ({**WEIGHT, "input": ";".join(["1 " * 64] * 64), "stride": 62, "grad": "1 2;3 4"}, "too large"),
        ({**WEIGHT, "input": "1", "kernel": "1", "padding": 16, "grad": "1"}, "too large"),
    ],
)
def test_what_cannot_be_given(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(DataError, match=complaint):
        case(**given)


def test_draws_without_a_derivative_are_refused() -> None:
    flat = {"of": "max", "with_respect_to": ["input"], "input": {"shape": [2, 2], "from": 1, "to": 1}}
    params = parse_value(Params, {**flat, "window": 2, "grad": {"from": 1, "to": 2}})
    with pytest.raises(Refused, match="two largest numbers"):
        TYPE.draw(params, Stream(derive(b"gradient", ["refused"])))


# -- a property ---------------------------------------------------------------------------------


@pytest.mark.parametrize("conventions", [Conventions(), TURNED])
def test_what_comes_back_and_what_goes_in_have_the_same_product(conventions: Conventions) -> None:
    """A convolution is linear in image and kernel: <dX, X> = <dW, W> as both are <dY, Y>."""
    base = {**STRIDED, "input": "1 -2 3;0 5 -6;7 2 9", "kernel": "1 2 -3;4 0 6;-7 8 2"}
    solved = answer(case(conventions, **base, with_respect_to=["weight", "input"]))

    assert inner(solved["dX"], rows(base["input"])) == inner(solved["dW"], rows(base["kernel"]))


def inner(one: Rows, other: Rows) -> Fraction:
    return sum((a * b for a, b in zip(chain(*one), chain(*other), strict=True)), Fraction())
