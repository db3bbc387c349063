"""Images as vectors: known indices, typical wrong ones, and numpy's own way of reshaping."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from convexam.generator.compose import draw_problem
from convexam.generator.document import Lines, Message, Symbol
from convexam.generator.errors import DataError
from convexam.generator.flattening import walking
from convexam.generator.language import as_written
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Case, Conventions, Refused
from convexam.generator.questions.index_mapping import TYPE, Given, Params
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.plain_formula import plain_formula
from convexam.generator.streams import Stream, derive
from convexam.generator.text import sentence

from ...shipped import shipped_bank

HWC = Conventions(order="HWC")
CHW = Conventions(order="CHW")
FROM_1 = Conventions(order="HWC", origin=1)


def case(sizes: str, conventions: Conventions = HWC, **more: Any) -> Case[Given]:
    """Build a case of an image, its sizes written as height x width x channels."""
    named = zip(("height", "width", "channels"), map(int, sizes.split("x")), strict=False)
    return Case(parse_value(Given, {**dict(named), **more}), conventions)


def answers(case: Case[Given]) -> list[Any]:
    """Solve in both ways."""
    key = first_values(TYPE.solve(case, {}))
    assert key == first_values(TYPE.second(case))
    return list(key.values())


SMALL = "4x5x3"
INDEX: dict[str, Any] = {"cells": [[2, 3, 1]]}
POSITION: dict[str, Any] = {"indices": [40]}
MAPS: dict[str, Any] = {"image": ["1 2 3\n4 5 6", "11 12 13\n14 15 16"]}
VECTOR: dict[str, Any] = {"vector": list(range(12))}
SHAPE: dict[str, Any] = {"ask": ["read", "count", "transposed"]}


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        pytest.param(case("24x24x3", ask=["count"]), [1728], id="E1"),
        # (24 r + c) * 3 + k
        pytest.param(case("24x24x3", cells=[[2, 5, 1]]), [160], id="E2"),
        pytest.param(case("24x24x3", cells=[[0, 0, 0], [23, 23, 2]]), [0, 1727], id="E2 first and last"),
        pytest.param(case("24x24x3", indices=[100, 1000]), [1, 9, 1, 13, 21, 1], id="E2 back"),
        pytest.param(case("24x24x3", FROM_1, indices=[100]), [2, 10, 2], id="E2 from 1"),
        pytest.param(case("1068x1600x3", **SHAPE), [1068, 1600, 3, 5126400, 3, 1068, 1600], id="E20 cat"),
        pytest.param(case("166x166", ask=["count"]), [27556], id="E20 logo"),
        pytest.param(case("3x7x2", CHW, ask=["transposed"]), [3, 7, 2], id="to height first"),
        pytest.param(case(SMALL, **INDEX), [40], id="height first"),
        pytest.param(case(SMALL, CHW, **INDEX), [33], id="channels first"),
        pytest.param(case(SMALL, FROM_1, **INDEX), [41], id="X7"),
        pytest.param(case(SMALL, CHW, order="HWC", **INDEX), [40], id="an order of its own"),
        pytest.param(case(SMALL, **POSITION), [2, 3, 1], id="position"),
        pytest.param(case(SMALL, CHW, indices=[33]), [2, 3, 1], id="position, channels first"),
        pytest.param(case("4x5", cells=[[2, 3]], indices=[13]), [13, 2, 3], id="grey"),
        pytest.param(case(SMALL, CHW, moved=[33]), [40], id="moved"),
        pytest.param(case(SMALL, FROM_1, moved=[40]), [34], id="moved back, from 1"),
        pytest.param(case("2x3x2", **MAPS), [((1, 11, 2, 12, 3, 13, 4, 14, 5, 15, 6, 16),)], id="flattened"),
        pytest.param(
            case("2x3x2", CHW, **MAPS), [((1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16),)], id="map by map"
        ),
        pytest.param(
            case("3x2x2", **VECTOR), [((0, 2), (4, 6), (8, 10)), ((1, 3), (5, 7), (9, 11))], id="reshaped"
        ),
        pytest.param(
            case("3x2x2", CHW, **VECTOR), [((0, 1), (2, 3), (4, 5)), ((6, 7), (8, 9), (10, 11))], id="in maps"
        ),
    ],
)
def test_known_answers(asked: Case[Given], key: list[Any]) -> None:
    assert answers(asked) == key


@pytest.mark.parametrize(
    ("asked", "name", "wrong"),
    [
        (case(SMALL, **INDEX), "axes_in_other_order", [33]),
        (case(SMALL, **INDEX), "column_major", [43]),
        (case(SMALL, CHW, **INDEX), "column_major", [34]),
        (case(SMALL, **INDEX), "height_for_width", [34]),
        (case(SMALL, CHW, **INDEX), "height_for_width", [31]),
        (case(SMALL, **INDEX), "channels_forgotten", [13]),
        (case(SMALL, **INDEX), "index_off_by_one", [41]),
        (case(SMALL, FROM_1, **INDEX), "index_off_by_one", [40]),
        (case(SMALL, **INDEX), "other_origin", [22]),
        (case(SMALL, FROM_1, **INDEX), "other_origin", [59]),
        (case(SMALL, **POSITION), "axes_in_other_order", [0, 0, 2]),
        (case(SMALL, **POSITION), "column_major", [1, 3, 1]),
        (case(SMALL, **POSITION), "height_for_width", [3, 1, 1]),
        (case(SMALL, **POSITION), "channels_forgotten", [8, 0, 0]),
        (case(SMALL, **POSITION), "quotient_remainder_swapped", [3, 2, 1]),
        (case(SMALL, **POSITION), "index_off_by_one", [2, 3, 0]),
        (case(SMALL, **POSITION), "other_origin", [3, 4, 1]),
        (case(SMALL, CHW, moved=[33]), "reshape_for_transpose", [33]),
        (case(SMALL, CHW, moved=[33]), "axes_in_other_order", [11]),
        (case(SMALL, CHW, moved=[33]), "axes_reversed", [43]),
        (case("24x24x3", ask=["count"]), "channels_forgotten", [576]),
        (case("166x166", ask=["count"]), "channels_assumed", [82668]),
        (case("1068x1600x3", **SHAPE), "transpose", [1600, 1068, 3, 5126400, 3, 1600, 1068]),
        (case("1068x1600x3", **SHAPE), "axes_reversed", [1068, 1600, 3, 5126400, 3, 1600, 1068]),
        (case("1068x1600x3", **SHAPE), "axes_in_other_order", [1600, 3, 1068, 5126400, 1600, 3, 1068]),
        (case("2x3x2", **MAPS), "column_major", [((1, 11, 4, 14, 2, 12, 5, 15, 3, 13, 6, 16),)]),
        (
            case("3x2x2", CHW, **VECTOR),
            "column_major",
            [((0, 3), (1, 4), (2, 5)), ((6, 9), (7, 10), (8, 11))],
        ),
    ],
)
def test_typical_wrong_answers(asked: Case[Given], name: str, wrong: list[Any]) -> None:
    given = dict(wrong_answers("index_mapping", asked))
    assert list(given[name].values()) == wrong


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (case("4x5", cells=[[2, 3]]), "axes_in_other_order"),
        (case("4x5", cells=[[2, 3]]), "channels_forgotten"),
        (case(SMALL, CHW, moved=[33]), "column_major"),  # how pixels stand among themselves does not matter
        (case(SMALL, cells=[[0, 3, 1]]), "other_origin"),  # there is no row before the first
        (case(SMALL, indices=[0]), "index_off_by_one"),
    ],
)
def test_what_makes_no_sense_is_no_misconception(asked: Case[Given], name: str) -> None:
    assert name not in dict(wrong_answers("index_mapping", asked))


# -- against numpy ------------------------------------------------------------------------------


@pytest.mark.parametrize("conventions", [HWC, CHW])
@pytest.mark.parametrize("sizes", ["2x3x4", "4x3x1", "1x5x2"])
def test_indices_are_those_of_numpy(sizes: str, conventions: Conventions) -> None:
    height, width, channels = map(int, sizes.split("x"))
    values = np.arange(height * width * channels)
    if conventions.order == "HWC":
        cube = values.reshape(height, width, channels)
    else:
        cube = values.reshape(channels, height, width).transpose(1, 2, 0)
    for position, value in np.ndenumerate(cube):
        assert answers(case(sizes, conventions, cells=[list(position)])) == [value]
        assert answers(case(sizes, conventions, indices=[int(value)])) == list(position)


@pytest.mark.parametrize("conventions", [HWC, CHW])
def test_moving_is_transposing(conventions: Conventions) -> None:
    shape, axes = ((2, 3, 4), (2, 0, 1)) if conventions.order == "HWC" else ((4, 2, 3), (1, 2, 0))
    moved = np.arange(24).reshape(shape).transpose(axes).ravel()
    for start in range(0, 24, 6):
        asked = [int(index) for index in moved[start : start + 6]]
        assert answers(case("2x3x4", conventions, moved=asked)) == list(range(start, start + 6))


@pytest.mark.parametrize("conventions", [HWC, CHW])
def test_reshaping_undoes_flattening(conventions: Conventions) -> None:
    ((vector,),) = answers(case("2x3x2", conventions, **MAPS))
    maps = answers(case("2x3x2", conventions, vector=list(vector)))
    assert maps == [((1, 2, 3), (4, 5, 6)), ((11, 12, 13), (14, 15, 16))]


# -- what is asked and written out --------------------------------------------------------------


def test_a_position_weighs_as_much_as_an_index() -> None:
    fields = TYPE.ask(case(SMALL, **INDEX, **POSITION))
    assert [field.name for field in fields] == ["index1", "row1", "column1", "channel1"]
    assert fields[0].weight == sum(field.weight for field in fields[1:])


def test_a_shape_that_is_to_be_read_is_not_said() -> None:
    shown = TYPE.show(case("1068x1600x3", **SHAPE))
    assert shown["shape"] == Symbol("(1068, 1600, 3)")
    assert "sizes" not in shown


def plain(message: Message) -> str:
    return "".join(
        getattr(node, "text", str(getattr(node, "value", ""))) for node in sentence(message, as_written)
    )


def steps(asked: Case[Given]) -> Iterator[str]:
    for step in TYPE.work(asked):
        if isinstance(step, Symbol):
            yield plain_formula(step.latex)
        elif isinstance(step, Lines):
            for line in step.items:
                values = line.values["values"]
                assert isinstance(values, Symbol)
                yield f"{line.values['place']}: {plain_formula(values.latex)}"


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        (
            case(SMALL, FROM_1, **INDEX, **POSITION),
            [
                "index = ((r − 1) · W + (c − 1)) · C + (k − 1) + 1",
                "index = ((3 − 1) · 5 + (4 − 1)) · 3 + (2 − 1) + 1 = 41",
                "41 − 1 = 40",
                "40 = 13 · 3 + 1",
                "13 = 2 · 5 + 3",
            ],
        ),
        (
            case(SMALL, CHW, moved=[33]),
            [
                "33 = 6 · 5 + 3",
                "6 = 1 · 4 + 2",
                "index = (r · W + c) · C + k",
                "index = (2 · 5 + 3) · 3 + 1 = 40",
            ],
        ),
        (case("4x5", cells=[[2, 3]]), ["index = r · W + c", "index = 2 · 5 + 3 = 13"]),
        (case("2x3x2", **MAPS), ["0: (1, 11), (2, 12), (3, 13)", "1: (4, 14), (5, 15), (6, 16)"]),
        (case("3x2x2", CHW, **VECTOR), ["0: (0, 1), (2, 3), (4, 5)", "1: (6, 7), (8, 9), (10, 11)"]),
        (case("1068x1600x3", **SHAPE), ["values = 1068 · 1600 · 3 = 5126400", "(3, 1068, 1600)"]),
    ],
)
def test_worked_solutions(asked: Case[Given], lines: list[str]) -> None:
    assert list(steps(asked)) == lines


def test_worked_positions_end_in_words() -> None:
    *_, last = TYPE.work(case(SMALL, FROM_1, **POSITION))
    assert isinstance(last, Message)
    assert plain(last) == "So index 41 is row 3, column 4, channel 2."


# -- what is drawn and refused ------------------------------------------------------------------

BANK = shipped_bank()
RANDOM = [spec.id for spec in BANK if spec.type == "index_mapping" and spec.params is not None]


@pytest.mark.parametrize("conventions", [HWC, FROM_1, Conventions(order="CHW", origin=1)])
@pytest.mark.parametrize("entry", RANDOM)
def test_entries_can_be_drawn_under_other_conventions(entry: str, conventions: Conventions) -> None:
    for number in range(10):
        stream = Stream(derive(b"index_mapping", [entry, str(number)]))
        draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry], conventions=conventions)


def test_the_same_is_not_asked_twice() -> None:
    params = parse_value(Params, {"height": 1, "width": 2, "cells": 3})
    with pytest.raises(Refused, match="asked twice"):
        TYPE.draw(params, Stream(derive(b"index_mapping", ["twice"])))


def test_no_image_is_filled_that_is_too_large_to_be_written_out() -> None:
    sides = {"height": 10_000, "width": 10_000, "channels": 10_000}
    for asked in ("image", "vector"):
        params = parse_value(Params, {**sides, asked: {"from": 0, "to": 9}})
        with pytest.raises(Refused, match="too large"):
            TYPE.draw(params, Stream(derive(b"index_mapping", ["large"])))


def test_large_images_are_not_walked_value_by_value() -> None:
    tracemalloc.start()
    assert answers(case("10000x10000x10000", ask=["count"])) == [10**12]
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def complaints() -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield "nothing is asked", SMALL, {}
    yield "stands alone", "2x3x2", {**MAPS, **INDEX}
    yield "stands alone", "2x3x2", {**MAPS, **VECTOR}
    yield "at most 24 values", "5x5", {"vector": [1]}
    yield "needs 12 numbers", "2x3x2", {"vector": [1, 2]}
    yield "needs 2 maps of 3 rows and 2 columns", "3x2x2", MAPS
    yield "same in both orders", "4x5", {"moved": [3]}
    yield "same in both orders", "4x5", {"ask": ["transposed"]}
    yield "needs 3 places", SMALL, {"cells": [[1, 2]]}
    yield "outside the image of 4 x 5 x 3", SMALL, {"cells": [[1, 5, 0]]}
    yield "indices 0 to 59", SMALL, {"indices": [60]}
    yield "indices 0 to 59", SMALL, {"moved": [60]}
    yield "asked twice", SMALL, {"indices": [7, 7]}
    yield "10000", "4x10001x3", INDEX


@pytest.mark.parametrize(("complaint", "sizes", "given"), list(complaints()))
def test_what_cannot_be_given(complaint: str, sizes: str, given: dict[str, Any]) -> None:
    with pytest.raises(DataError, match=complaint):
        case(sizes, **given)


def test_values_are_enumerated_only_where_they_are_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A photograph has millions of them."""
    monkeypatch.setattr(walking, "product", None)
    TYPE.second(case("10000x10000x3", **SHAPE, cells=[[9, 9, 2]], indices=[299_999_999]))
