"""Formulas for a browser, as MathML, and for a PDF, as boxes in which they are drawn.

A browser lays MathML out itself and reads it to the blind. The PDF writer ignores it silently (1/9 would
print as 19), so there formulas are drawn, with the same font.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring

from ..language import ENGLISH, Language
from ..text import TextError
from .formula_tree import formula_tree
from .plain_formula import plain_formula

if TYPE_CHECKING:
    from .formula_drawing import Drawing

UNITS_PER_EM = 16


@lru_cache(maxsize=4096)
def mathml(latex: str, *, display: bool = False, language: Language = ENGLISH) -> str:
    """Write a formula as MathML.

    Raises
    ------
    TextError
        If it is no LaTeX that papers know.
    """
    return tostring(formula_tree(latex, display=display, language=language), encoding="unicode")


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
        f'role="img" aria-label="{escape(plain_formula(latex, language))}" '
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

    tree = formula_tree(latex, display=display, language=language)
    try:
        return drawing_of(tree)
    except Exception as error:  # the library's errors have no class in common
        raise TextError(f"the formula {latex!r} cannot be drawn: {error}") from error
