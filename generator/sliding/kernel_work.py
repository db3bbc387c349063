"""How the right one of several kernels is told from the others: by its weights, and by single cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TypeAlias

from ..document import Lines, say
from ..model import Step
from .filtering import Filtering, cell_symbol
from .geometry import Map
from .grey import Scale
from .kernels import Kernel, effect
from .worked import marked_window, padded_figure, sum_formulas

Cell: TypeAlias = tuple[int, int]

LETTERS = "ABCDEF"
"""The names of options; there are no more of them."""


def differing(one: Map, other: Map) -> list[Cell]:
    """Return the cells in which two maps of one size differ, row by row."""
    cells = product(range(len(one)), range(len(one[0])))
    return [(row, column) for row, column in cells if one[row][column] != other[row][column]]


def telling_cell(maps: Sequence[Map], right: int) -> Cell:
    """Return one of the cells that tell the right map from most others: the nearest to the middle."""
    told = [cell for other in maps for cell in differing(maps[right], other)]
    rows, columns = len(maps[right]), len(maps[right][0])

    def rank(cell: Cell) -> tuple[int, int, Cell]:
        return -told.count(cell), abs(2 * cell[0] - rows + 1) + abs(2 * cell[1] - columns + 1), cell

    return min(set(told), key=rank, default=(0, 0))


def weighed(kernels: Sequence[Kernel]) -> Lines:
    """Say what the weights of each kernel tell alone, as it is laid over the image."""
    items = (
        say("{{ letter }}: {{ effect }}.", letter=letter, effect=effect(kernel))
        for letter, kernel in zip(LETTERS, kernels, strict=False)
    )
    return Lines(tuple(items), ordered=False)


def computed_cell(
    filtering: Filtering, number: int, cell: Cell, *, origin: int, digits: int | None = None
) -> Iterator[Step]:
    """Mark the window of one cell, and write out what one of the kernels makes of it."""
    symbol = cell_symbol("Y", cell, origin)
    yield say(
        "The window of {{ cell }} is marked. Multiply each of its cells by the weight in the same position, "
        "and add the products; those with a weight of 0 are left out.",
        cell=symbol,
    )
    padded = padded_figure(filtering.maps, filtering.slide, origin=origin)
    yield marked_window(padded, filtering.slide, cell)
    yield from sum_formulas(
        symbol.latex,
        [(pixel, weight) for pixel, weight in filtering.factors(number, cell) if weight],
        bias=0,
        total=filtering.output()[number][cell],
        digits=digits,
    )


def ruled_out(maps: Sequence[Map], right: int, scale: Scale, cell: Cell, *, origin: int) -> Lines:
    """Say which number gives each wrong option away: in this cell, or in the first that looks different."""
    items = []
    for letter, single in zip(LETTERS, maps, strict=False):
        cells = differing(scale.seen(maps[right]), scale.seen(single))
        if not cells:
            continue
        row, column = cell if cell in cells else cells[0]
        items.append(
            say(
                "{{ letter }}: {{ cell }} would be {{ wrong }}, not {{ right }}.",
                letter=letter,
                cell=cell_symbol("Y", (row, column), origin),
                wrong=single[row][column],
                right=maps[right][row][column],
            )
        )
    return Lines(tuple(items), ordered=False)
