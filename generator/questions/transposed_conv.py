"""Transposed convolution of one map: the size of its output, and its numbers.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``input``
    The map: ``{shape: [H, W], from: -3, to: 5}``; fixed: a block of rows. A sequence is a map of one row.
``kernel``
    ``{shape: [h, w], one_of: [-1, 0, 1, 2]}``; fixed: a block of rows.
``sizes``, ``window``
    Instead of ``input`` and ``kernel``, their rows and columns alone, where only the size is asked: a whole
    number or one for each axis.
``stride``, ``dilation``
    A whole number or one for each axis (down, across); default 1.
``padding``
    That of the convolution whose transpose this is: so many rows or columns are cut off on both sides of
    the output. A number, or one for each axis; default 0.
``output_padding``
    Rows and columns that are added at the end of the output, fewer than the stride or the dilation; a number,
    or one for each axis; default 0.
``ask``
    ``[size]``, ``[values]`` or both, the size first; default: the values.
``show_shape``
    Print the empty map in its right size; by default the size is part of the question.

Whatever the paper's conventions, each input cell stamps the kernel as it stands: that is the transpose of
cross-correlation, which frameworks compute. The effort of a draw counts its products; for a size alone, four
steps for each axis.

A prompt may show: ``X``, ``K``, ``Y``, ``sizes``, ``window``, ``stride``, ``dilation``, ``padding``,
``output_padding``, and as whole sentences ``stamping`` (what the operation does), ``cropping`` and ``extra``
(what padding and output padding do).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..document import Shown, Symbol, say
from ..draws import TensorRange, different, draw_tensor
from ..engine import ShapeError
from ..figures.model import Grid
from ..model import Case, Effort, Field, Key, QuestionType, Refused, Step, Value
from ..reading.schema import Flag, record
from ..sliding.geometry import (
    MOST_PRODUCTS,
    Map,
    PaddingRange,
    Pair,
    PerAxis,
    SidePair,
    draw_pair,
    pair_phrase,
    size_phrase,
)
from ..sliding.misread_stamps import (
    MISCONCEPTIONS,
    output_size,
    sizes_of,
    stamp_of,
    stamping_of,
    values_of,
    window_of,
)
from ..sliding.scatter import stamped, stamped_size
from ..sliding.stamp_phrases import along, cropping_sentence, extra_sentence, is_row
from ..sliding.stamping import size_formulas
from ..streams import Stream
from ..sums import Sum
from ..values import nested

STEPS_OF_A_SIZE = 4
"""Of an axis: the stride times one cell less, the kernel, the padding, the output padding."""

Asked: TypeAlias = Literal["size", "values"]
Asks: TypeAlias = Annotated[tuple[Asked, ...], Bounds(min_length=1), AfterValidator(different)]


@record
class Params:
    """What an entry draws from."""

    input: TensorRange | None = None
    kernel: TensorRange | None = None
    sizes: PerAxis | None = None
    window: PerAxis | None = None
    stride: PerAxis = 1
    dilation: PerAxis = 1
    padding: PaddingRange = 0
    output_padding: PaddingRange = 0
    ask: Asks = ("values",)
    show_shape: Flag = False

    def __post_init__(self) -> None:
        _require_either(self)
        if any(tensor is not None and len(tensor.shape) != 2 for tensor in (self.input, self.kernel)):
            raise ValueError("'input' needs the shape [H, W] and 'kernel' the shape [h, w]")
        if isinstance(self.padding, str) or isinstance(self.output_padding, str):
            raise ValueError("'padding' and 'output_padding' of a transposed convolution are numbers")


@record
class Given:
    """What decides the answer."""

    input: Map | None = None
    kernel: Map | None = None
    sizes: Pair | None = None
    window: Pair | None = None
    stride: Pair = (1, 1)
    dilation: Pair = (1, 1)
    padding: SidePair = (0, 0)
    output_padding: SidePair = (0, 0)
    ask: Asks = ("values",)
    show_shape: Flag = False

    def __post_init__(self) -> None:
        _require_either(self)
        if self.ask == ("values", "size"):
            raise ValueError("'ask' names the size before the values")
        output_size(Case(self))
        # The engine multiplies the zeros between the input cells as well: a whole window for every output.
        products = prod(stamp_of(self).full(sizes_of(self))) * prod(window_of(self))
        if "values" in self.ask and products > MOST_PRODUCTS:
            raise ValueError(f"this takes up to {products} products; at most {MOST_PRODUCTS} are computed")


def _require_either(entry: Params | Given) -> None:
    """Refuse numbers where sizes are enough, and sizes where numbers are needed."""
    numbers = (entry.input is not None, entry.kernel is not None)
    alone = (entry.sizes is not None, entry.window is not None)
    if (numbers, alone) not in (((True, True), (False, False)), ((False, False), (True, True))):
        raise ValueError("either 'input' and 'kernel' are needed, or 'sizes' and 'window'")
    if all(alone) and entry.ask != ("size",):
        raise ValueError("'ask: [values]' needs the numbers of 'input' and 'kernel'")
    if entry.show_shape and "size" in entry.ask:
        raise ValueError("'show_shape' would betray the size that is asked")


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse what does not fit."""

    def tensor(name: str, range_: TensorRange | None) -> Any:
        return None if range_ is None else draw_tensor(range_, stream.child(name))

    def pair(name: str, range_: Any) -> Any:
        return None if range_ is None else draw_pair(range_, stream.child(name))

    try:
        return Given(
            input=tensor("input", params.input),
            kernel=tensor("kernel", params.kernel),
            sizes=pair("sizes", params.sizes),
            window=pair("window", params.window),
            stride=pair("stride", params.stride),
            dilation=pair("dilation", params.dilation),
            padding=pair("padding", params.padding),
            output_padding=pair("output_padding", params.output_padding),
            ask=params.ask,
            show_shape=params.show_shape,
        )
    except ShapeError as error:
        raise Refused("nothing is left, or more is added than the stride allows") from error
    except ValueError as error:
        raise Refused(str(error)) from error


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given = case.given
    shown: dict[str, Shown] = {
        "Y": Symbol("Y"),
        "sizes": size_phrase(sizes_of(given)),
        "window": size_phrase(window_of(given)),
        "stride": pair_phrase(along(given, given.stride)),
        "dilation": pair_phrase(along(given, given.dilation)),
        "padding": pair_phrase(along(given, given.padding)),
        "output_padding": pair_phrase(along(given, given.output_padding)),
        "stamping": say(
            "Every cell of the input is multiplied by the kernel as it stands, the result is laid on the "
            "output, one stride further for the next cell, and where results overlap they are added up."
        ),
        "cropping": cropping_sentence(given),
        "extra": extra_sentence(given),
    }
    if given.input is not None:
        shown["X"] = Grid(given.input, "X")
    if given.kernel is not None:
        shown["K"] = Grid(given.kernel, "K")
    return shown


