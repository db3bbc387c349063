"""The bandit of the lectures, its losses to the digit, and typical wrong ones."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from convexam.generator import rules
from convexam.generator.document import Symbol
from convexam.generator.errors import DataError
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Refused
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.bandit import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.mark import mark_problem

LECTURE = ("0111010100", [1, 0, 0, 0, 1, 0, 0, 100, 0, 0])
UNEQUAL = ("000011", [0, 0, 1, 1, 0, 1])


def case(pulled: str, rewards: list[Any], ask: str, **more: Any) -> Case[Given]:
    data = {"pulled": list(map(int, pulled)), "rewards": rewards, "ask": ask.split(), "digits": 4, **more}
    return Case(parse_value(Given, data))


def in_words(case: Case[Given], answers: dict[str, Any]) -> dict[str, str]:
    asked = {field.name: field for field in TYPE.ask(case)}
    texts = {name: rules.written(asked[name].rule, value) for name, value in answers.items()}
    return {
        name: text if isinstance(text, str) else ";".join(map(" ".join, text)) for name, text in texts.items()
    }


def solved(case: Case[Given]) -> dict[str, str]:
    key = TYPE.solve(case, {})
    assert {name: set(values) for name, values in key.items()} == {
        name: set(values) for name, values in TYPE.second(case).items()
    }
    return in_words(case, first_values(key))


def wrong(case: Case[Given], name: str) -> dict[str, str]:
    return in_words(case, dict(wrong_answers("bandit", case, [name]))[name])


def test_the_lecture() -> None:
    assert solved(case(*LECTURE, "distributions means losses loss uniform network")) == {
        "P": "3/5 2/5 0;4/5 0 1/5",
        "mean0": "2/5",
        "mean1": "20",
        "loss0": "0.6730",
        "loss1": "0.5004",
        "loss": "0.5867",
        "uniform": "1.0986",
        "inputs": "2",
        "outputs": "3",
        "function": "softmax",
        "criterion": "cross-entropy",
    }
    assert TYPE.solve(case(*LECTURE, "network"), {})["inputs"] == (2, 1)


def test_an_arm_counts_with_its_trials() -> None:
    """(4 ln 2 + 2 ln 2) / 6, and (ln 2 + 0) / 2 if the second arm is certain."""
    assert solved(case(*UNEQUAL, "losses loss")) == {"loss0": "0.6931", "loss1": "0.6931", "loss": "0.6931"}
    assert solved(case("000011", [0, 0, 1, 1, 5, 5], "losses loss")) == {
        "loss0": "0.6931",
        "loss1": "0.0000",
        "loss": "0.4621",
    }


@pytest.mark.parametrize(
    ("asked", "name", "answer"),
    [
        (
            case(*LECTURE, "distributions means"),
            "arms_pooled",
            {"P": "7/10 1/5 1/10;7/10 1/5 1/10", "mean0": "51/5", "mean1": "51/5"},
        ),
        (case(*LECTURE, "means"), "arms_swapped", {"mean0": "20", "mean1": "2/5"}),
        (case(*LECTURE, "distributions"), "joint_for_conditional", {"P": "3/10 1/5 0;2/5 0 1/10"}),
        (
            case(*LECTURE, "losses loss uniform"),
            "log_base_2",
            {"loss0": "0.9710", "loss1": "0.7219", "loss": "0.8464", "uniform": "1.5850"},
        ),
        (
            case(*LECTURE, "losses loss uniform"),
            "log_base_10",
            {"loss0": "0.2923", "loss1": "0.2173", "loss": "0.2548", "uniform": "0.4771"},
        ),
        (
            case(*LECTURE, "losses loss uniform"),
            "log_sign",
            {"loss0": "-0.6730", "loss1": "-0.5004", "loss": "-0.5867", "uniform": "-1.0986"},
        ),
        (
            case(*LECTURE, "losses loss"),
            "loss_of_most_frequent",
            {"loss0": "0.5108", "loss1": "0.2231", "loss": "0.3670"},
        ),
        (
            case(*LECTURE, "losses loss"),
            "losses_added",
            {"loss0": "0.6730", "loss1": "0.5004", "loss": "1.1734"},
        ),
        (case("000011", [0, 0, 1, 1, 5, 5], "loss"), "arms_weighted_alike", {"loss": "0.3466"}),
        (case(*LECTURE, "uniform"), "uniform_over_arms", {"uniform": "0.6931"}),
        (
            case(*LECTURE, "network"),
            "regression_for_classification",
            {"inputs": "2", "outputs": "1", "function": "linear", "criterion": "squared error"},
        ),
        (
            case(*LECTURE, "network"),
            "sigmoid_for_softmax",
            {"inputs": "2", "outputs": "3", "function": "sigmoid", "criterion": "cross-entropy"},
        ),
        (
            case(*LECTURE, "network"),
            "output_per_arm",
            {"inputs": "2", "outputs": "2", "function": "softmax", "criterion": "cross-entropy"},
        ),
    ],
)
def test_wrong_ways(asked: Case[Given], name: str, answer: dict[str, str]) -> None:
    assert wrong(asked, name) == answer
    assert solved(asked) != answer


@pytest.mark.parametrize(
    ("answers", "shares"),
    [
        # 1/2 and 1/2: ln 2 for the first arm
        (
            {
                "P": "1/2 1/2 0\n4/5 0 1/5",
                "mean0": "1/2",
                "mean1": "20",
                "loss0": "0.6931",
                "loss1": "0.5004",
                "loss": "0.5968",
            },
            [Fraction(2, 3), 1, 1, 1, 1, 1],
        ),
        (
            {
                "P": "3/5 2/5 0\n4/5 0 1/5",
                "mean0": "2/5",
                "mean1": "20",
                "loss0": "0.7730",
                "loss1": "0.5004",
                "loss": "0.6367",
            },
            [1, 1, 1, 0, 1, 1],
        ),
    ],
)
def test_an_error_is_punished_once(answers: dict[str, str], shares: list[Any]) -> None:
    asked = case(*LECTURE, "distributions means losses loss")
    spec = Spec("q", "bandit", "A bandit", {"en": ""}, Fraction(6), 1)
    problem = Problem("q", spec, asked, Fraction(6), TYPE.solve(asked, {}))
    assert [mark.credit for mark in mark_problem(problem, answers).marks] == shares


@pytest.mark.parametrize(
    ("pulled", "rewards", "more", "message"),
    [
        ("0011", [0, 1, 0], {}, "one number each for every trial"),
        ("0000", [0, 1, 0, 1], {}, "every arm from 0 to 1 at least once"),
        ("0012", [0, 1, 0, 1], {}, "every arm from 0 to 1 at least once"),
        ("0011", [1, 1, 1, 1], {}, "2 to 6 different rewards"),
        ("0011", [0, 1, 0, 1], {"ask": ["loss", "means"]}, "this order"),
        ("01" * 21, [0, 1] * 21, {}, "40"),
    ],
)
def test_what_cannot_be(pulled: str, rewards: list[int], more: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message):
        Case(parse_value(Given, {"pulled": list(map(int, pulled)), "rewards": rewards, "digits": 4, **more}))


def test_an_empty_arm_is_refused() -> None:
    params = parse_value(
        Params, {"trials": 3, "arms": 3, "rewards": {"one_of": [0, 1]}, "digits": 4, "ask": ["means"]}
    )
    reasons = set()
    for number in range(30):
        try:
            TYPE.draw(params, Stream(derive(b"bandit", [str(number)])))
        except Refused as error:
            reasons.add(error.reason)
    assert "an arm is never pulled" in reasons
    assert "an arm gives one reward only" in reasons or "two arms have the same loss" in reasons


def test_the_losses_are_worked_out() -> None:
    formulas = [
        step.latex
        for step in TYPE.work(case(*LECTURE, "distributions means losses loss uniform"))
        if isinstance(step, Symbol)
    ]
    assert formulas == [
        r"\text{mean}_{0}=\tfrac{3}{5}\cdot 0+\tfrac{2}{5}\cdot 1+0\cdot 100=\tfrac{2}{5}",
        r"\text{mean}_{1}=\tfrac{4}{5}\cdot 0+0\cdot 1+\tfrac{1}{5}\cdot 100=20",
        r"L_{0}=-\tfrac{3}{5}\ln \tfrac{3}{5}-\tfrac{2}{5}\ln \tfrac{2}{5}\approx 0.6730",
        r"L_{1}=-\tfrac{4}{5}\ln \tfrac{4}{5}-\tfrac{1}{5}\ln \tfrac{1}{5}\approx 0.5004",
        r"L\approx \frac{5}{10}\cdot 0.6730117+\frac{5}{10}\cdot 0.5004024\approx 0.5867",
        r"-\ln\frac{1}{3}=\ln 3\approx 1.0986",
    ]


def test_what_is_the_same_in_every_variant_counts_little() -> None:
    """The loss of the uniform prediction and the network follow from the arms and the rewards alone."""
    weights = {
        field.name: field.weight for field in TYPE.ask(case(*LECTURE, "distributions loss uniform network"))
    }
    assert weights["P"] == 2
    assert sum(weights[name] for name in ("inputs", "outputs", "function", "criterion")) == 1
