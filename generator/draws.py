"""What a bank entry may say instead of a number: a range or a list to draw from.

In YAML a whole number is ``3``, ``{from: 0, to: 5}`` or ``{one_of: [1, 2]}``, and a tensor is
``{shape: [1, 4, 4], from: -3, to: 5}`` or ``{shape: [1, {from: 3, to: 5}, 4], one_of: [-1, 0, 1/2]}``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import prod
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import AfterValidator, Field

from .number import Number
from .reading.schema import Exact, Whole, branch, by_key, record
from .streams import Stream

MOST_AXES = 4
LONGEST_AXIS = 64
MOST_ENTRIES = 4096

_T = TypeVar("_T")


def _ordered(low: int, high: int) -> None:
    if low > high:
        raise ValueError(f"'from' is {low} and 'to' is {high}; 'from' must not be the larger")


def different(options: tuple[_T, ...]) -> tuple[_T, ...]:
    """Refuse a list that names something twice."""
    if len(set(options)) < len(options):
        repeated, _ = Counter(options).most_common(1)[0]
        raise ValueError(f"{repeated} stands here twice; list every one once")
    return options


From: TypeAlias = Annotated[Whole, Field(alias="from")]
To: TypeAlias = Annotated[Whole, Field(alias="to")]
Wholes: TypeAlias = Annotated[
    tuple[Whole, ...], Field(min_length=1, max_length=1000), AfterValidator(different)
]
Numbers: TypeAlias = Annotated[
    tuple[Exact, ...], Field(min_length=1, max_length=1000), AfterValidator(different)
]


@record
class Span:
    """Whole numbers from a least to a greatest one, each equally likely.

    Attributes
    ----------
    low, high
        The least and the greatest number, both included.
    """

    low: From
    high: To

    def __post_init__(self) -> None:
        _ordered(self.low, self.high)


@record
class OneOf:
    """Whole numbers to choose from.

    Attributes
    ----------
    one_of
        The numbers, each equally likely.
    """

    one_of: Wholes


@record
class OneOfNumbers:
    """Exact numbers to choose from.

    Attributes
    ----------
    one_of
        The numbers, each equally likely.
    """

    one_of: Numbers


Ints: TypeAlias = Annotated[
    Annotated[Whole, branch(int)] | Annotated[Span, branch(Span)] | Annotated[OneOf, branch(OneOf)],
    by_key(
        {"from": Span, "to": Span, "one_of": OneOf},
        otherwise=int,
        expected="a whole number, {from: 0, to: 5} or {one_of: [1, 2]}",
    ),
]
"""A whole number, fixed or to be drawn."""

Entries: TypeAlias = Annotated[
    Annotated[Span, branch(Span)] | Annotated[OneOfNumbers, branch(OneOfNumbers)],
    by_key(
        {"from": Span, "to": Span, "one_of": OneOfNumbers},
        expected="{from: -3, to: 5} or {one_of: [-1, 0, 1/2]}",
    ),
]
"""What the entries of a tensor are drawn from."""


Quantity: TypeAlias = Annotated[
    Annotated[Exact, branch(int)]
    | Annotated[Span, branch(Span)]
    | Annotated[OneOfNumbers, branch(OneOfNumbers)],
    by_key(
        {"from": Span, "to": Span, "one_of": OneOfNumbers},
        otherwise=int,
        expected="a number, {from: 0, to: 5} or {one_of: [1, 1/2]}",
    ),
]
"""An exact number, fixed or to be drawn."""


def bounds_of(ints: Ints) -> tuple[int, int]:
    """Return the least and the greatest number that can be drawn."""
    match ints:
        case Span(low, high):
            return low, high
        case OneOf(options):
            return min(options), max(options)
        case _:
            return ints, ints


def _axis(ints: Ints) -> Ints:
    low, high = bounds_of(ints)
    if low < 1 or high > LONGEST_AXIS:
        raise ValueError(f"the size of an axis is 1 to {LONGEST_AXIS}, found {low if low < 1 else high}")
    return ints


def _bounded(shape: tuple[Ints, ...]) -> tuple[Ints, ...]:
    entries = prod(bounds_of(axis)[1] for axis in shape)
    if entries > MOST_ENTRIES:
        raise ValueError(f"this shape has up to {entries} entries, at most {MOST_ENTRIES} are drawn")
    return shape


Shape: TypeAlias = Annotated[
    tuple[Annotated[Ints, AfterValidator(_axis)], ...],
    Field(min_length=1, max_length=MOST_AXES),
    AfterValidator(_bounded),
]
"""The size of each axis, fixed or to be drawn."""


@record
class TensorSpan:
    """A tensor of whole numbers from a least to a greatest one.

    Attributes
    ----------
    shape
        The size of each axis.
    low, high
        The least and the greatest entry, both included.
    """

    shape: Shape
    low: From
    high: To

    def __post_init__(self) -> None:
        _ordered(self.low, self.high)

    @property
    def entries(self) -> Span:
        """What the entries are drawn from."""
        return Span(self.low, self.high)


@record
class TensorOneOf:
    """A tensor of listed numbers.

    Attributes
    ----------
    shape
        The size of each axis.
    one_of
        The numbers, each equally likely.
    """

    shape: Shape
    one_of: Numbers

    @property
    def entries(self) -> OneOfNumbers:
        """What the entries are drawn from."""
        return OneOfNumbers(self.one_of)


TensorRange: TypeAlias = Annotated[
    Annotated[TensorSpan, branch(TensorSpan)] | Annotated[TensorOneOf, branch(TensorOneOf)],
    by_key(
        {"from": TensorSpan, "to": TensorSpan, "one_of": TensorOneOf},
        expected="{shape: [1, 4, 4], from: -3, to: 5} or {shape: [3, 3], one_of: [-1, 0, 1]}",
    ),
]
"""A tensor to be drawn."""


def draw_int(ints: Ints, stream: Stream) -> int:
    """Draw a whole number; a fixed one takes nothing from the stream."""
    match ints:
        case Span(low, high):
            return stream.integer(low, high)
        case OneOf(options):
            return stream.choice(options)
        case _:
            return ints


def draw_entries(entries: Entries, count: int, stream: Stream) -> tuple[Number, ...]:
    """Draw so many numbers, one after the other."""
    if isinstance(entries, Span):
        return tuple(stream.integer(entries.low, entries.high) for _ in range(count))
    return tuple(stream.choice(entries.one_of) for _ in range(count))


def draw_number(quantity: Quantity, stream: Stream) -> Number:
    """Draw an exact number; a fixed one takes nothing from the stream."""
    match quantity:
        case Span() | OneOfNumbers():
            return draw_entries(quantity, 1, stream)[0]
        case _:
            return quantity


def draw_shape(shape: tuple[Ints, ...], stream: Stream) -> tuple[int, ...]:
    """Draw the size of every axis, each from a stream of its own."""
    return tuple(draw_int(size, stream.child("shape", str(axis))) for axis, size in enumerate(shape))


def draw_tensor(range_: TensorRange, stream: Stream) -> Any:
    """Draw a shape, and a tensor of it; see `draw_filled`."""
    return draw_filled(range_.entries, draw_shape(range_.shape, stream), stream.child("entries"))


def draw_filled(entries: Entries, shape: Sequence[int], stream: Stream) -> Any:
    """Draw a tensor as tuples nested as deep as its shape is long; the last axis varies fastest."""
    tensor: tuple[Any, ...] = draw_entries(entries, prod(shape), stream)
    for size in reversed(shape[1:]):
        tensor = tuple(tensor[start : start + size] for start in range(0, len(tensor), size))
    return tensor
