"""The drawings of a page, made ready for the PDF writer.

WeasyPrint makes an object of its own, with all that belongs to a transparent group, of every text that is
centred on its point or ends there. So such texts are moved beforehand to where they begin.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from xml.etree.ElementTree import Element

from ..resources import resource
from .stylesheet import FONTS

_TEXT = "{http://www.w3.org/2000/svg}text"
_INHERITED = ("text-anchor", "font-family", "font-size", "font-weight", "font-style")
_BEFORE = {"middle": 0.5, "end": 1.0}  # the share of a text that stands before its point


def begin_texts(part: Element, inherited: Mapping[str, str] | None = None) -> None:
    """Give the texts of a drawing the place where they begin, if they are in one look and a font of ours."""
    look = {**(inherited or {}), **{name: part.attrib[name] for name in _INHERITED if name in part.attrib}}
    if part.tag == _TEXT and not len(part) and look.get("text-anchor") in _BEFORE:
        width = _width(part.text or "", look)
        if width is not None:
            before = width * _BEFORE[look["text-anchor"]]
            part.attrib |= {"x": f"{float(part.get('x', 0)) - before:.4f}", "text-anchor": "start"}
    for inner in part:
        begin_texts(inner, look)


def _width(text: str, look: Mapping[str, str]) -> float | None:
    """Return how wide a text is, in the units of its size: letters in drawings stand each for itself."""
    family = look.get("font-family", "").partition(",")[0]
    advances = _advances(family, int(look.get("font-weight", 400)), look.get("font-style", "normal"))
    if not all(letter in advances for letter in text):
        return None
    return sum(advances[letter] for letter in text) * float(look["font-size"])


@cache
def _advances(family: str, weight: int, style: str) -> Mapping[str, float]:
    """Return how far each letter of a font of ours goes, in em; nothing for another font."""
    from fontTools.ttLib import TTFont

    for font in FONTS:
        if (font.family, font.weight, font.style) == (family, weight, style):
            known = TTFont(BytesIO(resource(f"fonts/{font.file}").read_bytes()))
            widths, em = known["hmtx"], known["head"].unitsPerEm
            return {chr(code): widths[name][0] / em for code, name in known.getBestCmap().items()}
    return {}
