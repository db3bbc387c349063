"""Costs: published numbers, published mistakes, and mistakes computed again by plain arithmetic."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import prod
from typing import Any

import pytest

from convexam.generator import engine, registry
from convexam.generator.document import Message, Symbol
from convexam.generator.errors import DataError
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions
from convexam.generator.networks.architecture import engine_layer
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.compute_cost import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain import plain
from convexam.generator.rules import written
from convexam.generator.streams import Stream, derive
from convexam.generator.text import sentence
from convexam.grader.explaining.explain import explain
from convexam.grader.marking.mark import mark_problem


def conv(filters: int, kernel: Any, **more: Any) -> dict[str, Any]:
    return {"conv": filters, "kernel": kernel, **more}


POOL = {"pool": "max", "kernel": 2}


def given(shape: list[int], *networks: list[Any], ask: str = "macs", **more: Any) -> Given:
    made = [{"layers": layers} for layers in networks]
    return parse_value(Given, {"input": shape, "networks": made, "ask": ask.split(), **more})


def answers(given: Given, **conventions: Any) -> list[Any]:
    case = Case(given, Conventions(**conventions))
    key = first_values(TYPE.solve(case, {}))
    assert key == first_values(TYPE.second(case))
    return list(key.values())


def printed(given: Given) -> list[str]:
    case = Case(given)
    key = first_values(TYPE.solve(case, {}))
    return [written(field.rule, key[field.name]) for field in TYPE.ask(case)]


def wrong(given: Given, name: str) -> dict[str, Any]:
    return dict(wrong_answers("compute_cost", Case(given)))[name]


def problem(given: Given, *listed: str) -> Problem:
    misconceptions = {name: Fraction(0) for name in listed}
    spec = Spec("q/q", "compute_cost", "Q", {"en": "?"}, Fraction(1), 1, misconceptions=misconceptions)
    case = Case(given)
    return Problem("q", spec, case, Fraction(1), registry.get("compute_cost").solve(case, {}))


# -- fixed answers of lectures, textbooks and courses ---------------------------------------------

THREE = [conv(filters, 3, stride=2, padding="same_upper") for filters in (100, 200, 400)]
LARGE = [conv(200, 5, padding="same_upper")]


def vgg16() -> list[Any]:
    blocks = [[64] * 2, [128] * 2, [256] * 3, [512] * 3, [512] * 3]
    maps = [layer for block in blocks for layer in [*(conv(n, 3, padding=1) for n in block), POOL]]
    return [*maps, "flatten", {"dense": 4096}, "relu", {"dense": 4096}, "relu", {"dense": 1000}, "softmax"]


@pytest.mark.parametrize(
    ("given_", "key"),
    [
        pytest.param(
            given(
                [1, 32, 32],
                *([conv(1, size, padding=size // 2, bias="false")] for size in (1, 3, 5)),
                ask="macs parameter_memory",
                unit="bytes",
            ),
            [1024, 4, 9216, 36, 25_600, 100],
            id="E10",
        ),
        pytest.param(
            given(
                [3, 972, 1920],
                ["flatten", {"dense": 5_598_720, "bias": "false"}],
                ask="macs parameter_memory",
                unit="bytes",
            ),
            [31_345_665_638_400, 4 * 31_345_665_638_400],
            id="E4",
        ),
        pytest.param(
            given([1, 100, 100], ["flatten", {"dense": 1000}], ask="macs parameter_memory"),
            [10_000_000, Fraction(40_004, 1000)],
            id="E7",
        ),
        pytest.param(
            given(
                [64, 32, 32],
                [conv(64, 5, padding=2)],
                [conv(64, 3, padding=1)] * 2,
                ask="macs ratio",
            ),
            [102_400 * 1024, 73_728 * 1024, Fraction(25, 18)],
            id="E11",
        ),
        pytest.param(
            given(
                [16, 28, 28],
                ["flatten", {"dense": 100}],
                [POOL, "flatten", {"dense": 100}],
                ask="parameters macs ratio",
            ),
            [1_254_500, 1_254_400, 313_700, 313_600, 4],
            id="X12",
        ),
        pytest.param(given([6, 28, 28], [POOL], ask="macs flops parameters"), [0, 0, 0], id="pooling"),
        pytest.param(
            given([3, 224, 224], [conv(64, 3, padding=1)], ask="macs activations"),
            [86_704_128, 3_211_264],
            id="first layer of VGG-16",
        ),
        pytest.param(
            given([3, 224, 224], vgg16(), ask="macs flops parameters"),
            [15_470_264_320, 30_940_528_640, 138_357_544],
            id="VGG-16",
        ),
        pytest.param(
            given(
                [3, 6, 6],
                [conv(5, 3, bias="false")],
                [conv(3, 3, groups=3, bias="false"), conv(5, 1, bias="false")],
                ask="macs ratio",
            ),
            [2160, 432 + 240, Fraction(45, 14)],
            id="separable",
        ),
        pytest.param(
            given([3, 150, 100], LARGE, ask="parameters macs activation_memory"),
            [15_200, 225_000_000, 12],
            id="a large layer",
        ),
        pytest.param(
            given([3, 150, 100], LARGE, ask="activation_memory", batch=100, unit="GB"),
            [Fraction(12, 10)],
            id="a large layer, 100 images",
        ),
    ],
)
def test_published_answers(given_: Given, key: list[Any]) -> None:
    assert answers(given_) == key


@pytest.mark.parametrize(
    ("given_", "texts"),
    [
        pytest.param(
            given([3, 200, 300], THREE, ask="parameters parameter_memory inference_memory", digits=1),
            ["903400", "3.6", "12.6"],
            id="inference",
        ),
        pytest.param(
            given(
                [3, 200, 300],
                THREE,
                ask="activation_memory training_memory",
                batch=50,
                digits=1,
                gradients="false",
            ),
            ["526.0", "565.6"],
            id="training without gradients",
        ),
        pytest.param(
            given([3, 200, 300], THREE, ask="training_memory", batch=50, digits=1), ["569.2"], id="training"
        ),
        pytest.param(
            given([3, 224, 224], vgg16(), ask="parameter_memory", digits=0, stored="float32"),
            ["553"],
            id="VGG-16",
        ),
    ],
)
def test_published_memory(given_: Given, texts: list[str]) -> None:
    answers(given_)
    assert printed(given_) == texts


# -- published mistakes ---------------------------------------------------------------------------

VGG = given([3, 224, 224], [conv(64, 3, padding=1)])
FIFTY = given([3, 200, 300], THREE, ask="training_memory", batch=50, digits=1)
SIX = given([3, 224, 224], [conv(64, 3, padding=1)], ask="activation_memory", batch=6, digits=1)


@pytest.mark.parametrize(
    ("given_", "name", "answer"),
    [
        pytest.param(VGG, "drop_input_depth", {"macs": 28_901_376}, id="one channel"),
        pytest.param(
            given([3, 224, 224], vgg16()), "mac_vs_flop", {"macs": 30_940_528_640}, id="30.9 for 15.47"
        ),
        pytest.param(
            FIFTY, "gradients_forgotten", {"training_memory": Fraction(5_656_136, 10_000)}, id="565.6"
        ),
        pytest.param(SIX, "mega_vs_mebi", {"activation_memory": Fraction(735, 10)}, id="73.5 for 77"),
        pytest.param(
            given([3, 150, 100], LARGE, ask="activation_memory"),
            "bits_vs_bytes",
            {"activation_memory": 96},
            id="96 million bits",
        ),
    ],
)
def test_published_mistakes_are_named(given_: Given, name: str, answer: dict[str, Any]) -> None:
    assert wrong(given_, name) == answer
    asked = problem(given_, name)
    finding = explain(asked, TYPE.ask(asked.case), answer).finding
    assert finding is not None
    assert finding.names == (name,)


def test_two_mistakes_at_once() -> None:
    """9,462,528 for 86,704,128: no padding, so a side of 222, and no cells of the window."""
    changes = {misconception.name: misconception.change for misconception in TYPE.misconceptions}
    once = changes["ignore_padding"](Case(VGG))
    assert once is not None
    twice = changes["drop_kernel_area"](once)
    assert twice is not None
    assert TYPE.solve(twice, {}) == {"macs": (9_462_528,)}


def test_77_megabytes() -> None:
    assert printed(SIX) == ["77.1"]


# -- mistakes computed again ----------------------------------------------------------------------

STRIDED = given([6, 11, 9], [conv(8, 3, stride=2)])  # 5 by 4 positions
GROUPED = given([6, 11, 9], [conv(8, 3, groups=2, bias="false")])  # 9 by 7 positions


@pytest.mark.parametrize(
    ("given_", "name", "macs"),
    [
        (STRIDED, "mac_vs_flop", 2 * 5 * 4 * 9 * 6 * 8),
        (STRIDED, "drop_kernel_area", 5 * 4 * 6 * 8),
        (STRIDED, "input_side_for_output_side", 11 * 9 * 9 * 6 * 8),
        (STRIDED, "positions_forgotten", 9 * 6 * 8),
        (STRIDED, "biases_in_macs", 5 * 4 * (9 * 6 + 1) * 8),
        (STRIDED, "drop_input_depth", 5 * 4 * 9 * 8),
        (STRIDED, "kernel_side_only", 5 * 4 * 3 * 6 * 8),
        (STRIDED, "sum_for_product", 5 * 4 * (9 + 6) * 8),
        (STRIDED, "ignore_stride", 9 * 7 * 9 * 6 * 8),
        (STRIDED, "missing_plus_one", 4 * 3 * 9 * 6 * 8),
        (GROUPED, "groups_ignored", 9 * 7 * 9 * 6 * 8),
        (GROUPED, "one_group_only", 9 * 7 * 9 * 3 * 4),
        (given([3, 6, 6], [POOL]), "pool_macs_counted", 3 * 3 * 3 * 4),
        (given([2, 6, 6], [conv(3, 3), conv(4, 3)]), "first_layer_only", 16 * 9 * 2 * 3),
        (given([2, 6, 6], [conv(3, 3), conv(4, 3)]), "last_layer_only", 16 * 9 * 2 * 4),
        (given([10, 1, 1], ["flatten", {"dense": 7}]), "sum_for_product", 17),
    ],
)
def test_mistakes_about_operations(given_: Given, name: str, macs: int) -> None:
    assert wrong(given_, name) == {"macs": macs}


def test_groups_on_filters_shows_in_what_is_put_out() -> None:
    grouped = replace(GROUPED, ask=("macs", "activations"))
    assert answers(grouped) == [9 * 7 * 9 * 3 * 8, 9 * 7 * 8]
    assert wrong(grouped, "groups_on_filters") == {"macs": 9 * 7 * 9 * 6 * 4, "activations": 9 * 7 * 4}


def test_mistakes_about_a_separable_convolution() -> None:
    case = given([4, 6, 6], [conv(8, 3, groups=4, bias="false"), conv(5, 1, bias="false")])
    assert answers(case) == [16 * 9 * 8 + 16 * 8 * 5]
    assert wrong(case, "pointwise_forgotten") == {"macs": 16 * 9 * 8}
    assert wrong(case, "depthwise_forgotten") == {"macs": 36 * 4 * 5}
    assert wrong(case, "multiplier_ignored") == {"macs": 16 * 9 * 4 + 16 * 4 * 5}
    assert wrong(case, "standard_for_separable") == {"macs": 16 * 9 * 4 * 5}
    assert wrong(case, "groups_ignored") == {"macs": 16 * 9 * 4 * 8 + 16 * 8 * 5}


def test_mistakes_about_padding() -> None:
    padded = given([2, 6, 6], [conv(3, 3, padding=1)])
    assert answers(padded) == [36 * 9 * 2 * 3]
    assert wrong(padded, "ignore_padding") == {"macs": 16 * 9 * 2 * 3}


def test_a_ratio_the_other_way_round() -> None:
    compared = given([2, 6, 6], [conv(3, 3)], [conv(4, 1)], ask="ratio")
    assert answers(compared) == [Fraction(16 * 9 * 2 * 3, 36 * 2 * 4)]
    assert wrong(compared, "ratio_inverted") == {"ratio": Fraction(1, 3)}


# Two layers on 2 x 6 x 6 = 72 numbers: 3 x 4 x 4 = 48 and 2 x 2 x 2 = 8 put out, 57 and 56 parameters.
PARAMETERS, INPUT, FIRST, LAST, BATCH = 3 * 19 + 2 * 28, 72, 48, 8, 10
SMALL = [conv(3, 3), "relu", conv(2, 3)]
HELD = INPUT + FIRST + LAST


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("gradients_forgotten", PARAMETERS + BATCH * HELD),
        ("parameters_forgotten", BATCH * HELD),
        ("input_forgotten", 2 * PARAMETERS + BATCH * (FIRST + LAST)),
        ("batch_on_weights", 2 * BATCH * PARAMETERS + BATCH * HELD),
        ("batch_forgotten", 2 * PARAMETERS + HELD),
        ("two_layers_kept", 2 * PARAMETERS + BATCH * (INPUT + FIRST)),
        ("no_bias", 2 * (PARAMETERS - 5) + BATCH * HELD),
        ("bits_vs_bytes", 8 * (2 * PARAMETERS + BATCH * HELD)),
    ],
)
def test_mistakes_about_training(name: str, numbers: int) -> None:
    trained = given([2, 6, 6], SMALL, ask="training_memory", batch=BATCH, stored="float16", unit="bytes")
    assert answers(trained) == [2 * (2 * PARAMETERS + BATCH * HELD)]
    assert wrong(trained, name) == {"training_memory": 2 * numbers}


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("parameters_forgotten", BATCH * (INPUT + FIRST)),
        ("input_forgotten", PARAMETERS + BATCH * (FIRST + LAST)),
        ("batch_on_weights", BATCH * PARAMETERS + BATCH * (INPUT + FIRST)),
        ("batch_forgotten", PARAMETERS + INPUT + FIRST),
        ("all_layers_kept", PARAMETERS + BATCH * HELD),
    ],
)
def test_mistakes_about_inference(name: str, numbers: int) -> None:
    used = given([2, 6, 6], SMALL, ask="inference_memory", batch=BATCH, stored="int8", unit="bytes")
    assert answers(used) == [PARAMETERS + BATCH * (INPUT + FIRST)]
    assert wrong(used, name) == {"inference_memory": numbers}


@pytest.mark.parametrize(
    ("unit", "size", "other"),
    [("kB", 1000, 1024), ("KiB", 1024, 1000), ("MB", 10**6, 2**20), ("GiB", 2**30, 10**9)],
)
def test_units(unit: str, size: int, other: int) -> None:
    stored = given([2, 6, 6], SMALL, ask="parameter_memory", unit=unit)
    assert answers(stored) == [Fraction(4 * PARAMETERS, size)]
    assert wrong(stored, "mega_vs_mebi") == {"parameter_memory": Fraction(4 * PARAMETERS, other)}


# -- against the engine, conventions ---------------------------------------------------------------


def test_the_engine_agrees() -> None:
    costed = given(
        [4, 13, 10],
        [conv(6, [3, 2], stride=2, padding=1, groups=2), "batch_norm", POOL, "flatten", {"dense": 9}],
        ask="macs activations parameters training_memory inference_memory",
        batch=7,
        unit="bytes",
    )
    layers = [engine_layer(layer) for layer in costed.networks[0].layers]
    through = engine.shapes(layers, costed.input)
    pairs = list(zip(layers, through[:-1], strict=True))
    parameters = sum(engine.parameters(layer, shape) for layer, shape in pairs)
    kept = [prod(shape) for place, shape in enumerate(through) if place != 4]
    assert answers(costed) == [
        sum(engine.macs(layer, shape) for layer, shape in pairs),
        sum(kept[1:]),
        parameters,
        4 * (2 * parameters + 7 * sum(kept)),
        4 * (parameters + 7 * max(one + other for one, other in pairwise(kept))),
    ]


def test_positions_are_rounded_as_the_conventions_say() -> None:
    costed = given([1, 6], [conv(1, 3, stride=2, bias="false")])
    assert answers(costed) == [6]
    assert answers(costed, rounding="ceil") == [9]


def test_all_parameters_are_in_memory_whatever_the_convention() -> None:
    costed = given([3, 8, 8], [conv(4, 3)], ask="parameters parameter_memory", unit="bytes")
    assert answers(costed) == answers(costed, bias_counted=False) == [112, 448]


# -- what is asked and shown ------------------------------------------------------------------------


def test_what_is_taken_is_carried_on() -> None:
    asked = "macs flops parameters parameter_memory activations activation_memory"
    case = Case(given([3, 8, 8], [conv(4, 3)], ask=asked, unit="bytes", batch=2))
    taken = TYPE.solve(case, {"macs": 100, "parameters": 50, "activations": 10})
    assert taken["flops"] == (200,)
    assert taken["parameter_memory"] == (200,)
    assert taken["activation_memory"] == (80,)
    assert {field.name: field.needs for field in TYPE.ask(case) if field.needs} == {
        "flops": ("macs",),
        "parameter_memory": ("parameters",),
        "activation_memory": ("activations",),
    }


def test_memory_follows_from_wrong_numbers() -> None:
    trained = given([2, 6, 6], SMALL, ask="parameters activations training_memory", batch=3, unit="bytes")
    asked = problem(trained)
    wrong_outputs = FIRST + LAST + 4
    follows = 4 * (2 * PARAMETERS + 3 * (INPUT + wrong_outputs))
    marked = mark_problem(
        asked,
        {
            "parameters": str(PARAMETERS),
            "activations": str(wrong_outputs),
            "training_memory": str(follows),
        },
    )
    assert [mark.verdict.name for mark in marked.marks] == ["RIGHT", "WRONG", "RIGHT"]


def test_a_ratio_follows_from_wrong_operations() -> None:
    compared = problem(given([2, 6, 6], [conv(3, 3)], [conv(4, 1)], ask="macs ratio"))
    right = {name: str(values[0]) for name, values in compared.key.items()}
    halved = str(16 * 9 * 3)
    marked = mark_problem(compared, {**right, "macs_A": halved, "ratio": "3/2"})
    assert [mark.verdict.name for mark in marked.marks] == ["WRONG", "RIGHT", "RIGHT"]


def test_memory_is_accepted_rounded_and_exact() -> None:
    asked = problem(FIFTY)
    for answer in ("569.2", "569.2272", "569,23"):
        assert mark_problem(asked, {"training_memory": answer}).points == 1
    assert mark_problem(asked, {"training_memory": "569.3"}).points == 0


def shown(given: Given, name: str) -> str:
    message = TYPE.show(Case(given))[name]
    assert isinstance(message, Message)
    return plain(sentence(message))


def test_the_prompt_can_state_every_rule() -> None:
    assert shown(FIFTY, "stored") == "32-bit floating-point numbers"
    assert shown(replace(FIFTY, stored="int8"), "stored") == "8-bit whole numbers"
    assert shown(FIFTY, "unit_rule") == "1 MB is 1000000 bytes of 8 bits."
    assert "a gradient for each" in shown(FIFTY, "memory_rule")
    assert "Gradients are left out" in shown(replace(FIFTY, gradients=False), "memory_rule")


def test_worked_steps_put_the_numbers_in() -> None:
    case = Case(given([2, 6, 6], [conv(3, 3), conv(2, 3)], ask="flops inference_memory", unit="kB", digits=1))
    formulas = [step.latex for step in TYPE.work(case) if isinstance(step, Symbol)]
    for formula in (
        r"\text{numbers put out}=3\cdot 4\cdot 4=48",
        r"\text{parameters}=3\cdot 3\cdot 2\cdot 3+3=57",
        r"\text{MACs}=3\cdot 3\cdot 2\cdot 3\cdot 4\cdot 4=864",
        r"\text{MACs}=864+216=1080",
        r"\text{FLOPs}=2\cdot 1080=2160",
        r"\text{inference}=\left(113+120\right)\cdot 4=932\text{ bytes}=\frac{932}{1000}\text{ kB}\approx 0.9\text{ kB}",
    ):
        assert formula in formulas


# -- drawing ------------------------------------------------------------------------------------------


def drawn(**params: Any) -> Given:
    stream = Stream(derive(b"costs", ["1"]))
    given: Given = TYPE.draw(parse_value(Params, params), stream)
    return given


def test_a_bottleneck_is_drawn() -> None:
    layers = [{"conv": 16, "kernel": 3, "padding": 1}]
    made = drawn(input=[32, 8, 8], layers=layers, compare=["as_is", "bottleneck"], reduction=4)
    narrow, wide = made.networks[1].layers
    assert (narrow.filters, narrow.kernel, wide) == (8, (1,), made.networks[0].layers[0])  # type: ignore[union-attr]


def test_units_and_formats_are_drawn_from_lists() -> None:
    made = drawn(input=[3, 8, 8], layers=[{"conv": 4, "kernel": 3}], stored=["float16"], unit=["KiB"])
    assert (made.stored, made.unit) == ("float16", "KiB")


# -- refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(
            {"ask": ["ratio"]}, "'ratio' compares two networks that both have operations", id="ratio"
        ),
        pytest.param(
            {"ask": ["ratio"], "networks": [{"layers": [POOL]}, {"layers": [conv(1, 3)]}]},
            "'ratio' compares two networks",
            id="ratio with 0",
        ),
        pytest.param(
            {"networks": [{"layers": [conv(1, 3)], "shared": "false"}]},
            "'shared' makes no difference",
            id="shared",
        ),
        pytest.param({"networks": [{"layers": [conv(1, 99)]}]}, "does not fit", id="too large a kernel"),
        pytest.param({"input": [3, 100_000, 100_000]}, "too large here", id="too large an input"),
        pytest.param(
            {"networks": [{"layers": ["flatten", *[{"dense": 9_000_000}] * 2]}]},
            "filters and units",
            id="units",
        ),
        pytest.param(
            {"input": [3, 2000, 2000], "networks": [{"layers": ["batch_norm"] * 9}]}, "put out", id="numbers"
        ),
        pytest.param({"batch": "0"}, "1", id="no image"),
        pytest.param({"unit": "Mb"}, "MB", id="unknown unit"),
    ],
)
def test_bad_givens_are_refused(data: dict[str, Any], message: str) -> None:
    whole = {"input": [3, 8, 8], "networks": [{"layers": [conv(4, 3)]}], **data}
    with pytest.raises((DataError, ValueError), match=message):
        parse_value(Given, whole)


def test_millions_of_flat_values_can_be_normalised() -> None:
    assert answers(given([3, 2000, 2000], ["flatten", "batch_norm"], ask="parameters")) == [24_000_000]


def test_unshared_weights_are_refused() -> None:
    with pytest.raises((DataError, ValueError), match="'unshared' costs as many operations"):
        drawn(input=[3, 8, 8], layers=[conv(4, 3)], compare=["unshared"])
