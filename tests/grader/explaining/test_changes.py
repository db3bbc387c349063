"""One or two wrong turns: what is named, when nothing is, and what it is worth."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest

from convexam.generator.model import Case, Conventions
from convexam.generator.questions.misconceptions import SENTENCES
from convexam.grader.explaining import hypotheses

from .samples import conv, explained, key, mistaken, names, of, problem

TWO_MAPS: dict[str, Any] = {
    "input": ["3 -1 4 1\n9 -2 6 5\n5 8 -9 7\n3 2 3 8"],
    "kernel": [["2 -1\n1 4"], ["1 3\n-2 5"]],
    "bias": [2, 3],
}
POOLED = of("pool", kind="max", input=["3 -1 4 1 5\n9 -2 6 5 3\n5 8 -9 7 9\n3 2 3 8 -4\n6 2 6 4 3"], window=2)


# -- one turn -----------------------------------------------------------------------------------


def test_what_the_entry_lists_is_likelier() -> None:
    """Turned and turned upside down this kernel is the same: two mistakes, unless the entry is about one."""
    case = conv(kernel="1 1;10 10")
    answers = mistaken(problem(case), "extra_flip")
    assert names(problem(case), answers) == ()
    assert names(problem(case, {"flip_rows_only": "0"}), answers) == ("flip_rows_only",)
    assert names(problem(case, {"flip_rows_only": "0", "extra_flip": "0"}), answers) == ()


def test_the_best_credit_counts_where_none_is_stated() -> None:
    case = conv(kernel="1 1;10 10")
    asked = problem(case, {"flip_rows_only": "1/4", "extra_flip": "1/2"})
    found = explained(asked, mistaken(asked, "extra_flip"))
    assert found.finding is None
    assert (found.fields, found.credit) == (("Y",), Fraction(1, 2))


def test_the_same_change_under_two_names_is_one_mistake() -> None:
    """A row of three, a window of two: padding that keeps the size begins one cell late as well."""
    row: dict[str, Any] = {"input": "3 -1 4 1 5", "kernel": ["2 7"], "padding": [1, 0]}
    asked = problem(of("conv1d", **row), type_="conv1d")
    assert mistaken(asked, "started_late") == mistaken(asked, "assume_same_padding")
    assert names(asked, mistaken(asked, "started_late")) == ("assume_same_padding",)
    listed = problem(of("conv1d", **row), {"started_late": "1/2"}, type_="conv1d")
    assert names(listed, mistaken(listed, "started_late")) == ("started_late",)


def test_mistakes_that_agree_in_one_cell_are_two() -> None:
    """This cell of a gradient of 2 × 2 is the same one turned and transposed; the others are not."""
    layer: dict[str, Any] = {
        "of": "conv",
        "with_respect_to": ["weight"],
        "input": "3 -1 4\n1 5 9\n-2 6 5",
        "kernel": "1 2\n3 4",
    }
    asked = problem(of("gradient", **layer, grad="2 -7\n3 1", cell=[0, 1]), type_="gradient")
    turned = mistaken(asked, "gradient_turned")
    assert turned == mistaken(asked, "gradient_transposed") != key(asked)
    assert names(asked, turned) == ()


def test_another_convention_where_no_misconception_says_so() -> None:
    """`compute_cost` knows no wrong rounding."""
    asked = of(
        "compute_cost", input=[1, 10, 10], networks=[{"layers": [{"conv": 2, "kernel": 2, "stride": 3}]}]
    )
    up = replace(asked, conventions=Conventions(rounding="ceil"))
    answers = key(problem(up, type_="compute_cost"))
    assert names(problem(asked, type_="compute_cost"), answers) == ("ceil_for_floor",)


def test_nothing_else_is_solved_where_a_misconception_gives_all_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(hypotheses, "other_conventions")
    asked = problem(conv())
    assert names(asked, mistaken(asked, "extra_flip")) == ("extra_flip",)


# -- other settings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "other", "name", "sentence"),
    [
        ({"stride": 1}, {"stride": 2}, "other_stride", "You took a stride of 2; here it is 1."),
        (
            {"stride": 2, "padding": 1},
            {"stride": 3, "padding": 1},
            "other_stride",
            "You took a stride of 3; here it is 2.",
        ),
        (
            {"stride": [1, 2], "padding": 1},
            {"stride": 2, "padding": 1},
            "other_stride",
            "You took a stride of 2; here it is 1 down and 2 across.",
        ),
        ({}, {"padding": 2}, "other_padding", "You took a padding of 2; here it is 0."),
        (
            {"padding": [[1, 0], [1, 0]]},
            {"padding": 3},
            "other_padding",
            "You took a padding of 3; here it is 1 above, 0 below, 1 left and 0 right.",
        ),
        (
            {"dilation": 1, "padding": 2},
            {"dilation": 3, "padding": 2},
            "other_dilation",
            "You took a dilation of 3; here it is 1.",
        ),
    ],
)
def test_other_settings(given: dict[str, Any], other: dict[str, Any], name: str, sentence: str) -> None:
    asked = problem(conv(**given), method="1/2")
    found = explained(asked, key(problem(conv(**other))))
    assert found.finding is not None
    assert found.finding.names == (name,)
    assert [str(each) for each in found.finding.sentences] == [sentence]
    assert found.credit == Fraction(1, 2)


SETTINGS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("conv1d", {"input": "3 -1 4 1 5 9 -2 6 5 3", "kernel": ["2 -1 3"]}, {"stride": 2}),
    ("conv1d", {"input": "3 -1 4 1 5 9 -2 6 5 3", "kernel": ["2 -1 3"]}, {"dilation": 3}),
    ("pool", {"kind": "avg", "input": ["3 1 4 1 5 2\n9 2 6 5 3 1\n5 8 9 7 9 6\n3 2 3 8 4 4\n6 2 6 4 3 7\n2 1 8 3 9 5"], "window": 2},
     {"stride": 3}),
    ("transposed_conv", {"input": "3 -1 4\n1 5 9", "kernel": "2 -1\n3 7"}, {"stride": 3}),
    ("conv_matrix", {"input": [6], "kernel": "2 -1 3", "ask": ["matrix"]}, {"stride": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "given", "other"), SETTINGS)
def test_other_settings_of_every_kind_that_has_them(
    type_: str, given: dict[str, Any], other: dict[str, Any]
) -> None:
    asked = problem(of(type_, **given), type_=type_)
    answers = key(problem(of(type_, **given | other), type_=type_))
    assert names(asked, answers) == (f"other_{next(iter(other))}",)


def test_the_size_alone_is_no_other_setting() -> None:
    answers = key(problem(conv(stride=2)))
    answers["Y"] = tuple(tuple(cell + 1 for cell in row) for row in answers["Y"])
    assert names(problem(conv()), answers) == ()


def test_a_misconception_that_changes_a_setting_only_earns_the_method() -> None:
    asked = problem(conv(stride=2), method="1/4")
    found = explained(asked, mistaken(asked, "ignore_stride"))
    assert found.finding is not None
    assert found.finding.names == ("ignore_stride",)
    assert found.credit == Fraction(1, 4)
    better = problem(conv(stride=2), {"ignore_stride": "1/2"}, method="1/4")
    assert explained(better, mistaken(better, "ignore_stride")).credit == Fraction(1, 2)
    turned = problem(conv(stride=2), method="1/4")
    assert explained(turned, mistaken(turned, "extra_flip")).credit == 0


# -- some answers right, some wrong -------------------------------------------------------------


def test_one_map_turned_the_other_right() -> None:
    asked = problem(of("conv2d", **TWO_MAPS))
    turned = mistaken(asked, "extra_flip")
    found = explained(asked, {"Y0": key(asked)["Y0"], "Y1": turned["Y1"]})
    assert found.finding is not None
    assert (found.finding.names, found.finding.fields) == (("extra_flip",), ("Y1",))
    assert str(found.finding.evidence) == "Answers that agree with this: 1 of 2; right: 1 of 2."


def test_too_little_is_wrong_to_say_so() -> None:
    """Two small numbers among right ones fit one of many mistakes sooner or later."""
    maps: dict[str, Any] = {"input": ["1 2 3"], "kernel": [["10 1"], ["1 10"]], "bias": [0, 100]}
    asked = problem(of("conv2d", **maps))
    assert names(asked, mistaken(asked, "extra_flip")) == ("extra_flip",)
    assert names(asked, key(asked) | {"Y0": mistaken(asked, "extra_flip")["Y0"]}) == ()


def test_what_shows_in_few_answers_comes_after_a_slip() -> None:
    """Biases left out throughout agree with fewer answers than the key does."""
    layers = [*({"conv": number, "kernel": 3} for number in (20, 30, 40)), "flatten", {"dense": 50}]
    table = of("network_table", input=[3, 20, 20], layers=layers, columns=["parameters"])
    asked = problem(table, type_="network_table")
    assert names(asked, mistaken(asked, "no_bias")) == ("no_bias",)
    one = key(asked) | {"parameters_2": mistaken(asked, "no_bias")["parameters_2"]}
    assert names(asked, one) == ("number_left_out",)
    unshared = mistaken(asked, "sharing_ignored")["parameters_2"]
    found = explained(asked, key(asked) | {"parameters_2": unshared}).finding
    assert found is not None
    assert (found.names, found.fields) == (("sharing_ignored",), ("parameters_2",))
    assert str(found.evidence) == "This gives exactly what you wrote here; right answers: 4 of 5."


# -- two turns ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "pair"),
    [
        (conv(bias=7), ("extra_flip", "bias_forgotten")),
        (conv(bias=7), ("bias_sign", "transpose_kernel")),
        (conv(bias=7, padding=1), ("ignore_padding", "bias_forgotten")),
        (conv(stride=2), ("ignore_stride", "flip_rows_only")),
        (conv(stride=2, padding=1), ("ignore_stride", "ignore_padding")),
    ],
)
def test_two_turns(case: Case[Any], pair: tuple[str, str]) -> None:
    asked = problem(case)
    found = explained(asked, mistaken(asked, *pair)).finding
    assert found is not None
    assert set(found.names) == set(pair)
    assert {each.text for each in found.sentences} == {SENTENCES[name] for name in pair}


def test_a_setting_and_a_misconception() -> None:
    asked = problem(conv(), method="1/2")
    found = explained(asked, mistaken(problem(conv(stride=2)), "extra_flip"))
    assert found.finding is not None
    assert set(found.finding.names) == {"extra_flip", "other_stride"}
    assert found.credit == 0


def test_the_credits_of_two_turns_are_multiplied() -> None:
    asked = problem(conv(bias=7), {"extra_flip": "1/2", "bias_forgotten": "1/2"})
    assert explained(asked, mistaken(asked, "extra_flip", "bias_forgotten")).credit == Fraction(1, 4)


def test_one_turn_is_preferred_to_two() -> None:
    asked = problem(conv(bias=7))
    for name in ("extra_flip", "bias_forgotten", "transpose_kernel"):
        assert names(asked, mistaken(asked, name)) == (name,)


def test_two_pairs_that_fit_are_none() -> None:
    """Turned as a whole and turned upside down, this kernel is the same, and each goes with the bias."""
    asked = problem(conv(kernel="1 1;10 10", bias=7))
    found = explained(asked, mistaken(asked, "extra_flip", "bias_forgotten"))
    assert (found.finding, found.fields) == (None, ("Y",))


def test_pairs_are_for_answers_with_evidence_only() -> None:
    """Two small numbers: somebody who guesses hits one of many pairs too often."""
    asked = problem(conv("1 2 3", "10 1", bias=100))
    assert names(asked, mistaken(asked, "extra_flip", "bias_forgotten")) == ()


def test_of_two_turns_the_first_comes_first() -> None:
    """A kernel that is transposed and then turned upside down is another than the other way round."""
    asked = problem(conv(), {"flip_rows_only": "0", "transpose_kernel": "0"})
    for pair in permutations(("flip_rows_only", "transpose_kernel")):
        assert names(asked, mistaken(asked, *pair)) == pair


def test_one_wrong_cell_is_rather_a_slip_than_two_turns() -> None:
    """Begun too late and too early gives the right row up to its first cell: a product is left out of that."""
    row = of("conv1d", input="93750 113163 144778 172050", kernel=["-1 1"])
    asked = problem(row, type_="conv1d")
    both = mistaken(asked, "started_late", "started_early")["Y"]
    assert (both[0][0], both[0][1:]) == (113163, key(asked)["Y"][0][1:])
    assert names(asked, {"Y": both}) == ()


# -- behind an earlier slip ---------------------------------------------------------------------

PIPELINE: dict[str, Any] = {
    "input": ["3 -1 4 1 5\n9 -2 6 5 3\n5 8 -9 7 9\n3 2 3 8 -4\n6 2 6 4 3"],
    "kernel": [["2 -1\n-3 1"]],
    "steps": ["conv", "relu", {"pool": "max", "window": 2}],
}


def test_a_turn_in_a_later_step_behind_a_slip() -> None:
    asked = problem(of("pipeline", **PIPELINE), type_="pipeline")
    slip = [list(row) for row in key(asked)["conv"]]
    slip[1][2] += 3
    conv_ = tuple(map(tuple, slip))
    relu = tuple(tuple(map(abs, row)) for row in conv_)
    found = explained(asked, {"conv": conv_, "relu": relu}).finding
    assert found is not None
    assert (found.names, found.fields) == (("relu_abs",), ("relu",))
    assert str(found.evidence) == "From your earlier answers, this gives exactly what you wrote."
