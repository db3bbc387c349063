"""One transposed convolution, ready to be solved and written out: every input cell stamps the kernel."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeAlias

from ..document import Symbol, say
from ..engine import array, conv_transpose, effective_kernel, pad, transposed_out_size
from ..figures.model import Animation, Figures, Frame, Grid
from ..figures.numerals import cell_text
from ..frozen import frozen
from ..model import Effort, Step
from ..number import Number
from ..sums import Sum, Term
from ..values import nested
from .filtering import cell_symbol, digits_of
from .geometry import Map, all_cells, beside, map_size
from .traces import Layout
from .worked import MOST_STEPS, ROWS_AND_COLUMNS, Pair, Slide, solved_grid, sum_formulas

Margins: TypeAlias = tuple[Pair, Pair]
"""Cells that the full output gains at each end, ((top, bottom), (left, right)); what it loses is negative."""

FEW_STAMPS = 4
"""Up to so many, each is drawn by itself."""

WRITTEN_OUT = 9
"""Up to so many sums are written out."""


@frozen
class Stamp:
    """How a kernel of some size is laid on the output."""

    kernel: Pair
    stride: Pair
    dilation: Pair

    def full(self, sizes: Pair) -> Pair:
        """Return rows and columns of the output before anything is cut off or added."""
        axes = zip(sizes, self.kernel, self.stride, self.dilation, strict=True)
        rows, columns = (
            transposed_out_size(size, window, stride=step, dilation=gap) for size, window, step, gap in axes
        )
        return rows, columns

    def cells(self, cell: Pair) -> list[Pair]:
        """Return the cells of the full output on which the kernel is laid for an input cell.

        They are those from which the convolution whose transpose this is computes that cell.
        """
        return Slide(self.kernel, self.stride, dilation=self.dilation).window(cell)


def size_formulas(sizes: Pair, stamp: Stamp, padding: Pair, extra: Pair) -> Iterator[Symbol]:
    """Work out how many rows and columns the output of a transposed convolution has."""
    axes = zip(
        ROWS_AND_COLUMNS, sizes, stamp.kernel, stamp.stride, stamp.dilation, padding, extra, strict=True
    )
    for name, size, window, step, gap, cut, more in axes:
        terms = rf"{step}\cdot ({size}-1)+{effective_kernel(window, gap)}"
        terms += (rf"-2\cdot {cut}" if cut else "") + (f"+{more}" if more else "")
        out = transposed_out_size(size, window, stride=step, dilation=gap, padding=cut, output_padding=more)
        yield Symbol(rf"\text{{{name}}}={terms}={out}")


@frozen
class Stamping:
    """A map and the kernel that is stamped for each of its cells.

    Attributes
    ----------
    image, kernel
        Their numbers.
    stamp
        How the kernel is laid.
    margins
        What the output loses or gains.
    """

    image: Map
    kernel: Map
    stamp: Stamp
    margins: Margins

    @cached_property
    def full(self) -> Any:
        """The sums of all stamps, before anything is cut off or added."""
        stride, dilation = self.stamp.stride, self.stamp.dilation
        return conv_transpose([self.image], [[self.kernel]], stride=stride, dilation=dilation)[0]

    def output(self) -> Any:
        """Return the output, (rows, columns), as the engine computes it."""
        return pad(self.full, self.margins)

    def overwritten(self) -> Any:
        """Return the output where a later stamp replaces what an earlier one wrote."""
        found = array([[0] * len(row) for row in self.full])
        for cell in self.cells:
            for place, number in self.products(cell).items():
                found[place] = number
        return pad(found, self.margins)

    @property
    def cells(self) -> list[Pair]:
        """The cells of the input, row by row."""
        return all_cells(map_size(self.image))

    def products(self, cell: Pair) -> dict[Pair, Number]:
        """Return what an input cell adds to the full output, cell by cell."""
        number = self.image[cell[0]][cell[1]]
        return {place: number * weight for place, weight in self._laid(cell)}

    def made_of(self, cell: Pair) -> Sum:
        """Return what is added up in a cell of the output."""
        (top, _), (left, _) = self.margins
        place = cell[0] - top, cell[1] - left
        terms = (
            Term(self.image[row][column], weight, beside(self.image, (row, column)))
            for row, column in self.cells
            for at, weight in self._laid((row, column))
            if at == place
        )
        return Sum(tuple(terms))

    def factors(self) -> dict[Pair, list[tuple[Number, Number]]]:
        """Return the pairs whose products add up to each cell of the full output, row by row."""
        found: dict[Pair, list[tuple[Number, Number]]] = {}
        for cell in self.cells:
            for place, weight in self._laid(cell):
                found.setdefault(place, []).append((self.image[cell[0]][cell[1]], weight))
        return dict(sorted(found.items()))

    def _laid(self, cell: Pair) -> Iterator[tuple[Pair, Number]]:
        weights = [weight for row in self.kernel for weight in row]
        return zip(self.stamp.cells(cell), weights, strict=True)

    def effort(self) -> Effort:
        """Return what it takes to stamp every cell."""
        found = [number for cell in self.cells for number in self.products(cell).values() if number]
        digits = max(map(digits_of, self.output().ravel()))
        return Effort(len(found), sum(number < 0 for number in found), digits)

    def work(self, origin: int) -> Iterator[Step]:
        """Write out, step by step, how the output is computed."""
        is_whole = not any(map(any, self.margins))
        symbol = "Y" if is_whole else "F"
        yield say(
            "Every cell of $X$ is multiplied by the whole kernel, and the result is laid on the output; for "
            "the next cell it is laid one stride further. Where results overlap, they are added up."
        )
        if not is_whole:
            yield say("Let $F$ be what comes out before anything is cut off.")
        yield self._animation(symbol, origin)
        if len(self.cells) <= FEW_STAMPS:
            yield say("Each result by itself:")
            yield Figures("", tuple(self._contribution(cell, origin) for cell in self.cells))
        yield from self._sums(symbol, origin)
        if not is_whole:
            yield from self._cut()
        yield solved_grid(self.output(), "Y", None)

    def work_at(self, cell: Pair, origin: int) -> Iterator[Step]:
        """Write out how one cell of the output is computed."""
        (top, _), (left, _) = self.margins
        place = cell[0] - top, cell[1] - left
        reached = [each for each in self.cells if place in self.stamp.cells(each)]
        symbol = cell_symbol("Y", cell, origin)
        if not reached:
            yield say("No result reaches {{ cell }}, so it is 0.", cell=symbol)
            return
        yield say(
            "The cells of $X$ whose results reach {{ cell }} are marked. Each of them is multiplied by the "
            "weight that lies on {{ cell }} then, and the products are added up.",
            cell=symbol,
        )
        yield Grid(self.image, "X", marked=frozenset(reached))
        pairs = self.factors()[place]
        yield from sum_formulas(symbol.latex, pairs, bias=0, total=self.full[place], digits=None)

    def _animation(self, symbol: str, origin: int) -> Animation:
        target = Layout(self.stamp.full(map_size(self.image)))
        sums: dict[Pair, Number] = {}
        frames = []
        for cell in self.cells[:MOST_STEPS]:
            for place, number in self.products(cell).items():
                sums[place] = sums.get(place, 0) + number
            written = self.stamp.cells(cell)
            values = {(0, place): cell_text(sums[place]) for place in written}
            frames.append(Frame(frozenset({cell}), frozenset(written), values))
        return Animation(
            (Grid(self.image, "X"),),
            (target.grid(symbol),),
            tuple(frames),
            (Grid(self.kernel, "K"),),
            origin=origin,
            printed=1,
        )

    def _contribution(self, cell: Pair, origin: int) -> Grid:
        rows, columns = self.full.shape
        products = self.products(cell)
        return Grid(
            tuple(tuple(products.get((row, column)) for column in range(columns)) for row in range(rows)),
            rf"{cell_symbol('X', cell, origin).latex}\cdot K",
            marked=frozenset(products),
        )

    def _sums(self, symbol: str, origin: int) -> Iterator[Step]:
        """Write out the cells on which several stamps lie."""
        several = [(place, pairs) for place, pairs in self.factors().items() if len(pairs) > 1]
        if not several:
            yield say("Nothing overlaps here: every cell of the output is written once at most.")
            return
        if len(several) > WRITTEN_OUT:
            yield say("Cells in which results overlap are sums, for example:")
            several = sorted(several, key=lambda each: -len(each[1]))[:3]
        else:
            yield say("These are the cells in which results overlap:")
        for place, pairs in several:
            left = cell_symbol(symbol, place, origin).latex
            yield from sum_formulas(left, pairs, bias=0, total=self.full[place], digits=None)

    def _cut(self) -> Iterator[Step]:
        """Show what is cut off, and what is added."""
        rows, columns = self.full.shape
        (top, bottom), (left, right) = self.margins
        cut = frozenset(
            (row, column)
            for row, column in all_cells((rows, columns))
            if not (-top <= row < rows + bottom and -left <= column < columns + right)
        )
        if cut:
            yield say("The cells with dashed borders are cut off:")
        yield Grid(nested(self.full), "F", faint=cut)
        if bottom > 0 or right > 0:
            yield say("Rows and columns that are added at the end lie beyond all results: they are 0.")
