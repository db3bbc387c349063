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

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import lcm
from typing import Any, Literal, TypeAlias

from numpy import flip as np_flip

from ..document import Figures, Grid, Message, Shown, Symbol, say
from ..draws import Ints, TensorRange, draw_int, draw_tensor
from ..engine import ShapeError, array
from ..model import (
    Case,
    Conventions,
    Effort,
    Field,
    Key,
    Misconception,
    QuestionType,
    Refused,
    Step,
    Value,
)
from ..reading.schema import Flag, Whole, record
from ..rules import rule_for, written
from ..sliding.filtering import Filtering, cell_symbol
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
    named_padding,
    numbers_phrase,
    padding_phrase,
    pair_phrase,
    rounding_phrase,
)
from ..sliding.worked import Slide, channels, grids
from ..streams import Stream
from ..values import nested


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
        height, width = _output_size(Case(self, Conventions(rounding="ceil")))
        products = height * width * array(self.kernel).size
        if products > MOST_PRODUCTS:
            raise ValueError(f"this takes {products} products; at most {MOST_PRODUCTS} are computed")
        if self.cell is not None and not (0 <= self.cell[0] < height and 0 <= self.cell[1] < width):
            raise ShapeError(f"'cell' lies outside the output of {height} rows and {width} columns")


def _slide(case: Case[Given]) -> Slide:
    given = case.given
    ceil_mode = case.conventions.rounding == "ceil"
    return Slide(map_size(given.kernel[0][0]), given.stride, given.padding, given.dilation, ceil_mode)


def _output_size(case: Case[Given]) -> tuple[int, int]:
    return _slide(case).positions(map_size(case.given.input[0]))


