"""Move, then filter or pool, or the other way round: what moves along, and what stays the same?

There is an input $X$, and $X'$, which is $X$ moved. There are three maps: $Y$ is the output for $X$, $Z$ the
output for $X'$, and $M$ is $Y$ moved. What an entry says under ``params`` (drawn) or ``given`` (fixed):

``layer``
    ``filter``, ``max`` or ``avg`` (pooling).
``input``
    The map: ``{shape: [H, W], from: -3, to: 5}``; fixed: a block of rows. One row makes it one-dimensional.
``kernel``
    Of a filter: ``{shape: [h, w], one_of: [-1, 0, 1, 2]}``; fixed: a block of rows.
``window``
    Of a pooling: a whole number or one for each axis (down, across). As large as the map, it is global.
``stride``
    A whole number or one for each axis; without it 1 of a filter, the window of a pooling. The last window
    has to end at the last cell of the padded map.
``padding``
    Of a filter, as in ``conv2d``; default 0.
``border``
    What comes in from outside, in inputs, outputs and padding: ``zeros``, or ``circular``, the opposite edge;
    drawn, a list to choose from.
``shift``
    How far the input is moved, ``[down, across]``, negative up and to the left; drawn, a list to choose from.
``output_shift``
    How far $Y$ is moved to give $M$; without it the shift divided by the stride, rounded away from 0.
``ask``
    What is asked: ``before`` ($Y$), ``after`` ($Z$), ``moved`` ($M$), ``cells`` (in how many cells $Z$ and
    $M$ agree), ``agree`` (everywhere, only away from the border, or not even there), ``invariant`` (whether
    $Z$ is the same as $Y$).
``answers``
    Drawn only: the right choices of ``agree``, or of ``invariant``, each drawn about equally often.

A prompt may show: ``X``, ``K``, ``window``, ``stride``, ``padding``, ``shift``, ``output_shift``,
``operation``, and as whole sentences ``border_rule`` and ``inner_rule`` (the choices of ``agree``, and what
is away from the border).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Annotated, Literal, TypeAlias, cast

from pydantic import AfterValidator
from pydantic import Field as Bounds

from ..document import Message, Shown, Symbol, say
from ..draws import TensorRange, different, draw_tensor
from ..engine import ShapeError
from ..figures.model import Grid
from ..model import Case, Effort, Field, Key, Option, QuestionType, Refused, Value
from ..networks.layer_phrases import padding_phrase as ends_phrase
from ..reading.schema import Whole, record
from ..sliding.filtering import Filtering, operation_phrase
from ..sliding.geometry import (
    MOST_PRODUCTS,
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
    size_phrase,
)
from ..sliding.misread_shifts import MISCONCEPTIONS, output_of_moved
from ..sliding.pooling import Pooling
from ..sliding.shift_reading import computed, moved, numbers
from ..sliding.shift_words import INNER, border_sentence, shift_phrase
from ..sliding.shift_work import cell_work, work_of
from ..sliding.shifting import (
    EVERYWHERE,
    INSIDE,
    NO,
    Border,
    Kind,
    agreeing,
    inner_of,
    inputs_of,
    operation_of,
    output_shift,
    output_shift_of,
    slide_of,
    verdict,
)
from ..streams import Stream
from ..sums import MadeOf

MOST_SHIFT = 16
CANDIDATES = 30
"""Draws before a wanted answer is given up."""

Asked: TypeAlias = Literal["before", "after", "moved", "cells", "agree", "invariant"]
Asks: TypeAlias = Annotated[tuple[Asked, ...], Bounds(min_length=1), AfterValidator(different)]
Signed: TypeAlias = Annotated[Whole, Bounds(ge=-MOST_SHIFT, le=MOST_SHIFT)]
Shift: TypeAlias = tuple[Signed, Signed]
Shifts: TypeAlias = Annotated[tuple[Shift, ...], Bounds(min_length=1), AfterValidator(different)]
Borders: TypeAlias = Annotated[tuple[Border, ...], Bounds(min_length=1), AfterValidator(different)]
Answer: TypeAlias = Literal["everywhere", "only away from the border", "no", "yes"]
Answers: TypeAlias = Annotated[tuple[Answer, ...], Bounds(min_length=1), AfterValidator(different)]

_ORDER: tuple[Asked, ...] = ("before", "after", "moved", "cells", "agree", "invariant")
_MAPS: dict[str, str] = {"before": "Y", "after": "Z", "moved": "M"}


@record
class Params:
    """What an entry draws from."""

    layer: Kind
    input: TensorRange
    shift: Shifts
    ask: Asks
    kernel: TensorRange | None = None
    window: PerAxis | None = None
    stride: PerAxis | None = None
    padding: PaddingRange = 0
    border: Borders = ("zeros",)
    answers: Answers | None = None

    def __post_init__(self) -> None:
        if len(self.input.shape) != 2 or (self.kernel is not None and len(self.kernel.shape) != 2):
            raise ValueError("'input' and 'kernel' need the shape [rows, columns]")
        _check_window(self.layer, kernel=self.kernel is not None, window=self.window is not None)
        choices = [{EVERYWHERE, INSIDE, NO}] * ("agree" in self.ask) + [{"yes", "no"}] * (
            "invariant" in self.ask
        )
        if self.answers is not None and not any(set(self.answers) <= names for names in choices):
            raise ValueError("'answers' are choices of 'agree', or of 'invariant', whichever is asked")


@record
class Given:
    """What decides the answer."""

    layer: Kind
    input: Map
    shift: Shift
    ask: Asks
    kernel: Map | None = None
    window: Pair | None = None
    stride: Pair | None = None
    padding: Sides = ((0, 0), (0, 0))
    border: Border = "zeros"
    output_shift: Shift | None = None

    def __post_init__(self) -> None:
        _check_window(self.layer, kernel=self.kernel is not None, window=self.window is not None)
        if self.layer != "filter" and any(map(any, self.padding)):
            raise ValueError("'padding' is for filters only")
        if len(self.input) == 1 and any(self.padding[0]):
            raise ValueError("a row is padded at its two ends only: 'padding: [0, 1]'")
        if not any(self.shift):
            raise ValueError("'shift' moves the input, so one of its numbers is not 0")
        sizes, slide = map_size(self.input), slide_of(self)
        outputs = slide.positions(sizes)
        if any(slide.left_over(sizes)):
            raise ShapeError("the last window has to end at the last cell: change size, stride or padding")
        products = 2 * prod(outputs) * prod(slide.kernel)
        if products > MOST_PRODUCTS:
            raise ValueError(f"this takes {products} products; at most {MOST_PRODUCTS} are computed")
        if any(abs(step) >= size for step, size in zip(self.shift, sizes, strict=True)):
            raise ShapeError("'shift' moves the whole input over its edge")
        if "agree" in self.ask and not inner_of(self):
            raise ShapeError("no cell lies away from the border: take a larger input or a smaller shift")


def _check_window(layer: Kind, *, kernel: bool, window: bool) -> None:
    if (kernel, window) != (layer == "filter", layer != "filter"):
        raise ValueError("a filter needs a 'kernel' and no 'window', a pooling a 'window' and no 'kernel'")


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers, until the answer is the one that is wanted; refuse what does not fit."""
    if params.answers is None:
        return _drawn(params, stream)
    wanted = stream.child("answer").choice(params.answers)
    for number in range(CANDIDATES):
        given = _drawn(params, stream.child("candidate", str(number)))
        if (wanted,) in solve(Case(given), {}).values():
            return given
    raise Refused("the wanted answer does not come up")


