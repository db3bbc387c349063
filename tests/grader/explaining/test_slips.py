"""A single wrong number is traced to the slip that made it, or to none."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from convexam.generator import registry
from convexam.generator.language import ENGLISH
from convexam.generator.model import Case, Conventions
from convexam.generator.number import Number
from convexam.generator.papers import Paper, Problem, Section, Spec, Student
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain import said_plainly
from convexam.grader.marking.mark import mark_problem
from convexam.grader.model import ItemResult, Result
from convexam.grader.reports.record import record_bytes

from .seeded import marked, typed

USUAL = Conventions()
IMAGE = "100 20 3\n7 1000 50\n11 13 5000"
MAP = {"input": [IMAGE], "kernel": [["1 -2\n3 5"]], "bias": 17}  # 5098 335; -1893 25984
PAIR = {"ask": "compute", "input": IMAGE, "kernels": ["1 -2\n3 5"]}
ROW = {"input": "100 20 3 7 1000", "kernel": ["1 -2 3"], "padding": 1}  # -140 69 35 2989 -1993
FLOW = {
    "input": [IMAGE],
    "kernel": [["1 -2\n3 5"]],
    "bias": 17,
    "window": [0, 0],
    "steps": ["conv", "relu", "flatten", {"dense": 2}],
    "weights": "1 2 3 4\n-1 10 1 1",
    "dense_bias": [9, 0],
}
BACK = {
    "of": "conv",
    "with_respect_to": ["weight", "bias", "input"],
    "input": IMAGE,
    "kernel": "1 -2\n3 5",
    "grad": "2 -7\n30 400",
}
STAMPS = {"ask": ["values"], "input": "100 -3\n7 1000", "kernel": "1 -2\n3 5"}
MEANS = {"kind": "avg", "input": [IMAGE], "window": 2, "stride": 1}
LARGEST = {"kind": "max", "input": [IMAGE], "window": 2, "stride": 1}
MOVED = {
    "layer": "filter",
    "input": IMAGE,
    "kernel": "1 -2\n3 5",
    "shift": [0, 1],
    "ask": ["before", "after"],
}
UNROLLED = {"input": [6], "kernel": "1 -2 3", "ask": ["output"], "x": [100, 20, 3, 7, 1000, 50]}
THIRDS = {"input": [IMAGE], "kernel": [["1/3 -2/3\n1 5/3"]], "digits": 2}
SYMBOLS = {
    "ask": "cell",
    "input": "I1 I2 I3\nI4 I5 I6\nI7 I8 I9",
    "kernel": "w1 w2\nw3 w4",
    "cell": [0, 0],
    "bias": "b",
}
COUNTS = {
    "input": [1, 10, 10],
    "networks": [{"layers": [{"conv": 4, "kernel": 3}]}, {"layers": [{"conv": 5, "kernel": 6}]}],
    "ask": ["weights", "parameters"],
}
TABLE = {
    "input": [1, 10, 10],
    "layers": [{"conv": 4, "kernel": 3}, {"conv": 5, "kernel": 3}, "flatten", {"dense": 7}],
    "columns": ["parameters"],
    "total": True,
}


def problem(kind: str, given: Any, conventions: Conventions = USUAL) -> Problem:
    type_ = registry.get(kind)
    case: Case[Any] = Case(parse_value(type_.given, given), conventions)
    spec = Spec("q", kind, "A map", {"en": ""}, Fraction(1), 1)
    return Problem("q", spec, case, Fraction(1), type_.solve(case, {}))


def told(result: ItemResult) -> list[str]:
    finding = result.explanation.finding
    if finding is None:
        return []
    return [said_plainly(each, ENGLISH) for each in (*finding.sentences, finding.evidence)]


def number_told(
    kind: str, given: Any, field: str, cell: tuple[int, int], number: Number, conventions: Conventions = USUAL
) -> list[str]:
    return told(marked(problem(kind, given, conventions), {(field, cell): number}))


@pytest.mark.parametrize(
    ("kind", "given", "field", "cell", "number", "sentence"),
    [
        ("conv2d", MAP, "Y", (0, 0), 5077, "In row 0, column 0 of Y, the product 7 · 3 is missing."),
        (
            "conv2d",
            MAP,
            "Y",
            (0, 0),
            5178,
            "In row 0, column 0 of Y, the product 20 · (−2) was added with the wrong sign.",
        ),
        (
            "conv2d",
            MAP,
            "Y",
            (0, 0),
            348,
            "In row 0, column 0 of Y, the number 50 was taken in place of its neighbour 1000.",
        ),
        ("conv2d", MAP, "Y", (0, 0), 5081, "In row 0, column 0 of Y, the bias 17 is missing."),
        (
            "conv2d",
            MAP,
            "Y",
            (0, 0),
            5064,
            "In row 0, column 0 of Y, the bias 17 was added with the wrong sign.",
        ),
        (
            "conv2d",
            THIRDS,
            "Y",
            (0, 0),
            Fraction("1686.67"),
            "In row 0, column 0 of Y, the product 7 · 1 is missing.",
        ),
        ("conv1d", ROW, "Y", (0, 1), 60, "In cell 1 of Y, the product 3 · 3 is missing."),
        (
            "convolution_or_correlation",
            PAIR,
            "convolution",
            (1, 1),
            10150,
            "In row 1, column 1 of B, the product 13 · (−2) is missing.",
        ),
        ("conv_matrix", UNROLLED, "output", (0, 0), 60, "In cell 0 of y, the product 3 · 3 is missing."),
        ("equivariance", MOVED, "Y", (0, 0), 5060, "In row 0, column 0 of Y, the product 7 · 3 is missing."),
        (
            "equivariance",
            MOVED,
            "Z",
            (0, 1),
            5121,
            "In row 0, column 1 of Z, the product 20 · (−2) is missing.",
        ),
        ("gradient", BACK, "dW", (0, 0), 400060, "In row 0, column 0 of dW, the product 7 · 30 is missing."),
        (
            "gradient",
            BACK,
            "dX",
            (1, 1),
            449,
            "In row 1, column 1 of dX, the product 30 · (−2) was added with the wrong sign.",
        ),
        ("gradient", BACK, "db", (0, 0), 395, "In db, the number 30 is missing."),
        (
            "network_table",
            TABLE,
            "total",
            (0, 0),
            1307,
            "In “Parameters of the whole network”, the number 185 is missing.",
        ),
        (
            "network_table",
            TABLE,
            "parameters_2",
            (0, 0),
            180,
            "In “Parameters of layer 2 Convolution”, the number 5 is missing.",
        ),
        (
            "param_count",
            COUNTS,
            "parameters_B",
            (0, 0),
            180,
            "In “Parameters (weights and biases) of B”, the number 5 is missing.",
        ),
        (
            "pipeline",
            FLOW,
            "products",
            (1, 0),
            -21,
            "In row 1, column 0 of Q, the product 7 · 3 was added with the wrong sign.",
        ),
        ("pipeline", FLOW, "sum", (0, 0), 5060, "In “Sum of the products”, the number 21 is missing."),
        ("pipeline", FLOW, "dense", (0, 0), 110395, "In cell 0 of z, the product 5098 · 1 is missing."),
        (
            "pool",
            MEANS,
            "Y",
            (0, 0),
            Fraction(1110, 4),
            "In row 0, column 0 of Y, the number 3 was taken in place of its neighbour 20.",
        ),
        (
            "pool",
            MEANS,
            "Y",
            (0, 0),
            Fraction(1127),
            "In row 0, column 0 of Y, the sum was not divided by 4.",
        ),
        (
            "pool",
            LARGEST,
            "Y",
            (0, 0),
            100,
            "In row 0, column 0 of Y, the largest number, 1000, was overlooked.",
        ),
        (
            "pool",
            LARGEST,
            "Y",
            (0, 1),
            5000,
            "In row 0, column 1 of Y, the largest number was taken from a window that is moved by one cell.",
        ),
        (
            "transposed_conv",
            STAMPS,
            "Y",
            (1, 1),
            1486,
            "In row 1, column 1 of Y, the product (−3) · 3 is missing.",
        ),
    ],
)
def test_one_slip_in_each_kind(
    kind: str, given: Any, field: str, cell: tuple[int, int], number: Number, sentence: str
) -> None:
    assert number_told(kind, given, field, cell, number)[:1] == [sentence]


def test_another_key_than_the_engine_finds_is_not_explained() -> None:
    other = replace(problem("conv2d", MAP), key={"Y": (((5099, 3281), (-1878, 25956)),)})
    assert told(marked(other, {("Y", (0, 0)): 5077})) == []


def test_a_record_says_it_in_plain_words() -> None:
    mapped = problem("conv2d", MAP)
    paper = Paper("code", Student("ada"), (Section("", (mapped,)),))
    result = Result("ada", "code", (marked(mapped, {("Y", (0, 0)): 5077}),), (), "")
    record = json.loads(record_bytes(result, paper, exam="x", exam_sha256="", version=""))
    (item,) = record["items"]
    assert item["finding"] == {
        "names": ["product_left_out"],
        "fields": ["Y"],
        "sentences": ["In row 0, column 0 of Y, the product 7 · 3 is missing."],
        "evidence": "All other 3 numbers are right.",
    }


def test_two_equal_products_are_one_explanation_wherever_they_stand() -> None:
    twice = {"input": ["50 50 1\n700 9 20\n3 8000 4"], "kernel": [["3 3\n1 1"]]}
    assert number_told("conv2d", twice, "Y", (0, 0), 859) == [
        "In row 0, column 0 of Y, the product 50 · 3 is missing.",
        "All other 3 numbers are right.",
    ]


def test_rows_and_columns_are_counted_as_on_the_paper() -> None:
    conventions = Conventions(origin=1)
    (sentence, _) = number_told("conv2d", MAP, "Y", (1, 1), 25939, conventions)
    assert sentence == "In row 2, column 2 of Y, the bias 17 is missing."


def test_a_row_may_be_written_as_a_column() -> None:
    result = mark_problem(problem("conv1d", ROW), {"Y": "-140\n60\n35\n2989\n-1993"})
    assert told(result)[:1] == ["In cell 1 of Y, the product 3 · 3 is missing."]


@pytest.mark.parametrize(
    ("answer", "sentences"),
    [
        (
            "-140 60 _ 2989 -1993",
            ["In cell 1 of Y, the product 3 · 3 is missing.", "3 other numbers are right."],
        ),
        ("-140 60 ? 2989 -1993", []),  # a person looks at it
        ("-140 60 _ _ -1993", []),  # too few to know
        ("-140 60 35 2989 1993", []),  # two are wrong
        ("-140 61 35 2989 -1993", []),  # nothing fits
        ("-140 69 _ 2989 -1993", []),  # nothing is wrong
        ("-140 60 35 2989", []),  # another size
    ],
)
def test_one_wrong_number_among_right_ones(answer: str, sentences: list[str]) -> None:
    assert told(mark_problem(problem("conv1d", ROW), {"Y": answer})) == sentences


@pytest.mark.parametrize(
    ("image", "number"),
    [
        ("100 20 0\n7 1000 50\n11 13 5000", 5138),  # 0 in place of 20, or its product left out
        ("1 2 3\n4 5 6\n7 8 9", 36),  # 4 · 3 left out, or ...
    ],
)
def test_where_several_slips_fit_none_is_named(image: str, number: int) -> None:
    assert number_told("conv2d", MAP | {"input": [image]}, "Y", (0, 0), number) == []


def test_what_two_slips_make_as_well_is_not_named() -> None:
    """Of a window of ones, a number beside that is taken, and is left out where it belongs, is one left out."""
    ones = {"input": [IMAGE], "kernel": [["1 1\n1 1"]]}
    assert number_told("conv2d", ones, "Y", (0, 0), 1120) == []
    assert number_told("conv2d", ones, "Y", (0, 0), 1110) == [
        "In row 0, column 0 of Y, the number 3 was taken in place of its neighbour 20.",
        "All other 3 numbers are right.",
    ]


@pytest.mark.parametrize(("bias", "named"), [(17, True), (2, False), (-1, False), ("1/10", False)])
def test_a_number_that_is_out_by_one_or_two_needs_no_slip(bias: Any, named: bool) -> None:
    found = number_told("conv2d", MAP | {"bias": bias}, "Y", (0, 0), 5081)
    assert bool(found) == named


FLOWING = {"conv": "5098 3281\n-1878 25956", "relu": "5098 3281\n0 25956", "flatten": "5098 3281 0 25956"}


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        # What follows from the wrong cell is right.
        (
            {"conv": "5098 3281\n-1878 25939", "relu": "5098 3281\n0 25939", "flatten": "5098 3281 0 25939"},
            ["In row 1, column 1 of Y, the bias 17 is missing.", "10 other numbers are right."],
        ),
        # Something else is wrong as well, or what the number is computed from was not told.
        ({"conv": "5098 3281\n-1878 25939", "relu": "5098 3281\n0 0"}, []),
        ({"flatten": "", "dense": "110395 53668"}, []),
    ],
)
def test_a_slip_is_looked_for_where_it_was_made(changes: dict[str, str], sentences: list[str]) -> None:
    flow = problem("pipeline", FLOW)
    assert told(mark_problem(flow, typed(flow, {}) | changes)) == sentences


@pytest.mark.parametrize(
    ("answer", "sentences"),
    [
        ("I1w1 + I2w2 + I5w4 + b", ["In Y₀,₀, the term I₄ w₃ is missing.", "All other 4 terms are right."]),
        (
            "I1w1 + I2w2 - I4w3 + I5w4 + b",
            ["In Y₀,₀, the term I₄ w₃ has the wrong sign.", "All other 4 terms are right."],
        ),
        (
            "I1w1 + I3w2 + I4w3 + I5w4 + b",
            ["In Y₀,₀, I₃ w₂ stands in place of I₂ w₂.", "All other 4 terms are right."],
        ),
        ("I1w1 + I2w2 + b", []),
        ("I1w1 + I2w2 + I5w4", []),
        ("I1w1 - I3w2 + I4w3 + I5w4 + b", []),
        ("I1w1 + I3w1 + I4w3 + I5w4 + b", []),
        ("I1w1 + 2I2w2 + I4w3 + I5w4 + b", []),
        ("I1w1 + I2w2 + I4w3 + I5w4 + b + I6w4", []),
        ("I4w3", []),
    ],
)
def test_one_wrong_term_of_an_expression(answer: str, sentences: list[str]) -> None:
    assert told(mark_problem(problem("conv_symbolic", SYMBOLS), {"Y": answer})) == sentences
