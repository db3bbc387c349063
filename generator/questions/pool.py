"""Fill in the output maps of max or average pooling.

What an entry says under ``params`` (drawn) or ``given`` (fixed):

``kind``
    ``max`` or ``avg``.
``input``
    The image, channels first: ``{shape: [C, H, W], from: -3, to: 5}`` or ``{shape: ..., one_of: [0, 1]}``;
    fixed: a list of maps, each a block of rows. Every channel is pooled by itself and gives one map.
``window``
    The size of the window: a whole number or one for each axis (down, across). Global pooling is pooling
    with a window as large as the map.
``stride``
    A whole number or one for each axis; without it windows lie side by side: the stride is the window.
``padding``
    Cells around the image, fewer than the window has: a number, one for each axis,
    ``[[top, bottom], [left, right]]`` (fixed only), or ``valid``, ``same_upper``, ``same_lower``; default 0.
    They never hold a maximum.
``counts_padding``
    Whether padded cells count as zeros in a mean; without it, as the paper's conventions say.
``rounding``
    ``floor`` or ``ceil`` of the output size; without it, as the paper's conventions say.
``digits``
    Answers are to be rounded to so many decimals; without it they are exact.
``show_shape``
    Print the empty maps in their right size; by default the size is part of the question.

The effort of a draw counts the cells that are looked at as its products.

A prompt may show: ``X``, ``Y``, ``window``, ``stride``, ``padding``, ``digits``, and as whole sentences
``padded_cells`` (what padded cells do) and ``size_rule`` (how an output size is rounded).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import prod
from typing import Any, Literal, TypeAlias

from ..changes import Change, slip, where, with_given
from ..document import Message, Shown, Symbol, say
from ..draws import TensorRange, draw_tensor
from ..engine import array, pad, windows
from ..engine.later import np
from ..model import (
    Case,
    Effort,
    Field,
    Key,
    Misconception,
    QuestionType,
    Refused,
    Step,
    Value,
)
from ..reading.schema import Flag, record
from ..rules import rule_for
from ..sliding.geometry import (
    MOST_PRODUCTS,
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
    size_rule,
)
from ..sliding.pooling import Pooling
from ..sliding.worked import Slide, channels, solved_grid
from ..streams import Stream
from ..sums import MadeOf
from ..values import nested

Kind: TypeAlias = Literal["max", "avg"]
Rounding: TypeAlias = Literal["floor", "ceil"]


@record
class Params:
    """What an entry draws from."""

    kind: Kind
    input: TensorRange
    window: PerAxis
    stride: PerAxis | None = None
    padding: PaddingRange = 0
    counts_padding: Flag | None = None
    rounding: Rounding | None = None
    digits: Digits | None = None
    show_shape: Flag = False

    def __post_init__(self) -> None:
        if len(self.input.shape) != 3:
            raise ValueError("'input' needs the shape [C, H, W]")


@record
class Given:
    """What decides the answer."""

    kind: Kind
    input: tuple[Map, ...]
    window: Pair
    stride: Pair | None = None
    padding: Sides = ((0, 0), (0, 0))
    counts_padding: Flag | None = None
    rounding: Rounding | None = None
    digits: Digits | None = None
    show_shape: Flag = False

    def __post_init__(self) -> None:
        if len(set(map(map_size, self.input))) != 1:
            raise ValueError("'input' needs at least one map, and all of them equally large")
        slide = Slide(self.window, self.stride or self.window, self.padding)
        cells = len(self.input) * prod(slide.positions(map_size(self.input[0]))) * prod(self.window)
        if cells > MOST_PRODUCTS:
            raise ValueError(f"this looks at {cells} cells; at most {MOST_PRODUCTS} are looked at")
        if any(max(sides) >= size for sides, size in zip(self.padding, self.window, strict=True)):
            raise ValueError("'padding' needs fewer cells on every side than 'window' has")


# -- drawing and asking -------------------------------------------------------------------------


def draw(params: Params, stream: Stream) -> Given:
    """Draw the numbers; refuse what does not fit."""
    image = draw_tensor(params.input, stream.child("input"))
    window = draw_pair(params.window, stream.child("window"))
    stride = window if params.stride is None else draw_pair(params.stride, stream.child("stride"))
    try:
        return Given(
            kind=params.kind,
            input=image,
            window=window,
            stride=stride,
            padding=draw_padding(
                params.padding,
                stream.child("padding"),
                sizes=map_size(image[0]),
                kernel=window,
                stride=stride,
                dilation=(1, 1),
            ),
            counts_padding=params.counts_padding,
            rounding=params.rounding,
            digits=params.digits,
            show_shape=params.show_shape,
        )
    except ValueError as error:
        raise Refused("window, padding and image do not fit together") from error


def show(case: Case[Given]) -> Mapping[str, Shown]:
    """Name what a prompt may show."""
    given = case.given
    rows, columns = given.window
    shown: dict[str, Shown] = {
        "X": channels("X", given.input, case.conventions.origin),
        "Y": Symbol("Y"),
        "window": say("{{ rows }} × {{ columns }}", rows=rows, columns=columns),
        "stride": pair_phrase(given.stride or given.window),
        "padding": padding_phrase(given.padding, zeros=given.kind == "avg" and _counts_padding(case)),
        "padded_cells": _padded_cells_sentence(case),
        "size_rule": _size_rule_sentence(case),
    }
    if given.digits is not None:
        shown["digits"] = rounding_phrase(given.digits)
    return shown


def _padded_cells_sentence(case: Case[Given]) -> Message:
    if case.given.kind == "max":
        return say("Padded cells hold no number: they are never the maximum.")
    if _counts_padding(case):
        return say("Padded cells count in a mean: they are zeros, and the divisor is the size of the window.")
    return say("Padded cells do not count in a mean: the divisor is the number of cells inside the image.")


def _size_rule_sentence(case: Case[Given]) -> Message:
    rule = size_rule(up=_ceil_mode(case))
    if not _ceil_mode(case):
        return rule
    return say("{{ rule }} Cells of a window beyond the end are left out.", rule=rule)


def ask(case: Case[Given]) -> tuple[Field, ...]:
    """Ask for the output map of every channel."""
    given = case.given
    rule = rule_for(given.digits)
    shape = _slide(case).positions(map_size(given.input[0])) if given.show_shape else None
    return tuple(Field(name, "tensor", Symbol(symbol), rule, shape=shape) for name, symbol in _outputs(case))


def _outputs(case: Case[Given]) -> list[tuple[str, str]]:
    """Return name and symbol of every output map."""
    count, origin = len(case.given.input), case.conventions.origin
    if count == 1:
        return [("Y", "Y")]
    return [(f"Y{number}", f"Y_{{{number}}}") for number in range(origin, origin + count)]


# -- the key and the way to it ------------------------------------------------------------------


def _counts_padding(case: Case[Given]) -> bool:
    stated = case.given.counts_padding
    return case.conventions.pool_counts_padding if stated is None else stated


def _ceil_mode(case: Case[Given]) -> bool:
    return (case.given.rounding or case.conventions.rounding) == "ceil"


def _slide(case: Case[Given]) -> Slide:
    given = case.given
    return Slide(given.window, given.stride or given.window, given.padding, ceil_mode=_ceil_mode(case))


def _pooling(case: Case[Given]) -> Pooling:
    return Pooling(case.given.input, case.given.kind, _slide(case), _counts_padding(case))


def solve(case: Case[Given], taken: Mapping[str, Value]) -> Key:  # noqa: ARG001 - there is one step only
    """Pool with the engine."""
    maps = _slipped(case) if case.slips else _pooling(case).output()
    return {name: (single,) for (name, _), single in zip(_outputs(case), nested(maps), strict=True)}


def _slipped(case: Case[Given]) -> Any:
    """Reduce every window to its smallest number, or to its sum."""
    slide = _slide(case)
    cells = windows(
        case.given.input,
        slide.kernel,
        stride=slide.stride,
        padding=slide.padding,
        ceil_mode=slide.ceil_mode,
        fill=np.inf if "min_for_max" in case.slips else 0,
    )
    return cells.min(axis=(-2, -1)) if "min_for_max" in case.slips else cells.sum(axis=(-2, -1))


def second(case: Case[Given]) -> Key:
    """Throw every cell at the windows that it lies in, without the engine."""
    maps = _pooling(case).second()
    return {name: (single,) for (name, _), single in zip(_outputs(case), maps, strict=True)}


def effort(case: Case[Given]) -> Effort:
    """Count the cells that are looked at."""
    return _pooling(case).effort()


def work(case: Case[Given]) -> Iterator[Step]:
    """Work out the size, mark the window of one cell, and write the cells out where they are few."""
    pooling = _pooling(case)
    digits = case.given.digits
    solved = [
        solved_grid(single, symbol, digits)
        for (_, symbol), single in zip(_outputs(case), pooling.output(), strict=True)
    ]
    yield from pooling.work("Y", solved, origin=case.conventions.origin, digits=digits)
    yield from solved


def work_at(case: Case[Given], field: str, cell: Pair) -> Iterator[Step]:
    """Write the window of one cell out."""
    channel = [name for name, _ in _outputs(case)].index(field)
    yield from _pooling(case).work_at(
        channel, "Y", cell, origin=case.conventions.origin, digits=case.given.digits
    )


def made_of(case: Case[Given], field: str, cell: tuple[int, int]) -> MadeOf:
    """Return the window of a cell."""
    return _pooling(case).made_of([name for name, _ in _outputs(case)].index(field), cell)


# -- misconceptions -----------------------------------------------------------------------------


def _instead_of(kind: Kind, change: Change) -> Change:
    """Change a pooling of this kind only."""
    return where(lambda given: given.kind == kind, change)


def _if_padded(change: Change) -> Change:
    """Change a pooling with padding only."""
    return where(lambda given: any(map(any, given.padding)), change)


def _rounded(wrong: Rounding) -> Change:
    """Round the output size this way, where it is to be rounded the other way."""
    return lambda case: None if _ceil_mode(case) == (wrong == "ceil") else with_given(case, rounding=wrong)


def _counting_padding(*, wrong: bool) -> Change:
    """Count padded cells in a mean, or leave them out, where it is to be the other way."""
    return lambda case: None if _counts_padding(case) == wrong else with_given(case, counts_padding=wrong)


def _strided(case: Case[Given], stride: Pair) -> Case[Given] | None:
    return None if _slide(case).stride == stride else with_given(case, stride=stride)


def _global(case: Case[Given]) -> Case[Given] | None:
    whole = map_size(case.given.input[0])
    if case.given.window == whole:
        return None
    return with_given(case, window=whole, stride=None, padding=((0, 0), (0, 0)))


def _over_channels(case: Case[Given]) -> Case[Given] | None:
    maps = array(case.given.input)
    if len(maps) == 1:
        return None
    one = maps.max(axis=0) if case.given.kind == "max" else maps.sum(axis=0) * Fraction(1, len(maps))
    return with_given(case, input=(nested(one),) * len(maps))


def _zeros_take_part(case: Case[Given]) -> Case[Given]:
    padded = nested(pad(array(case.given.input), case.given.padding))
    return with_given(case, input=padded, padding=((0, 0), (0, 0)))


MISCONCEPTIONS = (
    Misconception("avg_for_max", _instead_of("max", lambda case: with_given(case, kind="avg"))),
    slip("min_for_max", lambda given: given.kind == "max"),
    Misconception("max_for_avg", _instead_of("avg", lambda case: with_given(case, kind="max"))),
    slip("sum_for_avg", lambda given: given.kind == "avg"),
    Misconception("pool_stride_1", lambda case: _strided(case, (1, 1))),
    Misconception("pool_stride_window", lambda case: _strided(case, case.given.window)),
    Misconception("ceil_for_floor", _rounded("ceil")),
    Misconception("floor_for_ceil", _rounded("floor")),
    Misconception("ignore_padding", _if_padded(lambda case: with_given(case, padding=((0, 0), (0, 0))))),
    Misconception(
        "pad_once",
        _if_padded(
            lambda case: with_given(case, padding=tuple((before, 0) for before, _ in case.given.padding))
        ),
    ),
    Misconception("pad_zero_wins", _instead_of("max", _if_padded(_zeros_take_part))),
    Misconception("avg_count_pad", _instead_of("avg", _if_padded(_counting_padding(wrong=True)))),
    Misconception("avg_skip_pad", _instead_of("avg", _if_padded(_counting_padding(wrong=False)))),
    Misconception("pool_over_channels", _over_channels),
    Misconception("global_instead_of_local", _global),
)

TYPE = QuestionType(
    name="pool",
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
    pace=2,
    made_of=made_of,
)
