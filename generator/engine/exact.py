"""Arrays of exact cells: Python ints, Fractions and symbols in numpy object arrays; floats stay floats.

numpy's own integers wrap around silently, so they become Python ints on the way in.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from numbers import Integral, Rational, Real
from typing import TYPE_CHECKING, Any, TypeAlias

from .arguments import ShapeError
from .later import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Array: TypeAlias = "NDArray[Any]"


def array(values: Any) -> Array:
    """Return anything array-like as an exact array, or as a float64 array if any cell is a float.

    Parameters
    ----------
    values
        A number, nested sequences of numbers, or an array, of any shape.

    Raises
    ------
    TypeError
        If a cell is neither number nor symbol. True and False are refused: write 1 and 0.
    ShapeError
        If rows differ in length, or there is no cell at all.
    ValueError
        If a float is infinite or not a number.
    """
    cells = _cells(values)
    if cells.size == 0:
        raise ShapeError(f"an array of shape {cells.shape} has no cells")
    if cells.dtype == object and not kinds(cells) <= {int, Fraction}:
        cells = each(plain, cells)
        if float in kinds(cells):
            cells = cells.astype(np.float64)
    if cells.dtype != object and not np.isfinite(cells).all():
        raise ValueError("the engine computes with finite numbers only")
    return cells


def _cells(values: Any) -> Array:
    if not isinstance(values, np.ndarray):
        try:
            return np.array(values, dtype=object)
        except ValueError:
            raise ShapeError("rows side by side must be equally long") from None
    if values.dtype.kind in "iuO":
        return values.astype(object)
    if values.dtype.kind == "f":
        return values.astype(np.float64)
    raise TypeError(f"the engine computes with numbers, not with an array of {values.dtype}")


def normal(cells: Array) -> Array:
    """Return an array with every exact cell in its simplest form; see `plain`."""
    return cells if cells.dtype != object or kinds(cells) == {int} else each(plain, cells)


def plain(cell: Any) -> Any:
    """Return a cell in its simplest form: an int where it is whole, else a Fraction, float or symbol."""
    if type(cell) is Fraction:
        return cell.numerator if cell.denominator == 1 else cell
    if isinstance(cell, (list, tuple, np.ndarray)):
        raise ShapeError("rows side by side must be equally long")
    if isinstance(cell, bool) or not (isinstance(cell, Real) or hasattr(cell, "free_symbols")):
        raise TypeError(f"the engine computes with numbers and symbols, not with {cell!r}")
    if isinstance(cell, Integral):
        return int(cell)
    if isinstance(cell, Rational):  # sympy's own numbers as well
        return plain(Fraction(int(cell.numerator), int(cell.denominator)))
    return float(cell) if isinstance(cell, Real) else cell


def together(*arrays: Array) -> tuple[Array, ...]:
    """Turn all arrays into floats if one of them holds floats."""
    if all(cells.dtype == object for cells in arrays):
        return arrays
    return tuple(cells.astype(np.float64) for cells in arrays)


def require_numbers(cells: Array, what: str) -> Array:
    """Return the cells, or raise TypeError because `what` has to compare them and symbols cannot be."""
    if cells.dtype == object and not kinds(cells) <= {int, Fraction}:
        raise TypeError(f"{what} compares cells: put numbers in place of the symbols")
    return cells


def kinds(cells: Array) -> set[type]:
    """Return the types of the cells."""
    return set(map(type, cells.ravel().tolist()))


def each(function: Callable[[Any], Any], cells: Array) -> Array:
    """Apply a function to every exact cell."""
    result = np.empty(cells.shape, dtype=object)
    result.ravel()[:] = [function(cell) for cell in cells.ravel().tolist()]
    return result
