"""One pooling, ready to be solved, measured and written out: shared by all kinds that pool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product
from typing import Any, Literal

from .. import latex
from ..document import Message, Symbol, say
from ..engine import pool
from ..figures.model import Grid
from ..frozen import frozen
from ..language import phrase
from ..model import Effort, Step
from ..number import Number
from ..sums import Largest, MadeOf, Sum, Term
from .filtering import WRITTEN_OUT, digits_of
from .geometry import LEFT_OUT, Map, beside, inside, map_size, moved_by_one
from .scatter import pooled
from .worked import (
    Pair,
    Slide,
    grids,
    marked_window,
    padded_figure,
    result,
    size_formulas,
    span_steps,
    window_animation,
)

# By (kind, several channels); whole sentences, because languages order their parts differently.
_INSTRUCTIONS = {
    ("max", False): phrase(
        "The window of {{ cell }} is marked. Its largest number is the value of the cell."
    ),
    ("max", True): phrase(
        "Every channel is pooled by itself; the indices of an output cell are its channel, its "
        "row and its column. The window of {{ cell }} is marked, and so is the same window in the other "
        "channels. The largest number of a window is the value of its cell."
    ),
    ("avg", False): phrase(
        "The window of {{ cell }} is marked. The mean of its numbers is the value of the cell."
    ),
    ("avg", True): phrase(
        "Every channel is pooled by itself; the indices of an output cell are its channel, its "
        "row and its column. The window of {{ cell }} is marked, and so is the same window in the other "
        "channels. The mean of the numbers of a window is the value of its cell."
    ),
}


@frozen
class Pooling:
    """Maps that are pooled, each by itself.

    Attributes
    ----------
    maps
        The input, (C, H, W).
    kind
        The largest number of each window, or the mean.
    slide
        How the window moves.
    counts_padding
        Whether padded cells count as zeros in a mean; otherwise they are left out of it.
    """

    maps: tuple[Map, ...]
    kind: Literal["max", "avg"]
    slide: Slide
    counts_padding: bool

    def output(self) -> Any:
        """Return the output maps, (C, rows, columns), as the engine computes them."""
        slide = self.slide
        return pool(
            self.maps,
            slide.kernel,
            kind=self.kind,
            stride=slide.stride,
            padding=slide.padding,
            ceil_mode=slide.ceil_mode,
            count_include_pad=self.counts_padding,
        )

    def second(self) -> tuple[Map, ...]:
        """Return the output maps by a method that shares nothing with the engine."""
        slide = self.slide
        return pooled(
            self.maps,
            slide.kernel,
            largest=self.kind == "max",
            stride=slide.stride,
            padding=slide.padding,
            overhang=slide.ceil_mode,
            counts_padding=self._fill is not None,
        )

    @property
    def cells(self) -> list[Pair]:
        """The cells of every output map, row by row."""
        rows, columns = self.slide.positions(map_size(self.maps[0]))
        return list(product(range(rows), range(columns)))

    @property
    def _fill(self) -> Number | None:
        """What stands in the padding: zeros that count, or nothing."""
        return 0 if self.kind == "avg" and self.counts_padding else None

    @cached_property
    def _padded(self) -> Any:
        return self.slide.padded(self.maps, self._fill)

    def numbers(self, channel: int, cell: Pair) -> list[Number]:
        """Return the numbers of one window that take part in the pooling, row by row."""
        window = (self._padded[channel, *place] for place in self.slide.window(cell))
        return [number for number in window if number is not None]

    def made_of(self, channel: int, cell: Pair) -> MadeOf:
        """Return what one cell of one output map is the mean of, or the largest of."""
        rows, (top, left) = self.maps[channel], (sides[0] for sides in self.slide.padding)
        window = [(row - top, column - left) for row, column in self.slide.window(cell)]
        window = [place for place in window if inside(map_size(rows), place)]
        numbers = tuple(rows[row][column] for row, column in window)
        if self.kind == "max":
            return Largest(numbers, tuple(_windows_beside(rows, window)))
        terms = (
            Term(number, beside=beside(rows, place)) for number, place in zip(numbers, window, strict=True)
        )
        return Sum(tuple(terms), divisor=len(self.numbers(channel, cell)))

    def effort(self) -> Effort:
        """Return how many numbers are looked at, as products, how many are negative, and the digits."""
        windows = product(range(len(self.maps)), self.cells)
        looked_at = [number for channel, cell in windows for number in self.numbers(channel, cell)]
        negatives = sum(number < 0 for number in looked_at)
        return Effort(len(looked_at), negatives, max(map(digits_of, self.output().ravel())))

    def work(
        self, letter: str, solved: Sequence[Grid], *, origin: int, digits: int | None, source: str = "X"
    ) -> Iterator[Step]:
        """Write out, step by step, how the output maps, drawn as `solved`, are computed.

        `source` is the symbol of the input maps.
        """
        yield from span_steps(zip(self.slide.kernel, self.slide.dilation, strict=True))
        yield say("The output has as many rows and columns as the window has positions:")
        sizes = map_size(self.maps[0])
        yield from size_formulas(sizes, self.slide)
        if self.slide.ceil_mode and max(self.slide.left_over(sizes)) > 0:
            yield LEFT_OUT
        output, cells = self.output(), self.cells
        marked = cells[-1] if min(self.slide.left_over(sizes)) < 0 else cells[0]
        instruction = _INSTRUCTIONS[self.kind, len(self.maps) > 1]
        yield say(instruction, cell=self.symbol(letter, 0, marked, origin))
        yield from self._about_padding()
        padded = padded_figure(self.maps, self.slide, origin=origin, symbol=source, fill=self._fill)
        if len(cells) == 1 or marked != cells[0]:
            yield marked_window(padded, self.slide, marked)
        else:
            yield window_animation(padded, self.slide, solved, origin=origin)
        shown = cells if output.size <= WRITTEN_OUT else [marked]
        yield from self.formulas(letter, shown, origin=origin, digits=digits)
        if len(shown) < len(cells):
            yield say("Every other cell is found in the same way.")

    def work_at(
        self, channel: int, letter: str, cell: Pair, *, origin: int, digits: int | None, source: str = "X"
    ) -> Iterator[Step]:
        """Write out how one cell of one output map is computed."""
        yield say(_INSTRUCTIONS[self.kind, False], cell=self.symbol(letter, channel, cell, origin))
        yield from self._about_padding()
        padded = padded_figure(self.maps, self.slide, origin=origin, symbol=source, fill=self._fill)
        yield marked_window(grids(padded)[channel], self.slide, cell)
        left = self.symbol(letter, channel, cell, origin).latex
        yield self._formula(left, self.numbers(channel, cell), self.output()[channel][cell], digits)

    def formulas(
        self, letter: str, cells: Sequence[Pair], *, origin: int, digits: int | None
    ) -> Iterator[Symbol]:
        """Write out these cells of every output map."""
        output = self.output()
        for channel, cell in product(range(len(self.maps)), cells):
            left = self.symbol(letter, channel, cell, origin).latex
            yield self._formula(left, self.numbers(channel, cell), output[channel][cell], digits)

    def symbol(self, letter: str, channel: int, cell: Pair, origin: int) -> Symbol:
        """Return the symbol of an output cell, counted from the origin; of several maps, channel first."""
        indices = cell if len(self.maps) == 1 else (channel, *cell)
        return Symbol(latex.indexed(letter, *(index + origin for index in indices)))

    def _about_padding(self) -> Iterator[Message]:
        """Say what the cells around the maps mean, where there are any."""
        if any(map(any, self.slide.padding)) and self._fill is not None:
            yield say("Padded cells are zeros, and they count among the cells of their window.")
        if any(number is None for number in self._padded.ravel()):
            yield say("The empty cells around the input are left out.")

    def _formula(self, left: str, numbers: list[Number], value: Number, digits: int | None) -> Symbol:
        """Write one cell out."""
        if self.kind == "max":
            terms = rf"\max({','.join(map(latex.number, numbers))})"
        else:
            total = latex.number(numbers[0]) + "".join(map(latex.added, numbers[1:]))
            terms = rf"\frac{{{total}}}{{{len(numbers)}}}"
        return Symbol(f"{left}={terms}={result(value, digits)}")


def _windows_beside(rows: Map, window: Sequence[Pair]) -> Iterator[tuple[Number, ...]]:
    """Yield the numbers of the windows above, below, left and right of one, as far as they fit on the map."""
    for places in zip(*map(moved_by_one, window), strict=True):
        if all(inside(map_size(rows), place) for place in places):
            yield tuple(rows[row][column] for row, column in places)
