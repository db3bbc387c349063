"""A forward pass written out, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any

from .. import latex
from ..document import Lines, Symbol, say
from ..engine import exp_digits
from ..figures.model import Figures, Grid
from ..model import Case, Step
from ..number import Number
from ..sliding.filtering import WRITTEN_OUT, Filtering, cell_symbol
from ..sliding.geometry import Map
from ..sliding.worked import (
    Pair,
    marked_window,
    padded_figure,
    solved_grid,
    sum_formulas,
)
from ..sliding.wrong_filters import filtering_of, output_size
from .fields import PRODUCTS
from .flow import Passage, Values, dense_biases, digits_for, field_names, passages, pooling_of
from .phrases import letter, named, stage_name, symbols
from .stages import DenseStage, Name, PoolStage, is_flat, name_of

MORE_DIGITS = 2
"""Decimals of an exponential beyond those of the answer."""


def flow_work(case: Case[Any]) -> Iterator[Step]:
    """Write all steps out."""
    for number, passage in enumerate(passages(case), 1):
        yield say("**Step {{ number }}: {{ step }}**", number=number, step=stage_name(passage.stage))
        yield from _stage_work(case, passage)


def cell_work(case: Case[Any], field: str, cell: Pair) -> Iterator[Step]:
    """Write out how one cell of a filtered or a pooled map is computed."""
    origin = case.conventions.origin
    for passage in passages(case):
        name = name_of(passage.stage)
        if field not in (names := field_names(case, name)):
            continue
        number = names.index(field)
        match passage.stage:
            case "conv":
                symbol = symbols(case, "conv")[number]
                yield from filtering_of(case).work_at(number, symbol, cell, origin=origin, digits=None)
            case PoolStage() as stage:
                source = letter(case, _before(case, name))
                pooling = pooling_of(case, stage, passage.before)
                yield from pooling.work_at(number, "P", cell, origin=origin, digits=None, source=source)


def _before(case: Case[Any], name: Name) -> Name:
    """Name the step before; the first one is never asked for it."""
    names = [name_of(stage) for stage in case.given.steps]
    return names[names.index(name) - 1]


def _stage_work(case: Case[Any], passage: Passage) -> Iterator[Step]:
    match passage.stage:
        case PoolStage():
            yield from _pool_work(case, passage.stage, passage)
        case DenseStage():
            yield from _dense_work(case, passage)
        case "conv":
            yield from _conv_work(case, passage)
        case "relu":
            yield from _relu_work(case, passage)
        case "sigmoid":
            yield from _sigmoid_work(case, passage)
        case "flatten":
            yield say("All numbers of {{ source }} in one row:", source=_source(case, "flatten"))
            yield _drawn(case, passage)
        case "softmax":
            yield from _softmax_work(case, passage)
        case _:
            yield from _class_work(case, passage)


def _source(case: Case[Any], name: Name) -> Symbol:
    """Name what comes into a step."""
    return named(case, _before(case, name))


def _drawn(case: Case[Any], passage: Passage) -> Grid | Figures:
    """Draw what comes out of a step: its maps, or a row."""
    name = name_of(passage.stage)
    maps = ((passage.out,),) if is_flat(case.given.steps, name) else passage.out
    digits = digits_for(case.given, name)
    grids = [
        solved_grid(single, symbol, digits) for single, symbol in zip(maps, symbols(case, name), strict=True)
    ]
    return grids[0] if len(grids) == 1 else Figures(letter(case, name), tuple(grids))


def _grids(figure: Grid | Figures) -> tuple[Any, ...]:
    return figure.members if isinstance(figure, Figures) else (figure,)


# -- one window -----------------------------------------------------------------------------------


def window_products(filtering: Filtering, cell: Pair) -> Map:
    """Return the products in the window of a cell of the first output map."""
    found = [pixel * weight for pixel, weight in filtering.factors(0, cell)]
    columns = filtering.slide.kernel[1]
    return tuple(tuple(found[start : start + columns]) for start in range(0, len(found), columns))


def products_work(case: Case[Any]) -> Iterator[Step]:
    """Write out the products in a single window, and their sum."""
    filtering, cell, origin = filtering_of(case), case.given.window, case.conventions.origin
    yield say("**A single window**")
    yield say(
        "The window of {{ cell }} is marked. Multiply each of its cells by the kernel's entry in the same "
        "position:",
        cell=cell_symbol("Y", cell, origin),
    )
    yield marked_window(padded_figure(filtering.maps, filtering.slide, origin=origin), filtering.slide, cell)
    products = window_products(filtering, cell)
    yield Grid(products, PRODUCTS.latex)
    yield say("Add the products:")
    numbers = [number for row in products for number in row]
    yield Symbol(f"{_sum(numbers)}={latex.number(sum(numbers))}")


def _sum(numbers: list[Number]) -> str:
    return latex.number(numbers[0]) + "".join(map(latex.added, numbers[1:]))


# -- maps -----------------------------------------------------------------------------------------


def _conv_work(case: Case[Any], passage: Passage) -> Iterator[Step]:
    filtering, origin = filtering_of(case), case.conventions.origin
    yield from filtering.turned_kernels(origin)
    rows, columns = output_size(case)
    cells = list(product(range(rows), range(columns)))
    yield from filtering.work(symbols(case, "conv"), cells, origin=origin, digits=None)
    yield _drawn(case, passage)


def _relu_work(case: Case[Any], passage: Passage) -> Iterator[Step]:
    drawn = _drawn(case, passage)
    if is_flat(case.given.steps, "relu"):
        yield say("ReLU writes 0 for every negative number and keeps all others.")
        yield drawn
        return
    yield say("ReLU writes 0 for every negative number, in the marked cells, and keeps all others.")
    marked = tuple(
        replace(grid, marked=_negative(single))
        for grid, single in zip(_grids(drawn), passage.before, strict=True)
    )
    yield replace(drawn, members=marked) if isinstance(drawn, Figures) else marked[0]


def _negative(single: Map) -> frozenset[Pair]:
    return frozenset(
        (row, column) for row, line in enumerate(single) for column, number in enumerate(line) if number < 0
    )


def _pool_work(case: Case[Any], stage: PoolStage, passage: Passage) -> Iterator[Step]:
    drawn = _drawn(case, passage)
    yield from pooling_of(case, stage, passage.before).work(
        "P",
        _grids(drawn),
        origin=case.conventions.origin,
        digits=None,
        source=letter(case, _before(case, "pool")),
    )
    yield drawn


# -- every number by itself -----------------------------------------------------------------------


def _sigmoid_work(case: Case[Any], passage: Passage) -> Iterator[Step]:
    yield say("The sigmoid of a number $x$ is $1/(1+e^{-x})$.")
    pairs = list(_numbered(case, passage))
    for left, before, out in pairs if len(pairs) <= WRITTEN_OUT else pairs[:1]:
        power = rf"\frac{{1}}{{1+e^{{{latex.number(-before)}}}}}"
        yield Symbol(f"{left}={power}{_approximately(out, case.given.digits)}")
    if len(pairs) > WRITTEN_OUT:
        yield say("Every other cell is found in the same way.")
    yield _drawn(case, passage)


def _numbered(case: Case[Any], passage: Passage) -> Iterator[tuple[str, Number, Number]]:
    """Yield every number behind a step with its symbol, and the number before."""
    name, origin = name_of(passage.stage), case.conventions.origin
    if is_flat(case.given.steps, name):
        for place, pair in enumerate(zip(passage.before, passage.out, strict=True), origin):
            yield latex.indexed(letter(case, name), place), *pair
        return
    for symbol, before, out in zip(symbols(case, name), passage.before, passage.out, strict=True):
        for row, column in product(range(len(out)), range(len(out[0]))):
            left = cell_symbol(symbol, (row, column), origin).latex
            yield left, before[row][column], out[row][column]


def _approximately(number: Number, digits: int) -> str:
    """Write the end of a formula whose value is known to more decimals than are asked."""
    grid = solved_grid(((number,),), "", digits)
    return rf"\approx {grid.rows[0][0]}"


# -- flat values ----------------------------------------------------------------------------------


def _dense_work(case: Case[Any], passage: Passage) -> Iterator[Step]:
    given, origin = case.given, case.conventions.origin
    if any(given.dense_bias):
        yield say(
            "Multiply every number of {{ source }} by the weight in the same place of a unit's row, add the "
            "products, and add the unit's bias.",
            source=_source(case, "dense"),
        )
    else:
        yield say(
            "Multiply every number of {{ source }} by the weight in the same place of a unit's row, and add "
            "the products.",
            source=_source(case, "dense"),
        )
    units = zip(given.weights, dense_biases(given), passage.out, strict=True)
    for number, (row, bias, out) in enumerate(units, origin):
        pairs = list(zip(row, passage.before, strict=True))
        left = latex.indexed(letter(case, "dense"), number)
        yield from sum_formulas(left, pairs, bias=bias, total=out, digits=None)


def _softmax_work(case: Case[Any], passage: Passage) -> Iterator[Step]:
    digits, origin = case.given.digits, case.conventions.origin
    before: Values = passage.before
    yield say("Softmax takes the exponential of every number, and divides it by the sum of all:")
    powers = [exp_digits(number, digits + MORE_DIGITS) for number in before]
    for number, power in zip(before, powers, strict=True):
        yield Symbol(f"e^{{{latex.number(number)}}}{_approximately(power, digits + MORE_DIGITS)}")
    total = _approximately(sum(powers), digits + MORE_DIGITS)
    terms = "+".join(f"e^{{{latex.number(number)}}}" for number in before)
    yield Symbol(f"{terms}{total}")
    for place, (number, out) in enumerate(zip(before, passage.out, strict=True), origin):
        share = rf"\frac{{e^{{{latex.number(number)}}}}}{{{terms}}}"
        yield Symbol(f"{latex.indexed('p', place)}={share}{_approximately(out, digits)}")


def _class_work(case: Case[Any], passage: Passage) -> Iterator[Step]:
    origin = case.conventions.origin
    largest = Lines(
        tuple(
            say(
                "The number in place {{ place }} of {{ source }} is the largest: the class is {{ place }}.",
                place=place + origin,
                source=_source(case, "class"),
            )
            for place in passage.out
        ),
        ordered=False,
    )
    yield largest.items[0] if len(largest.items) == 1 else largest
