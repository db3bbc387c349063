"""The document tree: what every text of a paper becomes before it is HTML, PDF or terminal.

A prompt, a worked step and a sentence of feedback take the same way: Markdown with
``{{ name }}`` for values and ``$...$`` for formulas is parsed by `text.blocks` into the nodes
below. Only the walkers in `render` know a medium or a locale: here a number is a number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from .figures.model import Figure
from .figures.numerals import decimals
from .frozen import frozen
from .language import ENGLISH
from .number import Number


@frozen
class Symbol:
    """A formula, as LaTeX, inside a sentence."""

    latex: str


@frozen
class Message:
    """A sentence for a student.

    Attributes
    ----------
    text
        English Markdown, which is also its key in the catalogues.
    values
        What its placeholders stand for.
    quoted
        Whether the text is that of an entry: then it is in the entry's language, and no catalogue knows it.
    """

    text: str
    values: Mapping[str, Shown] = field(default_factory=dict)
    quoted: bool = False

    def __str__(self) -> str:
        """Write it in English on one line, as records and terminals do."""
        return ENGLISH.tell(self.text, **self.values)


@frozen
class Lines:
    """Sentences below one another, such as the layers of a network, in a paragraph of their own.

    They go by numbers, by letters where they are options to choose from, or by bullets if not `ordered`.
    """

    items: tuple[Message, ...]
    ordered: bool = True
    lettered: bool = False


@frozen
class Decimals:
    """A number to be written with decimals, all of them, where that is possible."""

    value: Number

    def __str__(self) -> str:
        """Write it in English."""
        return decimals(self.value)


Shown: TypeAlias = "Number | Decimals | str | Symbol | Figure | Message | Lines"


def say(text: str, /, **values: Shown) -> Message:
    """Write a `Message`; ``{{ name }}`` in the text stands for the value of that name."""
    return Message(text, values)


def quote(text: str, values: Mapping[str, Shown] | None = None) -> Message:
    """Write a `Message` of a text that stands in an entry."""
    return Message(text, values or {}, quoted=True)


def listed(values: Sequence[Shown], between: str = ", ") -> Message:
    """Write a `Message` of values one after the other."""
    names = [f"n{place}" for place in range(len(values))]
    return Message(between.join(f"{{{{ {name} }}}}" for name in names), dict(zip(names, values, strict=True)))


def either(values: Sequence[Shown]) -> Message:
    """Write a `Message` of values of which one is meant: ``A, B or C``."""
    *others, last = values
    return say("{{ one }} or {{ other }}", one=listed(others), other=last) if others else listed(values)


# -- inline nodes -------------------------------------------------------------------------------


@frozen
class Text:
    """Plain characters; a walker escapes them."""

    text: str


@frozen
class Numeral:
    """An exact number, perhaps to be written with decimals; a walker writes it as its locale does."""

    value: Number
    decimals: bool = False


@frozen
class Math:
    """A formula in LaTeX."""

    latex: str


@frozen
class Code:
    """Characters to be typed as they stand."""

    text: str


@frozen
class Emphasis:
    """Emphasised text; strong or light."""

    children: tuple[Inline, ...]
    strong: bool = False


@frozen
class Quoted:
    """Words of an entry, in its language."""

    children: tuple[Inline, ...]


Inline: TypeAlias = "Text | Numeral | Math | Code | Emphasis | Quoted"

# -- blocks -------------------------------------------------------------------------------------


@frozen
class Paragraph:
    """A paragraph of running text."""

    children: tuple[Inline, ...]


@frozen
class Listing:
    """A bulleted, numbered or lettered list; each item is a document of its own."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    lettered: bool = False


@frozen
class Formula:
    """A formula on a line of its own, in LaTeX."""

    latex: str


@frozen
class FigureRow:
    """Figures side by side, each with its label."""

    figures: tuple[Figure, ...]


Block: TypeAlias = "Paragraph | Listing | Formula | FigureRow"
Document: TypeAlias = tuple[Block, ...]
