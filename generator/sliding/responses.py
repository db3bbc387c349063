"""Where a filter answers most: the strongest of its responses, and how a paper counts positions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, TypeVar

from ..document import Message, say
from ..language import phrase
from ..number import Number
from .geometry import Map, all_cells, map_size
from .worked import Pair, Slide

Sought: TypeAlias = Literal["largest", "smallest", "absolute"]
"""Which response counts as the strongest."""

Counted: TypeAlias = Literal["cell", "centre", "corner"]
"""What stands for the position of a window: its output cell, or its middle or first cell in the image."""

Key = TypeVar("Key")


def strength(sought: Sought, response: Number) -> Number:
    """Return a number that is largest where the response is what is sought."""
    if sought == "absolute":
        return max(response, -response)
    return response if sought == "largest" else -response


def strongest(sought: Sought, responses: Mapping[Key, Number]) -> list[Key]:
    """Return what has the strongest response, in the order given; several where they are equal."""
    best = max(strength(sought, response) for response in responses.values())
    return [key for key, response in responses.items() if strength(sought, response) == best]


def by_cell(rows: Map) -> dict[Pair, Number]:
    """Return the numbers of a map by row and column."""
    return {(row, column): rows[row][column] for row, column in all_cells(map_size(rows))}


def offset(counted: Counted, slide: Slide) -> Pair:
    """Return how far into its window lies the image cell that stands for it."""
    down, across = (((size - 1) // 2 if counted == "centre" else 0) for size in slide.kernel)
    return down, across


def position(cell: Pair, counted: Counted, slide: Slide) -> Pair:
    """Return the position of the window of an output cell, counted from 0; padding counts below 0."""
    if counted == "cell":
        return cell
    axes = zip(cell, slide.stride, slide.padding, offset(counted, slide), strict=True)
    row, column = (place * step - before + into for place, step, (before, _), into in axes)
    return row, column


def image_window(cell: Pair, slide: Slide, sizes: Pair) -> frozenset[Pair]:
    """Return the cells of the image, of so many rows and columns, in the window of an output cell."""
    (top, _), (left, _) = slide.padding
    touched = ((row - top, column - left) for row, column in slide.window(cell))
    rows, columns = map(range, sizes)
    return frozenset((row, column) for row, column in touched if row in rows and column in columns)


_SOUGHT: Mapping[Sought, Message] = {
    "largest": say("largest"),
    "smallest": say("most negative"),
    "absolute": say("largest in absolute value"),
}


def sought_phrase(sought: Sought) -> Message:
    """Word which response is asked for, as in: where is the response ... ?"""
    return _SOUGHT[sought]


_COUNTED: Mapping[Counted, str] = {
    "cell": phrase(
        "The position of a response is its row and column in the output map, counted from {{ origin }}."
    ),
    "centre": phrase(
        "The position of a response is the row and column of the image cell in the centre of its "
        "window, counted from {{ origin }}."
    ),
    "corner": phrase(
        "The position of a response is the row and column of the first image cell of its window, top "
        "left, counted from {{ origin }}."
    ),
}


def counted_sentence(counted: Counted, origin: int, *, padded: bool) -> Message:
    """Say what the position of a response is."""
    sentence = say(_COUNTED[counted], origin=origin)
    if counted == "cell" or not padded:
        return sentence
    return say(
        "{{ sentence }} The image begins at {{ origin }}: rows and columns of the padding before it have "
        "smaller numbers.",
        sentence=sentence,
        origin=origin,
    )
