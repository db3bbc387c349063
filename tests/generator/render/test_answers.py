"""Boxes for answers: which of them take a line of their own."""

from __future__ import annotations

from typing import Any

import pytest

from convexam.generator.document import say
from convexam.generator.model import Conventions, Field, Option
from convexam.generator.render.answers import answer_view
from convexam.generator.render.look import SCREEN


@pytest.mark.parametrize(
    ("kind", "names", "wide"),
    [
        ("expression", [], True),
        ("choices", list("ABCDEF"), False),
        ("choices", [f"x{number}" for number in range(8)], True),
        ("choice", [f"x{number}" for number in range(8)], False),
    ],
)
def test_long_answers_have_room(kind: Any, names: list[str], wide: bool) -> None:
    field = Field("y", kind, say("y"), options=tuple(map(Option, names)))
    assert answer_view(field, (), Conventions(), SCREEN).wide == wide
