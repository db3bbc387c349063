"""Worked steps: from a position to its index, from an index back, and a whole vector piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from typing import Any, TypeVar

from .. import latex
from ..document import Lines, Message, Symbol, say
from ..figures.model import Grid
from ..language import phrase
from ..model import Case, Step
from ..networks.count_steps import result
from ..number import Number
from ..sliding.worked import channels
from .layout import CHANNEL, COLUMN, ROW, Layout, Position, other
from .layout_words import order_phrase, order_sentence, position_phrase, sizes_phrase
from .misread_layout import layout_of, order_of, other_layout_of

T = TypeVar("T")

_DIVISIONS = {
    (ROW, COLUMN): say(
        "Divide the index by the width: the quotient is the row, and the remainder the column."
    ),
    (ROW, COLUMN, CHANNEL): say(
        "Divide the index by the number of channels: the remainder is the channel. Divide the quotient by "
        "the width: the new quotient is the row, and its remainder the column."
    ),
    (CHANNEL, ROW, COLUMN): say(
        "Divide the index by the width: the remainder is the column. Divide the quotient by the height: "
        "the new quotient is the channel, and its remainder the row."
    ),
}

_LETTERS = {ROW: "r", COLUMN: "c", CHANNEL: "k"}
_SIZES = {ROW: "H", COLUMN: "W", CHANNEL: "C"}
_PIECES = {ROW: phrase("Row {{ place }}: {{ values }}"), CHANNEL: phrase("Channel {{ place }}: {{ values }}")}


def work_of(case: Case[Any]) -> Iterator[Step]:
    """Say the rule once, and put the numbers of everything that is asked in."""
    given, origin, layout = case.given, case.conventions.origin, layout_of(case)
    if given.ask:
        yield from _shape_work(case)
    if given.cells or given.indices or given.moved or given.image or given.vector:
        yield order_sentence(given, order_of(case))
    if given.matrix:
        yield say("The column of $W$ is the index of the value that its weights belong to.")
    if given.cells:
        yield from _rule_work(layout, origin)
        yield from (_index_work(layout, cell, origin) for cell in given.cells)
    if given.indices or given.moved:
        yield from _division_rule(layout, origin)
    for index in (*given.indices, *given.moved):
        yield from _position_work(layout, index, origin)
    if given.moved:
        yield say("The position stays the same. In the other order it has another index:")
        moved_layout = other_layout_of(case)
        yield from _rule_work(moved_layout, origin)
        yield from (_index_work(moved_layout, layout.position(index), origin) for index in given.moved)
    if given.image is not None:
        vector = layout.flattened(given.image)
        yield _pieces(layout, vector, origin)
        yield say("One after the other:")
        yield Grid((vector,), "x")
    if given.vector is not None:
        yield say("Cut the vector into pieces, and put every value in its place:")
        yield _pieces(layout, given.vector, origin)
        yield channels("X", layout.image(given.vector), origin)


def _shape_work(case: Case[Any]) -> Iterator[Step]:
    given, order = case.given, order_of(case)
    if given.channels is None:
        yield say("A grey image has one value for each pixel, so height and width are multiplied:")
    elif "read" in given.ask:
        yield say(
            "In the order {{ order }} this is an image of {{ sizes }}.",
            order=order_phrase(order),
            sizes=sizes_phrase(given),
        )
    if "count" in given.ask:
        if given.channels is not None:
            yield say("Every pixel has a value in each channel, so all three sizes are multiplied:")
        yield result("values", layout_of(case).shape)
    if "transposed" in given.ask:
        yield say(
            "In the order {{ order }} the channels have another place; height still stands before width:",
            order=order_phrase(other(order)),
        )
        yield Symbol(f"({', '.join(map(str, other_layout_of(case).shape))})")


def _rule_work(layout: Layout, origin: int) -> Iterator[Step]:
    """Say how an index is computed."""
    sizes = Symbol(", ".join(f"{_SIZES[axis]}={size}" for axis, size in enumerate(layout.sizes)))
    if len(layout.sizes) == 2:
        yield say(
            "With the sizes {{ sizes }}, the value in row $r$ and column $c$ has this index:", sizes=sizes
        )
    else:
        yield say(
            "With the sizes {{ sizes }}, the value in row $r$, column $c$ and channel $k$ has this index:",
            sizes=sizes,
        )
    letters = [_LETTERS[axis] for axis in layout.axes]
    yield Symbol(rf"\text{{index}}={_nested(letters, [_SIZES[axis] for axis in layout.axes], origin)}")


def _index_work(layout: Layout, position: Position, origin: int) -> Symbol:
    """Put the numbers of a position in."""
    places = [str(position[axis] + origin) for axis in layout.axes]
    total = layout.index(position) + origin
    return Symbol(rf"\text{{index}}={_nested(places, list(map(str, layout.shape)), origin)}={total}")


def _nested(places: Sequence[str], sizes: Sequence[str], origin: int) -> str:
    r"""Write places times sizes, the slowest axis first: ``(r\cdot W+c)\cdot C+k``."""
    terms = [f"({place}-1)" if origin else place for place in places]
    formula = terms[0]
    for depth, (term, size) in enumerate(zip(terms[1:], sizes[1:], strict=True)):
        formula = rf"{f'({formula})' if depth else formula}\cdot {size}+{term}"
    return formula + ("+1" if origin else "")


def _division_rule(layout: Layout, origin: int) -> Iterator[Message]:
    """Say how a position is found."""
    yield _DIVISIONS[layout.axes]
    if origin:
        yield say("This counts from 0: take 1 off the index first, and add 1 to each place at the end.")


def _position_work(layout: Layout, index: int, origin: int) -> Iterator[Step]:
    """Divide an index with remainders."""
    if origin:
        yield Symbol(f"{index + origin}-1={index}")
    rest = index
    for size in reversed(layout.shape[1:]):
        quotient, remainder = divmod(rest, size)
        yield Symbol(rf"{rest}={quotient}\cdot {size}+{remainder}")
        rest = quotient
    yield say(
        "So index {{ index }} is {{ position }}.",
        index=index + origin,
        position=position_phrase(layout.position(index), origin),
    )


def _pieces(layout: Layout, vector: Sequence[Number], origin: int) -> Lines:
    """Cut a vector along its slowest axis; within, values along the fastest of three stand in brackets."""
    text = _PIECES[ROW if layout.axes[0] == ROW else CHANNEL]
    whole, last = prod(layout.shape[1:]), layout.shape[-1]
    return Lines(
        tuple(
            say(text, place=place, values=Symbol(_grouped(piece, last if len(layout.shape) == 3 else None)))
            for place, piece in enumerate(_cut(vector, whole), origin)
        ),
        ordered=False,
    )


def _cut(values: Sequence[T], length: int) -> list[Sequence[T]]:
    return [values[start : start + length] for start in range(0, len(values), length)]


def _grouped(values: Sequence[Number], length: int | None) -> str:
    texts = list(map(latex.number, values))
    if length is None:
        return r",\ ".join(texts)
    return r",\ ".join(f"({','.join(group)})" for group in _cut(texts, length))
