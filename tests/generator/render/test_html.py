"""Every node of the document tree as HTML, for browsers and for print."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from convexam.generator.document import (
    Block,
    Code,
    Document,
    Emphasis,
    FigureRow,
    Formula,
    Listing,
    Math,
    Numeral,
    Paragraph,
    Text,
)
from convexam.generator.figures.grid import grid_svg
from convexam.generator.figures.model import Figures, Grid
from convexam.generator.render.formulas import formula_box, mathml
from convexam.generator.render.html import fragment
from convexam.generator.render.look import PRINT, SCREEN, Look

EVIL = "</p><script>&\"'"
GRID = Grid(((1, 2),), "X")


def para(*inlines: object) -> Document:
    return (Paragraph(inlines),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        pytest.param(para(Text("a & b\nc")), "<p>a &amp; b<br>c</p>\n", id="text"),
        pytest.param(para(Numeral(-3)), "<p>−3</p>\n", id="integer"),
        pytest.param(para(Numeral(Fraction(4, 2))), "<p>2</p>\n", id="whole fraction"),
        pytest.param(
            para(Numeral(Fraction(1, 9))), f"<p>{mathml(chr(92) + 'tfrac{1}{9}')}</p>\n", id="fraction"
        ),
        pytest.param(para(Code("<a>")), "<p><code>&lt;a&gt;</code></p>\n", id="code"),
        pytest.param(
            para(Emphasis((Emphasis((Text("<"),), strong=True),))),
            "<p><em><strong>&lt;</strong></em></p>\n",
            id="emphasis",
        ),
        pytest.param(
            (Listing((para(Text("a")), para(Text("b"))), ordered=True),),
            "<ol>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>\n",
            id="list",
        ),
        pytest.param(
            (Formula("x"),), f'<div class="display">{mathml("x", display=True)}</div>\n', id="display formula"
        ),
        pytest.param(
            (FigureRow((GRID,)),),
            f'<div class="figures"><span class="figure"><span class="symbol">{mathml("X =")}</span>'
            f"{grid_svg(GRID)}</span></div>\n",
            id="figure",
        ),
        pytest.param(
            (FigureRow((Grid(((1,),)),)),),
            f'<div class="figures"><span class="figure">{grid_svg(Grid(((1,),)))}</span></div>\n',
            id="figure without a symbol",
        ),
    ],
)
def test_screen(document: Document, expected: str) -> None:
    assert str(fragment(document, SCREEN)) == expected


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        (" of ", ", and", ["{},"]),
        ("(", ").", ["({})."]),
        ("([", "] ", ["([{}]"]),
        ("the ", "-th", ["{}-"]),
        ("a", " (b", []),
    ],
)
def test_no_line_ends_between_a_formula_and_the_marks_around_it(
    before: str, after: str, kept: list[str]
) -> None:
    document = para(Text(before), Math("x"), Text(after))
    spans = re.findall('<span class="kept">(.*?)</span>', fragment(document, SCREEN))
    assert spans == [each.format(mathml("x")) for each in kept]
    assert "kept" not in fragment(document, PRINT)


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(Paragraph((Text(EVIL),)), id="text"),
        pytest.param(Paragraph((Code(EVIL),)), id="code"),
        pytest.param(Paragraph((Math(rf"\text{{{EVIL}}}"),)), id="formula"),
        pytest.param(FigureRow((Grid(((EVIL,),)),)), id="cell"),
        pytest.param(FigureRow((Grid(((1,),), rf"\text{{{EVIL}}}"),)), id="symbol"),
    ],
)
@pytest.mark.parametrize("look", [SCREEN, PRINT])
def test_everything_is_escaped(block: Block, look: Look) -> None:
    assert "<script" not in fragment((block,), look)


def test_print_has_drawn_formulas_only() -> None:
    document = (Formula("x"), *para(Math("y"), Numeral(Fraction(1, 9))), FigureRow((Figures("M", (GRID,)),)))
    shown = fragment(document, PRINT)
    assert "<math" not in shown
    assert formula_box("x", display=True) in shown
    assert formula_box("y") in shown
    assert "</svg>" not in re.sub(r"<svg.*?</svg>", "", fragment(document, SCREEN))
