"""Parts of worked solutions that several kinds share: sizes, windows, sums of products."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import product
from typing import Any, TypeAlias

from .. import latex
from ..document import Symbol, say
from ..engine import array, effective_kernel, out_size, pad, rounded
from ..figures.model import Animation, Figures, Frame, Grid
from ..figures.numerals import MINUS, cell_text
from ..frozen import frozen
from ..language import phrase
from ..model import Rounded, Step
from ..number import Number
from ..rules import rule_for, written
from ..values import nested

Pair: TypeAlias = tuple[int, int]

ROWS_AND_COLUMNS = (phrase("rows"), phrase("columns"))
TURNED = say("A convolution turns the kernel by 180°; the turned kernel $K'$ is then used as it stands.")
"""What is said before turned kernels are drawn."""

LINE = 9
"""Products on one line of a sum."""

MOST_STEPS = 36
"""Of an animation: more do not fit on a page of film, and nobody watches them."""

MOST_KERNELS = 4
"""Beside an animation."""


@frozen
class Slide:
    """How a window moves over maps: everything (down, across), padding ((top, bottom), (left, right)).

    In ceil mode the number of its positions is rounded up, and the last one may hang over the end.
    """

    kernel: Pair
    stride: Pair = (1, 1)
    padding: tuple[Pair, Pair] = ((0, 0), (0, 0))
    dilation: Pair = (1, 1)
    ceil_mode: bool = False

    def positions(self, sizes: Pair) -> Pair:
        """Return how many positions the window has on maps of so many (rows, columns).

        Raises
        ------
        ShapeError
            If it does not fit.
        """
        return _positions(self, sizes)

    def window(self, cell: Pair) -> list[Pair]:
        """Return the cells of the padded maps that the window of an output cell touches."""
        down, across = (
            [place * step + tap * gap for tap in range(size)]
            for place, step, gap, size in zip(cell, self.stride, self.dilation, self.kernel, strict=True)
        )
        return list(product(down, across))

    def left_over(self, sizes: Pair) -> Pair:
        """Count the padded rows and columns behind the last window; negative where it hangs over."""
        rows, columns = self.positions(sizes)
        last = self.window((rows - 1, columns - 1))[-1]
        behind = zip(sizes, self.padding, last, strict=True)
        down, across = (size + sum(sides) - 1 - end for size, sides, end in behind)
        return down, across

    def frame(self, sizes: Pair) -> tuple[Pair, Pair]:
        """Return the padding, and beyond it what the last window needs where it hangs over the end."""
        down, across = (max(0, -count) for count in self.left_over(sizes))
        (top, bottom), (left, right) = self.padding
        return (top, bottom + down), (left, right + across)

    def padded(self, maps: Any, fill: Number | None = 0, over: Number | None = None) -> Any:
        """Return maps, (C, H, W), with `fill` in the padding and `over` where the last window hangs over."""
        beyond = [(0, max(0, -count)) for count in self.left_over(array(maps).shape[1:])]
        return pad(pad(array(maps), self.padding, fill), beyond, over)


@lru_cache(maxsize=256)
def _positions(slide: Slide, sizes: Pair) -> Pair:
    axes = zip(sizes, slide.kernel, slide.stride, slide.padding, slide.dilation, strict=True)
    rows, columns = (
        out_size(size, window, stride=step, padding=sides, dilation=gap, ceil_mode=slide.ceil_mode)
        for size, window, step, sides, gap in axes
    )
    return rows, columns


def channels(symbol: str, maps: Any, origin: int) -> Grid | Figures:
    """Draw maps, (C, H, W); a single one goes by the symbol alone."""
    if len(maps) == 1:
        return Grid(nested(maps[0]), symbol)
    members = tuple(Grid(nested(rows), f"{symbol}_{{{number}}}") for number, rows in enumerate(maps, origin))
    return Figures(symbol, members)


def kernel_grids(kernels: Any, origin: int, symbol: str = "K") -> Grid | Figures:
    """Draw kernels, (M, C, h, w); a single one goes by the symbol alone."""
    if len(kernels) == 1:
        return channels(symbol, kernels[0], origin)
    figures = [
        channels(f"{symbol}^{{({number})}}", maps, origin) for number, maps in enumerate(kernels, origin)
    ]
    return Figures(symbol, tuple(grid for figure in figures for grid in grids(figure)))


def grids(figure: Grid | Figures) -> tuple[Grid, ...]:
    """Return the grids of a figure."""
    members = figure.members if isinstance(figure, Figures) else (figure,)
    return tuple(member for member in members if isinstance(member, Grid))


def span_steps(windows: Iterable[tuple[int, int]]) -> Iterator[Step]:
    """Say how many cells dilated windows, each with its kernel and dilation, span."""
    for kernel, dilation in dict.fromkeys(windows):
        if dilation > 1:
            span = effective_kernel(kernel, dilation)
            yield say("Dilation leaves gaps in the window, so that it spans more cells:")
            yield Symbol(rf"{dilation}\cdot({kernel}-1)+1={span}")


def size_formulas(sizes: Pair, slide: Slide, names: tuple[str, str] = ROWS_AND_COLUMNS) -> Iterator[Symbol]:
    """Work out how many rows and columns an output has; nothing of an axis along which nothing can move."""
    for axis, name in enumerate(names):
        if (sizes[axis], slide.kernel[axis], slide.positions(sizes)[axis]) != (1, 1, 1):
            yield size_formula(name, sizes, slide, axis=axis)


def size_formula(name: str, sizes: Pair, slide: Slide, *, axis: int) -> Symbol:
    """Work out how many positions the window has along one axis."""
    round_ = "ceil" if slide.ceil_mode else "floor"
    step, sides = slide.stride[axis], slide.padding[axis]
    span = effective_kernel(slide.kernel[axis], slide.dilation[axis])
    room = f"{sizes[axis]}+{sum(sides)}-{span}" if any(sides) else f"{sizes[axis]}-{span}"
    quotient = room if step == 1 else rf"\left\l{round_}\frac{{{room}}}{{{step}}}\right\r{round_}"
    too_far = slide.ceil_mode and slide.left_over(sizes)[axis] > 0  # the last would begin behind the maps
    dropped = "-1" if too_far else ""
    return Symbol(rf"\text{{{name}}}={quotient}+1{dropped}={slide.positions(sizes)[axis]}")


def padded_figure(
    maps: Any,
    slide: Slide,
    *,
    origin: int,
    symbol: str = "X",
    fill: Number | None = 0,
    over: Number | None = None,
) -> Grid | Figures:
    """Draw maps, (C, H, W), with the cells around them that windows touch.

    `fill` stands in the padding, `over` where the last window hangs over the end; None is an empty cell.
    """
    (top, _), (left, _) = slide.padding
    height, width = array(maps).shape[1:]
    padded = slide.padded(maps, fill, over)
    faint = frozenset(
        (row, column)
        for row, column in product(*map(range, padded.shape[1:]))
        if not (top <= row < top + height and left <= column < left + width)
    )
    return _each(channels(symbol, padded, origin), faint=faint)


def marked_window(padded: Grid | Figures, slide: Slide, cell: Pair) -> Grid | Figures:
    """Mark the window of one output cell in what `padded_figure` draws."""
    return _each(padded, marked=frozenset(slide.window(cell)))


def _each(figure: Grid | Figures, **changes: Any) -> Grid | Figures:
    """Change every grid of a figure."""
    drawn = tuple(replace(grid, **changes) for grid in grids(figure))
    return replace(figure, members=drawn) if isinstance(figure, Figures) else drawn[0]


def solved_grid(rows: Any, symbol: str, digits: int | None) -> Grid:
    """Draw a map of answers as they are to be written: exact, or rounded."""
    texts = written(rule_for(digits), nested(rows))
    return Grid(tuple(tuple(text.replace("-", MINUS) for text in row) for row in texts), symbol)


def window_animation(
    padded: Grid | Figures,
    slide: Slide,
    outputs: Sequence[Grid],
    *,
    origin: int,
    kernels: Sequence[Grid] = (),
) -> Animation:
    """Let the window slide over padded maps and fill in the output maps, cell by cell.

    Parameters
    ----------
    padded
        What `padded_figure` draws.
    outputs
        The output maps, their cells already written; at most `MOST_STEPS` of them are filled in.
    kernels
        What is drawn beside, if it is no more than `MOST_KERNELS`.
    """
    rows, columns = len(outputs[0].rows), len(outputs[0].rows[0])
    empty = ((None,) * columns,) * rows
    cells = list(product(range(rows), range(columns)))[:MOST_STEPS]
    return Animation(
        sources=grids(padded),
        targets=tuple(Grid(empty, output.label) for output in outputs),
        frames=tuple(
            Frame(
                frozenset(slide.window(cell)),
                frozenset({cell}),
                {
                    (number, cell): cell_text(output.rows[cell[0]][cell[1]])
                    for number, output in enumerate(outputs)
                },
            )
            for cell in cells
        ),
        kernels=tuple(kernels) if len(kernels) <= MOST_KERNELS else (),
        origin=origin,
        printed=1,
    )


def sum_formulas(
    left: str, pairs: Iterable[tuple[Number, Number]], *, bias: Number, total: Number, digits: int | None
) -> Iterator[Symbol]:
    """Write one cell out: the products of its window, the bias, the sum, and the sum rounded.

    A long sum takes several lines, because a formula is set on one.
    """
    listed = list(pairs)
    lines = [latex.products(listed[start : start + LINE]) for start in range(0, len(listed), LINE)]
    lines[-1] += (latex.added(bias) if bias else "") + f"={result(total, digits)}"
    yield Symbol(f"{left}={lines[0]}")
    yield from (Symbol(rf"\qquad {{}}+{line}") for line in lines[1:])


def result(number: Number, digits: int | None) -> str:
    """Write the end of a formula: the exact number and, where answers are rounded, its decimals."""
    exact = latex.number(number)
    if digits is None or number == int(number):
        return exact
    sign = "=" if rounded(number, digits) == number else r"\approx "
    return f"{exact}{sign}{written(Rounded(digits), number)}"
