"""Formulas drawn for a PDF: which signs of the font stand where.

Slow to load, and needed for PDFs only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar
from xml.etree.ElementTree import Element

from ziafont.glyph import SimpleGlyph
from ziafont.svgpath import Cubic, Lineto, Moveto, Quad
from ziamath.drawable import Glyph, HLine
from ziamath.nodes.mnode import Mnode
from ziamath.nodes.mnumber import Midentifier, Mnumber, Mtext
from ziamath.nodes.moperator import Moperator
from ziamath.nodes.mrow import Mrow
from ziamath.operators import operators
from ziamath.zmath import Math

from ..frozen import frozen
from .formulas import UNITS_PER_EM
from .plain_formula import plain

GROWING = frozenset(sign for (sign, _), how in operators.items() if how.get("stretchy", "false") != "false")
MOST_SIGNS = 4096
_STYLE = ("mathcolor", "mathbackground", "mathsize", "scriptlevel", "displaystyle")
_VARIANT = ("style", "italic", "bold", "normal")
_SURROUNDINGS = attrgetter(
    *("mtag", "font", "size"),
    *(f"style.{each}" for each in _STYLE),
    *(f"style.mathvariant.{each}" for each in _VARIANT),
)
_PLACE = ("element", "parent")
_OF_ROWS = frozenset({"rowymin", "rowymax", "nostretch"})  # what only signs that grow ask for
_CURVE = b"%.6g %.6g %.6g %.6g %.6g %.6g c"


@frozen
class Drawing:
    """A formula as it is drawn; lengths are in 1/16 em, from its place on the baseline to the right and down.

    Attributes
    ----------
    words
        What it says.
    left, top, width, height
        The box around it.
    operators
        What draws it in a PDF, with y going down.
    outlines
        The operators that draw each sign that it is made of, by the names that `operators` call them.
    """

    words: str
    left: float
    top: float
    width: float
    height: float
    operators: bytes
    outlines: Mapping[str, bytes]


class Row(Mrow, tag="mrow"):
    """A row of a formula that is set twice only if a sign in it grows with the row.

    The library always sets all that stands in a row once more beforehand, to find out how high it is; so what
    stands in rows in rows is set twice as often with each level. Few rows have a sign that asks for it.
    """

    def _get_height_nostretch(self, line: list[Element], **kwargs: Any) -> tuple[float, float]:
        if any(_grows(sign) for part in line for sign in part.iter()):
            height: tuple[float, float] = super()._get_height_nostretch(line, **kwargs)
            return height
        return 0, 0


class Sign(Mnode, tag="sign"):
    """A sign that is set once for all places where it looks the same, unless it grows with its row.

    A formula is mostly signs, and few of them; the library takes its time over the style of each.
    """

    known: ClassVar[dict[tuple[Any, ...], dict[str, Any]]] = {}

    def __init__(self, element: Element, parent: Mnode, **kwargs: Any) -> None:
        if _grows(element):
            super().__init__(element, parent, **kwargs)
            return
        asked = frozenset(each for each in kwargs.items() if each[0] not in _OF_ROWS)
        looks = (type(self), element.text, frozenset(element.items()), asked, _SURROUNDINGS(parent))
        if (same := self.known.get(looks)) is None:
            super().__init__(element, parent, **kwargs)
            if len(self.known) < MOST_SIGNS:
                self.known[looks] = {name: each for name, each in vars(self).items() if name not in _PLACE}
        else:
            vars(self).update(same, element=element, parent=parent)


class Number(Sign, Mnumber, tag="mn"):
    """Digits."""


class Identifier(Sign, Midentifier, tag="mi"):
    """A letter, or the name of a function."""


class Words(Sign, Mtext, tag="mtext"):
    """Words between signs."""


class Operator(Sign, Moperator, tag="mo"):
    """A sign of an operation or a relation, a bracket, or a comma."""


def _grows(sign: Element) -> bool:
    usual = "true" if (sign.text or "").strip() in GROWING else "false"
    return sign.get("stretchy", usual) != "false"


def drawing_of(tree: Element) -> Drawing:
    """Draw a formula; the tree is used up."""
    words = plain(tree)
    formula = Math(tree, size=UNITS_PER_EM, margin=0).node
    box = formula.bbox
    left = min(box.xmin, 0)
    signs: dict[str, SimpleGlyph] = {}
    operators = b"\n".join(_placed(formula, 0, 0, signs))
    outlines = {name: outline(sign) for name, sign in signs.items()}
    return Drawing(words, left, -box.ymax, box.xmax - left, box.ymax - box.ymin, operators, outlines)


def _placed(part: Any, x: float, y: float, signs: dict[str, SimpleGlyph]) -> Iterator[bytes]:
    """Draw a part of a formula at its place, and collect the signs by their names."""
    match part:
        case Mnode():
            for inner, (right, down) in zip(part.nodes, part.nodexy, strict=False):
                yield from _placed(inner, x + right, y + down, signs)
        case Glyph(glyph=sign):
            if sign.operators:  # a space has none
                signs[sign.id] = sign
                scale = part.size / sign.font.info.layout.unitsperem
                yield b"q %.5g 0 0 %.5g %.2f %.2f cm /%b Do Q" % (scale, -scale, x, y, sign.id.encode())
        case HLine():
            yield b"%.2f %.2f %.2f %.2f re f" % (x, y, part.length, part.lw)
        case _:
            raise TypeError(f"it is drawn with a {type(part).__name__}, which cannot be printed")


@cache
def outline(sign: SimpleGlyph) -> bytes:
    """Write what draws a sign, in units of its font; a PDF knows no quadratic curves."""
    written = []
    here: Any = None
    for each in sign.operators:
        match each:
            case Moveto():
                here = each.p
                written.append(b"%g %g m" % (here.x, here.y))
            case Lineto():
                here = each.p
                written.append(b"%g %g l" % (here.x, here.y))
            case Quad():
                first, second = (_towards(each.p1, end) for end in (here, each.p2))
                here = each.p2
                written.append(_CURVE % (*first, *second, here.x, here.y))
            case Cubic():
                here = each.p3
                written.append(_CURVE % (each.p1.x, each.p1.y, each.p2.x, each.p2.y, here.x, here.y))
    return b"\n".join((*written, b"f"))


def _towards(bend: Any, end: Any) -> tuple[float, float]:
    """Return the handle of a cubic curve that equals a quadratic one."""
    return (2 * bend.x + end.x) / 3, (2 * bend.y + end.y) / 3
