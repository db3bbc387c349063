"""Write a cell of an output map as a formula in the names of pixels and weights, or mend one.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``ask``
    ``cell``: the whole expression of one cell. ``next``: the expression of the cell before is shown, that of
    the next one is asked. ``missing``: an expression is shown without one of its terms, which is asked.
    ``wrong_index``: an expression is shown in which the index of one pixel is wrong; the wrong term and what
    it should be are asked.
``input``
    The names of the pixels, numbered row by row: ``{letter: I, shape: [5, 5]}``; a single row is a
    one-dimensional input. Drawn: letters to choose from (``letter: [I, P]``), ranges in the shape, and the
    number of the first one (``first``, 0 or 1). Fixed also a block of names: ``a``, ``I13`` or ``I[0,1]``.
``kernel``
    The names of the weights in the same way; fixed also a block of numbers.
``bias``
    Drawn: ``true`` adds ``b``; default false. Fixed: its name, such as ``b``.
``stride``, ``padding``, ``dilation``
    As in ``conv2d``. Terms in the padding are 0 and drop out.
``operation``
    ``cross-correlation`` or ``convolution``; without it, as the paper's conventions say.
``cell``
    Fixed: row and column of the asked cell, counted from 0. Cells are drawn.
``new_row``
    Drawn: with ``next``, ask only for cells that begin a row.
``weight``, ``printed``
    Fixed: the weight of the missing or wrong term; the pixel that is printed in its place.

Cells of a map are called Y with row and column, counted as the paper counts. Those of a one-dimensional
output are called a, and are numbered from the number of the first input.

The effort of a draw counts the terms that are looked at as its products.

A prompt may show: ``X``, ``K``, ``b``, ``stride``, ``padding``, ``dilation``, ``operation``, ``cell``, also
what is printed, as ``expression`` with its cell before it, and the cell before, as ``previous``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any, Literal, TypeAlias

from ..document import Message, Shown, Symbol, say
from ..draws import bounds_of
from ..engine import ShapeError
from ..expressions.names import as_latex, split
from ..expressions.polynomial import Polynomial
from ..figures.model import Grid
from ..model import (
    Case,
    Effort,
    Field,
    Key,
    QuestionType,
    Refused,
    Step,
    Value,
)
from ..reading.schema import Flag, Whole, record
from ..sliding.filtering import cell_symbol, digits_of
from ..sliding.geometry import (
    PaddingRange,
    Pair,
    PerAxis,
    Sides,
    draw_padding,
    draw_pair,
    padding_phrase,
    pair_phrase,
)
from ..sliding.lettering import Lettered, NameText, Rows, draw_names, is_name, require_apart
from ..sliding.misread_symbols import MISCONCEPTIONS
from ..sliding.scatter import filtered
from ..sliding.symbols import (
    Tap,
    corner,
    is_turned,
    names_of,
    polynomial,
    size,
    slide_of,
    taps,
    text_of,
)
from ..sliding.symbols_work import expression, looked_up, moved, written_out
from ..streams import Stream

Ask: TypeAlias = Literal["cell", "next", "missing", "wrong_index"]
Operation: TypeAlias = Literal["cross-correlation", "convolution"]

MOST_TAPS = 25
BIAS = "b"


@record
class Params:
    """What an entry draws from."""

    ask: Ask
    input: Lettered
    kernel: Lettered
    bias: Flag = False
    stride: PerAxis = 1
    padding: PaddingRange = 0
    dilation: PerAxis = 1
    operation: Operation | None = None
    new_row: Flag = False

    def __post_init__(self) -> None:
        if set(self.input.letter) & set(self.kernel.letter) or BIAS in (
            *self.input.letter,
            *self.kernel.letter,
        ):
            raise ValueError(f"pixels and weights need letters of their own, other than {BIAS}")
        rows, columns = (bounds_of(side)[1] for side in self.kernel.shape)
        if rows * columns > MOST_TAPS:
            raise ValueError(f"'kernel' has at most {MOST_TAPS} weights")
        if self.new_row and self.ask != "next":
            raise ValueError("'new_row' goes with 'ask: next'")


@record
class Given:
    """What decides the answer."""

    ask: Ask
    input: Rows
    kernel: Rows
    cell: tuple[Whole, Whole]
    bias: NameText | None = None
    stride: Pair = (1, 1)
    padding: Sides = ((0, 0), (0, 0))
    dilation: Pair = (1, 1)
    operation: Operation | None = None
    weight: NameText | None = None
    printed: NameText | None = None

    def __post_init__(self) -> None:
        pixels = [name for row in self.input for name in row]
        weights = [cell for row in self.kernel for cell in row]
        if not all(map(is_name, pixels)):
            raise ValueError("'input' holds names of pixels, such as I1, and no numbers")
        require_apart(pixels, [cell for cell in weights if is_name(cell)], self.bias)
        if len(weights) > MOST_TAPS:
            raise ValueError(f"'kernel' has at most {MOST_TAPS} weights")
        rows, columns = slide_of(Case(self)).positions(size(self.input))
        if not (0 <= self.cell[0] < rows and 0 <= self.cell[1] < columns):
            raise ShapeError(f"'cell' lies outside the output of {rows} rows and {columns} columns")
        if self.ask == "next" and self.cell == (0, 0):
            raise ValueError("no cell stands before the first one; give another 'cell'")
        if (self.weight is not None) != (self.ask in ("missing", "wrong_index")):
            raise ValueError("'weight' goes with 'ask: missing' and 'ask: wrong_index', and with no other")
        if self.weight is not None and self.weight not in weights:
            raise ValueError(f"'weight' is one of the kernel's, found {self.weight}")
        if (self.printed is not None) != (self.ask == "wrong_index"):
            raise ValueError("'printed' goes with 'ask: wrong_index', and with no other")
        if self.printed is not None and self.printed not in pixels:
            raise ValueError(f"'printed' is a pixel of the input, found {self.printed}")


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw names, sizes and a cell; refuse what does not fit."""
    pixels = draw_names(params.input, stream.child("input"))
    kernel = draw_names(params.kernel, stream.child("kernel"))
    stride = draw_pair(params.stride, stream.child("stride"))
    dilation = draw_pair(params.dilation, stream.child("dilation"))
    try:
        first = Given(
            ask="cell",
            input=pixels,
            kernel=kernel,
            cell=(0, 0),
            bias=BIAS if params.bias else None,
            stride=stride,
            padding=draw_padding(
                params.padding,
                stream.child("padding"),
                sizes=size(pixels),
                kernel=size(kernel),
                stride=stride,
                dilation=dilation,
            ),
            dilation=dilation,
            operation=params.operation,
        )
    except ShapeError as error:
        raise Refused("the kernel does not fit the image") from error
    cells = list(product(*map(range, slide_of(Case(first)).positions(size(pixels)))))
    if params.ask == "next":
        cells = [cell for cell in cells[1:] if not params.new_row or cell[1] == 0]
    if not cells:
        raise Refused("the output has no such cell")
    row, column = stream.child("cell").choice(cells)
    return _with_term(replace(first, cell=(row, column)), params.ask, stream)


