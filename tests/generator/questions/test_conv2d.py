"""Convolution: right and wrong answers written down by hand, and once more in plain loops.

Most kernels hold powers of ten, so that every number of an output map spells out the cells of its window:
under ``1000 100;10 1`` the window ``1 2;4 5`` becomes 1245, and 5421 where the kernel is turned.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Any

import pytest

from convexam.generator.document import Message, Symbol
from convexam.generator.engine import ShapeError
from convexam.generator.figures.model import Figures, Grid
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Effort, Rounded
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.conv2d import TYPE, Given
from convexam.generator.reading.schema import parse_value
from convexam.generator.sliding.worked import grids
from convexam.grader.marking.mark import mark_problem

CROSS = Conventions()
TURNED = Conventions(operation="convolution")
CEIL = Conventions(rounding="ceil")
ORIGIN_1 = Conventions(origin=1)

Rows = tuple[tuple[Any, ...], ...]


def number(text: str) -> int | Fraction:
    return Fraction(text) if "/" in text else int(text)


def rows(text: str) -> Rows:
    return tuple(tuple(map(number, line.split())) for line in text.split(";"))


def given(input: list[str], kernel: list[list[str]], **more: Any) -> Given:  # noqa: A002
    """Build a case from maps with rows between semicolons; more is said as in YAML."""
    blocks = [[text.replace(";", "\n") for text in maps] for maps in kernel]
    data = {"input": [text.replace(";", "\n") for text in input], "kernel": blocks, **more}
    return parse_value(Given, data)


def answer(case: Case[Given]) -> dict[str, Any]:
    return first_values(TYPE.solve(case, {}))


# -- right and wrong answers, written down ------------------------------------------------------


@dataclass(frozen=True)
class Sample:
    """A case, its key, and all its wrong answers; maps are separated by bars, a cell asked is a number."""

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
        maps = [rows(single) for single in text.split(" | ")]
        origin = self.conventions.origin
        return {"Y": maps[0]} if len(maps) == 1 else {f"Y{n}": rows for n, rows in enumerate(maps, origin)}


READS = "1000 100;10 1"
NINE = "1 2 3;4 5 6;7 8 9"
TWO_BY_TWO = given([NINE], [[READS]])
TWO_BY_THREE = given(["1 2 3 4;5 6 7 8;9 1 2 3"], [["100000 10000 1000;100 10 1"]])
PADDED = given(["1 2;3 4"], [[READS]], padding=[[2, 1], [1, 0]])
STEEP = given([NINE], [[READS]], stride=[2, 1])
DILATED = given(["1 2 3;4 5 6;7 8 9;2 4 6"], [[READS]], dilation=[2, 1])
CHANNELS = given(
    ["1 2;3 4", "5 6;7 8"],
    [["1000 100", "10 1"], ["1 10", "100 1000"]],
    bias=[10000, 70000],
)

SAMPLES = {
    "square": Sample(
        TWO_BY_TWO,
        "1245 2356;4578 5689",
        {
            "extra_flip": "5421 6532;8754 9865",
            "flip_rows_only": "4512 5623;7845 8956",
            "flip_columns_only": "2154 3265;5487 6598",
            "transpose_kernel": "1425 2536;4758 5869",
            "assume_same_padding": "1245 2356 3060;4578 5689 6090;7800 8900 9000",
            "dilation_zero_based": "1379",
        },
    ),
    "square-turned": Sample(
        TWO_BY_TWO,
        "5421 6532;8754 9865",
        {
            "no_flip": "1245 2356;4578 5689",
            "flip_rows_only": "4512 5623;7845 8956",
            "flip_columns_only": "2154 3265;5487 6598",
            "transpose_kernel": "5241 6352;8574 9685",
            "assume_same_padding": "5421 6532 603;8754 9865 906;87 98 9",
            "dilation_zero_based": "9731",
        },
        TURNED,
    ),
    "non-square": Sample(
        TWO_BY_THREE,
        "123567 234678;567912 678123",
        {
            "extra_flip": "765321 876432;219765 321876",
            "flip_rows_only": "567123 678234;912567 123678",
            "flip_columns_only": "321765 432876;765219 876321",
            "transpose_kernel": "159261 261372 372483",
            "assume_same_padding": "12056 123567 234678 340780;56091 567912 678123 780230;"
            "91000 912000 123000 230000",
        },
    ),
    "non-square-turned": Sample(
        TWO_BY_THREE,
        "765321 876432;219765 321876",
        {
            "no_flip": "123567 234678;567912 678123",
            "flip_rows_only": "567123 678234;912567 123678",
            "flip_columns_only": "321765 432876;765219 876321",
            "transpose_kernel": "162951 273162 384273",
            "assume_same_padding": "650210 765321 876432 87043;190650 219765 321876 32087;190 219 321 32",
        },
        TURNED,
    ),
    "padded": Sample(
        PADDED,
        "0 0;1 12;103 1234;300 3400",
        {
            "extra_flip": "0 0;1000 2100;3010 4321;30 43",
            "flip_rows_only": "0 0;100 1200;301 3412;3 34",
            "flip_columns_only": "0 0;10 21;1030 2143;3000 4300",
            "transpose_kernel": "0 0;1 102;13 1324;30 3040",
            "ignore_padding": "1234",
            "pad_once": "0 0;1 12;103 1234",
            "assume_same_padding": "1234 2040;3400 4000",
            "dilation_zero_based": "2;4;200",
        },
    ),
    "padded-turned": Sample(
        PADDED,
        "0 0;1000 2100;3010 4321;30 43",
        {
            "no_flip": "0 0;1 12;103 1234;300 3400",
            "flip_rows_only": "0 0;100 1200;301 3412;3 34",
            "flip_columns_only": "0 0;10 21;1030 2143;3000 4300",
            "transpose_kernel": "0 0;1000 2010;3100 4231;300 403",
            "ignore_padding": "4321",
            "pad_once": "0 0;1000 2100;3010 4321",
            "assume_same_padding": "4321 402;43 4",
            "dilation_zero_based": "2000;4000;20",
        },
        TURNED,
    ),
    "stride-floor": Sample(
        STEEP,
        "1245 2356",
        {
            "extra_flip": "5421 6532",
            "flip_rows_only": "4512 5623",
            "flip_columns_only": "2154 3265",
            "transpose_kernel": "1425 2536",
            "assume_same_padding": "1245 2356 3060;7800 8900 9000",
            "ignore_stride": "1245 2356;4578 5689",
            "dilation_zero_based": "1379",
            "ceil_for_floor": "1245 2356;7800 8900",
        },
    ),
    "stride-ceil": Sample(
        STEEP,
        "1245 2356;7800 8900",
        {
            "extra_flip": "5421 6532;87 98",
            "flip_rows_only": "4512 5623;78 89",
            "flip_columns_only": "2154 3265;8700 9800",
            "transpose_kernel": "1425 2536;7080 8090",
            "assume_same_padding": "1245 2356 3060;7800 8900 9000",
            "ignore_stride": "1245 2356;4578 5689",
            "dilation_zero_based": "1379",
            "floor_for_ceil": "1245 2356",
        },
        CEIL,
    ),
    "dilated": Sample(
        DILATED,
        "1278 2389;4524 5646",
        {
            "extra_flip": "8721 9832;4254 6465",
            "flip_rows_only": "7812 8923;2445 4656",
            "flip_columns_only": "2187 3298;5442 6564",
            "transpose_kernel": "1728 2839;4254 5466",
            "assume_same_padding": "45 56 60;1278 2389 3090;4524 5646 6060;7800 8900 9000",
            "dilation_ignored": "1245 2356;4578 5689;7824 8946",
            "dilation_zero_based": "1326",
        },
    ),
    "channels": Sample(
        CHANNELS,
        "11256;13478 | 76521;78743",
        {
            "extra_flip": "12165;14387 | 75612;77834",
            "flip_rows_only": "11256;13478 | 76521;78743",
            "flip_columns_only": "12165;14387 | 75612;77834",
            "transpose_kernel": "11357 12468 | 77531 78642",
            "assume_same_padding": "11256 12060;13478 14080 | 76521 70602;78743 70804",
            "bias_forgotten": "1256;3478 | 6521;8743",
            "bias_sign": "-8744;-6522 | -63479;-61257",
            "bias_per_tap": "41256;43478 | 286521;288743",
            "bias_per_channel": "21256;23478 | 146521;148743",
            "first_channel_only": "11200;13400 | 70021;70043",
            "channels_averaged": "10628;11739 | 146521/2;148743/2",
            "kernels_swapped": "15612;17834 | 72165;74387",
            "maps_swapped": "76521;78743 | 11256;13478",
        },
    ),
    "channels-turned": Sample(
        CHANNELS,
        "12165;14387 | 75612;77834",
        {
            "no_flip": "11256;13478 | 76521;78743",
            "flip_rows_only": "11256;13478 | 76521;78743",
            "flip_columns_only": "12165;14387 | 75612;77834",
            "transpose_kernel": "13175 14286 | 75713 76824",
            "assume_same_padding": "12165 10206;14387 10408 | 75612 76020;77834 78040",
            "bias_forgotten": "2165;4387 | 5612;7834",
            "bias_sign": "-7835;-5613 | -64388;-62166",
            "bias_per_tap": "42165;44387 | 285612;287834",
            "bias_per_channel": "22165;24387 | 145612;147834",
            "first_channel_only": "12100;14300 | 70012;70034",
            "channels_averaged": "22165/2;24387/2 | 72806;73917",
            "kernels_swapped": "16521;18743 | 71256;73478",
            "maps_swapped": "75612;77834 | 12165;14387",
        },
        replace(TURNED, origin=1),
    ),
    "three-channels": Sample(
        given(["1 2", "3 4", "5 6"], [["100", "10", "1"]], bias=1000, cell=[0, 1]),
        "1246",
        {
            "extra_flip": "1246",
            "flip_rows_only": "1246",
            "flip_columns_only": "1246",
            "transpose_kernel": "1246",
            "dilation_zero_based": "1246",
            "bias_forgotten": "246",
            "bias_sign": "-754",
            "bias_per_tap": "3246",
            "bias_per_channel": "3246",
            "first_channel_only": "1200",
            "channels_averaged": "1082",
            "kernels_swapped": "1642",
        },
    ),
    "cell": Sample(
        replace(TWO_BY_TWO, cell=(1, 0)),
        "4578",
        {
            "extra_flip": "8754",
            "flip_rows_only": "7845",
            "flip_columns_only": "5487",
            "transpose_kernel": "4758",
            "assume_same_padding": "4578",
        },
        ORIGIN_1,
    ),
    "cell-of-the-first-map": Sample(
        replace(CHANNELS, bias=(), cell=(1, 0)),
        "3478",
        {
            "extra_flip": "4387",
            "flip_rows_only": "3478",
            "flip_columns_only": "4387",
            "assume_same_padding": "3478",
            "first_channel_only": "3400",
            "channels_averaged": "1739",
            "kernels_swapped": "7834",
            "maps_swapped": "8743",
        },
    ),
    "fractions": Sample(
        given(["1 2 3"], [["1/2 1/3"]], bias=1),
        "13/6 3",
        {
            "extra_flip": "7/3 19/6",
            "flip_rows_only": "13/6 3",
            "flip_columns_only": "7/3 19/6",
            "assume_same_padding": "13/6 3 5/2",
            "dilation_zero_based": "5/2",
            "bias_forgotten": "7/6 2",
            "bias_sign": "1/6 1",
            "bias_per_tap": "19/6 4",
            "bias_per_channel": "13/6 3",
            "not_normalised": "8 13",
        },
    ),
}
WRONG = [(sample, name) for sample, made in SAMPLES.items() for name in made.wrong]


@pytest.mark.parametrize("name", SAMPLES)
def test_right_answers(name: str) -> None:
    sample = SAMPLES[name]
    assert answer(sample.case) == sample.values(sample.key) == first_values(TYPE.second(sample.case))


@pytest.mark.parametrize("name", SAMPLES)
def test_no_other_misconception_applies(name: str) -> None:
    assert {wrong for wrong, _ in wrong_answers("conv2d", SAMPLES[name].case)} == set(SAMPLES[name].wrong)


@pytest.mark.parametrize(("sample", "name"), WRONG)
def test_wrong_answers(sample: str, name: str) -> None:
    made = SAMPLES[sample]
    assert dict(wrong_answers("conv2d", made.case))[name] == made.values(made.wrong[name])


def typed(value: Any) -> str:
    return "\n".join(" ".join(map(str, row)) for row in value) if isinstance(value, tuple) else str(value)


def found(case: Case[Given], answers: dict[str, str], *listed: str) -> set[str]:
    """Return what the grader finds in answers as a student types them."""
    prompt = {"en": ""}
    spec = Spec(
        "q", "conv2d", "A map", prompt, Fraction(1), 1, misconceptions=dict.fromkeys(listed, Fraction())
    )
    marked = mark_problem(Problem("q", spec, case, Fraction(1), TYPE.solve(case, {})), answers)
    finding = marked.explanation.finding
    return set(finding.names) if finding else set()


@pytest.mark.parametrize(
    ("sample", "name"), [(one, name) for one, name in WRONG if SAMPLES[one].wrong[name] != SAMPLES[one].key]
)
def test_wrong_answers_are_found(sample: str, name: str) -> None:
    made = SAMPLES[sample]
    answers = {field: typed(value) for field, value in made.values(made.wrong[name]).items()}
    assert found(made.case, answers, name) == {name}


@pytest.mark.parametrize(
    ("answers", "name"),
    [
        ("2.33 3.17", "extra_flip"),
        ("8.00 13.00", "not_normalised"),
        ("1.17 2.00", "bias_forgotten"),
        ("0.17 1.00", "bias_sign"),
        ("2.17 3.00 2.50", "assume_same_padding"),
    ],
)
def test_wrong_answers_are_found_among_rounded_ones(answers: str, name: str) -> None:
    asked = Case(replace(SAMPLES["fractions"].given, digits=2))
    assert TYPE.ask(asked)[0].rule == Rounded(2)
    assert found(asked, {"Y": answers}, name) == {name}


# -- the same in plain loops, on many cases -----------------------------------------------------


def looped(image: Any, kernels: Any, bias: Any, turned: bool, up: bool, given: Given, **wrong: Any) -> Any:
    (top, bottom), (left, right) = wrong.get("padding", given.padding)
    down, across = wrong.get("stride", given.stride)
    gap_down, gap_across = wrong.get("dilation", given.dilation)
    height, width = len(image[0]), len(image[0][0])
    h, w = len(kernels[0][0]), len(kernels[0][0][0])

    def starts(before: int, size: int, after: int, span: int, step: int) -> list[int]:
        found = list(range(-before, size + after - span + 1, step))
        if not up:
            return found
        behind = (found[-1] + step) if found else -before
        if not found or found[-1] + span < size + after:
            found += [behind] * (behind + span - size - after < step)
        return [start for start in found if start < size]

    def cell(kernel: Any, constant: Any, row: int, column: int) -> Any:
        total = constant
        for c in range(len(image)):
            for u in range(h):
                for v in range(w):
                    r, s = row + u * gap_down, column + v * gap_across
                    weight = kernel[c][h - 1 - u][w - 1 - v] if turned else kernel[c][u][v]
                    total += weight * image[c][r][s] if 0 <= r < height and 0 <= s < width else 0
        return total

    down_to = starts(top, height, bottom, (h - 1) * gap_down + 1, down)
    across_to = starts(left, width, right, (w - 1) * gap_across + 1, across)
    return tuple(
        tuple(tuple(cell(kernel, constant, row, column) for column in across_to) for row in down_to)
        for kernel, constant in zip(kernels, bias, strict=True)
    )


def same_upper(given: Given) -> Any:
    sides = []
    for axis in (0, 1):
        size = (len(given.input[0]), len(given.input[0][0]))[axis]
        taps = (len(given.kernel[0][0]), len(given.kernel[0][0][0]))[axis]
        total = 0
        while (size + total - given.dilation[axis] * (taps - 1) - 1) // given.stride[axis] + 1 < -(
            -size // given.stride[axis]
        ):
            total += 1
        sides.append((total // 2, (total + 1) // 2))
    return tuple(sides)


def each_channel(given: Given, view: Callable[[int, Any], Any]) -> Any:
    """Change the part of every kernel that lies over a channel."""
    return [[view(place, part) for place, part in enumerate(kernel)] for kernel in given.kernel]


def each_weight(given: Given, view: Callable[[Any], Any]) -> Any:
    return each_channel(given, lambda _, part: [[view(weight) for weight in row] for row in part])


def taps(given: Given) -> int:
    return len(given.input) * len(given.kernel[0][0]) * len(given.kernel[0][0][0])


def common(given: Given) -> int:
    return lcm(*(Fraction(w).denominator for k in given.kernel for part in k for row in part for w in row))


WAYS: dict[str, Callable[[Given], dict[str, Any]]] = {
    "extra_flip": lambda given: {"turned": True},
    "no_flip": lambda given: {"turned": False},
    "flip_rows_only": lambda given: {
        "turned": False,
        "kernels": each_channel(given, lambda _, part: part[::-1]),
    },
    "flip_columns_only": lambda given: {
        "turned": False,
        "kernels": each_channel(given, lambda _, part: [row[::-1] for row in part]),
    },
    "transpose_kernel": lambda given: {
        "kernels": each_channel(given, lambda _, part: list(zip(*part, strict=True)))
    },
    "ignore_padding": lambda given: {"padding": ((0, 0), (0, 0))},
    "pad_once": lambda given: {"padding": ((given.padding[0][0], 0), (given.padding[1][0], 0))},
    "assume_same_padding": lambda given: {"padding": same_upper(given)},
    "ignore_stride": lambda given: {"stride": (1, 1)},
    "dilation_ignored": lambda given: {"dilation": (1, 1)},
    "dilation_zero_based": lambda given: {"dilation": (given.dilation[0] + 1, given.dilation[1] + 1)},
    "ceil_for_floor": lambda given: {"up": True},
    "floor_for_ceil": lambda given: {"up": False},
    "bias_forgotten": lambda given: {"bias": [0 for _ in given.bias]},
    "bias_sign": lambda given: {"bias": [0 - bias for bias in given.bias]},
    "bias_per_tap": lambda given: {"bias": [taps(given) * bias for bias in given.bias]},
    "bias_per_channel": lambda given: {"bias": [len(given.input) * bias for bias in given.bias]},
    "first_channel_only": lambda given: {
        "kernels": each_channel(
            given, lambda place, part: [[0 if place else weight for weight in row] for row in part]
        )
    },
    "channels_averaged": lambda given: {
        "kernels": each_weight(given, lambda weight: Fraction(weight) / len(given.input))
    },
    "kernels_swapped": lambda given: {
        "kernels": [[kernel[-1 - place] for place in range(len(kernel))] for kernel in given.kernel]
    },
    "maps_swapped": lambda given: {"kernels": given.kernel[::-1], "bias": given.bias[::-1]},
    "not_normalised": lambda given: {"kernels": each_weight(given, lambda weight: weight * common(given))},
}


def random_given(seed: int) -> Given:
    dice = random.Random(seed)
    pick = dice.randint
    channels, kernels, size = pick(1, 3), pick(1, 3), (pick(5, 7), pick(5, 7))
    window = pick(1, 3), pick(1, 3)
    weights: list[Any] = [-1, 0, 1, 2] if pick(0, 1) else [Fraction(1, 2), Fraction(-1, 3), 1]

    def block(height: int, width: int, cell: Callable[[], Any]) -> Any:
        return tuple(tuple(cell() for _ in range(width)) for _ in range(height))

    return Given(
        input=tuple(block(*size, lambda: pick(-3, 5)) for _ in range(channels)),
        kernel=tuple(
            tuple(block(*window, lambda: dice.choice(weights)) for _ in range(channels))
            for _ in range(kernels)
        ),
        bias=tuple(pick(-2, 2) for _ in range(kernels)),
        stride=(pick(1, 3), pick(1, 3)),
        padding=((pick(0, 2), pick(0, 2)), (pick(0, 2), pick(0, 2))),
        dilation=(pick(1, 2), 1) if pick(0, 1) else (1, pick(1, 2)),
    )


@pytest.mark.parametrize(
    "conventions",
    [CROSS, TURNED, CEIL, replace(TURNED, rounding="ceil")],
    ids=["cross", "turned", "cross-ceil", "turned-ceil"],
)
def test_wrong_ways_in_plain_loops(conventions: Conventions) -> None:
    seen = set()
    for seed in range(60):
        asked = random_given(seed)
        case = Case(asked, conventions)
        plain: dict[str, Any] = {
            "image": asked.input,
            "kernels": asked.kernel,
            "bias": asked.bias,
            "turned": conventions.operation == "convolution",
            "up": conventions.rounding == "ceil",
            "given": asked,
        }
        assert tuple(answer(case).values()) == looped(**plain)
        for name, wrong in wrong_answers("conv2d", case):
            assert tuple(wrong.values()) == looped(**{**plain, **WAYS[name](asked)}), (seed, name)
            seen.add(name)
    other_flip = "no_flip" if conventions.operation == "cross-correlation" else "extra_flip"
    other_end = "floor_for_ceil" if conventions.rounding == "floor" else "ceil_for_floor"
    assert seen == set(WAYS) - {other_flip, other_end}


# -- what is asked and shown --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "conventions", "labels"),
    [
        (TWO_BY_TWO, CROSS, {"Y": "Y"}),
        (CHANNELS, CROSS, {"Y0": "Y^{(0)}", "Y1": "Y^{(1)}"}),
        (CHANNELS, ORIGIN_1, {"Y1": "Y^{(1)}", "Y2": "Y^{(2)}"}),
        (replace(TWO_BY_TWO, cell=(1, 0)), CROSS, {"y": "Y_{1,0}"}),
        (replace(TWO_BY_TWO, cell=(1, 0)), ORIGIN_1, {"y": "Y_{2,1}"}),
    ],
    ids=["one-map", "maps", "maps-from-1", "cell", "cell-from-1"],
)
def test_fields(asked: Given, conventions: Conventions, labels: dict[str, str]) -> None:
    fields = TYPE.ask(Case(asked, conventions))
    assert {field.name: field.label for field in fields} == {
        name: Symbol(label) for name, label in labels.items()
    }


@pytest.mark.parametrize(("conventions", "height"), [(CROSS, 1), (CEIL, 2)], ids=["floor", "ceil"])
def test_the_shape_is_printed_where_that_is_asked(conventions: Conventions, height: int) -> None:
    shown = Case(replace(STEEP, show_shape=True), conventions)
    assert [field.shape for field in TYPE.ask(shown)] == [(height, 2)]
    assert [field.shape for field in TYPE.ask(Case(STEEP, conventions))] == [None]


def test_what_a_prompt_may_show() -> None:
    asked = replace(DILATED, stride=(1, 2), padding=((1, 2), (0, 3)), bias=(7,), cell=(1, 0), digits=2)
    shown = TYPE.show(Case(asked, ORIGIN_1))
    assert shown["X"] == Grid(((1, 2, 3), (4, 5, 6), (7, 8, 9), (2, 4, 6)), "X")
    assert shown["K"] == Grid(((1000, 100), (10, 1)), "K")
    assert shown["b"] == 7
    assert shown["cell"] == Symbol("Y_{2,1}")
    stride, dilation, padding = shown["stride"], shown["dilation"], shown["padding"]
    assert isinstance(stride, Message)
    assert isinstance(dilation, Message)
    assert isinstance(padding, Message)
    assert stride.values == {"down": 1, "across": 2}
    assert dilation.values == {"down": 2, "across": 1}
    sides = {name: padding.values[name] for name in ("top", "bottom", "left", "right")}
    assert sides == {"top": 1, "bottom": 2, "left": 0, "right": 3}


def test_kernels_and_channels_are_counted_from_the_origin() -> None:
    shown = TYPE.show(Case(CHANNELS, ORIGIN_1))
    assert shown["X"] == Figures("X", (Grid(((1, 2), (3, 4)), "X_{1}"), Grid(((5, 6), (7, 8)), "X_{2}")))
    kernels = shown["K"]
    assert isinstance(kernels, Figures)
    assert [(grid.label, grid.rows) for grid in grids(kernels)] == [
        ("K^{(1)}_{1}", ((1000, 100),)),
        ("K^{(1)}_{2}", ((10, 1),)),
        ("K^{(2)}_{1}", ((1, 10),)),
        ("K^{(2)}_{2}", ((100, 1000),)),
    ]


@pytest.mark.parametrize("cell", [(2, 0), (0, 2)])
def test_a_cell_outside_is_refused(cell: tuple[int, int]) -> None:
    with pytest.raises(ShapeError, match="outside the output of 2 rows and 2 columns"):
        replace(TWO_BY_TWO, cell=cell)


# -- effort -------------------------------------------------------------------------------------

# The windows are -1 -2;3 -4 and -2 0;-4 5. With 2 -1;0 10 the first makes -2, 2 and -40, the second -4 and 50.
COUNTED = given(["-1 -2 0;3 -4 5"], [["2 -1;0 10"]])


@pytest.mark.parametrize(
    ("asked", "effort"),
    [
        pytest.param(COUNTED, Effort(5, 3, 2), id="a-map"),
        pytest.param(replace(COUNTED, cell=(0, 1)), Effort(2, 1, 2), id="a-cell"),
        pytest.param(replace(COUNTED, bias=(-60,)), Effort(5, 3, 3), id="a-bias"),
        pytest.param(given(["-1 -2 0;3 -4 5"], [["2 -1;0 10"], ["0 0;0 1"]]), Effort(7, 4, 2), id="two-maps"),
        pytest.param(given(["5 1"], [["1/30"]]), Effort(2, 0, 3), id="fractions"),
    ],
)
def test_effort(asked: Given, effort: Effort) -> None:
    assert TYPE.effort(Case(asked)) == effort


def test_effort_of_a_turned_kernel() -> None:
    """With 10 0;-1 2 the first window makes -10, -3 and -8, the second -20, 4 and 10."""
    assert TYPE.effort(Case(COUNTED, TURNED)) == Effort(6, 4, 2)


CELL_OF_TWO = Case(given(["-1 -2 0;3 -4 5"], [["2 -1;0 10"], ["0 0;0 1"]], cell=[0, 1]))


def test_effort_counts_the_map_of_the_cell_only() -> None:
    assert TYPE.effort(CELL_OF_TWO) == Effort(2, 1, 2)


# -- the worked steps ---------------------------------------------------------------------------


def formulas(case: Case[Given]) -> list[str]:
    return [step.latex for step in TYPE.work(case) if isinstance(step, Symbol)]


def figures(case: Case[Given]) -> list[Grid]:
    """Return the figures of the worked steps, those side by side one by one."""
    found = [step for step in TYPE.work(case) if isinstance(step, (Grid, Figures))]
    return [grid for step in found for grid in grids(step)]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        pytest.param(
            Case(CHANNELS),
            [
                r"\text{rows}=2-1+1=2",
                r"\text{columns}=2-2+1=1",
                r"Y^{(0)}_{0,0}=1\cdot 1000+2\cdot 100+5\cdot 10+6\cdot 1+10000=11256",
                r"Y^{(0)}_{1,0}=3\cdot 1000+4\cdot 100+7\cdot 10+8\cdot 1+10000=13478",
                r"Y^{(1)}_{0,0}=1\cdot 1+2\cdot 10+5\cdot 100+6\cdot 1000+70000=76521",
                r"Y^{(1)}_{1,0}=3\cdot 1+4\cdot 10+7\cdot 100+8\cdot 1000+70000=78743",
            ],
            id="kernels",
        ),
        pytest.param(
            Case(replace(CHANNELS, bias=(0, -7)), replace(TURNED, origin=1)),
            [
                r"\text{rows}=2-1+1=2",
                r"\text{columns}=2-2+1=1",
                r"Y^{(1)}_{1,1}=1\cdot 100+2\cdot 1000+5\cdot 1+6\cdot 10=2165",
                r"Y^{(1)}_{2,1}=3\cdot 100+4\cdot 1000+7\cdot 1+8\cdot 10=4387",
                r"Y^{(2)}_{1,1}=1\cdot 10+2\cdot 1+5\cdot 1000+6\cdot 100-7=5605",
                r"Y^{(2)}_{2,1}=3\cdot 10+4\cdot 1+7\cdot 1000+8\cdot 100-7=7827",
            ],
            id="turned-kernels-from-1",
        ),
        pytest.param(
            Case(replace(TWO_BY_TWO, cell=(1, 0))),
            [
                r"\text{rows}=3-2+1=2",
                r"\text{columns}=3-2+1=2",
                r"Y_{1,0}=4\cdot 1000+5\cdot 100+7\cdot 10+8\cdot 1=4578",
            ],
            id="cell",
        ),
        pytest.param(
            Case(replace(TWO_BY_TWO, cell=(1, 0)), replace(TURNED, origin=1)),
            [
                r"\text{rows}=3-2+1=2",
                r"\text{columns}=3-2+1=2",
                r"Y_{2,1}=4\cdot 1+5\cdot 10+7\cdot 100+8\cdot 1000=8754",
            ],
            id="turned-cell-from-1",
        ),
        pytest.param(
            Case(replace(SAMPLES["fractions"].given, digits=2)),
            [
                r"\text{columns}=3-2+1=2",
                r"Y_{0,0}=1\cdot \tfrac{1}{2}+2\cdot \tfrac{1}{3}+1=\tfrac{13}{6}\approx 2.17",
                r"Y_{0,1}=2\cdot \tfrac{1}{2}+3\cdot \tfrac{1}{3}+1=3",
            ],
            id="digits",
        ),
        pytest.param(
            Case(STEEP, CEIL),
            [
                r"\text{rows}=\left\lceil\frac{3-2}{2}\right\rceil+1=2",
                r"\text{columns}=3-2+1=2",
                r"Y_{0,0}=1\cdot 1000+2\cdot 100+4\cdot 10+5\cdot 1=1245",
                r"Y_{0,1}=2\cdot 1000+3\cdot 100+5\cdot 10+6\cdot 1=2356",
                r"Y_{1,0}=7\cdot 1000+8\cdot 100+0\cdot 10+0\cdot 1=7800",
                r"Y_{1,1}=8\cdot 1000+9\cdot 100+0\cdot 10+0\cdot 1=8900",
            ],
            id="ceil",
        ),
    ],
)
def test_formulas(case: Case[Given], expected: list[str]) -> None:
    assert formulas(case) == expected


def test_the_steps_of_a_cell_keep_to_its_map_and_name() -> None:
    label = TYPE.show(CELL_OF_TWO)["cell"]
    assert TYPE.ask(CELL_OF_TWO)[0].label == label
    assert isinstance(label, Symbol)
    total = r"(-2)\cdot 2+0\cdot (-1)+(-4)\cdot 0+5\cdot 10=46"
    assert formulas(CELL_OF_TWO)[2:] == [f"{label.latex}={total}"]


@pytest.mark.parametrize(
    ("cell", "origin", "symbol", "marked"),
    [
        ((0, 1), 0, "Y_{0,1}", {(0, 1), (0, 2), (1, 1), (1, 2)}),
        ((1, 0), 0, "Y_{1,0}", {(1, 0), (1, 1), (2, 0), (2, 1)}),
        ((1, 0), 1, "Y_{2,1}", {(1, 0), (1, 1), (2, 0), (2, 1)}),
    ],
)
def test_the_window_of_the_cell_asked_is_marked(
    cell: tuple[int, int], origin: int, symbol: str, marked: set[tuple[int, int]]
) -> None:
    case = Case(replace(TWO_BY_TWO, cell=cell), Conventions(origin=origin))
    (figure,) = figures(case)
    assert figure.marked == marked
    named = [step.values["cell"] for step in TYPE.work(case) if isinstance(step, Message) and step.values]
    assert named == [Symbol(symbol)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (TWO_BY_TWO, {"K'": "1 10;100 1000"}),
        (TWO_BY_THREE, {"K'": "1 10 100;1000 10000 100000"}),
        (
            CHANNELS,
            {
                "K'^{(0)}_{0}": "100 1000",
                "K'^{(0)}_{1}": "1 10",
                "K'^{(1)}_{0}": "10 1",
                "K'^{(1)}_{1}": "1000 100",
            },
        ),
    ],
    ids=["square", "non-square", "kernels"],
)
def test_the_turned_kernel_is_drawn(asked: Given, expected: dict[str, str]) -> None:
    drawn = {grid.label: grid.rows for grid in figures(Case(asked, TURNED)) if "K" in grid.label}
    assert drawn == {label: rows(text) for label, text in expected.items()}
    assert not [grid for grid in figures(Case(asked)) if "K" in grid.label]


@pytest.mark.parametrize(
    ("asked", "conventions", "expected"),
    [
        (TWO_BY_TWO, CROSS, [("Y", (("1245", "2356"), ("4578", "5689")))]),
        (CHANNELS, ORIGIN_1, [("Y^{(1)}", (("11256",), ("13478",))), ("Y^{(2)}", (("76521",), ("78743",)))]),
        (SAMPLES["fractions"].given, CROSS, [("Y", (("13/6", "3"),))]),
        (replace(SAMPLES["fractions"].given, digits=2), CROSS, [("Y", (("2.17", "3.00"),))]),
        (replace(SAMPLES["fractions"].given, digits=0), CROSS, [("Y", (("2", "3"),))]),
    ],
    ids=["exact", "maps", "fractions", "two-digits", "no-digits"],
)
def test_the_steps_end_with_the_maps(
    asked: Given, conventions: Conventions, expected: list[tuple[str, Rows]]
) -> None:
    last = list(TYPE.work(Case(asked, conventions)))[-len(expected) :]
    assert [(step.label, step.rows) for step in last if isinstance(step, Grid)] == expected


def test_of_many_cells_one_sum_is_written_for_each_map() -> None:
    many = Case(given(["1 2 3 4;5 6 7 8;9 1 2 3"], [["1"], ["2"]], bias=[0, 5]))
    assert formulas(many)[2:] == [r"Y^{(0)}_{0,0}=1\cdot 1=1", r"Y^{(1)}_{0,0}=1\cdot 2+5=7"]
    sentences = [step.text for step in TYPE.work(many) if isinstance(step, Message)]
    assert sentences[-1] == "Every other cell is found in the same way."


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (TWO_BY_TWO, (False, False)),
        (replace(TWO_BY_TWO, bias=(3,)), (False, True)),
        (replace(CHANNELS, bias=()), (True, False)),
        (replace(CHANNELS, bias=(0, 3)), (True, True)),
    ],
    ids=["plain", "bias", "channels", "both"],
)
def test_the_instruction_names_what_is_added(asked: Given, words: tuple[bool, bool]) -> None:
    (text,) = (step.text for step in TYPE.work(Case(asked)) if isinstance(step, Message) and step.values)
    assert ("of all channels" in text, "add the bias" in text) == words


def test_worked_steps_say_how_far_a_dilated_kernel_reaches() -> None:
    dilated = given(["1 2 3 4;5 6 7 8;9 1 2 3"], [["1 0;0 1"]], dilation=2)
    plain = replace(dilated, dilation=(1, 1))
    assert r"2\cdot(2-1)+1=3" in formulas(Case(dilated))
    assert not any(r"\cdot(2-1)" in line for line in formulas(Case(plain)))
