"""Flatten an image and put it together again: from a position to its index in the vector, and back.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``height``, ``width``, ``channels``
    The sizes of the image; without ``channels`` it is grey, and its shape has two axes.
``order``
    ``CHW`` or ``HWC``, the axis that runs slowest first; without it, as the paper's conventions say.
``ask``
    What is asked about the shape, in a list: ``read`` (how many rows, columns and channels a printed shape
    stands for), ``count`` (how many values the image has), ``transposed`` (its shape in the other order).
``cells``
    Positions whose index is asked: fixed, a list of ``[row, column, channel]``, counted from 0; drawn, how
    many.
``indices``
    Indices whose position is asked: fixed, a list, counted from 0; drawn, how many.
``moved``
    Indices for which the index of the same value in the other order is asked; as ``indices``.
``image``
    Numbers that are to be flattened: fixed, a list of maps, one for each channel; drawn, a range such as
    ``{from: 0, to: 9}``.
``vector``
    Numbers of which the image is to be made: fixed, a list; drawn, a range. ``image`` and ``vector`` stand
    alone.
``matrix``
    Call an index the column of the weight matrix of a dense layer that reads the flattened image.

The last axis of an order runs fastest. The effort of a draw counts products, divisions and look-ups.

A prompt may show: ``shape``, ``sizes`` (in words, unless the shape is to be read), ``X`` (the image), ``x``
(the vector), ``order``, ``other_order``, and as whole sentences ``order_rule`` and ``origin_rule``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..document import Shown, Symbol
from ..draws import Entries, Ints, different, draw_entries, draw_filled, draw_int
from ..engine import ShapeError
from ..figures.model import Grid
from ..flattening.layout import Layout, Order, Position, axes_of, other
from ..flattening.layout_words import (
    fields_of,
    order_phrase,
    order_sentence,
    origin_sentence,
    sizes_of,
    sizes_phrase,
)
from ..flattening.layout_work import work_of
from ..flattening.misread_layout import (
    MISCONCEPTIONS,
    index_origin,
    layout_of,
    order_of,
    other_layout_of,
)
from ..flattening.walking import walked
from ..model import Case, Effort, Field, Key, QuestionType, Refused, Value
from ..number import Number
from ..reading.schema import Exact, Flag, Whole, record
from ..sliding.filtering import digits_of
from ..sliding.geometry import Map, map_size, within
from ..sliding.worked import channels
from ..streams import Stream

LARGEST_SIDE = 10_000
MOST_ASKED = 6
MOST_WRITTEN = 24
"""Numbers of a vector that is written out: they stand on one line."""

Asked: TypeAlias = Literal["read", "count", "transposed"]
Asks: TypeAlias = Annotated[tuple[Asked, ...], AfterValidator(different)]
Side: TypeAlias = Annotated[Whole, Bounds(ge=1, le=LARGEST_SIDE)]
Place: TypeAlias = Annotated[Whole, Bounds(ge=0)]
Cell: TypeAlias = Annotated[tuple[Place, ...], Bounds(min_length=2, max_length=3)]
Count: TypeAlias = Annotated[Whole, Bounds(ge=0, le=MOST_ASKED)]
Sizes: TypeAlias = Annotated[Ints, within(1, LARGEST_SIDE)]


@record
class Params:
    """What an entry draws from."""

    height: Sizes
    width: Sizes
    channels: Sizes | None = None
    order: Order | None = None
    ask: Asks = ()
    cells: Count = 0
    indices: Count = 0
    moved: Count = 0
    image: Entries | None = None
    vector: Entries | None = None
    matrix: Flag = False


@record
class Given:
    """What decides the answer."""

    height: Side
    width: Side
    channels: Side | None = None
    order: Order | None = None
    ask: Asks = ()
    cells: Annotated[tuple[Cell, ...], Bounds(max_length=MOST_ASKED)] = ()
    indices: Annotated[tuple[Place, ...], Bounds(max_length=MOST_ASKED)] = ()
    moved: Annotated[tuple[Place, ...], Bounds(max_length=MOST_ASKED)] = ()
    image: tuple[Map, ...] | None = None
    vector: Annotated[tuple[Exact, ...], Bounds(max_length=MOST_WRITTEN)] | None = None
    matrix: Flag = False

    def __post_init__(self) -> None:
        for wrong, complaint in _complaints(self):
            if wrong:
                raise ValueError(complaint)


def _complaints(given: Given) -> Iterator[tuple[bool, str]]:
    """Yield what must not be, in an order in which each may rely on those before."""
    sizes, filled = sizes_of(given), [part for part in (given.image, given.vector) if part is not None]
    others = any((given.ask, given.cells, given.indices, given.moved, given.matrix))
    yield (
        len(filled) > 1 or bool(filled and others),
        "'image' or 'vector' stands alone: nothing else is asked",
    )
    yield (
        not filled and not others,
        "nothing is asked; see 'ask', 'cells', 'indices', 'moved', 'image', 'vector'",
    )
    yield (
        bool(filled) and prod(sizes) > MOST_WRITTEN,
        f"an image of at most {MOST_WRITTEN} values is written out, not one of {prod(sizes)}",
    )
    yield (
        given.vector is not None and len(given.vector) != prod(sizes),
        f"'vector' needs {prod(sizes)} numbers, as many as the image has values",
    )
    yield (
        given.image is not None
        and (len(given.image), {*map(map_size, given.image)}) != (given.channels or 1, {sizes[:2]}),
        f"'image' needs {given.channels or 1} maps of {given.height} rows and {given.width} columns",
    )
    yield (
        given.channels is None and ("transposed" in given.ask or bool(given.moved)),
        "an image without channels is the same in both orders",
    )
    yield any(len(cell) != len(sizes) for cell in given.cells), f"each of 'cells' needs {len(sizes)} places"
    yield (
        any(not 0 <= place < size for cell in given.cells for place, size in zip(cell, sizes, strict=True)),
        f"one of 'cells' lies outside the image of {' x '.join(map(str, sizes))}, counted from 0",
    )
    yield (
        any(not 0 <= index < prod(sizes) for index in (*given.indices, *given.moved)),
        f"an image of {prod(sizes)} values has the indices 0 to {prod(sizes) - 1}",
    )
    yield (
        any(len(set(asked)) < len(asked) for asked in (given.cells, given.indices, given.moved)),
        "the same is asked twice",
    )


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the sizes, then positions, indices and numbers; refuse what comes twice."""
    height = draw_int(params.height, stream.child("height"))
    width = draw_int(params.width, stream.child("width"))
    depth = None if params.channels is None else draw_int(params.channels, stream.child("channels"))
    values = prod((height, width, depth or 1))
    if (params.image or params.vector) and values > MOST_WRITTEN:
        raise Refused("the image is too large to be written out")
    layout = Layout((height, width, *(() if depth is None else (depth,))), axes_of("HWC", depth))

    def places(name: str, count: int) -> tuple[int, ...]:
        return tuple(stream.child(name, str(number)).below(values) for number in range(count))

    try:
        return Given(
            height=height,
            width=width,
            channels=depth,
            order=params.order,
            ask=params.ask,
            cells=tuple(map(layout.position, places("cells", params.cells))),
            indices=places("indices", params.indices),
            moved=places("moved", params.moved),
            image=None
            if params.image is None
            else draw_filled(params.image, (depth or 1, height, width), stream.child("image")),
            vector=None
            if params.vector is None
            else draw_entries(params.vector, values, stream.child("vector")),
            matrix=params.matrix,
        )
    except ValueError as error:
        raise Refused(str(error)) from error


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given, origin = case.given, case.conventions.origin
    shape = layout_of(case).shape
    shown: dict[str, Shown] = {
        "shape": Symbol(f"({', '.join(map(str, shape))})"),
        "order_rule": order_sentence(given, order_of(case)),
        "origin_rule": origin_sentence(given, origin),
    }
    if given.channels is not None:
        shown["order"] = order_phrase(order_of(case))
        shown["other_order"] = order_phrase(other(order_of(case)))
    if "read" not in given.ask:
        shown["sizes"] = sizes_phrase(given)
    if given.image is not None:
        shown["X"] = channels("X", given.image, origin)
    if given.vector is not None:
        shown["x"] = Grid((given.vector,), "x")
    return shown


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for numbers, positions, a vector or maps."""
    return tuple(fields_of(case))


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:  # noqa: ARG001 - nothing builds on anything
    """Compute with products, and divide with remainders."""
    return _named(case, _answers(case))


def _named(case: Case[Given], answers: Iterator[Value]) -> Key:
    return {field.name: (value,) for field, value in zip(ask(case), answers, strict=True)}


def _answers(case: Case[Given]) -> Iterator[Value]:
    """Yield the answers in the order of the fields."""
    given, slips, origin = case.given, case.slips, case.conventions.origin
    layout, moved_layout, start = layout_of(case), other_layout_of(case), index_origin(case)
    if "read" in given.ask:
        yield from moved_layout.sizes
    if "count" in given.ask:
        yield prod(layout.sizes) * (3 if "channels_assumed" in slips else 1)
    if "transposed" in given.ask:
        yield from moved_layout.shape
    for cell in given.cells:
        yield layout.index(cell) + start
    for index in given.indices:
        row, column, *channel = layout.position(_inside(index + origin - start, given))
        if "quotient_remainder_swapped" in slips:
            row, column = column, row
        yield from (place + origin for place in _whole((row, column, *channel), given))
    for index in given.moved:
        kept = _inside(index + origin - start, given)
        position = _whole(layout.position(kept), given)
        yield (kept if "reshape_for_transpose" in slips else moved_layout.index(position)) + start
    if given.image is not None:
        yield (layout.flattened(given.image),)
    if given.vector is not None:
        yield from layout.image(given.vector)


def _whole(position: Position, given: Given) -> Position:
    """Take the first channel where somebody has forgotten that there are any."""
    return (*position, 0)[: len(sizes_of(given))]


def _inside(index: int, given: Given) -> int:
    if not 0 <= index < prod(sizes_of(given)):
        raise ShapeError(f"there is no index {index} in a vector of {prod(sizes_of(given))} values")
    return index


def second(case: Case[Given]) -> Key:
    """Walk past the values one slice after the other, without a formula."""
    return _named(case, walked(case.given, order_of(case), case.conventions.origin))


def effort(case: Case[Given]) -> Effort:
    """Count products and sums for an index, divisions and remainders for a position, and look-ups."""
    given = case.given
    steps = len(sizes_of(given)) - 1
    products = (
        len(given.ask) * (steps + 1)
        + len(given.cells) * 2 * steps
        + len(given.indices) * 3 * steps
        + len(given.moved) * 5 * steps
        + (prod(sizes_of(given)) if given.image or given.vector else 0)
    )
    numbers = [number for value in _answers(case) for number in _numbers(value)]
    return Effort(products, sum(number < 0 for number in numbers), max(map(digits_of, numbers)))


def _numbers(value: Value) -> Iterator[Number]:
    if isinstance(value, tuple):
        for part in value:
            yield from _numbers(part)
    elif not isinstance(value, str):
        yield value


def _essential(case: Case[Given]) -> tuple[str, ...]:
    given = case.given
    names = [name for name, value in (("X", given.image), ("x", given.vector)) if value is not None]
    if given.cells or given.indices or given.moved or names:
        names.append("order_rule")
    return (*names, "origin_rule") if given.cells or given.indices or given.moved else tuple(names)


TYPE = QuestionType(
    name="index_mapping",
    version=1,
    params=Params,
    given=Given,
    draw=draw,
    show=show,
    ask=ask,
    solve=solve,
    second=second,
    effort=effort,
    work=work_of,
    misconceptions=MISCONCEPTIONS,
    manual=__doc__,
    essential=_essential,
    pace=8,
)
