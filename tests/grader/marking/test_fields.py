"""Fields of every kind: blank, unreadable and readable are three things, and what is written is read back."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convexam.generator.document import Symbol, say
from convexam.generator.model import Field, FieldKind, Option
from convexam.grader.marking import choices, fields
from convexam.grader.marking.fields import (
    BLANK,
    Answer,
    BadCell,
    Blank,
    Lost,
    Unreadable,
    plainly,
    read,
    write,
)

from ...quick import is_quick

KINDS: list[FieldKind] = ["integer", "number", "tensor", "shape"]


def field(kind: FieldKind, shape: tuple[int, int] | None = None) -> Field:
    return Field("Y", kind, Symbol("Y"), shape=shape)


BLANKS: list[Any] = [
    None,
    "",
    " ",
    "\n\t\r\n",
    "_",
    "____",
    "_ _\n_ _",
    "\u200b\ufeff",
    [],
    [None, ""],
    ["_", [None]],
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", BLANKS, ids=ascii)
def test_nothing_is_blank(kind: FieldKind, raw: object) -> None:
    assert read(field(kind), raw) is BLANK


@pytest.mark.parametrize(
    ("kind", "raw"),
    [("tensor", "[_, _]"), ("tensor", "_ | \n |"), ("shape", "_ x _"), ("shape", " x  x "), ("shape", "( )")],
)
def test_a_form_that_was_not_filled_in_is_blank(kind: FieldKind, raw: str) -> None:
    assert read(field(kind), raw) is BLANK


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("raw", ["-", "?", "–", ".", "n/a", "none", "null", "~", "y"])
def test_a_sign_of_something_is_not_blank(kind: FieldKind, raw: str) -> None:
    with pytest.raises(Unreadable):
        read(field(kind), raw)


SHAPES: dict[str, tuple[int, ...]] = {
    "3x4x4": (3, 4, 4),
    "3 x 4 x 4": (3, 4, 4),
    "3 X 4 X 4": (3, 4, 4),
    "3 × 4 × 4": (3, 4, 4),
    "３ｘ４": (3, 4),
    "3*4*4": (3, 4, 4),
    "3·4·4": (3, 4, 4),
    "3 x 4×4": (3, 4, 4),
    "(3, 4, 4)": (3, 4, 4),
    "[3,4,4]": (3, 4, 4),
    "{3; 4; 4}": (3, 4, 4),
    "3, 4, 4": (3, 4, 4),
    "3 4 4": (3, 4, 4),
    "3 by 4": (3, 4),
    "3by4": (3, 4),
    "3-by-4": (3, 4),
    "(16,)": (16,),
    "16\n": (16,),
    "0 x 3": (0, 3),
    "003x4": (3, 4),
    "64,112,112": (64, 112, 112),
    "12, 544": (12, 544),
    "(12,544)": (12, 544),
    "12.544": (12544,),
    "12'544 x 10": (12544, 10),
    "3 x 4 x 4.": (3, 4, 4),
    "torch.Size([3, 4, 4])": (3, 4, 4),
    "Y = (3, 4)": (3, 4),
}


@pytest.mark.parametrize(("text", "shape"), SHAPES.items(), ids=map(ascii, SHAPES))
def test_shapes_are_read_as_meant(text: str, shape: tuple[int, ...]) -> None:
    assert read(field("shape"), text) == shape


def test_a_shape_may_be_a_list() -> None:
    assert read(field("shape"), ["3", " 4 ", "４"]) == (3, 4, 4)
    assert read(field("shape"), [["3", "4"]]) == (3, 4)


NO_SHAPES: dict[str, tuple[object, str]] = {
    "negative": ("-1x4", "expected a shape, such as 3 x 4 x 4, found '-1'"),
    "not whole": ("12.5x3", "expected a shape, such as 3 x 4 x 4, found '12.5'"),
    "word": ("3 x 4 channels", "expected a shape, such as 3 x 4 x 4, found 'channels'"),
    "names": ("C=3", "expected a shape, such as 3 x 4 x 4, found 'C=3'"),
    "power": ("3²", "expected a shape, such as 3 x 4 x 4, found '3²'"),
    "ten digits": ("1234567890", "expected a shape, such as 3 x 4 x 4, found '1234567890'"),
    "Cyrillic letter": ("3х4", "character U+0445 CYRILLIC SMALL LETTER HA is not allowed"),
    "one size missing": ("3x", "a size of the shape is missing; write all of them, such as 3 x 4 x 4"),
    "one size left blank": ("3 x _", "expected a shape, such as 3 x 4 x 4, found '_'"),
    "one item missing": (["3", None], "a size of the shape is missing; write all of them, such as 3 x 4 x 4"),
    "two separators": ("3,4 x 4", "'3,4 x 4' separates its sizes in two ways; write a shape as 3 x 4 x 4"),
    "one size or two": ("12,544", "'12,544' can be one size or several; write 12544 or 12 x 544"),
    "one size or two, spaces": ("12 544", "'12 544' can be one size or several; write 12544 or 12 x 544"),
    "a size of no number": (
        "1,000,000",
        "'1,000,000' can be one size or several; write 1000000 or 1 x 000 x 000",
    ),
    "axes with names": ("C=3, H=4", "expected a shape, such as 3 x 4 x 4, found 'C=3'"),
    "maps at a size": ("3@4x4", "expected a shape, such as 3 x 4 x 4, found '3@4'"),
    "nine axes": ("1x1x1x1x1x1x1x1x1", "a shape of 9 axes; at most 8 are read"),
    "nested": ([["3"], ["4"]], "expected a shape, such as [3, 4, 4], found lists in a list"),
    "keys": ({"rows": "3"}, "expected a shape, such as 3 x 4 x 4, found keys and values"),
}


@pytest.mark.parametrize(("raw", "reason"), NO_SHAPES.values(), ids=NO_SHAPES)
def test_what_is_no_shape_is_refused(raw: object, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(field("shape"), raw)
    assert str(caught.value.reason) == reason


@pytest.mark.parametrize(
    ("kind", "raw", "reason"),
    [
        ("integer", ["12", "13"], "expected a whole number, found a list"),
        ("integer", {"n": "12"}, "expected a whole number, found keys and values"),
        ("number", [["12"]], "expected a number, found a list"),
        ("tensor", {"n": "12"}, "expected rows of numbers, found keys and values"),
        ("integer", "about 1", "expected a whole number, found the word 'about'"),
        ("integer", "1" * 4097, "the answer is longer than 4096 characters"),
        ("tensor", "1 " * 2049, "the answer is longer than 4096 characters"),
        ("shape", Lost(say("it was damaged")), "it was damaged"),
    ],
)
def test_unreadable_says_why(kind: FieldKind, raw: object, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(field(kind), raw)
    assert str(caught.value.reason) == reason


def test_a_number_that_is_not_whole_is_wrong_but_readable() -> None:
    assert read(field("integer"), "12,5") == Fraction(25, 2)


def test_whole_and_other_numbers_differ_in_their_points() -> None:
    assert read(field("integer"), "1.729") == 1729
    assert read(field("number"), "1.729") == Fraction(1729, 1000)


def test_one_bad_cell_is_kept_beside_the_others() -> None:
    answer = read(field("tensor"), "1 x\n3 4")
    assert answer == (
        (
            1,
            BadCell(
                "'x'",
                say(
                    "expected {{ expected }}, found {{ found }}",
                    expected=say("a number"),
                    found=say("the word {{ word }}", word="'x'"),
                ),
            ),
        ),
        (3, 4),
    )


NUMBERS = st.one_of(
    st.integers(-(10**6), 10**6), st.fractions(max_denominator=999).filter(lambda n: abs(n) < 10**9)
)
CELLS = st.one_of(NUMBERS, st.none())
MAPS = st.integers(1, 6).flatmap(
    lambda columns: st.lists(st.tuples(*[CELLS] * columns), min_size=1, max_size=6).map(tuple)
)


@given(
    st.one_of(
        st.tuples(st.just("integer"), st.integers()),
        st.tuples(st.just("number"), NUMBERS),
        st.tuples(st.just("shape"), st.lists(st.integers(0, 10**9 - 1), min_size=1, max_size=8).map(tuple)),
        st.tuples(st.just("tensor"), MAPS),
        st.tuples(st.sampled_from(KINDS), st.just(BLANK)),
    )
)
def test_what_is_written_is_read_back(pair: tuple[FieldKind, Answer | Blank]) -> None:
    kind, answer = pair
    is_blank_map = kind == "tensor" and isinstance(answer, tuple) and not any(map(_any_cell, answer))
    assert read(field(kind), write(field(kind), answer)) == (BLANK if is_blank_map else answer)


def _any_cell(row: Any) -> bool:
    return any(cell is not None for cell in row)


@given(MAPS)
def test_a_map_is_read_back_where_the_paper_shows_its_size(tensor: Any) -> None:
    shown = field("tensor", (len(tensor), len(tensor[0])))
    assert read(shown, write(shown, tensor)) in (tensor, BLANK)


def test_a_blank_map_of_a_known_size_is_a_form() -> None:
    assert write(field("tensor", (2, 3)), BLANK) == "_ _ _\n_ _ _"
    assert write(field("tensor"), BLANK) == ""


RAW = st.recursive(
    st.none() | st.text(max_size=80) | st.text("0123456789 -+*/^.,;|&[](){}_x\n\\", max_size=200),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(KINDS), RAW, st.none() | st.tuples(st.integers(1, 4), st.integers(1, 4)))
def test_whatever_was_handed_in_is_an_answer_blank_or_unreadable(
    kind: FieldKind, raw: object, shape: tuple[int, int] | None
) -> None:
    try:
        answer = read(field(kind, shape), raw)
    except Unreadable:
        return
    assert isinstance(answer, (int, Fraction, tuple, Blank))


HOSTILE: dict[str, object] = {
    "spaces": "1" + " " * 4000 + "1",
    "lines": "1\n" * 2000,
    "commas": "," * 4096,
    "commas and spaces": ", " * 2048,
    "brackets": "[" * 4096,
    "pairs of brackets": "[]" * 2048,
    "bars": "|" * 4096,
    "dashes": "-" * 4096,
    "rules": "|---" * 1024,
    "by": "by" * 2048,
    "digits": "9" * 4096,
    "cells": [["9" * 40 + "/" + "7" * 40] * 64] * 40,
    "towers": " ".join(["9**9**9"] * 500),
    "fractions of LaTeX": r"\frac{1}{2}" * 370,
    "open fractions of LaTeX": r"\frac{1" * 510,
    "environments": r"\begin{bmatrix}" * 270,
    "calls": "tensor(" * 580 + ")",
    "options of calls": "tensor(" + ", dtype=a" * 450 + ")",
    "names": "y = " * 1020,
    "row numbers": "1: " * 1360,
    "tabs": "1" + "\t" * 4000 + "1",
    "line ends": "1" + "\n" * 4000 + "1",
    "zero bytes": "\0" * 4096,
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_answers_take_no_time(kind: FieldKind, raw: object) -> None:
    def reading() -> None:
        try:
            read(field(kind), raw)
        except Unreadable as error:
            assert len(str(error.reason)) < 250  # noqa: PT017

    assert is_quick(0.1, reading)


OPTIONS = (Option("A"), Option("B", also=("C or D",)), Option("valid"), Option("same padding"))
PLAIN = st.one_of(
    st.from_regex(r"\s?[+-]?[0-9]{1,42}\s?", fullmatch=True),
    st.from_regex(r"[0-9]{1,10}( ?x ?[0-9]{1,3}){0,9}", fullmatch=True),
    st.sampled_from([option.name for option in OPTIONS]),
    st.text("0123456789 x+-,.AB", max_size=8),
)


@given(st.sampled_from(("integer", "number", "shape", "choice")), PLAIN)
def test_the_short_way_reads_what_the_long_way_reads(kind: FieldKind, text: str) -> None:
    asked = Field("a", kind, Symbol("a"), options=OPTIONS if kind == "choice" else ())
    short = plainly(asked, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fields, "plainly", lambda *_: None)
        patch.setattr(choices, "is_name", lambda *_: False)
        if short is not None:
            assert read(asked, text) == short
            assert type(read(asked, text)) is type(short)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [("integer", "-12", -12), ("number", " 0 ", 0), ("shape", "3 x 4", (3, 4)), ("choice", "valid", "valid")],
)
def test_what_takes_the_short_way(kind: FieldKind, text: str, value: object) -> None:
    assert plainly(Field("a", kind, Symbol("a"), options=OPTIONS), text) == value
