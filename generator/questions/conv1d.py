"""Fill in the output of a one-dimensional convolution.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``input``
    The row of numbers, channels first: ``{shape: [C, n], from: -3, to: 5}`` or
    ``{shape: ..., one_of: [0, 1]}``; fixed: a block with one channel a line.
``kernel``
    Output rows, then channels: ``{shape: [M, C, k], one_of: [-1, 0, 1, 2]}``; fixed: a list of blocks, each
    with one channel a line.
``unshared``
    Each position of the window has weights of its own, for an input of one channel. Then ``kernel`` is
    ``{shape: [M, positions, k], ...}``, fixed a list of blocks with one position a line.
``bias``
    A number for each output row; default 0. ``{from: 1, to: 2}`` draws them; fixed: a number, or a list.
``stride``, ``dilation``
    A whole number; default 1.
``padding``
    Zeros at the ends: a number for both, or ``[left, right]``; drawn also ``valid``, ``same_upper``,
    ``same_lower`` or ``full`` (every position at which the kernel touches the row); default 0.
``cell``
    Ask for one cell of the first output row only, counted from 0.
``digits``
    Answers are to be rounded to so many decimals; without it they are exact.
``show_shape``
    Print the empty row in its right size; by default the size is part of the question.

An answer may be typed as a row or as a column. With ``operation: convolution`` on a paper the weights of each
position are used in the opposite order, unshared ones as well.

A prompt may show: ``X``, ``K`` (unshared: the weights of every position), ``Y``, ``b``, ``stride``,
``padding``, ``dilation``, ``operation``, ``cell``, ``rounding``, and as a whole sentence ``size_rule``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from ..document import Message, Shown, Symbol, listed, say
from ..draws import Ints, TensorRange, draw_int, draw_tensor
from ..engine import ShapeError
from ..model import Case, Conventions, Effort, Field, Key, QuestionType, Refused, Step, Value
from ..reading.schema import Flag, Whole, record
from ..rules import rule_for
from ..sliding.filtering import outputs
from ..sliding.geometry import (
    MOST_PADDING,
    MOST_PRODUCTS,
    Biases,
    Digits,
    Map,
    Steps,
    map_size,
    rounding_phrase,
    size_rule,
)
from ..sliding.geometry import Step as Distance
from ..sliding.row_filtering import RowFiltering, row_cell, row_figures, row_or_column, weight_figures
from ..sliding.row_geometry import Ends, EndsRange, draw_ends, ends_phrase
from ..sliding.worked import solved_grid
from ..sliding.wrong_filters import biases_of
from ..sliding.wrong_rows import ROW_MISCONCEPTIONS, positions_of, slide_of
from ..streams import Stream
from ..sums import MadeOf
from ..values import how_many


@record
class Params:
    """What an entry draws from."""

    input: TensorRange
    kernel: TensorRange
    unshared: Flag = False
    bias: Ints = 0
    stride: Steps = 1
    padding: EndsRange = 0
    dilation: Steps = 1
    cell: Whole | None = None
    digits: Digits | None = None
    show_shape: Flag = False

    def __post_init__(self) -> None:
        if len(self.input.shape) != 2 or len(self.kernel.shape) != 3:
            raise ValueError("'input' needs the shape [C, n] and 'kernel' the shape [M, C, k]")
        if self.unshared and self.input.shape[0] != 1:
            raise ValueError("unshared weights need an input of one channel")
        if not self.unshared and self.input.shape[0] != self.kernel.shape[1]:
            raise ValueError("'input' and 'kernel' need the same number of channels, C")


@record
class Given:
    """What decides the answer."""

    input: Map
    kernel: tuple[Map, ...]
    unshared: Flag = False
    bias: Biases = ()
    stride: Distance = 1
    padding: Ends = (0, 0)
    dilation: Distance = 1
    cell: Whole | None = None
    digits: Digits | None = None
    show_shape: Flag = False

    def __post_init__(self) -> None:
        if len({map_size(rows) for rows in self.kernel}) != 1:
            raise ValueError("'kernel' needs at least one kernel, and all of them equally large")
        if max(self.padding) > MOST_PADDING:
            raise ValueError(f"'padding' has at most {MOST_PADDING} cells at each end")
        if len(self.bias) not in (0, len(self.kernel)):
            raise ValueError(f"'bias' needs one number for each kernel: {len(self.kernel)}")
        self._check_weights()
        # Rounded up, an output has at least as many cells as rounded down; which holds, the conventions say.
        most = positions_of(Case(self, Conventions(rounding="ceil")))
        products = most * how_many(self.kernel)
        if products > MOST_PRODUCTS:
            raise ValueError(f"this takes {products} products; at most {MOST_PRODUCTS} are computed")
        if self.cell is not None and not 0 <= self.cell < most:
            raise ShapeError(f"'cell' lies outside the output of {most} cells")

    def _check_weights(self) -> None:
        """Check that there are weights for all channels, or for all positions."""
        if not self.unshared:
            if len(self.kernel[0]) != len(self.input):
                raise ValueError("every kernel needs as many channels as the input")
        elif len(self.input) > 1:
            raise ValueError("unshared weights need an input of one channel")
        elif len(self.kernel[0]) < (positions := positions_of(Case(self))):
            raise ShapeError(f"unshared weights need a row for each of the {positions} positions")


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse what does not fit."""
    row = draw_tensor(params.input, stream.child("input"))
    kernel = draw_tensor(params.kernel, stream.child("kernel"))
    stride = draw_int(params.stride, stream.child("stride"))
    dilation = draw_int(params.dilation, stream.child("dilation"))
    padding = draw_ends(
        params.padding,
        stream.child("padding"),
        size=len(row[0]),
        kernel=len(kernel[0][0]),
        stride=stride,
        dilation=dilation,
    )
    biases = stream.child("bias")
    try:
        given = Given(
            input=row,
            kernel=kernel,
            unshared=params.unshared,
            bias=tuple(draw_int(params.bias, biases.child(str(number))) for number in range(len(kernel))),
            stride=stride,
            padding=padding,
            dilation=dilation,
            cell=params.cell,
            digits=params.digits,
            show_shape=params.show_shape,
        )
        if given.unshared and len(kernel[0]) != positions_of(Case(given)):
            raise ShapeError("there are weights for positions that do not exist")
    except ShapeError as error:
        raise Refused("the kernel does not fit the row, or the cell or the weights the output") from error
    except ValueError as error:
        raise Refused(str(error)) from error
    return given


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given = case.given
    origin = case.conventions.origin
    shown: dict[str, Shown] = {
        "X": row_figures(given.input, origin),
        "K": weight_figures(given.kernel, origin, unshared=given.unshared),
        "Y": Symbol("Y"),
        "b": biases_of(given)[0] if len(given.kernel) == 1 else listed(biases_of(given)),
        "stride": given.stride,
        "dilation": given.dilation,
        "padding": ends_phrase(given.padding),
        "operation": _operation_phrase(case),
        "size_rule": size_rule(up=case.conventions.rounding == "ceil"),
    }
    if given.cell is not None:
        shown["cell"] = row_cell(_outputs(case)[0][1], given.cell, origin)
    if given.digits is not None:
        shown["rounding"] = rounding_phrase(given.digits)
    return shown


