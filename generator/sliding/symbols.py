"""Windows over names instead of numbers: what stands in a window, and the polynomial of an output cell.

It fits every kind whose given has ``input`` and ``kernel`` (rows of names; the kernel perhaps of numbers),
``bias``, ``cell``, ``stride``, ``padding``, ``dilation`` and ``operation``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from ..expressions.names import Family, families
from ..expressions.polynomial import Polynomial, canonical
from ..frozen import frozen
from ..model import Case
from .lettering import is_name
from .worked import Pair, Slide


def polynomial(cell: str) -> Polynomial:
    """Return a cell as a polynomial."""
    return Polynomial.name(cell) if is_name(cell) else Polynomial.number(Fraction(cell))


@frozen
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
