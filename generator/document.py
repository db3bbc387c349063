"""The document tree: what every text of a paper becomes before it is HTML, PDF or terminal.

A prompt, a worked step and a sentence of feedback take the same way: Markdown with
``{{ name }}`` for values and ``$...$`` for formulas is parsed by `text.blocks` into the nodes
below. Only the walkers in `render` know a medium or a locale: here a number is a number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from .figures.model import Figure
from .number import Number


@dataclass(frozen=True)
class Symbol:
    """A formula, as LaTeX, inside a sentence."""

    latex: str


@dataclass(frozen=True)
class Message:
    """A sentence for a student: English Markdown, which is also its key in the catalogues, and values."""

    text: str
    values: Mapping[str, Shown] = field(default_factory=dict)

    def __str__(self) -> str:
        """Write it in English on one line, as records and terminals do."""
        return _PLACEHOLDER.sub(lambda match: str(self.values[match[1]]), self.text)


_PLACEHOLDER = re.compile(r"\{\{ (\w+) \}\}")


@dataclass(frozen=True)
class Lines:
    """Sentences below one another, such as the layers of a network, in a paragraph of their own.

    They go by numbers, by letters where they are options to choose from, or by bullets if not `ordered`.
    """

    items: tuple[Message, ...]
    ordered: bool = True
    lettered: bool = False


Shown: TypeAlias = "Number | str | Symbol | Figure | Message | Lines"


def say(text: str, /, **values: Shown) -> Message:
    """Write a `Message`; ``{{ name }}`` in the text stands for the value of that name."""
    return Message(text, values)


def listed(values: Sequence[Shown], between: str = ", ") -> Message:
    """Write a `Message` of values one after the other."""
    names = [f"n{place}" for place in range(len(values))]
    return Message(between.join(f"{{{{ {name} }}}}" for name in names), dict(zip(names, values, strict=True)))


def either(values: Sequence[Shown]) -> Message:
    """Write a `Message` of values of which one is meant: ``A, B or C``."""
    *others, last = values
    return say("{{ one }} or {{ other }}", one=listed(others), other=last) if others else listed(values)


# -- inline nodes -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """Plain characters; a walker escapes them."""

    text: str


@dataclass(frozen=True)
class Numeral:
    """An exact number; a walker writes it as its locale does."""

    value: Number


@dataclass(frozen=True)
class Math:
    """A formula in LaTeX."""

    latex: str


@dataclass(frozen=True)
class Code:
    """Characters to be typed as they stand."""

    text: str


@dataclass(frozen=True)
class Emphasis:
    """Emphasised text; strong or light."""

    children: tuple[Inline, ...]
    strong: bool = False


Inline: TypeAlias = "Text | Numeral | Math | Code | Emphasis"

# -- blocks -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Listing:
    """A bulleted, numbered or lettered list; each item is a document of its own."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    lettered: bool = False


@dataclass(frozen=True)
class Formula:
    """A formula on a line of its own, in LaTeX."""

    latex: str


@dataclass(frozen=True)
class FigureRow:
    """Figures side by side, each with its label."""

    figures: tuple[Figure, ...]


Block: TypeAlias = "Paragraph | Listing | Formula | FigureRow"
Document: TypeAlias = tuple[Block, ...]
