"""The strongest response: known answers, every misconception on a small case, ties, and plain loops."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from convexam.generator.compose import draw_problem
from convexam.generator.document import Message, Symbol
from convexam.generator.errors import DataError
from convexam.generator.figures.model import Figures, Grid
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Refused
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.strongest_response import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain import plain
from convexam.generator.render.plain_formula import plain_formula
from convexam.generator.streams import Stream, derive
from convexam.generator.text import sentence
from convexam.grader.explaining.explain import explain
from convexam.grader.marking.mark import mark_problem

from ...shipped import shipped_bank

PLAIN = Conventions()
BANK = shipped_bank()
RANDOM = [spec.id for spec in BANK if spec.type == "strongest_response" and spec.params is not None]
BINARY = "1 1 1 0 0;0 1 1 1 0;0 0 1 1 1;0 0 1 1 0;0 1 1 0 0"
CROSS = "1 0 1;0 1 0;1 0 1"


def case(conventions: Conventions = PLAIN, **given: Any) -> Case[Given]:
    given = {"ask": "position", **given}
    given["input"] = [text.replace(";", "\n") for text in given.get("input", [IMAGE])]
    given["kernel"] = [
        [text.replace(";", "\n") for text in ([maps] if isinstance(maps, str) else maps)]
        for maps in given.get("kernel", [KERNEL])
    ]
    return Case(parse_value(Given, given), conventions)


# The responses to the kernel 1 -1 are 0 -7 6 | 4 -2 -3 | 1 1 -2; to the kernel 1 1 they are 2 9 10 | 4 2 7 | 3 1 2.
IMAGE = "1 1 8 2;4 0 2 5;2 1 0 2"
KERNEL = "1 -1"


def key(case: Case[Given]) -> dict[str, tuple[Any, ...]]:
    found = {name: tuple(values) for name, values in TYPE.solve(case, {}).items()}
    assert {name: set(values) for name, values in found.items()} == {
        name: set(values) for name, values in TYPE.second(case).items()
    }
    return found


def answer(case: Case[Given]) -> dict[str, Any]:
    return first_values(key(case))


def problem(case: Case[Given], *listed: str) -> Problem:
    spec = Spec(
        "q",
        "strongest_response",
        "Where?",
        {"en": ""},
        Fraction(2),
        1,
        misconceptions=dict.fromkeys(listed, Fraction()),
    )
    return Problem("q", spec, case, Fraction(2), TYPE.solve(case, {}))


# -- known answers --------------------------------------------------------------------------------


def test_the_cross_in_the_binary_image_is_found_in_several_places() -> None:
    asked = case(input=[BINARY], kernel=[CROSS], value="true")
    assert key(asked) == {"position": ((0, 0), (0, 2), (1, 1), (2, 2)), "value": (4,)}
    strided = case(input=[BINARY], kernel=[CROSS], stride=2)
    assert key(strided) == {"position": ((0, 0), (0, 1), (1, 1))}


@pytest.mark.parametrize("text", ["row: 2, column: 2", "0, 2", "row: 1, column: 1"])
def test_each_of_several_places_is_right(text: str) -> None:
    asked = problem(case(input=[BINARY], kernel=[CROSS]))
    assert mark_problem(asked, {"position": text}).points == 2


@pytest.mark.parametrize(
    ("seek", "position", "value"),
    [("largest", (0, 2), 6), ("smallest", (0, 1), -7), ("absolute", (0, 1), -7)],
)
def test_what_is_sought(seek: str, position: tuple[int, int], value: int) -> None:
    assert answer(case(seek=seek, value="true")) == {"position": position, "value": value}


def test_rows_and_columns_are_counted_from_the_origin() -> None:
    assert answer(case(Conventions(origin=1))) == {"position": (1, 3)}


def test_a_convolution_turns_the_kernel() -> None:
    """The signs change, so the strongest response is what was the most negative one."""
    assert answer(case(Conventions(operation="convolution"), value="true")) == {
        "position": (0, 1),
        "value": 7,
    }


@pytest.mark.parametrize(("counted", "position"), [("cell", (1, 1)), ("corner", (1, 1)), ("centre", (2, 2))])
def test_what_stands_for_a_window(counted: str, position: tuple[int, int]) -> None:
    image = "0 0 0 0;0 0 0 0;0 0 5 0;0 0 0 0"
    assert answer(case(input=[image], kernel=["0 0 0;0 1 0;0 0 0"], counted=counted)) == {
        "position": position
    }


@pytest.mark.parametrize(("counted", "position"), [("cell", (0, 1)), ("corner", (-1, 1)), ("centre", (0, 2))])
def test_padding_counts_below_the_first_row(counted: str, position: tuple[int, int]) -> None:
    """The window of the output cell (0, 1) begins one row above the image."""
    asked = case(
        input=["0 0 5 0;0 0 0 0"], kernel=["0 0 0;0 1 0;0 0 0"], stride=2, padding=1, counted=counted
    )
    assert answer(asked) == {"position": position}


def test_channels_are_added() -> None:
    asked = case(input=["1 0 3", "5 0 1"], kernel=[["1", "2"]], value="true")
    assert answer(asked) == {"position": (0, 0), "value": 11}


def test_windows_and_kernels_are_chosen() -> None:
    assert answer(case(ask="window", windows=[[0, 0], [0, 2], [1, 0]])) == {"option": "B"}
    assert answer(case(ask="window", windows=[[0, 0], [0, 1], [1, 0]], seek="absolute")) == {"option": "B"}
    kernels = ["1 -1", "-1 1", "0 1"]  # on 1 8: -7, 7, 8
    assert answer(case(ask="kernel", kernel=kernels, windows=[[0, 1]])) == {"option": "C"}
    assert answer(case(ask="kernel", kernel=kernels, windows=[[0, 1]], seek="smallest")) == {"option": "A"}


def test_options_that_are_equally_strong_are_all_right() -> None:
    assert key(case(ask="window", windows=[[2, 0], [2, 1], [0, 1]])) == {"option": ("A", "B")}


# -- misconceptions -------------------------------------------------------------------------------

MIDDLE: dict[str, Any] = {
    "input": ["0 0 0 0 0;0 0 0 9 0;0 0 5 0 0;0 0 0 0 1"],
    "kernel": ["0 0 0;0 1 0;-1 0 0"],
}
"""Responses: 0 0 4 | 0 5 0, so the best window is that of row 1, column 1, with its centre at (2, 2)."""


@pytest.mark.parametrize(
    ("name", "asked", "wrong"),
    [
        ("brightest_window", case(seek="smallest", input=["1 8 9;7 1 0"]), {"position": (1, 1)}),
        ("brightest_window", case(value="true", input=["9 8 1;0 5 7"]), {"position": (0, 0), "value": 17}),
        ("brightest_window", case(ask="window", windows=[[2, 0], [0, 1], [1, 0]]), {"option": "B"}),
        ("absolute_for_signed", case(value="true"), {"position": (0, 1), "value": -7}),
        ("signed_for_absolute", case(seek="absolute", value="true"), {"position": (0, 2), "value": 6}),
        ("smallest_for_largest", case(), {"position": (0, 1)}),
        ("largest_for_smallest", case(seek="smallest"), {"position": (0, 2)}),
        ("extra_flip", case(value="true"), {"position": (0, 1), "value": 7}),
        ("no_flip", case(Conventions(operation="convolution")), {"position": (0, 2)}),
        ("axes_swapped", case(), {"position": (2, 0)}),
        ("other_origin", case(), {"position": (1, 3)}),
        ("other_origin", case(Conventions(origin=1)), {"position": (0, 2)}),
        ("largest_pixel", case(value="true", input=["1 1 7 2;4 0 2 8"]), {"position": (1, 3), "value": 8}),
        ("largest_pixel", case(ask="window", windows=[[1, 0], [0, 1]]), {"option": "B"}),
        ("largest_weights", case(ask="kernel", kernel=["1 -1", "1 1"], windows=[[0, 2]], seek="absolute",
                                 input=["0 0 5 -6"]), {"option": "B"}),
        ("centre_for_cell", case(**MIDDLE), {"position": (2, 2)}),
        ("cell_for_centre", case(**MIDDLE, counted="centre"), {"position": (1, 1)}),
        ("corner_for_cell", case(**MIDDLE, stride=[1, 2]), {"position": (0, 2)}),
        ("corner_for_centre", case(**MIDDLE, counted="centre", stride=[1, 2]), {"position": (0, 2)}),
        ("ignore_stride", case(stride=2, input=["1 5 1 7 9 8"]), {"position": (0, 1)}),
    ],
)  # fmt: skip
def test_misconceptions(name: str, asked: Case[Given], wrong: dict[str, Any]) -> None:
    assert dict(wrong_answers("strongest_response", asked))[name] == wrong
    assert any(value not in key(asked)[field] for field, value in wrong.items())
    found = problem(asked, name)
    finding = explain(found, TYPE.ask(asked), wrong).finding
    assert finding is not None
    assert finding.names == (name,)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("axes_swapped", case(ask="window", windows=[[0, 0], [0, 2]])),
        ("brightest_window", case(ask="kernel", kernel=["1 -1", "1 1"], windows=[[0, 2]])),
        ("largest_weights", case()),
        ("centre_for_cell", case(kernel=["1 2"])),
        ("corner_for_cell", case()),
        ("ignore_stride", case(ask="window", windows=[[0, 0], [0, 2]])),
        ("absolute_for_signed", case(seek="absolute")),
        ("largest_for_smallest", case()),
    ],
)
def test_where_a_misconception_makes_no_sense(name: str, asked: Case[Given]) -> None:
    assert name not in dict(wrong_answers("strongest_response", asked))


def test_the_response_follows_from_the_position_that_was_taken() -> None:
    asked = case(**MIDDLE, value="true", counted="centre")
    assert TYPE.solve(asked, {"position": (1, 3)})["value"] == (4,)
    assert TYPE.solve(asked, {"position": (9, 9)})["value"] == (5,)


# -- drawn cases, by plain loops ------------------------------------------------------------------


def responses(given: Given, number: int, turned: bool) -> dict[tuple[int, int], Any]:
    kernel = given.kernel[number]
    h, w = len(kernel[0]), len(kernel[0][0])
    (top, bottom), (left, right) = given.padding
    height, width = len(given.input[0]), len(given.input[0][0])

    def pixel(channel: int, row: int, column: int) -> Any:
        inside = 0 <= row < height and 0 <= column < width
        return given.input[channel][row][column] if inside else 0

    return {
        (row // given.stride[0], column // given.stride[1]): sum(
            pixel(c, row - top + u, column - left + v)
            * kernel[c][h - 1 - u if turned else u][w - 1 - v if turned else v]
            for c, u, v in product(range(len(kernel)), range(h), range(w))
        )
        for row in range(0, height + top + bottom - h + 1, given.stride[0])
        for column in range(0, width + left + right - w + 1, given.stride[1])
    }


@pytest.mark.parametrize("entry", RANDOM)
@pytest.mark.parametrize("operation", ["cross-correlation", "convolution"])
def test_drawn_answers_are_the_strongest(entry: str, operation: Any) -> None:
    for number in range(3):
        stream = Stream(derive(b"strongest", [entry, str(number)]))
        drawn = draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry])
        asked = replace(drawn.case, conventions=Conventions(operation=operation))
        given: Given = asked.given
        found = [responses(given, place, operation == "convolution") for place in range(len(given.kernel))]
        if given.ask == "position":
            candidates: dict[Any, Any] = found[0]
        elif given.ask == "window":
            candidates = {
                letter: found[0][cell] for letter, cell in zip("ABCDEF", given.windows, strict=False)
            }
        else:
            candidates = {
                letter: each[given.windows[0]] for letter, each in zip("ABCDEF", found, strict=False)
            }
        scale = {"largest": lambda x: x, "smallest": lambda x: -x, "absolute": abs}[given.seek]
        best = max(map(scale, candidates.values()))
        right = [name for name, response in candidates.items() if scale(response) == best]
        assert len(right) == 1
        if given.counted == "centre":
            (top, _), (left, _) = given.padding
            right = [(r * given.stride[0] - top + 1, c * given.stride[1] - left + 1) for r, c in right]
        assert list(key(asked)["position" if given.ask == "position" else "option"]) == right


def drawn(**params: Any) -> Given:
    data = {"ask": "position", "input": {"shape": [1, 3, 3], "from": 0, "to": 5}, **params}
    given: Given = TYPE.draw(parse_value(Params, data), Stream(derive(b"strongest", ["refused"])))
    return given


ONE = {"shape": [1, 1, 1, 1], "one_of": [1]}


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"kernel": {"shape": [1, 1, 4, 4], "one_of": [1]}}, "does not fit"),
        ({"kernel": ONE, "input": {"shape": [1, 3, 3], "from": 2, "to": 2}}, "equally strong"),
        ({"kernel": ONE, "input": {"shape": [1, 1, 2], "from": -99, "to": -1}}, "wrong sign"),
        ({"kernel": ONE, "seek": "smallest"}, "wrong sign|equally strong"),
        ({"kernel": ONE, "ask": "window", "options": 4, "input": {"shape": [1, 2, 2], "from": 1, "to": 1}},
         "the same response"),
        ({"kernel": ONE, "ask": "window", "options": 4, "input": {"shape": [1, 1, 2], "from": 1, "to": 9}},
         "fewer windows"),
        ({"detectors": ["outline", "box_blur"], "ask": "kernel"}, "fewer detectors"),
        ({"kernel": {"shape": [2, 1, 1, 1], "one_of": [1]}, "ask": "kernel"}, "twice"),
        ({"kernel": ONE, "counted": "cell", "ask": "window", "value": "true"}, "goes with a position"),
    ],
)  # fmt: skip
def test_refused_draws(params: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        drawn(**params)


@pytest.mark.parametrize("params", [{}, {"kernel": ONE, "detectors": ["outline", "box_blur"]}])
def test_a_kernel_is_drawn_in_one_way(params: dict[str, Any]) -> None:
    with pytest.raises(DataError, match="either 'kernel'"):
        drawn(**params)


# -- what is shown --------------------------------------------------------------------------------


def said(case: Case[Given], name: str) -> str:
    message = TYPE.show(case)[name]
    assert isinstance(message, Message)
    return plain(sentence(message))


def test_the_position_is_explained() -> None:
    assert said(case(Conventions(origin=1)), "position_rule") == (
        "The position of a response is its row and column in the output map, counted from 1."
    )
    asked = case(input=["1 2 3"], kernel=["1"], padding=1, counted="centre")
    assert said(asked, "position_rule") == (
        "The position of a response is the row and column of the image cell in the centre of its window, counted "
        "from 0. The image begins at 0: rows and columns of the padding before it have smaller numbers."
    )


def test_windows_are_marked_in_the_options() -> None:
    options = TYPE.show(case(ask="window", windows=[[0, 0], [1, 2]]))["options"]
    assert isinstance(options, Figures)
    assert [member.label for member in options.members] == ["A", "B"]
    marks = [member.marked for member in options.members if isinstance(member, Grid)]
    assert marks == [frozenset({(0, 0), (0, 1)}), frozenset({(1, 2), (1, 3)})]


def steps(case: Case[Given]) -> list[str]:
    found = []
    for step in TYPE.work(case):
        if isinstance(step, Symbol):
            found.append(plain_formula(step.latex))
        elif isinstance(step, Message):
            found.append(plain(sentence(step)))
    return found


def test_the_worked_position() -> None:
    asked = case(
        input=["0 1 5 0;0 0 0 0"], kernel=["0 0 0;0 1 0;0 0 0"], stride=2, padding=1, counted="centre"
    )
    assert steps(asked)[-4:] == [
        "The largest response is marked: Y₀,₁ = 5.",
        (
            "The window of Y₀,₁ is marked. In the image it begins at the row of the output times the stride, minus "
            "the padding above; from there, count on to its centre. Columns go likewise:"
        ),
        "row = 0 · 2 − 1 + 1 = 0",
        "column = 1 · 2 − 1 + 1 = 2",
    ]
    from_1 = replace(asked, conventions=Conventions(origin=1))
    assert steps(from_1)[-1] == "column = (2 − 1) · 2 − 1 + 1 + 1 = 3"
    marked = [step for step in TYPE.work(asked) if isinstance(step, Grid) and step.label == "Y"]
    assert [step.marked for step in marked] == [frozenset({(0, 1)})]


def test_the_worked_choice() -> None:
    assert steps(case(ask="window", windows=[[0, 0], [0, 2]]))[1:] == [
        "A = 1 · 1 + 1 · (−1) = 0",
        "B = 8 · 1 + 2 · (−1) = 6",
        "The response is largest for B.",
    ]
    chosen = case(Conventions(operation="convolution"), ask="kernel", kernel=["1 0", "0 1"], windows=[[0, 2]])
    turned = steps(chosen)
    assert turned[0].startswith("A convolution turns the kernels")
    (drawn,) = (step for step in TYPE.work(chosen) if isinstance(step, Figures))
    assert [grid.label for grid in drawn.members if isinstance(grid, Grid)] == ["A'", "B'"]
    assert turned[-3:] == ["A = 8 · 0 + 2 · 1 = 2", "B = 8 · 1 + 2 · 0 = 8", "The response is largest for B."]


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"kernel": ["1", "2"]}, "several where one is to be chosen"),
        ({"ask": "kernel", "windows": [[0, 0]]}, "several where one is to be chosen"),
        ({"windows": [[0, 0]]}, "'windows' are marked where"),
        ({"ask": "window", "windows": [[0, 0]]}, "several cells to choose from"),
        ({"ask": "kernel", "kernel": ["1", "2"], "windows": []}, "a single cell"),
        ({"ask": "window", "windows": [[0, 0], [0, 1]], "value": "true"}, "goes with a position"),
        ({"ask": "window", "windows": [[0, 0], [0, 1]], "padding": 1}, "go with a position"),
        ({"ask": "window", "windows": [[0, 0], [0, 1]], "input": ["1 2 3"] * 2, "kernel": [["1", "1"]]},
         "one channel only"),
        ({"ask": "window", "windows": [[0, 0], [9, 1]]}, "lie outside"),
        ({"ask": "window", "windows": [[0, 0], [0, 0]]}, "stands here twice"),
        ({"ask": "kernel", "kernel": ["1", "1"], "windows": [[0, 0]]}, "stands here twice"),
        ({"counted": "centre"}, "only if its sides are odd"),
        ({"kernel": [["1", "1"]]}, "as many channels"),
        ({"ask": "kernel", "kernel": ["1", "1 1"], "windows": [[0, 0]]}, "same size"),
        ({"kernel": [";".join(["1"] * 9)]}, "does not fit"),
        ({"input": [";".join(["1 " * 128] * 128)], "kernel": [";".join(["1 1 1"] * 3)]}, "at most 100000"),
    ],
)  # fmt: skip
def test_what_cannot_be_given(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(DataError, match=complaint):
        case(**given)
