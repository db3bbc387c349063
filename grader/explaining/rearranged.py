"""Whole maps put down transposed, mirrored, turned, shifted or in another shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, permutations
from math import prod
from typing import Any, TypeAlias

from ...generator.document import Message
from ...generator.language import phrase
from ...generator.model import Field
from ...generator.questions.misconceptions import SENTENCES as MISCONCEPTIONS
from ..marking.compare import same
from ..model import Explanation, Finding
from .evidence import answers_that_agree, cells_that_agree, enough, lone_cell, plausible_cells, sizes
from .wrong import Wrong

Rows: TypeAlias = tuple[tuple[Any, ...], ...]

Maps: TypeAlias = Mapping[str, Rows]
"""The maps of a problem, by field."""

SENTENCES: Mapping[str, str] = {
    "transposed": phrase("Your map holds the right values with rows and columns swapped."),
    "columns_reversed": phrase("Your map holds the right values, mirrored left to right."),
    "rows_reversed": phrase("Your map holds the right values, upside down."),
    "turned": phrase("Your map holds the right values, turned by 180°."),
    "turned_left": phrase("Your map holds the right values, turned to the left by 90°."),
    "turned_right": phrase("Your map holds the right values, turned to the right by 90°."),
    "shifted_up": phrase("Your map holds the right values, one row too far up."),
    "shifted_down": phrase("Your map holds the right values, one row too far down."),
    "shifted_left": phrase("Your map holds the right values, one column too far to the left."),
    "shifted_right": phrase("Your map holds the right values, one column too far to the right."),
    "filled_by_columns": phrase(
        "Your map holds the right values, written column by column; a map is filled row by row."
    ),
    "reshaped": phrase("Your map holds the right values in their order, but has another number of columns."),
}

MOST_SWAPPED = 4
"""Of more maps, not every order is looked at."""

SWAPPED = "maps_swapped"
"""Maps that stand in each other's place; as a misconception it has its sentence in their table."""

SHIFTED = "shifted"

ANYTHING = ""
"""What stands in a cell of a shifted map that came from nowhere; no number is the same."""


def _transposed(rows: Rows) -> Rows:
    return tuple(zip(*rows, strict=True))


def _upside_down(rows: Rows) -> Rows:
    return rows[::-1]


def _mirrored(rows: Rows) -> Rows:
    return tuple(row[::-1] for row in rows)


def _down(rows: Rows) -> Rows:
    return ((ANYTHING,) * len(rows[0]), *rows[:-1])


def _up(rows: Rows) -> Rows:
    return (*rows[1:], (ANYTHING,) * len(rows[0]))


def _by_columns(rows: Rows) -> Rows:
    """Write the cells, row by row, into the columns of a map of the same size."""
    cells = list(chain.from_iterable(rows))
    return tuple(tuple(cells[row :: len(rows)]) for row in range(len(rows)))


REARRANGEMENTS: Mapping[str, Callable[[Rows], Rows]] = {
    "transposed": _transposed,
    "columns_reversed": _mirrored,
    "rows_reversed": _upside_down,
    "turned": lambda rows: _mirrored(_upside_down(rows)),
    "turned_left": lambda rows: _upside_down(_transposed(rows)),
    "turned_right": lambda rows: _mirrored(_transposed(rows)),
    "shifted_up": _up,
    "shifted_down": _down,
    "shifted_left": lambda rows: _transposed(_up(_transposed(rows))),
    "shifted_right": lambda rows: _transposed(_down(_transposed(rows))),
    "filled_by_columns": _by_columns,
}


