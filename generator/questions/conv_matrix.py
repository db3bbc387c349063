"""Write a convolution as a sparse matrix; say how large it is, how sparse, and how few weights it has.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``input``
    How many cells the input has: ``[6]``, a sequence, or ``[3, 4]``, the rows and columns of an image.
``kernel``
    Its numbers: ``{shape: [3], one_of: [-1, 0, 1]}``, of an image ``{shape: [2, 2], ...}``; fixed: a block of
    rows, of a sequence a single one.
``window``
    Instead of a kernel, its size alone: ``[3]`` or ``[3, 3]``. No weight is then taken to be 0.
``channels``, ``filters``
    Of the input, and of the layer; only with ``window``; default 1.
``stride``, ``padding``
    A whole number for all axes, with as many zeros at every end; default 1 and 0.
``layout``
    Which way round the matrix is: ``columns`` (the default) writes input and output as columns, $y=Ax$, with
    a row for each output; ``rows`` writes them as rows, $y=xA$, with a column for each output.
``x``
    The numbers of the input, a sequence, for ``output``: ``{from: 0, to: 9}``; fixed: a list.
``ask``
    What is asked, in this order: ``matrix``, ``output``, ``size``, ``nonzeros``, ``zeros``, ``zero_share``
    (in percent), ``parameters`` (the entries of all kernels) and ``dense`` (the weights of a dense layer in
    its place).
``digits``
    The share of zeros is to be rounded to so many decimals; without it, it is exact.

There is no bias. The effort of a draw counts the non-zero entries to be written down, the products of an
output, and two steps for every number.

A prompt may show: ``input``, ``order`` (how cells are numbered), ``K``, ``window``, ``channels``,
``filters``, ``stride``, ``padding``, ``x``, ``digits``, and as whole sentences ``layout``, ``operation`` and
``size_rule``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import prod
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..document import Message, Shown, Symbol, say
from ..draws import Entries, Ints, TensorRange, different, draw_entries, draw_int, draw_tensor
from ..engine import array
from ..figures.model import Grid
from ..model import Case, Effort, Field, Key, QuestionType, Refused, Step, Value
from ..reading.schema import Exact, record
from ..rules import rule_for
from ..sliding.filtering import digits_of
from ..sliding.geometry import (
    MOST_CELLS,
    MOST_PADDING,
    MOST_PRODUCTS,
    Digits,
    Map,
    Side,
    rounding_phrase,
    size_rule,
    within,
)
from ..sliding.geometry import Step as Length
from ..sliding.scatter import matrix_entries, starts
from ..streams import Stream
from ..sums import Sum, Term
from ..unrolled.counting import counted
from ..unrolled.misread import (
    MISCONCEPTIONS,
    matrix_of,
    sizes_of,
    slide_of,
    unrolled_of,
    window_of,
)
from ..unrolled.phrases import axes_phrase, ends_phrase, layout_sentence, operation_sentence, order_phrase
from ..unrolled.work import count_work, matrix_work, output_work, size_work
from ..values import nested

MOST_ENTRIES = 100_000
"""Of a matrix that is counted."""

MOST_MISREAD = 1_000_000
"""Of a matrix that somebody takes for the right one."""

MOST_WRITTEN = 256
"""Entries of a matrix that is written down."""

Asked: TypeAlias = Literal[
    "matrix", "output", "size", "nonzeros", "zeros", "zero_share", "parameters", "dense"
]
Asks: TypeAlias = Annotated[tuple[Asked, ...], Bounds(min_length=1), AfterValidator(different)]
Layout: TypeAlias = Literal["rows", "columns"]
Depth: TypeAlias = Annotated[Ints, within(1, MOST_CELLS)]


@record
class Params:
    """What an entry draws from."""

    input: Annotated[tuple[Depth, ...], Bounds(min_length=1, max_length=2)]
    ask: Asks
    kernel: TensorRange | None = None
    window: Annotated[tuple[Depth, ...], Bounds(min_length=1, max_length=2)] | None = None
    channels: Depth = 1
    filters: Depth = 1
    stride: Depth = 1
    padding: Annotated[Ints, within(0, MOST_PADDING)] = 0
    layout: Layout = "columns"
    x: Entries | None = None
    digits: Digits | None = None

    def __post_init__(self) -> None:
        axes = self.kernel.shape if self.kernel else self.window
        if (self.kernel is None) == (self.window is None) or len(axes or ()) != len(self.input):
            raise ValueError("either 'kernel' or 'window' is needed, with as many axes as 'input'")


@record
class Given:
    """What decides the answer."""

    input: Annotated[tuple[Length, ...], Bounds(min_length=1, max_length=2)]
    ask: Asks
    kernel: Map | None = None
    window: Annotated[tuple[Length, ...], Bounds(min_length=1, max_length=2)] | None = None
    channels: Length = 1
    filters: Length = 1
    stride: Length = 1
    padding: Side = 0
    layout: Layout = "columns"
    x: tuple[Exact, ...] | None = None
    digits: Digits | None = None

    def __post_init__(self) -> None:
        for wrong, complaint in _complaints(self):
            if wrong:
                raise ValueError(complaint)
        rows, columns = slide_of(Case(self), up=True).positions(sizes_of(self))
        outputs, inputs = self.filters * rows * columns, self.channels * prod(self.input)
        if outputs * inputs > MOST_ENTRIES:
            raise ValueError(
                f"this matrix has {outputs * inputs} entries; at most {MOST_ENTRIES} are counted"
            )
        # Misread, the window moves by one cell or comes in again at the front: any cell may have an output.
        if self.filters * prod(size + 2 * self.padding for size in self.input) * inputs > MOST_MISREAD:
            raise ValueError(f"the input is too large: with stride 1 there are over {MOST_MISREAD} entries")
        if (products := outputs * self.channels * prod(window_of(self))) > MOST_PRODUCTS:
            raise ValueError(f"this takes {products} products; at most {MOST_PRODUCTS} are computed")
        if "matrix" in self.ask and outputs * inputs > MOST_WRITTEN:
            raise ValueError(f"this matrix has {outputs * inputs} entries; at most {MOST_WRITTEN} are asked")


def _complaints(given: Given) -> Iterator[tuple[bool, str]]:
    """Yield what must not be, in an order in which each may rely on those before."""
    row, asked = len(given.input) == 1, set(given.ask)
    yield (given.kernel is None) == (given.window is None), "either 'kernel' or 'window' is needed"
    yield (
        given.window is not None and len(given.window) != len(given.input),
        "'window' needs as many axes as 'input'",
    )
    yield (
        row and given.kernel is not None and len(given.kernel) > 1,
        "the 'kernel' of a sequence is a single row",
    )
    yield given.kernel is not None and not any(map(any, given.kernel)), "'kernel' needs an entry other than 0"
    yield (
        given.kernel is not None and (given.channels, given.filters) != (1, 1),
        "'channels' and 'filters' go with 'window'",
    )
    yield bool(asked & {"matrix", "output"}) and given.kernel is None, "'ask' needs the numbers of a 'kernel'"
    yield ("output" in asked) != (given.x is not None), "'x' is stated where 'ask' names the output"
    yield (
        given.x is not None and (not row or len(given.x) != given.input[0]),
        "'x' needs a number for each cell of a sequence",
    )
    yield given.padding >= min(window_of(given)[-len(given.input) :]), "'padding' must be below the window"


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse what does not fit."""
    kernel = None if params.kernel is None else draw_tensor(params.kernel, stream.child("kernel"))
    sizes = _drawn(params.input, stream.child("input"))
    try:
        return Given(
            input=sizes,
            ask=params.ask,
            kernel=(kernel,) if kernel is not None and len(sizes) == 1 else kernel,
            window=None if params.window is None else _drawn(params.window, stream.child("window")),
            channels=draw_int(params.channels, stream.child("channels")),
            filters=draw_int(params.filters, stream.child("filters")),
            stride=draw_int(params.stride, stream.child("stride")),
            padding=draw_int(params.padding, stream.child("padding")),
            layout=params.layout,
            x=None if params.x is None else draw_entries(params.x, sizes[0], stream.child("x")),
            digits=params.digits,
        )
    except ValueError as error:
        raise Refused("the kernel is 0, or does not fit, or the matrix is too large") from error


