"""Worked steps: an output before and after its input is moved, and how the two compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..document import Symbol, say
from ..figures.model import Grid
from ..model import Case, Step
from .filtering import WRITTEN_OUT, Filtering
from .geometry import Map, all_cells, map_size
from .shift_words import shift_phrase
from .shifting import (
    EVERYWHERE,
    INSIDE,
    agreeing,
    inner_of,
    inputs_of,
    operation_of,
    output_shift_of,
    slide_of,
    verdict,
)
from .worked import Pair


def cell_work(case: Case[Any], field: str, cell: Pair) -> Iterator[Step]:
    """Write out how one cell of the output is computed, or one of the output of the moved input."""
    inputs = dict(zip("YZ", zip(inputs_of(case), ("X", "X'"), strict=True), strict=True))
    if field in inputs:
        rows, source = inputs[field]
        if field == "Z":
            yield from _moved_input(case)
        ready = operation_of(case).of(rows)
        yield from ready.work_at(0, field, cell, origin=case.conventions.origin, digits=None, source=source)


def _moved_input(case: Case[Any]) -> Iterator[Step]:
    given = case.given
    yield (
        say("Moved {{ shift }}, and with its padding, the input is:", shift=shift_phrase(given.shift))
        if any(map(any, given.padding))
        else say("Moved {{ shift }}, the input is:", shift=shift_phrase(given.shift))
    )
    yield operation_of(case).figure(inputs_of(case)[1], "X'")


def work_of(case: Case[Any]) -> Iterator[Step]:
    """Compute the output for the input and for the moved input, move the first, and compare."""
    given, operation = case.given, operation_of(case)
    here, there = inputs_of(case)
    before, after = operation.output(here), operation.output(there)
    padded = any(map(any, given.padding))
    if isinstance(ready := operation.of(here), Filtering):
        yield from ready.turned_kernels(case.conventions.origin)
    if padded:
        yield say("With its padding, the input $X$ is:")
        yield operation.figure(here, "X")
    yield from _computed(case, here, "Y")
    yield Grid(before, "Y")
    yield from _moved_input(case)
    yield say("The same operation gives:")
    yield from _sums(case, there, "Z")
    yield Grid(after, "Z")
    if {"moved", "cells", "agree"} & set(given.ask):
        yield from _compared(case, before, after)
    if "invariant" in given.ask:
        same = agreeing(before, after)
        yield say("The cells in which $Z$ is the same as $Y$ are marked:")
        yield Grid(after, "Z", marked=same)
        yield (
            say("All of them are the same: this shift does not show in the output.")
            if after == before
            else say("Not all of them are: the output is not invariant to this shift.")
        )


def _computed(case: Case[Any], rows: Map, symbol: str) -> Iterator[Step]:
    """Write an output out, with its size and the window of its first cell."""
    ready, origin = operation_of(case).of(rows), case.conventions.origin
    if isinstance(ready, Filtering):
        yield from ready.work([symbol], _cells(case), origin=origin, digits=None)
    else:
        yield from ready.work(
            symbol, [Grid(operation_of(case).output(rows), symbol)], origin=origin, digits=None
        )


def _sums(case: Case[Any], rows: Map, symbol: str) -> Iterator[Symbol]:
    """Write the cells of an output out, where they are few, or the first."""
    ready, origin, cells = operation_of(case).of(rows), case.conventions.origin, _cells(case)
    shown = cells if len(cells) <= WRITTEN_OUT else cells[:1]
    if isinstance(ready, Filtering):
        yield from ready.sums(0, symbol, shown, origin=origin, digits=None)
    else:
        yield from ready.formulas(symbol, shown, origin=origin, digits=None)


def _compared(case: Case[Any], before: Map, after: Map) -> Iterator[Step]:
    given = case.given
    shifted, inner = operation_of(case).moved(before, output_shift_of(given)), inner_of(given)
    same = agreeing(after, shifted)
    yield say(
        "The output $Y$, moved {{ shift }}; the cells in which it agrees with $Z$ are marked:",
        shift=shift_phrase(output_shift_of(given)),
    )
    yield Grid(shifted, "M", marked=same)
    if "cells" in given.ask:
        yield say("So they agree in {{ count }} of {{ all }} cells.", count=len(same), all=len(_cells(case)))
    if "agree" not in given.ask:
        return
    found = verdict(after, shifted, inner)
    if found == EVERYWHERE:
        yield say("They agree everywhere.")
        return
    yield (
        say(
            "The other cells are all at the border. Away from it, in the cells marked here, "
            "$Z$ and $M$ agree."
        )
        if found == INSIDE
        else say("They do not even agree in all cells away from the border, which are marked here:")
    )
    yield Grid(after, "Z", marked=inner)


def _cells(case: Case[Any]) -> list[Pair]:
    return all_cells(slide_of(case.given).positions(map_size(case.given.input)))
