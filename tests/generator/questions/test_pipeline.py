"""Forward passes by hand: known answers, every misconception on a small case, and errors carried forward."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import exp
from typing import Any

import pytest

from convexam.generator.document import Lines, Message, Symbol
from convexam.generator.errors import DataError
from convexam.generator.figures.model import Grid
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Refused, Rounded, Value
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.pipeline import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain import plain
from convexam.generator.render.plain_formula import plain_formula
from convexam.generator.rules import written
from convexam.generator.streams import Stream, derive
from convexam.generator.text import sentence
from convexam.grader.explaining.explain import explain
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem
from convexam.grader.model import ItemResult, Verdict

PLAIN = Conventions()
MAX = {"pool": "max", "window": 2}
AVG = {"pool": "avg", "window": 2}


def rows(text: str) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        tuple(int(cell) if "/" not in cell else Fraction(cell) for cell in line.split())
        for line in text.split(";")
    )


def given(*steps: Any, **more: Any) -> Given:
    data = {name: value for name, value in more.items() if name not in ("image", "kernels")}
    data["input"] = [text.replace(";", "\n") for text in more["image"]]
    data["kernel"] = [[text.replace(";", "\n") for text in maps] for maps in more["kernels"]]
    return parse_value(Given, data | {"steps": list(steps)})


def case(*steps: Any, conventions: Conventions = PLAIN, **more: Any) -> Case[Given]:
    return Case(given(*steps, **more), conventions)


def answer(case: Case[Given]) -> dict[str, Any]:
    key = TYPE.solve(case, {})
    assert {name: set(values) for name, values in key.items()} == {
        name: set(values) for name, values in TYPE.second(case).items()
    }
    assert list(key) == [field.name for field in TYPE.ask(case)]
    return first_values(key)


def wrong(case: Case[Given], name: str) -> dict[str, Any] | None:
    return dict(wrong_answers("pipeline", case)).get(name)


# Y = 1 -2 3; 4 -5 -6; 7 8 -9 by the kernel [1], so that every step can be read off.
IMAGE = "1 -2 3 2;4 -5 -6 0;7 8 -9 -1;1 0 2 -4"
SAME: dict[str, Any] = {"image": [IMAGE], "kernels": [["1"]]}
TWO: dict[str, Any] = {"image": ["1 -2;3 4"], "kernels": [["1"], ["2"]]}
BINARY: dict[str, Any] = {
    "image": ["1 1 1 0 0;0 1 1 1 0;0 0 1 1 1;0 0 1 1 0;0 1 1 0 0"],
    "kernels": [["1 0 1;0 1 0;1 0 1"]],
}


# -- known answers --------------------------------------------------------------------------------


def test_the_binary_image_of_the_lectures() -> None:
    asked = case("conv", "relu", {**MAX, "stride": 1}, "flatten", {"dense": 2}, "class",
                 **BINARY, bias=-3, weights="1 -2 1 0\n-1 1 0 1")  # fmt: skip
    assert answer(asked) == {
        "conv": rows("1 0 1;-1 1 0;-1 0 1"),
        "relu": rows("1 0 1;0 1 0;0 0 1"),
        "pool": rows("1 1;1 1"),
        "flatten": rows("1 1 1 1"),
        "dense": rows("0 1"),
        "class": 1,
    }


def test_the_printed_map_of_the_lectures() -> None:
    assert answer(case("conv", **BINARY)) == {"conv": rows("4 3 4;2 4 3;2 3 4")}


def test_every_step_can_be_read_off() -> None:
    assert answer(case("conv", "relu", MAX, "flatten", **SAME)) == {
        "conv": rows(IMAGE),
        "relu": rows("1 0 3 2;4 0 0 0;7 8 0 0;1 0 2 0"),
        "pool": rows("4 3;8 2"),
        "flatten": rows("4 3 8 2"),
    }
    assert answer(case("conv", "relu", AVG, ask=["pool"], **SAME)) == {"pool": rows("5/4 5/4;4 1/2")}


def test_several_maps_are_flattened_in_the_stated_order() -> None:
    asked = case("conv", "flatten", **TWO)
    assert answer(asked) == {
        "conv0": rows("1 -2;3 4"),
        "conv1": rows("2 -4;6 8"),
        "flatten": rows("1 -2 3 4 2 -4 6 8"),
    }
    assert answer(replace(asked, conventions=Conventions(order="HWC")))["flatten"] == rows(
        "1 2 -2 -4 3 6 4 8"
    )


def test_maps_and_classes_are_counted_from_the_origin() -> None:
    asked = case("conv", "flatten", "class", conventions=Conventions(origin=1), **TWO)
    assert list(answer(asked)) == ["conv1", "conv2", "flatten", "class"]
    assert answer(asked)["class"] == 8


@pytest.mark.parametrize(("operation", "value"), [("cross-correlation", 1), ("convolution", 2)])
def test_the_operation_is_obeyed(operation: Any, value: int) -> None:
    asked = case("conv", image=["1 2"], kernels=[["1 0"]], conventions=Conventions(operation=operation))
    assert answer(asked) == {"conv": ((value,),)}


def test_sizes_are_rounded_as_the_paper_says() -> None:
    asked = case("conv", {"pool": "max", "window": [1, 2]}, ask=["pool"], image=["1 2 3"], kernels=[["1"]])
    assert answer(asked) == {"pool": rows("2")}
    assert answer(replace(asked, conventions=Conventions(rounding="ceil"))) == {"pool": rows("2 3")}


def test_softmax_and_sigmoid_are_proved_beyond_what_is_asked() -> None:
    scores: dict[str, Any] = {"image": ["1 2 4"], "kernels": [["1"]]}
    key = answer(case("conv", "flatten", "softmax", digits=3, **scores))["softmax"][0]
    assert written(Rounded(3), key) == ("0.042", "0.114", "0.844")
    total = exp(1) + exp(2) + exp(4)
    assert [float(number) for number in key] == pytest.approx([exp(z) / total for z in (1, 2, 4)], abs=1e-10)
    asked = case("conv", "sigmoid", digits=3, image=["-1 0 2"], kernels=[["1"]])
    assert written(Rounded(3), answer(asked)["sigmoid"][0]) == ("0.269", "0.500", "0.881")


@pytest.mark.parametrize("text", ["0.042 0.114 0.844", "0.0420 0.1142 0.8438", "0.04201 0.1142 0.843795"])
def test_more_decimals_are_right_too(text: str) -> None:
    asked = problem(
        case("conv", "flatten", "softmax", ask=["softmax"], digits=3, image=["1 2 4"], kernels=[["1"]])
    )
    assert mark_problem(asked, {"softmax": text}).points == asked.points


def test_far_scores_are_solved_both_ways() -> None:
    """More than anybody asks; exponentials of them vanish."""
    asked = case("conv", "sigmoid", ask=["sigmoid"], digits=2, image=["5000 -5000 0"], kernels=[["1"]])
    assert answer(asked) == {"sigmoid": ((1, 0, Fraction(1, 2)),)}


def test_largest_values_that_are_equal_are_all_right() -> None:
    asked = case("conv", "flatten", "class", image=["3 1 3"], kernels=[["1"]])
    assert TYPE.solve(asked, {})["class"] == TYPE.second(asked)["class"] == (0, 2)


def test_a_single_window() -> None:
    asked = case("conv", window=[0, 1], image=["1 2 3;4 5 6"], kernels=[["1 2;0 -1"]])
    assert answer(asked) == {"products": rows("2 6;0 -6"), "sum": 2, "conv": rows("0 2")}
    turned = replace(asked, conventions=Conventions(operation="convolution"))
    assert answer(turned)["products"] == rows("-2 0;10 6")
    padded = case("conv", window=[0, 0], padding=1, stride=2, image=["1 2 3;4 5 6"], kernels=[["1 2;0 -1"]])
    assert answer(padded)["products"] == rows("0 0;0 -1")


# -- misconceptions -------------------------------------------------------------------------------

NINE: dict[str, Any] = {"image": [IMAGE], "kernels": [["1 2;0 -1"]], "bias": 1}

MISTAKES: list[tuple[str, Case[Given], dict[str, Any]]] = [
    ("relu_skipped", case("conv", "relu", **SAME), {"relu": rows(IMAGE)}),
    ("relu_abs", case("conv", "relu", **SAME), {"relu": rows("1 2 3 2;4 5 6 0;7 8 9 1;1 0 2 4")}),
    # (1-2+4-5)/4 = -1/2, (3+2-6+0)/4 = -1/4, (7+8+1+0)/4 = 4, (-9-1+2-4)/4 = -3
    ("relu_after_pool", case("conv", "relu", AVG, ask=["pool"], **SAME), {"pool": rows("0 0;4 0")}),
    ("relu_skipped", case("conv", "relu", AVG, ask=["pool"], **SAME), {"pool": rows("-1/2 -1/4;4 -3")}),
    ("avg_for_max", case("conv", MAX, **SAME), {"pool": rows("-1/2 -1/4;4 -3")}),
    ("max_for_avg", case("conv", AVG, **SAME), {"pool": rows("4 3;8 2")}),
    ("pool_stride_1", case("conv", MAX, **SAME), {"pool": rows("4 3 3;8 8 0;8 8 2")}),
    ("pool_stride_window", case("conv", {**MAX, "stride": 1}, **SAME), {"pool": rows("4 3;8 2")}),
    (
        "ceil_for_floor",
        case("conv", {"pool": "max", "window": [1, 2]}, image=["1 2 3"], kernels=[["1"]]),
        {"pool": rows("2 3")},
    ),
    ("flatten_other_order", case("conv", "flatten", **TWO), {"flatten": rows("1 2 -2 -4 3 6 4 8")}),
    (
        "flatten_wrong_layer",
        case("conv", {"pool": "max", "window": [1, 2]}, "flatten", image=["1 2 3 0"], kernels=[["1"]]),
        {"pool": rows("2 3"), "flatten": rows("1 2 3 0")},
    ),
    (
        "dense_bias_forgotten",
        case("conv", "flatten", {"dense": 1}, image=["1 2"], kernels=[["1"]], weights="3 4", dense_bias=5),
        {"dense": rows("11")},
    ),
    (
        "weights_transposed",
        case("conv", "flatten", {"dense": 2}, image=["1 2"], kernels=[["1"]], weights="3 4\n5 6"),
        {"dense": rows("13 16")},
    ),
    (
        "no_exponential",
        case("conv", "flatten", "softmax", digits=2, image=["1 3"], kernels=[["1"]]),
        {"softmax": rows("1/4 3/4")},
    ),
    (
        "class_from_other_origin",
        case("conv", "flatten", "class", image=["1 3"], kernels=[["1"]]),
        {"class": 2},
    ),
    ("bias_forgotten", case("conv", "relu", **NINE), {"conv": rows("2 10 7;-14 -8 -5;23 -12 -7")}),
    ("extra_flip", case("conv", image=["1 2"], kernels=[["1 0"]]), {"conv": rows("2")}),
    ("ignore_padding", case("conv", padding=1, image=["5"], kernels=[["1"]]), {"conv": rows("5")}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "asked", "shows"), MISTAKES)
def test_misconceptions(name: str, asked: Case[Given], shows: Mapping[str, Any]) -> None:
    answers = wrong(asked, name)
    assert answers is not None
    assert answers.items() >= shows.items()
    assert any(answer(asked)[field] != value for field, value in shows.items())
    found = problem(asked, name)
    finding = explain(found, TYPE.ask(asked), answers).finding
    assert finding is not None
    assert finding.names == (name,)


def test_what_follows_a_mistake_follows_from_it() -> None:
    asked = case("conv", "relu", MAX, "flatten", {"dense": 1}, **SAME, weights="1 1 1 1")
    assert wrong(asked, "relu_abs") == {
        "conv": rows(IMAGE),
        "relu": rows("1 2 3 2;4 5 6 0;7 8 9 1;1 0 2 4"),
        "pool": rows("5 6;8 9"),
        "flatten": rows("5 6 8 9"),
        "dense": rows("28"),
    }


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("relu_after_pool", case("conv", "relu", MAX, ask=["pool"], **SAME)),  # harmless for a maximum
        ("relu_after_pool", case("conv", "relu", AVG, **SAME)),  # the map between is asked
        ("relu_skipped", case("conv", **SAME)),
        ("max_for_avg", case("conv", MAX, **SAME)),
        ("pool_stride_window", case("conv", MAX, **SAME)),
        ("flatten_other_order", case("conv", "flatten", **SAME)),
        ("flatten_wrong_layer", case("conv", MAX, "flatten", {"dense": 1}, **SAME, weights="1 1 1 1")),
        ("weights_transposed", case("conv", MAX, "flatten", {"dense": 1}, **SAME, weights="1 1 1 1")),
        ("ceil_for_floor", case("conv", MAX, **SAME)),
    ],
)  # fmt: skip
def test_where_a_misconception_makes_no_sense(name: str, asked: Case[Given]) -> None:
    assert wrong(asked, name) is None


# -- errors carried forward -----------------------------------------------------------------------

CHAIN = case("conv", "relu", MAX, "flatten", {"dense": 2}, "class", **SAME, weights="1 -1 1 0\n0 2 -1 1")


def problem(case: Case[Given], *listed: str) -> Problem:
    spec = Spec(
        "q",
        "pipeline",
        "A chain",
        {"en": ""},
        Fraction(7),
        1,
        misconceptions=dict.fromkeys(listed, Fraction()),
    )
    return Problem("q", spec, case, Fraction(7), TYPE.solve(case, {}))


def marked(asked: Problem, answers: Mapping[str, Value]) -> ItemResult:
    fields = {field.name: field for field in TYPE.ask(asked.case)}
    return mark_problem(asked, {name: write(fields[name], value) for name, value in answers.items()})


def own(taken: Mapping[str, Value]) -> dict[str, Value]:
    return first_values(TYPE.solve(CHAIN, taken))


def verdicts(result: ItemResult) -> dict[str, Verdict]:
    return {mark.field: mark.verdict for mark in result.marks if mark.verdict is not Verdict.RIGHT}


def test_the_chain() -> None:
    assert answer(CHAIN)["dense"] == rows("9 0")
    assert answer(CHAIN)["class"] == 0


def test_a_slip_in_one_cell_is_punished_once() -> None:
    slipped = rows(IMAGE.replace("8", "9"))
    answers = own({"conv": slipped})
    assert answers["pool"] == rows("4 3;9 2")
    assert verdicts(marked(problem(CHAIN), answers)) == {"conv": Verdict.PARTIAL}


def test_each_step_follows_from_the_one_before() -> None:
    for name in ("relu", "pool", "flatten", "dense"):
        key: Any = answer(CHAIN)[name]
        *above, last = key
        slipped = (*above, (*last[:-1], last[-1] + 3))
        answers = own({name: slipped})
        result = marked(problem(CHAIN), answers)
        assert set(verdicts(result)) == {name}


def test_what_a_listed_misconception_gives_is_taken() -> None:
    answers = wrong(CHAIN, "relu_abs")
    assert answers is not None
    asked = problem(CHAIN, "relu_abs")
    asked = replace(asked, spec=replace(asked.spec, misconceptions={"relu_abs": Fraction(0)}))
    assert set(verdicts(marked(asked, answers))) == {"relu"}


@pytest.mark.parametrize("conv", ["0 0 0 0;0 0 0 0;0 0 0 0;0 0 0 0", "5 5 5 5;5 5 5 5;5 5 5 5;5 5 5 5"])
def test_trivial_maps_lead_nowhere(conv: str) -> None:
    answers = own({"conv": rows(conv)})
    result = marked(problem(CHAIN), answers)
    assert {mark.against for mark in result.marks if mark.field != "class"} == {"key"}


def test_a_map_of_another_size_leads_nowhere() -> None:
    answers = {"conv": rows("1 -2 3;4 -5 -6;7 8 -9"), "relu": rows("1 0 3;4 0 0;7 8 0")}
    assert set(verdicts(marked(problem(CHAIN), answers))) >= {"conv", "relu"}


def test_maps_follow_each_from_its_own() -> None:
    asked = case("conv", "relu", image=["1 -2 5;3 4 -1"], kernels=[["1"], ["2"]])
    key = answer(asked)
    answers = key | {"conv1": rows("2 -4 9;6 8 -2"), "relu1": rows("2 0 9;6 8 0")}
    found = problem(asked)
    assert set(verdicts(marked(found, answers))) == {"conv1"}


# -- drawing --------------------------------------------------------------------------------------


def drawn(number: int, **params: Any) -> Given:
    given: Given = TYPE.draw(parse_value(Params, params), Stream(derive(b"pipeline", [str(number)])))
    return given


SMALL = {
    "input": {"shape": [1, 3, 3], "from": -2, "to": 2},
    "kernel": {"shape": [1, 1, 2, 2], "one_of": [-1, 1]},
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kernel": {"shape": [1, 1, 4, 4], "one_of": [1]}, "steps": ["conv"]}, "does not fit"),
        ({"input": {"shape": [1, 3, 3], "from": 1, "to": 2}, "kernel": {"shape": [1, 1, 1, 1], "one_of": [1]},
          "steps": ["conv", "relu"]}, "nothing is negative"),
        ({"input": {"shape": [1, 3, 3], "from": 1, "to": 2}, "kernel": {"shape": [1, 1, 1, 1], "one_of": [-1]},
          "steps": ["conv", "relu"]}, "nothing is positive"),
        ({"input": {"shape": [1, 1, 2], "from": 90, "to": 99}, "kernel": {"shape": [1, 1, 1, 1], "one_of": [1]},
          "steps": ["conv", "sigmoid"], "digits": 2}, "rounded to 0 or 1"),
        ({"input": {"shape": [1, 2, 2], "from": 3, "to": 3}, "kernel": {"shape": [1, 1, 1, 1], "one_of": [1]},
          "steps": ["conv", "flatten", "class"]}, "equally likely"),
        ({"input": {"shape": [1, 1, 2], "from": 1001, "to": 1009}, "kernel": {"shape": [1, 1, 1, 1], "one_of": [1]},
          "steps": ["conv", "flatten", "softmax"], "digits": 2}, "up to 1000"),
        ({"bias": 1, "window": [0, 0], "kernel": {"shape": [2, 1, 1, 1], "one_of": [1]}, "steps": ["conv"]},
         "one kernel on one channel"),
    ],
)  # fmt: skip
def test_refused_draws(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        drawn(0, **SMALL | change)


def test_weights_fit_what_comes_in() -> None:
    steps = ["conv", MAX, "flatten", {"dense": 3}]
    found = drawn(
        1, **SMALL | {"steps": steps, "weights": {"from": 1, "to": 9}, "dense_bias": {"from": 1, "to": 2}}
    )
    assert found.weights is not None
    assert [len(row) for row in found.weights] == [1, 1, 1]
    assert len(found.dense_bias) == 3


# -- what is asked and shown ----------------------------------------------------------------------


def test_shapes_are_asked_unless_they_are_shown() -> None:
    steps = ["conv", MAX, "flatten", {"dense": 1}]
    hidden, shown = (case(*steps, **SAME, weights="1 1 1 1", show_shape=flag) for flag in ("false", "true"))
    assert [field.shape for field in TYPE.ask(hidden)] == [None, None, None, (1, 1)]
    assert [field.shape for field in TYPE.ask(shown)] == [(4, 4), (2, 2), (1, 4), (1, 1)]


def test_filtering_weighs_as_much_as_two_steps() -> None:
    weights = [field.weight for field in TYPE.ask(case("conv", "relu", **TWO))]
    assert weights == [1, 1, Fraction(1, 2), Fraction(1, 2)]


def lines(case: Case[Given]) -> list[str]:
    steps = TYPE.show(case)["steps"]
    assert isinstance(steps, Lines)
    return [plain(sentence(line)) for line in steps.items]


def test_the_steps_in_words() -> None:
    asked = case("conv", "relu", AVG, "flatten", {"dense": 2}, "softmax", "class", **SAME, bias=2, padding=0,
                 weights="1 1 1 1\n1 1 1 1", dense_bias=[1, -1], digits=3)  # fmt: skip
    assert lines(asked) == [
        (
            "Filter X with K: cross-correlation (the kernel as it stands), stride 1, no padding. "
            "Add the bias 2 to every cell. This gives Y."
        ),
        "Apply ReLU to every number of Y. This gives A.",
        "Average pooling of A: windows of 2 × 2 cells, stride 2, no padding. This gives P.",
        "Flatten P: write its cells into one row v, row by row.",
        (
            "Dense layer: W has a row of weights for each unit. Multiply W by v, and add the units’ biases 1, −1. "
            "This gives z, one number for each unit."
        ),
        "Apply softmax to z. This gives p, rounded to 3 decimals.",
        "The predicted class c is the place of the largest number of p; the first place is 0.",
    ]


def test_the_order_of_flattening_is_said() -> None:
    asked = case("conv", "flatten", **TWO)
    assert "one map after the other" in lines(asked)[1]
    other = replace(asked, conventions=Conventions(order="HWC"))
    assert "the numbers of all maps in a cell next to each other" in lines(other)[1]


# -- the worked solution --------------------------------------------------------------------------


def formulas(case: Case[Given]) -> list[str]:
    return [plain_formula(step.latex) for step in TYPE.work(case) if isinstance(step, Symbol)]


def test_the_worked_steps_of_a_whole_network() -> None:
    asked = case("conv", "relu", {"pool": "max", "window": [1, 2]}, "flatten", {"dense": 2}, "softmax", "class",
                 image=["1 -2 3 1"], kernels=[["1"]], weights="1 0\n-1 1", dense_bias=[0, 1], digits=2)  # fmt: skip
    steps = list(TYPE.work(asked))
    assert [plain(sentence(step)) for step in steps if isinstance(step, Message)][-3:] == [
        "Softmax takes the exponential of every number, and divides it by the sum of all:",
        "Step 7: Predicted class",
        "The number in place 1 of p is the largest: the class is 1.",
    ]
    assert formulas(asked)[-7:] == [
        "z₀ = 1 · 1 + 0 · 3 = 1",
        "z₁ = (−1) · 1 + 1 · 3 + 1 = 3",
        "e¹ ≈ 2.7183",
        "e³ ≈ 20.0855",
        "e¹ + e³ ≈ 22.8038",
        "p₀ = e¹/(e¹ + e³) ≈ 0.12",
        "p₁ = e³/(e¹ + e³) ≈ 0.88",
    ]
    marks = [step.marked for step in steps if isinstance(step, Grid) and step.label == "A"]
    assert marks == [frozenset({(0, 1)})]


def test_sigmoids_are_written_out() -> None:
    assert formulas(case("conv", "sigmoid", digits=3, image=["-1 2"], kernels=[["1"]]))[-2:] == [
        "S₀,₀ = 1/(1 + e¹) ≈ 0.269",
        "S₀,₁ = 1/(1 + e⁻²) ≈ 0.881",
    ]


def test_effort_adds_the_steps_up() -> None:
    asked = case("conv", "relu", {"pool": "max", "window": [1, 2]}, "flatten", {"dense": 1}, "sigmoid",
                 image=["1 -2 3 1"], kernels=[["1"]], weights="1 -1", digits=2)  # fmt: skip
    effort = TYPE.effort(asked)
    # 4 products, 4 comparisons, 4 cells looked at, 2 numbers copied, 2 products, an exponential
    assert (effort.products, effort.negatives, effort.digits) == (4 + 4 + 4 + 2 + 2 + 3, 2, 2)


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "more", "complaint"),
    [
        (["relu"], {}, "begins with 'conv'"),
        (["conv", "relu", "relu"], {}, "stands once"),
        (["conv", "flatten", MAX], {}, "before 'flatten'"),
        (["conv", "class"], {}, "behind 'flatten'"),
        (["conv", "flatten", "class", "softmax"], {"digits": 2}, "last of the 'steps'"),
        (["conv", "sigmoid", MAX], {"digits": 2}, "has rounded"),
        (["conv", "sigmoid"], {}, "'digits'"),
        (["conv"], {"digits": 2}, "'digits'"),
        (["conv", "flatten", {"dense": 1}], {}, "'weights'"),
        (["conv"], {"weights": "1"}, "'weights'"),
        (["conv", "flatten", {"dense": 1}], {"weights": "1\n1"}, "a row for each of the 1 units"),
        (["conv", "flatten", {"dense": 99}], {"weights": "1"}, "16"),
        (["conv", "flatten", {"dense": 1}], {"weights": "1 1", "dense_bias": [1, 2]}, "each unit"),
        (["conv", "flatten", "softmax"], {"digits": 2, "image": ["999 1001"]}, "up to 1000"),
        (["conv", "flatten", "softmax"], {"digits": 2, "image": [";".join(["1 " * 9] * 8)]}, "at most 64 numbers"),
        (["conv"], {"ask": ["relu"]}, "none of the 'steps'"),
        (["conv"], {"bias": [1, 2]}, "each kernel"),
        (["conv"], {"window": [4, 0]}, "lies outside"),
        (["conv"], {"kernels": [["1"], ["1"]], "window": [0, 0]}, "one kernel on one channel"),
        (["conv"], {"kernels": [["1", "1"]]}, "as many channels"),
        (["conv"], {"image": ["1 2", "1"], "kernels": [["1", "1"]]}, "same size"),
        (["conv", {"pool": "max", "window": 5}], {}, "does not fit"),
        (["conv"], {"image": [";".join(["1 " * 128] * 128)], "kernels": [["1 1 1;1 1 1;1 1 1"]]}, "at most 100000"),
    ],
)  # fmt: skip
def test_what_cannot_be_given(steps: list[Any], more: dict[str, Any], complaint: str) -> None:
    with pytest.raises(DataError, match=complaint):
        given(*steps, **SAME | more)
