"""The worked solution of a sheet of formulas: each result in names, with numbers, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from .. import latex
from ..document import Message, Shown, Symbol
from ..model import Rounded, Step
from ..number import Number
from ..rules import written
from ..values import whole
from .definitions import formula_of
from .sheet import Sheet, formulas, used
from .tree import Constant, Name, names_in
from .typeset import formula, symbol, value, with_numbers

LINE = 90
"""So many characters of LaTeX stand on a line; a longer chain of equations is broken."""

_FEW_DECIMALS = 10**6


def worked(sheet: Sheet, values: Mapping[str, Number]) -> Iterator[Step]:
    """Write every result out that leads to an answer, each behind the sentence that explains it."""
    texts = formulas(sheet)
    digits = {each.name: each.digits for each in sheet.answers}
    shown = {name: shown_number(number) for name, number in values.items()}
    for name in used(sheet):
        if name in sheet.explain:
            yield Message(sheet.explain[name], shown)
        yield from _lines(name, texts[name], values, digits.get(name))


def _lines(name: str, text: str, values: Mapping[str, Number], digits: int | None) -> Iterator[Symbol]:
    tree = formula_of(text)
    chain = [formula(tree)] if names_in(tree) else []
    if not isinstance(tree, Name | Constant):
        chain.append(with_numbers(tree, dict(values)))
    result, *rounded = _result(values[name], digits)
    if result not in chain:
        chain.append(result)
    text = "=".join(chain) + "".join(rounded)
    if len(text) <= LINE or len(chain) == 1:
        yield Symbol(f"{symbol(name)}={text}")
        return
    yield Symbol(f"{symbol(name)}={chain[0]}")
    for part in chain[1:-1]:
        yield Symbol(rf"\qquad {{}}={part}")
    yield Symbol(rf"\qquad {{}}={chain[-1]}{''.join(rounded)}")


def _result(number: Number, digits: int | None) -> list[str]:
    """Write a result and, where it has more decimals than are asked, how it is rounded."""
    exact = value(number)
    if digits is None or Fraction(number * 10**digits).denominator == 1:
        return [exact]
    return [exact, rf"\approx {written(Rounded(digits), number)}"]


def shown_number(number: Number) -> Shown:
    """Return a number as a sentence shows it: with a point where it has few decimals."""
    few = Fraction(number * _FEW_DECIMALS).denominator == 1
    return latex.decimal(number) if few and number >= 0 and number != int(number) else whole(number)
