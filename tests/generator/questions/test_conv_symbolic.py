"""Convolutions written out in names, checked by hand and against the lectures."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from convexam.generator.document import Message, Symbol
from convexam.generator.engine import conv
from convexam.generator.errors import DataError
from convexam.generator.expressions.evaluation import evaluate
from convexam.generator.expressions.reader import read_formula
from convexam.generator.mistakes import wrong_answers
from convexam.generator.model import Case, Conventions
from convexam.generator.questions.conv_symbolic import Given, Params, ask, draw, show, solve, work
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.answers import answer_view
from convexam.generator.render.look import SCREEN
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.expressions import read_expression

from ...shipped import shipped_bank

FIVE = {"letter": "I", "shape": [5, 5]}
THREE = {"letter": "w", "shape": [3, 3]}
LINE = {"letter": "x", "shape": [1, 5]}
TAPS = {"letter": "w", "shape": [1, 3]}
LETTERS: dict[str, Any] = {"input": "a b c\nd e f\ng h i", "kernel": "1 2 3\n4 5 6\n7 8 9"}


def case(conventions: Conventions | None = None, **given: Any) -> Case[Given]:
    data = {"ask": "cell", "input": FIVE, "kernel": THREE, "cell": [0, 0], **given}
    return Case(parse_value(Given, data), conventions or Conventions())


def answers(problem: Case[Given]) -> dict[str, Any]:
    return {name: values[0] for name, values in solve(problem, {}).items()}


def wrong(problem: Case[Given]) -> dict[str, dict[str, Any]]:
    return dict(wrong_answers("conv_symbolic", problem))


def lecture(row: int, column: int) -> str:
    """E35 as the slides have it: the sum over u and v of I_{5(r+u)+(c+v)+1} w_{3u+v+1}, and b."""
    terms = [f"I{5 * (row + u) + (column + v) + 1}*w{3 * u + v + 1}" for u, v in product(range(3), range(3))]
    return " + ".join([*terms, "b"])


@pytest.mark.parametrize(("row", "column"), list(product(range(3), range(3))))
def test_all_nine_cells_of_the_lecture(row: int, column: int) -> None:
    assert answers(case(cell=[row, column], bias="b")) == {"Y": lecture(row, column)}


def test_the_first_and_the_last_cell_in_full() -> None:
    first = "I1*w1 + I2*w2 + I3*w3 + I6*w4 + I7*w5 + I8*w6 + I11*w7 + I12*w8 + I13*w9"
    last = "I13*w1 + I14*w2 + I15*w3 + I18*w4 + I19*w5 + I20*w6 + I23*w7 + I24*w8 + I25*w9"
    assert answers(case()) == {"Y": first}
    assert answers(case(cell=[2, 2])) == {"Y": last}


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"cell": [0, 0]}, "x1*w1 + x2*w2 + x3*w3"),  # E32
        ({"cell": [0, 2]}, "x3*w1 + x4*w2 + x5*w3"),
        ({"cell": [0, 0], "padding": [0, 1]}, "x1*w2 + x2*w3"),  # E33: the ends lose a term
        ({"cell": [0, 1], "padding": [0, 1]}, "x1*w1 + x2*w2 + x3*w3"),
        ({"cell": [0, 4], "padding": [0, 1]}, "x4*w1 + x5*w2"),
        ({"cell": [0, 1], "stride": [1, 2]}, "x3*w1 + x4*w2 + x5*w3"),
        ({"cell": [0, 0], "dilation": [1, 2]}, "x1*w1 + x3*w2 + x5*w3"),
        ({"cell": [0, 0], "operation": "convolution"}, "x1*w3 + x2*w2 + x3*w1"),
    ],
)
def test_one_dimension(given: dict[str, Any], key: str) -> None:
    assert answers(case(input=LINE, kernel=TAPS, **given)) == {"Y": key}


def test_the_turned_kernel_of_the_lecture() -> None:
    """E43: i*1 + h*2 + ... + a*9; cross-correlation would be a*1 + ... + i*9."""
    middle: dict[str, Any] = {**LETTERS, "padding": 1, "cell": [1, 1]}
    turned = case(**middle, operation="convolution")
    expected = read_expression("i*1+h*2+g*3+f*4+e*5+d*6+c*7+b*8+a*9", ask(turned)[0].names)
    assert answers(turned) == {"Y": expected}
    as_it_stands = "a + 2*b + 3*c + 4*d + 5*e + 6*f + 7*g + 8*h + 9*i"
    assert wrong(turned)["no_flip"] == {"Y": as_it_stands}
    assert answers(case(**middle)) == {"Y": as_it_stands}
    assert answers(case(Conventions(operation="convolution"), **middle)) == {"Y": expected}


@pytest.mark.parametrize(
    ("given", "name", "answer"),
    [
        (
            {},
            "rows_run_on",
            "I1*w1 + I2*w2 + I3*w3 + I4*w4 + I5*w5 + I6*w6 + I7*w7 + I8*w8 + I9*w9",
        ),
        (
            {},
            "transpose_kernel",
            "I1*w1 + I2*w4 + I3*w7 + I6*w2 + I7*w5 + I8*w8 + I11*w3 + I12*w6 + I13*w9",
        ),
        (
            {},
            "extra_flip",
            "I1*w9 + I2*w8 + I3*w7 + I6*w6 + I7*w5 + I8*w4 + I11*w3 + I12*w2 + I13*w1",
        ),
        (
            {},
            "flip_rows_only",
            "I1*w7 + I2*w8 + I3*w9 + I6*w4 + I7*w5 + I8*w6 + I11*w1 + I12*w2 + I13*w3",
        ),
        (
            {},
            "flip_columns_only",
            "I1*w3 + I2*w2 + I3*w1 + I6*w6 + I7*w5 + I8*w4 + I11*w9 + I12*w8 + I13*w7",
        ),
        ({}, "centred_on_cell", "I1*w5 + I2*w6 + I6*w8 + I7*w9"),
        ({"cell": [0, 2], "bias": "b"}, "axes_swapped", lecture(2, 0)),
        ({"cell": [2, 1], "bias": "b"}, "other_origin", lecture(1, 0)),
        ({"cell": [1, 1], "stride": 2}, "ignore_stride", lecture(1, 1).removesuffix(" + b")),
        ({"cell": [1, 1], "padding": 1}, "ignore_padding", lecture(1, 1).removesuffix(" + b")),
        (
            {"cell": [1, 0], "padding": 1},
            "padding_wraps",  # I0 and I-4 do not exist; the others stand at the right end of the row above
            "I1*w2 + I2*w3 + I5*w4 + I6*w5 + I7*w6 + I10*w7 + I11*w8 + I12*w9",
        ),
        ({"dilation": 2}, "dilation_ignored", lecture(0, 0).removesuffix(" + b")),
        (
            {"ask": "next", "cell": [1, 0]},
            "row_not_ended",
            "I4*w1 + I5*w2 + I6*w3 + I9*w4 + I10*w5 + I11*w6 + I14*w7 + I15*w8 + I16*w9",
        ),
        ({"ask": "next", "cell": [0, 2], "bias": "b"}, "down_for_across", lecture(1, 1)),
        (
            {"ask": "next", "cell": [0, 1], "stride": 2, "bias": "b"},
            "ignore_stride",
            lecture(0, 1),
        ),
    ],
)
def test_misconceptions_by_hand(given: dict[str, Any], name: str, answer: str) -> None:
    problem = case(**given)
    assert wrong(problem)[name] == {"Y": answer}
    assert answers(problem) != {"Y": answer}


def test_the_bias_forgotten() -> None:
    assert wrong(case(bias="b"))["bias_forgotten"] == {"Y": lecture(0, 0).removesuffix(" + b")}
    assert "bias_forgotten" not in wrong(case())
    assert "bias_forgotten" not in wrong(case(ask="missing", weight="w2", bias="b"))


@pytest.mark.parametrize(
    ("given", "absent"),
    [
        (
            {},
            [
                "no_flip",
                "ignore_stride",
                "ignore_padding",
                "padding_wraps",
                "dilation_ignored",
                "row_not_ended",
            ],
        ),
        ({"operation": "convolution"}, ["extra_flip"]),
        (
            {"input": LINE, "kernel": TAPS},
            ["rows_run_on", "transpose_kernel", "flip_rows_only", "other_origin"],
        ),
        ({"ask": "missing", "weight": "w2"}, ["centred_on_cell", "axes_swapped", "other_origin"]),
        ({**LETTERS, "operation": "convolution"}, ["ignore_padding", "extra_flip"]),
    ],
)
def test_misconceptions_that_make_no_sense(given: dict[str, Any], absent: list[str]) -> None:
    assert not set(absent) & set(wrong(case(**given)))


def test_a_missing_term() -> None:
    problem = case(ask="missing", cell=[1, 2], weight="w4", bias="b")
    assert answers(problem) == {"term": "I13*w4"}
    assert wrong(problem)["rows_run_on"] == {"term": "I11*w4"}
    assert wrong(problem)["transpose_kernel"] == {"term": "I9*w4"}
    text = printed(problem)
    assert text.count(r"\square") == 1
    assert "I_{13}" not in text


def test_a_wrong_index() -> None:
    problem = case(ask="wrong_index", cell=[0, 0], weight="w4", printed="I4")
    assert answers(problem) == {"printed": "I4*w4", "right": "I6*w4"}
    assert r"I_{4}\,w_{4}" in printed(problem)
    assert "I_{6}" not in printed(problem)
    assert "rows_run_on" not in wrong(problem)  # to whom nothing is wrong
    assert wrong(problem)["transpose_kernel"] == {"printed": "I4*w4", "right": "I2*w4"}


def printed(problem: Case[Given]) -> str:
    shown = show(problem)["expression"]
    assert isinstance(shown, Message)
    return "".join(value.latex for value in shown.values.values() if isinstance(value, Symbol))


def test_the_cell_before_is_shown() -> None:
    problem = case(ask="next", cell=[1, 0])
    assert show(problem)["previous"] == Symbol("Y_{0,2}")
    assert printed(problem).startswith(r"Y_{0,2}=I_{3}\,w_{1}{}+I_{4}\,w_{2}")


def test_cells_are_counted_as_the_paper_counts() -> None:
    assert ask(case(Conventions(origin=1), cell=[1, 0]))[0].label == Symbol("Y_{2,1}")
    assert ask(case(input=LINE, kernel=TAPS, cell=[0, 1]))[0].label == Symbol("a_{2}")
    letters = case(input="p q r", kernel="1 2", cell=[0, 1])
    assert ask(letters)[0].label == Symbol("a_{1}")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"input": "1 2\n3 4"}, "'input' holds names of pixels"),
        ({"input": "a b\na c", "kernel": "u v"}, "a name of its own"),
        ({"kernel": "I1 w1"}, "a name of its own"),
        ({"kernel": "w1 w[0,1]"}, "the same number of indices"),
        ({"bias": "w10", "kernel": "w"}, "the same number of indices"),
        ({"kernel": "w1 w2\nw3"}, "all of them equally long"),
        (
            {"kernel": {"letter": "w", "shape": [6, 6]}, "input": {"letter": "I", "shape": [9, 9]}},
            "at most 25 weights",
        ),
        ({"input": {"letter": "I", "shape": [13, 5]}}, "1 to 12"),
        ({"input": {"letter": "I", "shape": [99999999999, 5]}}, "1 to 12"),
        ({"kernel": {"letter": "w", "shape": [6, 1]}}, "does not fit into"),
        ({"kernel": "1/0 2"}, "expected a letter, or a letter and its index"),
        ({"kernel": "9999999 2"}, "expected a letter, or a letter and its index"),
        ({"cell": [3, 0]}, "'cell' lies outside the output of 3 rows and 3 columns"),
        ({"ask": "next"}, "no cell stands before the first one"),
        ({"ask": "missing"}, "'weight' goes with"),
        ({"weight": "w1"}, "'weight' goes with"),
        ({"ask": "missing", "weight": "w10"}, "'weight' is one of the kernel's"),
        ({"ask": "wrong_index", "weight": "w1"}, "'printed' goes with"),
        ({"ask": "wrong_index", "weight": "w1", "printed": "I26"}, "'printed' is a pixel"),
        ({"bias": "b+1"}, "expected a letter, or a letter and its index"),
    ],
)
def test_what_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError) as error:
        case(**given)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"input": {"letter": ["I", "w"], "shape": [5, 5]}}, "letters of their own"),
        ({"kernel": {"letter": "b", "shape": [3, 3]}}, "letters of their own"),
        ({"kernel": {"letter": "X", "shape": [3, 3]}}, "expected one letter other than X, K, Y"),
        ({"kernel": {"letter": "w", "shape": [3, {"from": 3, "to": 9}]}}, "at most 25 weights"),
        ({"new_row": True}, "'new_row' goes with 'ask: next'"),
    ],
)
def test_params_that_are_refused(params: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError) as error:
        parse_value(Params, {"ask": "cell", "input": FIVE, "kernel": THREE, **params})
    assert message in str(error.value)


def test_boxes_are_as_wide_as_the_page_and_tell_nothing() -> None:
    (field,) = ask(case())
    empty = answer_view(field, (), Conventions(), SCREEN)
    assert empty.wide
    assert (empty.entry, empty.hint) == ("", "written like 2*I1*w1")
    filled = answer_view(field, ("I1*w1 - b",), Conventions(), SCREEN)
    assert filled.entry.count("<math") == 2


@pytest.mark.parametrize("number", range(12))
def test_numbers_put_in_give_what_the_engine_computes(number: int) -> None:
    stream = Stream(derive(b"numbers", [str(number)]))
    sides = [stream.child("sides", str(each)).integer(1, 3) for each in range(4)]
    shape, kernel = [4 + sides[0], 3 + sides[1]], sides[2:]
    geometry: dict[str, Any] = {"stride": 1 + number % 2, "padding": number % 3, "dilation": 1 + number % 2}
    flip = number % 4 == 3
    pixels = [[stream.integer(-9, 9) for _ in range(shape[1])] for _ in range(shape[0])]
    weights = [[stream.integer(-9, 9) for _ in range(kernel[1])] for _ in range(kernel[0])]
    (output,) = conv([pixels], [[weights]], [7], **geometry, flip=flip)
    values = {"b": 7}
    for letter, rows in (("I", pixels), ("w", weights)):
        cells = [cell for row in rows for cell in row]
        values |= {f"{letter}{index}": cell for index, cell in enumerate(cells, start=1)}
    for cell in product(*map(range, output.shape)):
        problem = case(
            input={"letter": "I", "shape": shape},
            kernel={"letter": "w", "shape": kernel},
            bias="b",
            cell=list(cell),
            operation="convolution" if flip else "cross-correlation",
            **geometry,
        )
        assert evaluate(read_formula(answers(problem)["Y"]), values) == output[cell]


def test_new_rows_only() -> None:
    params = parse_value(Params, {"ask": "next", "input": FIVE, "kernel": THREE, "new_row": True})
    cells = {draw(params, Stream(derive(b"test", [str(number)]))).cell for number in range(30)}
    assert cells == {(1, 0), (2, 0)}


def test_the_work_is_written_row_by_row() -> None:
    steps = list(work(case(cell=[1, 2], bias="b")))
    assert [step.latex for step in steps if isinstance(step, Symbol)] == [
        r"Y_{1,2}=I_{8}\,w_{1}{}+I_{9}\,w_{2}{}+I_{10}\,w_{3}",
        r"\qquad {}+I_{13}\,w_{4}{}+I_{14}\,w_{5}{}+I_{15}\,w_{6}",
        r"\qquad {}+I_{18}\,w_{7}{}+I_{19}\,w_{8}{}+I_{20}\,w_{9}",
        r"\qquad {}+b",
    ]


def test_the_lecture_numbers_are_in_the_bank() -> None:
    known = shipped_bank()
    covered = {number for spec in known if spec.type == "conv_symbolic" for number in spec.covers}
    assert covered >= {"E32", "E33", "E35", "E43", "X7", "X8", "X19"}
