"""Softmax, loss and class: known values to the digit, typical wrong ones, and errors carried forward."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest

from convexam.generator import rules
from convexam.generator.document import Message, Symbol
from convexam.generator.errors import DataError
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.cross_entropy import TYPE, Given
from convexam.generator.reading.schema import parse_value
from convexam.grader.marking.mark import mark_problem
from convexam.grader.model import ItemResult

PLAIN = Conventions()
FROM_1 = Conventions(origin=1)


def case(logits: str, labels: list[int], conventions: Conventions = PLAIN, **more: Any) -> Case[Given]:
    data = {"logits": logits.replace(";", "\n"), "labels": labels, "digits": 4, **more}
    return Case(parse_value(Given, data), conventions)


def in_words(case: Case[Given], answers: dict[str, Any]) -> list[Any]:
    """Write the answers as they are printed, maps as rows."""
    asked = {field.name: field for field in TYPE.ask(case)}
    texts = (rules.written(asked[name].rule, value) for name, value in answers.items())
    return [text if isinstance(text, str) else ";".join(map(" ".join, text)) for text in texts]


def solved(case: Case[Given]) -> list[Any]:
    key = TYPE.solve(case, {})
    assert {name: set(values) for name, values in key.items()} == {
        name: set(values) for name, values in TYPE.second(case).items()
    }
    return in_words(case, first_values(key))


def wrong(case: Case[Given]) -> dict[str, list[Any]]:
    return {name: in_words(case, answer) for name, answer in wrong_answers("cross_entropy", case)}


# -- known values -------------------------------------------------------------------------------

BATCH = case("3 1 0;0 2 1", [0, 2])
YES_NO = case("2;-1", [1, 1], function="sigmoid")


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        pytest.param(case("1 2 3", [2]), ["0.0900 0.2447 0.6652", "0.4076", "2"], id="E56 right"),
        pytest.param(case("1 2 3", [0]), ["0.0900 0.2447 0.6652", "2.4076", "2"], id="E56 wrong"),
        pytest.param(case("1 2 3", [0], FROM_1), ["0.0900 0.2447 0.6652", "2.4076", "3"], id="from 1"),
        pytest.param(
            BATCH, ["0.8438 0.1142 0.0420;0.0900 0.6652 0.2447", "0.7887", "0", "1"], id="E56 batch"
        ),
        pytest.param(case("5 5 5", [1], ask=["loss"]), ["1.0986"], id="ln 3"),
        pytest.param(YES_NO, ["0.8808;0.2689", "0.7201", "1", "0"], id="E53 logistic"),
        pytest.param(
            case("1", [0], function="sigmoid", conventions=FROM_1),
            ["0.7311", "1.3133", "1"],
            id="one, class 1",
        ),
    ],
)
def test_known_values(asked: Case[Given], key: list[str]) -> None:
    assert solved(asked) == key


def test_both_of_two_equal_classes_are_right() -> None:
    assert TYPE.solve(case("2 2 1", [0], ask=["class"]), {})["class"] == (0, 1)
    assert set(TYPE.second(case("2 2 1", [0], ask=["class"]))["class"]) == {0, 1}
    assert TYPE.solve(case("0", [0], function="sigmoid", ask=["class"]), {})["class"] == (0, 1)


@pytest.mark.parametrize("shift", [1, Fraction(-7, 2)])
def test_a_shift_of_all_logits_changes_nothing(shift: Any) -> None:
    moved = case(" ".join(str(z + shift) for z in (3, 1, 0)), [1])
    assert TYPE.solve(moved, {}) == TYPE.solve(case("3 1 0", [1]), {})


def test_the_loss_is_the_mean_over_the_samples() -> None:
    one, other = case("3 1 0", [0], digits=8), case("0 2 1", [2], digits=8)
    both = case("3 1 0;0 2 1", [0, 2], digits=8)
    losses = [float(first_values(TYPE.solve(each, {}))["loss"]) for each in (one, other, both)]  # type: ignore[arg-type]
    assert math.isclose(losses[2], (losses[0] + losses[1]) / 2, abs_tol=1e-10)


# -- wrong ways ---------------------------------------------------------------------------------

ROWS = "0.8438 0.1142 0.0420;0.0900 0.6652 0.2447"


@pytest.mark.parametrize(
    ("asked", "name", "answer"),
    [
        (case("1 2 3", [2]), "no_exponential", ["0.1667 0.3333 0.5000", "0.6931", "2"]),
        (case("1 2 3", [2]), "exponential_base_2", ["0.1429 0.2857 0.5714", "0.5596", "2"]),
        (case("1 2 3", [2]), "sigmoid_per_component", ["0.7311 0.8808 0.9526", "0.0486", "2"]),
        (case("1 2 3", [2]), "exponentials_not_normalised", ["2.7183 7.3891 20.0855", "-3.0000", "2"]),
        (case("1 2 3", [2]), "largest_takes_all", ["0.0000 0.0000 1.0000", "0.0000", "2"]),
        (case("1 2 3", [2]), "class_from_other_origin", ["0.0900 0.2447 0.6652", "0.4076", "3"]),
        (case("1 2 3", [2], FROM_1), "class_from_other_origin", ["0.0900 0.2447 0.6652", "0.4076", "2"]),
        (BATCH, "log_base_2", [ROWS, "1.1379", "0", "1"]),
        (BATCH, "log_base_10", [ROWS, "0.3425", "0", "1"]),
        (BATCH, "log_sign", [ROWS, "-0.7887", "0", "1"]),
        (BATCH, "sum_not_mean", [ROWS, "1.5775", "0", "1"]),
        (BATCH, "largest_probability", [ROWS, "0.2887", "0", "1"]),
        (BATCH, "complement_probability", [ROWS, "1.0686", "0", "1"]),
        (BATCH, "loss_over_all_classes", [ROWS, "4.8662", "0", "1"]),
        (BATCH, "label_for_prediction", [ROWS, "0.7887", "0", "2"]),
        (YES_NO, "sigmoid_sign", ["0.1192;0.7311", "1.2201", "0", "1"]),
        (YES_NO, "complement_probability", ["0.8808;0.2689", "1.2201", "1", "0"]),
    ],
)
def test_wrong_ways(asked: Case[Given], name: str, answer: list[str]) -> None:
    assert wrong(asked)[name] == answer
    assert solved(asked) != answer


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        pytest.param(case("-1 2 3", [0]), "no_exponential", id="no logarithm of what is negative"),
        pytest.param(case("1 2 3", [0]), "largest_takes_all", id="no logarithm of 0"),
        pytest.param(case("1 2 3", [0]), "sum_not_mean", id="one sample"),
        pytest.param(case("1 2 3", [0]), "sigmoid_sign", id="no sigmoid"),
        pytest.param(YES_NO, "class_from_other_origin", id="classes 0 and 1 are named"),
        pytest.param(case("1 2 3", [0], ask=["class"]), "log_base_2", id="no loss"),
    ],
)
def test_what_has_no_answer_is_left_out(asked: Case[Given], name: str) -> None:
    assert name not in wrong(asked)


# -- an error is punished once ------------------------------------------------------------------


def marked(asked: Case[Given], **answers: str) -> ItemResult:
    spec = Spec("q", "cross_entropy", "A loss", {"en": ""}, Fraction(3), 1)
    return mark_problem(Problem("q", spec, asked, Fraction(3), TYPE.solve(asked, {})), answers)


@pytest.mark.parametrize(
    ("asked", "answers", "shares"),
    [
        pytest.param(
            case("1 2 3", [2]), {"p": "0.1 0.6 0.3", "loss": "1.2040", "class": "1"}, [0, 1, 1], id="one row"
        ),
        pytest.param(
            BATCH,
            {"p": "0.5 0.3 0.2\n0.2 0.4 0.4", "loss": "0.8047", "class0": "0", "class1": "2"},
            [0, 1, 1, 1],
            id="two rows",
        ),
        pytest.param(
            case("1", [0], function="sigmoid"), {"p": "0.2689", "loss": "0.3132", "class": "0"}, [0, 1, 1]
        ),
        pytest.param(
            case("1 2 3", [2]), {"p": "0.1 0.6 0.3", "loss": "0.4", "class": "0"}, [0, 0, 0], id="follows not"
        ),
    ],
)
def test_loss_and_class_follow_from_the_students_own_probabilities(
    asked: Case[Given], answers: dict[str, str], shares: list[int]
) -> None:
    assert [mark.credit for mark in marked(asked, **answers).marks] == shares


def test_a_loss_from_rounded_probabilities_counts() -> None:
    """-ln 0.0900 is 2.4079, and the key 2.4076."""
    result = marked(case("1 2 3", [0]), p="0.0900 0.2447 0.6652", loss="2.4079", **{"class": "2"})
    assert [mark.credit for mark in result.marks] == [1, 1, 1]
    assert result.marks[1].against == "own"


# -- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("logits", "labels", "more", "message"),
    [
        ("1 2", [0, 1], {}, "one class for each of the 1 samples"),
        ("1 2", [2], {}, "classes from 0 to 1"),
        ("1 2", [0], {"function": "sigmoid"}, "one column with a sigmoid"),
        ("1;2", [0, 1], {}, "one column with a sigmoid"),
        ("60 2", [0], {}, "from -50 to 50"),
        ("1 2", [0], {"ask": ["class", "loss"]}, "this order: probabilities, loss, class"),
        ("1 2", [0], {"digits": 9}, "digits"),
        (" 1" * 61, [0], {}, "at most 60 probabilities"),
    ],
)
def test_what_cannot_be(logits: str, labels: list[int], more: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message):
        case(logits, labels, **more)


# -- worked steps -------------------------------------------------------------------------------


def test_a_batch_is_worked_out() -> None:
    steps = [step.latex if isinstance(step, Symbol) else step for step in TYPE.work(case("0 1;1 0", [0, 0]))]
    assert [step.text if isinstance(step, Message) else step for step in steps] == [
        r"\text{softmax}(z)_{k}=\frac{e^{z_{k}}}{\sum_{j}e^{z_{j}}}",
        "Row {{ number }}:",
        r"e^{0}=1,\quad e^{1}\approx 2.71828",
        r"S=1+2.71828\approx 3.71828",
        r"\Lambda_{0,0}=\frac{1}{S}\approx 0.2689",
        r"\Lambda_{0,1}=\frac{2.71828}{S}\approx 0.7311",
        "Row {{ number }}:",
        r"e^{1}\approx 2.71828,\quad e^{0}=1",
        r"S=2.71828+1\approx 3.71828",
        r"\Lambda_{1,0}=\frac{2.71828}{S}\approx 0.7311",
        r"\Lambda_{1,1}=\frac{1}{S}\approx 0.2689",
        (
            "Take the probability of the true class in every row, with more decimals than are asked, "
            "and the mean of the logarithms:"
        ),
        r"L\approx -\frac{1}{2}\left(\ln 0.2689414+\ln 0.7310586\right)\approx 0.8133",
        "The predicted class is the most probable one:",
        "{{ label }}: {{ classes }}",
        "{{ label }}: {{ classes }}",
    ]
