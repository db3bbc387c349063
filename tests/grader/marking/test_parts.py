"""Answers of several parts are read by name or in order; a part that cannot be read does not lose the others."""

from __future__ import annotations

from fractions import Fraction

import pytest

from convexam.generator.document import Symbol, say
from convexam.generator.language import language
from convexam.generator.model import Field, Option
from convexam.generator.render.records import merged
from convexam.generator.values import decode, encode
from convexam.grader.intake.answers import read_submission
from convexam.grader.marking.fields import BLANK, BadCell, read, write
from convexam.grader.marking.unreadable import Unreadable

FIELD = Field(
    "f",
    "record",
    Symbol("f"),
    parts=(
        Field("name", "choice", Symbol("n"), options=(Option("apple"), Option("pear"))),
        Field("size", "integer", Symbol("s")),
        Field("padding", "integer", Symbol("p"), options=(Option("0", also=("no", "none")),)),
    ),
)


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        ({"name": "pear", "size": "3", "padding": "1"}, ("pear", 3, 1)),
        ({"padding": "no", "Name": "Pear"}, ("pear", None, 0)),
        ("{name: pear, size: 3, padding: none}", ("pear", 3, 0)),
        ("name = pear; size = 3; padding = 1", ("pear", 3, 1)),
        ("name: pear\nsize: 3\npadding: 1", ("pear", 3, 1)),
        ("pear, 3, 1", ("pear", 3, 1)),
        ("(pear; 3; 1)", ("pear", 3, 1)),
        ("pear, _, 1", ("pear", None, 1)),
        ("n: pear, s: ３", ("pear", 3, None)),
        (["pear", "3", "1"], ("pear", 3, 1)),
        (["pear", None, "_"], ("pear", None, None)),
        ("pear, 3/2, 1", ("pear", Fraction(3, 2), 1)),
        ("pear, −3, 1", ("pear", -3, 1)),
        ('{"name": "pear", "size": 3}', ("pear", 3, None)),
        ({"pear": None, "3": None, "1": None}, ("pear", 3, 1)),
        ({"name:pear": None, "size:3": None}, ("pear", 3, None)),
        ([{"name": "pear"}, {"size": "3"}], ("pear", 3, None)),
        ("{name: pear, size: 3", ("pear", 3, None)),
        ("pear; size 3; padding 1", ("pear", 3, 1)),
        ("pear, 3 x 3, 1 × 1", ("pear", 3, 1)),
        ({"pear": None, "size": "3"}, ("pear", 3, None)),
        ("pear, , 1", ("pear", None, 1)),
        ("pear, 2*2, 1", ("pear", 4, 1)),
        ("| pear | 3 | 1 |", ("pear", 3, 1)),
        ("pear\t3\t1", ("pear", 3, 1)),
        ("name pear and size 3 and padding none", ("pear", 3, 0)),
        ("name=pear size=3 padding=1", ("pear", 3, 1)),
        ("n: pear, s: 3, padding: 1.", ("pear", 3, 1)),
        ("NAME: PEAR; SIZE: 3", ("pear", 3, None)),
    ],
)
def test_records(raw: object, values: tuple[object, ...]) -> None:
    assert read(FIELD, raw) == values


@pytest.mark.parametrize(
    "raw", ["", "_", "{}", {}, None, {"name": "_", "size": None}, "_, _, _", [None, "_", ""]]
)
def test_blanks(raw: object) -> None:
    assert read(FIELD, raw) is BLANK


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("pear", "which value is which; write name: ..., size: ..., padding: ..."),
        ("pear, 3", "which value is which"),
        ("pear, 3, , 1", "which value is which"),
        ("pear, size: 3, 1", "which value is which"),
        ("kind: pear", "there is no part 'kind'; the parts are name, size, padding"),
        ({"": "3"}, "which value is which"),
        ({"name": "pear", "n": "apple"}, "'name' stands there twice"),
        ("plum, three, one", "name: expected one of apple, pear, found 'plum'"),
        ("about twelve, I think", "which value is which"),
        ({"name": ["pear", "apple"], "size": {"a": "b"}}, "name: expected one of the options, found a list"),
        ("name: pear, " * 1000, "longer than"),
    ],
)
def test_what_cannot_be_read(raw: object, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(FIELD, raw)
    assert reason in str(caught.value.reason)


def test_positions_may_stand_side_by_side() -> None:
    place = Field(
        "f", "record", Symbol("f"), parts=tuple(Field(n, "integer", say(n)) for n in ("row", "column"))
    )
    for raw in ("0 2", "(0, 2)", "[0 2]", "row 0, column 2", "row 0 column 2", "column = 2, row = 0"):
        assert read(place, raw) == (0, 2)
    assert read(place, "rij 0, kolom: 2", language("nl")) == (0, 2)
    for raw in ("02", "0 2 1", "0-2"):
        with pytest.raises(Unreadable):
            read(place, raw)


def test_one_part_that_cannot_be_read() -> None:
    answer = read(FIELD, "pear, three, 1")
    assert isinstance(answer, tuple)
    assert (answer[0], answer[2]) == ("pear", 1)
    assert isinstance(answer[1], BadCell)


@pytest.mark.parametrize("value", [("pear", 3, 0), ("apple", -1, 12)])
def test_a_record_survives_writing_and_storing(value: tuple[str, int, int]) -> None:
    assert read(FIELD, write(FIELD, value)) == value
    assert decode(FIELD, encode(FIELD, value)) == value


# -- in an answer file ---------------------------------------------------------------------------

HEAD = "format: convexam-answers/1\npaper: 39212EAM13HG3N\nanswers:\n"


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("  q:\n    f: {name: pear, size: 3}\n", {"name": "pear", "size": "3"}),
        ("  q:\n    f:\n      name: pear\n      size: 3\n", {"name": "pear", "size": "3"}),
        ("  q:\n    f: pear, 3, 1\n", "pear, 3, 1"),
        ("  q: {f: {name: pear}}\n", {"name": "pear"}),
        # no longer YAML: the line is kept as it stands
        ("  q:\n    f: {name: pear, size: 3}}\n", "{name: pear, size: 3}}"),
        ("  q:\n\tf: {name: pear, size: 3}\n", "{name: pear, size: 3}"),
        ("  p:\n    g: [1\n  q:\n    f: {name: pear, size: 3}\n", "{name: pear, size: 3}"),
    ],
)
def test_answer_files(text: str, raw: object) -> None:
    assert read_submission((HEAD + text).encode(), "a.yaml").answers["q"]["f"] == raw


# -- in print ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "lines"),
    [
        ([], []),
        ([("a", 1)], [(("a",), (1,))]),
        ([("a", 1), ("b", 1)], [(("a", "b"), (1,))]),
        ([("a", 1), ("a", 2), ("b", 1), ("b", 2)], [(("a", "b"), (1, 2))]),
        ([("a", 1), ("b", 1), ("a", 2)], [(("a", "b"), (1,)), (("a",), (2,))]),
        ([("a", 1), ("b", 2)], [(("a",), (1,)), (("b",), (2,))]),
    ],
)
def test_accepted_records_are_put_together(accepted: list[tuple[str, int]], lines: list[object]) -> None:
    assert merged(accepted) == lines
