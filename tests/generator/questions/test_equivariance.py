"""Moved inputs: hand-made maps, what each misconception makes of them, and the theorems behind."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from convexam.generator.compose import draw_problem
from convexam.generator.document import Message, Symbol
from convexam.generator.errors import DataError
from convexam.generator.figures.model import Grid
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Refused
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.equivariance import TYPE, Given, Params, draw
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain_formula import plain_formula
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.mark import mark_problem

from ...shipped import shipped_bank

PLAIN = Conventions()
TURNED = Conventions(operation="convolution", origin=1)
ALL = ["before", "after", "moved", "cells", "agree", "invariant"]
EVERYWHERE, INSIDE = "everywhere", "only away from the border"

Rows = tuple[tuple[Any, ...], ...]


def rows(text: str) -> Rows:
    return tuple(tuple(Fraction(cell) for cell in line.split()) for line in text.split(";"))


def given(layer: str, image: str, shift: list[int], **more: Any) -> Given:
    blocks = {name: more.pop(name).replace(";", "\n") for name in ("kernel",) if name in more}
    data = {"layer": layer, "input": image.replace(";", "\n"), "shift": shift, "ask": ALL}
    return parse_value(Given, {**data, **blocks, **more})


def case(*parts: Any, conventions: Conventions = PLAIN, **more: Any) -> Case[Given]:
    return Case(given(*parts, **more), conventions)


def answers(case: Case[Given]) -> list[Any]:
    """Solve in both ways."""
    key = first_values(TYPE.solve(case, {}))
    assert key == first_values(TYPE.second(case))
    return list(key.values())


READS: dict[str, Any] = {"kernel": "100 10 1", "padding": [0, 1]}
"""Writes three neighbours side by side."""

ROW = given("filter", "1 2 3 4 5", [0, 1], **READS)
CIRCLE = given("filter", "1 2 3 4 5", [0, 1], border="circular", **READS)
MAP = given("filter", "1 2 3;4 5 6;7 8 9", [1, 0], kernel="10 1", ask=["before", "after", "moved", "cells"])
COUNTED = {"ask": ["before", "after", "moved", "cells"]}
EVEN = given("filter", "1 2 3 4 5", [0, 2], stride=[1, 2], **READS, **COUNTED)
ODD = given("filter", "1 2 3 4 5", [0, 3], stride=[1, 2], **READS, **COUNTED)
PIXEL = "0 1 0 0;0 0 0 0;0 0 0 0;0 0 0 0"
POOL = given("max", "1 2 3 4 5 6;0 0 0 0 0 9", [0, 1], window=2)


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        pytest.param(
            Case(ROW),
            ["12 123 234 345 450", "1 12 123 234 340", "0 12 123 234 345", 3, INSIDE, "no"],
            id="zeros",
        ),
        pytest.param(
            Case(CIRCLE),
            ["512 123 234 345 451", "451 512 123 234 345", "451 512 123 234 345", 5, EVERYWHERE, "no"],
            id="circular",
        ),
        pytest.param(
            Case(ROW, TURNED),
            ["210 321 432 543 54", "100 210 321 432 43", "0 210 321 432 543", 3, INSIDE, "no"],
            id="turned",
        ),
        pytest.param(
            Case(MAP),
            ["12 23;45 56;78 89", "0 0;12 23;45 56", "0 0;12 23;45 56", 6],
            id="down, nothing but zeros come in",
        ),
        pytest.param(Case(EVEN), ["12 234 450", "0 12 230", "0 12 234", 2], id="stride 2, even"),
        pytest.param(Case(ODD), ["12 234 450", "0 1 120", "0 0 12", 1], id="stride 2, odd"),
        pytest.param(
            case("max", PIXEL, [0, 1], window=2),
            ["1 0;0 0", "0 1;0 0", "0 1;0 0", 4, EVERYWHERE, "no"],
            id="E58, X10",
        ),
        pytest.param(
            case("max", "1 0 0 0;0 0 0 0;0 0 0 0;0 0 0 0", [0, 1], window=2),
            ["1 0;0 0", "1 0;0 0", "0 1;0 0", 2, "no", "yes"],
            id="within a window",
        ),
        pytest.param(Case(POOL), ["2 4 9", "1 3 5", "0 2 4", 0, "no", "no"], id="max"),
        pytest.param(
            case("avg", "1 2 3 4 5 6;0 0 0 0 0 9", [0, 2], window=2),
            ["3/4 7/4 5", "0 3/4 7/4", "0 3/4 7/4", 3, EVERYWHERE, "no"],
            id="avg",
        ),
        pytest.param(
            case("avg", "1 2;3 5", [1, 0], window=2, border="circular", ask=["before", "after", "invariant"]),
            ["11/4", "11/4", "yes"],
            id="global, circular",
        ),
        pytest.param(
            case("avg", "1 2;3 5", [1, 0], window=2, ask=["before", "after", "invariant"]),
            ["11/4", "3/4", "no"],
            id="global, zeros",
        ),
        pytest.param(
            case("max", "1 2;3 5", [0, -1], window=2, ask=["before", "after", "invariant"]),
            ["5", "5", "yes"],
            id="global, the largest stays",
        ),
    ],
)
def test_known_answers(asked: Case[Given], key: list[Any]) -> None:
    words = (EVERYWHERE, INSIDE, "yes", "no")
    assert answers(asked) == [
        rows(part) if isinstance(part, str) and part not in words else part for part in key
    ]


@pytest.mark.parametrize(
    ("asked", "name", "wrong"),
    [
        (ROW, "invariance_for_equivariance", ["12 123 234 345 450", "0 12 123 234 345"]),
        (ROW, "moved_not_computed", ["0 12 123 234 345", "0 12 123 234 345"]),
        (ROW, "shifted_twice", ["0 1 12 123 234", "0 12 123 234 345"]),
        (ROW, "kernel_shifted", ["120 230 340 450 500", "0 12 123 234 345"]),
        (ROW, "circular_for_zeros", ["451 512 123 234 345", "451 512 123 234 345"]),
        (ROW, "shift_reversed", ["23 234 345 450 500", "123 234 345 450 0"]),
        (ROW, "extra_flip", ["100 210 321 432 43", "0 210 321 432 543"]),
        (CIRCLE, "zeros_for_circular", ["1 12 123 234 340", "0 12 123 234 345"]),
        (EVEN, "moved_by_full_shift", ["0 0 12", "0 12 234"]),
        (EVEN, "invariance_for_equivariance", ["12 234 450", "0 12 234"]),
        (ODD, "moved_by_floor", ["0 12 234", "0 0 12"]),
        (ODD, "moved_not_computed", ["0 0 12", "0 0 12"]),
        (POOL, "avg_for_max", ["1/4 5/4 9/4", "0 3/4 7/4"]),
        (POOL, "invariance_for_equivariance", ["2 4 9", "0 2 4"]),
    ],
)
def test_typical_wrong_maps(asked: Given, name: str, wrong: list[str]) -> None:
    found = dict(wrong_answers("equivariance", Case(asked)))[name]
    assert [found["Z"], found["M"]] == [rows(text) for text in wrong]


def test_a_true_convolution_can_forget_to_turn() -> None:
    assert dict(wrong_answers("equivariance", Case(ROW, TURNED)))["no_flip"]["Z"] == rows("1 12 123 234 340")


def test_comparisons_follow_from_the_wrong_maps() -> None:
    found = dict(wrong_answers("equivariance", Case(ROW)))
    claimed = found["invariance_for_equivariance"]
    assert (claimed["cells"], claimed["agree"], claimed["invariant"]) == (0, "no", "yes")
    assert found["moved_not_computed"]["agree"] == EVERYWHERE


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (ROW, "moved_by_full_shift"),  # with stride 1 that is right
        (ROW, "moved_by_floor"),
        (EVEN, "moved_by_floor"),
        (POOL, "kernel_shifted"),
        (POOL, "extra_flip"),
        (POOL, "max_for_avg"),
        (CIRCLE, "circular_for_zeros"),
    ],
)
def test_what_makes_no_sense_is_no_misconception(asked: Given, name: str) -> None:
    assert name not in dict(wrong_answers("equivariance", Case(asked)))


# -- what must be so ----------------------------------------------------------------------------

STEEP = "3 1 4 1 5 9 2;6 5 3 5 8 9 7;9 3 2 3 8 4 6;2 6 4 3 3 8 3;2 7 9 5 0 2 8;8 4 1 9 7 1 6;9 3 9 9 3 7 5"


@pytest.mark.parametrize("shift", [s for s in product((-2, -1, 0, 1, 2), repeat=2) if any(s)])
@pytest.mark.parametrize("conventions", [PLAIN, TURNED])
def test_circular_convolution_is_equivariant(shift: tuple[int, int], conventions: Conventions) -> None:
    more: dict[str, Any] = {"kernel": "1 2 0;-1 3 1;0 2 -2", "padding": 1, "conventions": conventions}
    circular = answers(case("filter", STEEP, list(shift), border="circular", **more))
    assert circular[3:5] == [49, EVERYWHERE]
    zeros = answers(case("filter", STEEP, list(shift), **more))
    assert zeros[4] == INSIDE


@pytest.mark.parametrize("layer", ["max", "avg"])
@pytest.mark.parametrize(("shift", "agree"), [(2, EVERYWHERE), (-4, EVERYWHERE), (1, "no"), (-3, "no")])
def test_pooling_is_equivariant_to_multiples_of_its_stride(layer: str, shift: int, agree: str) -> None:
    image = "3 1 4 1 5 9 2 6;5 3 5 8 9 7 9 3;2 3 8 4 6 2 6 4;3 3 8 3 2 7 9 5"
    asked = case(layer, image, [0, shift], window=2, border="circular")
    assert answers(asked)[4] == agree


# -- asking, carrying errors on, working out ----------------------------------------------------


def points(asked: Case[Given], **written: str) -> Fraction:
    spec = Spec("q/q", "equivariance", "Q", {"en": "?"}, Fraction(9), 1)
    problem = Problem("q", spec, asked, Fraction(9), TYPE.solve(asked, {}))
    return mark_problem(problem, written).points


def test_a_map_weighs_twice_as_much_as_a_comparison() -> None:
    asked = Case(ROW)
    right = {"Y": "12 123 234 345 450", "Z": "1 12 123 234 340", "M": "0 12 123 234 345"}
    said = {"cells": "3", "agree": INSIDE, "invariant": "no"}
    assert points(asked, **right, **said) == 9
    assert points(asked, **right) == 6
    assert points(asked, agree="only away", invariant="no") == 2


def test_the_students_own_output_is_moved() -> None:
    slipped = "12 123 234 346 450"
    followed, copied = (
        points(Case(ROW), Y=slipped, M=moved) for moved in ("0 12 123 234 346", "0 12 123 234 345")
    )
    assert followed == copied == Fraction(18, 5)


def test_a_row_is_worded_as_a_row() -> None:
    padding, stride = (TYPE.show(Case(EVEN))[name] for name in ("padding", "stride"))
    assert isinstance(padding, Message)
    assert padding.text == "{{ padding }} of {{ number }} at each end"
    assert isinstance(stride, Message)
    assert stride.values == {"number": 2}


@pytest.mark.parametrize(
    ("shift", "text", "values"),
    [
        ([0, 1], "1 cell {{ way }}", "to the right"),
        ([0, -2], "{{ count }} cells {{ way }}", "to the left"),
        ([1, 0], "1 cell {{ way }}", "down"),
        ([-2, 0], "{{ count }} cells {{ way }}", "up"),
    ],
)
def test_shifts_are_worded(shift: list[int], text: str, values: str) -> None:
    phrase = TYPE.show(case("max", STEEP[:-14], shift, window=1))["shift"]
    assert isinstance(phrase, Message)
    assert phrase.text == text
    way = phrase.values["way"]
    assert isinstance(way, Message)
    assert way.text == values


def test_worked_solutions() -> None:
    steps = list(TYPE.work(Case(ROW)))
    formulas = [plain_formula(step.latex) for step in steps if isinstance(step, Symbol)]
    assert formulas[-5] == "Z₀,₀ = 0 · 100 + 0 · 10 + 1 · 1 = 1"
    assert formulas[-1] == "Z₀,₄ = 3 · 100 + 4 · 10 + 0 · 1 = 340"
    grids = [step for step in steps if isinstance(step, Grid)]
    assert [grid.label for grid in grids] == ["X", "Y", "X'", "Z", "M", "Z", "Z"]
    assert grids[2].rows == rows("0 0 1 2 3 4 0")
    assert grids[2].faint == {(0, 0), (0, 6)}
    assert grids[4].marked == {(0, 1), (0, 2), (0, 3)}
    assert grids[5].marked == {(0, 2), (0, 3)}
    assert grids[6].marked == frozenset()


# -- drawing ------------------------------------------------------------------------------------

BANK = shipped_bank()
RANDOM = [spec.id for spec in BANK if spec.type == "equivariance" and spec.params is not None]


@pytest.mark.parametrize("entry", RANDOM)
def test_entries_can_be_drawn_under_other_conventions(entry: str) -> None:
    up = Conventions(operation="convolution", origin=1, rounding="ceil", pool_counts_padding=True)
    for number in range(5):
        stream = Stream(derive(b"equivariance", [entry, str(number)]))
        draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry], conventions=up)


ROW_PARAMS: dict[str, Any] = {
    "layer": "filter",
    "input": {"shape": [1, 6], "from": 0, "to": 3},
    "kernel": {"shape": [1, 3], "one_of": [1, 2]},
    "shift": [[0, 1]],
    "ask": ["agree"],
}


def drawn(number: int = 0, **more: Any) -> Given:
    params = parse_value(Params, {**ROW_PARAMS, **more})
    return draw(params, Stream(derive(b"equivariance", ["drawn", str(number)])))


@pytest.mark.parametrize("answer", [EVERYWHERE, INSIDE])
def test_the_wanted_answer_is_drawn(answer: str) -> None:
    more = {"padding": [0, 1], "border": ["zeros", "circular"], "answers": [answer]}
    for number in range(10):
        assert TYPE.solve(Case(drawn(number, **more)), {}) == {"agree": (answer,)}


def test_refused_draws() -> None:
    with pytest.raises(Refused, match="does not come up"):
        drawn(border=["circular"], padding=[0, 1], answers=["no"])
    with pytest.raises(Refused, match="do not fit"):
        drawn(stride=[1, 2])


def complaints() -> Iterator[tuple[str, dict[str, Any]]]:
    row: dict[str, Any] = {"layer": "filter", "input": "1 2 3 4 5", "shift": [0, 1], "ask": ["after"]}
    yield "a filter needs a 'kernel'", dict(row)
    yield "a filter needs a 'kernel'", {**row, "kernel": "1 1", "window": 2}
    yield "a pooling a 'window'", {**row, "layer": "max"}
    row["kernel"] = "1 1 1"
    yield (
        "is for filters only",
        {
            "layer": "max",
            "input": "1 2;3 4".replace(";", "\n"),
            "window": 2,
            "padding": 1,
            "shift": [0, 1],
            "ask": ["after"],
        },
    )
    yield "padded at its two ends", {**row, "padding": 1}
    yield "one of its numbers is not 0", {**row, "shift": [0, 0]}
    yield "whole input over its edge", {**row, "shift": [0, 5]}
    yield "whole input over its edge", {**row, "shift": [1, 0]}
    yield "end at the last cell", {**row, "input": "1 2 3 4", "stride": [1, 2]}
    yield "away from the border", {**row, "shift": [0, 3], "ask": ["agree"]}
    yield "products", {**row, "input": [[1] * 128] * 128, "kernel": [[1] * 64] * 64}
    yield "stands here twice", {**row, "ask": ["after", "after"]}


@pytest.mark.parametrize(("complaint", "data"), list(complaints()))
def test_what_cannot_be_given(complaint: str, data: dict[str, Any]) -> None:
    with pytest.raises(DataError, match=complaint):
        parse_value(Given, data)


@pytest.mark.parametrize(
    ("complaint", "more"),
    [
        ("need the shape", {"input": {"shape": [1, 1, 6], "from": 0, "to": 3}}),
        ("whichever is asked", {"ask": ["after"], "answers": ["yes"]}),
        ("whichever is asked", {"ask": ["agree"], "answers": ["yes"]}),
        ("a filter needs a 'kernel'", {"window": 2}),
    ],
)
def test_what_cannot_be_drawn_from(complaint: str, more: dict[str, Any]) -> None:
    with pytest.raises(DataError, match=complaint):
        parse_value(Params, {**ROW_PARAMS, **more})
