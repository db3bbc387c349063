"""What a learning platform asks and marks by itself: a text with blanks, one tree for all formats.

A field of a paper becomes a blank for each of its places: a cell of a map, a size of a shape, a part of a
composite answer, a place of an order. A platform marks each blank by itself, so that a known mistake is a
known wrong answer of every blank in which it shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal, TypeAlias

from ..document import Document, Message, Symbol
from ..frozen import frozen
from ..language import Language
from ..number import Number
from .known_mistakes import Wrong

Label: TypeAlias = Symbol | Message

LONGEST_IN_MENU = 30
"""Characters of an option in a menu; longer ones stand below one another, to be ticked."""


@frozen
class Blank:
    """A place to be filled in, which is right or wrong by itself.

    Attributes
    ----------
    name
        Unique in its item; a letter, then letters, digits and ``_``.
    kind
        What is filled in: a ``number``, one option of a ``choice``, any number of options of ``choices``.
    share
        What it is worth, of the whole item; those of all blanks add up to 1.
    right
        The numbers each of which is right, the option that is, or all options that are.
    tolerance
        By how much a number may differ, that much included.
    options
        The name of each option, and the words that are shown for it.
    wrong
        Known wrong answers; none is right, and no two are the same.
    """

    name: str
    kind: Literal["number", "choice", "choices"]
    share: Fraction
    right: tuple[Number | str, ...]
    tolerance: Fraction = Fraction()
    options: tuple[tuple[str, str], ...] = ()
    wrong: tuple[Wrong, ...] = ()

    @property
    def fits_a_menu(self) -> bool:
        """Whether all options are short."""
        return all(len(words) <= LONGEST_IN_MENU for _, words in self.options)


@frozen
class Cell:
    """The blanks of one answer that stand side by side, each with its own label where it has one.

    Attributes
    ----------
    between
        The sign between them.
    """

    blanks: tuple[tuple[Label | None, Blank], ...]
    between: str = ""


@frozen
class Line:
    """One answer.

    Attributes
    ----------
    label
        What is asked.
    cell
        Its blanks.
    hints
        How it is to be answered; at most one.
    """

    label: Label
    cell: Cell
    hints: tuple[Message, ...] = ()


@frozen
class Table:
    """Answers in rows and columns: those with headings, or the cells of a map.

    Attributes
    ----------
    label
        What is asked; None where the headings say it.
    columns
        The headings of the columns; empty for the cells of a map.
    rows
        The heading of each row, and its cells; None where nothing is asked.
    hints
        How they are to be answered.
    origin
        The number of the first row and column of a map.
    """

    label: Label | None
    columns: tuple[Label, ...]
    rows: tuple[tuple[Label | None, tuple[Cell | None, ...]], ...]
    hints: tuple[Message, ...] = ()
    origin: int = 0


Part: TypeAlias = Line | Table


@frozen
class Item:
    """A problem as a platform asks it.

    Attributes
    ----------
    name
        Unique in an exam: the code of the paper and the question, ``39212EAM13HG3N.a1``.
    entry, tags
        The entry of the bank, and the words to find it by.
    title, language
        Its heading, and the language of prompt, labels and options.
    points
        What it is worth.
    prompt, worked
        What is asked, and the worked solution.
    conventions
        What the paper takes for granted: its cover says it there, and here nothing else does. Before it, how
        boxes for numbers are filled in.
    parts
        The blanks; none where a person has to mark it.
    by_hand
        Why a person has to, in words for instructors; empty where the platform marks it.
    asks, model
        Then: the label of each answer and what is to be written there; and what is right, for that person.
    """

    name: str
    entry: str
    tags: tuple[str, ...]
    title: str
    language: Language
    points: Fraction
    prompt: Document
    worked: Document
    conventions: tuple[Message, ...]
    parts: tuple[Part, ...] = ()
    by_hand: str = ""
    asks: tuple[tuple[Label, Message], ...] = ()
    model: Document = ()

    @property
    def blanks(self) -> Iterator[Blank]:
        """All blanks, in the order in which they are read."""
        for part in self.parts:
            yield from blanks_of(part)


def blanks_of(part: Part) -> Iterator[Blank]:
    """Yield the blanks of a line or a table, in the order in which they are read."""
    yield from (blank for row in rows_of(part) for cell in row if cell for _, blank in cell.blanks)


def rows_of(part: Part) -> Sequence[Sequence[Cell | None]]:
    """Return the cells of a line or a table, row by row."""
    return [[part.cell]] if isinstance(part, Line) else [row for _, row in part.rows]
