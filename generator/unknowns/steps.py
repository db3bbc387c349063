"""How hidden numbers are found, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .. import latex
from ..document import Symbol, say
from ..figures.model import Grid
from ..language import phrase
from ..model import Step
from ..number import Number
from ..sliding.filtering import cell_symbol
from ..sliding.worked import LINE, grids, marked_window, padded_figure
from .elimination import Combined, Event, Found, Row, Side, Solution
from .puzzle import Equation, Factor, Puzzle, Rows, Unknown

HIDDEN = "?"


def hidden_grid(rows: Rows, label: str) -> Grid:
    """Draw numbers with a question mark in the place of each that is hidden."""
    return Grid(tuple(tuple(HIDDEN if each is None else each for each in row) for row in rows), label)


def solution_work(puzzle: Puzzle, solved: Solution, origin: int) -> Iterator[Step]:
    """Write the equations out, and how they are solved."""
    first = solved.equations[0]
    yield say(
        "A cell of $Y$ gives an equation, if something hidden takes part in it. The window of {{ cell }} is "
        "marked in {{ X }}; its cells are multiplied by those of {{ K }}.",
        cell=cell_symbol("Y", first.cell, origin),
        X=marked_window(_padded(puzzle, origin), puzzle.slide, first.cell),
        K=hidden_grid(puzzle.kernel, "K"),
    )
    if puzzle.turned:
        yield say("A convolution turns the kernel by 180° before it is laid on a window.")
    for number, equation in enumerate(solved.equations, 1):
        yield from _written_out(number, equation, origin)
    if any(equation.known for equation in solved.equations):
        yield say("Add up what is known, and bring it to the other side:")
    else:
        yield say("Leave out what is multiplied by 0:")
    for row, equation in zip(solved.rows, solved.equations, strict=True):
        moved = f"{latex.number(equation.value)}{latex.added(-equation.known)}=" if equation.known else ""
        yield Symbol(_equation(row, origin, moved))
    divided = False
    for event in solved.events:
        yield from _event(event, origin, divided=divided)
        divided |= isinstance(event, Found) and event.factor != 1
    yield from _filled_in(puzzle, solved)


def _padded(puzzle: Puzzle, origin: int) -> Grid:
    """Draw the image with its padding, hidden numbers as question marks."""
    seen = tuple(tuple(0 if each is None else each for each in row) for row in puzzle.image)
    (padded,) = grids(padded_figure((seen,), puzzle.slide, origin=origin))
    rows = [list(row) for row in padded.rows]
    (top, _), (left, _) = puzzle.slide.padding
    for unknown in puzzle.unknowns:
        if unknown.letter == "X":
            rows[top + unknown.cell[0]][left + unknown.cell[1]] = HIDDEN
    return replace(padded, rows=tuple(map(tuple, rows)))


def _written_out(number: int, equation: Equation, origin: int) -> Iterator[Symbol]:
    """Write an equation with all products of its window."""

    def factor(value: Factor) -> str:
        return value.symbol(origin) if isinstance(value, Unknown) else latex.factor(value)

    products = [rf"{factor(one)}\cdot {factor(other)}" for one, other in equation.terms]
    lines = ["+".join(products[start : start + LINE]) for start in range(0, len(products), LINE)]
    if isinstance(equation.bias, Unknown):
        lines[-1] += "+b"
    elif equation.bias:
        lines[-1] += latex.added(equation.bias)
    lines[-1] += f"={latex.number(equation.value)}"
    yield Symbol(f"{_number(number)}{cell_symbol('Y', equation.cell, origin).latex}={lines[0]}")
    yield from (Symbol(rf"\qquad {{}}+{line}") for line in lines[1:])


_SUBTRACT = phrase("Subtract equation ({{ other }}) from equation ({{ row }}):")
_SUBTRACT_MULTIPLE = phrase("Subtract {{ times }} times equation ({{ other }}) from equation ({{ row }}):")


def _event(event: Event, origin: int, *, divided: bool) -> Iterator[Step]:
    """Write a step down; what it takes to divide is said the first time."""
    if isinstance(event, Found) and event.factor == 1:
        return  # the equation says it already
    if isinstance(event, Found):
        if not divided:
            yield say("Divide by the factor of what is sought:")
        quotient = rf"\frac{{{latex.number(event.row.right)}}}{{{latex.number(event.factor)}}}"
        yield Symbol(f"{event.unknown.symbol(origin)}={quotient}={latex.number(event.value)}")
        return
    if isinstance(event, Combined):
        times = Symbol(latex.number(event.times))
        text = _SUBTRACT if event.times == 1 else _SUBTRACT_MULTIPLE
        yield say(text, times=times, other=event.other.number, row=event.after.number)
    else:
        unknown = Symbol(event.unknown.symbol(origin))
        yield say("Put {{ unknown }} into equation ({{ row }}):", unknown=unknown, row=event.after.number)
    yield Symbol(_equation(event.after, origin))


def _equation(row: Row, origin: int, moved: str = "") -> str:
    return f"{_number(row.number)}{_side(row.factors, origin)}={moved}{latex.number(row.right)}"


def _number(number: int) -> str:
    return rf"({number})\quad "


def _side(factors: Side, origin: int) -> str:
    terms = [_term(factor, unknown.symbol(origin)) for unknown, factor in factors.items()]
    return terms[0] + "".join(term if term.startswith("-") else f"+{term}" for term in terms[1:])


def _term(factor: Number, symbol: str) -> str:
    if abs(factor) == 1:
        return symbol if factor == 1 else f"-{symbol}"
    return rf"{latex.number(factor)}\cdot {symbol}"


def _filled_in(puzzle: Puzzle, solved: Solution) -> Iterator[Step]:
    """Draw the maps with what was found, marked."""
    for letter, rows in (("K", puzzle.kernel), ("X", puzzle.image)):
        found = {unknown.cell: value for unknown, value in solved.values.items() if unknown.letter == letter}
        if not found:
            continue
        filled = tuple(
            tuple(found.get((row, column), number) for column, number in enumerate(numbers))
            for row, numbers in enumerate(rows)
        )
        yield replace(Grid(filled, letter), marked=frozenset(found))
