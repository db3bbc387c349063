"""Rows of numbers that are filtered, with the same weights everywhere or with own ones at each position.

A row is a map of one row, so that the window, the sums and the figures of maps serve it as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import product
from typing import Any

from .. import latex
from ..document import Symbol, say
from ..engine import ShapeError
from ..figures.model import Animation, Figures, Grid
from ..frozen import frozen
from ..language import phrase
from ..model import Effort, Step
from ..number import Number
from ..sums import Sum
from ..values import nested
from .filtering import INSTRUCTIONS, WRITTEN_OUT, Filtering, effort_of
from .geometry import Map
from .scatter import starts
from .worked import (
    Slide,
    channels,
    grids,
    kernel_grids,
    marked_window,
    padded_figure,
    size_formula,
    solved_grid,
    span_steps,
    sum_formulas,
    window_animation,
)

# By whether there is a bias.
_OWN_INSTRUCTIONS = {
    False: phrase(
        "The window of {{ cell }} is marked, and its weights are {{ weights }}. Multiply each of its "
        "cells by the weight in the same place, and add the products."
    ),
    True: phrase(
        "The window of {{ cell }} is marked, and its weights are {{ weights }}. Multiply each of its "
        "cells by the weight in the same place, add the products, and add the bias."
    ),
}


def row_slide(kernel: int, *, stride: int, padding: tuple[int, int], dilation: int, ceil_mode: bool) -> Slide:
    """Return how a window moves along a row."""
    return Slide((1, kernel), (1, stride), ((0, 0), padding), (1, dilation), ceil_mode)


@frozen
class RowFiltering:
    """Rows that are filtered.

    Attributes
    ----------
    rows
        The input, (C, n).
    kernels
        (M, C, k); unshared (M, positions, k), for an input of one channel.
    bias
        One number for each of the M output rows.
    slide
        How the window moves.
    turned
        Whether the weights are used in the opposite order: convolution in the mathematical sense.
    unshared
        Whether each position has weights of its own.
    """

    rows: Map
    kernels: tuple[Map, ...]
    bias: tuple[Number, ...]
    slide: Slide
    turned: bool
    unshared: bool

    @property
    def positions(self) -> int:
        """How many positions the window has."""
        return self.slide.positions((1, len(self.rows[0])))[1]

    def output(self) -> tuple[tuple[Number, ...], ...]:
        """Return the output rows as the engine computes them.

        Of unshared weights each is a kernel of its own, and each gives the one cell that it stands at.

        Raises
        ------
        ShapeError
            If the window does not fit, or has more positions than there are weights for.
        """
        positions = self.positions
        if self.unshared and positions > len(self.kernels[0]):
            raise ShapeError(
                f"the window has {positions} positions, and there are weights for {len(self.kernels[0])}"
            )
        maps = self._filtering.output()[:, 0]
        numbers = range(len(self.kernels))
        return tuple(
            tuple(maps[self._kernel_at(number, place), place] for place in range(positions))
            for number in numbers
        )

    def second(self) -> tuple[tuple[Number, ...], ...]:
        """Return the output rows in plain loops, without the engine."""
        count, taps, gap = len(self.rows[0]), len(self.kernels[0][0]), self.slide.dilation[1]
        begins = starts(
            count, taps, self.slide.stride[1], self.slide.padding[1], gap, overhang=self.slide.ceil_mode
        )
        result = []
        for weights, constant in zip(self.kernels, self.bias, strict=True):
            sums = []
            for place, start in enumerate(begins):
                total = constant
                for channel, cells in enumerate(self.rows):
                    own = weights[place if self.unshared else channel]
                    for tap in range(taps):
                        reached = start + tap * gap
                        if 0 <= reached < count:
                            total += cells[reached] * own[taps - 1 - tap if self.turned else tap]
                sums.append(total)
            result.append(tuple(sums))
        return tuple(result)

    @cached_property
    def _filtering(self) -> Filtering:
        """The same as a filtering of maps of one row."""
        kernels: list[tuple[Map, ...]] = []
        bias: list[Number] = []
        for rows, constant in zip(self.kernels, self.bias, strict=True):
            each = [((row,),) for row in rows] if self.unshared else [tuple((row,) for row in rows)]
            kernels += each
            bias += [constant] * len(each)
        return Filtering(
            tuple((row,) for row in self.rows), tuple(kernels), tuple(bias), self.slide, self.turned
        )

    def _kernel_at(self, number: int, place: int) -> int:
        return number * len(self.kernels[0]) + place if self.unshared else number

    def factors(self, number: int, place: int) -> list[tuple[Number, Number]]:
        """Return the pairs that are multiplied for one cell of one output row."""
        return self._filtering.factors(self._kernel_at(number, place), (0, place))

    def made_of(self, number: int, place: int) -> Sum:
        """Return what one cell of one output row is the sum of."""
        return self._filtering.made_of(self._kernel_at(number, place), (0, place))

    def laid(self) -> tuple[Map, ...]:
        """Return the weights, in the form of `kernels`, in the order in which they meet a window."""
        return tuple(tuple(row[::-1] if self.turned else row for row in rows) for rows in self.kernels)

    def effort(self, places: Sequence[int], count: int) -> Effort:
        """Return what it takes to compute these cells of the first so many output rows."""
        pairs = (
            pair for number, place in product(range(count), places) for pair in self.factors(number, place)
        )
        return effort_of(pairs, (row[place] for row in self.output()[:count] for place in places))

    def work(
        self, symbols: Sequence[str], places: Sequence[int], *, origin: int, digits: int | None
    ) -> Iterator[Step]:
        """Write out, step by step, how these cells of the output rows of these symbols are computed."""
        yield from span_steps(zip(self.slide.kernel, self.slide.dilation, strict=True))
        yield say("The output has as many cells as the window has positions:")
        yield size_formula("cells", (1, len(self.rows[0])), self.slide, axis=1)
        yield self._instruction(0, symbols[0], places[0], origin, biased=any(self.bias[: len(symbols)]))
        padded = padded_figure(self._filtering.maps, self.slide, origin=origin, over=0)
        output = self.output()
        if len(places) == 1:
            yield marked_window(padded, self.slide, (0, places[0]))
        else:
            yield self._animation(padded, symbols, output, origin, digits)
        shown = places if len(places) * len(symbols) <= WRITTEN_OUT else places[:1]
        for number, symbol in enumerate(symbols):
            for place in shown:
                yield from self._sum(number, symbol, place, origin, digits)
        if len(shown) < len(places):
            yield say("Every other cell is found in the same way.")

    def work_at(
        self, number: int, symbol: str, place: int, *, origin: int, digits: int | None
    ) -> Iterator[Step]:
        """Write out how one cell of one output row is computed."""
        yield self._instruction(number, symbol, place, origin, biased=bool(self.bias[number]))
        padded = padded_figure(self._filtering.maps, self.slide, origin=origin, over=0)
        yield marked_window(padded, self.slide, (0, place))
        yield from self._sum(number, symbol, place, origin, digits)

    def _sum(self, number: int, symbol: str, place: int, origin: int, digits: int | None) -> Iterator[Symbol]:
        yield from sum_formulas(
            row_cell(symbol, place, origin).latex,
            self.factors(number, place),
            bias=self.bias[number],
            total=self.output()[number][place],
            digits=digits,
        )

    def _instruction(self, number: int, symbol: str, place: int, origin: int, *, biased: bool) -> Step:
        cell = row_cell(symbol, place, origin)
        if not self.unshared:
            return say(INSTRUCTIONS[len(self.rows) > 1, biased], cell=cell)
        figures = grids(weight_figures(self.laid(), origin, unshared=True, turned=self.turned))
        own = figures[self._kernel_at(number, place)]
        return say(_OWN_INSTRUCTIONS[biased], cell=cell, weights=Symbol(own.label))

    def _animation(
        self, padded: Grid | Figures, symbols: Sequence[str], output: Any, origin: int, digits: int | None
    ) -> Animation:
        rows = [solved_grid((row,), symbol, digits) for row, symbol in zip(output, symbols, strict=False)]
        kernels = () if self.unshared else grids(weight_figures(self.laid(), origin, turned=self.turned))
        return window_animation(padded, self.slide, rows, origin=origin, kernels=kernels)


def row_cell(symbol: str, place: int, origin: int) -> Symbol:
    """Return the symbol of a cell of a row, counted from the origin."""
    return Symbol(latex.indexed(symbol, place + origin))


def row_figures(rows: Map, origin: int, symbol: str = "X") -> Grid | Figures:
    """Draw rows, (C, n), each by itself, with the numbers of its cells."""
    figure = channels(symbol, nested([(row,) for row in rows]), origin)
    if isinstance(figure, Grid):
        return replace(figure, counted_from=origin)
    return replace(figure, members=tuple(replace(grid, counted_from=origin) for grid in grids(figure)))


def weight_figures(
    kernels: tuple[Map, ...], origin: int, *, unshared: bool = False, turned: bool = False
) -> Grid | Figures:
    """Draw kernels, (M, C, k), or unshared weights, (M, positions, k), each row by itself.

    `turned` writes a prime behind the symbol: these are no longer the weights of the question.
    """
    prime = "'" if turned else ""
    if not unshared:
        return kernel_grids([[(row,) for row in rows] for rows in kernels], origin, f"K{prime}")
    several = len(kernels) > 1
    members = (
        Grid((row,), rf"w{prime}^{{({number})}}_{{{place}}}" if several else rf"w{prime}_{{{place}}}")
        for number, rows in enumerate(kernels, origin)
        for place, row in enumerate(rows, origin)
    )
    return Figures(f"w{prime}", tuple(members))


def row_or_column(rows: Map) -> tuple[Map, ...]:
    """Return the right answers to a map: one of a single row is right as a column as well."""
    if len(rows) > 1 or len(rows[0]) == 1:
        return (rows,)
    return rows, tuple((number,) for number in rows[0])
