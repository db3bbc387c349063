"""The document tree as XHTML for other people's pages: no style sheet, no script, pictures as files.

Formulas are MathML, which browsers lay out by themselves, unless a writer brings its own way. The elements
have no namespace but that of MathML, so that a writer can set them into HTML as well as into an XML format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from fractions import Fraction
from functools import lru_cache
from typing import Protocol, TypeAlias
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


class FormulaWriter(Protocol):
    """Writes LaTeX as an element, in a line or on one of its own."""

    def __call__(self, written: str, language: Language, *, display: bool = False) -> Element:
        """Write a formula."""


def mathml(written: str, language: Language, *, display: bool = False) -> Element:
    """Write a formula as MathML."""
    made = deepcopy(known_formula(written, language, display=display))
    made.set("xmlns", MATHML)
    return made


@lru_cache(maxsize=512)  # conventions and headings stand in every question
def known_formula(written: str, language: Language, *, display: bool = False) -> Element:
    """Return the tree of a formula, which nobody may change.

    Raises
    ------
    TextError
        If it is no LaTeX that papers know.
    """
    return formula_tree(written, display=display, language=language)


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


def fragment(
    document: Document, language: Language, source: Source, formula: FormulaWriter = mathml
) -> list[Element]:
    """Write a document as elements, one for each block.

    Raises
    ------
    TextError
        If a formula is no LaTeX that papers know.
    """
    return [_block(block, language, source, formula) for block in document]


def said(message: Message | Symbol, language: Language, formula: FormulaWriter = mathml) -> list[Node]:
    """Write a message of one paragraph, or a symbol, as what stands inside an element."""
    if isinstance(message, Symbol):
        return [formula(message.latex, language)]
    return _inlines(sentence(message, language.translate), language, formula)


def markup(*elements: Element) -> str:
    """Write elements as text that is both HTML and XML."""
    return "".join(tostring(each, encoding="unicode", short_empty_elements=True) for each in elements)


def _block(block: Block, language: Language, source: Source, formula: FormulaWriter) -> Element:
    match block:
        case Paragraph(children):
            return element("p", *_inlines(children, language, formula))
        case Listing(items, ordered, lettered):
            made = element(
                "ol" if ordered else "ul",
                *(element("li", *fragment(item, language, source, formula)) for item in items),
            )
            if lettered:
                made.set("type", "A")
            return made
        case Formula(written):
            return element("p", formula(written, language, display=True))
        case FigureRow(figures):
            drawn = [_figure(shown, language, source, formula) for shown in figures]
            return element("p", *(node for nodes in drawn for node in nodes))


def _figure(shown: Figure, language: Language, source: Source, formula: FormulaWriter) -> list[Node]:
    """Write a figure behind its symbol; the members of a group have theirs before them."""
    label: list[Node] = [formula(f"{shown.label} =", language), " "] if shown.label else []
    if not isinstance(shown, Figures):
        return [*label, _image(shown, language, source), " "]
    for member in shown.members:
        if member.label:
            label += [formula(member.label, language), " "]
        label += [_image(member, language, source), " "]
    return label


def _image(shown: Drawing | Animation, language: Language, source: Source) -> Element:
    made = picture(shown, language)
    width = {} if made.width is None else {"width": str(made.width)}
    return element("img", src=source(made), alt=made.words, **width)


def _inlines(nodes: Iterable[Inline], language: Language, formula: FormulaWriter) -> list[Node]:
    return [made for node in nodes for made in _inline(node, language, formula)]


def _inline(node: Inline, language: Language, formula: FormulaWriter) -> list[Node]:
    match node:
        case Text(text):
            first, *others = text.split("\n")
            return [first, *(made for line in others for made in (element("br"), line))]
        case Numeral(value, decimals=True):
            return [language.number(decimals(value))]
        case Numeral(Fraction() as value) if value.denominator != 1:
            return [formula(latex.number(value), language)]
        case Numeral(value):
            return [numeral(value)]
        case Math(written):
            return [formula(written, language)]
        case Code(text):
            return [element("code", text)]
        case Emphasis(children, strong):
            return [element("strong" if strong else "em", *_inlines(children, language, formula))]
        case Quoted(children):
            return _inlines(children, language, formula)
