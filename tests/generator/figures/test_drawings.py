"""What holds of every drawing but grids: clean, small, inside its frame, and silent about what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from convexam.generator.figures.draw import draw
from convexam.generator.figures.model import (
    Chain,
    Curve,
    Drawing,
    Edge,
    Graph,
    Maps,
    Picture,
    Plot,
    Units,
)
from convexam.generator.figures.svg import text_width
from convexam.generator.figures.words import words

FONTS = Path(__file__).parents[3] / "templates" / "fonts"
SVG = "{http://www.w3.org/2000/svg}"
WIDEST = 620
EVIL = '<b>&"'

NUMBERS = st.one_of(st.integers(-999, 999), st.fractions(-9, 9, max_denominator=60))
TEXTS = st.one_of(
    st.text("abcxyzABCM ×0123<&\"'_{}", max_size=12), st.sampled_from(["", "x_{1}", "w_2", EVIL])
)
SIZES = st.one_of(st.none(), st.integers(1, 600))


@st.composite
def pictures(choose: st.DrawFn) -> Picture:
    width = choose(st.integers(1, 10))
    rows = choose(st.lists(st.tuples(*[NUMBERS] * width), min_size=1, max_size=10))
    marked = choose(st.frozensets(st.tuples(st.integers(0, len(rows) - 1), st.integers(0, width - 1))))
    return Picture(tuple(rows), "", choose(NUMBERS), choose(NUMBERS), marked)


@st.composite
def chains(choose: st.DrawFn) -> Chain:
    stage = st.one_of(st.builds(Maps, SIZES, SIZES, SIZES, TEXTS), st.builds(Units, SIZES, TEXTS))
    stages = choose(st.lists(stage, min_size=1, max_size=12))
    layers = [choose(TEXTS) for _ in stages[1:]]
    return Chain(tuple(stages), tuple(layers))


@st.composite
def graphs(choose: st.DrawFn) -> Graph:
    layers = choose(st.lists(st.lists(TEXTS, min_size=1, max_size=10).map(tuple), min_size=1, max_size=4))
    nodes = st.sampled_from([(n, place) for n, layer in enumerate(layers) for place in range(len(layer))])
    edges = [
        choose(
            st.lists(
                st.builds(
                    Edge,
                    st.integers(0, len(before) - 1),
                    st.integers(0, len(after) - 1),
                    st.sampled_from(["", "w_{1}", "w_{2}", "v", EVIL]),
                ),
                max_size=20,
            ).map(tuple)
        )
        for before, after in pairwise(layers)
    ]
    marked, faint = choose(st.frozensets(nodes)), choose(st.frozensets(nodes))
    return Graph(tuple(layers), tuple(edges), "", marked, faint)


@st.composite
def plots(choose: st.DrawFn) -> Plot:
    if choose(st.booleans()):
        return Plot(
            bars=tuple(choose(st.lists(st.tuples(TEXTS, NUMBERS), min_size=1, max_size=6))),
            x_label=choose(TEXTS),
            y_label=choose(TEXTS),
        )
    points = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=9).map(sorted).map(tuple)
    curves = choose(st.lists(st.builds(Curve, points, TEXTS), max_size=6))
    return Plot(tuple(curves), x_label=choose(TEXTS), y_label=choose(TEXTS))


DRAWINGS = st.one_of(pictures(), chains(), graphs(), plots())


@given(DRAWINGS)
def test_a_drawing_is_clean(figure: Drawing) -> None:
    drawing = draw(figure)
    svg = ElementTree.fromstring(drawing)
    assert svg.attrib["aria-label"] == words(figure)
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= {
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "text",
        "tspan",
    }
    names = {name for element in svg.iter() for name in element.attrib}
    assert not names & {"id", "class", "style", "href"}
    assert "url(" not in re.sub(r'aria-label="[^"]*"', "", drawing)
    assert draw(figure) == drawing


@given(DRAWINGS)
def test_nothing_is_outside_its_frame(figure: Drawing) -> None:
    svg = ElementTree.fromstring(draw(figure))
    left, top, width, height = map(float, svg.attrib["viewBox"].split())
    for x, y in points(svg):
        assert left <= x <= left + width, (x, svg.attrib["viewBox"])
        assert top <= y <= top + height, (y, svg.attrib["viewBox"])


@given(st.one_of(pictures(), chains(), graphs()))
def test_a_drawing_fits_a_page(figure: Drawing) -> None:
    assert float(ElementTree.fromstring(draw(figure)).attrib["width"]) <= WIDEST


@given(chains())
def test_texts_of_a_chain_do_not_overlap(chain: Chain) -> None:
    boxes = list(texts(ElementTree.fromstring(draw(chain))))
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            beside = right <= other[0] + 0.2 or other[2] <= left + 0.2
            assert beside or bottom <= other[1] or other[3] <= top


@pytest.mark.parametrize(
    "figure",
    [
        pytest.param(Chain((Units(1, EVIL), Units(1, EVIL)), (EVIL,)), id="chain"),
        pytest.param(Graph(((EVIL,), (EVIL,)), ((Edge(0, 0, EVIL),),)), id="graph"),
        pytest.param(Plot((Curve(((0, 0), (1, 1)), EVIL),), x_label=EVIL, y_label=EVIL), id="curves"),
        pytest.param(Plot(bars=((EVIL, 1),), x_label=EVIL, y_label=EVIL), id="bars"),
    ],
)
def test_labels_are_escaped(figure: Drawing) -> None:
    found = [text.text for text in ElementTree.fromstring(draw(figure)).iter(f"{SVG}text")]
    assert found.count(EVIL) >= 3


@pytest.mark.parametrize("style", ["Regular", "Italic"])
def test_texts_are_estimated_rather_too_wide(style: str) -> None:
    font = TTFont(FONTS / f"STIXTwoText-{style}.woff2")
    characters, advances, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    known = [code for code in (*range(0x20, 0x7F), *map(ord, "×−±…·äöüßαβγδσλθΣΔ")) if code in characters]
    assert len(known) > 100
    for code in known:
        assert advances[characters[code]][0] / em <= text_width(chr(code), 1), chr(code)


Box = tuple[float, float, float, float]


def points(svg: ElementTree.Element) -> Iterator[tuple[float, float]]:
    """Corners of all that is drawn."""
    for element, (x, y) in placed(svg):
        value = {name: float(text) for name, text in element.attrib.items() if re.fullmatch(r"[-\d.]+", text)}
        match element.tag.removeprefix(SVG):
            case "rect":
                left, top = x + value.get("x", 0), y + value.get("y", 0)
                yield from ((left, top), (left + value["width"], top + value["height"]))
            case "circle":
                middle, radius = (x + value["cx"], y + value["cy"]), value["r"]
                yield from ((middle[0] + sign * radius, middle[1] + sign * radius) for sign in (-1, 1))
            case "path":
                yield from ((x + a, y + b) for a, b in path(element.attrib["d"]))
    for left, top, right, bottom in texts(svg):
        yield from ((left, top), (right, bottom))


def placed(
    element: ElementTree.Element, x: float = 0, y: float = 0
) -> Iterator[tuple[ElementTree.Element, tuple[float, float]]]:
    if moved := re.fullmatch(r"translate\((\S+) (\S+)\)", element.attrib.get("transform", "")):
        x, y = x + float(moved[1]), y + float(moved[2])
    yield element, (x, y)
    for child in element:
        yield from placed(child, x, y)


def path(data: str) -> Iterator[tuple[float, float]]:
    x = y = 0.0
    for command, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", data):
        a, b = [*map(float, rest.split()), 0.0, 0.0][:2]
        match command:
            case "M" | "L":
                x, y = a, b
            case "l":
                x, y = x + a, y + b
            case "h":
                x += a
            case "v":
                y += a
            case "H":
                x = a
            case "V":
                y = a
        yield x, y


def texts(svg: ElementTree.Element) -> Iterator[Box]:
    size, anchor = 12.0, "middle"
    for element, (x, y) in placed(svg):
        size = float(element.attrib.get("font-size", size)) if element.tag == f"{SVG}g" else size
        if element.tag == f"{SVG}text" and "".join(element.itertext()).strip():
            own = float(element.attrib.get("font-size", size))
            width = text_width(element.text or "", own)
            width += sum(text_width(part.text or "", float(part.attrib["font-size"])) for part in element)
            start = {"start": 0.0, "middle": 0.5, "end": 1.0}[element.attrib.get("text-anchor", anchor)]
            left, baseline = x + float(element.attrib["x"]) - start * width, y + float(element.attrib["y"])
            yield left, baseline - 0.7 * own, left + width, baseline + 0.22 * own
