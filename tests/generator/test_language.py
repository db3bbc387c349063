"""Languages: their numbers, and what stands in another language than the page."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from convexam.generator.document import Decimals, Message, either, quote, say
from convexam.generator.figures.draw import draw
from convexam.generator.figures.localised import localised
from convexam.generator.figures.model import Animation, Frame, Grid, Plot
from convexam.generator.language import ENGLISH, language
from convexam.generator.render.html import said
from convexam.generator.render.look import Look
from convexam.generator.render.phrases import points_phrase, points_text
from convexam.generator.render.plain import said_plainly
from convexam.generator.render.plain_formula import plain_formula

SOURCES = Path(__file__).parents[2] / "src"
DUTCH = language("nl")
PAGE = Look("screen", DUTCH)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0.25", "0,25"), ("−12.50", "−12,50"), ("3", "3"), ("1/4", "1/4"), ("conv1.2x", "conv1.2x"), ("a.b", "a.b")],
)  # fmt: skip
def test_only_numbers_are_written_differently(text: str, expected: str) -> None:
    assert DUTCH.number(text) == expected
    assert ENGLISH.number(text) == text


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"x=0.5", "x = 0,5"),
        (r"\max(0.5,1.25)", "max(0,5; 1,25)"),
        (r"\max(1,2)", "max(1, 2)"),
        (r"Y_{0,1}=0.5", "Y₀,₁ = 0,5"),
        (r"\text{rows}=3", "rijen = 3"),
        (r"\text{no such unit}", "die eenheid is er niet"),
        (r"\frac{0.1}{3}", "(0,1)/3"),
    ],
)
def test_formulas(latex: str, expected: str) -> None:
    assert plain_formula(latex, DUTCH).replace("\u00a0", " ") == expected


def test_one_formula_in_two_languages() -> None:
    """No cache may give a page the formula of another language."""
    assert [plain_formula("0.5"), plain_formula("0.5", DUTCH), plain_formula("0.5")] == ["0.5", "0,5", "0.5"]


def test_points() -> None:
    assert said_plainly(points_phrase(Fraction(5, 2)), DUTCH) == "2,5 punten"
    assert said_plainly(points_phrase(Fraction(7, 3)), DUTCH) == "7/3 punten"
    assert points_text(Fraction(5, 2), DUTCH) == "2,5"
    assert str(say("{{ share }} %", share=Decimals(Fraction(1, 8)))) == "0.125 %"


def test_figures() -> None:
    grid = Grid((("0.5", "x"), (1, None)), "P")
    assert ">0,5<" in draw(grid, language=DUTCH)
    assert 'aria-label="2 × 2: 0,5 x; 1 leeg"' in draw(grid, language=DUTCH)
    plot = draw(Plot(bars=(("a", Fraction(1, 2)),)), language=DUTCH)
    assert ">0,5<" in plot
    assert "1 staven" in plot
    frames = (Frame(frozenset(), frozenset({(0, 0)}), {(0, (0, 0)): "0.5"}),)
    moving = localised(Animation((grid,), (Grid(((None,),)),), frames), DUTCH)
    assert moving.frames[0].values == {(0, (0, 0)): "0,5"}
    assert moving.sources[0].rows[0][0] == "0,5"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (say("Biases"), "Biases"),
        (quote("Biases are added."), '<span lang="en">Biases are added.</span>'),
        (say("**True.** {{ because }}", because=quote("It is {{ n }}.", {"n": 2})),
         '<strong>Waar.</strong> <span lang="en">It is 2.</span>'),
    ],
)  # fmt: skip
def test_what_is_quoted_is_marked(message: Message, expected: str) -> None:
    assert said(message, PAGE) == expected
    assert "span" not in said(message, Look("screen"))
    assert "span" not in said(message, PAGE.quoting("nl"))


def test_what_is_quoted_is_not_translated() -> None:
    assert said_plainly(quote("Biases are added: or"), DUTCH) == "Biases are added: or"
    assert said_plainly(quote("or"), DUTCH) == "or"
    assert said_plainly(say("or"), DUTCH) == "of"


@pytest.mark.parametrize(("names", "expected"), [("A", "A"), ("AB", "A of B"), ("ABC", "A, B of C")])
def test_one_of_several(names: str, expected: str) -> None:
    assert said_plainly(either(tuple(names)), DUTCH) == expected


def test_english_loads_no_catalogue() -> None:
    program = "import sys; from convexam.generator.language import language; language('en'); sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=SOURCES, check=False).returncode == 0
