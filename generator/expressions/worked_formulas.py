"""The worked solution of a sheet of formulas: each result in names, with numbers, and what it comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from .. import latex
from ..document import Shown, Symbol, quote
from ..model import Rounded, Step
from ..number import Number
from ..rules import written
from ..values import whole
from .definitions import formula_of
from .sheet import Sheet, formulas, used
from .tree import Constant, Name, names_in
from .typeset import formula, symbol, value, with_numbers

LINE = 64
"""About so many characters stand on a line; a longer chain of equations is broken."""

MOST_LATEX = 900
"""Numbers that are put in and make a formula longer than this are left out."""

LONGEST_FRACTION = 8
"""So many characters of an exact result are printed before a rounded one; longer fractions say nothing."""

_FEW_DECIMALS = 10**6


def worked(sheet: Sheet, values: Mapping[str, Number]) -> Iterator[Step]:
    """Write every result out that leads to an answer, each behind the sentence that explains it."""
    texts = formulas(sheet)
    digits = {each.name: each.digits for each in sheet.answers}
    shown = {name: shown_number(number) for name, number in values.items()}
    for name in used(sheet):
        if name in sheet.explain:
            yield quote(sheet.explain[name], shown)
        yield from _lines(name, texts[name], values, digits.get(name))


def _lines(name: str, text: str, values: Mapping[str, Number], digits: int | None) -> Iterator[Symbol]:
    """Write one result: a chain of equations, on one line or, where it is long, one below the other."""
    tree = formula_of(text)
    chain = [formula(tree)] if names_in(tree) else []
    if not isinstance(tree, Name | Constant):
        numbers = f"={with_numbers(tree, dict(values))}"
        chain += [numbers] if len(numbers) <= MOST_LATEX else []
    chain += [part for part in _result(values[name], digits) if part not in chain]
    chain[0] = chain[0].removeprefix("=")
    first = f"{symbol(name)}={chain[0]}"
    if _width(first + "".join(chain[1:])) <= LINE or len(chain) == 1:
        yield Symbol(first + "".join(chain[1:]))
        return
    yield Symbol(first)
    rest = "".join(chain[1:])
    lines = [rest] if _width(rest) <= LINE else [chain[1], "".join(chain[2:])]
    yield from (Symbol(rf"\qquad {{}}{line}") for line in lines if line)


def _width(formula: str) -> int:
    """Estimate how many characters wide a formula is set."""
    return len(re.sub(r"\\(?:text|cdot|left|right|frac|tfrac|[lr]floor|[lr]ceil)|[{}\s]", "", formula))


def _result(number: Number, digits: int | None) -> list[str]:
    """Write a result: exact where that says something, and rounded where it is asked so."""
    exact = f"={value(number)}"
    if digits is None or Fraction(number * 10**digits).denominator == 1:
        return [exact]
    rounded = rf"\approx {written(Rounded(digits), number)}"
    return [exact, rounded] if _width(exact) <= LONGEST_FRACTION else [rounded]


def shown_number(number: Number) -> Shown:
    """Return a number as a sentence shows it: with a point where it has few decimals."""
    few = Fraction(number * _FEW_DECIMALS).denominator == 1
    return latex.decimal(number) if few and number >= 0 and number != int(number) else whole(number)
