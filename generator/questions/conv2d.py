"""Fill in the output map of one two-dimensional convolution.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``input``
    The image, channels first: ``{shape: [C, H, W], from: -3, to: 5}`` or ``{shape: ..., one_of: [0, 1]}``;
    fixed: a list of maps, each a block of rows.
``kernel``
    Output maps, then channels: ``{shape: [M, C, h, w], one_of: [-1, 0, 1, 2]}``.
``bias``
    A number for each output map; default 0. ``{from: 1, to: 2}`` draws them; fixed: a number, or a list.
``stride``, ``dilation``
    A whole number or one for each axis (down, across); default 1.
``padding``
    Zeros around the image: a number, one for each axis; drawn also ``valid``, ``same_upper`` or
    ``same_lower``, fixed also ``[[top, bottom], [left, right]]``; default 0.
``cell``
    Ask for one cell (row, column) of the first output map only, counted from 0.
``digits``
    Answers are to be rounded to so many decimals; without it they are exact.
``show_shape``
    Print the empty map in its right size; by default the size is part of the question.

A prompt may show: ``X``, ``K``, ``Y``, ``b``, ``stride``, ``padding``, ``dilation``, ``operation``, ``cell``,
``rounding``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from ..document import Shown, Symbol, listed
from ..draws import Ints, TensorRange, draw_int, draw_tensor
from ..engine import ShapeError
from ..model import (
    Case,
    Conventions,
    Effort,
    Field,
    Key,
    QuestionType,
    Refused,
    Step,
    Value,
)
from ..reading.schema import Flag, Whole, record
from ..rules import rule_for
from ..sliding.filtering import cell_symbol, operation_phrase, outputs
from ..sliding.geometry import (
    MOST_PRODUCTS,
    Biases,
    Digits,
    Map,
    PaddingRange,
    Pair,
    PerAxis,
    Sides,
    draw_padding,
    draw_pair,
    map_size,
    padding_phrase,
    pair_phrase,
    rounding_phrase,
)
from ..sliding.worked import channels, kernel_grids, solved_grid
from ..sliding.wrong_filters import MISCONCEPTIONS, biases_of, filtering_of, output_size
from ..streams import Stream
from ..sums import MadeOf
from ..values import how_many, nested


@record
class Params:
    """What an entry draws from."""

    input: TensorRange
    kernel: TensorRange
    bias: Ints = 0
    stride: PerAxis = 1
    padding: PaddingRange = 0
    dilation: PerAxis = 1
    cell: tuple[Whole, Whole] | None = None
    digits: Digits | None = None
    show_shape: Flag = False

    def __post_init__(self) -> None:
        if len(self.input.shape) != 3 or len(self.kernel.shape) != 4:
            raise ValueError("'input' needs the shape [C, H, W] and 'kernel' the shape [M, C, h, w]")
        if self.input.shape[0] != self.kernel.shape[1]:
            raise ValueError("'input' and 'kernel' need the same number of channels, C")


@record
class Given:
    """What decides the answer."""

    input: tuple[Map, ...]
    kernel: tuple[tuple[Map, ...], ...]
    bias: Biases = ()
    stride: Pair = (1, 1)
    padding: Sides = ((0, 0), (0, 0))
    dilation: Pair = (1, 1)
    cell: tuple[Whole, Whole] | None = None
    digits: Digits | None = None
    show_shape: Flag = False

    def __post_init__(self) -> None:
        if {len(maps) for maps in self.kernel} != {len(self.input)}:
            raise ValueError("every kernel needs as many channels as the input")
        if len({map_size(rows) for rows in self.input}) > 1:
            raise ValueError("all channels of the input need the same size")
        if len({map_size(rows) for maps in self.kernel for rows in maps}) > 1:
            raise ValueError("all kernels need the same size")
        if len(self.bias) not in (0, len(self.kernel)):
            raise ValueError(f"'bias' needs one number for each kernel: {len(self.kernel)}")
        # Rounded up, an output is at least as large as rounded down; which holds, the conventions say.
        height, width = output_size(Case(self, Conventions(rounding="ceil")))
        products = height * width * how_many(self.kernel)
        if products > MOST_PRODUCTS:
            raise ValueError(f"this takes {products} products; at most {MOST_PRODUCTS} are computed")
        if self.cell is not None and not (0 <= self.cell[0] < height and 0 <= self.cell[1] < width):
            raise ShapeError(f"'cell' lies outside the output of {height} rows and {width} columns")


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse what does not fit."""
    image = draw_tensor(params.input, stream.child("input"))
    kernel = draw_tensor(params.kernel, stream.child("kernel"))
    stride = draw_pair(params.stride, stream.child("stride"))
    dilation = draw_pair(params.dilation, stream.child("dilation"))
    biases = stream.child("bias")
    try:
        return Given(
            input=image,
            kernel=kernel,
            bias=tuple(draw_int(params.bias, biases.child(str(number))) for number in range(len(kernel))),
            stride=stride,
            padding=draw_padding(
                params.padding,
                stream.child("padding"),
                sizes=map_size(image[0]),
                kernel=map_size(kernel[0][0]),
                stride=stride,
                dilation=dilation,
            ),
            dilation=dilation,
            cell=params.cell,
            digits=params.digits,
            show_shape=params.show_shape,
        )
    except ShapeError as error:
        raise Refused("the kernel does not fit the image, or the cell the output") from error
    except ValueError as error:
        raise Refused(str(error)) from error


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given = case.given
    origin = case.conventions.origin
    shown: dict[str, Shown] = {
        "X": channels("X", given.input, origin),
        "K": kernel_grids(given.kernel, origin),
        "Y": Symbol("Y"),
        "b": biases_of(given)[0] if len(given.kernel) == 1 else listed(biases_of(given)),
        "stride": pair_phrase(given.stride),
        "dilation": pair_phrase(given.dilation),
        "padding": padding_phrase(given.padding),
        "operation": operation_phrase(case.conventions),
    }
    if given.cell is not None:
        shown["cell"] = cell_symbol(_outputs(case)[0][1], given.cell, origin)
    if given.digits is not None:
        shown["rounding"] = rounding_phrase(given.digits)
    return shown


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for each output map, or for one cell."""
    given = case.given
    origin = case.conventions.origin
    rule = rule_for(given.digits)
    if given.cell is not None:
        return (Field("y", "number", cell_symbol(_outputs(case)[0][1], given.cell, origin), rule),)
    shape = output_size(case) if given.show_shape else None
    return tuple(Field(name, "tensor", Symbol(symbol), rule, shape=shape) for name, symbol in _outputs(case))


def _outputs(case: Case[Given]) -> list[tuple[str, str]]:
    return outputs(len(case.given.kernel), case.conventions.origin)


# -- the key and the way to it ------------------------------------------------------------------


def _cells(case: Case[Given]) -> list[tuple[int, int]]:
    """Return the cells that are asked."""
    rows, columns = output_size(case)
    cell = case.given.cell
    return [cell] if cell is not None else list(product(range(rows), range(columns)))


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:  # noqa: ARG001 - there is one step only
    """Filter with the engine."""
    return _asked(case, nested(filtering_of(case).output()))


def second(case: Case[Given]) -> Key:
    """Throw every pixel at the output cells that it touches, without the engine."""
    return _asked(case, filtering_of(case).second())


def _asked(case: Case[Given], maps: tuple[Map, ...]) -> Key:
    if case.given.cell is not None:
        row, column = case.given.cell
        if row >= len(maps[0]) or column >= len(maps[0][0]):
            raise ShapeError("'cell' lies outside the output")
        return {"y": (maps[0][row][column],)}
    return {name: (single,) for (name, _), single in zip(_outputs(case), maps, strict=True)}


def effort(case: Case[Given]) -> Effort:
    """Count the products of all cells that are asked."""
    return filtering_of(case).effort(_cells(case), len(ask(case)))


def work(case: Case[Given]) -> Iterator[Step]:
    """Work out the size, write the window of one cell out, and the sums of all where they are few."""
    given, origin = case.given, case.conventions.origin
    filtering = filtering_of(case)
    yield from filtering.turned_kernels(origin)
    symbols = [symbol for _, symbol in _outputs(case)][: len(ask(case))]
    yield from filtering.work(symbols, _cells(case), origin=origin, digits=given.digits)
    if given.cell is None:
        for single, symbol in zip(filtering.output(), symbols, strict=True):
            yield solved_grid(single, symbol, given.digits)


def work_at(case: Case[Given], field: str, cell: tuple[int, int]) -> Iterator[Step]:
    """Write the window of one cell out."""
    numbered = {name: (number, symbol) for number, (name, symbol) in enumerate(_outputs(case))}
    yield from filtering_of(case).work_at(
        *numbered[field], cell, origin=case.conventions.origin, digits=case.given.digits
    )


def made_of(case: Case[Given], field: str, cell: tuple[int, int]) -> MadeOf:
    """Return the products of a cell."""
    number = [name for name, _ in _outputs(case)].index(field) if case.given.cell is None else 0
    return filtering_of(case).made_of(number, case.given.cell or cell)


TYPE = QuestionType(
    name="conv2d",
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
    made_of=made_of,
)
