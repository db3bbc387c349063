"""Items with every sort of blank, made by hand, so that no change of a kind of question changes a package."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from convexam.generator.document import (
    Code,
    Document,
    Emphasis,
    FigureRow,
    Formula,
    Listing,
    Math,
    Paragraph,
    Symbol,
    Text,
    quote,
    say,
)
from convexam.generator.export.item import Blank, Cell, Item, Label, Line, Table
from convexam.generator.export.known_mistakes import Wrong
from convexam.generator.export.variant import Part, Variant
from convexam.generator.figures.model import Grid
from convexam.generator.language import ENGLISH
from convexam.generator.papers import Exam

EXAM = Exam("quiz", 'Blanks <of> every sort & "more"', minutes=30)
CODE = "39212EAM13HG3N"
FLIPPED = say("You flipped the kernel: $K'$, with `<` & `>`.")
HALF = Fraction(1, 2)


def wrong(answer: Any, share: Fraction | int = 0, sentence: Any = FLIPPED, tolerance: Any = 0) -> Wrong:
    return Wrong(answer, Fraction(share), sentence, Fraction(tolerance))


def blank(name: str, right: Any, share: Fraction, **more: Any) -> Blank:
    kind = more.pop("kind", "number")
    return Blank(name, kind, share, right if isinstance(right, tuple) else (right,), **more)


def cell(*blanks: Blank, between: str = "") -> Cell:
    return Cell(tuple((None, each) for each in blanks), between)


def item(name: str, *parts: Line | Table, prompt: Document = (), **more: Any) -> Item:
    return Item(
        name=f"{CODE}.{name}",
        entry=f"made/{name}",
        tags=("made",),
        title=f"Question <{name}> & co.",
        language=ENGLISH,
        points=more.pop("points", Fraction(2)),
        prompt=prompt or (Paragraph((Text("What is it?"),)),),
        worked=(Formula(r"1+1=2"), FigureRow((Grid(((1, 2), (3, 4)), "X"),))),
        conventions=(say("**Positions** are counted from 0."),),
        parts=parts,
        **more,
    )


def a_map() -> Item:
    rows = ((12, Fraction(-5, 2)), (0, Fraction(1, 3)))
    quarter = Fraction(1, 4)

    def at(row: int, column: int) -> Cell:
        right = rows[row][column]
        tolerance = Fraction(1, 2000) if right == Fraction(1, 3) else Fraction()
        known = (wrong(-12, HALF), wrong(13, 0, None), wrong(7, Fraction(1, 3), None)) if right == 12 else ()
        return cell(blank(f"Y_{row}_{column}", right, quarter, tolerance=tolerance, wrong=known))

    grid = tuple((None, (at(row, 0), at(row, 1))) for row in range(2))
    prompt = (
        Paragraph((Text("Filter "), Math("X"), Text(" with "), Emphasis((Text("care"),), strong=True))),
        FigureRow((Grid(((1, 0), (0, 1)), "X"),)),
        Listing(
            ((Paragraph((Text("one & two"),)),), (Paragraph((Code("a < b"),)),)), lettered=True, ordered=True
        ),
    )
    hints = (say("rounded to 3 decimals"),)
    return item("map", Table(Symbol("Y"), (), grid, hints), prompt=prompt)


def a_table() -> Item:
    columns: tuple[Label, ...] = (say("Shape"), say("Parameters"))
    shape = (blank("shape_0", 6, Fraction(1, 6)), blank("shape_1", (24, 25), Fraction(1, 6)))
    known = (wrong(60, HALF, FLIPPED),)
    first = (cell(*shape, between="×"), cell(blank("count", 66, Fraction(1, 3), wrong=known)))
    rows = (
        (quote("1 Conv <3×3>"), first),
        (quote("2 Pool"), (cell(blank("SCORE", 0, Fraction(1, 3))), None)),
    )
    return item("table", Table(None, columns, rows), points=Fraction(3))


def choices() -> Item:
    letters = (("A", "A"), ("a-b", "no & yes"), ("3x3", "three"))
    long = (("left", "It is all in the left part of the picture."), ("right", "<right>"))
    any_of = (*letters, ("none", "none of them"))
    third = Fraction(1, 3)
    return item(
        "choices",
        Line(
            say("Which"),
            cell(blank("one", "A", third, kind="choice", options=letters, wrong=(wrong("3x3", HALF),))),
        ),
        Line(say("Where"), cell(blank("where", "right", third, kind="choice", options=long))),
        Line(
            say("All of them"), cell(blank("all", ("A", "a-b", "3x3"), third, kind="choices", options=any_of))
        ),
        points=Fraction(1),
    )


def an_order() -> Item:
    steps = (("A", "A"), ("B", "B"))
    places = [
        blank(f"order_{place}", right, HALF, kind="choice", options=steps, wrong=())
        for place, right in enumerate("BA", start=1)
    ]
    return item("order", Line(say("The order"), cell(*places, between="→"), (say("the first step first"),)))


def by_hand() -> Item:
    return item("words", by_hand="an answer in words", model=(Paragraph((Text("It is <this>."),)),))


def items() -> tuple[Item, ...]:
    return (a_map(), a_table(), choices(), an_order(), by_hand())


def variant(code: str = CODE) -> Variant:
    first, *others = items()
    return Variant(code, (Part("First & last", (first,)), Part("", tuple(others))))
