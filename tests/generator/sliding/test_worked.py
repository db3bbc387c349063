"""Sizes, windows and sums of worked steps, written down by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from convexam.generator.figures.model import Figures, Grid
from convexam.generator.number import Number
from convexam.generator.sliding.worked import (
    Slide,
    channels,
    grids,
    marked_window,
    padded_figure,
    result,
    size_formulas,
    sum_formulas,
)

Cells = set[tuple[int, int]]

# Everything differs between the axes, and between the sides.
CROOKED = Slide((2, 3), stride=(3, 1), padding=((0, 1), (2, 0)), dilation=(1, 2))


@pytest.mark.parametrize(
    ("slide", "cell", "window"),
    [
        (Slide((2, 2)), (0, 0), [(0, 0), (0, 1), (1, 0), (1, 1)]),
        (Slide((1, 2), stride=(2, 3)), (1, 2), [(2, 6), (2, 7)]),
        (Slide((2, 2), dilation=(1, 3)), (0, 1), [(0, 1), (0, 4), (1, 1), (1, 4)]),
        (Slide((2, 2), dilation=(3, 1)), (0, 1), [(0, 1), (0, 2), (3, 1), (3, 2)]),
        (CROOKED, (1, 2), [(3, 2), (3, 4), (3, 6), (4, 2), (4, 4), (4, 6)]),
    ],
    ids=["plain", "stride", "dilated-across", "dilated-down", "crooked"],
)
def test_windows(slide: Slide, cell: tuple[int, int], window: list[tuple[int, int]]) -> None:
    assert slide.window(cell) == window


@pytest.mark.parametrize(
    ("slide", "sizes", "positions", "left_over", "frame"),
    [
        (Slide((2, 2)), (3, 4), (2, 3), (0, 0), ((0, 0), (0, 0))),
        # rows 5 + 1: windows of 2 at 0 and 3 leave one row; columns 2 + 6: a span of 5 has 4 places
        (CROOKED, (5, 6), (2, 4), (1, 0), ((0, 1), (2, 0))),
        # one row and two columns of the last window hang over
        (Slide((2, 3), (2, 3), ceil_mode=True), (3, 4), (2, 2), (-1, -2), ((0, 1), (0, 2))),
        (Slide((2, 3), (2, 3)), (3, 4), (1, 1), (1, 1), ((0, 0), (0, 0))),
        # rows: the window at 4 begins on the last row; columns: the one at 4 would begin behind the map
        (Slide((2, 2), (2, 2), ((1, 0), (0, 1)), ceil_mode=True), (4, 4), (3, 2), (-1, 1), ((1, 1), (0, 1))),
        (Slide((1, 1), (1, 2), ceil_mode=True), (1, 10), (1, 5), (0, 1), ((0, 0), (0, 0))),
    ],
    ids=["plain", "crooked", "ceil", "floor", "ceil-padded", "ceil-dropped"],
)
def test_places(
    slide: Slide,
    sizes: tuple[int, int],
    positions: tuple[int, int],
    left_over: tuple[int, int],
    frame: tuple[tuple[int, int], tuple[int, int]],
) -> None:
    assert slide.positions(sizes) == positions
    assert slide.left_over(sizes) == left_over
    assert slide.frame(sizes) == frame


@pytest.mark.parametrize(
    ("slide", "sizes", "rows", "columns"),
    [
        (Slide((2, 3)), (4, 6), "4-2+1=3", "6-3+1=4"),
        (
            Slide((2, 3), (2, 1), ((0, 1), (2, 0)), (1, 2)),
            (5, 6),
            r"\left\lfloor\frac{5+1-2}{2}\right\rfloor+1=3",
            "6+2-5+1=4",
        ),
        (
            Slide((3, 2), (1, 2), ((2, 1), (0, 0)), (2, 1)),
            (5, 7),
            "5+3-5+1=4",
            r"\left\lfloor\frac{7-2}{2}\right\rfloor+1=3",
        ),
        (
            Slide((2, 3), (2, 3), ceil_mode=True),
            (3, 4),
            r"\left\lceil\frac{3-2}{2}\right\rceil+1=2",
            r"\left\lceil\frac{4-3}{3}\right\rceil+1=2",
        ),
        (
            Slide((1, 1), (1, 2), ceil_mode=True),
            (1, 10),
            "",
            r"\left\lceil\frac{10-1}{2}\right\rceil+1-1=5",
        ),
    ],
    ids=["plain", "one-sided-padding", "both-sides", "ceil", "ceil-dropped"],
)
def test_size_formulas(slide: Slide, sizes: tuple[int, int], rows: str, columns: str) -> None:
    written = [symbol.latex for symbol in size_formulas(sizes, slide)]
    named = {r"\text{rows}=": rows, r"\text{columns}=": columns}
    assert written == [name + formula for name, formula in named.items() if formula]


# -- the figure of a window ---------------------------------------------------------------------

SMALL = ((1, 2), (3, 4))
FRAME = Slide((1, 2), padding=((1, 0), (1, 2)), dilation=(1, 3))
FRAMED = ((0, 0, 0, 0, 0), (0, 1, 2, 0, 0), (0, 3, 4, 0, 0))
FAINT = {(0, column) for column in range(5)} | {(row, column) for row in (1, 2) for column in (0, 3, 4)}


@pytest.mark.parametrize(
    ("single", "slide", "cell", "rows", "marked", "faint"),
    [
        pytest.param(SMALL, Slide((1, 2)), (1, 0), SMALL, {(1, 0), (1, 1)}, set(), id="no-padding"),
        pytest.param(SMALL, FRAME, (1, 0), FRAMED, {(1, 0), (1, 3)}, FAINT, id="dilated-across"),
        pytest.param(SMALL, FRAME, (2, 1), FRAMED, {(2, 1), (2, 4)}, FAINT, id="dilated-across-other-cell"),
        pytest.param(
            SMALL,
            Slide((2, 2), padding=((0, 2), (0, 0)), dilation=(2, 1)),
            (1, 0),
            ((1, 2), (3, 4), (0, 0), (0, 0)),
            {(1, 0), (1, 1), (3, 0), (3, 1)},
            {(2, 0), (2, 1), (3, 0), (3, 1)},
            id="dilated-down",
        ),
        pytest.param(
            ((1, 2, 3),),
            Slide((1, 3), (1, 3), ((0, 0), (1, 0)), ceil_mode=True),
            (0, 1),
            ((0, 1, 2, 3, None, None),),
            {(0, 3), (0, 4), (0, 5)},
            {(0, 0), (0, 4), (0, 5)},
            id="hanging-over",
        ),
    ],
)
def test_window_figures(
    single: Any, slide: Slide, cell: tuple[int, int], rows: Any, marked: Cells, faint: Cells
) -> None:
    figure = marked_window(padded_figure([single], slide, origin=0), slide, cell)
    assert figure == Grid(rows, "X", frozenset(marked), frozenset(faint))


def test_every_channel_is_marked() -> None:
    slide = Slide((2, 1), padding=((0, 0), (1, 0)))
    figure = marked_window(padded_figure([SMALL, ((5, 6), (7, 8))], slide, origin=1), slide, (0, 1))
    assert isinstance(figure, Figures)
    marked, faint = frozenset({(0, 1), (1, 1)}), frozenset({(0, 0), (1, 0)})
    assert figure.members == (
        Grid(((0, 1, 2), (0, 3, 4)), "X_{1}", marked, faint),
        Grid(((0, 5, 6), (0, 7, 8)), "X_{2}", marked, faint),
    )


def test_padding_may_stay_empty() -> None:
    slide = Slide((1, 1), padding=((0, 0), (0, 1)))
    figure = marked_window(padded_figure([SMALL], slide, origin=0, symbol="A", fill=None), slide, (0, 0))
    assert figure == Grid(((1, 2, None), (3, 4, None)), "A", frozenset({(0, 0)}), frozenset({(0, 2), (1, 2)}))


@pytest.mark.parametrize(
    ("maps", "origin", "labels"),
    [([SMALL], 1, ["X"]), ([SMALL, SMALL], 0, ["X_{0}", "X_{1}"]), ([SMALL, SMALL], 1, ["X_{1}", "X_{2}"])],
)
def test_channels_are_labelled(maps: Any, origin: int, labels: list[str]) -> None:
    assert [grid.label for grid in grids(channels("X", maps, origin))] == labels


# -- sums ---------------------------------------------------------------------------------------

NINE = r"1\cdot 1+2\cdot 1+3\cdot 1+4\cdot 1+5\cdot 1+6\cdot 1+7\cdot 1+8\cdot 1+9\cdot 1"
NEXT_NINE = r"10\cdot 1+11\cdot 1+12\cdot 1+13\cdot 1+14\cdot 1+15\cdot 1+16\cdot 1+17\cdot 1+18\cdot 1"


@pytest.mark.parametrize(
    ("last", "bias", "total", "lines"),
    [
        (1, 0, 1, [r"y=1\cdot 1=1"]),
        (2, -5, -2, [r"y=1\cdot 1+2\cdot 1-5=-2"]),
        (9, 0, 45, [f"y={NINE}=45"]),
        (10, 3, 58, [f"y={NINE}", r"\qquad {}+10\cdot 1+3=58"]),
        (18, 0, 171, [f"y={NINE}", rf"\qquad {{}}+{NEXT_NINE}=171"]),
        (19, -1, 189, [f"y={NINE}", rf"\qquad {{}}+{NEXT_NINE}", r"\qquad {}+19\cdot 1-1=189"]),
    ],
    ids=["1", "2", "9", "10", "18", "19"],
)
def test_long_sums_take_several_lines(last: int, bias: int, total: int, lines: list[str]) -> None:
    pairs = [(term, 1) for term in range(1, last + 1)]
    written = sum_formulas("y", pairs, bias=bias, total=total, digits=None)
    assert [symbol.latex for symbol in written] == lines


def test_signs_and_fractions_in_sums() -> None:
    pairs: list[tuple[Number, Number]] = [(-1, Fraction(1, 2)), (3, -2), (0, 4)]
    (symbol,) = sum_formulas("y", pairs, bias=Fraction(-1, 3), total=Fraction(-41, 6), digits=1)
    total = r"-\tfrac{41}{6}\approx -6.8"
    assert symbol.latex == rf"y=(-1)\cdot \tfrac{{1}}{{2}}+3\cdot (-2)+0\cdot 4-\tfrac{{1}}{{3}}={total}"


@pytest.mark.parametrize(
    ("number", "digits", "latex"),
    [
        (3, None, "3"),
        (3, 2, "3"),
        (Fraction(-4), 2, "-4"),
        (Fraction(5, 2), None, r"\tfrac{5}{2}"),
        (Fraction(5, 2), 1, r"\tfrac{5}{2}=2.5"),
        (Fraction(13, 6), 2, r"\tfrac{13}{6}\approx 2.17"),
        (Fraction(13, 6), 0, r"\tfrac{13}{6}\approx 2"),
        (Fraction(-1, 8), 2, r"-\tfrac{1}{8}\approx -0.13"),
    ],
    ids=str,
)
def test_results(number: Any, digits: int | None, latex: str) -> None:
    assert result(number, digits) == latex
