from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convexam.generator.draws import (
    Entries,
    Ints,
    OneOf,
    OneOfNumbers,
    Span,
    TensorOneOf,
    TensorRange,
    TensorSpan,
    draw_entries,
    draw_int,
    draw_shape,
    draw_tensor,
)
from convexam.generator.errors import DataError
from convexam.generator.reading.schema import dump, parse_value
from convexam.generator.streams import Stream


def stream(name: str = "") -> Stream:
    return Stream(bytes(32)).child(name)


@pytest.mark.parametrize(
    ("type_", "data", "value"),
    [
        (Ints, "3", 3),
        (Ints, {"from": "0", "to": "5"}, Span(0, 5)),
        (Ints, {"from": "-2", "to": "-2"}, Span(-2, -2)),
        (Ints, {"one_of": ["1", "2"]}, OneOf((1, 2))),
        (Entries, {"from": "-3", "to": "5"}, Span(-3, 5)),
        (Entries, {"one_of": ["-1", "0", "1/2"]}, OneOfNumbers((-1, 0, Fraction(1, 2)))),
        (TensorRange, {"shape": ["1", "4"], "from": "0", "to": "9"}, TensorSpan((1, 4), 0, 9)),
        (
            TensorRange,
            {"shape": [{"from": "3", "to": "5"}, {"one_of": ["1", "64"]}], "one_of": ["0.5", "2"]},
            TensorOneOf((Span(3, 5), OneOf((1, 64))), (Fraction(1, 2), 2)),
        ),
    ],
)
def test_what_a_bank_may_say(type_: Any, data: Any, value: Any) -> None:
    assert parse_value(type_, data) == value
    assert parse_value(type_, dump(value, type_)) == value


WHOLE = "expected a whole number, such as 3 or -12, found "
INTS = "expected a whole number, {from: 0, to: 5} or {one_of: [1, 2]}, found "
ENTRIES = "expected {from: -3, to: 5} or {one_of: [-1, 0, 1/2]}, found "
TENSOR = "expected {shape: [1, 4, 4], from: -3, to: 5} or {shape: [3, 3], one_of: [-1, 0, 1]}, found "


def tensor(*shape: Any) -> dict[str, Any]:
    return {"shape": list(shape), "from": 0, "to": 1}


