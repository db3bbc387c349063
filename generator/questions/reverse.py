"""Recover hidden numbers of a convolution of a single map: weights or pixels, and its bias.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``input``
    The image: ``{shape: [H, W], from: 0, to: 3}``; fixed: a block of rows, hidden numbers included.
``kernel``, ``bias``
    ``{shape: [h, w], one_of: [-1, 0, 1, 2]}``; fixed: a block of rows. The bias is a number, default 0.
``stride``, ``padding``
    Once or for each axis; default 1 and 0. The last window has to end with the padded image.
``hidden_weights``, ``hidden_pixels``
    How many numbers of the kernel or of the image are hidden, up to four, of one of them only; fixed: a list
    of their places (row, column), counted from 0.
``hidden_bias``
    Whether the bias is hidden as well.
``whole_output``, ``outputs``
    Drawn: whether all of the output is shown, or only as many cells as numbers are hidden. Fixed: a list of
    the cells that are shown; without it, all are.

Hidden numbers are refused that the output does not determine, whether the kernel is used as it stands or
turned.

A prompt may show: ``X``, ``K``, ``Y`` (hidden numbers are ?, cells that are not shown are empty), ``b``,
``stride``, ``padding`` and ``operation``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import prod
from typing import Annotated, Any, TypeAlias

from pydantic import Field as Bounds

from ..document import Shown, Symbol
from ..draws import Ints, TensorRange, different, draw_int, draw_tensor
from ..figures.model import Grid
from ..model import Case, Effort, Field, Key, QuestionType, Refused, Step, Value
from ..reading.schema import Exact, Flag, Whole, record
from ..sliding.filtering import Filtering, digits_of, operation_phrase
from ..sliding.geometry import (
    Map,
    PaddingRange,
    Pair,
    PerAxis,
    Sides,
    all_cells,
    draw_padding,
    draw_pair,
    map_size,
    padding_phrase,
    pair_phrase,
    within,
)
from ..sliding.worked import Slide
from ..streams import Stream
from ..unknowns.cramer import recovered
from ..unknowns.elimination import Solution, solution
from ..unknowns.puzzle import Puzzle, Unknown
from ..unknowns.steps import hidden_grid, solution_work
from ..unknowns.wrong_ways import MISCONCEPTIONS, misread
from ..values import whole

MOST_UNKNOWNS = 4
MOST_WEIGHTS = 25
MOST_PIXELS = 400

Cells: TypeAlias = Annotated[tuple[tuple[Whole, Whole], ...], Bounds(max_length=64)]
Count: TypeAlias = Annotated[Ints, within(0, MOST_UNKNOWNS)]


@record
class Params:
    """What an entry draws from."""

    input: TensorRange
    kernel: TensorRange
    bias: Ints = 0
    stride: PerAxis = 1
    padding: PaddingRange = 0
    hidden_weights: Count = 0
    hidden_pixels: Count = 0
    hidden_bias: Flag = False
    whole_output: Flag = True

    def __post_init__(self) -> None:
        if len(self.input.shape) != 2 or len(self.kernel.shape) != 2:
            raise ValueError("'input' needs the shape [H, W], and 'kernel' the shape [h, w]")
        if self.hidden_weights != 0 and self.hidden_pixels != 0:
            raise ValueError(NOT_LINEAR)


NOT_LINEAR = (
    "hide weights or pixels, not both: where two unknowns are multiplied, there may be more than one answer"
)


@record
class Given:
    """What decides the answer."""

    input: Map
    kernel: Map
    bias: Exact = 0
    stride: Pair = (1, 1)
    padding: Sides = ((0, 0), (0, 0))
    hidden_weights: Cells = ()
    hidden_pixels: Cells = ()
    hidden_bias: Flag = False
    outputs: Cells = ()

    def __post_init__(self) -> None:
        slide, size = _slide(self), map_size(self.input)
        positions = slide.positions(size)
        if prod(slide.kernel) > MOST_WEIGHTS or prod(size) > MOST_PIXELS or prod(positions) > MOST_PIXELS:
            raise ValueError("the kernel or the image is too large to be recovered by hand")
        if slide.left_over(size) != (0, 0):
            raise ValueError("the last window needs to end with the padded image; change 'stride' or a size")
        if self.hidden_weights and self.hidden_pixels:
            raise ValueError(NOT_LINEAR)
        for name, cells, (rows, columns) in (
            ("hidden_weights", self.hidden_weights, slide.kernel),
            ("hidden_pixels", self.hidden_pixels, size),
            ("outputs", self.outputs, positions),
        ):
            if not all(0 <= row < rows and 0 <= column < columns for row, column in different(cells)):
                raise ValueError(f"'{name}' names a cell outside of {rows} rows and {columns} columns")
        hidden = len(self.hidden_weights) + len(self.hidden_pixels) + self.hidden_bias
        if not 1 <= hidden <= MOST_UNKNOWNS:
            raise ValueError(f"hide 1 to {MOST_UNKNOWNS} numbers, found {hidden}")
        for turned in (False, True):
            solution(_seen(self, turned=turned))


def _slide(given: Given) -> Slide:
    return Slide(map_size(given.kernel), given.stride, given.padding)


def _turned(case: Case[Given]) -> bool:
    return case.conventions.operation == "convolution"


def _filtering(given: Given, *, turned: bool) -> Filtering:
    return Filtering((given.input,), ((given.kernel,),), (given.bias,), _slide(given), turned)


@lru_cache(maxsize=4)  # every misconception of a case starts from here
def _seen(given: Given, *, turned: bool) -> Puzzle:
    """Return what is seen: the numbers that are hidden are not in it."""
    (output,) = _filtering(given, turned=turned).output()
    return Puzzle(
        image=_with_holes(given.input, given.hidden_pixels),
        kernel=_with_holes(given.kernel, given.hidden_weights),
        bias=None if given.hidden_bias else given.bias,
        output={cell: output[cell] for cell in _shown_cells(given)},
        slide=_slide(given),
        turned=turned,
    )


def _with_holes(rows: Map, hidden: Cells) -> tuple[tuple[Any, ...], ...]:
    return tuple(
        tuple(None if (row, column) in hidden else number for column, number in enumerate(numbers))
        for row, numbers in enumerate(rows)
    )


def _shown_cells(given: Given) -> list[Pair]:
    cells = all_cells(_slide(given).positions(map_size(given.input)))
    return [cell for cell in cells if not given.outputs or cell in given.outputs]


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers and what is hidden; refuse what the output does not determine."""
    image = draw_tensor(params.input, stream.child("input"))
    kernel = draw_tensor(params.kernel, stream.child("kernel"))
    stride = draw_pair(params.stride, stream.child("stride"))
    try:
        padding = draw_padding(
            params.padding,
            stream.child("padding"),
            sizes=map_size(image),
            kernel=map_size(kernel),
            stride=stride,
            dilation=(1, 1),
        )
        weights = _drawn_cells(params.hidden_weights, map_size(kernel), stream.child("hidden_weights"))
        pixels = _drawn_cells(params.hidden_pixels, map_size(image), stream.child("hidden_pixels"))
        outputs: Cells = ()
        if not params.whole_output:
            positions = Slide(map_size(kernel), stride, padding).positions(map_size(image))
            hidden = len(weights) + len(pixels) + params.hidden_bias
            outputs = _drawn_cells(hidden, positions, stream.child("outputs"))
        return Given(
            input=image,
            kernel=kernel,
            bias=draw_int(params.bias, stream.child("bias")),
            stride=stride,
            padding=padding,
            hidden_weights=weights,
            hidden_pixels=pixels,
            hidden_bias=params.hidden_bias,
            outputs=outputs,
        )
    except ValueError as error:
        raise Refused(str(error)) from error


