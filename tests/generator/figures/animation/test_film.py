"""The film strip: every step that may be printed, numbered, and no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from convexam.generator.figures.animation.film import strip_svgs
from convexam.generator.figures.animation.layout import WIDEST
from convexam.generator.figures.animation.words import animation_words, introduction
from convexam.generator.figures.model import Animation, Grid
from convexam.generator.figures.svg import MARGIN

from ..animations import ALL, DILATED, FILTERED, LARGE, SCATTERED, STRIDED, TWELVE, empty, sliding

SVG = "{http://www.w3.org/2000/svg}"
THIRTY_SIX = Animation((Grid(empty(8, 8)),), (Grid(empty(6, 6)),), sliding(6, 6))


def root(drawing: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawing)


def size(drawing: str) -> tuple[float, float]:
    return tuple(float(root(drawing).attrib[name]) - 2 * MARGIN for name in ("width", "height"))  # type: ignore[return-value]


def steps(drawing: str) -> list[int]:
    """The numbers above the pictures."""
    texts = root(drawing).iter(f"{SVG}text")
    return [int(text.text or "") for text in texts if text.get("font-weight") == "600"]


def label(drawing: str) -> str:
    return root(drawing).attrib["aria-label"]


@pytest.mark.parametrize("name", ["strided", "filtered", "scattered", "channels"])
def test_drawing(golden: Callable[[str, str], None], name: str) -> None:
    golden(f"film/{name}.svg", "".join(f"{piece}\n" for piece in strip_svgs(ALL[name])))


def test_a_single_step_is_drawn_like_any_grid(golden: Callable[[str, str], None]) -> None:
    (drawing,) = strip_svgs(replace(STRIDED, printed=1))
    golden("film/single.svg", drawing + "\n")
    assert "M0 28h28" in drawing
    assert "Step 2" not in drawing


@pytest.mark.parametrize("printed", [2, 5, None])
def test_no_more_steps_than_are_to_be_printed(printed: int | None) -> None:
    pieces = strip_svgs(replace(STRIDED, printed=printed))
    numbers = [number for piece in pieces for number in steps(piece)]
    assert numbers == list(range(1, (printed or 9) + 1))


def test_results_of_later_steps_are_not_printed() -> None:
    drawing = "".join(strip_svgs(replace(FILTERED, printed=2)))
    assert "−1<" in drawing
    assert "−20" not in drawing


def test_running_sums_stand_in_the_picture_of_their_step() -> None:
    (drawing,) = strip_svgs(SCATTERED)
    assert drawing.count(">22<") == 1
    assert drawing.count(">2<") == 4  # the input twice, the number of a step, and the sum that 22 replaces


SAMPLES = ALL | {
    "large": LARGE,
    "twelve": TWELVE,
    "thirty-six": THIRTY_SIX,
    "one": replace(DILATED, printed=1),
}


@pytest.mark.parametrize("animation", SAMPLES.values(), ids=list(SAMPLES))
def test_pieces_are_as_wide_as_a_page_at_most_and_leave_room_on_it(animation: Animation) -> None:
    for piece in strip_svgs(animation):
        width, height = size(piece)
        assert width <= WIDEST
        assert height <= 400


@pytest.mark.parametrize("animation", SAMPLES.values(), ids=list(SAMPLES))
def test_strips_can_be_read(animation: Animation) -> None:
    for piece in strip_svgs(animation):
        (font,) = re.findall(r'<g font-family="[^"]+" font-size="([^"]+)"', piece)
        assert float(font) >= 9


@pytest.mark.parametrize(
    ("animation", "expected"),
    [
        pytest.param(STRIDED, [3, 3, 3], id="as large as three rows can be"),
        pytest.param(DILATED, [4], id="four fit"),
        pytest.param(replace(THIRTY_SIX, printed=3), [3], id="fewer than four"),
        pytest.param(THIRTY_SIX, [4] * 9, id="many"),
        pytest.param(FILTERED, [1, 2, 2, 2, 2, 2, 1], id="the kernel takes a place"),
    ],
)
def test_rows(animation: Animation, expected: list[int]) -> None:
    assert [len(steps(piece)) for piece in strip_svgs(animation)] == expected


def test_kernels_are_drawn_once() -> None:
    first, *others = strip_svgs(FILTERED)
    assert ">(1)<" in first
    assert ">(1)<" not in "".join(others)


def test_the_pieces_tell_everything_once() -> None:
    labels = [label(piece) for piece in strip_svgs(FILTERED)]
    assert ". ".join(labels) == animation_words(FILTERED)
    assert labels[1].startswith("Step 2 marks ")


def test_the_pieces_name_their_steps_where_these_are_told_elsewhere() -> None:
    labels = [label(piece) for piece in strip_svgs(FILTERED, told=False)]
    assert labels[:2] == [introduction(FILTERED), "Steps 2 and 3"]
    assert labels[-1] == "Step 12"
    assert label(strip_svgs(replace(FILTERED, printed=2), told=False)[0]).endswith(" 2 steps")
