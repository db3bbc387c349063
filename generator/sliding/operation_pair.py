"""A map and a kernel, cross-correlated and convolved: both operations, as right as somebody knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from .. import latex
from ..document import Lines, Symbol, say
from ..engine import array, pad
from ..figures.model import Figures, Grid
from ..frozen import frozen
from ..model import Step
from ..number import Number
from ..values import nested
from .filtering import WRITTEN_OUT, Filtering, cell_symbol
from .geometry import Map, Pair, map_size
from .kernel_symmetry import changes_sign, mirrored, upside_down
from .kernels import transposed, turned
from .row_filtering import row_cell, row_figures
from .worked import Slide, marked_window, padded_figure, solved_grid, sum_formulas

SYMBOLS = ("A", "B")
"""Of the cross-correlation and of the convolution."""

_AS_CONVOLVED: Mapping[str, Callable[[Map], Map]] = {
    "no_flip": lambda kernel: kernel,
    "operations_swapped": lambda kernel: kernel,
    "flip_rows_only": upside_down,
    "flip_columns_only": mirrored,
    "transpose_kernel": transposed,
}
"""What somebody does with the kernel of a convolution instead of turning it."""

_TURNS_CORRELATION = frozenset({"extra_flip", "operations_swapped"})


def as_correlated(kernel: Map, slips: frozenset[str]) -> Map:
    """Return a kernel as it is laid over a window in a cross-correlation."""
    return turned(kernel) if slips & _TURNS_CORRELATION else kernel


def as_convolved(kernel: Map, slips: frozenset[str]) -> Map:
    """Return a kernel as it is laid over a window in a convolution."""
    wrong = next((_AS_CONVOLVED[slip] for slip in sorted(slips) if slip in _AS_CONVOLVED), turned)
    return wrong(kernel)


def shifted(rows: Map, down: int, across: int) -> Map:
    """Move a map by so many cells; zeros come in, and what leaves is lost."""
    moved: Map = nested(pad(array(rows), [(down, -down), (across, -across)]))
    return moved


@frozen
class OperationPair:
    """A map that is filtered in both ways, with stride 1 and without padding.

    Attributes
    ----------
    map, kernel
        Numbers in rows.
    slips
        What somebody gets wrong.
    """

    map: Map
    kernel: Map
    slips: frozenset[str] = frozenset()

    @cached_property
    def correlation(self) -> Filtering:
        """The cross-correlation."""
        return _filtering(self._first_map, as_correlated(self.kernel, self.slips), turned=False)

    @cached_property
    def convolution(self) -> Filtering:
        """The convolution; unless somebody errs, the engine turns the kernel itself."""
        if not self.slips & _AS_CONVOLVED.keys():
            return _filtering(self._second_map, self.kernel, turned=True)
        return _filtering(self._second_map, as_convolved(self.kernel, self.slips), turned=False)

    @property
    def _first_map(self) -> Map:
        if "started_late" not in self.slips:
            return self.map
        rows = map_size(self.map)[0]
        return shifted(self.map, -1 if rows > 1 else 0, -1)

    @property
    def _second_map(self) -> Map:
        if "convolution_from_the_start" not in self.slips:
            return self._first_map
        rows, columns = map_size(self.kernel)
        return shifted(self.map, rows - 1, columns - 1)

    def maps(self) -> tuple[Map, Map]:
        """Return both maps, as the engine computes them."""
        return nested(self.correlation.output()[0]), nested(self.convolution.output()[0])

    def second(self) -> tuple[Map, Map]:
        """Return both maps by a method that shares nothing with the engine."""
        return self.correlation.second()[0], self.convolution.second()[0]

    @property
    def is_row(self) -> bool:
        """Whether the map is one row, whose cells need one index only."""
        return len(self.map) == 1

    def symbol(self, letter: str, cell: Pair, origin: int) -> Symbol:
        """Return the symbol of a cell of a map."""
        return row_cell(letter, cell[1], origin) if self.is_row else cell_symbol(letter, cell, origin)

    def figure(self, rows: Map, letter: str, origin: int) -> Grid | Figures:
        """Draw a map; a row with the numbers of its cells."""
        return row_figures(rows, origin, letter) if self.is_row else Grid(rows, letter)

    def definitions(self, origin: int) -> Lines:
        """Write both operations as formulas, everything counted from one origin."""
        named = zip((say("cross-correlation"), say("convolution")), SYMBOLS, (False, True), strict=True)
        return Lines(
            tuple(
                say(
                    "{{ name }}: {{ formula }}",
                    name=name,
                    formula=Symbol(
                        _formula(letter, map_size(self.kernel), origin, is_row=self.is_row, back=back)
                    ),
                )
                for name, letter, back in named
            ),
            ordered=False,
        )

    # -- worked steps ---------------------------------------------------------------------------

    def turn_steps(self) -> Iterator[Step]:
        """Turn the kernel, and say where nothing or only the sign changes."""
        yield say(
            "The cross-correlation lays the kernel $K$ over the windows as it stands. "
            "The convolution turns it by 180° first:"
        )
        yield Grid(turned(self.kernel), "K'")
        if turned(self.kernel) == self.kernel:
            yield say(
                "It looks the same: with this kernel both operations agree, whatever they are laid over."
            )
        elif changes_sign(self.kernel):
            yield say(
                "Every weight has changed its sign, and nothing else: the convolution is the "
                "cross-correlation with the opposite sign."
            )

    def window_step(self, cell: Pair, origin: int) -> Iterator[Step]:
        """Mark the window of a cell."""
        yield say(
            "The window of {{ one }} and {{ other }} is marked: it is the same for both operations.",
            one=self.symbol(SYMBOLS[0], cell, origin),
            other=self.symbol(SYMBOLS[1], cell, origin),
        )
        filtering = self.correlation
        figure = padded_figure(filtering.maps, filtering.slide, origin=origin)
        yield marked_window(figure, filtering.slide, cell)

    def sums(self, cells: list[Pair], *, origin: int, digits: int | None) -> Iterator[Step]:
        """Write cells of both maps out: all of them where they are few."""
        shown = cells if 2 * len(cells) <= WRITTEN_OUT else cells[:1]
        pairs = zip(SYMBOLS, (self.correlation, self.convolution), self.maps(), strict=True)
        for letter, filtering, solved in pairs:
            for row, column in shown:
                yield from sum_formulas(
                    self.symbol(letter, (row, column), origin).latex,
                    filtering.factors(0, (row, column)),
                    bias=0,
                    total=solved[row][column],
                    digits=digits,
                )
        if len(shown) < len(cells):
            yield say("Every other cell is found in the same way.")

    @property
    def filterings(self) -> tuple[Filtering, Filtering]:
        """Both operations, in the order of their maps."""
        return self.correlation, self.convolution

    def work_at(self, number: int, cell: Pair, *, origin: int, digits: int | None) -> Iterator[Step]:
        """Write out how one cell of one of the maps is computed."""
        filtering = self.filterings[number]
        yield from filtering.turned_kernels(origin)
        yield from self.window_step(cell, origin)
        left = self.symbol(SYMBOLS[number], cell, origin).latex
        total = at(self.maps()[number], cell)
        yield from sum_formulas(left, filtering.factors(0, cell), bias=0, total=total, digits=digits)

    def solved(self, digits: int | None) -> Iterator[Step]:
        """Draw both maps."""
        for letter, solved in zip(SYMBOLS, self.maps(), strict=True):
            yield solved_grid(solved, letter, digits)


def _filtering(rows: Map, kernel: Map, *, turned: bool) -> Filtering:
    return Filtering((rows,), ((kernel,),), (0,), Slide(map_size(kernel)), turned)


def at(rows: Map, cell: Pair) -> Number:
    """Return the number in a cell."""
    return rows[cell[0]][cell[1]]


def _formula(letter: str, window: Pair, origin: int, *, is_row: bool, back: bool) -> str:
    """Write the formula of a cell: its window read forwards, or back from its end."""
    named = zip("ij", "uv", window[1:] if is_row else window, strict=False)
    axes = list(named)
    sums = "".join(rf"\sum_{{{tap}={origin}}}^{{{size - 1 + origin}}}" for _, tap, size in axes)
    reached = ",".join(_reached(place, tap, size, origin, back=back) for place, tap, size in axes)
    cell, taps = ",".join(place for place, _, _ in axes), ",".join(tap for _, tap, _ in axes)
    return rf"{letter}_{{{cell}}}={sums}X_{{{reached}}}\,K_{{{taps}}}"


def _reached(place: str, tap: str, size: int, origin: int, *, back: bool) -> str:
    constant = size - 1 + origin if back else -origin
    shift = latex.added(constant) if constant else ""
    return f"{place}{shift}-{tap}" if back else f"{place}+{tap}{shift}"
