"""Grids are drawn as clean SVG that tells nothing by colour alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convexam.generator.figures.grid import ANSWER, SHOWN, Style, grid_svg, squared_svg
from convexam.generator.figures.model import Grid

SVG = "{http://www.w3.org/2000/svg}"
IMAGE = Grid(tuple(tuple(3 * row - column for column in range(4)) for row in range(3)), "X")
WINDOW = frozenset({(0, 0), (0, 1), (1, 0), (1, 1)})
BORDER = frozenset((row, column) for row in range(3) for column in range(4) if row == 0 or column == 3)


@pytest.mark.parametrize(
    ("name", "grid", "style"),
    [
        pytest.param("plain", IMAGE, SHOWN, id="plain"),
        pytest.param("marked", replace(IMAGE, marked=WINDOW), SHOWN, id="marked"),
        pytest.param("faint", replace(IMAGE, faint=BORDER), SHOWN, id="faint"),
        pytest.param("both", replace(IMAGE, marked=WINDOW, faint=BORDER), SHOWN, id="marked and faint"),
        pytest.param("wide", Grid(((Fraction(-10, 9), 1), ("same", None))), SHOWN, id="wide entries"),
        pytest.param("blank", Grid(((None, None),)), ANSWER, id="blank answer"),
        pytest.param("key", Grid(((-13, "0.50"),)), ANSWER, id="key"),
    ],
)
def test_drawing(golden: Callable[[str, str], None], name: str, grid: Grid, style: Style) -> None:
    golden(f"grid/{name}.svg", grid_svg(grid, style) + "\n")


def test_squared_paper(golden: Callable[[str, str], None]) -> None:
    golden("grid/squared.svg", squared_svg(6, 3, "squared paper") + "\n")


CELLS = st.one_of(st.integers(-999, 999), st.fractions(), st.text(max_size=3), st.none())
GRIDS = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.tuples(*[CELLS] * width), min_size=1, max_size=5).map(
        lambda rows: Grid(tuple(rows), marked=frozenset({(0, 0)}))
    )
)


@given(GRIDS.filter(lambda grid: all(c is None or str(c).isprintable() for row in grid.rows for c in row)))
def test_every_entry_is_drawn_once(grid: Grid) -> None:
    svg = ElementTree.fromstring(grid_svg(grid))
    drawn = [text.text for text in svg.iter(f"{SVG}text")]
    assert drawn == [
        str(c).replace("-", "−") if not isinstance(c, str) else c
        for row in grid.rows
        for c in row
        if c not in (None, "")
    ]


def test_a_drawing_has_no_ids_and_no_styles() -> None:
    drawing = grid_svg(replace(IMAGE, marked=WINDOW, faint=BORDER))
    assert not re.search(r"\b(id|class|style)=|<style|url\(", drawing)


def test_entries_are_escaped() -> None:
    drawing = grid_svg(Grid((("</text><script>&",),)))
    assert "<script>" not in drawing
    assert ElementTree.fromstring(drawing).find(f".//{SVG}text").text == "</text><script>&"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("entry", "least"),
    [pytest.param(0, 28, id="one digit"), pytest.param(-12345, 60, id="six characters")],
)
def test_cells_are_as_wide_as_the_widest_entry(entry: int, least: float) -> None:
    width = float(ElementTree.fromstring(grid_svg(Grid(((1, entry),)))).attrib["width"]) - 4
    assert least <= width / 2 < least + 10


def test_blank_answers_do_not_depend_on_what_is_hidden() -> None:
    assert grid_svg(Grid(((None, None),)), ANSWER).count("<text") == 0


def test_numbers_of_columns_stand_below_them() -> None:
    row = Grid(((7, -8, 9),), "X")
    plain, numbered = (ElementTree.fromstring(grid_svg(grid)) for grid in (row, replace(row, counted_from=1)))
    texts = [(text.text, float(text.attrib["y"])) for text in numbered.iter(f"{SVG}text")]
    assert [text for text, _ in texts] == ["7", "−8", "9", "1", "2", "3"]
    assert max(y for _, y in texts[:3]) < SHOWN.cell < min(y for _, y in texts[3:])
    assert float(numbered.attrib["height"]) > float(plain.attrib["height"])
    assert numbered.attrib["width"] == plain.attrib["width"]
