"""The document tree as HTML; everything that is not ours is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from html import unescape

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
    Message,
    Numeral,
    Paragraph,
    Quoted,
    Text,
)
from ..figures.draw import draw
from ..figures.grid import SHOWN, Style
from ..figures.localised import localised
from ..figures.model import Animation, Drawing, Figure, Figures
from ..figures.numerals import decimals, numeral
from ..text import sentence
from .formulas import formula_box, mathml
from .look import Look
from .player import player, strip

FITS_A_PHONE = 18  # characters of a formula, if they are wide ones
_TAG = re.compile("<[^>]*>")
_PUNCTUATED = re.compile(r"([(\[“]{0,2})(<math.*?</math>)([,.;:!?)\]…%”’-]*)", re.DOTALL)


def fragment(document: Document, look: Look) -> Markup:
    """Write a document as HTML.

    Raises
    ------
    TextError
        If a formula is no LaTeX that papers know.
    """
    return _joined(_block(block, look) for block in document)


def inline(nodes: Iterable[Inline], look: Look) -> Markup:
    """Write what stands inside a sentence as HTML."""
    written = _inlines(nodes, look)
    return _with_punctuation(written) if look.medium == "screen" and "<math" in written else written


def _with_punctuation(written: Markup) -> Markup:
    """Keep formulas on one line with the marks around them, from which browsers part them, unlike words."""

    def kept(found: re.Match[str]) -> str:
        before, _, after = found.groups()
        return f'<span class="kept">{found[0]}</span>' if before or after else found[0]

    return Markup(_PUNCTUATED.sub(kept, written))  # noqa: S704 - it is markup already


@lru_cache(maxsize=1024)  # phrases come again and again
def said(message: Message, look: Look) -> Markup:
    """Write a message of one paragraph as HTML, in the language of the page."""
    return inline(sentence(message, look.translate), look)


def in_language(code: str, text: str, look: Look) -> Markup:
    """Mark words that are in another language than the page."""
    if code == look.language.code:
        return escape(text)
    return Markup('<span lang="{}">{}</span>').format(code, text)


def formula(source: str, look: Look, *, display: bool = False) -> Markup:
    """Write a formula, given in LaTeX, for a medium."""
    draw = mathml if look.medium == "screen" else formula_box
    return Markup(draw(source, display=display, language=look.language))  # noqa: S704 - both writers escape


def figure(shown: Figure, look: Look, style: Style = SHOWN) -> Markup:
    """Draw a figure with its symbol on the left; the members of a group have theirs below.

    An animation moves on the screen; in print it is a strip of pictures, with a break where a page ends.
    """
    if isinstance(shown, Figures):
        members = _joined(_member(member, look, style) for member in shown.members)
        return Markup('<span class="figure group">{}{}</span>').format(symbol(shown.label, look), members)
    if isinstance(shown, Animation):
        write = player if look.medium == "screen" else strip
        return write(localised(shown, look.language), symbol(shown.label, look), look.language)
    return Markup('<span class="figure">{}{}</span>').format(
        symbol(shown.label, look), drawing(shown, look, style)
    )


def drawing(shown: Drawing, look: Look, style: Style = SHOWN) -> Markup:
    """Draw a figure without its symbol."""
    return Markup(draw(shown, style, look.language))  # noqa: S704 - the drawing escapes its entries


def symbol(label: str, look: Look) -> Markup:
    """Write the symbol before a figure or an answer, with its equals sign; nothing if it has none."""
    if not label:
        return Markup()
    return Markup('<span class="symbol">{}</span>').format(formula(f"{label} =", look))


def _member(shown: Drawing, look: Look, style: Style) -> Markup:
    return Markup('<span class="member">{}<span class="caption">{}</span></span>').format(
        drawing(shown, look, style), formula(shown.label, look) if shown.label else ""
    )


def _block(block: Block, look: Look) -> Markup:
    match block:
        case Paragraph(children):
            return Markup("<p>{}</p>\n").format(inline(children, look))
        case Listing(items, ordered, lettered):
            tag = "ol" if ordered else "ul"
            letters = Markup(' class="letters"') if lettered else Markup()
            entries = _joined(Markup("<li>{}</li>\n").format(fragment(item, look)) for item in items)
            return Markup("<{}{}>\n{}</{}>\n").format(tag, letters, entries, tag)
        case Formula(source):
            return _display(formula(source, look, display=True), look)
        case FigureRow(figures):
            drawn = _joined(figure(shown, look) for shown in figures)
            return Markup('<div class="figures">{}</div>\n').format(drawn)


def _display(written: Markup, look: Look) -> Markup:
    """Set a formula on a line of its own; a long one is scrolled by keyboard as well."""
    scrolls = look.medium == "screen" and _is_long(written)
    stop = Markup(' tabindex="0"') if scrolls else Markup()
    return Markup('<div class="display"{}>{}</div>\n').format(stop, written)


@lru_cache(maxsize=1024)  # formulas come again and again
def _is_long(written: Markup) -> bool:
    return len(unescape(" ".join(_TAG.sub("", written).split()))) > FITS_A_PHONE


def _inlines(nodes: Iterable[Inline], look: Look) -> Markup:
    return _joined(_inline(node, look) for node in nodes)


def _inline(node: Inline, look: Look) -> Markup:
    match node:
        case Text(text):
            return Markup("<br>").join(text.split("\n")) if "\n" in text else escape(text)
        case Numeral(value, decimals=True):
            return escape(look.language.number(decimals(value)))
        case Numeral(Fraction() as value) if value.denominator != 1:
            return formula(latex.number(value), look)
        case Numeral(value):
            return escape(numeral(value))
        case Math(source):
            return formula(source, look)
        case Code(text):
            return Markup("<code>{}</code>").format(text)
        case Emphasis(children, strong):
            tag = "strong" if strong else "em"
            return Markup("<{}>{}</{}>").format(tag, _inlines(children, look), tag)
        case Quoted(children):
            return in_language(look.quoted, _inlines(children, look), look)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("".join(parts))  # noqa: S704 - all of them are markup already
