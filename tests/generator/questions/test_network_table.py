"""Tables of networks: published totals, published mistakes, and mistakes walked again by plain loops."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import prod
from typing import Any

import pytest

from convexam.generator import bank
from convexam.generator.document import Message
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Value
from convexam.generator.networks.architecture import Conv, Dense, Pool
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.network_table import TYPE, Given
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain import plain
from convexam.generator.text import sentence
from convexam.grader.marking.explain import explain


def given(shape: list[int], *layers: Any, **more: Any) -> Given:
    return parse_value(Given, {"input": shape, "layers": list(layers), **more})


def conv(filters: int, kernel: int, **more: Any) -> dict[str, Any]:
    return {"conv": filters, "kernel": kernel, **more}


def table(given: Given, **conventions: Any) -> dict[str, Value]:
    case = Case(given, Conventions(**conventions))
    key = first_values(TYPE.solve(case, {}))
    assert key == first_values(TYPE.second(case))
    assert list(key) == [field.name for field in TYPE.ask(case)]
    return key


def column(name: str, answers: dict[str, Value]) -> list[Value]:
    return [value for field, value in answers.items() if field.startswith(f"{name}_")]


POOL = {"pool": "max", "kernel": 2}
LENET = given(
    [1, 32, 32],
    conv(6, 5),
    "tanh",
    {"pool": "avg", "kernel": 2},
    conv(16, 5),
    "tanh",
    {"pool": "avg", "kernel": 2},
    conv(120, 5),
    "flatten",
    {"dense": 84},
    {"dense": 10},
    total="true",
)
HARLEY = given(
    [1, 32, 32],
    *(conv(6, 5), POOL, conv(16, 5), POOL, "flatten", {"dense": 120}, {"dense": 100}, {"dense": 10}),
    total="true",
)
COURSE = given(  # the table of a widely used course, whose printed numbers are among the mistakes below
    [3, 32, 32],
    *(conv(8, 5), POOL, conv(16, 5), POOL, "flatten", {"dense": 120}, {"dense": 84}, {"dense": 10}),
)
CHAIN = given([3, 39, 39], conv(10, 3), conv(20, 5, stride=2), conv(40, 5, stride=2), "flatten")


def problem(given: Given, listed: str) -> Problem:
    spec = Spec(
        "q/q", "network_table", "Q", {"en": "?"}, Fraction(1), 1, misconceptions={listed: Fraction(0)}
    )
    case = Case(given)
    return Problem("q", spec, case, Fraction(1), TYPE.solve(case, {}))


# -- published tables ----------------------------------------------------------------------------


def test_lenet_5() -> None:
    answers = table(LENET)
    assert column("shape", answers) == [
        (6, 28, 28),
        (6, 14, 14),
        (16, 10, 10),
        (16, 5, 5),
        (120, 1, 1),
        120,
        84,
        10,
    ]
    assert column("parameters", answers) == [156, 0, 2416, 0, 48_120, 0, 10_164, 850]
    assert answers["total"] == 61_706


def test_harleys_network() -> None:
    answers = table(HARLEY)
    assert column("parameters", answers) == [156, 0, 2416, 0, 0, 48_120, 12_100, 1010]
    assert answers["total"] == 63_802


def test_vgg_blocks() -> None:
    layers = [conv(n, 3, padding=1) for n in (64, 64, 128, 128)]
    answers = table(given([3, 224, 224], *layers[:2], POOL, *layers[2:], POOL, total="true"))
    assert column("shape", answers)[-1] == (128, 56, 56)
    assert column("parameters", answers) == [1792, 36_928, 0, 73_856, 147_584, 0]
    assert answers["total"] == 260_160


def test_the_whole_of_vgg_16() -> None:
    layers: list[Any] = []
    for filters, deep in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        layers += [conv(filters, 3, padding=1)] * deep + [POOL]
    dense = ["flatten", {"dense": 4096}, {"dense": 4096}, {"dense": 1000}]
    assert table(given([3, 224, 224], *layers, *dense, total="true"))["total"] == 138_357_544


def test_fashion_mnist_dense() -> None:
    answers = table(given([1, 28, 28], "flatten", {"dense": 128}, "relu", {"dense": 10}, total="true"))
    assert answers["total"] == 101_770


# -- published mistakes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "name", "numbers"),
    [
        (COURSE, "drop_input_depth", {"parameters_1": 208, "parameters_3": 416}),
        (
            COURSE,
            "one_bias_per_layer",
            {"parameters_6": 48_001, "parameters_7": 10_081, "parameters_8": 841},
        ),
        (LENET, "count_pool_params", {"parameters_3": 12}),
        (CHAIN, "flatten_input", {"shape_4": 4563}),
        (CHAIN, "flatten_first_layer", {"shape_4": 13_690}),
    ],
)
def test_published_mistakes_are_named(given_: Given, name: str, numbers: dict[str, int]) -> None:
    wrong = dict(wrong_answers("network_table", Case(given_)))[name]
    assert {field: wrong[field] for field in numbers} == numbers
    asked = problem(given_, name)
    finding = explain(asked, TYPE.ask(asked.case), wrong)
    assert finding is not None
    assert finding.names == (name,)


def test_the_right_flattening() -> None:
    assert table(CHAIN)["shape_4"] == 1960


# -- mistakes walked again by plain loops ----------------------------------------------------------


def steps(size: int, kernel: int, stride: int, *, hang: bool = False) -> int:
    """Count the positions of a window, one by one."""
    count = start = 0
    while start + kernel <= size or (hang and start < size and start + kernel - stride < size):
        count, start = count + 1, start + stride
    return count


def walked(
    given: Given, *, padded: bool = True, strides: bool = True, hang: bool = False, depth: int | None = None
) -> dict[str, Value]:
    """Walk through convolutions and poolings of even axes, with one thing left out or done wrongly."""

    def slid(size: list[int], layer: Conv | Pool) -> list[int]:
        stride = (layer.stride or layer.kernel)[0] if strides else 1
        border = 2 * layer.padding[0][0] if padded and not isinstance(layer.padding, str) else 0
        return [steps(side + border, layer.kernel[0], stride, hang=hang) for side in size]

    channels, *size = given.input
    answers: dict[str, Value] = {}
    for number, layer in enumerate(given.layers, 1):
        count = 0
        match layer:
            case Conv(filters, (kernel,)):
                count = kernel * kernel * (depth or channels) * filters + filters
                channels, size = filters, slid(size, layer)
            case Pool():
                size = slid(size, layer)
            case "flatten":
                channels, size = channels * size[0] * size[1], []
            case Dense(units):
                channels, count = units, channels * units + units
        answers[f"shape_{number}"] = (channels, *size) if size else channels
        answers[f"parameters_{number}"] = count
    return answers


SMALL = given([3, 23, 20], conv(5, 3, padding=1, stride=2), POOL, conv(7, 2), POOL, "flatten", {"dense": 4})


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("ignore_padding", {"padded": False}),
        ("ignore_stride", {"strides": False}),
        ("ceil_for_floor", {"hang": True}),
        ("drop_input_depth", {"depth": 1}),
    ],
)
def test_mistakes_are_carried_down_the_table(name: str, change: dict[str, Any]) -> None:
    assert table(SMALL) == walked(SMALL)
    assert dict(wrong_answers("network_table", Case(SMALL)))[name] == walked(SMALL, **change)


def test_flattening_before_the_last_pooling() -> None:
    wrong = dict(wrong_answers("network_table", Case(SMALL)))["flatten_wrong_layer"]
    before: Any = table(SMALL)["shape_3"]
    assert wrong["shape_5"] == prod(before)
    assert wrong["parameters_6"] == prod(before) * 4 + 4


# -- conventions ---------------------------------------------------------------------------------


def test_shapes_are_written_in_the_order_of_the_conventions() -> None:
    assert table(SMALL, order="HWC")["shape_1"] == (12, 10, 5)
    case = Case(SMALL, Conventions(order="HWC"))
    assert dict(wrong_answers("network_table", case))["other_order"]["shape_1"] == (5, 12, 10)
    assert TYPE.solve(case, {"shape_1": (8, 6, 5)})["shape_2"] == ((4, 3, 5),)


def heading(given: Given, **conventions: Any) -> str:
    at = TYPE.ask(Case(given, Conventions(**conventions)))[0].at
    assert at is not None
    assert isinstance(at[1], Message)
    return plain(sentence(at[1]))


def test_the_heading_says_the_order_of_shapes() -> None:
    assert heading(SMALL) == "Output shape (channels × height × width)"
    assert heading(SMALL, order="HWC") == "Output shape (height × width × channels)"
    assert heading(given([1, 4, 4], "flatten", {"dense": 3})) == "Output shape"
    assert heading(replace(SMALL, columns=("parameters",))) == "Parameters"


def test_the_entries_know_the_other_order() -> None:
    for spec in bank.load(bank.shipped_files()):
        if spec.type == "network_table" and spec.id != "network_table/fashion-dense":
            assert spec.misconceptions["other_order"] == Fraction(3, 4)


def test_sizes_are_rounded_as_the_conventions_say() -> None:
    assert table(SMALL, rounding="ceil")["shape_4"] != table(SMALL)["shape_4"]
    wrong = dict(wrong_answers("network_table", Case(SMALL, Conventions(rounding="ceil"))))
    assert wrong["floor_for_ceil"] == table(SMALL)


def test_biases_count_as_the_conventions_say() -> None:
    assert table(LENET, bias_counted=False)["total"] == 61_706 - (6 + 16 + 120 + 84 + 10)


# -- columns, rows, and errors carried forward ------------------------------------------------------


def test_a_table_may_ask_for_one_column() -> None:
    only = replace(SMALL, columns=("parameters",))
    assert list(table(only)) == [f"parameters_{number}" for number in range(1, 7)]
    assert {field.needs for field in TYPE.ask(Case(only))} == {()}


def test_a_total_needs_its_column() -> None:
    with pytest.raises(ValueError, match="'total' adds parameters and MACs up"):
        replace(SMALL, columns=("shape",), total=True)


def test_cells_need_the_shape_above() -> None:
    needs = {field.name: field.needs for field in TYPE.ask(Case(LENET))}
    assert needs["parameters_1"] == ()
    assert needs["shape_4"] == needs["parameters_4"] == ("shape_3",)
    assert needs["total"] == tuple(name for name in needs if name.startswith("parameters_"))


def test_what_is_taken_is_carried_on() -> None:
    key = TYPE.solve(Case(LENET), {"shape_6": (16, 6, 6)})
    assert key["shape_7"] == ((120, 2, 2),)
    assert key["parameters_9"] == (480 * 84 + 84,)
    assert TYPE.solve(Case(LENET), {"parameters_1": 150})["total"] == (61_700,)


def test_what_no_longer_fits_is_left_out() -> None:
    key = TYPE.solve(Case(LENET), {"shape_6": (16, 4, 4)})
    assert key["parameters_6"] == (0,)
    assert "shape_7" not in key
    assert "total" not in key
