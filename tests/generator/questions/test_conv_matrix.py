"""The matrix of a convolution: matrices written down by hand, counts of lectures and exams, wrong answers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from convexam.generator.document import Message, Symbol
from convexam.generator.engine import ShapeError, conv_matrix
from convexam.generator.errors import DataError
from convexam.generator.figures.model import Grid
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Effort
from convexam.generator.questions.conv_matrix import TYPE, Given
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.phrases import hint

CROSS = Conventions()
TURNED = Conventions(operation="convolution")
CEIL = Conventions(rounding="ceil")

Rows = tuple[tuple[int, ...], ...]


def rows(text: str) -> Rows:
    return tuple(tuple(map(int, line.split())) for line in text.split(";"))


def case(conventions: Conventions = CROSS, **data: Any) -> Case[Given]:
    if "kernel" in data:
        data["kernel"] = data["kernel"].replace(";", "\n")
    return Case(parse_value(Given, data), conventions)


def key(asked: Case[Given]) -> dict[str, Any]:
    return first_values(TYPE.solve(asked, {}))


def wrong(asked: Case[Given]) -> dict[str, dict[str, Any]]:
    return dict(wrong_answers("conv_matrix", asked))


LECTURE: dict[str, Any] = {
    "input": [6],
    "kernel": "-1 0 1",
    "layout": "rows",
    "x": [2, 5, 1, 4, 3, 7],
    "ask": ["matrix", "output", "size", "nonzeros", "parameters", "dense"],
}
LECTURE_MATRIX = rows("-1 0 0 0;0 -1 0 0;1 0 -1 0;0 1 0 -1;0 0 1 0;0 0 0 1")


def test_the_matrix_of_the_lecture() -> None:
    """E44, E8: -1 in row j and +1 in row j + 2 of column j; 3 parameters against 24."""
    assert key(case(**LECTURE)) == {
        "matrix": LECTURE_MATRIX,
        "output": ((-1, -1, 2, 3),),
        "size": (6, 4),
        "nonzeros": 8,
        "parameters": 3,
        "dense": 24,
    }


def test_true_convolution_has_the_opposite_signs() -> None:
    turned = key(case(TURNED, **LECTURE))
    assert turned["output"] == ((1, 1, -2, -3),)
    assert turned["matrix"] == tuple(tuple(-entry for entry in row) for row in LECTURE_MATRIX)


def test_what_goes_wrong_with_the_matrix_of_the_lecture() -> None:
    answers = wrong(case(**LECTURE))
    assert answers["row_vs_column_vector"]["size"] == (4, 6)
    assert answers["row_vs_column_vector"]["matrix"] == tuple(zip(*LECTURE_MATRIX, strict=True))
    assert answers["extra_flip"]["output"] == ((1, 1, -2, -3),)
    assert answers["circulant"]["matrix"] == rows(
        "-1 0 0 0 1 0;0 -1 0 0 0 1;1 0 -1 0 0 0;0 1 0 -1 0 0;0 0 1 0 -1 0;0 0 0 1 0 -1"
    )
    assert answers["circulant"]["output"] == ((-1, -1, 2, 3, -1, -2),)
    assert answers["zero_taps_counted"]["nonzeros"] == 12
    assert answers["zero_taps_dropped"]["parameters"] == 2
    assert answers["sharing_ignored"]["parameters"] == 8
    assert (answers["dense_assumed"]["nonzeros"], answers["dense_assumed"]["parameters"]) == (24, 24)
    assert answers["dense_as_map"]["dense"] == 6
    for name in (
        "ignore_border",
        "ignore_padding",
        "pad_once",
        "ignore_stride",
        "stride_first_rows",
        "no_flip",
    ):
        assert name not in answers


@pytest.mark.parametrize(
    ("data", "conventions", "expected"),
    [
        pytest.param({"input": [4], "kernel": "2 3"}, CROSS, "2 3 0 0;0 2 3 0;0 0 2 3", id="two taps"),
        pytest.param({"input": [4], "kernel": "2 3"}, TURNED, "3 2 0 0;0 3 2 0;0 0 3 2", id="turned"),
        pytest.param(
            {"input": [4], "kernel": "2 3", "layout": "rows"}, CROSS, "2 0 0;3 2 0;0 3 2;0 0 3", id="rows"
        ),
        pytest.param(
            {"input": [3], "kernel": "1 2 3", "padding": 1}, CROSS, "2 3 0;1 2 3;0 1 2", id="padding"
        ),
        pytest.param(
            {"input": [6], "kernel": "1 2 3", "stride": 2},
            CROSS,
            "1 2 3 0 0 0;0 0 1 2 3 0",
            id="stride, down",
        ),
        pytest.param(
            {"input": [6], "kernel": "1 2 3", "stride": 2},
            CEIL,
            "1 2 3 0 0 0;0 0 1 2 3 0;0 0 0 0 1 2",
            id="stride, up",
        ),
        pytest.param(
            {"input": [3, 3], "kernel": "1 2;3 4"},
            CROSS,
            "1 2 0 3 4 0 0 0 0;0 1 2 0 3 4 0 0 0;0 0 0 1 2 0 3 4 0;0 0 0 0 1 2 0 3 4",
            id="image",
        ),
    ],
)
def test_matrices(data: dict[str, Any], conventions: Conventions, expected: str) -> None:
    asked = case(conventions, ask=["matrix"], **data)
    assert key(asked) == {"matrix": rows(expected)}
    assert first_values(TYPE.second(asked)) == {"matrix": rows(expected)}


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        pytest.param({"padding": 1}, "ignore_padding", "1 2 3 0;0 1 2 3", id="no padding"),
        pytest.param({"padding": 1}, "pad_once", "2 3 0 0;1 2 3 0;0 1 2 3", id="padding in front only"),
        pytest.param({"padding": 1}, "circulant", "2 3 0 1;1 2 3 0;0 1 2 3;3 0 1 2", id="round the corner"),
        pytest.param(
            {"padding": 1, "stride": 2}, "ignore_stride", "2 3 0 0;1 2 3 0;0 1 2 3;0 0 1 2", id="stride 1"
        ),
        pytest.param({"padding": 1, "stride": 2}, "stride_first_rows", "2 3 0 0;1 2 3 0", id="first rows"),
        pytest.param({"padding": 1, "stride": 2}, "circulant", "2 3 0 1;0 1 2 3", id="round, in steps"),
        pytest.param(
            {"padding": 1, "stride": 2}, "ceil_for_floor", "2 3 0 0;0 1 2 3;0 0 0 1", id="rounded up"
        ),
        pytest.param({}, "extra_flip", "3 2 1 0;0 3 2 1", id="turned"),
    ],
)
def test_wrong_matrices(data: dict[str, Any], name: str, expected: str) -> None:
    assert wrong(case(input=[4], kernel="1 2 3", ask=["matrix"], **data))[name] == {"matrix": rows(expected)}


def test_wrong_conventions() -> None:
    data: dict[str, Any] = {"input": [6], "kernel": "1 2 3", "stride": 2, "ask": ["matrix"]}
    assert wrong(case(CEIL, **data))["floor_for_ceil"] == {"matrix": rows("1 2 3 0 0 0;0 0 1 2 3 0")}
    assert wrong(case(TURNED, **data))["no_flip"] == {"matrix": rows("1 2 3 0 0 0;0 0 1 2 3 0")}


def test_a_share_of_zeros_that_an_exam_asked_for() -> None:
    """EPFL 2022: a 10 x 10 image to a 10 x 10 image by a 3 x 3 kernel; 91.0 % ignores the border."""
    asked = case(
        input=[10, 10], window=[3, 3], padding=1, ask=["size", "nonzeros", "zeros", "zero_share"], digits=2
    )
    assert key(asked) == {
        "size": (100, 100),
        "nonzeros": 784,
        "zeros": 9216,
        "zero_share": Fraction(9216, 100),
    }
    assert wrong(asked)["ignore_border"] == {
        "size": (100, 100),
        "nonzeros": 900,
        "zeros": 9100,
        "zero_share": 91,
    }
    assert wrong(asked)["share_of_nonzeros"]["zero_share"] == Fraction(784, 100)
    assert wrong(asked)["dense_assumed"]["zero_share"] == 0


@pytest.mark.parametrize(
    ("channels", "filters", "size", "nonzeros", "parameters"),
    [
        pytest.param(1, 2, (12, 6), 32, 6, id="one channel to two"),
        pytest.param(2, 1, (6, 12), 32, 6, id="two channels to one"),
        pytest.param(2, 2, (12, 12), 64, 12, id="two to two"),
    ],
)
def test_channels_of_a_textbook(
    channels: int, filters: int, size: tuple[int, int], nonzeros: int, parameters: int
) -> None:
    """UDL: matrices of six places, three taps and padding 1; its erratum corrects 12 x 6 to 6 x 12."""
    data: dict[str, Any] = {
        "input": [6],
        "window": [3],
        "padding": 1,
        "channels": channels,
        "filters": filters,
    }
    asked = case(ask=["size", "nonzeros", "parameters"], **data)
    assert key(asked) == {"size": size, "nonzeros": nonzeros, "parameters": parameters}
    answers = wrong(asked)
    assert answers["row_vs_column_vector"]["size"] == size[::-1]
    assert answers["keep_input_depth"]["size"] == (6 * channels, 6 * channels)
    assert answers["ignore_border"]["nonzeros"] == 6 * channels * filters * 3
    assert ("drop_input_depth" in answers) == (channels > 1)


def test_dense_is_not_rows_times_columns_of_the_image() -> None:
    """X6: H W would be the matrix of a single output; image to image takes (H W)^2."""
    asked = case(input=[16, 16], window=[3, 3], padding=1, ask=["size", "parameters", "dense"])
    assert key(asked) == {"size": (256, 256), "parameters": 9, "dense": 65_536}
    assert wrong(asked)["dense_as_map"]["dense"] == 256
    assert wrong(asked)["sharing_ignored"]["parameters"] == 46**2
    assert wrong(asked)["ignore_padding"]["size"] == (196, 256)


@pytest.mark.parametrize("conventions", [CROSS, TURNED, CEIL], ids=["cross", "turned", "ceil"])
@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (1, 1), (2, 0), (2, 1), (3, 1)])
@pytest.mark.parametrize("size", [[5], [6], [3, 4], [3, 3]], ids=str)
def test_the_matrix_computes_the_convolution(
    size: list[int], stride: int, padding: int, conventions: Conventions
) -> None:
    """Rounded down it is the engine's matrix; however rounded, counts are those of what is written."""
    kernel = "1 0 -2" if len(size) == 1 else "1 0;3 -2"
    asked = case(
        conventions,
        input=size,
        kernel=kernel,
        stride=stride,
        padding=padding,
        ask=["matrix", "size", "nonzeros", "zeros"],
    )
    found = key(asked)
    assert first_values(TYPE.second(asked)) == found
    cells = [entry for row in found["matrix"] for entry in row]
    assert found["size"] == (len(found["matrix"]), len(found["matrix"][0]))
    assert (found["nonzeros"], found["zeros"]) == (len(cells) - cells.count(0), cells.count(0))
    if conventions is not CEIL:
        weight = np.array([[rows(kernel)[0]]] if len(size) == 1 else [[rows(kernel)]], dtype=object)
        straight, _ = conv_matrix(
            weight, (1, *size), stride=stride, padding=padding, flip=conventions is TURNED
        )
        assert found["matrix"] == tuple(map(tuple, straight.tolist()))


