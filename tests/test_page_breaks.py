"""Pages end where it does no harm: on a paper with questions of every kind, as the PDF writer lays it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from convexam.generator import bank, exam_file
from convexam.generator.compose import compose, exam_of
from convexam.generator.papers import EVERYONE
from convexam.generator.render.paper import paper_html
from convexam.generator.render.pdf import laid_out
from convexam.generator.streams import practice_secret

from .shipped import shipped_bank
from .test_leaks import every_kind

pytestmark = pytest.mark.xdist_group("page breaks")  # one process makes the papers once

HEIGHT_OF_A_PAGE = (297 - 20 - 18) / 25.4 * 96
HEADINGS = ("h2", "h3", "h4")
TEXTS = ("p", "div", "li", "td", "svg")


def walk(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from walk(child)


def pages(document: Any, name: str) -> dict[Any, dict[int, float]]:
    """Return every element of a class: on which pages it stands, and how high it is there."""
    found: dict[Any, dict[int, float]] = {}
    for number, page in enumerate(document.pages, start=1):
        for box in walk(page._page_box):
            if box.element is not None and name in box.element.get("class", "").split():
                heights = found.setdefault(box.element, {})
                heights[number] = max(heights.get(number, 0), box.height)
    return found


PAPERS: dict[str, dict[str, Any]] = {
    "form": {},
    "solutions": {"solutions": True},
    "by hand": {"making": "drawn"},
}


@pytest.fixture(
    scope="module",
    params=[pytest.param(name, marks=pytest.mark.sweep if how else ()) for name, how in PAPERS.items()],
)
def document(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    known = shipped_bank()
    file = tmp_path_factory.mktemp("breaks") / "exam.yaml"
    file.write_text("\n".join(every_kind(known)), encoding="utf-8")
    read = exam_file.load(file, known)
    paper = compose(read, known, practice_secret(42), EVERYONE)
    return laid_out(paper_html(exam_of(read, 42), paper, medium="print", **PAPERS[request.param]))


def test_a_question_stands_on_one_page_with_its_answers(document: Any) -> None:
    questions = pages(document, "together")
    assert len(questions) > 50
    for heights in questions.values():
        assert len(heights) == 1 or sum(heights.values()) > HEIGHT_OF_A_PAGE


@pytest.mark.parametrize("name", ["answer", "rule", "line", "figure", "box", "display", "working"])
def test_nothing_is_cut_through(document: Any, name: str) -> None:
    assert all(len(heights) == 1 for heights in pages(document, name).values())


def test_no_page_ends_with_a_heading(document: Any) -> None:
    for page in document.pages:
        written = [
            box for box in walk(page._page_box) if box.element_tag in (*HEADINGS, *TEXTS) and box.height
        ]
        assert not written or max(written, key=lambda box: box.position_y).element_tag in TEXTS


def within_margins(document: Any) -> bool:
    right = (210 - 20) / 25.4 * 96
    drawn = [
        box
        for page in document.pages
        for box in walk(page._page_box)
        if (box.element_tag or "").endswith("svg")
    ]
    return bool(drawn) and all(box.position_x + box.width <= right for box in drawn)


def test_nothing_sticks_out_of_the_page(document: Any) -> None:
    assert within_margins(document)


WIDE = """
format: convexam-bank/1
questions:
  - id: wide
    type: conv1d
    title: A wide row
    difficulty: 1
    points: 3
    params:
      input: {shape: [1, 32], from: -9, to: 9}
      kernel: {shape: [1, 1, 3], from: 1, to: 9}
      show_shape: true
    prompt:
      en: Filter {{ X }} with {{ K }}.
"""


@pytest.mark.parametrize("name", PAPERS)
def test_wide_maps_are_drawn_smaller(name: str, tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(WIDE, encoding="utf-8")
    known = bank.load([tmp_path / "bank.yaml"])
    file = tmp_path / "exam.yaml"
    file.write_text(
        "{format: convexam-exam/1, id: wide, title: Wide, sections: [{items: [{id: a, use: wide}]}]}", "utf-8"
    )
    read = exam_file.load(file, known)
    paper = compose(read, known, practice_secret(42), EVERYONE)
    document = laid_out(paper_html(exam_of(read, 42), paper, medium="print", **PAPERS[name]))
    assert within_margins(document)
