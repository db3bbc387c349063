"""Cells in names on paper: an expression that is shown, and the worked solution of one that is asked.

Beside what `symbols` needs, the given has ``ask``, and ``weight`` and ``printed`` where one term is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ..document import Message, Symbol, listed, say
from ..expressions.names import as_latex
from ..expressions.polynomial import canonical
from ..expressions.writing import as_formula
from ..figures.model import Grid
from ..language import phrase
from ..model import Case, Step
from .symbols import corner, is_turned, laid, names_of, size, slide_of, taps, text_of
from .worked import TURNED, Pair


def expression(case: Case[Any], cell: Symbol, begins: Pair) -> Message:
    """Write the expression that a question shows, term by term, so that a line can be broken."""
    given, names = case.given, names_of(case)
    terms: list[str] = []
    for tap in taps(case, begins):
        if tap.weight == given.weight and given.ask == "missing":
            terms.append(r"\square")
        elif tap.pixel is not None:
            pixel = given.printed if tap.weight == given.weight and given.printed else tap.pixel
            text = canonical(replace(tap, pixel=pixel).term, names)
            terms += [as_formula(text)] if text != "0" else []
    if given.bias is not None:
        terms.append(as_latex(given.bias))
    signed = [term if term[0] == "-" or not place else f"{{}}+{term}" for place, term in enumerate(terms)]
    return listed([Symbol(f"{cell.latex}="), *map(Symbol, signed)], " ")


def moved(case: Case[Any], cell: Symbol, previous: Symbol) -> Message:
    """Say how the window comes from the cell before to the asked one."""
    down, across = case.given.stride
    if case.given.cell[1]:
        return say(
            "{{ cell }} stands to the right of {{ previous }}: "
            "the window moves to the right by {{ stride }}.",
            cell=cell,
            previous=previous,
            stride=across,
        )
    return say(
        "With {{ previous }} a row is complete. {{ cell }} begins the next one: "
        "the window goes back to the left edge, and down by {{ stride }}.",
        cell=cell,
        previous=previous,
        stride=down,
    )


def looked_up(case: Case[Any]) -> Message:
    """Say on which pixel the weight of the asked term lies."""
    given = case.given
    (tap,) = (tap for tap in taps(case) if tap.weight == given.weight)
    pixel, weight = Symbol(as_latex(str(tap.pixel))), Symbol(as_latex(given.weight))
    right = Symbol(rf"{pixel.latex}\,{weight.latex}")
    if given.printed is None:
        return say(
            "The weight {{ weight }} lies on the pixel {{ pixel }}, so the missing term is {{ right }}.",
            weight=weight,
            pixel=pixel,
            right=right,
        )
    return say(
        "The weight {{ weight }} lies on the pixel {{ pixel }}, not on {{ printed }}: "
        "the term {{ wrong }} is wrong, and {{ right }} is right.",
        weight=weight,
        pixel=pixel,
        printed=Symbol(as_latex(given.printed)),
        wrong=Symbol(rf"{as_latex(given.printed)}\,{weight.latex}"),
        right=right,
    )


# -- a cell written out -------------------------------------------------------------------------

# By (several rows, a bias); whole sentences, because languages order their parts differently.
_INSTRUCTIONS = {
    (False, False): phrase("Multiply each input by the weight that lies on it, and add."),
    (False, True): phrase(
        "Multiply each input by the weight that lies on it, and add; the bias is added once."
    ),
    (True, False): phrase("Multiply each pixel by the weight that lies on it, row by row, and add."),
    (True, True): phrase(
        "Multiply each pixel by the weight that lies on it, row by row, and add; the bias is added once."
    ),
}


def written_out(case: Case[Any], cell: Symbol) -> Iterator[Step]:
    """Show the window of the asked cell and write its sum out, a row of the window on each line."""
    if is_turned(case):
        yield TURNED
        yield Grid(laid(case), "K'")
    yield _where(case, cell)
    yield _figure(case)
    yield say(_INSTRUCTIONS[len(case.given.input) > 1, case.given.bias is not None])
    yield from _sum(case, cell)


def _where(case: Case[Any], cell: Symbol) -> Step:
    """Say where the window begins."""
    origin = case.conventions.origin
    down, across = corner(case)
    plain = origin == 0 and not any(map(any, case.given.padding))
    if min(down, across) < 0:
        text = phrase(
            "The window of {{ cell }} is marked. Cells in the padding hold 0: their terms drop out."
        )
    elif len(case.given.input) == 1:
        text = phrase("The window of {{ cell }} is marked.")
    elif plain and case.given.stride == (1, 1):
        text = phrase(
            "The window of {{ cell }} is marked. It begins in row {{ row }} and column {{ column }} of $X$, "
            "the row and the column of the cell."
        )
    elif plain:
        text = phrase(
            "The window of {{ cell }} is marked. It begins in row {{ row }} and column {{ column }} of $X$, "
            "the row and the column of the cell times the stride."
        )
    else:
        text = phrase(
            "The window of {{ cell }} is marked. It begins in row {{ row }} and column {{ column }} of $X$."
        )
    return say(text, cell=cell, row=down + origin, column=across + origin)


def _figure(case: Case[Any]) -> Grid:
    """Draw the image with its padding, the window marked."""
    slide, given = slide_of(case), case.given
    (top, bottom), (left, right) = slide.frame(size(given.input))
    rows, columns = size(given.input)
    blank = ("0",) * (left + columns + right)
    drawn = [("0",) * left + row + ("0",) * right for row in given.input]
    padded = (*[blank] * top, *drawn, *[blank] * bottom)
    faint = frozenset(
        (row, column)
        for row in range(len(padded))
        for column in range(len(blank))
        if not (top <= row < top + rows and left <= column < left + columns)
    )
    return Grid(padded, "X", marked=frozenset(slide.window(given.cell)), faint=faint)


def _sum(case: Case[Any], cell: Symbol) -> Iterator[Symbol]:
    window, width = taps(case), len(case.given.kernel[0])
    rows = [window[start : start + width] for start in range(0, len(window), width)]
    lines = [text_of(case, [tap.term for tap in row]) for row in rows]
    lines = [as_formula(line) for line in lines if line != "0"]
    if case.given.bias is not None:
        lines.append(as_latex(case.given.bias))
    yield Symbol(f"{cell.latex}={lines[0] if lines else 0}")
    yield from (Symbol(rf"\qquad {{}}{'' if line.startswith('-') else '+'}{line}") for line in lines[1:])
