"""The boxes of a form: what each is called, what is said of it, and how it is filled in.

Names, words and number of the boxes follow from the field alone, so they cannot betray an answer.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from markupsafe import Markup

from ..document import say
from ..frozen import frozen
from ..language import phrase
from ..model import Field
from .box_names import box_names, cell_names, field_name
from .html import said
from .look import Look
from .plain import plain_label, said_plainly

Making: TypeAlias = Literal["form", "drawn"]
"""Boxes to type into, on screen and in the PDF, or to write in by hand."""

Control: TypeAlias = Literal["line", "lines", "one", "several", "pick", "order"]

START = (3, 3)  # rows and columns of a grid whose size is asked; empty ones at the end do not count
START_ROW = (1, 3)
CELL = phrase("row {{ row }}, column {{ column }}")
LINES = {False: 10, True: 3}  # of a map whose size is asked, where it is written in one box; of a row


@frozen
class Box:
    """One place for an answer.

    Attributes
    ----------
    name
        What it is called in a file.
    words
        What is asked, for those who do not see where the box stands.
    control
        A ``line`` or some ``lines`` to write on; ``one`` or ``several`` of the options to mark, or one to
        ``pick`` from a list; an ``order`` of them all.
    options
        Name and label of each option; empty where the answer is written.
    lines
        How many lines are seen.
    numeric
        Whether nothing but numbers is read in it.
    """

    name: str
    words: str
    control: Control = "line"
    options: tuple[tuple[str, Markup], ...] = ()
    lines: int = 1
    numeric: bool = False


@frozen
class Boxes:
    """All boxes of a field.

    Attributes
    ----------
    name, words
        Of the field as a whole.
    rows
        A single box, the parts of a record in one row, or the cells of a map.
    grows
        Whether there can be more and fewer ``columns``, or columns and rows (``both``).
    cover
        In print, one box over all cells of a map, with the name of the last one: `pdf_form` cuts it up, which
        is far faster than to lay out each cell.
    """

    name: str
    words: str
    rows: tuple[tuple[Box, ...], ...]
    grows: Literal["", "columns", "both"] = ""
    cover: Box | None = None

    @property
    def first(self) -> Box:
        """The only box of most fields."""
        return self.rows[0][0]


def boxes(item: str, number: int, field: Field, look: Look) -> Boxes:
    """Make the boxes of a field.

    Parameters
    ----------
    item, number
        The question: its item on the paper, and its number.
    field
        What is asked.
    look
        On screen, options are marked and a map whose size is asked is a grid that grows; in print, both
        are written in a box.
    """
    words = said_plainly(
        say("Question {{ number }}, {{ field }}", number=number, field=field.label), look.language
    )
    name = field_name(item, field.name)
    if field.kind == "tensor":
        return _map(name, words, field, look)
    (names,) = box_names(item, field)
    if field.kind == "record":
        parts = (
            _box(box, f"{words}, {plain_label(part.label, look.language)}", part, look, small=True)
            for box, part in zip(names, field.parts, strict=True)
        )
        return Boxes(name, words, (tuple(parts),))
    return Boxes(name, words, ((_box(name, words, field, look, small=field.at is not None),),))


def _box(name: str, words: str, field: Field, look: Look, *, small: bool) -> Box:
    if field.kind == "text":
        return Box(name, words, "lines", lines=field.lines)
    if look.medium == "screen" and field.kind in ("choice", "choices", "order"):
        options = tuple(
            (option.name, said(option.label, look) if option.label else Markup.escape(option.name))
            for option in field.options
        )
        control: dict[str, Control] = {
            "choice": "pick" if small else "one",
            "choices": "several",
            "order": "order",
        }
        return Box(name, words, control[field.kind], options)
    words_allowed = bool(field.options)  # "same" may stand for a number
    return Box(name, words, numeric=field.kind in ("integer", "number", "shape") and not words_allowed)


def _map(name: str, words: str, field: Field, look: Look) -> Boxes:
    if field.shape is None and look.medium == "print":
        return Boxes(name, words, ((Box(name, words, "lines", lines=LINES[field.row]),),))
    names = cell_names(name, *(field.shape or (START_ROW if field.row else START)))
    cells = tuple(
        tuple(
            Box(box, f"{words}, {look.language.tell(CELL, row=row, column=column)}", numeric=True)
            for column, box in enumerate(across, start=1)
        )
        for row, across in enumerate(names, start=1)
    )
    grows: Literal["", "columns", "both"] = "" if field.shape else "columns" if field.row else "both"
    cover = Box(names[-1][-1], f"{words}, {look.translate(CELL)}")
    return Boxes(name, words, cells, grows, cover if look.medium == "print" else None)
