"""Maps that only multiply and add, computed on ints wherever the cells are ints or fractions.

Fractions are brought to a common denominator and divided once at the end, which is several times
faster than adding and multiplying Fractions one by one, and as exact.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm, prod
from typing import Any

from .exact import Array, kinds, normal, plain, together
from .later import np


def multilinear(compute: Callable[..., Array], *arrays: Array, divisor: Any = 1) -> Array:
    """Apply a map that is linear in each of its arrays, and divide the result.

    Parameters
    ----------
    compute
        The map; it may multiply and add cells, nothing else.
    arrays
        Its arguments, as `exact.array` returns them.
    divisor
        An int, or an object array of ints that broadcasts against the result.
    """
    result, below = _undivided(compute, arrays)
    return quotient(result, divisor * below)


def affine(compute: Callable[..., Array], plus: Array, *arrays: Array) -> Array:
    """Apply a map that is linear in each of its arrays, and add what broadcasts against the result."""
    result, below = _undivided(compute, arrays)
    result, plus = together(result, plus)
    added, own = _common_denominator(plus)
    common = lcm(below, own)
    return quotient(result * (common // below) + added * (common // own), common)


def _undivided(compute: Callable[..., Array], arrays: Sequence[Array]) -> tuple[Array, int]:
    """Apply a map to the numerators of its arrays; return what to divide the result by as well."""
    numerators, denominators = zip(*map(_common_denominator, together(*arrays)), strict=True)
    return compute(*numerators), prod(denominators)


def quotient(cells: Array, divisor: Any) -> Array:
    """Divide every cell by an int, or by an int of its own; exact unless the cells are floats."""
    if cells.dtype != object:
        return cells / np.asarray(divisor, dtype=np.float64)
    if isinstance(divisor, int) and divisor == 1:
        return normal(cells)
    result: Array = np.frompyfunc(_quotient, 2, 1)(cells, divisor)
    return result


def _quotient(cell: Any, divisor: int) -> Any:
    if type(cell) is not int:
        return plain(cell / divisor)
    whole, rest = divmod(cell, divisor)
    return Fraction(cell, divisor) if rest else whole


def _common_denominator(cells: Array) -> tuple[Array, int]:
    """Return ints and the denominator they have in common; other cells than numbers stay, over 1."""
    if cells.dtype != object or kinds(cells) not in ({Fraction}, {Fraction, int}):
        return cells, 1
    ratios = [cell.as_integer_ratio() for cell in cells.flat]
    common = lcm(*(bottom for _, bottom in ratios))
    numerators = np.empty(cells.shape, dtype=object)
    numerators.ravel()[:] = [top * (common // bottom) for top, bottom in ratios]
    return numerators, common
