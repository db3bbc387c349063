"""Linear equations solved as one does by hand: one unknown after the other, the easy ones first."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from ..frozen import frozen
from ..number import Number
from ..values import whole
from .puzzle import Equation, Puzzle, Unknown

Side: TypeAlias = dict[Unknown, Number]


@frozen
class Row:
    """An equation on the way: factors of its unknowns, what they add up to, and the number it goes by."""

    number: int
    factors: Side
    right: Number


@frozen
class Found:
    """An unknown that an equation with one unknown gives."""

    unknown: Unknown
    row: Row
    value: Number

    @property
    def factor(self) -> Number:
        """What the unknown is multiplied by."""
        return self.row.factors[self.unknown]


@frozen
class Combined:
    """An equation from which a multiple of another one was subtracted, so that an unknown is gone."""

    other: Row
    times: Number
    after: Row


@frozen
class Substituted:
    """An equation into which an unknown was put that had been found."""

    unknown: Unknown
    after: Row


Event: TypeAlias = Found | Combined | Substituted


@frozen
class Solution:
    """How a puzzle is solved: the equations that are used, what is done to them, and what comes out."""

    equations: tuple[Equation, ...]
    rows: tuple[Row, ...]
    events: tuple[Event, ...]

    @property
    def values(self) -> dict[Unknown, Number]:
        """The unknowns that were found."""
        return {event.unknown: event.value for event in self.events if isinstance(event, Found)}


def solution(puzzle: Puzzle) -> Solution:
    """Solve a puzzle.

    Raises
    ------
    ValueError
        If its equations do not determine what is hidden.
    """
    equations = _enough(puzzle)
    rows = tuple(
        Row(number, one.coefficients, one.value + puzzle.sign * one.known)
        for number, one in enumerate(equations, 1)
    )
    return Solution(equations, rows, tuple(_events(rows, divides=puzzle.divides)))


def _enough(puzzle: Puzzle) -> tuple[Equation, ...]:
    """Choose equations, in their order, that say something new each, until all unknowns are determined."""
    chosen: list[Equation] = []
    reduced: list[Side] = []
    for equation in puzzle.equations():
        rest: Side = equation.coefficients
        for earlier in reduced:
            rest = _without(rest, earlier)
        if rest:
            chosen.append(equation)
            reduced.append(rest)
        if len(chosen) == len(puzzle.unknowns):
            return tuple(chosen)
    raise ValueError("what is shown does not determine what is hidden: show more, or hide less")


def _without(factors: Side, other: Side) -> Side:
    """Subtract a multiple of another side, so that its first unknown is gone."""
    pivot = next(iter(other))
    times = Fraction(factors.get(pivot, 0)) / other[pivot]
    return _difference(factors, other, times)


def _difference(factors: Side, other: Side, times: Number) -> Side:
    unknowns = [*factors, *(unknown for unknown in other if unknown not in factors)]
    left = {unknown: factors.get(unknown, 0) - times * other.get(unknown, 0) for unknown in unknowns}
    return {unknown: factor for unknown, factor in left.items() if factor}


def _events(rows: Sequence[Row], *, divides: bool) -> list[Event]:
    """Find an unknown wherever one stands alone; otherwise remove one from all other equations."""
    events: list[Event] = []
    pending: list[Row] = list(rows)
    waiting: list[Row] = []
    while pending or waiting:
        if not pending:  # only equations that wait for the unknowns of later ones are left
            pending, waiting = waiting, []
        row = min(pending, key=lambda one: len(one.factors))
        pending.remove(row)
        if len(row.factors) == 1:
            found = _found(row, divides=divides)
            events.append(found)
            pending = [_put(one, found, events) for one in pending]
            waiting = [_put(one, found, events) for one in waiting]
        else:
            pending = [_combined(one, row, events) for one in pending]
            waiting.append(row)
    return events


def _found(row: Row, *, divides: bool) -> Found:
    ((unknown, factor),) = row.factors.items()
    return Found(unknown, row, whole(Fraction(row.right) / factor if divides else row.right))


def _put(row: Row, found: Found, events: list[Event]) -> Row:
    factor = row.factors.get(found.unknown)
    if factor is None:
        return row
    left = {unknown: each for unknown, each in row.factors.items() if unknown != found.unknown}
    after = Row(row.number, left, row.right - factor * found.value)
    events.append(Substituted(found.unknown, after))
    return after


def _combined(row: Row, other: Row, events: list[Event]) -> Row:
    """Remove the unknown that has the smallest factor in the other equation, such as the bias."""
    pivot = min(reversed(other.factors), key=lambda unknown: abs(Fraction(other.factors[unknown])))
    if pivot not in row.factors:
        return row
    times = Fraction(row.factors[pivot]) / other.factors[pivot]
    after = Row(row.number, _difference(row.factors, other.factors, times), row.right - times * other.right)
    events.append(Combined(other, times, after))
    return after