def _drawn(sizes: tuple[Ints, ...], stream: Stream) -> tuple[int, ...]:
    return tuple(draw_int(size, stream.child(str(axis))) for axis, size in enumerate(sizes))


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given = case.given
    shown: dict[str, Shown] = {
        "input": axes_phrase(given.input),
        "window": axes_phrase(window_of(given)[-len(given.input) :]),
        "channels": given.channels,
        "filters": given.filters,
        "stride": given.stride,
        "padding": ends_phrase(given),
        "order": order_phrase(given),
        "layout": layout_sentence(given),
        "operation": operation_sentence(case.conventions),
        "size_rule": size_rule(up=case.conventions.rounding == "ceil"),
    }
    if given.kernel is not None:
        shown["K"] = Grid(given.kernel, "K")
    if given.x is not None:
        shown["x"] = Grid((given.x,), "x")
    if given.digits is not None:
        shown["digits"] = rounding_phrase(given.digits)
    return shown


def essential(case: Case[Given]) -> tuple[str, ...]:
    """Name what nobody can do without."""
    given, asked = case.given, set(case.given.ask)
    # Which weights fall away at the border depends on how the kernel is laid; it matters if some are 0.
    is_lopsided = given.padding > 0 and given.kernel is not None and not all(map(all, given.kernel))
    turning_shows = {"matrix", "output", *(("nonzeros", "zeros", "zero_share") if is_lopsided else ())}
    needed = {
        "K": given.kernel is not None,
        "window": given.window is not None,
        "x": given.x is not None,
        "input": True,
        "stride": True,
        "padding": True,
        "channels": given.channels > 1,
        "filters": given.filters > 1,
        "layout": bool(asked & {"matrix", "size"}),
        "operation": bool(asked & turning_shows),
        "size_rule": given.stride > 1,
        "order": "matrix" in asked and len(given.input) == 2,
    }
    return tuple(name for name, is_needed in needed.items() if is_needed)


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for the matrix, for an output, and for numbers."""
    return tuple(_field(case.given, asked) for asked in case.given.ask)


_NUMBERS: Mapping[str, Message] = {
    "nonzeros": say("Entries of $A$ that are not 0"),
    "zeros": say("Entries of $A$ that are 0"),
    "parameters": say("Free parameters"),
    "dense": say("Weights of the dense layer"),
}

_NEEDS: Mapping[str, tuple[str, ...]] = {"zeros": ("size", "nonzeros"), "zero_share": ("size", "nonzeros")}


def _field(given: Given, asked: Asked) -> Field:
    earlier = given.ask[: given.ask.index(asked)]
    needs = tuple(name for name in _NEEDS.get(asked, ()) if name in earlier)
    match asked:
        case "matrix":
            return Field("matrix", "tensor", Symbol("A"))
        case "output":
            return Field("output", "tensor", Symbol("y"))
        case "size":
            return Field("size", "shape", say("Size of $A$"), axes=say("rows × columns"))
        case "zero_share":
            rule = rule_for(given.digits)
            return Field(asked, "number", say("Share of zeros in $A$, in percent"), rule, needs=needs)
        case _:
            return Field(asked, "integer", _NUMBERS[asked], needs=needs)


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Have the engine write the matrix, and count."""
    given, matrix = case.given, matrix_of(case)
    answers = counted(case, matrix, taken)
    if "matrix" in given.ask:
        answers["matrix"] = nested(matrix.T if given.layout == "rows" else matrix)
    if given.x is not None:
        answers["output"] = (nested(matrix @ array(given.x)),)
    return {name: (answers[name],) for name in given.ask}


