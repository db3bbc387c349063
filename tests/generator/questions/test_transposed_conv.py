"""Transposed convolution: outputs stamped by hand, published cases, sizes, wrong answers.

Where a kernel holds powers of ten, every number of an output spells out the input cells that it is made of.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from convexam.generator.document import Symbol
from convexam.generator.engine import ShapeError, conv_transpose
from convexam.generator.errors import DataError
from convexam.generator.figures.model import Animation, Figures, Grid
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Effort
from convexam.generator.questions.transposed_conv import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.sliding.worked import MOST_STEPS

PUBLISHED = Path(__file__).parents[2] / "data" / "engine" / "onnx_cases.json"

Rows = tuple[tuple[int, ...], ...]

NINE = "0 1 2;3 4 5;6 7 8"
ONES = "1 1 1;1 1 1;1 1 1"
READS: dict[str, Any] = {"input": "1 2;3 4", "kernel": "1000 100;10 1"}


def rows(text: str) -> Rows:
    return tuple(tuple(map(int, line.split())) for line in text.split(";"))


def case(conventions: Conventions | None = None, **data: Any) -> Case[Given]:
    for name in ("input", "kernel"):
        if name in data:
            data[name] = data[name].replace(";", "\n")
    return Case(parse_value(Given, data), conventions or Conventions())


def key(asked: Case[Given]) -> dict[str, Any]:
    return first_values(TYPE.solve(asked, {}))


def wrong(asked: Case[Given]) -> dict[str, dict[str, Any]]:
    return dict(wrong_answers("transposed_conv", asked))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(READS, "1000 2100 200;3010 4321 402;30 43 4", id="stride 1"),
        pytest.param(
            {**READS, "stride": 2},
            "1000 100 2000 200;10 1 20 2;3000 300 4000 400;30 3 40 4",
            id="stride 2, nothing overlaps",
        ),
        pytest.param({**READS, "padding": 1}, "4321", id="padding"),
        pytest.param({**READS, "padding": [1, 0]}, "3010 4321 402", id="padding of rows"),
        pytest.param(
            {**READS, "stride": 2, "padding": 1, "output_padding": 1},
            "1 20 2;300 4000 400;3 40 4",
            id="output padding gives back what was cut off",
        ),
        pytest.param(
            {**READS, "stride": 2, "output_padding": [1, 0]},
            "1000 100 2000 200;10 1 20 2;3000 300 4000 400;30 3 40 4;0 0 0 0",
            id="output padding beyond all stamps",
        ),
        pytest.param(
            {**READS, "dilation": [1, 2]}, "1000 2000 100 200;3010 4020 301 402;30 40 3 4", id="dilation"
        ),
        pytest.param(
            {"input": "2 -1 3", "kernel": "1 10 100", "stride": 2}, "2 20 199 -10 -97 30 300", id="row"
        ),
    ],
)
def test_values(data: dict[str, Any], expected: str) -> None:
    """The operation of the paper changes nothing: a stamp is the kernel as it stands."""
    for conventions in (Conventions(), Conventions(operation="convolution", origin=1, rounding="ceil")):
        asked = case(conventions, **data)
        assert key(asked) == {"Y": rows(expected)}
        assert first_values(TYPE.second(asked)) == {"Y": rows(expected)}


@pytest.mark.parametrize(
    ("stride", "expected", "direct"),
    [
        pytest.param(1, "1 3 2;4 10 6;3 7 4", ((10,),), id="stride 1"),
        pytest.param(2, "1 1 2 2;1 1 2 2;3 3 4 4;3 3 4 4", ((10,),), id="stride 2"),
    ],
)
def test_the_same_stamp_at_two_strides(stride: int, expected: str, direct: Rows) -> None:
    """A pair of exam questions: at stride 1 stamps overlap, at stride 2 they lie side by side."""
    asked = case(input="1 2;3 4", kernel="1 1;1 1", stride=stride, ask=["size", "values"])
    side = len(rows(expected))
    assert key(asked) == {"size": (side, side), "Y": rows(expected)}
    answers = wrong(asked)
    assert answers["tconv_forward_formula"] == {"size": (1, 1), "Y": direct}
    assert ("tconv_ignore_stride" in answers) == (stride == 2)
    if stride == 1:
        assert answers["tconv_no_overlap_add"]["Y"] == rows("1 2 2;3 4 4;3 4 4")
    else:
        assert answers["tconv_no_overlap_add"]["Y"] == rows(expected)
        assert answers["tconv_ignore_stride"] == {"size": (3, 3), "Y": rows("1 3 2;4 10 6;3 7 4")}


def published() -> list[Any]:
    cases = json.loads(PUBLISHED.read_text(encoding="utf-8"))["cases"]
    return [pytest.param(each, id=each["name"]) for each in cases if fits(each)]


def fits(each: dict[str, Any]) -> bool:
    """One input map in two dimensions, and what padding cuts off is the same on both sides."""
    sides = each["options"].get("padding", [])
    return (
        each["operation"] == "conv_transpose"
        and len(each["x"]) == 1
        and isinstance(each["x"][0][0], list)
        and all(before == after for before, after in sides)
    )


@pytest.mark.parametrize("published_case", published())
def test_published_cases(published_case: dict[str, Any]) -> None:
    """ONNX: the first map of each case, output padding among them."""
    options = dict(published_case["options"])
    if "padding" in options:
        options["padding"] = [before for before, _ in options["padding"]]
    asked = Case(
        parse_value(
            Given,
            {
                "input": published_case["x"][0],
                "kernel": published_case["weight"][0][0],
                "ask": ["size", "values"],
                **options,
            },
        )
    )
    output = published_case["output"][0]
    assert key(asked) == {
        "size": (len(output), len(output[0])),
        "Y": tuple(map(tuple, output)),
    }
    assert TYPE.second(asked) == TYPE.solve(asked, {})


def test_there_are_published_cases() -> None:
    assert len(published()) == 4


def test_wrong_answers_to_a_published_case() -> None:
    """ONNX convtranspose_pad: strides 3 and 2, output padding 1: 10 x 8, not 9 x 7, not 11 x 9."""
    asked = case(input=NINE, kernel=ONES, stride=[3, 2], output_padding=1, ask=["size", "values"])
    answers = wrong(asked)
    assert key(asked)["size"] == (10, 8)
    assert answers["output_padding_forgotten"]["size"] == (9, 7)
    assert answers["tconv_both_side_output_padding"]["size"] == (11, 9)
    assert answers["tconv_both_side_output_padding"]["Y"][0] == (0,) * 9
    assert answers["tconv_both_side_output_padding"]["Y"][1] == (0, *key(asked)["Y"][0])
    assert answers["tconv_forward_formula"]["size"] == (1, 1)


@pytest.mark.parametrize(
    ("data", "wrongs"),
    [
        pytest.param(
            READS,
            {
                "tconv_forward_formula": "1234",
                "tconv_no_overlap_add": "1000 2000 200;3000 4000 400;30 40 4",
                "extra_flip": "1 12 20;103 1234 2040;300 3400 4000",
                "transpose_kernel": "1000 2010 20;3100 4231 42;300 403 4",
            },
            id="stride 1",
        ),
        pytest.param(
            {**READS, "stride": 2, "padding": 1},
            {
                "tconv_forward_formula": "1 20;300 4000",
                "tconv_no_overlap_add": "1 20;300 4000",
                "tconv_padding_added": "0 0 0 0 0 0;0 1000 100 2000 200 0;0 10 1 20 2 0;0 3000 300 4000 400 0;"
                "0 30 3 40 4 0;0 0 0 0 0 0",
                "tconv_cropped_once": "1 20 2;300 4000 400;3 40 4",
                "tconv_not_cropped": "1000 100 2000 200;10 1 20 2;3000 300 4000 400;30 3 40 4",
                "tconv_ignore_stride": "4321",
                "extra_flip": "1000 200;30 4",
                "transpose_kernel": "1 200;30 4000",
            },
            id="padding",
        ),
        pytest.param(
            {**READS, "stride": 2, "padding": 1, "output_padding": 1},
            {
                "tconv_output_padding_zeros": "1 20 0;300 4000 0;0 0 0",
                "output_padding_forgotten": "1 20;300 4000",
                "tconv_both_side_output_padding": "1000 100 2000 200;10 1 20 2;3000 300 4000 400;30 3 40 4",
            },
            id="output padding",
        ),
        pytest.param(
            {**READS, "dilation": 2},
            {"dilation_ignored": "1000 2100 200;3010 4321 402;30 43 4"},
            id="dilation",
        ),
    ],
)
def test_wrong_values(data: dict[str, Any], wrongs: dict[str, str]) -> None:
    answers = wrong(case(**data))
    assert {name: answers[name] for name in wrongs} == {
        name: {"Y": rows(text)} for name, text in wrongs.items()
    }


def test_misconceptions_need_something_to_go_wrong_with() -> None:
    assert set(wrong(case(**READS))) == {
        "tconv_forward_formula",
        "tconv_no_overlap_add",
        "extra_flip",
        "transpose_kernel",
    }
    assert set(wrong(case(sizes=4, window=[2, 3], ask=["size"]))) == {
        "tconv_forward_formula",
        "transpose_kernel",
    }


@pytest.mark.parametrize(
    ("data", "expected", "wrongs"),
    [
        pytest.param(
            {"sizes": 16, "window": 4, "stride": 2, "padding": 1},
            (32, 32),
            {
                "tconv_forward_formula": (8, 8),
                "tconv_padding_added": (36, 36),
                "tconv_cropped_once": (33, 33),
                "tconv_not_cropped": (34, 34),
                "tconv_ignore_stride": (17, 17),
            },
            id="doubled",
        ),
        pytest.param(
            {"sizes": [7, 14], "window": 3, "stride": 2, "padding": 1, "output_padding": 1},
            (14, 28),
            {
                "tconv_both_side_output_padding": (15, 29),
                "output_padding_forgotten": (13, 27),
                "tconv_padding_added": (18, 32),
            },
            id="doubled with output padding",
        ),
        pytest.param(
            {"sizes": [5, 6], "window": [2, 3], "dilation": 3},
            (8, 12),
            {"dilation_ignored": (6, 8), "transpose_kernel": (11, 9)},
            id="dilated",
        ),
        pytest.param(
            {"sizes": [1, 10], "window": [1, 4], "stride": 3}, 31, {"tconv_ignore_stride": 13}, id="sequence"
        ),
    ],
)
def test_sizes(data: dict[str, Any], expected: Any, wrongs: dict[str, Any]) -> None:
    asked = case(ask=["size"], **data)
    assert key(asked) == {"size": expected}
    assert first_values(TYPE.second(asked)) == {"size": expected}
    answers = wrong(asked)
    assert {name: answers[name]["size"] for name in wrongs} == wrongs


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize(("padding", "extra"), [(0, 0), (1, 0), (1, 1), (2, 1), (0, 2)])
@pytest.mark.parametrize("dilation", [1, 2])
def test_the_engine_says_the_same(stride: int, padding: int, extra: int, dilation: int) -> None:
    data: dict[str, Any] = {
        "stride": stride,
        "padding": padding,
        "output_padding": extra,
        "dilation": dilation,
    }
    image, kernel = "1 -2 0;4 3 -1", "2 1 -1;0 3 1;-2 1 5"
    try:
        asked = case(input=image, kernel=kernel, ask=["size", "values"], **data)
    except DataError:
        assert extra >= max(stride, dilation, 1)
        return
    found = conv_transpose([rows(image)], [[rows(kernel)]], **data)[0]
    assert key(asked) == {"size": found.shape, "Y": tuple(map(tuple, found.tolist()))}
    assert TYPE.second(asked) == TYPE.solve(asked, {})


def test_the_form_tells_the_size_only_if_asked_to() -> None:
    (told,) = TYPE.ask(case(**READS, show_shape=True))
    size, untold = TYPE.ask(case(**READS, ask=["size", "values"]))
    assert (told.shape, untold.shape, size.kind) == ((3, 3), None, "shape")
    (length,) = TYPE.ask(case(sizes=[1, 5], window=[1, 2], ask=["size"]))
    assert length.kind == "integer"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param({}, "either 'input' and 'kernel' are needed, or 'sizes' and 'window'", id="nothing"),
        pytest.param({**READS, "sizes": 2}, "either 'input' and 'kernel'", id="both"),
        pytest.param({"sizes": 2, "window": 2}, "needs the numbers", id="no numbers"),
        pytest.param({**READS, "ask": ["values", "size"]}, "the size before the values", id="order"),
        pytest.param({**READS, "ask": ["size", "values"], "show_shape": True}, "betray the size", id="shown"),
        pytest.param({**READS, "padding": 2}, "leaves nothing of an output of 3 x 3", id="nothing left"),
        pytest.param({**READS, "output_padding": 1}, "below the stride or the dilation", id="output padding"),
        pytest.param(
            {"input": ";".join(["1 " * 100] * 100), "kernel": "1 1 1 1;1 1 1 1;1 1 1 1"},
            "at most 100000 are computed",
            id="many products",
        ),
        pytest.param(
            {"input": "1 2;3 4", "kernel": "1 2;3 4", "stride": 128, "dilation": 100},
            "at most 100000 are computed",
            id="a large output",
        ),
        pytest.param({"sizes": 10**9, "window": 2, "ask": ["size"]}, "128", id="huge"),
    ],
)
def test_refuses(data: dict[str, Any], message: str) -> None:
    with pytest.raises((DataError, ShapeError), match=message):
        case(**data)


def test_a_size_is_counted_without_the_numbers() -> None:
    """The largest map and kernel: their products alone would take minutes."""
    large = ";".join([" ".join("1" * 128)] * 128)
    asked = case(input=large, kernel=large, ask=["size"])
    assert TYPE.second(asked) == TYPE.solve(asked, {}) == {"size": ((255, 255),)}


def test_worked_steps_of_the_largest_map() -> None:
    """Sums are collected in one go, and a film has an end."""
    large = ";".join([" ".join("1" * 128)] * 128)
    steps = list(TYPE.work(case(input=large, kernel="2")))
    assert [len(step.frames) for step in steps if isinstance(step, Animation)] == [MOST_STEPS]


def test_named_padding_is_refused() -> None:
    data = {"sizes": 4, "window": 2, "ask": ["size"], "padding": "valid"}
    with pytest.raises(DataError, match="are numbers"):
        parse_value(Params, data)


def test_effort() -> None:
    assert TYPE.effort(case(input="1 0;-2 3", kernel="1 0;2 -1")) == Effort(products=9, negatives=4, digits=1)
    assert TYPE.effort(case(sizes=60, window=3, stride=2, ask=["size"])) == Effort(8, 0, 3)
    assert TYPE.effort(case(sizes=[1, 9], window=[1, 2], ask=["size"])) == Effort(4, 0, 2)


def test_worked_steps() -> None:
    asked = case(input="1 2;3 4", kernel="1 -1;2 3", stride=1, padding=[1, 0])
    steps = list(TYPE.work(asked))
    formulas = [step.latex for step in steps if isinstance(step, Symbol)]
    assert formulas == [
        r"\text{rows}=1\cdot (2-1)+2-2\cdot 1=1",
        r"\text{columns}=1\cdot (2-1)+2=3",
        r"F_{0,1}=1\cdot (-1)+2\cdot 1=1",
        r"F_{1,0}=1\cdot 2+3\cdot 1=5",
        r"F_{1,1}=1\cdot 3+2\cdot 2+3\cdot (-1)+4\cdot 1=8",
        r"F_{1,2}=2\cdot 3+4\cdot (-1)=2",
        r"F_{2,1}=3\cdot 3+4\cdot 2=17",
    ]
    (film,) = (step for step in steps if isinstance(step, Animation))
    assert [dict(frame.values) for frame in film.frames][1] == {
        (0, (0, 1)): "1",
        (0, (0, 2)): "−2",
        (0, (1, 1)): "7",
        (0, (1, 2)): "6",
    }
    (stamps,) = (step for step in steps if isinstance(step, Figures))
    last = stamps.members[-1]
    assert isinstance(last, Grid)
    assert last.rows == ((None, None, None), (None, 4, -4), (None, 8, 12))
    cut, result = (step for step in steps if isinstance(step, Grid))
    assert cut.rows == ((1, 1, -2), (5, 8, 2), (6, 17, 12))
    assert cut.faint == {(row, column) for row in (0, 2) for column in range(3)}
    assert result.rows == (("5", "8", "2"),)


def test_steps_say_where_nothing_overlaps_and_what_is_added() -> None:
    told = [getattr(step, "text", "") for step in TYPE.work(case(**READS, stride=2, output_padding=1))]
    assert "Nothing overlaps here: every cell of the output is written once at most." in told
    assert "Rows and columns that are added at the end lie beyond all results: they are 0." in told
    assert "The cells with dashed borders are cut off:" not in told