def test_a_size_is_no_shape_of_maps() -> None:
    size, _ = TYPE.ask(case(input=[6], window=[3], ask=["size", "dense"]))
    advice = hint(size, CROSS)
    assert advice is not None
    assert advice.text == "rows × columns"


def test_errors_are_carried_forward() -> None:
    asked = case(input=[10, 10], window=[3, 3], padding=1, ask=["size", "nonzeros", "zeros", "zero_share"])
    assert [field.needs for field in TYPE.ask(asked)] == [(), (), ("size", "nonzeros"), ("size", "nonzeros")]
    followed = TYPE.solve(asked, {"size": (100, 64), "nonzeros": 640})
    assert (followed["zeros"], followed["zero_share"]) == ((5760,), (90,))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param({"input": [6]}, "either 'kernel' or 'window' is needed", id="no kernel"),
        pytest.param(
            {"input": [6], "window": [3], "kernel": "1 2"}, "either 'kernel' or 'window'", id="both"
        ),
        pytest.param({"input": [6], "window": [3, 3]}, "as many axes as 'input'", id="axes"),
        pytest.param({"input": [6], "kernel": "1 2;3 4"}, "is a single row", id="a square for a row"),
        pytest.param({"input": [6], "kernel": "0 0"}, "needs an entry other than 0", id="zeros"),
        pytest.param({"input": [6], "kernel": "1 2", "channels": 2}, "go with 'window'", id="channels"),
        pytest.param(
            {"input": [6], "window": [2], "ask": ["matrix"]}, "needs the numbers", id="unknown numbers"
        ),
        pytest.param({"input": [6], "kernel": "1 2", "ask": ["output"]}, "'x' is stated where", id="no x"),
        pytest.param({"input": [6], "kernel": "1 2", "x": [1]}, "'x' is stated where", id="x alone"),
        pytest.param(
            {"input": [6], "kernel": "1 2", "x": [1, 2], "ask": ["output"]},
            "a number for each cell",
            id="short x",
        ),
        pytest.param({"input": [6], "window": [2], "padding": 2}, "below the window", id="padding"),
        pytest.param({"input": [2], "window": [3]}, "does not fit", id="too small"),
        pytest.param({"input": [100, 100], "window": [3, 3]}, "at most 100000 are counted", id="large"),
        pytest.param(
            {"input": [2, 2], "window": [16, 16], "padding": 15, "filters": 2},
            "at most 100000 are computed",
            id="many products",
        ),
        # Read as a circulant one, this matrix of four rows would have a billion entries.
        pytest.param({"input": [128, 128], "window": [127, 127]}, "the input is too large", id="misread"),
        pytest.param(
            {"input": [20], "kernel": "1 2", "ask": ["matrix"]}, "at most 256 are asked", id="to write"
        ),
        pytest.param({"input": [1000000000], "window": [2]}, "128", id="huge"),
    ],
)
def test_refuses(data: dict[str, Any], message: str) -> None:
    with pytest.raises((DataError, ShapeError), match=message):
        case(**{"ask": ["size"], **data})


