"""Counting parameters: published answers, published mistakes, and mistakes counted again by plain loops."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from convexam.generator import registry
from convexam.generator.document import Message, Symbol
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.param_count import TYPE, Given
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain import plain
from convexam.generator.text import sentence
from convexam.grader.explaining.explain import explain


def given(shape: list[int], *networks: Any, ask: tuple[str, ...] = ("parameters",)) -> Given:
    made = [network if isinstance(network, dict) else {"layers": network} for network in networks]
    return parse_value(Given, {"input": shape, "networks": made, "ask": list(ask)})


def answers(given: Given, **conventions: Any) -> list[Any]:
    case = Case(given, Conventions(**conventions))
    key = first_values(TYPE.solve(case, {}))
    assert key == first_values(TYPE.second(case))
    return list(key.values())


def conv(filters: int, kernel: Any, **more: Any) -> dict[str, Any]:
    return {"conv": filters, "kernel": kernel, **more}


def problem(given: Given, listed: str) -> Problem:
    spec = Spec("q/q", "param_count", "Q", {"en": "?"}, Fraction(1), 1, misconceptions={listed: Fraction(0)})
    case = Case(given)
    return Problem("q", spec, case, Fraction(1), registry.get("param_count").solve(case, {}))


# -- fixed answers of lectures and textbooks -----------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "key"),
    [
        pytest.param(
            given([3, 24, 24], ["flatten", {"dense": 1}], ask=("inputs", "parameters")), [1728, 1729], id="E1"
        ),
        pytest.param(
            given(
                [3, 972, 1920], ["flatten", {"dense": 5_598_720, "bias": False}], ask=("inputs", "weights")
            ),
            [5_598_720, 31_345_665_638_400],
            id="E3 and E4",
        ),
        pytest.param(
            given(
                [1, 5],
                ["flatten", {"dense": 3}],
                {"layers": [conv(1, 3)], "shared": "false"},
                [conv(1, 3)],
                ask=("weights", "parameters"),
            ),
            [15, 18, 9, 12, 3, 4],
            id="E5",
        ),
        pytest.param(given([1, 5], [conv(2, 3, bias=False)], ask=("weights", "outputs")), [6, 6], id="E6"),
        pytest.param(
            given([1, 100, 100], ["flatten", {"dense": 1000}], ask=("weights", "parameters")),
            [10_000_000, 10_001_000],
            id="E7",
        ),
        pytest.param(
            given([1, 6], [conv(1, 3, bias=False)], ["flatten", {"dense": 4, "bias": False}]),
            [3, 24],
            id="E8",
        ),
        pytest.param(
            given([1, 64, 64], [conv(1, 10, bias=False)], [conv(1, 30, bias=False)]), [100, 900], id="E9"
        ),
        pytest.param(
            given([1, 9, 9], *([conv(1, size, bias=False)] for size in (1, 3, 5))), [1, 9, 25], id="E10"
        ),
        pytest.param(
            given([1, 9, 9], [conv(1, 5, bias=False)], [conv(1, 3, bias=False)] * 2), [25, 18], id="E11"
        ),
        pytest.param(
            given([64, 9, 9], [conv(64, 5, bias=False)], [conv(64, 3, bias=False)] * 2),
            [102_400, 73_728],
            id="E11 with 64 channels",
        ),
        pytest.param(given([3, 20, 20], [conv(7, [2, 5])]), [2 * 5 * 3 * 7 + 7], id="E16"),
        pytest.param(given([6, 28, 28], [{"pool": "max", "kernel": 2}]), [0], id="E25"),
        pytest.param(
            given([3, 200, 300], [conv(n, 3, stride=2, padding="same_upper") for n in (100, 200, 400)]),
            [903_400],
            id="three convolutions",
        ),
        pytest.param(
            given([32, 56, 56], [conv(32, 3, groups=32, bias=False), conv(64, 1, bias=False)]),
            [32 * 9 + 32 * 64],
            id="separable",
        ),
        pytest.param(given([512, 7, 7], ["batch_norm"]), [1024], id="batch normalisation"),
    ],
)
def test_published_answers(given_: Given, key: list[int]) -> None:
    assert answers(given_) == key


# -- published mistakes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "name", "number"),
    [
        (given([3, 300, 300], ["flatten", {"dense": 100}]), "one_bias_per_layer", 27_000_001),
        (given([3, 300, 300], ["flatten", {"dense": 100}]), "drop_input_depth", 9_000_100),
        (given([3, 300, 300], [conv(100, 5)]), "drop_input_depth", 2600),
        (given([3, 300, 300], [conv(100, 5)]), "no_bias", 7500),
        (given([3, 32, 32], [conv(8, 5)]), "drop_input_depth", 208),
        (given([8, 14, 14], [conv(16, 5)]), "drop_input_depth", 416),
        (given([3, 32, 32], [conv(32, 3, bias=False)]), "drop_input_depth", 288),
        (given([3, 32, 32], [conv(64, 3, bias=False)]), "drop_input_depth", 576),
        (given([400, 1, 1], ["flatten", {"dense": 120}]), "one_bias_per_layer", 48_001),
        (given([120, 1, 1], ["flatten", {"dense": 84}]), "one_bias_per_layer", 10_081),
        (given([84, 1, 1], ["flatten", {"dense": 10}]), "one_bias_per_layer", 841),
        (given([1, 50, 50], [conv(100, 5)]), "one_bias_per_layer", 2501),
        (
            given([3, 200, 300], [conv(n, 3, stride=2, padding="same_upper") for n in (100, 200, 400)]),
            "no_bias",
            902_700,
        ),
        (given([16, 64, 64], [conv(1, 1)]), "map_size_as_kernel", 4097),
        (given([6, 28, 28], [{"pool": "avg", "kernel": 2}]), "count_pool_params", 12),
        (given([512, 7, 7], ["batch_norm"]), "batchnorm_2_or_4", 2048),
        (given([1, 9, 9], [conv(1, 3, bias=False)] * 2), "stack_multiplied", 81),
        (given([1, 10], [conv(1, 4, bias=False)]), "sharing_ignored", 28),  # K positions times M taps
    ],
)
def test_published_mistakes_are_named(given_: Given, name: str, number: int) -> None:
    wrong = dict(wrong_answers("param_count", Case(given_)))[name]
    assert wrong == {"parameters": number}
    asked = problem(given_, name)
    finding = explain(asked, TYPE.ask(asked.case), wrong).finding
    assert finding is not None
    assert finding.names == (name,)


# -- mistakes counted by plain loops -------------------------------------------------------------

CHANNELS, HEIGHT, WIDTH, FILTERS, KERNEL, GROUPS, STRIDE = 6, 9, 7, 4, 3, 2, 2


def looped(
    *, channels: int = CHANNELS, filters: int = FILTERS, kernel: int = KERNEL, seen: int | None = None
) -> int:
    """Count the weights of every filter in every channel that it sees, one cell after the other."""
    total = 0
    for _ in range(filters):
        for _ in range(channels if seen is None else seen):
            for _ in range(kernel):
                for _ in range(kernel):
                    total += 1
    return total


def positions() -> int:
    rows = [row for row in range(0, HEIGHT, STRIDE) if row + KERNEL <= HEIGHT]
    columns = [column for column in range(0, WIDTH, STRIDE) if column + KERNEL <= WIDTH]
    return len(rows) * len(columns)


@pytest.mark.parametrize(
    ("name", "mutated"),
    [
        ("drop_input_depth", lambda: looped(channels=1) + FILTERS),
        ("no_bias", lambda: looped()),
        ("one_bias_per_layer", lambda: looped() + 1),
        ("swap_channels", lambda: looped() + CHANNELS),
        ("sharing_ignored", lambda: (looped() + FILTERS) * positions()),
        ("stride_multiplied", lambda: looped() * STRIDE + FILTERS),
        ("map_size_as_kernel", lambda: FILTERS * HEIGHT * WIDTH + FILTERS),
        ("kernel_side_only", lambda: FILTERS * CHANNELS * KERNEL + FILTERS),
        ("sum_for_product", lambda: FILTERS * (KERNEL * KERNEL + CHANNELS) + FILTERS),
    ],
)
def test_mistakes_with_a_convolution(name: str, mutated: Callable[[], int]) -> None:
    case = Case(given([CHANNELS, HEIGHT, WIDTH], [conv(FILTERS, KERNEL, stride=STRIDE)]))
    assert dict(wrong_answers("param_count", case))[name] == {"parameters": mutated()}


@pytest.mark.parametrize(
    ("name", "mutated"),
    [
        ("groups_ignored", lambda: looped() + FILTERS),
        ("groups_on_filters", lambda: looped(filters=FILTERS // GROUPS) + FILTERS // GROUPS),
        (
            "one_group_only",
            lambda: looped(filters=FILTERS // GROUPS, seen=CHANNELS // GROUPS) + FILTERS // GROUPS,
        ),
        ("padding_added", lambda: looped(seen=CHANNELS // GROUPS, kernel=KERNEL + 2) + FILTERS),
    ],
)
def test_mistakes_with_groups(name: str, mutated: Callable[[], int]) -> None:
    layers = [conv(FILTERS, KERNEL, padding=1, groups=GROUPS)]
    case = Case(given([CHANNELS, HEIGHT, WIDTH], layers))
    assert dict(wrong_answers("param_count", case))[name] == {"parameters": mutated()}


def test_mistakes_with_a_separable_convolution() -> None:
    case = Case(given([8, 10, 10], [conv(16, 3, groups=8, bias=False), conv(20, 1, bias=False)]))
    wrong = {name: answer["parameters"] for name, answer in wrong_answers("param_count", case)}
    assert wrong["pointwise_forgotten"] == 16 * 9
    assert wrong["depthwise_forgotten"] == 8 * 20
    assert wrong["standard_for_separable"] == 8 * 9 * 20
    assert wrong["multiplier_ignored"] == 8 * 9 + 16 * 20


def test_pool_window_counted() -> None:
    case = Case(given([6, 10, 10], [{"pool": "max", "kernel": [2, 3]}]))
    assert dict(wrong_answers("param_count", case))["pool_window_counted"] == {"parameters": 36}


# -- conventions ---------------------------------------------------------------------------------


def test_biases_count_as_the_conventions_say() -> None:
    counted = given([3, 8, 8], [conv(4, 3)])
    assert answers(counted) == [112]
    assert answers(counted, bias_counted=False) == [108]
    wrong = dict(wrong_answers("param_count", Case(counted, Conventions(bias_counted=False))))
    assert wrong["bias_counted"] == {"parameters": 112}
    assert "no_bias" not in wrong


BOTH = given([3, 8, 8], [conv(4, 3)], ["flatten", {"dense": 2}], ask=("inputs", "weights", "parameters"))


def test_no_number_is_asked_twice_where_biases_do_not_count() -> None:
    case = Case(BOTH, Conventions(bias_counted=False))
    names = [f"{asked}_{network}" for network in "AB" for asked in ("inputs", "weights")]
    assert (
        [field.name for field in TYPE.ask(case)]
        == names
        == list(TYPE.solve(case, {}))
        == list(TYPE.second(case))
    )
    assert not {"no_bias", "bias_counted"} & {name for name, _ in wrong_answers("param_count", case)}
    assert not any("parameters" in step.latex for step in TYPE.work(case) if isinstance(step, Symbol))
    assert answers(given([3, 8, 8], [conv(4, 3)], ask=("biases", "parameters")), bias_counted=False) == [
        4,
        108,
    ]


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        (True, "weights and how many parameters (weights and biases)"),
        (False, "weights (biases are not counted)"),
    ],
)
def test_the_prompt_asks_what_the_fields_ask(counted: bool, words: str) -> None:
    shown = TYPE.show(Case(BOTH, Conventions(bias_counted=counted)))["weights_and_parameters"]
    assert isinstance(shown, Message)
    assert plain(sentence(shown)) == words


def test_biases_left_out_of_a_sum_only() -> None:
    wrong = dict(wrong_answers("param_count", Case(BOTH)))["no_bias"]
    assert wrong["parameters_A"] == wrong["weights_A"] == 108


def test_positions_are_rounded_as_the_conventions_say() -> None:
    unshared = given([1, 6], {"layers": [conv(1, 3, stride=2, bias=False)], "shared": "false"})
    assert answers(unshared) == [6]
    assert answers(unshared, rounding="ceil") == [9]


def test_the_order_of_shapes_changes_nothing() -> None:
    counted = given([3, 8, 9], ["flatten", {"dense": 4}], ask=("inputs", "weights"))
    assert answers(counted, order="HWC") == answers(counted)


# -- errors carried forward ----------------------------------------------------------------------


def test_what_is_taken_is_carried_on() -> None:
    case = Case(
        given([3, 4, 4], ["flatten", {"dense": 2}], ask=("inputs", "weights", "biases", "parameters"))
    )
    assert TYPE.solve(case, {"inputs": 16})["weights"] == (32,)
    assert TYPE.solve(case, {"weights": 100, "biases": 1})["parameters"] == (101,)
    assert {field.name: field.needs for field in TYPE.ask(case)} == {
        "inputs": (),
        "weights": ("inputs",),
        "biases": (),
        "parameters": ("weights", "biases"),
    }
