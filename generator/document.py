"""The document tree: what every text of a paper becomes before it is HTML, PDF or terminal.

A prompt, a worked step and a sentence of feedback take the same way: Markdown with
``{{ name }}`` for values and ``$...$`` for formulas is parsed by `text.blocks` into the nodes
below. Only the walkers in `render` know a medium or a locale: here a number is a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

Number: TypeAlias = int | Fraction


@dataclass(frozen=True)
class Grid:
    """Numbers in rows and columns: an image, a kernel, a feature map.

    Attributes
    ----------
    rows
        The cells; a number, a short text, or None for an empty cell. All rows are equally long.
    label
        The symbol, as LaTeX, that stands for the grid in a sentence and beside its drawing.
    marked
        Cells (row, column) to stand out, such as a window.
    faint
        Cells to stand back, such as padding.
    """

    rows: tuple[tuple[Number | str | None, ...], ...]
    label: str = ""
    marked: frozenset[tuple[int, int]] = frozenset()
    faint: frozenset[tuple[int, int]] = frozenset()


Figure: TypeAlias = Grid  # more kinds of figure join here


@dataclass(frozen=True)
class Figures:
    """Several figures that belong together, side by side: the channels of one image."""

    label: str
    members: tuple[Figure, ...]


@dataclass(frozen=True)
class Symbol:
    """A formula, as LaTeX, inside a sentence."""

    latex: str


@dataclass(frozen=True)
class Message:
    """A sentence for a student: English Markdown, which is also its key in the catalogues, and values."""

    text: str
    values: Mapping[str, Shown] = field(default_factory=dict)


@dataclass(frozen=True)
class Lines:
    """Sentences below one another, such as the layers of a network, in a paragraph of their own."""

    items: tuple[Message, ...]
    ordered: bool = True


Shown: TypeAlias = "Number | str | Symbol | Grid | Figures | Message | Lines"


def say(text: str, /, **values: Shown) -> Message:
    """Write a `Message`; ``{{ name }}`` in the text stands for the value of that name."""
    return Message(text, values)


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
    """A bulleted or numbered list; each item is a document of its own."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False


@dataclass(frozen=True)
class Formula:
    """A formula on a line of its own, in LaTeX."""

    latex: str


@dataclass(frozen=True)
class FigureRow:
    """Figures side by side, each with its label."""

    figures: tuple[Grid | Figures, ...]


Block: TypeAlias = "Paragraph | Listing | Formula | FigureRow"
Document: TypeAlias = tuple[Block, ...]
