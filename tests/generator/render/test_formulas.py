"""LaTeX becomes MathML for browsers, signs at their places for PDFs, and characters for everything else."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from ziafont.svgpath import Moveto, Point, Quad
from ziamath.nodes.mnode import Mnode, _node_classes
from ziamath.nodes.mnumber import Midentifier, Mnumber, Mtext
from ziamath.nodes.moperator import Moperator
from ziamath.nodes.mrow import Mrow
from ziamath.nodes.msubsup import Msub
from ziamath.zmath import Math

from convexam.generator.language import ENGLISH, Language, language
from convexam.generator.render import formula_drawing
from convexam.generator.render.formula_drawing import Sign, drawing_of, outline
from convexam.generator.render.formula_tree import formula_tree
from convexam.generator.render.formulas import UNITS_PER_EM, drawn, formula_box, mathml
from convexam.generator.render.plain_formula import plain_formula
from convexam.generator.text import TextError

PLAIN = {
    "x": "x",
    "-3": "−3",
    r"2\times 3": "2 × 3",
    r"3\cdot(-4)-2": "3 · (−4) − 2",
    r"\tfrac{1}{9}": "1/9",
    r"\frac{a+b}{2c}": "(a + b)/2c",
    "x_1^{2}": "x₁²",
    "K^{(0)}_{1}": "K₁⁽⁰⁾",
    "Y_{0,1}": "Y₀,₁",
    "x_{max}": "xₘₐₓ",
    "x_{W}": "x_W",
    "x^{ab}": "x^{ab}",
    "H'": "H′",
    r"\sqrt{2} + \sqrt{a+b}": "√2 + √(a + b)",
    r"\left\lfloor\frac{H+2p-k}{s}\right\rfloor+1": "⌊(H + 2p − k)/s⌋ + 1",
    r"\sum_{u=0}^{2} x_u": "∑ᵤ₌₀²xᵤ",
    r"\begin{bmatrix}1&-2\\3&4\end{bmatrix}": "[1 −2; 3 4]",
    r"\mathrm{ReLU}(x)=\max(0,x)": "ReLU(x) = max(0, x)",
    r"\text{same padding}": "same padding",
    r"a \neq b \to c": "a ≠ b → c",
}
BROKEN = {
    r"\foo x": "unknown command",
    r"\frac{1}": "leaves out an argument",
    "x^2^3": "not LaTeX",
    "x_{": "not LaTeX",
    "": "not LaTeX",
    r"\href{javascript:x}{y}": "'href'",
    r"\style{color:red}{y}": "'style'",
    r"\class{c}{y}": "'class'",
    r"\newcommand{\a}{b}\a": "defines a command",
    "{" * 5000 + "}" * 5000: "too long or nested too deeply",
    "{" * 10 + "x" + "}" * 10: "nested too deeply",
    "x+" * 500 + "x": "too long",
    r"\left(" * 10 + "x" + r"\right)" * 10: "nested too deeply",
    r"\begin{cases}" * 5 + "x" + r"\end{cases}" * 5: "nested too deeply",
    "x_{" * 5 + "y" + "}" * 5 + "+x_{" * 10 + "y" + "}" * 10: "nested too deeply",
}


SUMS = (
    "2+3", r"Y_{0,1}=2\cdot (-1)+3", r"Y_{0,1}=2\cdot (-1)+(-3)\cdot 12\cdot 0+5=-13", r"a_{1}=(-2)+3+4=5",
    r"Y_{0}=-2\cdot 3+4=-2", r"Y_{0}=1+2=3=4", r"Y_{0}=1.5+2=3.5", "Y=1+2",
)  # fmt: skip


@pytest.mark.parametrize("display", [False, True])
@pytest.mark.parametrize("among", [ENGLISH, language("nl")], ids=["en", "nl"])
@pytest.mark.parametrize("latex", [*PLAIN, *SUMS, '\\text{a < b & "c"}', r"\text{}"])
def test_what_is_set_in_parts_is_what_the_whole_tree_says(
    latex: str, among: Language, *, display: bool
) -> None:
    whole = ElementTree.tostring(formula_tree(latex, display=display, language=among), encoding="unicode")
    assert mathml(latex, display=display, language=among) == whole


@pytest.mark.parametrize("latex", PLAIN)
def test_plain(latex: str) -> None:
    assert plain_formula(latex) == PLAIN[latex]


@pytest.mark.parametrize("latex", PLAIN)
@pytest.mark.parametrize("display", [False, True])
def test_a_box_is_as_large_as_its_formula_and_on_the_baseline(latex: str, display: bool) -> None:
    svg, drawing = ElementTree.fromstring(formula_box(latex, display=display)), drawn(latex, display=display)
    assert svg.attrib["aria-label"] == PLAIN[latex]
    _, top, width, height = map(float, svg.attrib["viewBox"].split())
    assert (width, height) == pytest.approx((drawing.width, drawing.height), abs=0.01)
    assert width > 0
    assert height > 0
    assert f"vertical-align:{-(top + height) / 16:.3f}em"[:-5] in svg.attrib["style"]
    assert (svg.attrib["data-latex"], svg.attrib["data-display"]) == (latex, str(display))


@pytest.mark.parametrize(
    "latex",
    [
        *PLAIN,
        r"\left(\frac{\left|x\right|}{\sqrt{\left[y\right]^2}}\right)_{\left(z\right)}",
        r"\left(\left(a+\frac{1}{2}\right)^2+\left\lfloor\frac{x_1+x_1}{2}\right\rfloor\right)^3",
        r"\left(\begin{matrix}1&\left(\frac{1}{2}\right)^2\\3&4_{1,2}\end{matrix}\right)_{1,2}",
        r"\sum_{i=0}^{n}\left(x_i-\left(\frac{a}{b}\right)\right)_2+\displaystyle\left(\frac{x_i}{2}\right)",
    ],
)
def test_rows_are_set_as_the_library_sets_them(latex: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours leave out what changes nothing, and set a sign once."""
    monkeypatch.setattr(Sign, "known", {})
    ours = [drawing_of(formula_tree(latex, display=True)) for _ in range(2)]
    for theirs in (Mrow, Mnumber, Midentifier, Mtext, Moperator, Msub):
        monkeypatch.setitem(_node_classes, theirs.mtag, theirs)
    monkeypatch.setattr(formula_drawing, "_set", lambda tree: Math(tree, size=UNITS_PER_EM, margin=0).node)
    assert ours == [drawing_of(formula_tree(latex, display=True))] * 2


