"""How an entry says stride, padding and dilation, and how a paper words them: shared by all kinds.

In YAML an axis quantity is one number for both axes or two (down, across); padding is one number, one
for each axis, ``[[top, bottom], [left, right]]``, or a name. Ranges (``{from: 0, to: 2}``) are drawn.
"""

from __future__ import annotations

from itertools import product
from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import AfterValidator, BeforeValidator, Discriminator, WithJsonSchema
from pydantic import Field as Bounds
from typing_extensions import TypeAliasType

from ..document import Message, say
from ..draws import Ints, bounds_of, draw_int
from ..engine import resolve_padding
from ..number import Number
from ..reading.schema import Exact, Whole, branch
from ..streams import Stream


def twice(value: Any) -> Any:
    """Let a single value hold for both axes or both sides."""
    return value if isinstance(value, (list, tuple)) else [value, value]


def _all_sides(value: Any) -> Any:
    axes = twice(value)
    return [twice(axis) for axis in axes]


def _rows(value: Any) -> Any:
    return [line.split() for line in value.strip().splitlines()] if isinstance(value, str) else value


def once_or_per_axis(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of a value that may be given once or for each axis."""
    return {"anyOf": [schema, {"type": "array", "items": schema, "minItems": 1, "maxItems": 2}]}


MOST_CELLS = 128  # of a window, a step or a map along one axis
MOST_PADDING = 16
MOST_PRODUCTS = 100_000  # of a case: far more than anybody does by hand

INTEGER = {"type": "integer"}
_NUMBER = {"type": ["number", "string"]}

Step: TypeAlias = Annotated[Whole, Bounds(ge=1, le=MOST_CELLS)]
Side: TypeAlias = Annotated[Whole, Bounds(ge=0, le=MOST_PADDING)]

Pair: TypeAlias = Annotated[
    tuple[Step, Step], BeforeValidator(twice), WithJsonSchema(once_or_per_axis(INTEGER))
]
"""A fixed quantity, down and across."""

SidePair: TypeAlias = Annotated[
    tuple[Side, Side], BeforeValidator(twice), WithJsonSchema(once_or_per_axis(INTEGER))
]
"""Fixed numbers of cells, perhaps none: once for both axes or ends, or for each."""

Sides: TypeAlias = Annotated[
    tuple[tuple[Side, Side], tuple[Side, Side]],
    BeforeValidator(_all_sides),
    WithJsonSchema(once_or_per_axis(once_or_per_axis(INTEGER))),
]
"""Fixed padding: ((top, bottom), (left, right))."""


def _rectangle(rows: Any) -> Any:
    if not rows or not rows[0] or len({len(row) for row in rows}) > 1:
        raise ValueError("a map needs rows, and all of them equally long")
    if max(len(rows), len(rows[0])) > MOST_CELLS:
        raise ValueError(f"a map has at most {MOST_CELLS} rows and columns")
    return rows


Map: TypeAlias = Annotated[
    tuple[tuple[Exact, ...], ...],
    BeforeValidator(_rows),
    AfterValidator(_rectangle),
    WithJsonSchema(
        {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "array", "items": _NUMBER}}]}
    ),
]
"""A map of fixed numbers: a block of text with one row a line, or a list of rows."""

Digits: TypeAlias = Annotated[Whole, Bounds(ge=0, le=12)]
"""How many decimals an answer is rounded to."""


def by_form(*names: str) -> Discriminator:
    """Choose the branch of a union: a list, one of these names, or a number or range."""

    def form(value: Any) -> str:
        if isinstance(value, (list, tuple)):
            return branch(tuple).tag
        return branch(str).tag if isinstance(value, str) and value in names else branch(int).tag

    return Discriminator(form)


NamedPadding: TypeAlias = Literal["valid", "same_upper", "same_lower"]


def within(least: int, most: int) -> AfterValidator:
    """Refuse what could come out below or above."""

    def check(ints: Ints) -> Ints:
        low, high = bounds_of(ints)
        if low < least or high > most:
            raise ValueError(f"expected {least} to {most}, found {low if low < least else high}")
        return ints

    return AfterValidator(check)


# Names of their own: pydantic's unions nest only by name.
Steps = TypeAliasType("Steps", Annotated[Ints, within(1, MOST_CELLS)])
Paddings = TypeAliasType("Paddings", Annotated[Ints, within(0, MOST_PADDING)])

PerAxis: TypeAlias = Annotated[
    Annotated[Steps, branch(int)] | Annotated[tuple[Steps, Steps], branch(tuple)], by_form()
]
"""A quantity to draw: once for both axes, or for each."""

PaddingRange: TypeAlias = Annotated[
    Annotated[Paddings, branch(int)]
    | Annotated[tuple[Paddings, Paddings], branch(tuple)]
    | Annotated[NamedPadding, branch(str)],
    by_form(*get_args(NamedPadding)),
]
"""Padding to draw, or its name."""


def _listed(value: Any) -> Any:
    return value if isinstance(value, (list, tuple)) else [value]


Biases: TypeAlias = Annotated[
    tuple[Exact, ...],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [_NUMBER, {"type": "array", "items": _NUMBER}]}),
]
"""Fixed biases: a number, or one for each output map."""


def map_size(rows: Map) -> tuple[int, int]:
    """Return how many rows and columns a map has."""
    return len(rows), len(rows[0])


def all_cells(size: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the cells of a map with so many rows and columns, row by row."""
    return list(product(range(size[0]), range(size[1])))


def inside(size: tuple[int, int], cell: tuple[int, int]) -> bool:
    """Say whether a cell lies on a map with so many rows and columns."""
    return 0 <= cell[0] < size[0] and 0 <= cell[1] < size[1]


def moved_by_one(cell: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the cells above, below, left and right of a cell."""
    row, column = cell
    return [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]


def beside(rows: Map, cell: tuple[int, int]) -> tuple[Number, ...]:
    """Return the numbers of a map above, below, left and right of a cell; of one outside of it, none."""
    size = map_size(rows)
    places = moved_by_one(cell) if inside(size, cell) else []
    return tuple(rows[row][column] for row, column in places if inside(size, (row, column)))


def draw_pair(quantity: PerAxis, stream: Stream) -> tuple[int, int]:
    """Draw a quantity for (down, across); a single range is drawn once and holds for both."""
    if isinstance(quantity, tuple):
        return draw_int(quantity[0], stream.child("0")), draw_int(quantity[1], stream.child("1"))
    number = draw_int(quantity, stream)
    return number, number


def draw_padding(
    padding: PaddingRange,
    stream: Stream,
    *,
    sizes: tuple[int, int],
    kernel: tuple[int, int],
    stride: tuple[int, int],
    dilation: tuple[int, int],
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Draw padding, or work out what its name means for these sizes: ((top, bottom), (left, right))."""
    if isinstance(padding, str):
        return named_padding(padding, sizes, kernel, stride, dilation)
    rows, columns = draw_pair(padding, stream)
    return (rows, rows), (columns, columns)


def named_padding(
    name: NamedPadding,
    sizes: tuple[int, int],
    kernel: tuple[int, int],
    stride: tuple[int, int],
    dilation: tuple[int, int],
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the padding that a name stands for: ((top, bottom), (left, right))."""
    axes = zip(sizes, kernel, stride, dilation, strict=True)
    down, across = (
        resolve_padding(name, size, window, stride=step, dilation=gap) for size, window, step, gap in axes
    )
    return down, across


def pair_phrase(pair: tuple[int, int]) -> Message:
    """Word a stride or a dilation."""
    down, across = pair
    if down == across:
        return say("{{ number }}", number=down)
    return say("{{ down }} down and {{ across }} across", down=down, across=across)


def size_phrase(size: tuple[int, int]) -> Message:
    """Word rows and columns."""
    return say("{{ rows }} × {{ columns }}", rows=size[0], columns=size[1])


def padding_phrase(sides: tuple[tuple[int, int], tuple[int, int]], *, zeros: bool = True) -> Message:
    """Word the padding around an image; say that it is zeros, or leave open what stands there."""
    (top, bottom), (left, right) = sides
    padding = say("zero padding") if zeros else say("padding")
    if not any((top, bottom, left, right)):
        return say("no padding")
    if top == bottom == left == right:
        return say("{{ padding }} of {{ number }} on every side", padding=padding, number=top)
    if top == bottom and left == right:
        return say(
            "{{ padding }} of {{ rows }} above and below and {{ columns }} left and right",
            padding=padding,
            rows=top,
            columns=left,
        )
    return say(
        "{{ padding }} of {{ top }} above, {{ bottom }} below, {{ left }} left and {{ right }} right",
        padding=padding,
        top=top,
        bottom=bottom,
        left=left,
        right=right,
    )


def rounding_phrase(digits: int) -> Message:
    """Word how an answer is to be rounded."""
    if digits == 0:
        return say("rounded to the nearest whole number")
    if digits == 1:
        return say("rounded to 1 decimal")
    return say("rounded to {{ digits }} decimals", digits=digits)


LEFT_OUT = say("A window that would begin behind the input and its front padding is left out.")
"""What rounding up does not do, as the engine has it."""


def size_rule(*, up: bool) -> Message:
    """Say how a number of positions that is not whole is rounded, as every paper says it."""
    if up:
        return say(
            "A number of positions that is not whole is rounded up: the last window may hang over the end. "
            "{{ left_out }}",
            left_out=LEFT_OUT,
        )
    return say(
        "A number of positions that is not whole is rounded down: "
        "a window that would hang over the end is not used."
    )
