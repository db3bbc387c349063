"""Pages end where it does no harm: on a paper with questions of every kind, as the PDF writer lays it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from convexam.generator import bank, exam_file
from convexam.generator.compose import compose, exam_of
from convexam.generator.papers import EVERYONE
from convexam.generator.render.paper import paper_html
from convexam.generator.render.pdf import laid_out
from convexam.generator.streams import practice_secret

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


@pytest.fixture(scope="module", params=PAPERS)
def document(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    known = bank.load(bank.shipped_files())
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
