"""Drawings are made ready for the PDF writer: they look as before, and are no objects of their own."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from convexam.generator.figures.grid import grid_svg
from convexam.generator.figures.model import Grid
from convexam.generator.render.pdf import pdf
from convexam.generator.render.pdf_figures import begin_texts

from .pdf_tree import Tagged

STIX, OTHER = 'font-family="STIX Two Text, serif" font-size="10"', 'font-family="Arial" font-size="10"'
DIGIT = 4.95  # wide, at this size


def texts(inside: str) -> list[tuple[str | None, str | None]]:
    svg = ElementTree.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>')
    begin_texts(svg)
    return [(text.get("x"), text.get("text-anchor")) for text in svg.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(
    ("inside", "x", "anchor"),
    [
        pytest.param(f'<text {STIX} text-anchor="middle" x="50">12</text>', 50 - DIGIT, "start", id="middle"),
        pytest.param(f'<text {STIX} text-anchor="end" x="50">12</text>', 50 - 2 * DIGIT, "start", id="end"),
        pytest.param(f'<g {STIX} text-anchor="middle"><text>12</text></g>', -DIGIT, "start", id="inherited"),
        pytest.param(f'<g text-anchor="end"><text {STIX} font-size="20">1</text></g>'.replace('font-size="10" ', ""),
                     -2 * DIGIT, "start", id="its own size"),
        pytest.param(f'<text {STIX} x="50">12</text>', 50, None, id="start"),
        pytest.param(f'<text {OTHER} text-anchor="end" x="50">12</text>', 50, "end", id="another font"),
        pytest.param(f'<text {STIX} text-anchor="end" x="50">漢</text>', 50, "end", id="a character we lack"),
        pytest.param(
            f'<text {STIX} text-anchor="end" x="50">1<tspan>2</tspan></text>', 50, "end", id="several looks"
        ),
    ],
)  # fmt: skip
def test_texts_begin_where_they_were_drawn(inside: str, x: float, anchor: str | None) -> None:
    ((found, how),) = texts(inside)
    assert float(found or 0) == pytest.approx(x)
    assert how == anchor


def test_it_is_where_the_writer_would_put_it() -> None:
    """The writer moves the object that it makes of a text to the left."""
    text = f'<text {STIX} text-anchor="middle" x="50" y="20">−1/9</text>'
    ((x, _),) = texts(text)
    unknown = text.replace("STIX Two Text", "STIX Two Text ")  # to us, not to the writer
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="30">{unknown}</svg>'
    assert f"1 0 0 1 {float(x or 0) - 50:.2f}" in Tagged(_pdf(svg)).content(0)


def test_a_grid_is_no_objects() -> None:
    (page,) = PdfReader(BytesIO(_pdf(grid_svg(Grid(((1, 2), (3, 4)), "X"))))).pages
    assert not page["/Resources"]["/XObject"]  # type: ignore[index]
    assert "1234" in "".join(page.extract_text().split())


def _pdf(svg: str) -> bytes:
    return pdf(
        f'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><main><p>a {svg}</p></main></body></html>'
    )
