"""A convolution of which some numbers are hidden: linear equations, one for each cell of the output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from .. import latex
from ..frozen import frozen
from ..number import Number
from ..sliding.geometry import all_cells
from ..sliding.worked import Pair, Slide

Rows: TypeAlias = Sequence[Sequence[Number | None]]


class Unknown(NamedTuple):
    """A hidden number: K for a weight, X for a pixel, b for the bias, and its place."""

    letter: Literal["K", "X", "b"]
    cell: Pair = (0, 0)

    def symbol(self, origin: int) -> str:
        """Return its symbol as LaTeX."""
        return self.letter if self.letter == "b" else latex.indexed(self.letter, *self._counted(origin))

    def name(self, origin: int) -> str:
        """Return the name of its field: ``K_0_1``, ``b``."""
        return (
            self.letter if self.letter == "b" else "_".join([self.letter, *map(str, self._counted(origin))])
        )

    def _counted(self, origin: int) -> Pair:
        return self.cell[0] + origin, self.cell[1] + origin


Factor: TypeAlias = Number | Unknown


@frozen
class Equation:
    """What one output cell says.

    Attributes
    ----------
    cell
        The output cell.
    terms
        The products of its window: pixel and weight; no two factors of one product are unknown.
    bias
        The number that is added to them.
    value
        What stands in the output cell.
    """

    cell: Pair
    terms: tuple[tuple[Factor, Factor], ...]
    bias: Factor
    value: Number

    @property
    def coefficients(self) -> dict[Unknown, Number]:
        """What each unknown is multiplied by; unknowns that are multiplied by 0 are left out."""
        found: dict[Unknown, Number] = {}
        for one, other in (*self.terms, (self.bias, 1)):
            unknown, factor = (one, other) if isinstance(one, Unknown) else (other, one)
            if isinstance(unknown, Unknown) and not isinstance(factor, Unknown):
                found[unknown] = found.get(unknown, 0) + factor
        return {unknown: factor for unknown, factor in found.items() if factor}

    @property
    def known(self) -> Number:
        """The sum of all that is known."""
        bias = 0 if isinstance(self.bias, Unknown) else self.bias
        return bias + sum(
            one * other
            for one, other in self.terms
            if not isinstance(one, Unknown) and not isinstance(other, Unknown)
        )


@frozen
class Puzzle:
    """What is seen of a convolution.

    Attributes
    ----------
    image, kernel, bias
        Its numbers; None is hidden.
    output
        The cells of its output that are shown.
    slide
        How the window moves.
    turned
        Whether the kernel is turned by 180 degrees first: convolution in the mathematical sense.
    transposed
        Whether rows and columns of the kernel are swapped, by mistake.
    sign
        What the known part is multiplied by when it goes to the other side: -1, or 1 by mistake.
    divides
        Whether the last step is taken: to divide by the factor of the unknown.
    """

    image: Rows
    kernel: Rows
    bias: Number | None
    output: Mapping[Pair, Number]
    slide: Slide
    turned: bool
    transposed: bool = False
    sign: int = -1
    divides: bool = True

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        """What is hidden: weights, pixels, the bias."""
        weights = [Unknown("K", cell) for cell in _holes(self.kernel)]
        pixels = [Unknown("X", cell) for cell in _holes(self.image)]
        return (*weights, *pixels, *([Unknown("b")] if self.bias is None else []))

    def equations(self) -> list[Equation]:
        """Return the equations that hold an unknown, those with few unknowns first."""
        found = [self._equation(cell, value) for cell, value in self.output.items() if self._fits(cell)]
        return sorted((one for one in found if one.coefficients), key=lambda one: len(one.coefficients))

    def _fits(self, cell: Pair) -> bool:
        (top, bottom), (left, right) = self.slide.padding
        row, column = self.slide.window(cell)[-1]
        return row < len(self.image) + top + bottom and column < len(self.image[0]) + left + right

    def _equation(self, cell: Pair, value: Number) -> Equation:
        taps = all_cells(self.slide.kernel)
        entries = [(v, u) if self.transposed else (u, v) for u, v in (taps[::-1] if self.turned else taps)]
        window = self.slide.window(cell)
        terms = tuple(
            (self._pixel(place), self._weight(tap)) for place, tap in zip(window, entries, strict=True)
        )
        return Equation(cell, terms, Unknown("b") if self.bias is None else self.bias, value)

    def _pixel(self, place: Pair) -> Factor:
        row, column = place[0] - self.slide.padding[0][0], place[1] - self.slide.padding[1][0]
        if not (0 <= row < len(self.image) and 0 <= column < len(self.image[0])):
            return 0
        number = self.image[row][column]
        return Unknown("X", (row, column)) if number is None else number

    def _weight(self, tap: Pair) -> Factor:
        number = self.kernel[tap[0]][tap[1]]
        return Unknown("K", tap) if number is None else number


def _holes(rows: Rows) -> list[Pair]:
    return [(r, c) for r, numbers in enumerate(rows) for c, number in enumerate(numbers) if number is None]