def _drawn(params: Params, stream: Stream) -> Given:
    rows = draw_tensor(params.input, stream.child("input"))
    kernel = None if params.kernel is None else draw_tensor(params.kernel, stream.child("kernel"))
    window = None if params.window is None else draw_pair(params.window, stream.child("window"))
    size = map_size(kernel) if kernel is not None else window or (1, 1)
    stride = (1, 1) if window is None else window
    if params.stride is not None:
        stride = draw_pair(params.stride, stream.child("stride"))
    shift = stream.child("shift").choice(params.shift)
    try:
        return Given(
            layer=params.layer,
            input=rows,
            shift=shift,
            ask=params.ask,
            kernel=kernel,
            window=window,
            stride=stride,
            padding=draw_padding(
                params.padding,
                stream.child("padding"),
                sizes=map_size(rows),
                kernel=size,
                stride=stride,
                dilation=(1, 1),
            ),
            border=stream.child("border").choice(params.border),
            output_shift=output_shift(shift, stride),
        )
    except ShapeError as error:
        raise Refused("window, stride, shift and map do not fit together") from error
    except ValueError as error:
        raise Refused(str(error)) from error


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given, slide = case.given, slide_of(case.given)
    shown: dict[str, Shown] = {
        "X": Grid(given.input, "X"),
        "window": size_phrase(slide.kernel),
        "stride": _stride_phrase(given),
        "padding": _padding_phrase(given),
        "shift": shift_phrase(given.shift),
        "output_shift": shift_phrase(output_shift_of(given)),
        "border_rule": border_sentence(given.border, padded=any(map(any, given.padding))),
        "inner_rule": INNER,
        "operation": operation_phrase(case.conventions),
    }
    if given.kernel is not None:
        shown["K"] = Grid(given.kernel, "K")
    return shown


def _stride_phrase(given: Given) -> Message:
    down, across = slide_of(given).stride
    return pair_phrase((down, across) if len(given.input) > 1 else (across, across))


