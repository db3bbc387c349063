"""Formulas for a browser, as MathML, and for a PDF, as SVG.

A browser lays MathML out itself and reads it to the blind. The PDF writer ignores it silently (1/9 would
print as 19), so there formulas are drawn beforehand, with the same font.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from xml.etree.ElementTree import Element

from ..figures.svg import INK
from ..language import ENGLISH, Language
from ..text import TextError
from .formula_tree import MOST_CHARACTERS, formula_tree
from .plain_formula import plain_formula

UNITS_PER_EM = 16

_FACTOR = r"(?:\d+|\(-\d+\))"
_PRODUCT = rf"{_FACTOR}(?:\\cdot {_FACTOR})*"
_WORKED_CELL = re.compile(rf"([A-Za-z]_\{{[\d,]+\}}=)({_PRODUCT}(?:\+{_PRODUCT})+)(=-?\d+)?")
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


@lru_cache(maxsize=4096)
def formula_svg(latex: str, *, display: bool = False, language: Language = ENGLISH) -> str:
    """Draw a formula as one path, in em, standing on the baseline of its line.

    Raises
    ------
    TextError
        If it is no LaTeX that papers know.
    """
    x, y, width, height, path = _drawn(latex, display=display, language=language)
    box = f'viewBox="{x:.2f} {y:.2f} {width:.2f} {height:.2f}"'
    depth = (y + height) / UNITS_PER_EM
    words = escape(plain_formula(latex, language))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="formula" {box} '
        f'style="width:{width / UNITS_PER_EM:.3f}em;vertical-align:{-depth:.3f}em" '
        f'role="img" aria-label="{words}"><path d="{path}" fill="{INK}"/></svg>'
    )


def _drawn(latex: str, *, display: bool, language: Language) -> tuple[float, float, float, float, str]:
    """Return left, top, width, height and path of a formula; y = 0 is its baseline."""
    from ziamath.config import config  # slow to load, and needed for PDFs only
    from ziamath.zmath import Math

    config.svg2 = False
    config.precision = 2
    try:
        formula = Math(formula_tree(latex, display=display, language=language), size=UNITS_PER_EM, margin=0)
        drawing = formula.svgxml()
    except TextError:
        raise
    except Exception as error:  # its errors have no class in common either
        raise TextError(f"the formula {latex!r} cannot be drawn: {error}") from error
    box = formula.node.bbox
    left = min(box.xmin, 0)
    return left, -box.ymax, box.xmax - left, box.ymax - box.ymin, "".join(_outlines(drawing))


def _outlines(drawing: Element) -> Iterator[str]:
    for element in drawing:
        if element.tag == "path":
            yield re.sub(r" ?([MLQZ]) ?", r"\1", element.attrib["d"])
        elif element.tag == "rect":
            x, y, width, height = (element.attrib[name] for name in ("x", "y", "width", "height"))
            yield f"M{x} {y}h{width}v{height}h-{width}Z"
        else:
            raise TextError(f"the formula is drawn with a {element.tag!r}, which cannot be printed")
