"""The formulas of a PDF: drawn into the boxes that the page keeps for them, and written below as text.

WeasyPrint would take longer over the outlines of formulas than over all else. So it lays out empty boxes, and
what it marked as one of them is filled here. Each sign is an object of the PDF, drawn wherever it stands.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from textwrap import wrap
from typing import Any
from xml.etree.ElementTree import Element

from ..figures.svg import INK
from ..frozen import frozen
from ..language import Language
from .formulas import UNITS_PER_EM, drawn
from .pdf_objects import at

_FAR = 10_000  # from the place of a sign, in units of its font: nothing of it is cut off
_FONT = "words"  # a name that no other font has
_WIDTH = 500  # of a letter of the text below, in 1/1000 em
_INVISIBLE = 3
_COLOUR = b"%.3f %.3f %.3f rg" % tuple(int(INK[place : place + 2], 16) / 255 for place in (1, 3, 5))

_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


@frozen
class Shown:
    """A formula on a page.

    Attributes
    ----------
    words
        What it says.
    latex, display
        How it is set.
    """

    words: str
    latex: str
    display: bool


def shown(box: Element) -> Shown:
    """Return the formula that belongs into a box of a page."""
    return Shown(box.get("aria-label", ""), box.get("data-latex", ""), box.get("data-display") == "True")


@frozen
class Box:
    """Where a formula is to be drawn: its piece of marked content.

    Attributes
    ----------
    operators
        Those of the page.
    start
        The place among them where the properties of the piece stand.
    """

    formula: Shown
    operators: list[Any]
    start: int


def draw_formulas(pdf: Any, boxes: Sequence[Box], language: Language) -> None:
    """Draw formulas into their boxes, and say there what they say.

    Parameters
    ----------
    pdf
        What WeasyPrint is about to write.
    boxes
        All that there are.
    language
        That of the page.
    """
    import pydyf

    resources = at(pdf, at(pdf, pdf.page_references[0])["Resources"])
    font = _add_font(pdf, resources, {letter for box in boxes for letter in box.formula.words})
    for box in reversed(boxes):  # what is put in moves nothing that is still to be looked at
        formula = box.formula
        drawing = drawn(formula.latex, display=formula.display, language=language)
        for name, outline in drawing.outlines.items():
            if name not in resources["XObject"]:
                resources["XObject"][name] = _add_sign(pdf, outline)
        box.operators[box.start]["ActualText"] = pydyf.String(formula.words)
        inside = _inside(box.operators, box.start)
        text = _text(formula.words, drawing.left, drawing.width, font) if font else ()
        box.operators[inside:inside] = (_COLOUR, drawing.operators, *text)


def _inside(operators: list[Any], start: int) -> int:
    """Return the place at which all is scaled and moved as in the box that is marked here."""
    end = operators.index(b"EMC", start)
    last = max(place for place in range(start + 1, end) if operators[place].endswith(b" cm"))
    return last + 1


def _add_sign(pdf: Any, outline: bytes) -> Any:
    import pydyf

    box = pydyf.Array([-_FAR, -_FAR, _FAR, _FAR])
    sign = pydyf.Stream([outline], {"Type": "/XObject", "Subtype": "/Form", "BBox": box}, compress=True)
    pdf.add_object(sign)
    return sign.reference


# -- the text below ---------------------------------------------------------------------------------


def _text(words: str, left: float, width: float, font: bytes) -> tuple[bytes, ...]:
    """Write words without ink, as wide as the formula, so that they are found and copied with their line."""
    codes = words.encode("utf-16-be").hex().encode()
    natural = len(codes) / 4 * _WIDTH / 1000 * UNITS_PER_EM
    return (
        b"BT %d Tr /%b %d Tf %.2f Tz" % (_INVISIBLE, font, UNITS_PER_EM, 100 * width / natural),
        b"1 0 0 -1 %.2f 0 Tm <%b> Tj ET" % (left, codes),
    )


def _add_font(pdf: Any, resources: Any, letters: Set[str]) -> bytes:
    """Add a font for the text below, and return its name; its codes are those of Unicode.

    As nothing of it is seen, it is one of the fonts of the page once more; without one there is no such text.
    """
    import pydyf

    fonts = at(pdf, resources["Font"])
    if not letters or not fonts:
        return b""
    shown = at(pdf, next(iter(fonts.values())))
    descendant = pydyf.Dictionary({**at(pdf, shown["DescendantFonts"][0]), "DW": _WIDTH})
    descendant.pop("W", None)
    mapping = pydyf.Stream([_to_unicode(letters)], compress=True)
    for each in (descendant, mapping):
        pdf.add_object(each)
    font = pydyf.Dictionary(
        {**shown, "ToUnicode": mapping.reference, "DescendantFonts": pydyf.Array([descendant.reference])}
    )
    pdf.add_object(font)
    fonts[_FONT] = font.reference
    return _FONT.encode()


def _to_unicode(letters: Set[str]) -> bytes:
    """Write the table that tells the letter of each code: itself."""
    units = {code for letter in letters for code in wrap(letter.encode("utf-16-be").hex(), 4)}
    lines = [f"<{code}> <{code}>" for code in sorted(units)]
    blocks = ["\n".join(lines[start : start + 100]) for start in range(0, len(lines), 100)]  # no more at once
    tables = "\n".join(f"{block.count(chr(10)) + 1} beginbfchar\n{block}\nendbfchar" for block in blocks)
    return _CMAP.format(tables).encode()
