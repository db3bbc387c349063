"""Formulas for a browser, as MathML, and for a PDF, as boxes in which they are drawn.

A browser lays MathML out itself and reads it to the blind. The PDF writer ignores it silently (1/9 would
print as 19), so there formulas are drawn, with the same font.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, fromstring

from ..language import ENGLISH, Language
from ..text import TextError
from .formula_tree import MOST_CHARACTERS, formula_tree

if TYPE_CHECKING:
    from .formula_drawing import Drawing

UNITS_PER_EM = 16

_FACTOR = r"(?:\d+|\(-\d+\))"
_PRODUCT = rf"{_FACTOR}(?:\\cdot {_FACTOR})*"
_WORKED_CELL = re.compile(rf"([A-Za-z]+(?:_\{{[\d,]+\}})?=)({_PRODUCT}(?:\+{_PRODUCT})+)(=-?\d+)?")
"""``Y_{0,1}=2\\cdot (-1)+3\\cdot 5=13``: a worked solution has one for each cell."""


@lru_cache(maxsize=4096)
def mathml(latex: str, *, display: bool = False, language: Language = ENGLISH) -> str:
    """Write a formula as MathML.

    Raises
    ------
    TextError
        If it is no LaTeX that papers know.
    """
    if (cell := _WORKED_CELL.fullmatch(latex)) and len(latex) <= MOST_CHARACTERS:
        symbol, total, result = cell.groups()
        products = "<mo>+</mo>".join(map(_set, total.split("+")))
        row = f"{_set(symbol)}{products}{_set(result) if result else ''}"
        return f'<math display="{"block" if display else "inline"}"><mrow>{row}</mrow></math>'
    return _xml(formula_tree(latex, display=display, language=language))


@lru_cache(maxsize=4096)  # few numbers make few products, and they come again and again
def _set(latex: str) -> str:
    """Set a part that looks the same wherever it stands."""
    (row,) = formula_tree(latex)
    return "".join(map(_xml, row))


def _xml(element: Element) -> str:
    """Write what `xml.etree.ElementTree.tostring` writes, which knows of name spaces and takes its time."""
    values = ((name, escape(value, quote=False).replace('"', "&quot;")) for name, value in element.items())
    attributes = "".join(f' {name}="{value}"' for name, value in values)
    inside = escape(element.text or "", quote=False) + "".join(map(_xml, element))
    return (
        f"<{element.tag}{attributes}>{inside}</{element.tag}>" if inside else f"<{element.tag}{attributes} />"
    )


def formula_box(latex: str, *, display: bool = False, language: Language = ENGLISH) -> str:
    """Write the place of a formula on a page for print, of its size and on the baseline of its line.

    It is empty: `pdf_formulas` draws the formula there when all is laid out.

    Raises
    ------
    TextError
        If it is no LaTeX that papers know.
    """
    drawing = drawn(latex, display=display, language=language)
    box = " ".join(f"{each:.2f}" for each in (drawing.left, drawing.top, drawing.width, drawing.height))
    depth = (drawing.top + drawing.height) / UNITS_PER_EM
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="formula" viewBox="{box}" '
        f'style="width:{drawing.width / UNITS_PER_EM:.3f}em;vertical-align:{-depth:.3f}em" '
        f'role="img" aria-label="{escape(drawing.words)}" '
        f'data-latex="{escape(latex)}" data-display="{display}"></svg>'
    )


@lru_cache(maxsize=4096)
def drawn(latex: str, *, display: bool = False, language: Language = ENGLISH) -> Drawing:
    """Draw a formula.

    Raises
    ------
    TextError
        If it is no LaTeX that papers know.
    """
    from .formula_drawing import drawing_of  # slow to load, and needed for PDFs only

    written = mathml(latex, display=display, language=language)  # sooner made and read than the tree is made
    try:
        return drawing_of(fromstring(written))  # noqa: S314 - we wrote it ourselves
    except Exception as error:  # the library's errors have no class in common
        raise TextError(f"the formula {latex!r} cannot be drawn: {error}") from error
