"""An answer as a feedback page shows it: as it was read, beside the right one, with a sign in every cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, cast

from markupsafe import Markup

from ...generator import latex
from ...generator.document import Message, Symbol, say
from ...generator.frozen import frozen
from ...generator.language import Language
from ...generator.model import Conventions, Field
from ...generator.number import Number
from ...generator.render.answers import answer_label, expressions, key_rows, key_text, written_key
from ...generator.render.html import formula, said
from ...generator.render.look import Look
from ...generator.render.options import option_word
from ...generator.render.plain import plain, plain_label, printable
from ...generator.text import sentence
from ...generator.values import NONE
from .points import points_of
from .signs import Sign, sign_of, sign_of_cell
from .told import State, Told

MOST_DECIMALS = 12
FITS_A_PHONE = 26
"""Characters of a row of a map, of which the space beside each number takes `BESIDE`."""

BESIDE = 4

DENSE_FROM = 14
"""Columns of a map that is set smaller, so that it fits a printed page."""

CUT_OFF = " ..."


@frozen
class CellView:
    """A cell of a map or a part of a record: what stands in it, and its sign; no sign where none is told."""

    text: Markup
    sign: Sign | None = None
    words: str = ""


@frozen
class MapView:
    """A map: the numbers of its columns and rows, and its cells."""

    words: str
    columns: tuple[int, ...]
    rows: tuple[tuple[int, tuple[CellView, ...]], ...]

    @property
    def wide(self) -> bool:
        """Whether it may not fit a phone: then the keyboard scrolls it as well."""
        columns = zip(*(cells for _, cells in self.rows), strict=True)
        return sum(BESIDE + max(len(cell.text) for cell in column) for column in columns) > FITS_A_PHONE

    @property
    def dense(self) -> bool:
        """Whether it may not fit a page."""
        return len(self.columns) >= DENSE_FROM


@frozen
class FieldView:
    """One answer.

    Attributes
    ----------
    label
        What was asked, before the answer.
    name
        The same inside a sentence.
    sign
        What became of it.
    points
        What it earned.
    read
        What was read, where it is no map and no record.
    map, key_map
        A map that was read, and the right one.
    parts
        The parts of a record: what is asked, what was read, what is right.
    typed
        What was typed, where something else is shown as read.
    read_word
        What stands above the answer.
    key, key_word
        What is right, where it is told, no map and no record; and how it is called.
    notes
        Sentences about it.
    at
        The headings of its row and its column, where answers form a table.
    """

    label: Markup
    name: Markup
    sign: Sign
    points: Markup
    read: Markup
    map: MapView | None
    key_map: MapView | None
    parts: tuple[tuple[Markup, CellView, Markup], ...]
    typed: str
    read_word: Markup
    key: Markup
    key_word: Markup
    notes: tuple[Markup, ...]
    at: tuple[Markup, Markup] | None

    @property
    def plain(self) -> bool:
        """Whether it fits into a cell of a table."""
        return self.at is not None and self.map is None and not self.parts


def field_view(told: Told, conventions: Conventions, look: Look) -> FieldView:
    """Show one answer as far as it is told."""
    field, origin = told.field, conventions.origin
    with_key = bool(told.key) and told.state is not State.RIGHT
    key = _fitting(told) if with_key else None
    is_map = field.kind == "tensor"
    in_parts = field.kind == "record" and told.read is not None
    typed = told.read is None
    as_read = say("Your answer, as it was typed") if typed else say("Your answer, as it was read")
    a_good_one = say("A good answer") if field.kind == "text" else say("Right answer")
    return FieldView(
        label=Markup() if field.kind == "text" else answer_label(field, look),
        name=_heading(field.label, look) if field.at is None else _place(field.at, look),
        sign=sign_of(told.state, look, waits=told.waits, partly=told.read is not None),
        points=points_of(*told.points, look) if told.points else Markup(),
        read=Markup() if in_parts or (is_map and told.read is not None) else _read(told, look),
        map=_map(told, key, origin, look) if is_map and told.read is not None else None,
        key_map=_key_map(told, key, origin, look) if is_map and key is not None else None,
        parts=tuple(_parts(told, look)) if in_parts else (),
        typed=_typed(told, look.language),
        key=written_key(field, told.key, look) if with_key and not (is_map or in_parts) else Markup(),
        read_word=said(say("Your answer") if field.kind == "text" else as_read, look),
        key_word=said(a_good_one, look) if with_key else Markup(),
        notes=tuple(said(note, look) for note in notes(told, look.language)),
        at=None if field.at is None else (_heading(field.at[0], look), _heading(field.at[1], look)),
    )


def _place(at: tuple[Symbol | Message, Symbol | Message], look: Look) -> Markup:
    return Markup("{}, {}").format(*(_heading(text, look) for text in at))


def _heading(text: Symbol | Message, look: Look) -> Markup:
    return formula(text.latex, look) if isinstance(text, Symbol) else said(text, look)


# -- maps ---------------------------------------------------------------------------------------


def _fitting(told: Told) -> Any:
    """Return what is right; of several accepted maps the first that has the size of the answer."""
    size = [len(row) for row in told.cells]
    same_size = (value for value in told.key if told.field.kind == "tensor" and _size(value) == size)
    return next(same_size, told.key[0])


def _size(rows: Any) -> list[int]:
    return [len(row) for row in rows]


def _map(told: Told, key: Any, origin: int, look: Look) -> MapView:
    rows: Any = told.read
    written = key_rows(key, told.field.rule) if key is not None and told.cells else None

    def cell(row: int, column: int) -> CellView:
        number = rows[row][column]
        text = "" if number is None else _number(number, told.raw, look.language)
        if not told.cells:
            return CellView(Markup.escape(text))
        state = told.cells[row][column]
        sign = None if state is State.READ else sign_of_cell(state, look)
        expected = written[row][column] if written and state is not State.RIGHT else ""
        return CellView(Markup.escape(text), sign, _cell_words(sign, expected, look))

    words = look.language.tell("{{ label }}, as it was read", label=_name(told.field, look.language))
    return _numbered(words, [[cell(r, c) for c in range(len(row))] for r, row in enumerate(rows)], origin)


def _cell_words(sign: Sign | None, expected: str, look: Look) -> str:
    if sign is None:
        return ""
    word = str(sign.word)
    if not expected:
        return word
    right = look.language.number(expected)
    return look.language.tell("{{ word }}; {{ expected }} is right", word=word, expected=right)


def _key_map(told: Told, key: Any, origin: int, look: Look) -> MapView:
    """Show the right map; the cells that are other in the answer stand out."""

    def cell(row: int, column: int, text: str) -> CellView:
        other = bool(told.cells) and told.cells[row][column] is not State.RIGHT
        return CellView(
            Markup.escape(look.language.number(text)), Sign("asked", "", Markup()) if other else None
        )

    rows = [
        [cell(row, column, text) for column, text in enumerate(texts)]
        for row, texts in enumerate(key_rows(key, told.field.rule))
    ]
    words = look.language.tell("{{ label }}, the right answer", label=_name(told.field, look.language))
    return _numbered(words, rows, origin)


def _numbered(words: str, rows: list[list[CellView]], origin: int) -> MapView:
    columns = tuple(range(origin, origin + len(rows[0])))
    return MapView(words, columns, tuple((number, tuple(row)) for number, row in enumerate(rows, origin)))


def _name(field: Field, language: Language) -> str:
    return plain_label(field.label, language)


# -- everything else ----------------------------------------------------------------------------


def _read(told: Told, look: Look) -> Markup:
    """Show what was understood; what was not, as it was typed."""
    field = told.field
    if told.state is State.BLANK:
        return Markup()
    if told.read is None:
        raw = printable(told.raw).strip()
        return Markup('<q class="raw">{}</q>').format(raw) if raw else Markup()
    if field.kind == "text":
        return Markup('<div class="entry">{}</div>').format(printable(str(told.read)))
    if field.kind == "expression":
        return Markup('<span class="box">{}</span>').format(expressions((str(told.read),), look))
    return Markup('<span class="box">{}</span>').format(_plainly(field, told.read, told.raw, look.language))


def _plainly(field: Field, value: Any, raw: str, language: Language) -> str:
    """Write a value on one line: numbers, sizes, or options in the words of the paper."""
    parts = value if isinstance(value, tuple) else (value,)
    if all(isinstance(part, str) for part in parts):
        return ", ".join(option_word(field, part, language) for part in parts) or NONE
    return " × ".join(
        option_word(field, part, language) if isinstance(part, str) else _number(part, raw, language)
        for part in parts
    )


def _number(number: Number, raw: str, language: Language) -> str:
    """Write a number that was typed: as decimals where it was not typed as this fraction."""
    decimals = str(number) not in raw and Fraction(10**MOST_DECIMALS * number).denominator == 1
    text = latex.decimal(number) if decimals else str(number)
    return language.number(text.replace("-", "−"))


def _parts(told: Told, look: Look) -> Iterator[tuple[Markup, CellView, Markup]]:
    """Yield the parts of a record: what is asked, what was read with its sign, and what is right."""
    field = told.field
    read: Any = told.read
    states = told.cells[0] if told.cells else (State.READ,) * len(field.parts)
    for place, (part, value, state) in enumerate(zip(field.parts, read, states, strict=True)):
        text = "" if value is None else _plainly(part, value, told.raw, look.language)
        sign = None if state is State.READ else sign_of(state, look)
        accepted = tuple(dict.fromkeys(cast(Any, key)[place] for key in told.key))
        right = key_text(accepted, part, look.language) if accepted and told.state is not State.RIGHT else ""
        words = str(sign_of_cell(state, look).word) if sign else ""
        yield _heading(part.label, look), CellView(Markup.escape(text), sign, words), Markup.escape(right)


# -- what was typed -----------------------------------------------------------------------------


def _typed(told: Told, language: Language) -> str:
    """Return what was typed, where what was read is written differently; nothing else would help."""
    if told.read is None or told.field.kind == "text":
        return ""
    typed = printable(told.raw).strip()
    cut = typed.endswith(CUT_OFF)
    as_typed = _squeezed(typed.removesuffix(CUT_OFF))
    for text in _ways_to_write(told, language):
        shown = _squeezed(text)
        if as_typed == shown or (cut and shown.startswith(as_typed)):
            return ""
    return typed


def _ways_to_write(told: Told, language: Language) -> Iterator[str]:
    field, read = told.field, cast(Any, told.read)
    if field.kind == "tensor":
        yield " ".join(
            "_" if cell is None else _number(cell, told.raw, language) for row in read for cell in row
        )
    elif field.kind == "record":
        yield ", ".join(
            f"{part.name}: {'' if value is None else _plainly(part, value, told.raw, language)}"
            for part, value in zip(field.parts, read, strict=True)
        )
    elif field.kind == "expression":
        yield str(read)
    else:
        yield _plainly(field, read, told.raw, language)
        if isinstance(read, str | tuple):
            yield ", ".join(map(str, read if isinstance(read, tuple) else (read,)))


def _squeezed(text: str) -> str:
    """Leave out what changes nothing: signs of one meaning, spaces but those between numbers."""
    one_sign = text.replace("−", "-").replace("×", "x")
    return re.sub(r"\s*([+*x,:])\s*", r"\1", " ".join(one_sign.split())).casefold()


# -- sentences ----------------------------------------------------------------------------------


def notes(told: Told, language: Language) -> Iterator[Message]:
    """Yield what is to be said of an answer besides what became of it."""
    flat = [state for row in told.cells for state in row]
    right = sum(state in (State.RIGHT, State.CARRIED) for state in flat)
    if flat and State.READ not in flat and 0 < right < len(flat):
        yield (
            say("Cells that are right: {{ right }} of {{ count }}.", right=right, count=len(flat))
            if told.field.kind == "tensor"
            else say("Parts that are right: {{ right }} of {{ count }}.", right=right, count=len(flat))
        )
    if told.corrected:
        yield say("Guessing is corrected here: what blind answers would earn is taken off.")
    elif told.unpaid:
        yield say("What is right of it does not earn points by itself here.")
    if told.reason:
        reason = plain(sentence(told.reason, language.translate), language)
        yield say("{{ reason }}.", reason=reason[:1].upper() + reason[1:].rstrip("."))
    if told.uncarried:
        yield told.uncarried
    if told.by_hand:
        yield (
            say("A person marked this answer: {{ remark }}", remark=told.remark)
            if told.remark
            else say("A person marked this answer.")
        )
