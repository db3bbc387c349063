"""Images are grey cells that can be counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from convexam.generator.figures.model import Picture
from convexam.generator.figures.picture.brightness import brightness
from convexam.generator.figures.picture.drawing import picture_svg

EDGE = Picture(((0, 0, 255, 255),) * 3)
SHADES = Picture(tuple(tuple(10 * row + column for column in range(10)) for row in range(10)), white=99)


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        pytest.param("edge", EDGE, id="edge"),
        pytest.param("marked", replace(EDGE, marked=frozenset({(0, 1), (0, 2), (1, 1)})), id="marked"),
        pytest.param("one", Picture(((128,),)), id="one cell"),
    ],
)
def test_drawing(golden: Callable[[str, str], None], name: str, picture: Picture) -> None:
    golden(f"picture/{name}.svg", picture_svg(picture) + "\n")


def test_ten_by_ten_is_small() -> None:
    everywhere = frozenset((row, column) for row in range(10) for column in range(10) if (row + column) % 2)
    assert len(picture_svg(SHADES).encode()) < 6000
    assert len(picture_svg(replace(EDGE, rows=((0,) * 5 + (255,) * 5,) * 10)).encode()) < 2500
    assert (
        picture_svg(replace(SHADES, marked=everywhere)).count("<path")
        == picture_svg(SHADES).count("<path") + 2
    )


@pytest.mark.parametrize(
    ("value", "black", "white", "expected"),
    [
        pytest.param(0, 0, 255, 0, id="black"),
        pytest.param(255, 0, 255, 1, id="white"),
        pytest.param(1, 0, 4, Fraction(1, 4), id="between"),
        pytest.param(-7, 0, 255, 0, id="darker than black"),
        pytest.param(300, 0, 255, 1, id="brighter than white"),
        pytest.param(1, 4, 0, Fraction(3, 4), id="a negative"),
        pytest.param(3, 3, 3, Fraction(1, 2), id="no contrast"),
    ],
)
def test_brightness(value: int, black: int, white: int, expected: Fraction) -> None:
    assert brightness(Picture(((value,),), black=black, white=white), value) == expected


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        pytest.param((0, 9), ["#fff"], id="dark"),
        pytest.param((200, 255), ["#000"], id="bright"),
        pytest.param((0, 255), ["#000"], id="an edge"),
        pytest.param((0, 9, 200), ["#fff", "#000"], id="both"),
    ],
)
def test_lines_part_cells_of_any_brightness(values: tuple[int, ...], lines: list[str]) -> None:
    drawing = picture_svg(Picture((values,)))
    assert re.findall(r'stroke="(#[0f]{3})"', drawing) == lines


def test_beyond_black_and_white_looks_like_them() -> None:
    assert picture_svg(Picture(((-9, 400),))) == picture_svg(Picture(((0, 255),)))