@pytest.mark.parametrize(
    ("type_", "data", "fault"),
    [
        (Ints, "x", f"$: {WHOLE}'x'"),
        (Ints, None, f"$: {WHOLE}nothing"),
        (Ints, ["1"], f"$: {WHOLE}a list"),
        (Ints, {}, f"$: {INTS}a mapping"),
        (Ints, {"one-of": ["1"]}, f"$: {INTS}a mapping"),
        (Ints, {"from": 5, "to": 0}, "$: 'from' is 5 and 'to' is 0; 'from' must not be the larger"),
        (Ints, {"from": 5}, "$: 'to' is missing"),
        (Ints, {"low": 5, "to": 6}, "$.low: unknown key 'low'; Known here: from, to"),
        (Ints, {"from": "1/2", "to": 6}, f"$.from: {WHOLE}'1/2'"),
        (Ints, {"one_of": []}, "$.one_of: too few: 0 given, at least 1 needed"),
        (Ints, {"one_of": [1, 2, "01"]}, "$.one_of: 1 stands here twice; list every one once"),
        (Ints, {"one_of": ["1/2"]}, f"$.one_of[0]: {WHOLE}'1/2'"),
        (Entries, 3, f"$: {ENTRIES}'3'"),
        (Entries, {"one_of": ["1/2", "0.5"]}, "$.one_of: 1/2 stands here twice; list every one once"),
        (TensorRange, "3", f"$: {TENSOR}'3'"),
        (TensorRange, {"shape": [3]}, f"$: {TENSOR}a mapping"),
        (TensorRange, {"from": 0, "to": 1}, "$: 'shape' is missing"),
        (
            TensorRange,
            {"shape": [1], "from": 1, "to": 0},
            "$: 'from' is 1 and 'to' is 0; 'from' must not be the larger",
        ),
        (TensorRange, tensor(), "$.shape: too few: 0 given, at least 1 needed"),
        (TensorRange, tensor(1, 1, 1, 1, 1), "$.shape: too many: 5 given, at most 4 allowed"),
        (TensorRange, tensor(3, 0), "$.shape[1]: the size of an axis is 1 to 64, found 0"),
        (TensorRange, tensor(65), "$.shape[0]: the size of an axis is 1 to 64, found 65"),
        (TensorRange, tensor({"from": -1, "to": 4}), "$.shape[0]: the size of an axis is 1 to 64, found -1"),
        (TensorRange, tensor({"one_of": [4, 99]}), "$.shape[0]: the size of an axis is 1 to 64, found 99"),
        (
            TensorRange,
            tensor(64, 64, {"from": 1, "to": 2}),
            "$.shape: this shape has up to 8192 entries, at most 4096 are drawn",
        ),
        (
            TensorRange,
            {"shape": [1], "one_of": [1], "from": 2},
            "$.one_of: unknown key 'one_of'; Known here: shape, from, to",
        ),
    ],
)
def test_what_a_bank_may_not_say(type_: Any, data: Any, fault: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_value(type_, data)
    assert fault in [f"{found.path}: {found.message}" for found in caught.value.faults]


# -- drawing ------------------------------------------------------------------------------------


def test_a_fixed_number_takes_nothing_from_the_stream() -> None:
    used = stream()
    assert draw_int(3, used) == 3
    assert used.below(1000) == stream().below(1000)


@pytest.mark.parametrize(
    ("ints", "possible"),
    [(Span(-1, 2), {-1, 0, 1, 2}), (OneOf((7, -9)), {7, -9}), (Span(4, 4), {4})],
    ids=str,
)
def test_every_number_is_drawn_about_equally_often(ints: Ints, possible: set[int]) -> None:
    used = stream()
    counts = Counter(draw_int(ints, used) for _ in range(1000))
    assert set(counts) == possible
    assert min(counts.values()) > 800 / len(possible)


def test_golden_draws() -> None:
    """What was drawn for a name once is drawn for it for ever: papers are reproduced from it."""
    assert draw_entries(Span(-3, 5), 8, stream("a")) == (-3, -1, 1, 5, -2, 1, 3, 5)
    half = Fraction(1, 2)
    assert draw_entries(OneOfNumbers((-1, 0, half)), 8, stream("b")) == (-1, -1, half, 0, half, half, -1, 0)
    assert draw_tensor(TensorSpan((Span(1, 3), 2, OneOf((2, 3))), 0, 9), stream("c")) == (
        ((5, 8), (6, 8)),
        ((8, 6), (2, 2)),
    )


def test_axes_and_entries_have_streams_of_their_own() -> None:
    shape = draw_shape((Span(1, 60), Span(1, 60)), stream())
    assert draw_shape((5, Span(1, 60)), stream()) == (5, shape[1])
    assert draw_tensor(TensorSpan((Span(4, 4), 2), 0, 99), stream()) == draw_tensor(
        TensorSpan((4, 2), 0, 99), stream()
    )


@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=4),
    st.integers(-5, 5),
    st.integers(0, 5),
    st.text(max_size=3),
)
def test_a_tensor_has_its_shape_and_its_entries_in_order(
    shape: list[int], low: int, width: int, name: str
) -> None:
    range_ = TensorSpan(tuple(shape), low, low + width)
    drawn = draw_tensor(range_, stream(name))
    flat = draw_entries(range_.entries, prod(shape), stream(name).child("entries"))
    assert shape_of(drawn) == tuple(shape)
    assert tuple(flattened(drawn)) == flat
    assert all(low <= number <= low + width for number in flat)


def shape_of(nested: Any) -> tuple[int, ...]:
    if not isinstance(nested, tuple):
        return ()
    (inner,) = {shape_of(part) for part in nested}
    return (len(nested), *inner)


def flattened(nested: Any) -> list[Any]:
    return (
        [number for part in nested for number in flattened(part)] if isinstance(nested, tuple) else [nested]
    )
