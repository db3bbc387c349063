"""Answers as JSON: whole numbers and shapes as numbers, exact numbers and maps as text (``"1018/9"``)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .model import FieldKind, Value
from .number import Number

NAMED = ("choice", "choices", "record")
"""Kinds of fields whose answers hold names, which are no numbers even if they are made of digits."""


def encode(kind: FieldKind, value: Any) -> Any:
    """Return an answer of a field of this kind as plain data; a cell that is missing is None."""
    if isinstance(value, tuple):
        return [encode(kind, part) for part in value]
    if value is None or (kind in ("integer", "shape", "record") and isinstance(value, int)):
        return value
    return str(value)


def decode(kind: FieldKind, data: Any) -> Value:
    """Read back what `encode` wrote, from JSON numbers or from their text.

    Raises
    ------
    TypeError, ValueError
        If it wrote nothing of the sort.
    """
    if isinstance(data, list):
        return tuple(decode(kind, part) for part in data)
    if kind in NAMED:
        if not isinstance(data, (int, str)):
            raise TypeError(f"{data!r} is neither a name nor a whole number")
        return data
    return whole(Fraction(data))


def whole(number: Number) -> Number:
    """Return an int where a number is whole."""
    return number.numerator if isinstance(number, Fraction) and number.denominator == 1 else number


def nested(cells: Any) -> Any:
    """Return nested sequences, or an array of the engine, as nested tuples."""
    rows = cells.tolist() if hasattr(cells, "tolist") else cells
    return tuple(map(nested, rows)) if isinstance(rows, (list, tuple)) else rows
