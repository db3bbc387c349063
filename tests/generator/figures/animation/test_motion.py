"""The moving drawing: small, clean, and telling nothing before its first step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from convexam.generator.figures.animation.motion import moving_svg, seconds
from convexam.generator.figures.animation.words import introduction
from convexam.generator.figures.model import Animation

from ..animations import ALL, BARE, FILTERED, LARGE, MAPS, SCATTERED, STRIDED, TWELVE, numeral, sliding

SVG = "{http://www.w3.org/2000/svg}"
CLOCKS = (f"{SVG}animate", f"{SVG}set")


def hidden(element: Element) -> bool:
    return element.get("visibility") == "hidden"


def changes(element: Element) -> bool:
    return any(child.tag in CLOCKS for child in element)


def shown_at_rest(element: Element) -> Iterator[Element]:
    """Everything that a program draws that does not animate."""
    if not hidden(element):
        yield element
        for child in element:
            yield from shown_at_rest(child)


def shapes(animation: Animation) -> list[list[str]]:
    """What each path that jumps is in each second: the marks, then the patches."""
    found = re.findall(r'attributeName="d" values="([^"]+)"', moving_svg(animation))
    return [values.split(";") for values in found]


@pytest.mark.parametrize("name", ALL)
def test_drawing(golden: Callable[[str, str], None], name: str) -> None:
    golden(f"motion/{name}.svg", moving_svg(ALL[name]) + "\n")


@pytest.mark.parametrize("animation", ALL.values(), ids=list(ALL))
def test_what_changes_is_hidden_until_it_is_animated(animation: Animation) -> None:
    root = ElementTree.fromstring(moving_svg(animation))
    assert any(map(changes, root.iter()))
    assert not any(map(changes, shown_at_rest(root)))
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
    marks, *_ = shapes(animation)
    assert len(marks) == seconds(animation)
    assert marks[len(animation.frames) :] == ["M0 0"] * 2
    assert "M0 0" not in marks[: len(animation.frames)]


def test_only_the_introduction_is_read_out() -> None:
    drawing = moving_svg(FILTERED)
    assert f'aria-label="{introduction(FILTERED)}"' in drawing
    assert "Step" not in drawing


def test_a_patch_goes_when_its_text_comes() -> None:
    """The output has two rows and columns of cells, 37 px wide and 28 px high."""
    filled = replace(BARE, frames=sliding(2, 2, value=numeral))
    _, patches = shapes(filled)
    assert patches == ["M193 42h33M156 70h70", "M156 70h70", "M193 70h33", *["M0 0"] * 3]


def test_patches_leave_the_lines_of_the_grid_alone() -> None:
    (path,) = re.findall("<path [^>]*#fff[^>]*>", moving_svg(FILTERED))
    assert 'stroke-width="24" stroke-dasharray="33 4"' in path


def test_patches_lie_on_every_output() -> None:
    _, patches = shapes(MAPS)
    assert [shape.count("M") for shape in patches] == [6, 6, 6, 4, 4, 4, 4, 2, 2, 2, 2, 1, 1, 1]


def test_texts_that_replace_each_other_have_clocks() -> None:
    root = ElementTree.fromstring(moving_svg(SCATTERED))
    groups = {
        tuple(text.text for text in group.iter(f"{SVG}text")): (clock.get("values"), clock.get("keyTimes"))
        for group in root.iter(f"{SVG}g")
        for clock in group.findall(f"{SVG}animate")
    }
    assert groups == {
        ("2", "4"): ("visible;hidden", "0;0.25"),
        ("22", "44"): ("hidden;visible", "0;0.25"),
    }
    assert [shape.count("M") for shape in shapes(SCATTERED)[1]] == [2, 1, 1, 1]


def test_a_text_that_is_written_again_has_no_clock() -> None:
    first, last = SCATTERED.frames
    again = replace(last, values={**last.values, (0, (0, 1)): "2"})
    drawing = moving_svg(replace(SCATTERED, frames=(first, again)))
    assert drawing.count(">2<") == 2  # one of them in the input
    assert re.findall(r'values="[^"]*(?:hidden|visible)"', drawing) == [
        'values="visible;hidden"',
        'values="hidden;visible"',
    ]


@pytest.mark.parametrize(
    ("animation", "most"),
    [
        pytest.param(TWELVE, 6_000, id="twelve steps with results"),
        pytest.param(STRIDED, 3_000, id="nothing but the window"),
        pytest.param(FILTERED, 6_000, id="twelve steps, input and kernel in numbers"),
        pytest.param(LARGE, 6_000, id="twelve steps, larger input and kernel in numbers"),
    ],
)
def test_size(animation: Animation, most: int) -> None:
    assert len(moving_svg(animation).encode()) < most