def test_effort() -> None:
    asked = case(**{**LECTURE, "ask": ["matrix", "output", "nonzeros", "parameters"]})
    assert TYPE.effort(asked) == Effort(products=8 + 8 + 4, negatives=4 + 4, digits=1)
    assert TYPE.effort(case(input=[10, 10], window=[3, 3], ask=["size", "dense"])) == Effort(4, 0, 4)


def test_worked_steps_of_the_lecture() -> None:
    steps = list(TYPE.work(case(**LECTURE)))
    formulas = [step.latex for step in steps if isinstance(step, Symbol)]
    assert formulas == [
        r"\text{positions}=6-3+1=4",
        r"y_{0}=2\cdot (-1)+1\cdot 1=-1",
        r"y_{1}=5\cdot (-1)+4\cdot 1=-1",
        r"y_{2}=1\cdot (-1)+3\cdot 1=2",
        r"y_{3}=4\cdot (-1)+7\cdot 1=3",
        r"\text{non-zeros}=4\cdot 2=8",
        r"\text{parameters}=3",
        r"\text{weights}=4\cdot 6=24",
    ]
    (drawn,) = (step for step in steps if isinstance(step, Grid))
    assert drawn.rows == LECTURE_MATRIX
    assert drawn.marked == {(row, 0) for row in range(6)}
    assert len(drawn.faint) == 24 - 8


