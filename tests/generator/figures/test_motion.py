"""The moving drawing: small, clean, and telling nothing before its first step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from convexam.generator.figures.model import Animation
from convexam.generator.figures.motion import moving_svg, seconds

from .animations import ALL, FILTERED, SCATTERED, STRIDED, TWELVE

SVG = "{http://www.w3.org/2000/svg}"
CLOCKS = (f"{SVG}animate", f"{SVG}set")


def hidden(element: Element) -> bool:
    return element.get("visibility") == "hidden"


def changing(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if any(child.tag in CLOCKS for child in element))


def shown_at_rest(element: Element) -> Iterator[Element]:
    """Everything that a program draws that does not animate."""
    if not hidden(element):
        yield element
        for child in element:
            yield from shown_at_rest(child)


@pytest.mark.parametrize("name", ALL)
def test_drawing(golden: Callable[[str, str], None], name: str) -> None:
    golden(f"motion/{name}.svg", moving_svg(ALL[name]) + "\n")


@pytest.mark.parametrize("animation", ALL.values(), ids=list(ALL))
def test_what_changes_is_hidden_until_it_is_animated(animation: Animation) -> None:
    root = ElementTree.fromstring(moving_svg(animation))
    assert all(map(hidden, changing(root)))
    written = {text for frame in animation.frames for text in frame.values.values()}
    still = {element.text for element in shown_at_rest(root) if element.tag == f"{SVG}text"}
    there = {
        str(cell).replace("-", "−")
        for grid in (*animation.sources, *animation.kernels)
        for row in grid.rows
        for cell in row
    }
    assert not still & (written - there)
    assert not [element for element in shown_at_rest(root) if "#ff" in element.get("fill", "")]


@pytest.mark.parametrize("animation", ALL.values(), ids=list(ALL))
def test_a_drawing_has_no_ids_styles_or_scripts(animation: Animation) -> None:
    assert not re.search(r"\s(id|class|style|href|on\w+)=|<style|<script|url\(", moving_svg(animation))


@pytest.mark.parametrize("animation", ALL.values(), ids=list(ALL))
def test_one_shape_of_the_marks_for_each_second(animation: Animation) -> None:
    (moves,) = re.findall(r'attributeName="d" values="([^"]+)"', moving_svg(animation))
    shapes = moves.split(";")
    assert len(shapes) == seconds(animation)
    assert shapes[len(animation.frames) :] == ["M0 0"] * 2
    assert "M0 0" not in shapes[: len(animation.frames)]


def test_texts_come_with_their_step_and_replace_each_other() -> None:
    root = ElementTree.fromstring(moving_svg(SCATTERED))
    groups = {
        tuple(text.text for text in group.iter(f"{SVG}text")): (clock.get("values"), clock.get("keyTimes"))
        for group in root.iter(f"{SVG}g")
        for clock in group.findall(f"{SVG}animate")
    }
    assert groups == {
        ("1", "3"): ("visible", "0"),
        ("2", "4"): ("visible;hidden", "0;0.25"),
        ("22", "5", "44", "6"): ("hidden;visible", "0;0.25"),
    }


@pytest.mark.parametrize(
    ("animation", "most"),
    [
        pytest.param(TWELVE, 6_000, id="twelve steps with results"),
        pytest.param(STRIDED, 3_000, id="nothing but the window"),
        pytest.param(FILTERED, 8_000, id="input and kernel in numbers"),
    ],
)
def test_size(animation: Animation, most: int) -> None:
    assert len(moving_svg(animation).encode()) < most
