"""Convolution of rows: right and wrong answers written down by hand, and once more in plain loops.

Most kernels hold powers of ten, so that every number of an output spells out the cells of its window: under
``100 10 1`` the window ``2 3 4`` becomes 234, and 432 where the kernel is turned.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pytest

from convexam.generator.document import Message, Symbol
from convexam.generator.engine import ShapeError
from convexam.generator.errors import DataError
from convexam.generator.figures.model import Figures, Grid
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Effort, Refused
from convexam.generator.papers import Problem
from convexam.generator.questions.conv1d import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain_formula import plain_formula
from convexam.generator.sliding.row_geometry import ends_phrase
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.mark import mark_problem
from convexam.grader.model import Verdict

from ...shipped import shipped_bank

CROSS = Conventions()
TURNED = Conventions(operation="convolution")
CEIL = Conventions(rounding="ceil")
ORIGIN_1 = Conventions(origin=1)


def given(input: str, *kernel: str, **more: Any) -> Given:  # noqa: A002
    """Build a case from rows between semicolons; more is said as in YAML."""
    blocks = [text.replace(";", "\n") for text in kernel]
    return parse_value(Given, {"input": input.replace(";", "\n"), "kernel": blocks, **more})


def number(text: str) -> int | Fraction:
    return Fraction(text) if "/" in text else int(text)


def cells(text: str) -> tuple[int | Fraction, ...]:
    return tuple(map(number, text.split()))


def answer(case: Case[Given]) -> dict[str, Any]:
    """Solve in both ways."""
    key = TYPE.solve(case, {})
    assert key == TYPE.second(case)
    return first_values(key)


@dataclass(frozen=True)
class Sample:
    """A case, its key, and all its wrong answers; rows are separated by bars, a cell asked is a number."""

    given: Given
    key: str
    wrong: dict[str, str]
    conventions: Conventions = CROSS

    @property
    def case(self) -> Case[Given]:
        return Case(self.given, self.conventions)

    def values(self, text: str) -> dict[str, Any]:
        if self.given.cell is not None:
            return {"y": number(text)}
        rows = [(cells(single),) for single in text.split(" | ")]
        origin = self.conventions.origin
        return {"Y": rows[0]} if len(rows) == 1 else {f"Y{n}": row for n, row in enumerate(rows, origin)}


FIVE = given("1 2 3 4 5", "100 10 1")
PADDED = given("1 2 3", "100 10 1", padding=1)
LOPSIDED = given("1 2 3", "10 1", padding=[2, 0])
STEPS = given("1 2 3 4 5 6", "10 1", stride=2, padding=[0, 1])
GAPS = given("1 2 3 4 5", "10 1", dilation=2)
OWN = given("1 2 3 4", "10 1;20 2;30 3", unshared=True, bias=1000)
CHANNELS = given("1 2 3;4 5 6", "1000 100;10 1", "1 10;100 1000", bias=[10000, 70000])

SAMPLES = {
    "plain": Sample(
        FIVE,
        "123 234 345",
        {
            "extra_flip": "321 432 543",
            "assume_same_padding": "12 123 234 345 450",
            "assume_full_padding": "1 12 123 234 345 450 500",
            "started_late": "234 345 450",
            "started_early": "12 123 234",
            "missing_plus_one": "123 234",
            "dilation_zero_based": "135",
            "weights_not_moved": "123 423 453",
        },
    ),
    "turned": Sample(
        FIVE,
        "321 432 543",
        {
            "no_flip": "123 234 345",
            "assume_same_padding": "210 321 432 543 54",
            "assume_full_padding": "100 210 321 432 543 54 5",
            "started_late": "432 543 54",
            "started_early": "210 321 432",
            "missing_plus_one": "321 432",
            "dilation_zero_based": "531",
            "weights_not_moved": "321 324 354",
        },
        TURNED,
    ),
    "padded": Sample(
        PADDED,
        "12 123 230",
        {
            "extra_flip": "210 321 32",
            "ignore_padding": "123",
            "pad_once": "12 123",
            "assume_full_padding": "1 12 123 230 300",
            "started_late": "123 230 300",
            "started_early": "1 12 123",
            "missing_plus_one": "12 123",
            "dilation_zero_based": "20",
            "weights_not_moved": "12 312 302",
        },
    ),
    "lopsided": Sample(
        LOPSIDED,
        "0 1 12 23",
        {
            "extra_flip": "0 10 21 32",
            "ignore_padding": "12 23",
            "assume_same_padding": "12 23 30",
            "assume_full_padding": "1 12 23 30",
            "pad_once": "0 1 12 23",
            "started_late": "1 12 23 30",
            "started_early": "0 0 1 12",
            "missing_plus_one": "0 1 12",
            "dilation_zero_based": "1 2 13",
            "weights_not_moved": "0 10 12 32",
        },
    ),
    "stride": Sample(
        STEPS,
        "12 34 56",
        {
            "extra_flip": "21 43 65",
            "ignore_padding": "12 34 56",
            "pad_once": "12 34 56",
            "assume_same_padding": "12 34 56",
            "assume_full_padding": "1 23 45 60",
            "started_late": "23 45 60",
            "started_early": "1 23 45",
            "missing_plus_one": "12 34",
            "ignore_stride": "12 23 34 45 56 60",
            "stride_within_window": "13 35 50",
            "dilation_zero_based": "13 35 50",
            "weights_not_moved": "12 34 56",
        },
    ),
    "stride-floor": Sample(
        given("1 2 3 4", "100 10 1", stride=2),
        "123",
        {
            "extra_flip": "321",
            "assume_same_padding": "123 340",
            "assume_full_padding": "1 123 340",
            "started_late": "234",
            "started_early": "12",
            "ignore_stride": "123 234",
            "ceil_for_floor": "123 340",
        },
    ),
    "stride-ceil": Sample(
        given("1 2 3 4", "100 10 1", stride=2),
        "123 340",
        {
            "extra_flip": "321 43",
            "assume_same_padding": "123 340",
            "assume_full_padding": "1 123 340",
            "started_late": "234 400",
            "started_early": "12 234",
            "missing_plus_one": "123",
            "ignore_stride": "123 234",
            "stride_within_window": "130",
            "dilation_zero_based": "130",
            "floor_for_ceil": "123",
            "weights_not_moved": "123 403",
        },
        CEIL,
    ),
    "dilated": Sample(
        GAPS,
        "13 24 35",
        {
            "extra_flip": "31 42 53",
            "assume_same_padding": "2 13 24 35 40",
            "assume_full_padding": "1 2 13 24 35 40 50",
            "started_late": "24 35 40",
            "started_early": "2 13 24",
            "missing_plus_one": "13 24",
            "dilation_ignored": "12 23 34 45",
            "dilation_zero_based": "14 25",
            "weights_not_moved": "13 42 35",
        },
    ),
    "unshared": Sample(
        OWN,
        "1012 1046 1102",
        {
            "extra_flip": "1021 1064 1129",
            "started_late": "1023 1068 1120",
            "started_early": "1001 1024 1069",
            "missing_plus_one": "1012 1046",
            "dilation_zero_based": "1013 1048",
            "first_weights_everywhere": "1012 1023 1034",
            "bias_forgotten": "12 46 102",
            "bias_sign": "-988 -954 -898",
            "bias_per_tap": "2012 2046 2102",
            "bias_per_channel": "1012 1046 1102",
        },
        ORIGIN_1,
    ),
    "unshared-turned": Sample(
        replace(OWN, bias=()),
        "21 64 129",
        {
            "no_flip": "12 46 102",
            "started_late": "32 86 12",
            "started_early": "10 42 96",
            "missing_plus_one": "21 64",
            "dilation_zero_based": "31 84",
            "first_weights_everywhere": "21 32 43",
        },
        TURNED,
    ),
    "channels": Sample(
        CHANNELS,
        "11245 12356 | 75421 76532",
        {
            "extra_flip": "12154 13265 | 74512 75623",
            "assume_same_padding": "11245 12356 13060 | 75421 76532 70603",
            "assume_full_padding": "10104 11245 12356 13060 | 74010 75421 76532 70603",
            "started_late": "12356 13060 | 76532 70603",
            "started_early": "10104 11245 | 74010 75421",
            "missing_plus_one": "11245 | 75421",
            "dilation_zero_based": "11346 | 76431",
            "bias_forgotten": "1245 2356 | 5421 6532",
            "bias_sign": "-8755 -7644 | -64579 -63468",
            "bias_per_tap": "41245 42356 | 285421 286532",
            "bias_per_channel": "21245 22356 | 145421 146532",
            "first_channel_only": "11200 12300 | 70021 70032",
            "channels_averaged": "21245/2 11178 | 145421/2 73266",
            "kernels_swapped": "14512 15623 | 72154 73265",
            "maps_swapped": "75421 76532 | 11245 12356",
        },
    ),
    "one-cell": Sample(
        replace(FIVE, cell=2),
        "345",
        {
            "extra_flip": "543",
            "assume_same_padding": "234",
            "assume_full_padding": "123",
            "started_late": "450",
            "started_early": "234",
            "weights_not_moved": "453",
        },
    ),
    "fractions": Sample(
        given("1 2 4", "1/2 1/3", cell=0),
        "7/6",
        {
            "extra_flip": "4/3",
            "assume_same_padding": "7/6",
            "assume_full_padding": "1/3",
            "started_late": "7/3",
            "started_early": "1/3",
            "missing_plus_one": "7/6",
            "dilation_zero_based": "11/6",
            "weights_not_moved": "7/6",
            "not_normalised": "7",
        },
    ),
}
WRONG = [(sample, name) for sample, made in SAMPLES.items() for name in made.wrong]


@pytest.mark.parametrize("name", SAMPLES)
def test_right_answers(name: str) -> None:
    sample = SAMPLES[name]
    assert answer(sample.case) == sample.values(sample.key)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_other_misconception_applies(name: str) -> None:
    assert {wrong for wrong, _ in wrong_answers("conv1d", SAMPLES[name].case)} == set(SAMPLES[name].wrong)


@pytest.mark.parametrize(("sample", "name"), WRONG)
def test_wrong_answers(sample: str, name: str) -> None:
    made = SAMPLES[sample]
    assert dict(wrong_answers("conv1d", made.case))[name] == made.values(made.wrong[name])


def test_every_misconception_has_a_hand_made_case() -> None:
    assert {name for _, name in WRONG} == {mistake.name for mistake in TYPE.misconceptions}


# -- the numbers of the lectures ----------------------------------------------------------------

SERIES = "93750 113163 144778 172050"


@pytest.mark.parametrize(
    ("kernel", "key"),
    [
        ("-1 1", "19413 31615 27272"),
        ("-1 0 1", "51028 58887"),
        ("1/3 1/3 1/3", "351691/3 429991/3"),
    ],
)
def test_the_time_series_of_the_lectures(kernel: str, key: str) -> None:
    assert answer(Case(given(SERIES, kernel))) == {"Y": (cells(key),)}


@pytest.mark.parametrize("padding", [0, 1])
def test_an_output_is_the_sum_of_three_inputs_times_three_weights(padding: int) -> None:
    """a_i = x_i w_1 + x_{i+1} w_2 + x_{i+2} w_3; with zeros around, five outputs, and the ends lose a term."""
    x, w = (2, -3, 5, 7, -11), (13, 17, -19)
    asked = given("2 -3 5 7 -11", "13 17 -19", padding=padding)
    padded = (0, *x, 0) if padding else x
    wanted = tuple(
        sum(a * b for a, b in zip(padded[i : i + 3], w, strict=True)) for i in range(len(padded) - 2)
    )
    assert answer(Case(asked)) == {"Y": (wanted,)}
    assert len(wanted) == (5 if padding else 3)


def test_the_same_row_with_two_kernels_gives_two_rows_of_three() -> None:
    assert answer(Case(given("1 2 3 4 5", "100 10 1", "1 0 -1"))) == {
        "Y0": ((123, 234, 345),),
        "Y1": ((-2, -2, -2),),
    }


@pytest.mark.parametrize(
    ("conventions", "key"), [(CROSS, "-1 -1 2 3"), (TURNED, "1 1 -2 -3")], ids=["cross", "turned"]
)
def test_an_antisymmetric_kernel_changes_its_sign_when_turned(conventions: Conventions, key: str) -> None:
    assert answer(Case(given("2 5 1 4 3 7", "-1 0 1"), conventions)) == {"Y": (cells(key),)}


# -- how an answer is typed ---------------------------------------------------------------------


def problem(entry: str, case: Case[Given]) -> Problem:
    return Problem("q", BANK[entry], case, BANK[entry].points, TYPE.solve(case, {}))


BANK = shipped_bank()
DIFFERENCES = "conv1d/time-series-differences"


@pytest.mark.parametrize(
    "typed",
    [
        "19413 31615 27272",
        "19413, 31615, 27272",
        "19413,31615,27272",
        "[19413, 31615, 27272]",
        "19413\n31615\n27272",
        "19413; 31615; 27272",
        ["19413", "31615", "27272"],
        [["19413"], ["31615"], ["27272"]],
    ],
)
@pytest.mark.parametrize("shown", [True, False])
def test_a_row_may_be_typed_as_a_row_or_a_column(typed: Any, shown: bool) -> None:
    asked = replace(BANK[DIFFERENCES].given, show_shape=shown)
    marked = mark_problem(problem(DIFFERENCES, Case(asked)), {"Y": typed})
    assert marked.points == marked.of


def test_a_column_is_marked_cell_by_cell_and_explained() -> None:
    asked = problem(DIFFERENCES, Case(BANK[DIFFERENCES].given))
    partly = mark_problem(asked, {"Y": "19413\n31615\n0"})
    assert [mark.credit for mark in partly.marks] == [Fraction(2, 3)]
    turned = mark_problem(asked, {"Y": "-19413\n-31615\n-27272"})
    assert turned.explanation.finding is not None
    assert turned.explanation.finding.names == ("extra_flip",)


def test_two_numbers_with_a_comma_alone_between_are_left_to_a_human() -> None:
    case = Case(BANK["conv1d/time-series-slope"].given)
    marks = mark_problem(problem("conv1d/time-series-slope", case), {"Y": "51028,58887"}).marks
    assert [mark.verdict for mark in marks] == [Verdict.UNREADABLE]


def test_a_row_of_another_length_is_wrong_where_the_length_is_asked() -> None:
    asked = problem("conv1d/zero-padding", Case(PADDED))
    assert [mark.verdict for mark in mark_problem(asked, {"Y": "12 123"}).marks] == [Verdict.WRONG]


# -- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"input": "1 2 3", "kernel": []}, "at least one kernel"),
        ({"input": "1 2 3", "kernel": ["1 2", "1 2 3"]}, "equally large"),
        ({"input": "1 2 3", "kernel": ["1 2\n3 4"]}, "as many channels as the input"),
        ({"input": "1 2 3\n4 5 6", "kernel": ["1 2\n3 4"], "unshared": True}, "input of one channel"),
        ({"input": "1 2 3", "kernel": ["1 2"], "unshared": True}, "a row for each of the 2 positions"),
        ({"input": "1 2 3", "kernel": ["1 2"], "bias": [1, 2]}, "one number for each kernel: 1"),
        ({"input": "1 2 3", "kernel": ["1 2"], "cell": 2}, "outside the output of 2 cells"),
        ({"input": "1 2 3", "kernel": ["1 2"], "cell": -1}, "outside the output of 2 cells"),
        ({"input": "1 2", "kernel": ["1 2 3"]}, "does not fit"),
        ({"input": "1 2 3", "kernel": ["1 2"], "padding": 17}, "16"),
        ({"input": "1 2 3", "kernel": ["1 2"], "padding": [1, 2, 3]}, "padding"),
        ({"input": "1 2 3", "kernel": ["1 2"], "stride": 0}, "1"),
        ({"input": "1 " * 129, "kernel": ["1"]}, "at most 128"),
        ({"input": "1 " * 128, "kernel": ["1 " * 64] * 30}, "products; at most 100000"),
    ],
)
def test_bad_givens_are_refused(data: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message):
        parse_value(Given, data)


def test_a_position_more_than_there_are_weights_is_no_case_under_rounding_up() -> None:
    asked = given("1 2 3 4", "100 10 1", stride=2, unshared=True)
    assert answer(Case(asked)) == {"Y": ((123,),)}
    with pytest.raises(ShapeError, match="2 positions, and there are weights for 1"):
        TYPE.solve(Case(asked, CEIL), {})


def test_a_cell_may_lie_outside_where_sizes_are_rounded_down() -> None:
    asked = given("1 2 3 4", "100 10 1", stride=2, cell=1)
    assert answer(Case(asked, CEIL)) == {"y": 340}
    with pytest.raises(ShapeError, match="outside the output"):
        TYPE.solve(Case(asked), {})


ROW = {"shape": [1, 5], "from": 0, "to": 9}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"input": {**ROW, "shape": [5]}, "kernel": {**ROW, "shape": [1, 1, 3]}}, "needs the shape"),
        ({"input": ROW, "kernel": {**ROW, "shape": [1, 2, 3]}}, "same number of channels"),
        (
            {"input": {**ROW, "shape": [2, 5]}, "kernel": {**ROW, "shape": [1, 3, 3]}, "unshared": True},
            "one channel",
        ),
        ({"input": ROW, "kernel": {**ROW, "shape": [1, 1, 3]}, "padding": "same"}, "padding"),
    ],
)
def test_bad_params_are_refused(data: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message):
        parse_value(Params, data)


def drawn(**more: Any) -> Any:
    data = {"input": ROW, "kernel": {**ROW, "shape": [1, 1, 3]}, **more}
    return TYPE.draw(parse_value(Params, data), Stream(derive(b"conv1d", ["0"])))


@pytest.mark.parametrize(
    ("more", "padding"),
    [
        ({"padding": "valid"}, (0, 0)),
        ({"padding": "same_upper", "kernel": {**ROW, "shape": [1, 1, 2]}}, (0, 1)),
        ({"padding": "same_lower", "kernel": {**ROW, "shape": [1, 1, 2]}}, (1, 0)),
        ({"padding": "full", "dilation": 2}, (4, 4)),
        ({"padding": [1, 2]}, (1, 2)),
        ({"padding": 2}, (2, 2)),
    ],
)
def test_padding_is_drawn(more: dict[str, Any], padding: tuple[int, int]) -> None:
    assert drawn(**more).padding == padding


@pytest.mark.parametrize(
    "more",
    [
        {"kernel": {**ROW, "shape": [1, 1, 6]}},
        {"cell": 3},
        {"unshared": True, "kernel": {**ROW, "shape": [1, 2, 3]}},
        {"unshared": True, "kernel": {**ROW, "shape": [1, 4, 3]}},
    ],
    ids=["kernel", "cell", "too-few-weights", "too-many-weights"],
)
def test_what_does_not_fit_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="does not fit the row"):
        drawn(**more)


def test_too_much_work_is_refused() -> None:
    with pytest.raises(Refused, match="at most 100000"):
        drawn(input={**ROW, "shape": [1, 64]}, kernel={**ROW, "shape": [64, 1, 32]}, padding=16)


def test_another_parameter_changes_no_other_number() -> None:
    plain, more = drawn(), drawn(stride=2, bias={"from": 1, "to": 9}, padding={"from": 1, "to": 2})
    assert (plain.input, plain.kernel) == (more.input, more.kernel)


# -- what is shown and asked --------------------------------------------------------------------


def test_rows_are_drawn_with_their_positions() -> None:
    shown = TYPE.show(Case(FIVE, ORIGIN_1))
    assert shown["X"] == Grid(((1, 2, 3, 4, 5),), "X", counted_from=1)
    assert shown["K"] == Grid(((100, 10, 1),), "K")
    both = TYPE.show(Case(CHANNELS))["X"]
    assert isinstance(both, Figures)
    assert [(grid.rows, grid.label) for grid in both.members if isinstance(grid, Grid)] == [
        (((1, 2, 3),), "X_{0}"),
        (((4, 5, 6),), "X_{1}"),
    ]


def test_unshared_weights_name_their_output() -> None:
    weights = TYPE.show(Case(OWN, ORIGIN_1))["K"]
    assert isinstance(weights, Figures)
    assert [grid.label for grid in weights.members if isinstance(grid, Grid)] == ["w_{1}", "w_{2}", "w_{3}"]


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((0, 0), "no padding"),
        ((2, 2), "zero padding of 2 at both ends"),
        ((1, 0), "zero padding of 1 on the left only"),
        ((0, 1), "zero padding of 1 on the right only"),
        ((1, 2), "zero padding of 1 on the left and 2 on the right"),
    ],
)
def test_padding_in_words(ends: tuple[int, int], words: str) -> None:
    message = ends_phrase(ends)
    text = message.text
    for name, value in message.values.items():
        text = text.replace(f"{{{{ {name} }}}}", str(value))
    assert text == words


def test_the_form_betrays_no_size_that_is_asked() -> None:
    assert [field.shape for field in TYPE.ask(Case(FIVE))] == [None]
    assert [field.shape for field in TYPE.ask(Case(replace(FIVE, show_shape=True)))] == [(1, 3)]


def test_effort_counts_the_products_of_factors_that_are_not_zero() -> None:
    assert TYPE.effort(Case(given("1 0 -3 2", "1 -1", padding=1))) == Effort(
        products=6, negatives=3, digits=1
    )
    assert TYPE.effort(Case(OWN)) == Effort(products=6, negatives=0, digits=4)


def formulas(case: Case[Given]) -> list[str]:
    return [plain_formula(step.latex) for step in TYPE.work(case) if isinstance(step, Symbol)]


def test_worked_steps() -> None:
    assert formulas(Case(STEPS, ORIGIN_1)) == [
        "cells = ⌊(6 + 1 − 2)/2⌋ + 1 = 3",
        "Y₁ = 1 · 10 + 2 · 1 = 12",
        "Y₂ = 3 · 10 + 4 · 1 = 34",
        "Y₃ = 5 · 10 + 6 · 1 = 56",
    ]
    *_, last = TYPE.work(Case(STEPS))
    assert last == Grid((("12", "34", "56"),), "Y")


def test_turned_weights_are_written_out_first() -> None:
    _, figure, *_ = TYPE.work(Case(FIVE, TURNED))
    assert figure == Grid(((1, 10, 100),), "K'")


def test_the_instruction_names_the_weights_of_the_position() -> None:
    texts = [step for step in TYPE.work(Case(replace(OWN, cell=1), ORIGIN_1)) if isinstance(step, Message)]
    assert texts[-1].values["weights"] == Symbol("w_{2}")
    assert texts[-1].text.endswith("add the products, and add the bias.")


def test_long_rows_write_one_sum_only() -> None:
    case = Case(given("1 2 3 4 5 6 7 8 9 1 2", "10 1"))
    assert len(formulas(case)) == 2
    assert "Every other cell is found in the same way." in [
        step.text for step in TYPE.work(case) if isinstance(step, Message)
    ]


# -- properties ---------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(60))
def test_random_rows_against_a_loop_over_the_padded_row(seed: int) -> None:
    rng = random.Random(seed)
    taps, stride, dilation = rng.randint(1, 4), rng.randint(1, 3), rng.randint(1, 3)
    left, right = rng.randint(0, 3), rng.randint(0, 3)
    span = dilation * (taps - 1) + 1
    row = [rng.randint(-9, 9) for _ in range(span + rng.randint(0, 8))]
    padded = [0] * left + row + [0] * right
    begins = range(0, len(padded) - span + 1, stride)
    unshared = rng.random() < 0.5
    weights = [[rng.randint(-9, 9) for _ in range(taps)] for _ in (begins if unshared else [0])]
    bias, turned = rng.randint(-9, 9), rng.random() < 0.5
    wanted = tuple(
        bias
        + sum(
            padded[start + tap * dilation] * weights[place if unshared else 0][-1 - tap if turned else tap]
            for tap in range(taps)
        )
        for place, start in enumerate(begins)
    )
    asked = parse_value(
        Given,
        {
            "input": [row],
            "kernel": [weights],
            "unshared": unshared,
            "bias": bias,
            "stride": stride,
            "dilation": dilation,
            "padding": [left, right],
        },
    )
    assert answer(Case(asked, TURNED if turned else CROSS)) == {"Y": (wanted,)}


def test_equal_unshared_weights_are_shared_ones() -> None:
    shared = answer(Case(given("3 1 4 1 5 9", "2 -7 1", padding=[1, 0])))
    assert (
        answer(Case(given("3 1 4 1 5 9", ";".join(["2 -7 1"] * 5), unshared=True, padding=[1, 0]))) == shared
    )


def test_full_padding_and_convolution_multiply_polynomials() -> None:
    """(1 + 2x + 3x²)(4 + 5x) = 4 + 13x + 22x² + 15x³."""
    asked = given("1 2 3", "4 5", padding=1)
    assert answer(Case(asked, TURNED)) == {"Y": ((4, 13, 22, 15),)}
