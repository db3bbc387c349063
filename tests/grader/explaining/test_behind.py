"""What is looked for behind a wrong answer never costs more than the answer that was asked for."""

from __future__ import annotations

from functools import partial

import pytest

from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem

from ...quick import is_quick
from ...test_battery import ENTRIES, drawn, fields, key

ODD = (
    "3.5",
    "0",
    "-3",
    "1000000",
    "99999999999999999999999999999999999999",
    "1/99999999999999999999999999999",
)

STACKS = [entry for entry in ENTRIES if entry.startswith("receptive_field/")]


@pytest.mark.parametrize("entry", STACKS)
def test_odd_numbers_are_not_built_on(entry: str) -> None:
    """A depth of 3½ layers cannot be solved with, and one of a million would fill the memory."""
    problem = drawn(entry, 0)
    right = {field.name: write(field, key(problem)[field.name]) for field in fields(problem)}
    needed = {name for field in fields(problem) for name in field.needs}
    for name in needed:
        for odd in ODD:
            answers = {field.name: "123" if field.needs else right[field.name] for field in fields(problem)}
            assert is_quick(0.5, partial(mark_problem, problem, answers | {name: odd})), (name, odd)
