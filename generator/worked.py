"""Parts of worked solutions that several kinds share: sizes, windows, sums of products."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from . import latex
from .document import Figures, Grid, Number, Symbol
from .engine import array, effective_kernel, out_size, pad, rounded
from .values import nested

Pair: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Slide:
    """How a window moves over maps: everything (down, across), padding ((top, bottom), (left, right))."""

    kernel: Pair
    stride: Pair = (1, 1)
    padding: tuple[Pair, Pair] = ((0, 0), (0, 0))
    dilation: Pair = (1, 1)

    def positions(self, sizes: Pair) -> Pair:
        """Return how many positions the window has on maps of so many (rows, columns).

        Raises
        ------
        ShapeError
            If it does not fit.
        """
        axes = zip(sizes, self.kernel, self.stride, self.padding, self.dilation, strict=True)
        rows, columns = (
            out_size(size, window, stride=step, padding=sides, dilation=gap)
            for size, window, step, sides, gap in axes
        )
        return rows, columns


def channels(symbol: str, maps: Any, origin: int) -> Grid | Figures:
    """Draw maps, (C, H, W); a single one goes by the symbol alone."""
    if len(maps) == 1:
        return Grid(nested(maps[0]), symbol)
    members = tuple(Grid(nested(rows), f"{symbol}_{{{number}}}") for number, rows in enumerate(maps, origin))
    return Figures(symbol, members)


def grids(figure: Grid | Figures) -> tuple[Grid, ...]:
    """Return the grids of a figure."""
    return figure.members if isinstance(figure, Figures) else (figure,)


def size_formulas(sizes: Pair, slide: Slide) -> Iterator[Symbol]:
    """Work out how many rows and columns an output has."""
    names = (r"\text{rows}", r"\text{columns}")
    axes = zip(names, sizes, slide.kernel, slide.stride, slide.padding, slide.dilation, strict=True)
    for (name, size, window, step, sides, gap), result in zip(axes, slide.positions(sizes), strict=True):
        span = effective_kernel(window, gap)
        room = f"{size}+{sum(sides)}-{span}" if any(sides) else f"{size}-{span}"
        quotient = room if step == 1 else rf"\left\lfloor\frac{{{room}}}{{{step}}}\right\rfloor"
        yield Symbol(f"{name}={quotient}+1={result}")


def window_figure(maps: Any, cell: Pair, slide: Slide, *, origin: int, symbol: str = "X") -> Grid | Figures:
    """Draw the padded maps, (C, H, W), with the window of one output cell marked."""
    (top, bottom), (left, right) = slide.padding
    height, width = array(maps).shape[1:]
    marked = frozenset(
        (cell[0] * slide.stride[0] + u * slide.dilation[0], cell[1] * slide.stride[1] + v * slide.dilation[1])
        for u in range(slide.kernel[0])
        for v in range(slide.kernel[1])
    )
    faint = frozenset(
        (row, column)
        for row in range(top + height + bottom)
        for column in range(left + width + right)
        if not (top <= row < top + height and left <= column < left + width)
    )
    figure = channels(symbol, pad(array(maps), slide.padding), origin)
    drawn = tuple(replace(grid, marked=marked, faint=faint) for grid in grids(figure))
    return replace(figure, members=drawn) if isinstance(figure, Figures) else drawn[0]


def sum_formula(
    left: str, pairs: Iterable[tuple[Number, Number]], *, bias: Number, total: Number, digits: int | None
) -> Symbol:
    """Write one cell out: the products of its window, the bias, the sum, and the sum rounded."""
    terms = latex.products(pairs) + (latex.added(bias) if bias else "")
    formula = f"{left}={terms}={latex.number(total)}"
    if digits is not None:
        formula += rf"\approx {latex.decimal(rounded(total, digits))}"
    return Symbol(formula)
