"""Where filtered images differ, and how their differences rule options out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TypeAlias

from ..document import Lines, Message, say
from ..model import Step
from ..number import Number
from .filtering import Filtering, cell_symbol
from .kernels import effect
from .worked import sum_formulas, window_figure

Cell: TypeAlias = tuple[int, int]
Map: TypeAlias = Sequence[Sequence[Number]]


def differing(one: Map, other: Map) -> list[Cell]:
    """Return the cells in which two maps of one size differ, row by row."""
    cells = product(range(len(one)), range(len(one[0])))
    return [(row, column) for row, column in cells if one[row][column] != other[row][column]]


def telling_cell(maps: Sequence[Map], right: int) -> Cell:
    """Return the first of the cells that tell the right map from most others."""
    told = [cell for other in maps for cell in differing(maps[right], other)]
    return min(sorted(set(told)), key=lambda cell: -told.count(cell), default=(0, 0))


def weighed(names: Sequence[Message], filtering: Filtering) -> Lines:
    """Say of every kernel what its weights alone tell."""
    items = (
        say("{{ name }}: {{ effect }}.", name=name, effect=effect(kernel))
        for name, (kernel,) in zip(names, filtering.kernels, strict=True)
    )
    return Lines(tuple(items), ordered=False)


def computed_cell(filtering: Filtering, number: int, cell: Cell, *, origin: int, digits: int | None) -> Iterator[Step]:
    """Mark the window of one cell and write out what one of the kernels makes of it."""
    symbol = cell_symbol("Y", cell, origin)
    yield say(
        "The window of {{ cell }} is marked. Multiply each of its cells by the weight in the same position, "
        "and add the products.",
        cell=symbol,
    )
    yield window_figure(filtering.maps, cell, filtering.slide, origin=origin)
    row, column = cell
    yield from sum_formulas(
        symbol.latex,
        filtering.factors(number, cell),
        bias=0,
        total=filtering.output()[number][row][column],
        digits=digits,
    )


def ruled_out(
    names: Sequence[Message], maps: Sequence[Map], drawn: Sequence[Map], right: int, cell: Cell, *, origin: int
) -> Lines:
    """Say of every wrong option which number gives it away: in this cell, or in the first that differs.

    `drawn` are the maps as their pictures show them; numbers beyond black and white look alike there.
    """
    items = []
    for name, single, picture in zip(names, maps, drawn, strict=True):
        cells = differing(drawn[right], picture)
        if not cells:
            continue
        row, column = cell if cell in cells else cells[0]
        items.append(
            say(
                "{{ name }}: {{ cell }} is {{ wrong }}, not {{ right }}.",
                name=name,
                cell=cell_symbol("Y", (row, column), origin),
                wrong=single[row][column],
                right=maps[right][row][column],
            )
        )
    return Lines(tuple(items), ordered=False)