def _drawn_cells(count: Ints, size: Pair, stream: Stream) -> Cells:
    """Draw so many cells, in the order in which one reads them."""
    cells = all_cells(size)
    number = draw_int(count, stream.child("count"))
    return tuple(sorted(stream.child("cells").sample(cells, min(number, len(cells)))))


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show: of hidden numbers, their places."""
    given, puzzle = case.given, _seen(case.given, turned=_turned(case))
    rows, columns = puzzle.slide.positions(map_size(given.input))
    return {
        "X": hidden_grid(puzzle.image, "X"),
        "K": hidden_grid(puzzle.kernel, "K"),
        "Y": Grid(tuple(tuple(puzzle.output.get((r, c)) for c in range(columns)) for r in range(rows)), "Y"),
        "b": Symbol("b") if puzzle.bias is None else puzzle.bias,
        "stride": pair_phrase(given.stride),
        "padding": padding_phrase(given.padding),
        "operation": operation_phrase(case.conventions),
    }


def essential(case: Case[Given]) -> tuple[str, ...]:
    """Name what nobody can do without."""
    given = case.given
    names = {
        "X": True,
        "K": True,
        "Y": True,
        "b": bool(given.bias) and not given.hidden_bias,
        "stride": given.stride != (1, 1),
        "padding": any(map(any, given.padding)),
        "operation": True,
    }
    return tuple(name for name, is_needed in names.items() if is_needed)


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for every hidden number."""
    origin = case.conventions.origin
    return tuple(
        Field(unknown.name(origin), "number", Symbol(unknown.symbol(origin))) for unknown in _unknowns(case)
    )


