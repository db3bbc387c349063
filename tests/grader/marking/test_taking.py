"""Which wrong answers others may follow from: the table of forms, sizes and likeness."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from convexam.generator.document import Message, Symbol
from convexam.generator.model import Field, FieldKind, Rounded
from convexam.grader.marking.taking import FAR, LONGEST, UNLIKE, why_doubtful

KEY = ((4, -2, 3, 7), (5, 6, -8, 2), (3, 2, 9, 4), (1, 5, 6, -3))


def changed(*cells: tuple[int, int, Any]) -> tuple[tuple[Any, ...], ...]:
    """Write other numbers into some cells of the key."""
    rows = [list(row) for row in KEY]
    for row, column, number in cells:
        rows[row][column] = number
    return tuple(map(tuple, rows))


def like(number: Any) -> tuple[tuple[Any, ...], ...]:
    """Compute every cell from that of the key."""
    return tuple(tuple(number(cell) for cell in row) for row in KEY)


@pytest.mark.parametrize(
    ("kind", "key", "value", "expected"),
    [
        ("integer", 40, 4, None),
        ("integer", 40, 3, FAR),
        ("integer", 40, 400, None),
        ("integer", 40, 401, FAR),
        ("integer", 40, 10**30, FAR),
        ("integer", 40, -40, FAR),  # no count is negative
        ("integer", -2, 2, None),  # a place may be
        ("integer", 0, 100, None),
        ("integer", 0, 101, FAR),
        ("integer", 2, 0, FAR),
        ("integer", 2, 1, None),
        ("number", 3, -3, None),  # a sign
        ("number", Fraction(1, 3), Fraction(10, 3), None),
        ("number", Fraction(1, 3), 11, FAR),
        ("number", Fraction(1, 3), Fraction(1, 31), FAR),
        ("number", 3, 3 + Fraction(1, LONGEST), None),
        ("number", 3, 3 + Fraction(1, LONGEST + 1), FAR),
        ("shape", (4, 10, 10), (4, 20, 5), None),
        ("shape", (4, 10, 10), (4, 21, 10), FAR),
        ("shape", (4, 10, 10), (4, 4, 10), FAR),
        ("shape", (4, 10, 10), (1, 1, 1), FAR),
        ("shape", (4, 10, 10), (8, 8, 8), FAR),  # all the same
        ("shape", (10, 10, 10), (8, 8, 8), None),
        ("shape", (4, 10, 10), (4, -10, 10), FAR),
        ("shape", (4, 10, 10), (10**6, 10**6, 10**6), FAR),
        ("record", (2, 0), (0, 3), None),
        ("record", (2, 0), (10**6, 0), FAR),
        ("choice", "A", "B", None),
        ("tensor", ((12,),), ((-15,),), None),
        ("tensor", ((12,),), ((0,),), FAR),
        ("tensor", ((1, 0, -2),), ((5, -7, 8),), None),  # nobody can tell
        ("tensor", ((1, 0, -2),), ((0, 0, 0),), FAR),
        ("tensor", ((1, 0, -2, 3),), ((5, -7, 8, 1),), UNLIKE),
        ("tensor", KEY, changed((0, 0, 90)), None),
        ("tensor", KEY, changed((0, 0, 91)), FAR),
        ("tensor", KEY, changed((0, 0, 4 + Fraction(1, LONGEST + 1))), FAR),
        ("tensor", KEY, changed(*((row, column, 0) for row in (0, 1) for column in range(4))), None),
        ("tensor", KEY, like(lambda cell: cell + 2), None),  # a bias, whether or not anybody knows of it
        ("tensor", KEY, like(lambda cell: 2 * cell), None),
        ("tensor", KEY, like(lambda cell: -cell), UNLIKE),
        ("tensor", KEY, like(lambda cell: 5), UNLIKE),
        ("tensor", KEY, like(lambda cell: 0), UNLIKE),
        ("tensor", KEY, tuple(zip(*KEY, strict=True)), UNLIKE),
        ("tensor", KEY, KEY[::-1], UNLIKE),
        ("tensor", ((1, 1), (1, 1)), ((2, 2), (1, 1)), None),
        ("tensor", ((1, 1), (1, 1)), ((2, 2), (2, 1)), UNLIKE),
    ],
)
def test_what_is_taken(kind: FieldKind, key: Any, value: Any, expected: Message | None) -> None:
    assert why_doubtful(Field("f", kind, Symbol("f")), value, key) == expected


def test_rounded_cells_are_right() -> None:
    key = ((Fraction(1, 3), Fraction(1, 7), Fraction(1, 2), Fraction(1, 9)),)
    rounded = ((Fraction("0.33"), Fraction("0.14"), Fraction(-1), Fraction(2)),)
    assert why_doubtful(Field("f", "tensor", Symbol("f"), Rounded(2)), rounded, key) is None
    assert why_doubtful(Field("f", "tensor", Symbol("f")), rounded, key) == UNLIKE
