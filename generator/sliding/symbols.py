"""Windows over names instead of numbers: what stands in a window, and the polynomial of an output cell.

It fits every kind whose given has ``input`` and ``kernel`` (rows of names; the kernel perhaps of numbers),
``bias``, ``cell``, ``stride``, ``padding``, ``dilation`` and ``operation``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from ..draws import Ints, bounds_of, draw_int
from ..expressions.names import Family, families, name_of, split
from ..expressions.polynomial import Polynomial, canonical
from ..model import Case
from ..reading.schema import record
from ..streams import Stream
from .worked import Pair, Slide

MOST_ROWS = 12
_NUMBER = re.compile(r"-?[0-9]{1,6}(?:/[0-9]{1,6})?")
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


def polynomial(cell: str) -> Polynomial:
    """Return a cell as a polynomial."""
    return Polynomial.name(cell) if is_name(cell) else Polynomial.number(Fraction(cell))


# -- the window of a cell -----------------------------------------------------------------------


@dataclass(frozen=True)
class Tap:
    """One cell of the kernel as it lies over the image.

    Attributes
    ----------
    at
        Row and column of the image, counted from 0; outside of it in the padding.
    pixel
        What stands there; None in the padding.
    weight
        What it is multiplied by.
    """

    at: Pair
    pixel: str | None
    weight: str

    @property
    def term(self) -> Polynomial:
        """The product; 0 in the padding."""
        return Polynomial() if self.pixel is None else polynomial(self.pixel) * polynomial(self.weight)


def is_turned(case: Case[Any]) -> bool:
    """Say whether the kernel is turned by 180 degrees."""
    return (case.given.operation or case.conventions.operation) == "convolution"


def laid(case: Case[Any]) -> tuple[tuple[str, ...], ...]:
    """Return the kernel as it lies over a window."""
    kernel: tuple[tuple[str, ...], ...] = case.given.kernel
    return tuple(row[::-1] for row in kernel[::-1]) if is_turned(case) else kernel


def slide_of(case: Case[Any]) -> Slide:
    """Return how the window moves."""
    given = case.given
    ceil_mode = case.conventions.rounding == "ceil"
    return Slide(size(given.kernel), given.stride, given.padding, given.dilation, ceil_mode)


def size(rows: Sequence[Sequence[str]]) -> Pair:
    """Return how many rows and columns there are."""
    return len(rows), len(rows[0])


def corner(case: Case[Any], cell: Pair | None = None) -> Pair:
    """Return the row and the column on which the window of a cell begins, by default of the asked one."""
    (top, _), (left, _) = case.given.padding
    row, column = cell or case.given.cell
    return row * case.given.stride[0] - top, column * case.given.stride[1] - left


def taps(case: Case[Any], begins: Pair | None = None) -> list[Tap]:
    """Return the window that begins in a place, row by row; the slips say how it can be read wrongly."""
    given = case.given
    rows, columns = size(given.input)
    flat = [name for row in given.input for name in row]
    top, left = begins or corner(case)
    weights = laid(case)
    found = []
    for number, (u, v) in enumerate(product(*map(range, size(weights)))):
        at = top + u * given.dilation[0], left + v * given.dilation[1]
        if "rows_run_on" in case.slips:
            at = top, left + number
        index = at[0] * columns + at[1]
        wraps = case.slips & {"rows_run_on", "row_not_ended", "padding_wraps"}
        inside = 0 <= at[0] < rows and 0 <= at[1] < columns
        pixel = flat[index] if inside or (wraps and 0 <= index < len(flat)) else None
        found.append(Tap(at, pixel, weights[u][v]))
    return found


def names_of(case: Case[Any]) -> tuple[Family, ...]:
    """Return the families of all names of a case: pixels, weights, the bias."""
    cells = [cell for row in (*case.given.input, *case.given.kernel) for cell in row]
    bias = [] if case.given.bias is None else [case.given.bias]
    return families([cell for cell in (*cells, *bias) if is_name(cell)])


def text_of(case: Case[Any], parts: Sequence[Polynomial]) -> str:
    """Write a sum in its canonical form."""
    return canonical(Polynomial.sum(parts), names_of(case))
