"""How a paper words sizes, orders and positions, and the fields that ask for them.

The `Given` of a case has ``height``, ``width``, ``channels``, ``ask``, ``cells``, ``indices``, ``moved``,
``image``, ``vector`` and ``matrix``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import prod
from typing import Any

from ..document import Message, Symbol, say
from ..model import Case, Conventions, Field
from ..networks.layer_phrases import shape_order, shape_phrase
from .layout import Order, Position

_SIZES = (("height", say("Height")), ("width", say("Width")), ("channels", say("Channels")))
_PLACES = (("row", say("row")), ("column", say("column")), ("channel", say("channel")))
_AXES = (("first", say("first")), ("second", say("second")), ("third", say("third")))


def sizes_of(given: Any) -> tuple[int, ...]:
    """Return rows and columns, and channels if there are any."""
    return tuple(size for size in (given.height, given.width, given.channels) if size is not None)


def sizes_phrase(given: Any) -> Message:
    """Word the sizes, so that no order of axes is needed to read them."""
    if given.channels is None:
        return say("height {{ height }} and width {{ width }}", height=given.height, width=given.width)
    return shape_phrase((given.channels, given.height, given.width))


def order_phrase(order: Order) -> Message:
    """Name an order by its axes, the slowest first."""
    return shape_order(Conventions(order=order))


def order_sentence(given: Any, order: Order) -> Message:
    """Say in which order the values stand."""
    if given.channels is None:
        return say("The values stand row by row: the column runs fastest.")
    if order == "HWC":
        return say(
            "The values stand in the order height × width × channels: the channel runs fastest, then the "
            "column, and the row slowest."
        )
    return say(
        "The values stand in the order channels × height × width: the column runs fastest, then the row, "
        "and the channel slowest."
    )


def origin_sentence(given: Any, origin: int) -> Message:
    """Say from which number everything is counted."""
    if given.matrix:
        return say(
            "Rows, columns and channels of the image are counted from {{ origin }}, and so are the columns "
            "of $W$.",
            origin=origin,
        )
    if given.channels is None:
        return say("Rows, columns and indices are counted from {{ origin }}.", origin=origin)
    return say("Rows, columns, channels and indices are counted from {{ origin }}.", origin=origin)


def position_phrase(position: Position, origin: int) -> Message:
    """Name a position, counted from the origin."""
    row, column, *channel = (place + origin for place in position)
    if not channel:
        return say("row {{ row }}, column {{ column }}", row=row, column=column)
    return say(
        "row {{ row }}, column {{ column }}, channel {{ channel }}",
        row=row,
        column=column,
        channel=channel[0],
    )


# -- fields -------------------------------------------------------------------------------------


def fields_of(case: Case[Any]) -> Iterator[Field]:
    """Yield a field for everything that is asked."""
    given, origin = case.given, case.conventions.origin
    sizes = sizes_of(given)
    if "read" in given.ask:
        yield from (Field(name, "integer", label) for name, label in _SIZES[: len(sizes)])
    if "count" in given.ask:
        yield Field("count", "integer", say("How many values"))
    if "transposed" in given.ask:
        yield from _row_of_fields(say("Shape in the other order"), _AXES)
    for number, cell in enumerate(given.cells, 1):
        yield Field(f"index{number}", "integer", _index_label(given, position_phrase(cell, origin)))
    for number, index in enumerate(given.indices, 1):
        places = [(f"{name}{number}", heading) for name, heading in _PLACES[: len(sizes)]]
        yield from _row_of_fields(_position_label(given, index + origin), places)
    for number, index in enumerate(given.moved, 1):
        yield Field(f"moved{number}", "integer", say("Index {{ index }} becomes", index=index + origin))
    if given.image is not None:
        yield Field("x", "tensor", Symbol("x"), shape=(1, prod(sizes)))
    if given.vector is not None:
        for name, symbol in _maps(given, origin):
            yield Field(name, "tensor", Symbol(symbol), shape=(given.height, given.width))


def _row_of_fields(heading: Message, columns: Sequence[tuple[str, Message]]) -> Iterator[Field]:
    """Yield the fields of one row of a table, which together weigh as much as any other."""
    for name, column in columns:
        label = say("{{ heading }}: {{ column }}", heading=heading, column=column)
        yield Field(name, "integer", label, weight=Fraction(1, len(columns)), at=(heading, column))


def _index_label(given: Any, position: Message) -> Message:
    if given.matrix:
        return say("Column of $W$ for {{ position }}", position=position)
    return say("Index of {{ position }}", position=position)


def _position_label(given: Any, index: int) -> Message:
    if given.matrix:
        return say("Column {{ index }} of $W$", index=index)
    return say("Index {{ index }}", index=index)


def _maps(given: Any, origin: int) -> list[tuple[str, str]]:
    """Return name and symbol of every channel."""
    depth = given.channels or 1
    if depth == 1:
        return [("X", "X")]
    return [(f"X{number}", f"X_{{{number}}}") for number in range(origin, origin + depth)]