def _unknowns(case: Case[Given]) -> list[Unknown]:
    """Return what is hidden, in the order in which it is asked."""
    given = case.given
    weights = [Unknown("K", cell) for cell in sorted(given.hidden_weights)]
    pixels = [Unknown("X", cell) for cell in sorted(given.hidden_pixels)]
    return [*weights, *pixels, *([Unknown("b")] if given.hidden_bias else [])]


# -- the key and the way to it ------------------------------------------------------------------


def _solved(case: Case[Given]) -> tuple[Puzzle, Solution]:
    puzzle = misread(_seen(case.given, turned=_turned(case)), case.slips)
    return puzzle, solution(puzzle)


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:  # noqa: ARG001 - found together
    """Eliminate one unknown after the other."""
    _, solved = _solved(case)
    values, origin = solved.values, case.conventions.origin
    return {unknown.name(origin): (values[unknown],) for unknown in _unknowns(case)}


def second(case: Case[Given]) -> Key:
    """Ask the output how it changes with each unknown, and use Cramer's rule."""
    given, unknowns = case.given, _unknowns(case)
    parts = {"X": given.input, "K": given.kernel, "b": ((given.bias,),)}
    found = recovered(parts, unknowns, _shown_cells(given), _slide(given), turned=_turned(case))
    names = [unknown.name(case.conventions.origin) for unknown in unknowns]
    return {name: (whole(value),) for name, value in zip(names, found, strict=True)}


def effort(case: Case[Given]) -> Effort:
    """Count the products of the equations that are needed, and the steps that solve them."""
    _, solved = _solved(case)
    known = [
        one * other
        for equation in solved.equations
        for one, other in equation.terms
        if not isinstance(one, Unknown) and not isinstance(other, Unknown) and one and other
    ]
    sought = sum(len(row.factors) for row in solved.rows)
    return Effort(
        products=len(known) + sought + len(solved.events),
        negatives=sum(number < 0 for number in known),
        digits=max(map(digits_of, solved.values.values())),
    )


def work(case: Case[Given]) -> Iterator[Step]:
    """Write the equations out, and solve them."""
    puzzle, solved = _solved(case)
    yield from solution_work(puzzle, solved, case.conventions.origin)


TYPE = QuestionType(
    name="reverse",
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
    pace=10,
)