def test_a_sign_is_set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The middle two ones look the same; the last is smaller, and with its bracket kept once more."""
    monkeypatch.setattr(Sign, "known", {})
    drawing_of(formula_tree("(1+1+1)_{1}"))
    assert [text for _, text, *_ in Sign.known] == ["(", "1", "+", ")", "1", None]


def test_only_so_many_signs_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sign, "known", {})
    monkeypatch.setattr(formula_drawing, "MOST_SIGNS", 2)
    drawing_of(formula_tree("1+2+3"))
    assert len(Sign.known) == 2


def test_a_row_in_rows_is_set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library sets it twice on each level, thus 32 times here."""
    set_up = Sign.__init__
    signs: list[str] = []

    def counted(node: Sign, element: ElementTree.Element, parent: Mnode, **kwargs: object) -> None:
        signs.append(element.tag)
        set_up(node, element, parent, **kwargs)

    monkeypatch.setattr(Sign, "__init__", counted)
    drawing_of(formula_tree("{{{{x}}}}"))
    assert signs.count("mi") == 1


@pytest.mark.parametrize(
    ("latex", "part"),
    [
        pytest.param(
            r"\frac{1}{9}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>9</mn></mrow></mfrac>", id="fraction"
        ),
        pytest.param(r"\lfloor x \rfloor", "<mo>⌊</mo><mi>x</mi><mo>⌋</mo>", id="fences can grow"),
        pytest.param(r"\max(x)", "<mi>max</mi>", id="a function is no operator"),
        pytest.param("H'", "<mrow><mi>H</mi>", id="a prime is raised once"),
        pytest.param("(-1)", '<mo lspace="0em" rspace="0em">−</mo>', id="a sign is close to its number"),
        pytest.param("a-1", "<mo>−</mo>", id="a difference is not"),
        pytest.param(r"\text{</math><script>}", "&lt;/math&gt;&lt;script&gt;", id="text is escaped"),
        pytest.param(r"\text{&lt;script&gt;}", "&lt;script&gt;", id="entities stay escaped"),
        pytest.param("a<b", "<mo>&lt;</mo>", id="less than"),
    ],
)
def test_mathml(latex: str, part: str) -> None:
    assert part in mathml(latex)


@pytest.mark.parametrize("latex", BROKEN, ids=lambda latex: latex[:20])
@pytest.mark.parametrize("write", [mathml, formula_box, plain_formula])
def test_errors_name_the_formula(write: object, latex: str) -> None:
    with pytest.raises(TextError) as caught:
        write(latex)  # type: ignore[operator]
    assert BROKEN[latex] in str(caught.value)
    assert latex[:20] in str(caught.value).replace("\\\\", "\\")
    assert len(str(caught.value)) < 250


def test_the_drawing_escapes_its_alternative() -> None:
    drawing = formula_box(r'\text{"><script>}')
    assert "<script>" not in drawing
    assert ElementTree.fromstring(drawing).attrib["aria-label"] == '"><script>'


def test_all_of_a_fraction_is_drawn() -> None:
    """Numerator, bar and denominator stand on different heights."""
    one, nine, bar = drawn(r"\frac{1}{9}", display=True).operators.decode().splitlines()
    heights = [float(sign.split(" cm ")[0].split()[-1]) for sign in (one, nine)]
    assert heights[0] < float(bar.split()[1]) < heights[1]
    assert bar.endswith("re f")


def test_signs_are_drawn_once_for_all_their_places() -> None:
    drawing = drawn("1+1=2 x")
    names = re.findall(r"/(\S+) Do", drawing.operators.decode())
    assert len(names) == 6
    assert set(names) == set(drawing.outlines)
    assert len(drawing.outlines) == 5
    assert all(outline.endswith(b"\nf") for outline in drawing.outlines.values())


def test_a_quadratic_curve_becomes_a_cubic_one() -> None:
    point: Any = Point

    class Sign:
        operators = (Moveto(point(0, 0)), Quad(point(3, 6), point(6, 0)))

    assert outline(Sign) == b"0 0 m\n2 4 4 4 6 0 c\nf"