def second(case: Case[Given]) -> Key:
    """Collect the entries window by window, without the engine."""
    given, up = case.given, case.conventions.rounding == "ceil"
    sizes, window = sizes_of(given), window_of(given)
    step, sides = given.stride, (given.padding, given.padding)
    down = starts(sizes[0], window[0], step, sides, 1, overhang=up) if len(given.input) == 2 else [0]
    across = starts(sizes[1], window[1], step, sides, 1, overhang=up)
    ones = [[[1] * window[1]] * window[0]] * given.channels
    kernels = [[given.kernel]] if given.kernel is not None else [ones] * given.filters
    found = matrix_entries(sizes, kernels, (down, across), turned=case.conventions.operation == "convolution")
    outputs, inputs = len(down) * len(across) * given.filters, sizes[0] * sizes[1] * given.channels
    by_output = (
        [[found.get((o, i), 0) for i in range(inputs)] for o in range(outputs)] if given.kernel else []
    )
    filled = len([weight for weight in found.values() if weight])
    shape = (outputs, inputs) if given.layout == "columns" else (inputs, outputs)
    answers: dict[str, Value] = {
        "matrix": nested(by_output if given.layout == "columns" else list(zip(*by_output, strict=True))),
        "size": shape,
        "nonzeros": filled,
        "zeros": outputs * inputs - filled,
        "zero_share": 100 - Fraction(100 * filled, outputs * inputs),
        "parameters": window[0] * window[1] * given.channels * given.filters,
        "dense": outputs * inputs,
    }
    if given.x is not None:
        answers["output"] = (
            tuple(sum(w * x for w, x in zip(row, given.x, strict=True)) for row in by_output),
        )
    return {name: (answers[name],) for name in given.ask}