def essential(case: Case[Given]) -> tuple[str, ...]:
    """Name what nobody can do without."""
    given = case.given
    needed = {
        "X": given.input is not None,
        "K": given.kernel is not None,
        "sizes": given.sizes is not None,
        "window": given.window is not None,
        "stride": True,
        "padding": given.padding != (0, 0),
        "output_padding": given.output_padding != (0, 0),
        "dilation": given.dilation != (1, 1),
    }
    return tuple(name for name, is_needed in needed.items() if is_needed)


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for the size, for the output, or for both."""
    given = case.given
    fields = []
    if "size" in given.ask:
        fields.append(
            Field("size", "integer", say("Length of $Y$"))
            if is_row(given)
            else Field("size", "shape", say("Size of $Y$"), axes=say("rows × columns"))
        )
    if "values" in given.ask:
        shape = output_size(case) if given.show_shape else None
        fields.append(Field("Y", "tensor", Symbol("Y"), shape=shape, row=is_row(given)))
    return tuple(fields)


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:  # noqa: ARG001 - size and values are one step
    """Stamp with the engine."""
    given = case.given
    key: dict[str, tuple[Value, ...]] = {}
    if "size" in given.ask:
        key["size"] = (_written(given, output_size(case)),)
    if "values" in given.ask:
        key["Y"] = (nested(values_of(case)),)
    return key


def _written(given: Given, size: Pair) -> Value:
    return size[1] if is_row(given) else size


def second(case: Case[Given]) -> Key:
    """Collect the products in plain loops, without the engine, and see how far they reach."""
    given = case.given
    laid = given.stride, given.dilation, given.padding, given.output_padding
    key: dict[str, tuple[Value, ...]] = {}
    if "size" in given.ask:
        rows, columns = (
            stamped_size(*axis) for axis in zip(sizes_of(given), window_of(given), *laid, strict=True)
        )
        key["size"] = (_written(given, (rows, columns)),)
    if "values" in given.ask and given.input is not None and given.kernel is not None:
        key["Y"] = (stamped(given.input, given.kernel, *laid),)
    return key


def effort(case: Case[Given]) -> Effort:
    """Count the products; for a size alone, the terms of its formula."""
    given = case.given
    if "values" in given.ask:
        return stamping_of(case).effort()
    digits = max(len(str(size)) for size in output_size(case))
    return Effort(products=STEPS_OF_A_SIZE * (1 if is_row(given) else 2), digits=digits)


def work(case: Case[Given]) -> Iterator[Step]:
    """Work out the size, stamp cell by cell, add up, and cut off."""
    given = case.given
    yield say(
        "The last result begins $s(n-1)$ cells behind the first one, for $n$ cells and the stride $s$, and "
        "reaches as far as the kernel."
    )
    if any(given.padding):
        yield say("Padding takes cells away at both ends.")
    if any(given.output_padding):
        yield say("Output padding adds cells at one end only.")
    formulas = size_formulas(sizes_of(given), stamp_of(given), given.padding, given.output_padding)
    yield from list(formulas)[-1 if is_row(given) else 0 :]
    if "values" in given.ask:
        yield from stamping_of(case).work(case.conventions.origin)


def work_at(case: Case[Given], field: str, cell: Pair) -> Iterator[Step]:  # noqa: ARG001 - there is one map only
    """Write out what is added up in one cell."""
    yield from stamping_of(case).work_at(cell, case.conventions.origin)


def made_of(case: Case[Given], field: str, cell: tuple[int, int]) -> Sum | None:
    """Return what is added up in a cell."""
    return stamping_of(case).made_of(cell) if field == "Y" else None


TYPE = QuestionType(
    name="transposed_conv",
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
    work_at=work_at,
    misconceptions=MISCONCEPTIONS,
    manual=__doc__,
    essential=essential,
    made_of=made_of,
)
