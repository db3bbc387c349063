"""The document tree as XHTML for other people's pages: no style sheet, no script, pictures as files.

Formulas are MathML, which browsers lay out by themselves. The elements have no namespace but that of MathML,
so that a writer can set them into HTML as well as into an XML format of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TypeAlias
from xml.etree.ElementTree import Element, tostring

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
    Symbol,
    Text,
)
from ..figures.model import Animation, Drawing, Figure, Figures
from ..figures.numerals import decimals, numeral
from ..language import Language
from ..render.formula_tree import formula_tree
from ..text import sentence
from .pictures import Picture, picture

Source: TypeAlias = Callable[[Picture], str]
"""Where a picture is found: the value of ``src``."""

Node: TypeAlias = "str | Element"

MATHML = "http://www.w3.org/1998/Math/MathML"


def element(tag: str, *children: Node, **attributes: str) -> Element:
    """Make an element of texts and elements."""
    made = Element(tag, attributes)
    for child in children:
        if isinstance(child, Element):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + child
        else:
            made.text = (made.text or "") + child
    return made


def fragment(document: Document, language: Language, source: Source) -> list[Element]:
    """Write a document as elements, one for each block.

    Raises
    ------
    TextError
        If a formula is no LaTeX that papers know.
    """
    return [_block(block, language, source) for block in document]


def said(message: Message | Symbol, language: Language) -> list[Node]:
    """Write a message of one paragraph, or a symbol, as what stands inside an element."""
    if isinstance(message, Symbol):
        return [_formula(message.latex, language)]
    return _inlines(sentence(message, language.translate), language)


def markup(*elements: Element) -> str:
    """Write elements as text that is both HTML and XML."""
    return "".join(tostring(each, encoding="unicode", short_empty_elements=True) for each in elements)


def _block(block: Block, language: Language, source: Source) -> Element:
    match block:
        case Paragraph(children):
            return element("p", *_inlines(children, language))
        case Listing(items, ordered, lettered):
            made = element(
                "ol" if ordered else "ul",
                *(element("li", *fragment(item, language, source)) for item in items),
            )
            if lettered:
                made.set("type", "A")
            return made
        case Formula(written):
            return element("p", _formula(written, language, display=True))
        case FigureRow(figures):
            return element("p", *(node for shown in figures for node in _figure(shown, language, source)))


def _figure(shown: Figure, language: Language, source: Source) -> list[Node]:
    """Write a figure behind its symbol; the members of a group have theirs before them."""
    label: list[Node] = [_formula(f"{shown.label} =", language), " "] if shown.label else []
    if not isinstance(shown, Figures):
        return [*label, _image(shown, language, source), " "]
    for member in shown.members:
        if member.label:
            label += [_formula(member.label, language), " "]
        label += [_image(member, language, source), " "]
    return label


def _image(shown: Drawing | Animation, language: Language, source: Source) -> Element:
    made = picture(shown, language)
    width = {} if made.width is None else {"width": str(made.width)}
    return element("img", src=source(made), alt=made.words, **width)


def _inlines(nodes: Iterable[Inline], language: Language) -> list[Node]:
    return [made for node in nodes for made in _inline(node, language)]


def _inline(node: Inline, language: Language) -> list[Node]:
    match node:
        case Text(text):
            first, *others = text.split("\n")
            return [first, *(made for line in others for made in (element("br"), line))]
        case Numeral(value, decimals=True):
            return [language.number(decimals(value))]
        case Numeral(Fraction() as value) if value.denominator != 1:
            return [_formula(latex.number(value), language)]
        case Numeral(value):
            return [numeral(value)]
        case Math(written):
            return [_formula(written, language)]
        case Code(text):
            return [element("code", text)]
        case Emphasis(children, strong):
            return [element("strong" if strong else "em", *_inlines(children, language))]
        case Quoted(children):
            return _inlines(children, language)


def _formula(written: str, language: Language, *, display: bool = False) -> Element:
    made = formula_tree(written, display=display, language=language)
    made.set("xmlns", MATHML)
    return made
