"""Answers as JSON: whole numbers, shapes and names as they are, other numbers as text (``"1018/9"``)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .model import Field, Value
from .number import Number

NAMED = ("choice", "choices", "order", "text")
"""Kinds of fields whose answers are names or words, which are no numbers even if they are made of digits."""

NONE = "none"
"""How an answer says that nothing is to be chosen, in every language; a blank does not say it."""

TEXTS = (*NAMED, "expression")
"""Kinds of fields whose answers are texts."""


def encode(field: Field, value: Any) -> Any:
    """Return an answer to a field as plain data; a cell or a part that is missing is None."""
    if field.kind == "record":
        return [encode(part, each) for part, each in zip(field.parts, value, strict=True)]
    if isinstance(value, tuple):
        return [encode(field, part) for part in value]
    if value is None or (field.kind in ("integer", "shape") and isinstance(value, int)):
        return value
    return str(value)


def decode(field: Field, data: Any) -> Value:
    """Read back what `encode` wrote, from JSON numbers or from their text.

    Raises
    ------
    TypeError, ValueError
        If it wrote nothing of the sort.
    """
    if field.kind == "record":
        return tuple(decode(part, each) for part, each in zip(field.parts, data, strict=True))
    if isinstance(data, list):
        return tuple(decode(field, part) for part in data)
    if field.kind not in TEXTS:
        return whole(Fraction(data))
    if not isinstance(data, str):
        raise TypeError(f"{data!r} is no text")
    return data


def whole(number: Number) -> Number:
    """Return an int where a number is whole."""
    return number.numerator if isinstance(number, Fraction) and number.denominator == 1 else number


def nested(cells: Any) -> Any:
    """Return nested sequences, or an array of the engine, as nested tuples."""
    rows = cells.tolist() if hasattr(cells, "tolist") else cells
    if not isinstance(rows, (list, tuple)):
        return rows
    return tuple([cell if type(cell) is int else nested(cell) for cell in rows])


def how_many(cells: Any) -> int:
    """Return how many numbers nested sequences hold."""
    return sum(map(how_many, cells)) if isinstance(cells, (list, tuple)) else 1
