"""Maps that are moved, before or after a window slides over them, and where the two can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal, TypeAlias

from ..engine import array, pad
from ..engine.later import np
from ..figures.model import Grid
from ..frozen import frozen
from ..model import Case
from ..values import nested
from .filtering import Filtering
from .geometry import Map, all_cells, map_size
from .pooling import Pooling
from .worked import Pair, Slide

Border: TypeAlias = Literal["zeros", "circular"]
Kind: TypeAlias = Literal["filter", "max", "avg"]

EVERYWHERE, INSIDE, NO = "everywhere", "only away from the border", "no"


@frozen
class Operation:
    """What is done to a map.

    Attributes
    ----------
    kind
        Filtering, or a kind of pooling.
    kernel
        The kernel of a filter; of a pooling nothing.
    slide
        How the window moves.
    border
        What stands outside the map: zeros, or the map again.
    turned
        Whether the kernel is turned by 180 degrees first.
    """

    kind: Kind
    kernel: Map | None
    slide: Slide
    border: Border
    turned: bool

    def of(self, rows: Map) -> Filtering | Pooling:
        """Return what is to be computed on a map, its padding written out."""
        bare = replace(self.slide, padding=((0, 0), (0, 0)))
        maps = (self.padded(rows),)
        if self.kind != "filter" or self.kernel is None:
            return Pooling(maps, "avg" if self.kind == "avg" else "max", bare, counts_padding=False)
        return Filtering(maps, ((self.kernel,),), (0,), bare, self.turned)

    def output(self, rows: Map) -> Map:
        """Compute the output map."""
        (output,) = nested(self.of(rows).output())
        single: Map = output
        return single

    def padded(self, rows: Map) -> Map:
        """Return a map with its padding around it."""
        cells = array(rows)
        if self.border == "circular":
            return _map(np.pad(cells, self.slide.padding, mode="wrap"))
        return _map(pad(cells, self.slide.padding))

    def figure(self, rows: Map, symbol: str) -> Grid:
        """Draw a map with its padding."""
        padded, (height, width) = self.padded(rows), map_size(rows)
        (top, _), (left, _) = self.slide.padding
        cells = all_cells(map_size(padded))
        faint = (cell for cell in cells if not _within(_less(cell, (top, left)), (height, width)))
        return Grid(padded, symbol, faint=frozenset(faint))

    def moved(self, rows: Map, by: Pair) -> Map:
        """Return a map moved by so many cells (down, across)."""
        cells = array(rows)
        if self.border == "circular":
            return _map(np.roll(cells, by, axis=(0, 1)))
        return _map(pad(cells, [(step, -step) for step in by]))

    def inner_cells(self, sizes: Pair, shift: Pair, output_shift: Pair) -> Iterator[Pair]:
        """Yield the output cells to be compared away from the border.

        Nothing from outside the map, and nothing that came in over its edge, has a part in them: neither
        if the input is moved by `shift`, nor if the output is moved by `output_shift`.
        """
        outputs = self.slide.positions(sizes)
        for cell in all_cells(outputs):
            source = _less(cell, output_shift)
            here = self._window(cell)
            there = [_less(place, shift) for place in here]
            if _within(source, outputs) and all(
                _within(place, sizes) for place in (*here, *there, *self._window(source))
            ):
                yield cell

    def _window(self, cell: Pair) -> list[Pair]:
        """Return the places of the map, padding below 0, that the window of an output cell touches."""
        (top, _), (left, _) = self.slide.padding
        return [_less(place, (top, left)) for place in self.slide.window(cell)]


def _map(cells: object) -> Map:
    rows: Map = nested(cells)
    return rows


def _less(place: Pair, by: Pair) -> Pair:
    return place[0] - by[0], place[1] - by[1]


def _within(place: Pair, sizes: Pair) -> bool:
    return 0 <= place[0] < sizes[0] and 0 <= place[1] < sizes[1]


def slide_of(given: Any) -> Slide:
    """Return how the window of a case moves; unless stated, by 1, or by the window of a pooling."""
    size = map_size(given.kernel) if given.layer == "filter" else given.window
    return Slide(size, given.stride or ((1, 1) if given.layer == "filter" else size), given.padding)


def output_shift_of(given: Any) -> Pair:
    """Return by how many cells the output of a case is moved to be compared."""
    stated: Pair | None = given.output_shift
    return output_shift(given.shift, slide_of(given).stride) if stated is None else stated


def agreeing(one: Map, other: Map) -> frozenset[Pair]:
    """Return the cells in which two maps of one size agree."""
    return frozenset(
        (row, column) for row, column in all_cells(map_size(one)) if one[row][column] == other[row][column]
    )


def verdict(one: Map, other: Map, inner: frozenset[Pair]) -> str:
    """Say where two maps agree."""
    same = agreeing(one, other)
    if len(same) == len(one) * len(one[0]):
        return EVERYWHERE
    return INSIDE if inner <= same else NO


def output_shift(shift: Pair, stride: Pair) -> Pair:
    """Divide a shift by the stride; what is not whole is rounded away from 0."""
    down, across = (
        -(-abs(step) // size) * (1 if step > 0 else -1) for step, size in zip(shift, stride, strict=True)
    )
    return down, across


def operation_of(case: Case[Any]) -> Operation:
    """Return what a case does to a map."""
    given, turned = case.given, case.conventions.operation == "convolution"
    return Operation(given.layer, given.kernel, slide_of(given), given.border, turned)


def inputs_of(case: Case[Any]) -> tuple[Map, Map]:
    """Return the input of a case, and the input moved."""
    return case.given.input, operation_of(case).moved(case.given.input, case.given.shift)


def inner_of(given: Any) -> frozenset[Pair]:
    """Return the output cells of a case that are compared away from the border."""
    operation = operation_of(Case(given))
    return frozenset(operation.inner_cells(map_size(given.input), given.shift, output_shift_of(given)))
