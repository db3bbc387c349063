"""The film strip: every step that may be printed, numbered, and no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from convexam.generator.figures.animation_words import introduction
from convexam.generator.figures.film import TALLEST, strip_svg
from convexam.generator.figures.model import Animation, Grid
from convexam.generator.figures.scene import WIDEST
from convexam.generator.figures.svg import MARGIN

from .animations import ALL, DILATED, FILTERED, LARGE, SCATTERED, STRIDED, TWELVE, empty, sliding

SVG = "{http://www.w3.org/2000/svg}"
THIRTY_SIX = Animation((Grid(empty(8, 8)),), (Grid(empty(6, 6)),), sliding(6, 6))


def size(drawing: str) -> tuple[float, float]:
    root = ElementTree.fromstring(drawing)
    return float(root.attrib["width"]) - 2 * MARGIN, float(root.attrib["height"]) - 2 * MARGIN


@pytest.mark.parametrize("name", ["strided", "filtered", "scattered", "channels"])
def test_drawing(golden: Callable[[str, str], None], name: str) -> None:
    golden(f"film/{name}.svg", strip_svg(ALL[name]) + "\n")


def test_a_single_step_is_drawn_like_any_grid(golden: Callable[[str, str], None]) -> None:
    drawing = strip_svg(replace(STRIDED, printed=1))
    golden("film/single.svg", drawing + "\n")
    assert 'width="28" height="28"' in drawing
    assert "Step 2" not in drawing


@pytest.mark.parametrize("printed", [2, 5, None])
def test_no_more_steps_than_are_to_be_printed(printed: int | None) -> None:
    texts = ElementTree.fromstring(strip_svg(replace(STRIDED, printed=printed))).iter(f"{SVG}text")
    numbers = [text.text for text in texts if text.get("font-weight") == "600"]
    assert numbers == [str(number) for number in range(1, (printed or 9) + 1)]


def test_results_of_later_steps_are_not_printed() -> None:
    drawing = strip_svg(replace(FILTERED, printed=2))
    assert "−1<" in drawing
    assert "−20" not in drawing


def test_running_sums_stand_in_the_picture_of_their_step() -> None:
    drawing = strip_svg(SCATTERED)
    assert drawing.count(">22<") == 1
    assert drawing.count(">2<") == 4  # the input twice, the number of a step, and the sum that 22 replaces


SAMPLES = ALL | {
    "large": LARGE,
    "twelve": TWELVE,
    "thirty-six": THIRTY_SIX,
    "one": replace(DILATED, printed=1),
}


@pytest.mark.parametrize("animation", SAMPLES.values(), ids=list(SAMPLES))
def test_strips_are_as_wide_and_high_as_a_page_at_most(animation: Animation) -> None:
    width, height = size(strip_svg(animation))
    assert width <= WIDEST
    assert height <= TALLEST


@pytest.mark.parametrize("animation", SAMPLES.values(), ids=list(SAMPLES))
def test_strips_can_be_read(animation: Animation) -> None:
    (font,) = re.findall(r'<g font-family="[^"]+" font-size="([^"]+)"', strip_svg(animation))
    assert float(font) >= 7


def test_words_are_told_or_the_introduction_alone() -> None:
    assert "Step 12: " in strip_svg(FILTERED)
    assert "Step" not in strip_svg(FILTERED, introduction)
    assert "columns are counted from 0. 2 steps" in strip_svg(replace(FILTERED, printed=2), introduction)