@pytest.mark.parametrize(
    ("kernel", "counts", "needed"),
    [pytest.param("1 0 0", {2, 3}, True, id="lopsided"), pytest.param("1 2 3", {8}, False, id="no zeros")],
)
def test_the_operation_is_needed_where_it_changes_a_count(
    kernel: str, counts: set[int], needed: bool
) -> None:
    data: dict[str, Any] = {"input": [6], "kernel": kernel, "stride": 2, "padding": 1, "ask": ["nonzeros"]}
    asked = [case(conventions, **data) for conventions in (CROSS, TURNED)]
    assert {key(each)["nonzeros"] for each in asked} == counts
    assert ("operation" in TYPE.essential(asked[0])) is needed


@pytest.mark.parametrize(
    ("data", "formula"),
    [
        pytest.param({"input": [6], "window": [3], "padding": 1}, "5+6+5=16", id="sequence"),
        pytest.param({"input": [5], "window": [2], "padding": 1}, "5+5=10", id="alike, but padded"),
        pytest.param({"input": [6], "window": [2], "filters": 3}, r"3\cdot 5\cdot 2=30", id="filters"),
        pytest.param(
            {"input": [6], "window": [3], "padding": 1, "channels": 2}, r"2\cdot (5+6+5)=32", id="channels"
        ),
        pytest.param(
            {"input": [4, 3], "window": [3, 3], "padding": 1}, r"(3+4+3)\cdot (2+3+2)=70", id="image"
        ),
        pytest.param(
            {"input": [3, 3], "kernel": "1 0;2 3", "padding": 1},
            r"3\cdot 3+3\cdot 3+3\cdot 3=27",
            id="zero tap",
        ),
    ],
)
def test_how_entries_are_counted(data: dict[str, Any], formula: str) -> None:
    asked = case(ask=["nonzeros"], **data)
    lines = [step.latex for step in TYPE.work(asked) if isinstance(step, Symbol)]
    assert lines[-1] == rf"\text{{non-zeros}}={formula}"
    assert formula.endswith(f"={key(asked)['nonzeros']}")


def test_the_prompt_has_to_say_which_way_round() -> None:
    asked = case(**LECTURE)
    shown = TYPE.show(asked)
    assert {"K", "x", "layout", "operation"} <= set(TYPE.essential(asked)) <= set(shown)
    sentence = shown["layout"]
    assert isinstance(sentence, Message)
    assert sentence.text == "Input and output are row vectors, so that $y=xA$."
