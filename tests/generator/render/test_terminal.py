"""The document tree as plain text."""

from __future__ import annotations

from fractions import Fraction

import pytest

from convexam.generator.document import (
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
from convexam.generator.figures.model import Animation, Figures, Frame, Grid
from convexam.generator.language import language
from convexam.generator.render.plain import one_line
from convexam.generator.render.terminal import terminal

DUTCH = language("nl")
X = Grid(((1, -2), (Fraction(1, 2), None)), "X_{0}")
MARKED = Grid(((1, 2),), "K", marked=frozenset({(0, 1)}))


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        pytest.param((), "", id="nothing"),
        pytest.param(
            (
                Paragraph(
                    (Text("a "), Numeral(Fraction(-1, 9)), Emphasis((Math("x^2"),)), Code("c"), Text("\nb"))
                ),
            ),
            "a −1/9x²c\nb",
            id="inlines",
        ),
        pytest.param((Formula(r"a \times b"), Paragraph((Text("c"),))), "    a × b\n\nc", id="formula"),
        pytest.param(
            (Listing(((Paragraph((Text("word " * 20),)),), (Paragraph((Text("b"),)),)), ordered=True),),
            "1. " + ("word " * 15).strip() + "\n   " + ("word " * 5).strip() + "\n2. b",
            id="list",
        ),
        pytest.param((FigureRow((X,)),), "X₀ =    1   −2\n      1/2    _", id="grid"),
        pytest.param(
            (FigureRow((Grid(((7, 123),), "X", counted_from=9),)),),
            "X =    7  123\n       9   10",
            id="numbered",
        ),
        pytest.param(
            (FigureRow((Grid(((1,), (2,)), "A"), MARKED)),),
            "A =  1    K =  1 [2]\n     2",
            id="side by side; marked cells in brackets",
        ),
        pytest.param(
            (FigureRow((Figures("M", (MARKED, MARKED)),)),), "K =  1 [2]   K =  1 [2]", id="channels"
        ),
        pytest.param((Paragraph((Text("a\x1b[31m\u202eb\x07"),)),), "a[31mb", id="controls are dropped"),
    ],
)
def test_terminal(document: Document, expected: str) -> None:
    assert terminal(document) == expected


def test_figures_that_do_not_fit_go_below() -> None:
    wide = Grid(((1,) * 10,), "A")
    lines = terminal((FigureRow((wide,) * 3),)).split("\n")
    assert [line.count("A") for line in lines] == [2, 0, 1]
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\nb: [x]", "a b: [x]", id="line end"),
        pytest.param("a\x85b\u2028c\u2029d\te", "a b c d e", id="other line ends"),
        pytest.param("\x00a\x1bb\u202ec\ufeff", "abc", id="controls"),
    ],
)
def test_one_line(text: str, expected: str) -> None:
    assert one_line(text) == expected


def test_an_animation_is_told_a_step_a_line() -> None:
    frames = tuple(
        Frame(frozenset({(0, place)}), frozenset({(0, place)}), {(0, (0, place)): text})
        for place, text in enumerate(("5", "−7"))
    )
    slide = Animation((Grid(((5, -7),), "X"),), (Grid(((None, None),), "Y"),), frames)
    told = terminal((FigureRow((slide,)),))
    assert "Input X: 1 × 2: 5 −7." in told
    assert "2 steps, which mark:" in " ".join(told.split())
    assert told.splitlines()[-4::2] == [
        " 1. row 0, column 0 of the input and row 0, column 0 of the output; the output",
        " 2. row 0, column 1 of the input and row 0, column 1 of the output; the output",
    ]
    assert told.splitlines()[-3::2] == ["    holds there 5", "    holds there −7"]
    assert "2 stappen, die markeren:" in " ".join(terminal((FigureRow((slide,)),), language=DUTCH).split())


def test_numbers_are_written_as_the_language_does() -> None:
    page = (Paragraph((Numeral(Fraction(1, 2), decimals=True),)), Formula("y = 0.25"))
    assert terminal(page, language=DUTCH).split() == ["0,5", "y", "=", "0,25"]
