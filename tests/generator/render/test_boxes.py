"""Names and words of the boxes of a form: a fact of the field, and one for all who read or write answers."""

from __future__ import annotations

import re

import pytest

from convexam.generator.document import Symbol, say
from convexam.generator.model import Field, FieldKind, Option
from convexam.generator.render.box_names import box_names
from convexam.generator.render.boxes import Box, Control, boxes
from convexam.generator.render.look import PRINT, SCREEN, Look

ABC = tuple(map(Option, "ABC"))
LABEL = say("What is asked")
PART = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def record() -> Field:
    parts = (Field("size", "integer", say("Size")), Field("kind", "choice", say("Kind"), options=ABC))
    return Field("setting", "record", LABEL, parts=parts)


@pytest.mark.parametrize(
    ("field", "names"),
    [
        (Field("count", "integer", LABEL), [["q/2.b/count"]]),
        (Field("said", "text", LABEL), [["q/2.b/said"]]),
        (Field("which", "choices", LABEL, options=ABC), [["q/2.b/which"]]),
        (record(), [["q/2.b/setting/size", "q/2.b/setting/kind"]]),
        (
            Field("Y", "tensor", LABEL, shape=(2, 3)),
            [[f"q/2.b/Y/{row},{column}" for column in (1, 2, 3)] for row in (1, 2)],
        ),
        (Field("Y", "tensor", LABEL), [["q/2.b/Y"]]),
    ],
)
def test_names(field: Field, names: list[list[str]]) -> None:
    assert [list(row) for row in box_names("q/2.b", field)] == names
    assert [[box.name for box in row] for row in boxes("q/2.b", 7, field, PRINT).rows] == names


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (Field("count", "integer", LABEL), "Question 7, What is asked"),
        (Field("Y", "tensor", Symbol("Y_{1}"), shape=(1, 1)), "Question 7, Y₁, row 1, column 1"),
        (record(), "Question 7, What is asked, Size"),
    ],
)
def test_words_say_which_box_it_is(field: Field, words: str) -> None:
    for look in (SCREEN, PRINT):
        assert boxes("q", 7, field, look).first.words == words


@pytest.mark.parametrize(
    ("kind", "on_screen", "in_print"),
    [
        ("integer", "line", "line"),
        ("expression", "line", "line"),
        ("text", "lines", "lines"),
        ("choice", "one", "line"),
        ("choices", "several", "line"),
        ("order", "order", "line"),
    ],
)
def test_controls(kind: FieldKind, on_screen: Control, in_print: Control) -> None:
    field = Field("x", kind, LABEL, options=ABC)
    assert boxes("q", 1, field, SCREEN).first.control == on_screen
    assert boxes("q", 1, field, PRINT).first.control == in_print


@pytest.mark.parametrize("kind", ["choice", "choices", "order"])
def test_options_stand_in_the_order_of_the_paper(kind: FieldKind) -> None:
    field = Field("x", kind, LABEL, options=tuple(map(Option, "CAB")))
    assert [name for name, _ in boxes("q", 1, field, SCREEN).first.options] == ["C", "A", "B"]


def test_a_choice_in_a_table_or_a_record_is_picked_from_a_list() -> None:
    in_table = Field("x", "choice", LABEL, options=ABC, at=(say("row"), say("column")))
    assert boxes("q", 1, in_table, SCREEN).first.control == "pick"
    assert boxes("q", 1, record(), SCREEN).rows[0][1].control == "pick"


@pytest.mark.parametrize(
    ("field", "numeric"),
    [
        (Field("x", "number", LABEL), True),
        (Field("x", "shape", LABEL), True),
        (Field("x", "tensor", LABEL, shape=(1, 1)), True),
        (Field("x", "integer", LABEL, options=(Option("none"),)), False),
        (Field("x", "expression", LABEL), False),
    ],
)
def test_numbers_are_expected_where_nothing_else_is_read(field: Field, numeric: bool) -> None:
    assert boxes("q", 1, field, SCREEN).first.numeric is numeric


@pytest.mark.parametrize("row", [False, True])
def test_a_map_whose_size_is_asked(row: bool) -> None:
    """On screen a grid of a fixed start that grows; in print one box."""
    field = Field("Y", "tensor", LABEL, row=row)
    screen = boxes("q", 1, field, SCREEN)
    assert (len(screen.rows), len(screen.rows[0]), screen.grows) == (
        (1, 3, "columns") if row else (3, 3, "both")
    )
    assert boxes("q", 1, field, PRINT).rows == ((Box("q/Y", screen.words, "lines", lines=3 if row else 10),),)


@pytest.mark.parametrize("look", [SCREEN, PRINT])
def test_a_name_can_be_taken_apart_from_its_end(look: Look) -> None:
    for field in (record(), Field("Y", "tensor", LABEL, shape=(2, 2)), Field("n", "integer", LABEL)):
        for box in (box for row in boxes("q/2.b", 1, field, look).rows for box in row):
            *item, last = box.name.removeprefix("q/2.b/").split("/")
            assert "," in last or PART.fullmatch(last)
            assert all(map(PART.fullmatch, item))