def _with_term(given: Given, ask: Ask, stream: Stream) -> Given:
    """Draw the term that is missing, or wrong: another pixel of the same or of a neighbouring row."""
    if ask in ("cell", "next"):
        return replace(given, ask=ask)
    inside = [tap for tap in taps(Case(given)) if tap.pixel is not None]
    if len(inside) < 2:
        raise Refused("the window lies in the padding")
    tap = stream.child("weight").choice(inside)
    if ask == "missing":
        return replace(given, ask=ask, weight=tap.weight)
    row, column = tap.at
    rows, columns = size(given.input)
    near = [(row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column)]
    others = [given.input[r][c] for r, c in near if 0 <= r < rows and 0 <= c < columns]
    return replace(given, ask=ask, weight=tap.weight, printed=stream.child("printed").choice(others))


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given = case.given
    shown: dict[str, Shown] = {
        "X": Grid(given.input, "X"),
        "K": Grid(given.kernel, "K"),
        "stride": pair_phrase(given.stride),
        "dilation": pair_phrase(given.dilation),
        "padding": padding_phrase(given.padding),
        "operation": say("convolution (the kernel turned by 180°)")
        if is_turned(case)
        else say("cross-correlation (the kernel as it stands)"),
        "cell": _symbol(case, given.cell),
    }
    if given.bias is not None:
        shown["b"] = Symbol(as_latex(given.bias))
    if given.ask == "next":
        shown["previous"] = _symbol(case, _before(case))
    if given.ask != "cell":
        shown["expression"] = _printed(case)
    return shown


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for an expression, or for a term, or for the wrong and the right one."""
    names = names_of(case)
    match case.given.ask:
        case "missing":
            return (Field("term", "expression", say("The missing term"), names=names),)
        case "wrong_index":
            return (
                Field("printed", "expression", say("The wrong term, as it is printed"), names=names),
                Field("right", "expression", say("What it should be"), names=names),
            )
        case _:
            return (Field("Y", "expression", _symbol(case, case.given.cell), names=names),)


def essential(case: Case[Given]) -> tuple[str, ...]:
    """Nobody can answer without the names, and without the expression that is shown."""
    return ("X", "K", "cell") if case.given.ask == "cell" else ("X", "K", "expression")


def _symbol(case: Case[Given], cell: tuple[int, int]) -> Symbol:
    """Return the symbol of an output cell."""
    given = case.given
    if len(given.input) > 1:
        return cell_symbol("Y", cell, case.conventions.origin)
    _, indices = split(given.input[0][0])
    return Symbol(f"a_{{{cell[1] + (indices[-1] if indices else case.conventions.origin)}}}")


def _before(case: Case[Given]) -> tuple[int, int]:
    """Return the cell before the asked one, row by row."""
    row, column = case.given.cell
    _, columns = slide_of(case).positions(size(case.given.input))
    return (row, column - 1) if column else (row - 1, columns - 1)


def _printed(case: Case[Given]) -> Message:
    """Write the expression that is shown, term by term, so that a line can be broken."""
    given = case.given
    cell = _before(case) if given.ask == "next" else given.cell
    return expression(case, _symbol(case, cell), corner(case, cell))


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:  # noqa: ARG001 - there is one step only
    """Look up what stands in the window."""
    given = case.given
    window = _window(case)
    if given.weight is None:
        return {"Y": (text_of(case, [*(tap.term for tap in window), *_bias(given)]),)}
    (pixel,) = (tap.pixel for tap in window if tap.weight == given.weight)
    if pixel is None:
        raise ShapeError(f"the term of {given.weight} lies in the padding")
    return _answers(case, polynomial(pixel) * polynomial(given.weight))


def second(case: Case[Given]) -> Key:
    """Throw every pixel at the output cells that it touches, and pick the asked one."""
    given = case.given
    row, column = given.cell
    bias: Any = [Polynomial.sum(_bias(given))]
    (rows,) = filtered(
        [_as_polynomials(given.input)],
        [[_as_polynomials(given.kernel)]],
        bias,
        stride=given.stride,
        padding=given.padding,
        dilation=given.dilation,
        turned=is_turned(case),
        overhang=case.conventions.rounding == "ceil",
    )
    whole: Any = rows[row][column]
    if given.weight is None:
        return {"Y": (text_of(case, [whole]),)}
    terms = {
        monomial: coefficient
        for monomial, coefficient in whole.terms.items()
        if given.weight in dict(monomial)
    }
    return _answers(case, Polynomial(terms))


def _as_polynomials(rows: tuple[tuple[str, ...], ...]) -> Any:
    return [[polynomial(cell) for cell in row] for row in rows]


def _answers(case: Case[Given], term: Polynomial) -> Key:
    """Return the key of a question that asks for one term."""
    given = case.given
    right = text_of(case, [term])
    if given.printed is None or given.weight is None:
        return {"term": (right,)}
    printed = text_of(case, [polynomial(given.printed) * polynomial(given.weight)])
    if printed == right:
        raise ShapeError("no term is wrong")
    return {"printed": (printed,), "right": (right,)}


def _bias(given: Given) -> list[Polynomial]:
    return [] if given.bias is None else [polynomial(given.bias)]


def _window(case: Case[Given]) -> list[Tap]:
    """Return the window of the asked cell; two slips move on from the window before instead."""
    if not case.slips & {"ignore_stride", "row_not_ended"}:
        return taps(case)
    down, across = corner(case, _before(case))
    step = 1 if "ignore_stride" in case.slips else case.given.stride[1]
    return taps(case, (down, across + step))


def effort(case: Case[Given]) -> Effort:
    """Count the terms that are written, or looked through."""
    window = [tap for tap in taps(case) if tap.pixel is not None]
    indices = (index for tap in window for index in split(str(tap.pixel))[1])
    digits = max(map(digits_of, indices), default=1)
    return Effort(1 if case.given.ask == "missing" else len(window), 0, digits)


def work(case: Case[Given]) -> Iterator[Step]:
    """Lay the window, read off what it holds, and write the products."""
    given = case.given
    if given.ask == "next":
        cell, previous = _symbol(case, given.cell), _symbol(case, _before(case))
        yield moved(case, cell, previous)
    yield from written_out(case, _symbol(case, given.cell))
    if given.weight is not None:
        yield looked_up(case)


TYPE = QuestionType(
    name="conv_symbolic",
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
    pace=8,
)
