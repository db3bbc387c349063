"""One convolution, ready to be solved, measured and written out: shared by all kinds that filter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

from .. import latex
from ..document import Message, Symbol, say
from ..engine import array, conv, windows
from ..figures.model import Animation, Figures, Grid
from ..frozen import frozen
from ..language import phrase
from ..model import Conventions, Effort, Step
from ..number import Number
from ..sums import Sum, Term
from ..values import nested
from .geometry import Map, beside, map_size
from .scatter import filtered
from .worked import (
    TURNED,
    Pair,
    Slide,
    grids,
    kernel_grids,
    marked_window,
    padded_figure,
    size_formulas,
    solved_grid,
    span_steps,
    sum_formulas,
    window_animation,
)

WRITTEN_OUT = 9
"""Up to so many cells, the worked steps write every sum out."""

# By (several channels, a bias); whole sentences, because languages order their parts differently.
INSTRUCTIONS = {
    (False, False): phrase(
        "The window of {{ cell }} is marked. Multiply each of its cells by the kernel's entry "
        "in the same position, and add the products."
    ),
    (False, True): phrase(
        "The window of {{ cell }} is marked. Multiply each of its cells by the kernel's entry "
        "in the same position, add the products, and add the bias."
    ),
    (True, False): phrase(
        "The window of {{ cell }} is marked in every channel. Multiply each of its cells by the "
        "kernel's entry in the same position, and add the products of all channels."
    ),
    (True, True): phrase(
        "The window of {{ cell }} is marked in every channel. Multiply each of its cells by the "
        "kernel's entry in the same position, add the products of all channels, and add the bias."
    ),
}


@frozen
class Filtering:
    """Maps that are filtered with kernels.

    Attributes
    ----------
    maps
        The input, (C, H, W).
    kernels
        (M, C, h, w).
    bias
        One number for each of the M output maps.
    slide
        How the window moves; in ceil mode zeros stand where the last one hangs over the end.
    turned
        Whether the kernels are turned by 180 degrees first: convolution in the mathematical sense.
    """

    maps: tuple[Map, ...]
    kernels: tuple[tuple[Map, ...], ...]
    bias: tuple[Number, ...]
    slide: Slide
    turned: bool

    def output(self) -> Any:
        """Return the output maps, (M, rows, columns), as the engine computes them."""
        slide, sizes = self.slide, map_size(self.maps[0])
        rows, columns = slide.positions(sizes)
        maps = conv(
            self.maps,
            self.kernels,
            self.bias,
            stride=slide.stride,
            padding=slide.frame(sizes),
            dilation=slide.dilation,
            flip=self.turned,
        )
        return maps[:, :rows, :columns]  # in ceil mode no window starts behind the input

    def second(self) -> tuple[Map, ...]:
        """Return the output maps by a method that shares nothing with the engine."""
        slide = self.slide
        return filtered(
            self.maps,
            self.kernels,
            self.bias,
            stride=slide.stride,
            padding=slide.padding,
            dilation=slide.dilation,
            turned=self.turned,
            overhang=slide.ceil_mode,
        )

    def laid(self) -> Any:
        """Return the kernels as they are laid over a window, (M, C, h, w)."""
        kernels = array(self.kernels)
        return kernels[..., ::-1, ::-1] if self.turned else kernels

    def factors(self, number: int, cell: Pair) -> list[tuple[Number, Number]]:
        """Return the pairs that are multiplied for one cell of one output map."""
        return list(zip(self._windows[:, *cell].ravel(), self.laid()[number].ravel(), strict=True))

    def made_of(self, number: int, cell: Pair) -> Sum:
        """Return what one cell of one output map is the sum of; nothing stands beside a padded cell."""
        (top, _), (left, _) = self.slide.padding
        window = [(row - top, column - left) for row, column in self.slide.window(cell)]
        places = product(self.maps, window)
        return Sum(
            tuple(
                Term(pixel, weight, beside(rows, place))
                for (rows, place), (pixel, weight) in zip(places, self.factors(number, cell), strict=True)
            ),
            self.bias[number],
        )

    @cached_property
    def _windows(self) -> Any:
        """The windows, (C, rows, columns, h, w)."""
        slide = self.slide
        return windows(
            self.maps,
            slide.kernel,
            stride=slide.stride,
            padding=slide.frame(map_size(self.maps[0])),
            dilation=slide.dilation,
        )

    def effort(self, cells: Sequence[Pair], maps: int) -> Effort:
        """Return what it takes to compute these cells of the first so many output maps."""
        pairs = (pair for number, cell in product(range(maps), cells) for pair in self.factors(number, cell))
        return effort_of(pairs, (single[cell] for single in self.output()[:maps] for cell in cells))

    def laid_kernels(self, origin: int) -> Grid | Figures:
        """Draw the kernels as they are laid over a window; turned, they have a prime."""
        return kernel_grids(nested(self.laid()), origin, "K'" if self.turned else "K")

    def turned_kernels(self, origin: int) -> Iterator[Step]:
        """Draw the kernels as they are laid over a window, if they are turned."""
        if self.turned:
            yield TURNED
            yield self.laid_kernels(origin)

    def work(
        self, symbols: Sequence[str], cells: Sequence[Pair], *, origin: int, digits: int | None
    ) -> Iterator[Step]:
        """Write out, step by step, how these cells of the output maps of these symbols are computed."""
        yield from span_steps(zip(self.slide.kernel, self.slide.dilation, strict=True))
        yield say("The output has as many rows and columns as the window has positions:")
        yield from size_formulas(map_size(self.maps[0]), self.slide)
        instruction = INSTRUCTIONS[len(self.maps) > 1, any(self.bias[: len(symbols)])]
        yield say(instruction, cell=cell_symbol(symbols[0], cells[0], origin))
        output = self.output()
        padded = padded_figure(self.maps, self.slide, origin=origin, over=0)
        if len(cells) == 1:
            yield marked_window(padded, self.slide, cells[0])
        else:
            yield self._animation(padded, symbols, output, origin, digits)
        shown = cells if len(cells) * len(symbols) <= WRITTEN_OUT else cells[:1]
        for number, symbol in enumerate(symbols):
            yield from self.sums(number, symbol, shown, origin=origin, digits=digits)
        if len(shown) < len(cells):
            yield say("Every other cell is found in the same way.")

    def work_at(
        self, number: int, symbol: str, cell: Pair, *, origin: int, digits: int | None, source: str = "X"
    ) -> Iterator[Step]:
        """Write out how one cell of one output map is computed; `source` is the symbol of the input maps."""
        yield from self.turned_kernels(origin)
        instruction = INSTRUCTIONS[len(self.maps) > 1, bool(self.bias[number])]
        yield say(instruction, cell=cell_symbol(symbol, cell, origin))
        padded = padded_figure(self.maps, self.slide, origin=origin, symbol=source, over=0)
        yield marked_window(padded, self.slide, cell)
        yield from self.sums(number, symbol, [cell], origin=origin, digits=digits)

    def sums(
        self, number: int, symbol: str, cells: Sequence[Pair], *, origin: int, digits: int | None
    ) -> Iterator[Symbol]:
        """Write out these cells of one output map."""
        output = self.output()[number]
        for cell in cells:
            yield from sum_formulas(
                cell_symbol(symbol, cell, origin).latex,
                self.factors(number, cell),
                bias=self.bias[number],
                total=output[cell],
                digits=digits,
            )

    def _animation(
        self, padded: Grid | Figures, symbols: Sequence[str], output: Any, origin: int, digits: int | None
    ) -> Animation:
        maps = [solved_grid(single, symbol, digits) for single, symbol in zip(output, symbols, strict=False)]
        kernels = grids(self.laid_kernels(origin))
        return window_animation(padded, self.slide, maps, origin=origin, kernels=kernels)


def effort_of(pairs: Iterable[tuple[Number, Number]], answers: Iterable[Number]) -> Effort:
    """Return what it takes to multiply these pairs and to write these answers down."""
    written = [(pixel, weight) for pixel, weight in pairs if pixel and weight]
    negatives = sum((pixel < 0) != (weight < 0) for pixel, weight in written)
    return Effort(len(written), negatives, max(map(digits_of, answers)))


def outputs(count: int, origin: int) -> list[tuple[str, str]]:
    """Return name and symbol of every output map."""
    if count == 1:
        return [("Y", "Y")]
    return [(f"Y{number}", f"Y^{{({number})}}") for number in range(origin, origin + count)]


def cell_symbol(symbol: str, cell: Pair, origin: int) -> Symbol:
    """Return the symbol of a cell, counted from the origin."""
    return Symbol(latex.indexed(symbol, cell[0] + origin, cell[1] + origin))


def operation_phrase(conventions: Conventions) -> Message:
    """Word what filtering means on a paper."""
    if conventions.operation == "convolution":
        return say("convolution (the kernel turned by 180°)")
    return say("cross-correlation (the kernel as it stands)")


def digits_of(number: Number) -> int:
    """Count the digits to be written down: of a fraction, those above and below the line."""
    parts = (number.numerator, number.denominator) if isinstance(number, Fraction) else (number,)
    return sum(len(str(abs(part))) for part in parts)