def _padding_phrase(given: Given) -> Message:
    """Word the padding: of a row, that of its two ends."""
    zeros = given.border == "zeros"
    if len(given.input) > 1:
        return padding_phrase(given.padding, zeros=zeros)
    return ends_phrase(given.padding[1:], 1, zeros=zeros)


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for maps, and how they compare; a map weighs twice as much as a comparison."""
    given = case.given
    shape = slide_of(given).positions(map_size(given.input))
    asked = [name for name in _ORDER if name in given.ask]

    def needs(*names: str) -> tuple[str, ...]:
        return tuple(_MAPS[name] for name in names if name in asked)

    fields = {
        "before": Field("Y", "tensor", Symbol("Y"), weight=Fraction(2), shape=shape),
        "after": Field("Z", "tensor", Symbol("Z"), weight=Fraction(2), shape=shape),
        "moved": Field("M", "tensor", Symbol("M"), weight=Fraction(2), shape=shape, needs=needs("before")),
        "cells": Field(
            "cells", "integer", say("Cells in which $Z$ and $M$ agree"), needs=needs("after", "moved")
        ),
        "agree": Field(
            "agree",
            "choice",
            say("$Z$ and $M$ agree"),
            needs=needs("after", "moved"),
            options=(
                Option(EVERYWHERE),
                Option(INSIDE),
                Option(NO, also=("not even there",)),
            ),
        ),
        "invariant": Field(
            "invariant",
            "choice",
            say("Is $Z$ the same as $Y$, yes or no?"),
            needs=needs("before", "after"),
            options=(Option("yes"), Option("no")),
        ),
    }
    return tuple(fields[name] for name in asked)


# -- the key and the way to it ------------------------------------------------------------------


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:
    """Compute the maps with the engine, and compare them."""
    given, operation = case.given, operation_of(case)
    own = cast(Mapping[str, Map], taken)
    before = own["Y"] if "Y" in own else operation.output(given.input)
    after = own["Z"] if "Z" in own else output_of_moved(operation, given, case.slips)
    shifted = own["M"] if "M" in own else operation.moved(before, output_shift_of(given))
    if len(set(map(map_size, (before, after, shifted)))) > 1:
        raise ShapeError("maps of different sizes are not compared")
    answers: dict[str, Value] = {
        "Y": before,
        "Z": after,
        "M": shifted,
        "cells": len(agreeing(after, shifted)),
        "agree": verdict(after, shifted, inner_of(given)),
        "invariant": "yes" if after == before else "no",
    }
    return {field.name: (answers[field.name],) for field in ask(case)}


def second(case: Case[Given]) -> Key:
    """Look every cell up where it came from, without the engine."""
    given, turned = case.given, case.conventions.operation == "convolution"
    before, after = (computed(given, by, turned=turned) for by in ((0, 0), given.shift))
    shifted = moved(before, output_shift_of(given), given.border)
    pairs = [pair for rows in zip(after, shifted, strict=True) for pair in zip(*rows, strict=True)]
    inner = [one.number == other.number for one, other in pairs if one.inner and other.inner]
    same = [one.number == other.number for one, other in pairs]
    answers: dict[str, Value] = {
        "Y": numbers(before),
        "Z": numbers(after),
        "M": numbers(shifted),
        "cells": same.count(True),
        "agree": EVERYWHERE if all(same) else INSIDE if all(inner) else NO,
        "invariant": "yes" if numbers(before) == numbers(after) else "no",
    }
    return {field.name: (answers[field.name],) for field in ask(case)}


def effort(case: Case[Given]) -> Effort:
    """Count the products of the outputs, or the numbers looked at, and the cells moved and compared."""
    given, operation = case.given, operation_of(case)
    efforts = [_effort_of(operation.of(rows)) for rows in inputs_of(case)]
    output = operation.output(given.input)
    once = prod(map_size(output)) * (len(given.ask) - len({"before", "after"} & set(given.ask)))
    return Effort(
        products=sum(effort.products for effort in efforts) + once,
        negatives=sum(effort.negatives for effort in efforts),
        digits=max(effort.digits for effort in efforts),
    )


def _effort_of(ready: Filtering | Pooling) -> Effort:
    if isinstance(ready, Pooling):
        return ready.effort()
    return ready.effort(all_cells(ready.slide.positions(map_size(ready.maps[0]))), 1)


def _essential(case: Case[Given]) -> tuple[str, ...]:
    given = case.given
    names = ["X", "shift", "border_rule", "K" if given.layer == "filter" else "window"]
    names += ["output_shift"] if {"moved", "cells", "agree"} & set(given.ask) else []
    return (*names, "inner_rule") if "agree" in given.ask else tuple(names)


def made_of(case: Case[Given], field: str, cell: tuple[int, int]) -> MadeOf | None:
    """Return the window of a cell of a map that is computed, not moved."""
    if field not in ("Y", "Z"):
        return None
    rows = inputs_of(case)["YZ".index(field)]
    return operation_of(case).of(rows).made_of(0, cell)


TYPE = QuestionType(
    name="equivariance",
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
    work_at=cell_work,
    misconceptions=MISCONCEPTIONS,
    manual=__doc__,
    essential=_essential,
    pace=4,
    made_of=made_of,
)
