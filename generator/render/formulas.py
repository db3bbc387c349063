"""Formulas for a browser, as MathML, and for a PDF, as SVG.

A browser lays MathML out itself and reads it to the blind. The PDF writer ignores it silently (1/9 would
print as 19), so there formulas are drawn beforehand, with the same font.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from xml.etree.ElementTree import Element, tostring

from ..figures.svg import INK
from ..language import ENGLISH, Language
from ..text import TextError
from .formula_tree import formula_tree
from .plain_formula import plain_formula

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
