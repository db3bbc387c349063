"""Small images of one shape on an even ground, drawn at random; none is its own mirror image by design."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Literal, TypeAlias

from ..streams import Stream

SceneName: TypeAlias = Literal["rectangle", "corner", "bar", "cross", "stairs", "dots"]

LEAST_SIDE = 6
"""Of an image: there is a margin of one cell, and a shape needs room to be somewhere else."""

Cell: TypeAlias = tuple[int, int]
Span: TypeAlias = range
"""The rows, or the columns, that a shape takes up."""


def scene(name: SceneName, size: tuple[int, int], stream: Stream) -> frozenset[Cell]:
    """Draw the cells of a shape; the outermost rows and columns stay free."""
    return frozenset(_SHAPES[name](size, stream))


def _box(size: tuple[int, int], least: int, stream: Stream) -> tuple[Span, Span]:
    rows, columns = (_span(length, least, stream.child(str(axis))) for axis, length in enumerate(size))
    return rows, columns


def _span(length: int, least: int, stream: Stream) -> Span:
    start = stream.integer(1, length - 1 - least)
    return range(start, stream.integer(start + least, length - 1))


def _rectangle(size: tuple[int, int], stream: Stream) -> Iterator[Cell]:
    yield from product(*_box(size, 2, stream))


def _corner(size: tuple[int, int], stream: Stream) -> Iterator[Cell]:
    """Draw one row and one column at the rim of a box."""
    rows, columns = _box(size, 3, stream)
    yield from product([stream.choice((rows[0], rows[-1]))], columns)
    yield from product(rows, [stream.choice((columns[0], columns[-1]))])


def _bar(size: tuple[int, int], stream: Stream) -> Iterator[Cell]:
    """Draw a bar, one or two cells thick, down or across."""
    rows, columns = _box(size, 3, stream)
    thickness = stream.integer(1, 2)
    yield from stream.choice((product(rows[:thickness], columns), product(rows, columns[:thickness])))


def _cross(size: tuple[int, int], stream: Stream) -> Iterator[Cell]:
    rows, columns = _box(size, 4, stream)
    yield from product([stream.choice(rows[1:-1])], columns)
    yield from product(rows, [stream.choice(columns[1:-1])])


def _stairs(size: tuple[int, int], stream: Stream) -> Iterator[Cell]:
    """Draw steps of one cell down to one corner of a box."""
    rows, columns = _box(size, 3, stream)
    down, across = (stream.choice((span, span[::-1])) for span in (rows, columns))
    for step, row in enumerate(down):
        yield from product([row], across[: step + 1])


def _dots(size: tuple[int, int], stream: Stream) -> Iterator[Cell]:
    rows, columns = (range(1, length - 1) for length in size)
    yield from stream.sample(product(rows, columns), stream.integer(3, 5))


_SHAPES: Mapping[SceneName, Callable[[tuple[int, int], Stream], Iterator[Cell]]] = {
    "rectangle": _rectangle,
    "corner": _corner,
    "bar": _bar,
    "cross": _cross,
    "stairs": _stairs,
    "dots": _dots,
}
