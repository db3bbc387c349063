"""Names for the cells of an image and a kernel: how an entry gives them, and how they are drawn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from ..draws import Ints, bounds_of, draw_int
from ..expressions.names import name_of, split
from ..reading.schema import record
from ..streams import Stream
from .worked import Pair

MOST_ROWS = 12
_NUMBER = re.compile(r"-?[0-9]{1,6}(?:/[1-9][0-9]{0,5})?")
_RESERVED = "XKY"  # the image, the kernel and the output themselves


def _name(text: str) -> str:
    letter, indices = split(text)
    return name_of(letter, *indices)


def _cell(text: str) -> str:
    return str(Fraction(text)) if _NUMBER.fullmatch(text) else _name(text)


def _rows(value: Any) -> Any:
    """Take rows as a block of text, as lists, or as ``{letter: I, shape: [5, 5]}``."""
    if isinstance(value, str):
        return [line.split() for line in value.strip().splitlines()]
    if isinstance(value, dict) and set(value) == {"letter", "shape"} and isinstance(value["shape"], list):
        sizes = [int(size) if str(size).isdecimal() else 0 for size in value["shape"]]
        if len(sizes) != 2 or not all(1 <= size <= MOST_ROWS for size in sizes):
            raise ValueError(f"'shape' needs rows and columns, 1 to {MOST_ROWS} each")
        return numbered(str(value["letter"]), (sizes[0], sizes[1]))
    return value


def _rectangle(rows: Any) -> Any:
    if not rows or not rows[0] or len({len(row) for row in rows}) > 1:
        raise ValueError("rows are needed, and all of them equally long")
    if max(len(rows), len(rows[0])) > MOST_ROWS:
        raise ValueError(f"at most {MOST_ROWS} rows and columns are written out")
    return rows


NameText: TypeAlias = Annotated[str, AfterValidator(_name)]
"""A name: ``b``, ``I13`` or ``I[0,1]``."""

_Cell: TypeAlias = Annotated[str, BeforeValidator(str), AfterValidator(_cell)]
_SCHEMA = {
    "anyOf": [
        {"type": "string"},
        {"type": "array", "items": {"type": "array", "items": {"type": ["string", "number"]}}},
        {"type": "object", "properties": {"letter": {"type": "string"}, "shape": {"type": "array"}}},
    ]
}
Rows: TypeAlias = Annotated[
    tuple[tuple[_Cell, ...], ...],
    BeforeValidator(_rows),
    AfterValidator(_rectangle),
    WithJsonSchema(_SCHEMA),
]
"""Rows of names or numbers."""


def _letter(text: str) -> str:
    if len(text) != 1 or not text.isalpha() or not text.isascii() or text in _RESERVED:
        raise ValueError(f"expected one letter other than {', '.join(_RESERVED)}, found {text!r}")
    return text


def _all_letters(value: Any) -> Any:
    return value if isinstance(value, (list, tuple)) else [value]


_Letters: TypeAlias = Annotated[
    tuple[Annotated[str, AfterValidator(_letter)], ...],
    BeforeValidator(_all_letters),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


@record
class Lettered:
    """Names to draw: a letter, numbered row by row.

    Attributes
    ----------
    letter
        A letter, or letters to choose from.
    shape
        Rows and columns.
    first
        The number of the first name.
    """

    letter: _Letters
    shape: tuple[Ints, Ints]
    first: Ints = 1

    def __post_init__(self) -> None:
        if not self.letter:
            raise ValueError("'letter' needs at least one letter")
        if any(bounds_of(size)[0] < 1 or bounds_of(size)[1] > MOST_ROWS for size in self.shape):
            raise ValueError(f"'shape' needs 1 to {MOST_ROWS} rows and columns")
        if not 0 <= bounds_of(self.first)[0] <= bounds_of(self.first)[1] <= 1:
            raise ValueError("'first' is 0 or 1")


def draw_names(names: Lettered, stream: Stream) -> tuple[tuple[str, ...], ...]:
    """Draw a letter and sizes, and number the cells row by row."""
    letter = stream.child("letter").choice(names.letter)
    rows, columns = (
        draw_int(size, stream.child("shape", str(axis))) for axis, size in enumerate(names.shape)
    )
    return numbered(letter, (rows, columns), draw_int(names.first, stream.child("first")))


def numbered(letter: str, shape: Pair, first: int = 1) -> tuple[tuple[str, ...], ...]:
    """Return names for the cells of a map, numbered row by row: I1, I2, ..."""
    rows, columns = shape
    return tuple(
        tuple(name_of(letter, first + row * columns + column) for column in range(columns))
        for row in range(rows)
    )


def is_name(cell: str) -> bool:
    """Say whether a cell holds a name, not a number."""
    return _NUMBER.fullmatch(cell) is None


def require_apart(pixels: Sequence[str], weights: Sequence[str], bias: str | None) -> None:
    """Refuse names of which two are the same, or that could be read in two ways.

    Raises
    ------
    ValueError
        Saying what is needed.
    """
    names = [*pixels, *weights, *([] if bias is None else [bias])]
    if len(set(names)) < len(names):
        raise ValueError("every pixel, weight and bias needs a name of its own")
    forms: dict[str, set[int]] = {}
    for name in names:
        letter, indices = split(name)
        forms.setdefault(letter, set()).add(len(indices))
    if any(len(counts) > 1 for counts in forms.values()):
        raise ValueError("names of one letter need the same number of indices")
