"""Phrases that hold a value."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from convexam.generator.document import Symbol
from convexam.generator.model import Conventions, Exact, Field, Option, Rounded, Rule
from convexam.generator.render.phrases import (
    asked,
    convention_sentences,
    hint,
    points_phrase,
    points_text,
)
from convexam.generator.render.plain import plain
from convexam.generator.text import sentence


@pytest.mark.parametrize(
    ("points", "expected"),
    [("4", "4"), ("5/2", "2.5"), ("10", "10"), ("1/8", "0.125"), ("7/3", "7/3"), ("100", "100")],
)
def test_points_text(points: str, expected: str) -> None:
    assert points_text(Fraction(points)) == expected


def test_one_point_is_singular() -> None:
    assert [plain(sentence(points_phrase(Fraction(n)))) for n in (1, 2)] == ["1 point", "2 points"]


@pytest.mark.parametrize(
    ("kind", "rule", "shape", "expected"),
    [
        pytest.param("integer", Exact(), None, "a whole number", id="integer"),
        pytest.param("number", Rounded(2), None, "a number, rounded to 2 decimals", id="decimals"),
        pytest.param("number", Rounded(1), None, "a number, rounded to 1 decimal", id="one decimal"),
        pytest.param(
            "number", Rounded(0), None, "a number, rounded to the nearest whole number", id="no decimals"
        ),
        pytest.param("shape", Exact(), None, "a shape, channels × height × width", id="shape"),
        pytest.param("tensor", Exact(), (2, 3), "a map of 2 × 3 cells", id="map"),
        pytest.param("tensor", Exact(), (1, 3), "a row of 3 cells", id="row"),
        pytest.param("tensor", Exact(), None, "a map, its size is for you to find", id="map of hidden size"),
    ],
)
def test_asked(kind: str, rule: Rule, shape: tuple[int, int] | None, expected: str) -> None:
    field = Field("f", kind, Symbol("f"), rule, shape=shape)  # type: ignore[arg-type]
    assert plain(sentence(asked(field, Conventions()))) == expected


def test_a_row_of_hidden_length_is_called_a_row() -> None:
    field = Field("f", "tensor", Symbol("f"), row=True)
    assert plain(sentence(asked(field, Conventions()))) == "a row, its length is for you to find"


SETTINGS: tuple[tuple[Any, ...], ...] = (
    ("cross-correlation", "convolution"),
    (0, 1),
    ("floor", "ceil"),
    (False, True),
    ("CHW", "HWC"),
    (False, True),
)


def test_every_convention_reads_differently() -> None:
    """No two settings print the same cover, so that the cover always says what the key obeys."""
    covers = {
        tuple(plain(sentence(message)) for message in convention_sentences(Conventions(*chosen)))
        for chosen in product(*SETTINGS)
    }
    assert len(covers) == 64


def test_the_cover_says_what_rounding_up_leaves_out() -> None:
    said = [plain(sentence(message)) for message in convention_sentences(Conventions(rounding="ceil"))]
    left_out = "A window that would begin behind the input and its front padding is left out."
    assert sum(left_out in text for text in said) == 1


TRUTH = (Option("true"), Option("false"))


@pytest.mark.parametrize(
    ("kind", "options", "expected"),
    [
        pytest.param("choice", TRUTH, "one of true, false", id="choice"),
        pytest.param("choices", TRUTH, "of true, false, any number of them, separated by commas; write none if there are none", id="choices"),
        pytest.param("order", TRUTH, "of true, false, all of them, the first one first", id="order"),
        pytest.param("text", (), "a few sentences", id="text"),
    ],
)  # fmt: skip
def test_what_is_asked_of_options(kind: str, options: tuple[Option, ...], expected: str) -> None:
    field = Field("f", kind, Symbol("f"), options=options)  # type: ignore[arg-type]
    assert plain(sentence(asked(field, Conventions()))) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param(TRUTH, "true / false", id="words"),
        pytest.param((Option("A"), Option("B")), None, id="letters"),
        pytest.param(tuple(Option(f"a rather long option {n}") for n in range(3)), None, id="too long"),
    ],
)
def test_the_options_stand_beside_a_box_where_they_fit(
    options: tuple[Option, ...], expected: str | None
) -> None:
    advice = hint(Field("f", "choice", Symbol("f"), options=options), Conventions())
    assert (None if advice is None else plain(sentence(advice))) == expected
