"""The document tree as HTML; everything that is not ours is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal, TypeAlias

from markupsafe import Markup, escape

from .. import latex
from ..document import (
    Block,
    Code,
    Document,
    Emphasis,
    FigureRow,
    Formula,
    Inline,
    Listing,
    Math,
    Numeral,
    Paragraph,
    Text,
)
from ..figures.draw import draw
from ..figures.grid import SHOWN, Style
from ..figures.model import Animation, Drawing, Figure, Figures
from ..figures.numerals import numeral
from .formulas import formula_svg, mathml
from .player import player, strip

Medium: TypeAlias = Literal["screen", "print"]
"""A browser, which lays MathML out, or the PDF writer, which does not."""


def fragment(document: Document, medium: Medium) -> Markup:
    """Write a document as HTML.

    Raises
    ------
    TextError
        If a formula is no LaTeX that papers know.
    """
    return _joined(_block(block, medium) for block in document)


def inline(nodes: Iterable[Inline], medium: Medium) -> Markup:
    """Write what stands inside a sentence as HTML."""
    return _joined(_inline(node, medium) for node in nodes)


def formula(source: str, medium: Medium, *, display: bool = False) -> Markup:
    """Write a formula, given in LaTeX, for a medium."""
    draw = mathml if medium == "screen" else formula_svg
    return Markup(draw(source, display=display))  # noqa: S704 - both writers escape


def figure(shown: Figure, medium: Medium, style: Style = SHOWN) -> Markup:
    """Draw a figure with its symbol on the left; the members of a group have theirs below.

    An animation moves on the screen; in print it is a strip of pictures, with a break where a page ends.
    """
    if isinstance(shown, Figures):
        members = _joined(_member(member, medium, style) for member in shown.members)
        return Markup('<span class="figure group">{}{}</span>').format(symbol(shown.label, medium), members)
    if isinstance(shown, Animation):
        write = player if medium == "screen" else strip
        return write(shown, symbol(shown.label, medium))
    return Markup('<span class="figure">{}{}</span>').format(
        symbol(shown.label, medium), drawing(shown, style)
    )


def drawing(shown: Drawing, style: Style = SHOWN) -> Markup:
    """Draw a figure without its symbol."""
    return Markup(draw(shown, style))  # noqa: S704 - the drawing escapes its entries


def symbol(label: str, medium: Medium) -> Markup:
    """Write the symbol before a figure or an answer, with its equals sign; nothing if it has none."""
    if not label:
        return Markup()
    return Markup('<span class="symbol">{}</span>').format(formula(f"{label} =", medium))


def _member(shown: Drawing, medium: Medium, style: Style) -> Markup:
    return Markup('<span class="member">{}<span class="caption">{}</span></span>').format(
        drawing(shown, style), formula(shown.label, medium) if shown.label else ""
    )


def _block(block: Block, medium: Medium) -> Markup:
    match block:
        case Paragraph(children):
            return Markup("<p>{}</p>\n").format(inline(children, medium))
        case Listing(items, ordered, lettered):
            tag = "ol" if ordered else "ul"
            letters = Markup(' class="letters"') if lettered else Markup()
            entries = _joined(Markup("<li>{}</li>\n").format(fragment(item, medium)) for item in items)
            return Markup("<{}{}>\n{}</{}>\n").format(tag, letters, entries, tag)
        case Formula(source):
            return Markup('<div class="display">{}</div>\n').format(formula(source, medium, display=True))
        case FigureRow(figures):
            drawn = _joined(figure(shown, medium) for shown in figures)
            return Markup('<div class="figures">{}</div>\n').format(drawn)


def _inline(node: Inline, medium: Medium) -> Markup:
    match node:
        case Text(text):
            return Markup("<br>").join(text.split("\n"))
        case Numeral(Fraction() as value) if value.denominator != 1:
            return formula(latex.number(value), medium)
        case Numeral(value):
            return escape(numeral(value))
        case Math(source):
            return formula(source, medium)
        case Code(text):
            return Markup("<code>{}</code>").format(text)
        case Emphasis(children, strong):
            tag = "strong" if strong else "em"
            return Markup("<{}>{}</{}>").format(tag, inline(children, medium), tag)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup().join(parts)
