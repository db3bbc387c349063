"""The worked solution of a cell in names: the window, what it holds, the sum of the products."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..document import Symbol, say
from ..expressions.names import as_latex
from ..expressions.writing import as_formula
from ..figures.model import Grid
from ..model import Case, Step
from .symbols import corner, is_turned, laid, size, slide_of, taps, text_of

# By (several rows, a bias); whole sentences, because languages order their parts differently.
_INSTRUCTIONS = {
    (False, False): "Multiply each input by the weight that lies on it, and add.",
    (False, True): "Multiply each input by the weight that lies on it, and add; the bias is added once.",
    (True, False): "Multiply each pixel by the weight that lies on it, row by row, and add.",
    (True, True): "Multiply each pixel by the weight that lies on it, row by row, and add; "
    "the bias is added once.",
}


def written_out(case: Case[Any], cell: Symbol) -> Iterator[Step]:
    """Show the window of the asked cell and write its sum out, a row of the window on each line."""
    if is_turned(case):
        yield say("A convolution turns the kernel by 180°; the turned kernel $K'$ is then used as it stands.")
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
        text = "The window of {{ cell }} is marked. Cells in the padding hold 0: their terms drop out."
    elif len(case.given.input) == 1:
        text = "The window of {{ cell }} is marked."
    elif plain and case.given.stride == (1, 1):
        text = (
            "The window of {{ cell }} is marked. It begins in row {{ row }} and column {{ column }} of $X$, "
            "the row and the column of the cell."
        )
    elif plain:
        text = (
            "The window of {{ cell }} is marked. It begins in row {{ row }} and column {{ column }} of $X$, "
            "the row and the column of the cell times the stride."
        )
    else:
        text = (
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
