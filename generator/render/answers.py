"""Answer boxes: empty on a paper, filled in with the key in its solutions.

An empty box follows from the field alone. Where the size of a map is asked, the box is squared paper of
one size, so that it cannot betray the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from ..document import Grid, Number, Symbol
from ..engine import rounded
from ..figures.grid import ANSWER, squared_svg
from ..figures.numerals import MINUS, cell_text
from ..model import Conventions, Field, Rounded, Rule, Value
from ..text import Translate, sentence
from .html import Medium, drawing, inline, symbol
from .phrases import hint

SQUARES = (30, 10)  # across and down, of 5 mm


@dataclass(frozen=True)
class AnswerView:
    """What a template prints of a field.

    Attributes
    ----------
    label
        What is asked.
    cells
        A drawing to fill in or filled in; empty where the answer is written in a box.
    entry
        What is written in the box; empty on a paper.
    hint
        How the answer is to be written, or nothing.
    """

    label: Markup
    cells: Markup
    entry: str
    hint: Markup


def answer_view(
    field: Field, key: Value | None, conventions: Conventions, medium: Medium, translate: Translate
) -> AnswerView:
    """Make the box of a field; `key` is what to fill in, or None."""
    advice = hint(field, conventions)
    return AnswerView(
        label=_label(field, medium, translate),
        cells=_cells(field, key),
        entry="" if key is None or field.kind == "tensor" else _entry(key, field.rule),
        hint=inline(sentence(advice, translate), medium) if advice else Markup(),
    )


def _label(field: Field, medium: Medium, translate: Translate) -> Markup:
    if isinstance(field.label, Symbol):
        return symbol(field.label.latex, medium)
    return inline(sentence(field.label, translate), medium)


def _cells(field: Field, key: Value | None) -> Markup:
    if field.kind != "tensor":
        return Markup()
    if key is not None:
        return drawing(Grid(_key_rows(key, field.rule)), ANSWER)
    if field.shape is None:
        return Markup(squared_svg(*SQUARES, words="squared paper"))  # noqa: S704 - a drawing of ours
    rows, columns = field.shape
    return drawing(Grid(((None,) * columns,) * rows), ANSWER)


def _key_rows(key: Value, rule: Rule) -> tuple[tuple[Number | str, ...], ...]:
    return tuple(tuple(_cell(cell, rule) for cell in _parts(row)) for row in _parts(key))


def _parts(value: Value) -> tuple[Value, ...]:
    if not isinstance(value, tuple):
        raise TypeError(f"the key of a tensor is a tuple of rows, not {value!r}")
    return value


def _cell(value: Value, rule: Rule) -> Number | str:
    if isinstance(value, tuple):
        raise TypeError(f"a cell holds one number, not {value!r}")
    if isinstance(rule, Rounded) and not isinstance(value, str):
        return _decimal(value, rule.digits)
    return value


def _decimal(number: Number, digits: int) -> str:
    """Write a number with so many decimals, zeros at the end included."""
    units = Decimal(int(rounded(number, digits) * 10**digits))
    return f"{units.scaleb(-digits):f}".replace("-", MINUS)


def _entry(key: Value, rule: Rule) -> str:
    parts = key if isinstance(key, tuple) else (key,)
    return " × ".join(cell_text(_cell(part, rule)) for part in parts)
