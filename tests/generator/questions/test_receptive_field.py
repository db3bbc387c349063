"""Receptive fields: published answers, published mistakes, and fields found by changing single inputs."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from convexam.generator import engine, registry
from convexam.generator.document import Message, Symbol
from convexam.generator.errors import DataError
from convexam.generator.figures.model import Graph
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Refused
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.receptive_field import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain import plain
from convexam.generator.streams import Stream, derive
from convexam.generator.text import sentence
from convexam.grader.explaining.explain import explain
from convexam.grader.marking.mark import mark_problem


def conv(kernel: int, filters: int = 1, **more: Any) -> dict[str, Any]:
    return {"conv": filters, "kernel": kernel, **more}


def pool(kernel: int, **more: Any) -> dict[str, Any]:
    return {"pool": "max", "kernel": kernel, **more}


def given(*networks: list[Any], ask: str = "size", **more: Any) -> Given:
    made = [{"layers": layers} for layers in networks]
    return parse_value(Given, {"networks": made, "ask": ask.split(), **more})


def stack(kernel: int, reach: int, channels: int = 1, ask: str = "depth weights") -> Given:
    made = {"kernel": kernel, "reach": reach, "channels": channels}
    return parse_value(Given, {"stack": made, "ask": ask.split()})


def answers(given: Given, **conventions: Any) -> list[Any]:
    case = Case(given, Conventions(**conventions))
    key = first_values(TYPE.solve(case, {}))
    assert key == first_values(TYPE.second(case))
    return list(key.values())


def wrong(given: Given, name: str) -> list[Any]:
    return list(dict(wrong_answers("receptive_field", Case(given)))[name].values())


def problem(given: Given, *listed: str) -> Problem:
    misconceptions = {name: Fraction(0) for name in listed}
    spec = Spec("q/q", "receptive_field", "Q", {"en": "?"}, Fraction(1), 1, misconceptions=misconceptions)
    case = Case(given)
    return Problem("q", spec, case, Fraction(1), registry.get("receptive_field").solve(case, {}))


# -- fixed answers of lectures and papers -----------------------------------------------------------

CONV_POOL_CONV = [conv(3), pool(2), conv(3)]
CONV_CONV_POOL = [conv(3), "relu", conv(3), "relu", pool(2)]
STRIDED = [conv(3), conv(3, stride=2), conv(3)]
DILATED = [conv(3), conv(3), pool(2), conv(3, dilation=2)]
ALEXNET = [conv(11, stride=4, padding=2), pool(3, stride=2), conv(5, padding=2), pool(3, stride=2)]


@pytest.mark.parametrize(
    ("given_", "key"),
    [
        pytest.param(
            given([conv(1)], [conv(3)], [conv(5)], ask="size weights"), [1, 1, 3, 9, 5, 25], id="E10"
        ),
        pytest.param(stack(3, 5), [2, 25, 18], id="E11"),
        pytest.param(stack(3, 5, 64), [2, 102_400, 73_728], id="E11 with 64 channels"),
        pytest.param(stack(3, 9), [4, 81, 36], id="X1"),
        pytest.param(
            given([conv(3)], [conv(3, stride=2)], [conv(3, dilation=2)], ask="size jump"),
            [3, 1, 3, 2, 5, 1],
            id="E21",
        ),
        pytest.param(given([conv(3)] * 5, each_layer="true"), [3, 5, 7, 9, 11], id="E31"),
        pytest.param(
            given(
                [conv(15)],
                [conv(3)] * 7,
                [conv(3), conv(3, dilation=2), conv(3, dilation=4)],
                [conv(3, stride=2), conv(3, stride=2), conv(3)],
                ask="size weights",
            ),
            [15, 225, 15, 63, 15, 27, 15, 27],
            id="X16",
        ),
        pytest.param(given(CONV_POOL_CONV), [8], id="8"),
        pytest.param(given(CONV_CONV_POOL), [6], id="6"),
        pytest.param(given(STRIDED), [9], id="9"),
        pytest.param(given(DILATED), [14], id="14"),
        pytest.param(given([conv(3, padding=1)]), [3], id="padding changes no size"),
        pytest.param(
            given(ALEXNET, ask="size jump start", each_layer="true"),
            [11, 4, -2, 19, 8, -2, 51, 8, -18, 67, 16, -18],
            id="AlexNet",
        ),
    ],
)
def test_published_answers(given_: Given, key: list[int]) -> None:
    assert answers(given_) == key


# -- published mistakes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "name", "size"),
    [
        pytest.param(given(CONV_POOL_CONV), "rf_own_stride", 9, id="9 for 8"),
        pytest.param(given(CONV_CONV_POOL), "rf_ignore_pool", 5, id="5 for 6"),
        pytest.param(given(STRIDED), "ignore_stride", 7, id="7 for 9"),
        pytest.param(given(STRIDED), "rf_own_stride", 11, id="11 for 9"),
        pytest.param(given(STRIDED), "last_kernel_only", 3, id="3 for 9"),
        pytest.param(given(DILATED), "dilation_zero_based", 18, id="18 for 14"),
        pytest.param(given([conv(3, padding=1)]), "rf_padding_changes", 1, id="1 for 3"),
        pytest.param(given([conv(3), conv(3)]), "rf_product_of_kernels", 9, id="X1: 9 for 5"),
    ],
)
def test_published_mistakes_are_named(given_: Given, name: str, size: int) -> None:
    assert wrong(given_, name) == [size]
    asked = problem(given_, name)
    finding = explain(asked, TYPE.ask(asked.case), {"size": size}).finding
    assert finding is not None
    assert finding.names == (name,)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("rf_product_of_kernels", [2, 81, 18], id="X1: two for a 9 x 9"),
        pytest.param("rf_sum_of_kernels", [3, 81, 27], id="three"),
        pytest.param("rf_starts_at_0", [5, 81, 45], id="five"),
        pytest.param("kernel_side_only", [4, 9, 12], id="one side"),
        pytest.param("first_layer_only", [4, 81, 9], id="one layer"),
        pytest.param("stack_multiplied", [4, 81, 9**4], id="multiplied"),
    ],
)
def test_mistakes_about_a_stack(name: str, key: list[int]) -> None:
    assert wrong(stack(3, 9), name) == key


def test_weights_need_the_channels() -> None:
    """X21: 18 weights hold for one channel only."""
    assert wrong(stack(3, 5, 64), "channels_ignored") == [2, 25, 18]
    assert wrong(stack(3, 5, 64), "drop_input_depth") == [2, 25 * 64, 18 * 64]


# -- mistakes computed again ------------------------------------------------------------------------

LAYERS = [conv(5, stride=2, padding=1), pool(3, stride=2), conv(3, dilation=3, padding=2)]
TABLE = given(LAYERS, ask="size jump start", each_layer="true")


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("rf_own_stride", [1 + 4 * 2, 9 + 2 * 4, 17 + 6 * 4]),
        ("ignore_stride", [5, 7, 13]),
        ("rf_last_stride_only", [5, 9, 9 + 6 * 2]),
        ("rf_ignore_pool", [5, 5, 5 + 6 * 2]),
        ("rf_sum_of_kernels", [5, 8, 15]),
        ("rf_product_of_kernels", [5, 15, 105]),
        ("rf_starts_at_0", [4, 8, 32]),
        ("last_kernel_only", [5, 3, 7]),
        ("dilation_ignored", [5, 9, 9 + 2 * 4]),
        ("dilation_k_times_d", [5, 9, 9 + 8 * 4]),
        ("dilation_zero_based", [5, 9, 9 + 8 * 4]),
        ("rf_padding_changes", [3, 3 + 2 * 2, 7 + 2 * 4]),
        ("padding_added", [7, 7 + 2 * 2, 11 + 10 * 4]),
        ("ignore_padding", [5, 9, 33]),
    ],
)
def test_mistakes_about_sizes(name: str, sizes: list[int]) -> None:
    assert answers(TABLE)[::3] == [5, 9, 33]
    assert wrong(TABLE, name)[::3] == sizes


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("ignore_padding", [0, 0, 0]),
        ("rf_padding_unscaled", [-1, -1, -3]),
        ("ignore_stride", [-1, -1, -3]),
        ("other_origin", [0, 0, -8]),
    ],
)
def test_mistakes_about_the_start(name: str, starts: list[int]) -> None:
    assert answers(TABLE)[2::3] == [-1, -1, -9]
    assert wrong(TABLE, name)[2::3] == starts


def test_mistakes_about_jumps() -> None:
    assert answers(TABLE)[1::3] == [2, 4, 4]
    assert wrong(TABLE, "rf_last_stride_only")[1::3] == [2, 2, 1]
    assert wrong(TABLE, "ignore_stride")[1::3] == [1, 1, 1]


def test_nobody_loses_more_padding_than_there_is_window() -> None:
    names = dict(wrong_answers("receptive_field", Case(given([conv(3, padding=2)]))))
    assert "rf_padding_changes" not in names


# -- against the operations -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "layers",
    [
        pytest.param([conv(3, padding=1, stride=2), pool(2), conv(3)], id="pooling"),
        pytest.param([conv(3, dilation=2), conv(2, stride=2, padding=1)], id="dilation"),
    ],
)
def test_single_inputs_change_what_is_in_the_field(layers: list[Any]) -> None:
    """Change every input of a row in turn, and see which of them change a unit in the middle."""
    size, start, jump = answers(given(layers, ask="size start jump"))
    unit, length = 3, 40

    def output(row: np.ndarray[Any, Any]) -> int:
        for layer in layers:
            stride = layer.get("stride", layer["kernel"] if "pool" in layer else 1)
            padding = layer.get("padding", 0)
            ones = [[[1] * layer["kernel"]]]
            row = engine.conv(row, ones, stride=stride, padding=padding, dilation=layer.get("dilation", 1))
        return int(row[0, unit])

    plain_row = np.zeros((1, length), dtype=int)
    seen = []
    for place in range(length):
        changed = plain_row.copy()
        changed[0, place] = 1
        if output(changed) != output(plain_row):
            seen.append(place)
    assert (seen[0], seen[-1]) == (start + unit * jump, start + unit * jump + size - 1)


def test_the_start_follows_the_origin() -> None:
    assert answers(given(ALEXNET, ask="start"), origin=1) == [-17]


# -- errors carried forward, and what is asked --------------------------------------------------------


def test_errors_are_carried_down_the_table() -> None:
    case = Case(TABLE)
    taken = TYPE.solve(case, {"size_1": 6, "jump_1": 3, "start_1": -2})
    assert [taken[name] for name in ("size_2", "jump_2", "start_2")] == [(12,), (6,), (-2,)]
    assert {field.name: field.needs for field in TYPE.ask(case)}["size_2"] == ("size_1", "jump_1")


def test_a_wrong_depth_is_carried_on() -> None:
    asked = problem(stack(3, 9, 2), "rf_product_of_kernels")
    marked = mark_problem(asked, {"depth": "2", "weights_single": "324", "weights_stack": "72"})
    assert [mark.verdict.name for mark in marked.marks] == ["WRONG", "RIGHT", "RIGHT"]


def test_layers_keep_their_numbers() -> None:
    case = Case(given(CONV_CONV_POOL, each_layer="true"))
    assert [field.name for field in TYPE.ask(case)] == ["size_1", "size_3", "size_5"]


@pytest.mark.parametrize("origin", [0, 1])
def test_the_prompt_states_the_origin(origin: int) -> None:
    rule = TYPE.show(Case(TABLE, Conventions(origin=origin)))["start_rule"]
    assert isinstance(rule, Message)
    assert f"counted from {origin}" in plain(sentence(rule))


def test_worked_steps_put_the_numbers_in() -> None:
    steps = list(TYPE.work(Case(TABLE)))
    formulas = [step.latex for step in steps if isinstance(step, Symbol)]
    assert formulas[2:] == [
        r"r=1+(5-1)\cdot 1=5,\quad j=1\cdot 2=2,\quad b=0-1\cdot 1=-1",
        r"r=5+(3-1)\cdot 2=9,\quad j=2\cdot 2=4,\quad b=-1-0\cdot 2=-1",
        r"3\cdot(3-1)+1=7",
        r"r=9+(7-1)\cdot 4=33,\quad j=4\cdot 1=4,\quad b=-1-2\cdot 4=-9",
    ]


def test_small_fields_are_drawn() -> None:
    steps = list(TYPE.work(Case(given(STRIDED))))
    (graph,) = (step for step in steps if isinstance(step, Graph))
    assert [len(layer) for layer in graph.layers] == [9, 7, 3, 1]
    assert not any(isinstance(step, Graph) for step in TYPE.work(Case(TABLE)))


def test_a_stack_is_worked_out() -> None:
    formulas = [step.latex for step in TYPE.work(Case(stack(3, 9))) if isinstance(step, Symbol)]
    assert formulas[:2] == [r"1\to 3\to 5\to 7\to 9", r"\frac{9-1}{3-1}=4\text{ layers}"]
    assert formulas[-1] == r"\text{weights}=9+9+9+9=36"


def test_a_drawn_stack_is_as_deep_as_drawn() -> None:
    params = parse_value(Params, {"stack": {"kernel": 5, "depth": 3, "channels": 7}, "ask": ["depth"]})
    drawn = TYPE.draw(params, Stream(derive(b"fields", ["1"])))
    assert drawn == stack(5, 13, 7, "depth")
    assert answers(drawn) == [3]


# -- refused ------------------------------------------------------------------------------------------

ONE = {"networks": [{"layers": [conv(3)]}]}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param({}, "state either 'networks' or a 'stack'", id="nothing"),
        pytest.param({**ONE, "stack": {"kernel": 3, "reach": 5}}, "state either", id="both"),
        pytest.param({**ONE, "ask": ["depth"]}, "'depth' cannot be asked of networks", id="depth"),
        pytest.param(
            {"stack": {"kernel": 3, "reach": 5}, "ask": ["size"]},
            "'size' cannot be asked of a stack",
            id="size",
        ),
        pytest.param({"stack": {"kernel": 3, "reach": 6}, "ask": ["depth"]}, "sees exactly 6", id="even"),
        pytest.param({"stack": {"kernel": 2, "reach": 99}, "ask": ["depth"]}, "at most 30", id="deep"),
        pytest.param({"networks": [{"layers": ["flatten"]}]}, "work on single cells", id="flatten"),
        pytest.param(
            {"networks": [{"layers": ["relu"]}]}, "needs a convolution or a pooling", id="no window"
        ),
        pytest.param({"networks": [{"layers": [conv(3, padding="same_upper")]}]}, "in numbers", id="same"),
        pytest.param(
            {"networks": [{"layers": [{"conv": 1, "kernel": [3, 5]}]}]}, "state each number", id="per axis"
        ),
        pytest.param(
            {"networks": [{"layers": [conv(3)], "shared": "false"}]},
            "no difference to what is seen",
            id="shared",
        ),
        pytest.param({"networks": [{"layers": [pool(100)] * 3}]}, "over 1500 cells", id="too much"),
        pytest.param({"networks": [{"layers": [pool(100)] * 30}]}, "over 1500 cells", id="far too much"),
        pytest.param({**ONE, "ask": ["weights"], "each_layer": "true"}, "'each_layer' asks for", id="each"),
    ],
)
def test_bad_givens_are_refused(data: dict[str, Any], message: str) -> None:
    with pytest.raises((DataError, ValueError), match=message):
        parse_value(Given, data)


def test_fields_that_are_too_large_are_drawn_again() -> None:
    params = parse_value(Params, {"networks": [{"layers": [pool(100)] * 3}]})
    with pytest.raises(Refused, match="too large"):
        TYPE.draw(params, Stream(derive(b"fields", ["1"])))
