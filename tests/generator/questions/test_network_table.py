"""Tables of networks: published totals, published mistakes, and mistakes walked again by plain loops."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import prod
from typing import Any

import pytest

from convexam.generator.document import Message, Symbol
from convexam.generator.errors import DataError
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Value
from convexam.generator.networks.architecture import Conv, Dense, Pool
from convexam.generator.networks.table_columns import ColumnName
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.network_table import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain import plain
from convexam.generator.text import sentence
from convexam.grader.explaining.explain import explain
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem
from convexam.grader.model import Verdict

from ...shipped import shipped_bank


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
ALL: tuple[ColumnName, ...] = ("shape", "parameters", "macs", "field")
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
OF_EXAMS = given([1, 20, 20], conv(3, 3), POOL, conv(4, 3), columns=["shape", "field"])
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


VGG_16: list[Any] = [
    *(conv(64, 3, padding=1), conv(64, 3, padding=1), POOL),
    *(conv(128, 3, padding=1), conv(128, 3, padding=1), POOL),
    *(conv(256, 3, padding=1), conv(256, 3, padding=1), conv(256, 3, padding=1), POOL),
    *(conv(512, 3, padding=1), conv(512, 3, padding=1), conv(512, 3, padding=1), POOL) * 2,
    *("flatten", {"dense": 4096}, {"dense": 4096}, {"dense": 1000}),
]


def test_the_whole_of_vgg_16() -> None:
    answers = table(given([3, 224, 224], *VGG_16, columns=ALL, total="true"))
    assert answers["total"] == 138_357_544
    assert answers["total_macs"] == 15_470_264_320
    assert column("field", answers) == [
        *(3, 5, 6, 10, 14, 16, 24, 32, 40, 44, 60, 76, 92, 100, 132, 164, 196, 212),
    ]


def test_what_lenet_5_costs_and_sees() -> None:
    answers = table(replace(LENET, columns=ALL))
    assert column("macs", answers) == [117_600, 0, 240_000, 0, 48_000, 0, 10_080, 840]
    assert answers["total_macs"] == 416_520
    assert column("field", answers) == [5, 6, 14, 16, 32]


def test_what_alexnet_sees() -> None:
    layers = [
        *(conv(96, 11, stride=4, padding=2), {"pool": "max", "kernel": 3, "stride": 2}),
        *(conv(256, 5, padding=2), {"pool": "max", "kernel": 3, "stride": 2}),
        *(conv(384, 3, padding=1), conv(384, 3, padding=1), conv(256, 3, padding=1)),
        {"pool": "max", "kernel": 3, "stride": 2},
    ]
    answers = table(given([3, 227, 227], *layers, columns=["field"]))
    assert list(answers.values()) == [11, 19, 51, 67, 99, 131, 163, 195]


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
        (replace(LENET, columns=ALL), "mac_vs_flop", {"macs_1": 235_200, "total_macs": 833_040}),
        (OF_EXAMS, "rf_own_stride", {"field_3": 9}),
        (OF_EXAMS, "rf_ignore_pool", {"field_2": 3, "field_3": 5}),
    ],
)
def test_published_mistakes_are_named(given_: Given, name: str, numbers: dict[str, int]) -> None:
    wrong = dict(wrong_answers("network_table", Case(given_)))[name]
    assert {field: wrong[field] for field in numbers} == numbers
    asked = problem(given_, name)
    finding = explain(asked, TYPE.ask(asked.case), wrong).finding
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
    for spec in shipped_bank():
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


# -- MACs and receptive fields ---------------------------------------------------------------------

STRIDED = given(
    [3, 23, 20],
    *(conv(6, 3, padding=1, stride=2), "batch_norm", "relu", conv(4, 3, groups=2), POOL, "flatten"),
    {"dense": 5},
    columns=ALL,
)


def wrong(given: Given, name: str) -> dict[str, Value]:
    return dict(wrong_answers("network_table", Case(given)))[name]


def test_every_mac_is_counted() -> None:
    """Each output of a layer multiplies once with each weight that it sees."""
    outputs = {1: (6 * 12 * 10, 3 * 9), 4: (4 * 10 * 8, 3 * 9), 7: (5, 80)}
    answers = table(STRIDED)
    assert column("macs", answers) == [
        cells * weights for cells, weights in (outputs.get(number, (0, 0)) for number in (1, 2, 4, 5, 6, 7))
    ]


@pytest.mark.parametrize(
    ("name", "first", "second", "dense"),
    [
        ("mac_vs_flop", 38_880, 17_280, 800),
        ("drop_kernel_area", 2160, 960, 400),
        ("input_side_for_output_side", 27 * 6 * 23 * 20, 27 * 4 * 12 * 10, 400),
        ("positions_forgotten", 162, 108, 400),
        ("biases_in_macs", 168 * 120, 112 * 80, 405),
        ("drop_input_depth", 9 * 6 * 120, 8640, 400),
        ("groups_ignored", 19_440, 17_280, 400),
        ("sharing_ignored", 19_440, 8640, 400),
    ],
)
def test_miscounted_macs(name: str, first: int, second: int, dense: int) -> None:
    assert column("macs", wrong(STRIDED, name)) == [first, 0, second, 0, 0, dense]


def test_macs_of_pooling() -> None:
    assert column("macs", wrong(STRIDED, "pool_macs_counted")) == [19_440, 0, 8640, 4 * 5 * 4 * 4, 0, 400]


def test_fields_of_a_strided_network() -> None:
    assert column("field", table(STRIDED)) == [3, 3, 7, 9]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("rf_own_stride", [5, 5, 9, 13]),
        ("rf_ignore_stride", [3, 3, 5, 6]),
        ("rf_ignore_pool", [3, 3, 7, 7]),
        ("rf_sum_of_kernels", [3, 3, 6, 8]),
        ("rf_product_of_kernels", [3, 3, 9, 18]),
        ("last_kernel_only", [3, 3, 3, 2]),
        ("rf_starts_at_0", [2, 2, 6, 8]),
        ("rf_padding_changes", [1, 1, 5, 7]),
        ("padding_added", [5, 5, 9, 11]),
        ("ignore_stride", [3, 3, 5, 6]),
    ],
)
def test_misjudged_fields(name: str, fields: list[int]) -> None:
    assert column("field", wrong(STRIDED, name)) == fields


def test_fields_alone_are_misjudged_beside_right_shapes() -> None:
    right, beside = table(STRIDED), wrong(STRIDED, "rf_ignore_stride")
    assert {name for name in right if right[name] != beside[name]} == {"field_4", "field_5"}


def test_fields_end_where_maps_do() -> None:
    pooled = given([2, 9, 9], conv(3, 3), "global_avg_pool", "flatten", columns=ALL)
    assert column("field", table(pooled)) == [3]


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (["relu", "flatten", {"dense": 3}], "needs a row ahead of 'flatten'"),
        ([{"dense": 3}], "needs a row ahead of 'flatten'"),
        ([{"conv": 2, "kernel": [3, 5]}], "square windows: state each number of a layer once"),
        ([{"conv": 2, "kernel": 3, "stride": [1, 2]}], "square windows: state each number of a layer once"),
        (["relu"], "needs a layer that has a row"),
    ],
)
def test_columns_that_cannot_be_asked(layers: list[Any], message: str) -> None:
    for type_ in (Given, Params):
        with pytest.raises(DataError, match=message):
            parse_value(type_, {"input": [1, 9, 9], "layers": layers, "columns": ["shape", "field"]})


def test_fields_are_bounded() -> None:
    with pytest.raises(DataError, match="over 1500 cells along an axis"):
        given([1, 90_000, 20], *[{"pool": "max", "kernel": 3, "padding": 1}] * 7, columns=["field"])


def test_padding_of_any_kind_leaves_fields_as_they_are() -> None:
    sides: list[dict[str, Any]] = [
        {"padding": "same_upper"},
        {"padding": [[1, 0], [0, 2]]},
        {"padding": "valid"},
    ]
    for more in sides:
        layers = [conv(2, 3, stride=2, **more), {"pad": 2}, conv(2, 3, **more)]
        assert column("field", table(given([1, 30, 30], *layers, columns=ALL))) == [3, 3, 7]


def test_macs_build_on_both_shapes_and_fields_on_the_field_above() -> None:
    needs = {field.name: field.needs for field in TYPE.ask(Case(STRIDED))}
    assert needs["macs_1"] == ("shape_1",)
    assert needs["macs_4"] == ("shape_2", "shape_4")
    assert needs["field_1"] == ()
    assert needs["field_4"] == ("field_2",)
    assert "field_6" not in needs
    swapped = {field.name: field.needs for field in TYPE.ask(Case(replace(STRIDED, columns=ALL[::-1])))}
    assert swapped["macs_4"] == ("shape_2",)


def test_taken_shapes_and_fields_are_carried_on() -> None:
    key = TYPE.solve(Case(STRIDED), {"shape_2": (6, 11, 9), "shape_4": (4, 9, 7), "field_2": 4})
    assert key["macs_4"] == (27 * 4 * 9 * 7,)
    assert key["field_4"] == (8,)
    assert key["field_5"] == (10,)


def test_an_error_in_a_field_costs_one_cell() -> None:
    asked = problem(STRIDED, "rf_own_stride")
    fields = {field.name: field for field in TYPE.ask(asked.case)}
    answers: dict[str, Value] = {**table(STRIDED), "field_1": 4, "field_2": 4, "field_4": 8, "field_5": 10}
    result = mark_problem(asked, {name: write(fields[name], value) for name, value in answers.items()})
    assert [mark.field for mark in result.marks if mark.verdict is not Verdict.RIGHT] == ["field_1"]


def steps_of(given: Given) -> list[str]:
    """The worked solution, formulas as LaTeX and without the figure."""
    work = TYPE.work(Case(given))
    return [
        step.latex if isinstance(step, Symbol) else plain(sentence(step))
        for step in work
        if isinstance(step, (Symbol, Message))
    ]


def test_rows_are_worked_out_column_by_column() -> None:
    steps = steps_of(replace(STRIDED, total=True))
    first, second = (steps.index(title) for title in ("1 Convolution", "2 Batch normalisation"))
    assert steps[first + 1 : second] == [
        r"\text{height}=\left\lfloor\frac{23+2\cdot 1-3}{2}\right\rfloor+1=12",
        r"\text{width}=\left\lfloor\frac{20+2\cdot 1-3}{2}\right\rfloor+1=10",
        "Each filter makes one output channel: 6.",
        "Output shape: 6 × 12 × 10.",
        r"\text{parameters}=3\cdot 3\cdot 3\cdot 6+6=168",
        r"\text{MACs}=3\cdot 3\cdot 3\cdot 6\cdot 12\cdot 10=19440",
        r"r=1+(3-1)\cdot 1=3,\quad j=1\cdot 2=2",
    ]
    assert "A unit behind this layer sees as much as one before it: r stays 3." in steps
    assert r"r=3+(3-1)\cdot 2=7,\quad j=2\cdot 1=2" in steps
    assert steps[-2:] == ["Add the MACs of all layers up:", r"\text{MACs}=19440+8640+400=28480"]


def test_the_effort_grows_with_the_columns() -> None:
    products = [TYPE.effort(Case(replace(STRIDED, columns=ALL[:count]))).products for count in (1, 2, 3, 4)]
    assert products == [0, 3 + 1 + 3 + 1, 8 + 5 + 5 + 1, 19 + 2 * 3]