def rearranged(wrong: Wrong) -> Explanation | None:
    """Name what was done to the maps, the same to each that is wrong, where it hardly fits by chance.

    What accounts for all cells comes before a shift, which leaves those at the rim open.
    """
    if any(field.kind != "tensor" for field in wrong.unexplained) or lone_cell(wrong):
        return None
    tried = list(_expected(wrong))
    fitting = [
        (name, maps)
        for name, maps in tried
        if _fits(wrong, maps) and enough(len(tried), _plausible(wrong, maps))
    ]
    fitting = [(name, maps) for name, maps in fitting if not name.startswith(SHIFTED)] or fitting
    if len(fitting) != 1:
        return Explanation(fields=wrong.names) if fitting else None
    ((name, maps),) = fitting
    sentence = Message(SENTENCES.get(name) or MISCONCEPTIONS[name])
    return Explanation(Finding((name,), wrong.names, (sentence,), _evidence(wrong, maps)), wrong.names)


def _expected(wrong: Wrong) -> Iterator[tuple[str, Maps]]:
    """Yield each rearrangement with the maps that it makes; those that move all cells alike come once."""
    keys: dict[str, Any] = {field.name: wrong.problem.key[field.name][0] for field in wrong.unexplained}
    places = {name: _numbered(rows) for name, rows in keys.items()}
    known = [places]
    for name, rearrange in REARRANGEMENTS.items():
        moved = {field: rearrange(rows) for field, rows in places.items()}
        if moved not in known:
            known.append(moved)
            yield name, {field: rearrange(rows) for field, rows in keys.items()}
    cut = {field: _cut(rows, wrong.answers[field]) for field, rows in places.items()}
    if cut not in known:
        yield "reshaped", {field: _cut(rows, wrong.answers[field]) for field, rows in keys.items()}
    yield from _swapped(keys)


def _numbered(rows: Rows) -> Rows:
    width = len(rows[0])
    return tuple(tuple(range(row * width, (row + 1) * width)) for row in range(len(rows)))


def _cut(rows: Rows, like: Any) -> Rows:
    """Cut all cells into rows as long as those of another map."""
    cells, width = tuple(chain.from_iterable(rows)), len(like[0])
    return tuple(cells[start : start + width] for start in range(0, len(cells), width))


def _swapped(keys: Maps) -> Iterator[tuple[str, Maps]]:
    """Yield the maps in any other order."""
    if 1 < len(keys) <= MOST_SWAPPED:
        for order in permutations(keys):
            yield SWAPPED, {name: keys[other] for name, other in zip(keys, order, strict=True)}


def _fits(wrong: Wrong, maps: Maps) -> bool:
    return all(_is_like(field, wrong.answers[field.name], maps[field.name]) for field in wrong.unexplained)


def _is_like(field: Field, answer: Any, rows: Rows) -> bool:
    return sizes(answer) == sizes(rows) and all(
        cell == ANYTHING or same(field.rule, one, cell) for one, cell in _pairs(answer, rows)
    )


def _plausible(wrong: Wrong, maps: Maps) -> int:
    """Estimate how many maps would have been as plausible, by the cells that are out of their place."""
    return prod(_plausible_map(wrong, field, maps[field.name]) for field in wrong.unexplained)


def _plausible_map(wrong: Wrong, field: Field, rows: Rows) -> int:
    answer: Any = wrong.answers[field.name]
    key: Any = wrong.problem.key[field.name][0]
    moved = [[cell != ANYTHING for cell in row] for row in rows]
    if sizes(answer) == sizes(key):
        moved = [
            [
                is_moved and not same(field.rule, one, right)
                for is_moved, one, right in zip(*cells, strict=True)
            ]
            for cells in zip(moved, answer, key, strict=True)
        ]
    cells = [one for one, is_moved in _pairs(answer, moved) if is_moved]
    return plausible_cells(field, cells, [*chain.from_iterable(answer), *chain.from_iterable(key)])


def _evidence(wrong: Wrong, maps: Maps) -> Message:
    if len(wrong.answered) > 1:
        return answers_that_agree(wrong, len(wrong.answered) - len(wrong.own))
    (field,) = wrong.answered
    return cells_that_agree(
        field, wrong.answers[field.name], maps[field.name], wrong.problem.key[field.name][0]
    )


def _pairs(answer: Any, rows: Any) -> Iterator[tuple[Any, Any]]:
    return zip(chain.from_iterable(answer), chain.from_iterable(rows), strict=True)
