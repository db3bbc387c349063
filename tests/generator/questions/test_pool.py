"""Pooling: known answers, published wrong numbers, and wrong ways written a second time in plain loops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from convexam.generator.compose import draw_problem
from convexam.generator.document import Message, Symbol
from convexam.generator.errors import DataError
from convexam.generator.figures.model import Animation, Grid
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Refused
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.pool import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain import plain
from convexam.generator.render.plain_formula import plain_formula
from convexam.generator.streams import Stream, derive
from convexam.generator.text import sentence
from convexam.grader.explaining.explain import explain

from ...shipped import shipped_bank

BANK = shipped_bank()
RANDOM = [spec.id for spec in BANK if spec.type == "pool" and spec.params is not None]
PLAIN = Conventions()
CONVENTIONS = [PLAIN, Conventions(rounding="ceil", pool_counts_padding=True, origin=1)]

Rows = tuple[tuple[Any, ...], ...]


def rows(text: str) -> Rows:
    return tuple(
        tuple(int(cell) if "/" not in cell else Fraction(cell) for cell in line.split())
        for line in text.split(";")
    )


def case(conventions: Conventions = PLAIN, **given: Any) -> Case[Given]:
    given["input"] = [text.replace(";", "\n") for text in given["input"]]
    return Case(parse_value(Given, given), conventions)


def answer(case: Case[Given]) -> dict[str, Any]:
    return first_values(TYPE.solve(case, {}))


def found(case: Case[Given], answers: dict[str, Any], *listed: str) -> str | None:
    """Return what the grader names for these answers."""
    spec = Spec(
        "q", "pool", "A map", {"en": ""}, Fraction(1), 1, misconceptions=dict.fromkeys(listed, Fraction())
    )
    problem = Problem("q", spec, case, Fraction(1), TYPE.solve(case, {}))
    finding = explain(problem, TYPE.ask(case), answers).finding
    return None if finding is None else finding.names[0]


# -- known answers ------------------------------------------------------------------------------

COUNTING = "1 2 3 4 5;6 7 8 9 10;11 12 13 14 15;16 17 18 19 20;21 22 23 24 25"
SIXTEEN = "1 2 3 4;5 6 7 8;9 10 11 12;13 14 15 16"


@pytest.mark.parametrize(
    ("entry", "maps"),
    [
        ("binary-image", {"Y": "1 1;0 1"}),
        ("binary-image-ceil", {"Y": "1 1 0;0 1 1;1 1 0"}),
        ("binary-image-average", {"Y": "3/4 3/4;0 1"}),
        ("moved-pixel", {"Y0": "1 0;0 0", "Y1": "1 0;0 0", "Y2": "0 1;0 0"}),
    ],
)
def test_the_lectures(entry: str, maps: dict[str, str]) -> None:
    case = Case(BANK[f"pool/{entry}"].given)
    assert (
        answer(case) == {name: rows(text) for name, text in maps.items()} == first_values(TYPE.second(case))
    )


# Node tests of the ONNX operators MaxPool and AveragePool, whose answers are published.
@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"kind": "max", "input": [COUNTING], "window": 5, "stride": 1, "padding": 2},
            "13 14 15 15 15;18 19 20 20 20;23 24 25 25 25;23 24 25 25 25;23 24 25 25 25",
        ),
        ({"kind": "max", "input": [COUNTING], "window": 2}, "7 9;17 19"),
        (
            {"kind": "max", "input": [COUNTING], "window": 3, "stride": 2, "padding": "same"},
            "7 9 10;17 19 20;22 24 25",
        ),
        ({"kind": "avg", "input": [COUNTING], "window": 2}, "4 6;14 16"),
        ({"kind": "max", "input": [SIXTEEN], "window": 3, "stride": 2, "rounding": "ceil"}, "11 12;15 16"),
        ({"kind": "avg", "input": [SIXTEEN], "window": 3, "stride": 2, "rounding": "ceil"}, "6 15/2;12 27/2"),
        ({"kind": "max", "input": ["1 2;3 4"], "window": 1, "stride": 2, "rounding": "ceil"}, "1"),
    ],
)
def test_published_answers(given: dict[str, Any], expected: str) -> None:
    given = {**given, "padding": 1} if given.get("padding") == "same" else given
    assert answer(case(**given)) == {"Y": rows(expected)} == first_values(TYPE.second(case(**given)))


# -- published wrong answers, from their published settings -------------------------------------

COUNTED = (
    "63/25 18/5 24/5 102/25 81/25;114/25 32/5 42/5 176/25 138/25;36/5 10 13 54/5 42/5;"
    "174/25 48/5 62/5 256/25 198/25;153/25 42/5 54/5 222/25 171/25"
)
INSIDE = "7 15/2 8 17/2 9;19/2 10 21/2 11 23/2;12 25/2 13 27/2 14;29/2 15 31/2 16 33/2;17 35/2 18 37/2 19"


def ramp(length: int) -> str:
    return " ".join(map(str, range(length)))


@pytest.mark.parametrize(
    ("given", "name", "wrong"),
    [
        # ONNX keeps two answers for one picture: padding left out of the mean, or counted.
        (
            {
                "kind": "avg",
                "input": [COUNTING],
                "window": 5,
                "stride": 1,
                "padding": 2,
                "counts_padding": False,
            },
            "avg_count_pad",
            COUNTED,
        ),
        (
            {
                "kind": "avg",
                "input": [COUNTING],
                "window": 5,
                "stride": 1,
                "padding": 2,
                "counts_padding": True,
            },
            "avg_skip_pad",
            INSIDE,
        ),
        ({"kind": "max", "input": [SIXTEEN], "window": 2}, "pool_stride_1", "6 7 8;10 11 12;14 15 16"),
        ({"kind": "max", "input": [SIXTEEN], "window": 2}, "avg_for_max", "7/2 11/2;23/2 27/2"),
        ({"kind": "max", "input": [SIXTEEN], "window": 2}, "min_for_max", "1 3;9 11"),
        ({"kind": "max", "input": [SIXTEEN], "window": 2}, "global_instead_of_local", "16"),
        ({"kind": "avg", "input": [SIXTEEN], "window": 2}, "max_for_avg", "6 8;14 16"),
        ({"kind": "avg", "input": [SIXTEEN], "window": 2}, "sum_for_avg", "14 22;46 54"),
        ({"kind": "max", "input": [COUNTING], "window": 2, "stride": 1}, "pool_stride_window", "7 9;17 19"),
        (
            {"kind": "max", "input": ["-4 -3;-2 -1"], "window": 2, "stride": 1, "padding": 1},
            "pad_zero_wins",
            "0 0 0;0 -1 0;0 0 0",
        ),
        (
            {"kind": "max", "input": ["-4 -3;-2 -1"], "window": 2, "stride": 1, "padding": 1},
            "pad_once",
            "-4 -3;-2 -1",
        ),
        (
            {"kind": "max", "input": ["-4 -3;-2 -1"], "window": 2, "stride": 1, "padding": 1},
            "ignore_padding",
            "-1",
        ),
    ],
)
def test_published_wrong_answers(given: dict[str, Any], name: str, wrong: str) -> None:
    asked = case(**given)
    assert dict(wrong_answers("pool", asked))[name] == {"Y": rows(wrong)}
    assert answer(asked) != {"Y": rows(wrong)}
    assert found(asked, {"Y": rows(wrong)}, name) == name


@pytest.mark.parametrize(("size", "down", "up"), [(66, 32, 33), (112, 55, 56), (22, 10, 11)])
def test_published_sizes(size: int, down: int, up: int) -> None:
    """Caffe rounds up where others round down."""
    asked = case(kind="max", input=[ramp(size)], window=[1, 3], stride=[1, 2])
    wrong: dict[str, Any] = dict(wrong_answers("pool", asked))["ceil_for_floor"]
    assert len(answer(asked)["Y"][0]) == down
    assert len(wrong["Y"][0]) == up
    assert found(asked, wrong) == "ceil_for_floor"


def test_a_window_that_would_begin_behind_the_map_is_dropped() -> None:
    asked = case(kind="max", input=[ramp(10)], window=1, stride=2, rounding="ceil")
    assert len(answer(asked)["Y"][0]) == 5
    formulas = [plain_formula(step.latex) for step in TYPE.work(asked) if isinstance(step, Symbol)]
    assert formulas[0] == "columns = ⌈(10 − 1)/2⌉ + 1 − 1 = 5"


# -- wrong ways, written a second time ----------------------------------------------------------


def looped(given: Given, conventions: Conventions, **wrong: Any) -> dict[str, Any]:
    """Pool with plain loops, following the given except where it is told otherwise."""
    maps: Any = wrong.get("maps", given.input)
    height, width = len(maps[0]), len(maps[0][0])
    h, w = wrong.get("window", given.window)
    down, across = wrong.get("stride", given.stride) or (h, w)
    (top, bottom), (left, right) = wrong.get("padding", given.padding)
    up = wrong.get("up", (given.rounding or conventions.rounding) == "ceil")
    counted = counts(given, conventions) != wrong.get("other_count", False)
    reduce: Callable[[list[Any]], Any] = wrong.get("reduce", max if given.kind == "max" else mean)
    skips_padding = wrong.get("skips_padding", reduce in (max, min) or not counted)

    def positions(size: int, before: int, after: int, window: int, stride: int) -> Iterator[int]:
        start = -before
        while start + window <= size + after:
            yield start
            start += stride
        if up and start - stride + window < size + after and start < size:
            yield start

    def pooled(single: Any, row: int, column: int) -> Any:
        cells = []
        for r, c in product(range(row, row + h), range(column, column + w)):
            if 0 <= r < height and 0 <= c < width:
                cells.append(single[r][c])
            elif not skips_padding and r < height + bottom and c < width + right:
                cells.append(0)
        return reduce(cells)

    outputs = [
        tuple(
            tuple(pooled(single, row, column) for column in positions(width, left, right, w, across))
            for row in positions(height, top, bottom, h, down)
        )
        for single in maps
    ]
    names = [f"Y{number + conventions.origin}" if len(outputs) > 1 else "Y" for number in range(len(outputs))]
    return dict(zip(names, outputs, strict=True))


def counts(given: Given, conventions: Conventions) -> bool:
    return conventions.pool_counts_padding if given.counts_padding is None else given.counts_padding


def mean(cells: list[Any]) -> Fraction:
    return Fraction(sum(cells), len(cells))


def largest_of_channels(given: Given) -> Any:
    height, width = len(given.input[0]), len(given.input[0][0])
    best = max if given.kind == "max" else mean
    one = tuple(
        tuple(best([single[r][c] for single in given.input]) for c in range(width)) for r in range(height)
    )
    return (one,) * len(given.input)


NONE = ((0, 0), (0, 0))
MUTATIONS: dict[str, Callable[[Given], dict[str, Any]]] = {
    "avg_for_max": lambda given: {"reduce": mean},
    "min_for_max": lambda given: {"reduce": min},
    "max_for_avg": lambda given: {"reduce": max},
    "sum_for_avg": lambda given: {"reduce": sum, "skips_padding": True},
    "pool_stride_1": lambda given: {"stride": (1, 1)},
    "pool_stride_window": lambda given: {"stride": given.window},
    "ceil_for_floor": lambda given: {"up": True},
    "floor_for_ceil": lambda given: {"up": False},
    "ignore_padding": lambda given: {"padding": NONE},
    "pad_once": lambda given: {"padding": tuple((before, 0) for before, _ in given.padding)},
    "pad_zero_wins": lambda given: {"skips_padding": False},
    "avg_count_pad": lambda given: {"other_count": True},
    "avg_skip_pad": lambda given: {"other_count": True},
    "pool_over_channels": lambda given: {"maps": largest_of_channels(given)},
    "global_instead_of_local": lambda given: {
        "window": (len(given.input[0]), len(given.input[0][0])),
        "padding": NONE,
    },
}


def problems(entry: str, conventions: Conventions, count: int) -> Iterator[Problem]:
    for number in range(count):
        stream = Stream(derive(b"pool", [entry, str(number)]))
        yield draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry], conventions=conventions)


@pytest.mark.parametrize("conventions", CONVENTIONS, ids=["floor", "ceil"])
@pytest.mark.parametrize("entry", RANDOM)
def test_wrong_ways_are_recognised(entry: str, conventions: Conventions) -> None:
    for problem in problems(entry, conventions, 20):
        given = problem.case.given
        right = first_values(problem.key)
        assert looped(given, conventions) == right
        engine = dict(wrong_answers("pool", problem.case))
        for name in engine:
            wrong = looped(given, conventions, **MUTATIONS[name](given))
            assert wrong == engine[name], name
            if name in BANK[entry].misconceptions and wrong != right:
                finding = explain(problem, TYPE.ask(problem.case), wrong).finding
                assert finding is not None
                assert finding.names == (name,)


# -- conventions --------------------------------------------------------------------------------

FRAMED: dict[str, Any] = {"kind": "avg", "input": ["2 4;6 8"], "window": 2, "padding": 1}


@pytest.mark.parametrize(
    ("conventions", "given", "expected"),
    [
        (Conventions(), FRAMED, "2 4;6 8"),
        (Conventions(pool_counts_padding=True), FRAMED, "1/2 1;3/2 2"),
        (Conventions(pool_counts_padding=True), {**FRAMED, "counts_padding": False}, "2 4;6 8"),
        (Conventions(), {**FRAMED, "counts_padding": True}, "1/2 1;3/2 2"),
        (Conventions(), {"kind": "max", "input": ["1 2 3"], "window": [1, 2]}, "2"),
        (Conventions(rounding="ceil"), {"kind": "max", "input": ["1 2 3"], "window": [1, 2]}, "2 3"),
        (
            Conventions(rounding="ceil"),
            {"kind": "max", "input": ["1 2 3"], "window": [1, 2], "rounding": "floor"},
            "2",
        ),
        (Conventions(), {"kind": "max", "input": ["1 2 3"], "window": [1, 2], "rounding": "ceil"}, "2 3"),
        # cells that overhang never count, even where padding does
        (
            Conventions(rounding="ceil", pool_counts_padding=True),
            {"kind": "avg", "input": ["6 6"], "window": [1, 3], "stride": [1, 2], "padding": [0, 1]},
            "4 3",
        ),
    ],
)
def test_conventions(conventions: Conventions, given: dict[str, Any], expected: str) -> None:
    asked = case(conventions, **given)
    assert answer(asked) == {"Y": rows(expected)} == first_values(TYPE.second(asked))


@pytest.mark.parametrize(
    ("given", "changes", "name"),
    [
        (FRAMED, {"pool_counts_padding": True}, "avg_count_pad"),
        ({"kind": "max", "input": ["1 2 3"], "window": [1, 2]}, {"rounding": "ceil"}, "ceil_for_floor"),
    ],
)
def test_the_other_convention_is_recognised(
    given: dict[str, Any], changes: dict[str, Any], name: str
) -> None:
    one = case(**given)
    other = case(replace(Conventions(), **changes), **given)
    assert found(one, answer(other), name) == name
    back = {"ceil_for_floor": "floor_for_ceil", "avg_count_pad": "avg_skip_pad"}[name]
    assert found(other, answer(one), back) == back


def test_channels_are_counted_from_the_origin() -> None:
    asked = case(Conventions(origin=1), kind="max", input=["1 2;3 4", "5 6;7 8"], window=2)
    assert [field.name for field in TYPE.ask(asked)] == ["Y1", "Y2"]
    formulas = [step.latex for step in TYPE.work(asked) if isinstance(step, Symbol)]
    assert formulas[2:] == [r"Y_{1,1,1}=\max(1,2,3,4)=4", r"Y_{2,1,1}=\max(5,6,7,8)=8"]


# -- what is shown and written out --------------------------------------------------------------


def text(message: object) -> str:
    assert isinstance(message, Message)
    return message.text


def test_the_stride_is_the_window_where_none_is_given() -> None:
    shown = TYPE.show(case(kind="max", input=["1 2 3 4;5 6 7 8"], window=[1, 2]))
    stride = shown["stride"]
    assert isinstance(stride, Message)
    assert stride.values == {"down": 1, "across": 2}


def test_prompts_say_what_padded_cells_do() -> None:
    maximum = TYPE.show(case(**{**FRAMED, "kind": "max"}))
    inside = TYPE.show(case(**FRAMED))
    counted = TYPE.show(case(Conventions(pool_counts_padding=True), **FRAMED))
    assert "never the maximum" in text(maximum["padded_cells"])
    assert "inside the image" in text(inside["padded_cells"])
    assert "size of the window" in text(counted["padded_cells"])
    kinds = [shown["padding"] for shown in (maximum, inside, counted)]
    assert [text(kind.values["padding"]) for kind in kinds if isinstance(kind, Message)] == [
        "padding",
        "padding",
        "zero padding",
    ]


def steps(asked: Case[Given]) -> tuple[list[str], Grid]:
    """Return the formulas of the worked steps, and the figure of the marked window.

    Of an animation that is its first frame.
    """
    found = list(TYPE.work(asked))
    figures = [step for step in found if isinstance(step, Grid)]
    for step in found:
        if isinstance(step, Animation):
            figures = [replace(step.sources[0], marked=step.frames[0].read)]
    return [plain_formula(step.latex) for step in found if isinstance(step, Symbol)], figures[0]


def test_prompts_say_how_a_size_is_rounded() -> None:
    asked = (case(kind="max", input=["1 2 3"], window=[1, 2], rounding=way) for way in ("floor", "ceil"))
    shown = [TYPE.show(each)["size_rule"] for each in asked]
    rules = [plain(sentence(rule)) for rule in shown if isinstance(rule, Message)]
    rule = "A number of positions that is not whole is rounded"
    assert rules[0] == f"{rule} down: a window that would hang over the end is not used."
    assert rules[1] == (
        f"{rule} up: the last window may hang over the end. "
        "A window that would begin behind the input and its front padding is left out. "
        "Cells of a window beyond the end are left out."
    )


def test_the_steps_follow_the_convention() -> None:
    formulas, figure = steps(case(**FRAMED))
    assert formulas[2] == "Y₀,₀ = 2/1 = 2"
    assert figure.rows[0] == (None,) * 4
    formulas, figure = steps(case(Conventions(pool_counts_padding=True), **FRAMED))
    assert formulas[2] == "Y₀,₀ = (0 + 0 + 0 + 2)/4 = 1/2"
    assert figure.rows[0] == (0,) * 4
    assert figure.marked == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_window_that_hangs_over_is_drawn_and_written_out() -> None:
    formulas, figure = steps(case(kind="max", input=["1 2 3"], window=[1, 2], rounding="ceil"))
    assert formulas == ["columns = ⌈(3 − 2)/2⌉ + 1 = 2", "Y₀,₀ = max(1, 2) = 2", "Y₀,₁ = max(3) = 3"]
    assert figure.rows == ((1, 2, 3, None),)
    assert figure.faint == {(0, 3)}


def test_means_are_rounded_where_that_is_asked() -> None:
    formulas, _ = steps(case(kind="avg", input=["1 -2 3"], window=[1, 3], digits=2))
    assert formulas[1] == "Y₀,₀ = (1 − 2 + 3)/3 = 2/3 ≈ 0.67"


def test_effort_counts_the_numbers_looked_at() -> None:
    effort = TYPE.effort(case(kind="max", input=["-4 -3;-2 10"], window=2, stride=1, padding=1))
    assert (effort.products, effort.negatives, effort.digits) == (16, 12, 2)


# -- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"input": {"shape": [1, 2, 2], "from": 0, "to": 9}, "window": 3}, "do not fit"),
        ({"input": {"shape": [1, 2, 2], "from": 0, "to": 9}, "window": 2, "padding": 2}, "do not fit"),
    ],
)
def test_refused_draws(params: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        TYPE.draw(parse_value(Params, {"kind": "max", **params}), Stream(derive(b"pool", ["refused"])))


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"input": ["1 2\n3 4"], "window": 2, "padding": 2}, "fewer cells"),
        ({"input": ["1 2\n3 4", "1 2"], "window": 1}, "equally large"),
        ({"input": ["1 2\n3 4"], "window": 3}, "does not fit"),
    ],
)
def test_what_cannot_be_given(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(DataError, match=complaint):
        parse_value(Given, {"kind": "max", **given})