def _biases(given: Given) -> tuple[int | Fraction, ...]:
    return given.bias or (0,) * len(given.kernel)


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


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given = case.given
    origin = case.conventions.origin
    shown: dict[str, Shown] = {
        "X": channels("X", given.input, origin),
        "K": _kernels(given, origin),
        "Y": Symbol("Y"),
        "b": _biases(given)[0] if len(given.kernel) == 1 else numbers_phrase(_biases(given)),
        "stride": pair_phrase(given.stride),
        "dilation": pair_phrase(given.dilation),
        "padding": padding_phrase(given.padding),
        "operation": _operation_phrase(case),
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
    shape = _output_size(case) if given.show_shape else None
    return tuple(Field(name, "tensor", Symbol(symbol), rule, shape=shape) for name, symbol in _outputs(case))


def _outputs(case: Case[Given]) -> list[tuple[str, str]]:
    """Return name and symbol of every output map."""
    count, origin = len(case.given.kernel), case.conventions.origin
    if count == 1:
        return [("Y", "Y")]
    return [(f"Y{number}", f"Y^{{({number})}}") for number in range(origin, origin + count)]


def _kernels(given: Given, origin: int, symbol: str = "K") -> Grid | Figures:
    if len(given.kernel) == 1:
        return channels(symbol, given.kernel[0], origin)
    figures = [
        channels(f"{symbol}^{{({number})}}", maps, origin)
        for number, maps in enumerate(given.kernel, start=origin)
    ]
    return Figures(symbol, tuple(grid for figure in figures for grid in grids(figure)))


def _operation_phrase(case: Case[Given]) -> Message:
    if case.conventions.operation == "convolution":
        return say("convolution (the kernel turned by 180°)")
    return say("cross-correlation (the kernel as it stands)")


# -- the key and the way to it ------------------------------------------------------------------


def _filtering(case: Case[Given]) -> Filtering:
    given = case.given
    turned = case.conventions.operation == "convolution"
    return Filtering(given.input, given.kernel, _biases(given), _slide(case), turned)


def _cells(case: Case[Given]) -> list[tuple[int, int]]:
    """Return the cells that are asked."""
    rows, columns = _output_size(case)
    cell = case.given.cell
    return [cell] if cell is not None else list(product(range(rows), range(columns)))


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:  # noqa: ARG001 - there is one step only
    """Filter with the engine."""
    return _asked(case, nested(_filtering(case).output()))


def second(case: Case[Given]) -> Key:
    """Throw every pixel at the output cells that it touches, without the engine."""
    return _asked(case, _filtering(case).second())


def _asked(case: Case[Given], maps: tuple[Map, ...]) -> Key:
    if case.given.cell is not None:
        row, column = case.given.cell
        if row >= len(maps[0]) or column >= len(maps[0][0]):
            raise ShapeError("'cell' lies outside the output")
        return {"y": (maps[0][row][column],)}
    return {name: (single,) for (name, _), single in zip(_outputs(case), maps, strict=True)}


def effort(case: Case[Given]) -> Effort:
    """Count the products of all cells that are asked."""
    return _filtering(case).effort(_cells(case), len(ask(case)))


def work(case: Case[Given]) -> Iterator[Step]:
    """Work out the size, write the window of one cell out, and the sums of all where they are few."""
    given, origin = case.given, case.conventions.origin
    filtering = _filtering(case)
    if filtering.turned:
        yield say("A convolution turns the kernel by 180°; the turned kernel $K'$ is then used as it stands.")
        yield _kernels(replace(given, kernel=nested(filtering.laid())), origin, "K'")
    symbols = [symbol for _, symbol in _outputs(case)][: len(ask(case))]
    yield from filtering.work(symbols, _cells(case), origin=origin, digits=given.digits)
    if given.cell is None:
        rule = rule_for(given.digits)
        for single, symbol in zip(filtering.output(), symbols, strict=True):
            yield Grid(written(rule, nested(single)), symbol)


# -- misconceptions -----------------------------------------------------------------------------

Change: TypeAlias = Callable[[Case[Given]], Case[Given] | None]


def _with(case: Case[Given], **changes: Any) -> Case[Given]:
    return replace(case, given=replace(case.given, **changes))


def _extra_flip(case: Case[Given]) -> Case[Given] | None:
    if case.conventions.operation == "convolution":
        return None
    return replace(case, conventions=replace(case.conventions, operation="convolution"))


def _turned_only(axis: int) -> Change:
    """Use the kernel turned along one axis, whatever the operation asks."""

    def change(case: Case[Given]) -> Case[Given]:
        kernel = nested(np_flip(array(case.given.kernel), axis))
        plain = replace(case.conventions, operation="cross-correlation")
        return replace(case, given=replace(case.given, kernel=kernel), conventions=plain)

    return change


def _no_flip(case: Case[Given]) -> Case[Given] | None:
    if case.conventions.operation == "cross-correlation":
        return None
    return replace(case, conventions=replace(case.conventions, operation="cross-correlation"))


def _kernel_as(view: Callable[[Any], Any]) -> Change:
    """Change the kernels, (M, C, h, w), as an array."""
    return lambda case: _with(case, kernel=nested(view(array(case.given.kernel))))


def _bias_as(view: Callable[[Given, int | Fraction], int | Fraction]) -> Change:
    """Change every bias; no bias, no misconception."""

    def change(case: Case[Given]) -> Case[Given] | None:
        given = case.given
        biases = tuple(view(given, bias) for bias in given.bias)
        return _with(case, bias=biases) if any(given.bias) else None

    return change


def _floor_for_ceil(case: Case[Given]) -> Case[Given] | None:
    return _rounding_as(case, "ceil", "floor")


def _ceil_for_floor(case: Case[Given]) -> Case[Given] | None:
    return _rounding_as(case, "floor", "ceil")


def _rounding_as(case: Case[Given], right: str, wrong: Literal["floor", "ceil"]) -> Case[Given] | None:
    """Round the output size the other way, where that changes it."""
    if case.conventions.rounding != right:
        return None
    changed = replace(case, conventions=replace(case.conventions, rounding=wrong))
    return changed if _output_size(changed) != _output_size(case) else None


def _padding_as(view: Callable[[Given], Any]) -> Change:
    """Change the padding; no padding, no misconception."""

    def change(case: Case[Given]) -> Case[Given] | None:
        return _with(case, padding=view(case.given)) if any(map(any, case.given.padding)) else None

    return change


def _channels_as(view: Callable[[Any], Any]) -> Change:
    """Change the kernels where there is more than one channel."""
    change = _kernel_as(view)
    return lambda case: change(case) if len(case.given.input) > 1 else None


def _same_padding(case: Case[Given]) -> Case[Given] | None:
    given = case.given
    slide = _slide(case)
    sides = named_padding("same_upper", map_size(given.input[0]), slide.kernel, slide.stride, slide.dilation)
    return None if sides == given.padding else _with(case, padding=sides)


def _not_normalised(case: Case[Given]) -> Case[Given] | None:
    kernels = array(case.given.kernel)
    common = lcm(*(Fraction(weight).denominator for weight in kernels.ravel()))
    return None if common == 1 else _with(case, kernel=nested(kernels * common))


def _maps_swapped(case: Case[Given]) -> Case[Given] | None:
    given = case.given
    return None if len(given.kernel) == 1 else _with(case, kernel=given.kernel[::-1], bias=given.bias[::-1])


def _first_only(kernels: Any) -> Any:
    kept = kernels.copy()
    kept[:, 1:] = 0
    return kept


MISCONCEPTIONS = (
    Misconception("extra_flip", _extra_flip),
    Misconception("no_flip", _no_flip),
    Misconception("flip_rows_only", _turned_only(-2)),
    Misconception("flip_columns_only", _turned_only(-1)),
    Misconception("transpose_kernel", _kernel_as(lambda kernels: kernels.swapaxes(-1, -2))),
    Misconception("ignore_padding", _padding_as(lambda _: ((0, 0), (0, 0)))),
    Misconception("pad_once", _padding_as(lambda given: tuple((before, 0) for before, _ in given.padding))),
    Misconception("assume_same_padding", _same_padding),
    Misconception(
        "ignore_stride", lambda case: _with(case, stride=(1, 1)) if case.given.stride != (1, 1) else None
    ),
    Misconception(
        "dilation_ignored",
        lambda case: _with(case, dilation=(1, 1)) if case.given.dilation != (1, 1) else None,
    ),
    Misconception(
        "dilation_zero_based",
        lambda case: _with(case, dilation=tuple(gap + 1 for gap in case.given.dilation)),
    ),
    Misconception("ceil_for_floor", _ceil_for_floor),
    Misconception("floor_for_ceil", _floor_for_ceil),
    Misconception("bias_forgotten", _bias_as(lambda _, __: 0)),
    Misconception("bias_sign", _bias_as(lambda _, bias: -bias)),
    Misconception("bias_per_tap", _bias_as(lambda given, bias: bias * array(given.kernel)[0].size)),
    Misconception("bias_per_channel", _bias_as(lambda given, bias: bias * len(given.input))),
    Misconception("first_channel_only", _channels_as(_first_only)),
    Misconception("channels_averaged", _channels_as(lambda kernels: kernels * Fraction(1, kernels.shape[1]))),
    Misconception("kernels_swapped", _channels_as(lambda kernels: kernels[:, ::-1])),
    Misconception("maps_swapped", _maps_swapped),
    Misconception("not_normalised", _not_normalised),
)

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
    misconceptions=MISCONCEPTIONS,
    manual=__doc__,
)
