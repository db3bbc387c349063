"""Comparing: the table of what is right, and the share that a map earns."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from convexam.generator.document import Symbol, say
from convexam.generator.model import Exact, Field, FieldKind, Rounded, Rule, Value
from convexam.grader.marking.compare import echo, mark_field, same
from convexam.grader.marking.fields import Lost
from convexam.grader.model import Verdict

NINTH = Fraction(874, 9)  # 97.11...
MAP = ((1, 2), (3, 4))


def field(kind: FieldKind, rule: Rule = Exact(), shape: tuple[int, int] | None = None) -> Field:  # noqa: B008
    return Field("f", kind, Symbol("f"), rule, shape=shape)


@pytest.mark.parametrize(
    ("kind", "rule", "key", "raw", "verdict"),
    [
        ("number", Exact(), Fraction(1, 2), "0.5", Verdict.RIGHT),
        ("number", Exact(), Fraction(1, 2), "0,5", Verdict.RIGHT),
        ("number", Exact(), Fraction(1, 2), "1/2", Verdict.RIGHT),
        ("number", Exact(), Fraction(1, 3), "0.333333333333333", Verdict.WRONG),
        ("number", Exact(), -7, "−7", Verdict.RIGHT),
        ("integer", Exact(), 1729, "1,729", Verdict.RIGHT),
        ("integer", Exact(), 12, "12.0", Verdict.RIGHT),
        ("integer", Exact(), 12, "12.5", Verdict.WRONG),
        ("integer", Exact(), 5_598_720, "5598721", Verdict.WRONG),
        ("integer", Exact(), 12, "12 or 13", Verdict.UNREADABLE),
        ("integer", Exact(), 12, "nan", Verdict.UNREADABLE),
        ("integer", Exact(), 12, "inf", Verdict.UNREADABLE),
        ("integer", Exact(), 1, "true", Verdict.UNREADABLE),
        ("integer", Exact(), 12, "12+0j", Verdict.UNREADABLE),
        ("integer", Exact(), 0, "", Verdict.BLANK),
        ("integer", Exact(), 0, None, Verdict.BLANK),
        ("integer", Exact(), 0, "_", Verdict.BLANK),
        ("integer", Exact(), 0, Lost(say("gone")), Verdict.UNREADABLE),
        ("number", Rounded(0), NINTH, "97", Verdict.RIGHT),
        ("number", Rounded(0), NINTH, "874/9", Verdict.RIGHT),
        ("number", Rounded(0), NINTH, "97.1", Verdict.RIGHT),
        ("number", Rounded(0), NINTH, "98", Verdict.WRONG),
        ("number", Rounded(0), NINTH, "96.6", Verdict.WRONG),
        ("number", Rounded(2), Fraction(1, 8), "0.12", Verdict.RIGHT),
        ("number", Rounded(2), Fraction(1, 8), "0.13", Verdict.RIGHT),
        ("number", Rounded(2), Fraction(1, 8), "0.14", Verdict.WRONG),
        ("shape", Exact(), (3, 4, 4), "3 × 4 × 4", Verdict.RIGHT),
        ("shape", Exact(), (3, 4, 4), "3 x 4", Verdict.WRONG),
        ("shape", Exact(), (3, 4, 4), "4 x 4 x 3", Verdict.WRONG),
        ("tensor", Exact(), MAP, "1 2\n3 4", Verdict.RIGHT),
        ("tensor", Exact(), MAP, [["1", "2"], ["3", "4"]], Verdict.RIGHT),
        ("tensor", Exact(), MAP, "1 2\n3 5", Verdict.PARTIAL),
        ("tensor", Exact(), MAP, "9 9\n9 9", Verdict.WRONG),
        ("tensor", Exact(), MAP, "1 2 3\n3 4 5", Verdict.WRONG),
        ("tensor", Exact(), MAP, "_ _\n_ _", Verdict.BLANK),
        ("tensor", Exact(), MAP, "1 x\n3 4", Verdict.UNREADABLE),
        ("tensor", Rounded(0), ((NINTH,),), "97", Verdict.RIGHT),
    ],
    ids=str,
)  # fmt: skip
def test_verdicts(kind: FieldKind, rule: Rule, key: Value, raw: Any, verdict: Verdict) -> None:
    mark = mark_field(field(kind, rule), (key,), raw)
    assert mark.verdict is verdict
    assert (mark.credit == 1) is (verdict is Verdict.RIGHT)


@pytest.mark.parametrize(
    ("raw", "credit", "cells"),
    [
        ("1 2\n3 5", "3/4", "RIGHT RIGHT RIGHT WRONG"),
        ("1 2\n3 _", "3/4", "RIGHT RIGHT RIGHT BLANK"),
        ("1 2\n3 x?", "3/4", "RIGHT RIGHT RIGHT UNREADABLE"),
        ("_ 9\n_ 4", "1/4", "BLANK WRONG BLANK RIGHT"),
    ],
)
def test_a_map_earns_a_share_for_each_right_cell(raw: str, credit: str, cells: str) -> None:
    mark = mark_field(field("tensor", shape=(2, 2)), (MAP,), raw)
    assert mark.credit == Fraction(credit)
    assert " ".join(cell for row in mark.cells for cell in row) == cells


def test_a_map_of_another_size_says_so() -> None:
    mark = mark_field(field("tensor"), (MAP,), "1 2 3")
    assert str(mark.reason) == "a map of 1 × 3 cells was read; the right one has another size"


def test_another_size_than_the_one_shown_waits_for_a_human() -> None:
    mark = mark_field(field("tensor", shape=(2, 2)), (MAP,), "1 2\n3 4\n5 6")
    assert mark.verdict is Verdict.UNREADABLE
    assert mark.credit == 0
    assert str(mark.reason) == "a map of 3 × 2 cells was read; 2 × 2 cells were expected"


def test_any_accepted_value_is_right_and_the_best_counts() -> None:
    accepted = (((1, 1), (1, 1)), MAP)
    assert mark_field(field("tensor"), accepted, "1 2\n3 4").verdict is Verdict.RIGHT
    assert mark_field(field("tensor"), accepted, "1 2\n3 9").credit == Fraction(3, 4)


def test_a_long_answer_is_not_repeated_in_full() -> None:
    assert len(mark_field(field("number"), (1,), "x" * 4000).raw) < 250


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ([["1", "", "x"], ["2", None, "3"]], "1 _ x\n2 _ 3"),
        (["A", "C"], "A, C"),
        ({"size": "3", "kind": ""}, "size: 3, kind: "),
        ([["1"], "2"], "1\n2"),
        (None, ""),
    ],
)
def test_an_answer_is_repeated_as_one_would_type_it(raw: Any, text: str) -> None:
    assert echo(raw) == text


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), True, None, "1", 1.0])
def test_only_exact_numbers_are_ever_equal(odd: Any) -> None:
    assert not same(Exact(), odd, 1)


@pytest.mark.parametrize(("raw", "verdict"), [("8\n9", Verdict.WRONG), ("1\n9", Verdict.PARTIAL)])
def test_of_equally_good_comparisons_the_one_of_the_right_size_counts(raw: str, verdict: Verdict) -> None:
    """A row whose column is right as well: a wrong column is wrong, and no human needs to look."""
    mark = mark_field(field("tensor", shape=(1, 2)), (((1, 2),), ((1,), (2,))), raw)
    assert mark.verdict is verdict
    assert len(mark.cells) == 2