def _operation_phrase(case: Case[Given]) -> Message:
    if _turned(case):
        return say(
            "convolution (the weights in opposite order: the last one meets the first cell of a window)"
        )
    return say(
        "cross-correlation (the weights as they stand: the first one meets the first cell of a window)"
    )


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for each output row, or for one cell."""
    given = case.given
    rule = rule_for(given.digits)
    if given.cell is not None:
        label = row_cell(_outputs(case)[0][1], given.cell, case.conventions.origin)
        return (Field("y", "number", label, rule),)
    shape = (1, positions_of(case)) if given.show_shape else None
    return tuple(
        Field(name, "tensor", Symbol(symbol), rule, shape=shape, row=True) for name, symbol in _outputs(case)
    )


def _outputs(case: Case[Given]) -> list[tuple[str, str]]:
    return outputs(len(case.given.kernel), case.conventions.origin)


# -- the key and the way to it ------------------------------------------------------------------


def _turned(case: Case[Given]) -> bool:
    return case.conventions.operation == "convolution"


def _filtering(case: Case[Given]) -> RowFiltering:
    given = case.given
    return RowFiltering(
        given.input, given.kernel, biases_of(given), slide_of(case), _turned(case), given.unshared
    )


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:  # noqa: ARG001 - there is one step only
    """Filter with the engine."""
    rows = _filtering(case).output()
    return _asked(case, tuple(row[:-1] for row in rows) if "missing_plus_one" in case.slips else rows)


def second(case: Case[Given]) -> Key:
    """Add up product by product, without the engine."""
    return _asked(case, _filtering(case).second())


def _asked(case: Case[Given], rows: tuple[tuple[int | Fraction, ...], ...]) -> Key:
    """Return one cell, or every row."""
    cell = case.given.cell
    if cell is not None:
        if cell >= len(rows[0]):
            raise ShapeError("'cell' lies outside the output")
        return {"y": (rows[0][cell],)}
    return {name: row_or_column((row,)) for (name, _), row in zip(_outputs(case), rows, strict=True)}


def _places(case: Case[Given]) -> list[int]:
    """Return the cells that are asked."""
    cell = case.given.cell
    return [cell] if cell is not None else list(range(positions_of(case)))


def effort(case: Case[Given]) -> Effort:
    """Count the products of all cells that are asked."""
    return _filtering(case).effort(_places(case), len(ask(case)))


def work(case: Case[Given]) -> Iterator[Step]:
    """Work out the size, write the window of one cell out, and the sums of all where they are few."""
    given, origin = case.given, case.conventions.origin
    filtering = _filtering(case)
    yield from _turned_weights(case)
    symbols = [symbol for _, symbol in _outputs(case)][: len(ask(case))]
    yield from filtering.work(symbols, _places(case), origin=origin, digits=given.digits)
    if given.cell is None:
        for row, symbol in zip(filtering.output(), symbols, strict=True):
            yield solved_grid((row,), symbol, given.digits)


def _turned_weights(case: Case[Given]) -> Iterator[Step]:
    if _turned(case):
        yield say(
            "A convolution uses the weights in the opposite order; so turned, they are used as they stand:"
        )
        laid, given = _filtering(case).laid(), case.given
        yield weight_figures(laid, case.conventions.origin, unshared=given.unshared, turned=True)


def work_at(case: Case[Given], field: str, cell: tuple[int, int]) -> Iterator[Step]:
    """Write the window of one cell out; the row may have been answered as a column."""
    numbered = {name: (number, symbol) for number, (name, symbol) in enumerate(_outputs(case))}
    yield from _turned_weights(case)
    yield from _filtering(case).work_at(
        *numbered[field], max(cell), origin=case.conventions.origin, digits=case.given.digits
    )


def made_of(case: Case[Given], field: str, cell: tuple[int, int]) -> MadeOf:
    """Return the products of a cell."""
    asked = case.given.cell
    number = [name for name, _ in _outputs(case)].index(field) if asked is None else 0
    return _filtering(case).made_of(number, cell[1] if asked is None else asked)


TYPE = QuestionType(
    name="conv1d",
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
    misconceptions=ROW_MISCONCEPTIONS,
    manual=__doc__,
    essential=lambda _: ("X", "K"),
    made_of=made_of,
)
