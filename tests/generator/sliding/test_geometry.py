"""Stride, padding and dilation: how an entry says them, how they are drawn, how a paper words them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, get_origin

import pytest

from convexam.generator.document import Message, listed
from convexam.generator.draws import Span
from convexam.generator.reading.schema import parse_value
from convexam.generator.sliding.geometry import (
    Biases,
    Map,
    NamedPadding,
    Pair,
    Sides,
    beside,
    draw_padding,
    draw_pair,
    map_size,
    named_padding,
    padding_phrase,
    pair_phrase,
    rounding_phrase,
)
from convexam.generator.streams import Stream

Both = tuple[int, int]
AllSides = tuple[Both, Both]


def words(phrase: object) -> str:
    """Fill the values of a phrase in."""
    if not isinstance(phrase, Message):
        return str(phrase)
    return re.sub(r"\{\{ (\w+) \}\}", lambda found: words(phrase.values[found[1]]), phrase.text)


# -- phrases ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pair", "text"),
    [((2, 2), "2"), ((2, 1), "2 down and 1 across"), ((1, 3), "1 down and 3 across")],
)
def test_pairs_in_words(pair: Both, text: str) -> None:
    assert words(pair_phrase(pair)) == text


@pytest.mark.parametrize(
    ("sides", "text"),
    [
        (((0, 0), (0, 0)), "no padding"),
        (((2, 2), (2, 2)), "zero padding of 2 on every side"),
        (((1, 1), (2, 2)), "zero padding of 1 above and below and 2 left and right"),
        (((0, 0), (3, 3)), "zero padding of 0 above and below and 3 left and right"),
        (((1, 2), (3, 4)), "zero padding of 1 above, 2 below, 3 left and 4 right"),
        (((1, 1), (0, 1)), "zero padding of 1 above, 1 below, 0 left and 1 right"),
        (((0, 1), (2, 2)), "zero padding of 0 above, 1 below, 2 left and 2 right"),
        (((0, 1), (0, 1)), "zero padding of 0 above, 1 below, 0 left and 1 right"),
    ],
)
def test_padding_in_words(sides: AllSides, text: str) -> None:
    assert words(padding_phrase(sides)) == text
    assert words(padding_phrase(sides, zeros=False)) == text.replace("zero padding", "padding")


@pytest.mark.parametrize(
    ("digits", "text"),
    [(0, "rounded to the nearest whole number"), (1, "rounded to 1 decimal"), (3, "rounded to 3 decimals")],
)
def test_rounding_in_words(digits: int, text: str) -> None:
    assert words(rounding_phrase(digits)) == text


@pytest.mark.parametrize(("numbers", "text"), [((4,), "4"), ((3, -1, Fraction(1, 2)), "3, -1, 1/2")])
def test_numbers_in_words(numbers: Any, text: str) -> None:
    assert words(listed(numbers)) == text


# -- what an entry may say ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "data", "value"),
    [
        (Pair, 2, (2, 2)),
        (Pair, [2, 1], (2, 1)),
        (Sides, 1, ((1, 1), (1, 1))),
        (Sides, [1, 2], ((1, 1), (2, 2))),
        (Sides, [[1, 2], [3, 4]], ((1, 2), (3, 4))),
        (Sides, [0, [3, 4]], ((0, 0), (3, 4))),
        (Biases, 3, (3,)),
        (Biases, [3, -1], (3, -1)),
        (Map, "1 2 3\n4 5 -6\n", ((1, 2, 3), (4, 5, -6))),
        (Map, [[1, 2]], ((1, 2),)),
    ],
    ids=lambda part: None if get_origin(part) else str(part),  # not of types: they hold addresses
)
def test_fixed_quantities(type_: Any, data: Any, value: Any) -> None:
    assert parse_value(type_, data) == value


def test_the_size_of_a_map_is_rows_then_columns() -> None:
    assert map_size(((1, 2, 3), (4, 5, 6))) == (2, 3)


# -- drawing ------------------------------------------------------------------------------------


def stream(number: int) -> Stream:
    return Stream(bytes(32)).child(str(number))


def test_one_range_is_drawn_once_and_two_apart() -> None:
    once = {draw_pair(Span(1, 3), stream(number)) for number in range(50)}
    apart = {draw_pair((Span(1, 3), Span(5, 6)), stream(number)) for number in range(100)}
    assert once == {(1, 1), (2, 2), (3, 3)}
    assert apart == {(down, across) for down in (1, 2, 3) for across in (5, 6)}
    assert draw_pair(4, stream(0)) == (4, 4)


@pytest.mark.parametrize(
    ("name", "sizes", "kernel", "stride", "dilation", "sides"),
    [
        ("valid", (5, 6), (2, 3), (1, 1), (1, 1), ((0, 0), (0, 0))),
        ("same_upper", (5, 6), (2, 3), (1, 1), (1, 1), ((0, 1), (1, 1))),
        ("same_lower", (5, 6), (2, 3), (1, 1), (1, 1), ((1, 0), (1, 1))),
        # rows: 3 windows of 3, at 0, 2 and 4, need 7 cells; columns: 6 windows that span 4 need 9
        ("same_upper", (5, 6), (3, 2), (2, 1), (1, 3), ((1, 1), (1, 2))),
        ("same_lower", (5, 6), (3, 2), (2, 1), (1, 3), ((1, 1), (2, 1))),
        # 2 windows of 1, at 0 and 3, need no more than the 5 cells
        ("same_upper", (5, 5), (1, 4), (3, 3), (1, 1), ((0, 0), (1, 1))),
    ],
    ids=str,
)
def test_named_padding(
    name: NamedPadding, sizes: Both, kernel: Both, stride: Both, dilation: Both, sides: AllSides
) -> None:
    assert named_padding(name, sizes, kernel, stride, dilation) == sides
    how = {"sizes": sizes, "kernel": kernel, "stride": stride, "dilation": dilation}
    assert draw_padding(name, Stream(bytes(32)), **how) == sides


@pytest.mark.parametrize(("padding", "sides"), [(2, ((2, 2), (2, 2))), ((1, 3), ((1, 1), (3, 3)))])
def test_padding_in_numbers(padding: Any, sides: AllSides) -> None:
    one = (1, 1)
    drawn = draw_padding(padding, stream(0), sizes=(5, 6), kernel=one, stride=one, dilation=one)
    assert drawn == sides


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [((1, 1), {2, 8, 4, 6}), ((0, 0), {2, 4}), ((2, 1), {5, 7, 9}), ((-1, 0), set()), ((1, 3), set())],
)
def test_what_stands_beside_a_cell(cell: tuple[int, int], numbers: set[int]) -> None:
    assert set(beside(((1, 2, 3), (4, 5, 6), (7, 8, 9)), cell)) == numbers