def effort(case: Case[Given]) -> Effort:
    """Count the entries and products to be written down, and two steps for every number."""
    given, matrix = case.given, matrix_of(case)
    entries = [entry for entry in matrix.ravel() if entry and "matrix" in given.ask]
    terms = [entry * x for row in matrix for entry, x in zip(row, given.x or (), strict=False) if entry * x]
    outputs = [] if given.x is None else list(matrix @ array(given.x))
    numbers = [value for (value,) in solve(case, {}).values() if isinstance(value, int)]
    asked = len(set(given.ask) - {"matrix", "output"})
    return Effort(
        products=len(entries) + len(terms) + 2 * asked,
        negatives=sum(number < 0 for number in entries + terms),
        digits=max(map(digits_of, entries + outputs + numbers), default=1),
    )


def work(case: Case[Given]) -> Iterator[Step]:
    """Work the size out, write the matrix row by row, and count."""
    given, asked, unrolled = case.given, set(case.given.ask), unrolled_of(case)
    yield from size_work(unrolled, flat=len(given.input) == 1, rows=given.layout == "rows")
    if asked & {"matrix", "output"}:
        yield from matrix_work(unrolled, rows=given.layout == "rows")
    if given.x is not None:
        yield from output_work(unrolled.matrix(), given.x, case.conventions.origin)
    yield from count_work(unrolled, given.ask, given.digits)


def made_of(case: Case[Given], field: str, cell: tuple[int, int]) -> Sum | None:
    """Return the products of an entry of the output."""
    if field != "output" or case.given.x is None:
        return None
    weights = matrix_of(case)[cell[1]]
    return Sum(tuple(Term(x, weight) for x, weight in zip(case.given.x, weights, strict=True)))


TYPE = QuestionType(
    name="conv_matrix",
    version=1,
    params=Params,
    given=Given,
    draw=draw,
    show=show,
    ask=ask,
    solve=solve,
    second=second,
    effort=effort,
    work=work,
    misconceptions=MISCONCEPTIONS,
    manual=__doc__,
    essential=essential,
    pace=6,
    made_of=made_of,
)
