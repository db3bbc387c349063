"""The marker's sheet: every paper, every field, its key and its points, and no page in between."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from convexam.generator.handout import marker_sheets
from convexam.generator.papers import Exam, Paper, Student
from convexam.generator.render import marker_sheet as sheets
from convexam.generator.render.class_csv import class_csv
from convexam.generator.render.marker_sheet import marker_pdf, marker_sheet


@pytest.fixture
def papers(paper: Paper, everyones: Paper) -> list[Paper]:
    return [paper, replace(everyones, code="4AY5TNQ62VZAV9")]


def body(page: str) -> str:
    return page[page.index("<body>") :]


def test_every_paper_in_order(exam: Exam, papers: list[Paper]) -> None:
    page = body(marker_sheet(exam, papers, "screen"))
    assert re.findall(r'data-code="(\w+)"', page) == [paper.code for paper in papers]
    assert "s0001 · Željko O&#39;Brien" in page
    assert "everyone" not in page


def test_a_line_for_each_field(exam: Exam, paper: Paper) -> None:
    page = body(marker_sheet(exam, [paper], "screen"))
    rows = re.findall(r"<tr>\n(.*?)</tr>", page, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    assert [(number, key, points) for number, _, key, points in cells] == [
        ("1", "<pre>  9  17\n−13   2</pre>", "4"),
        ("2", "<pre>7  1/3</pre>", "2.5"),
        ("3", "16 × 15 × 15", "1/3"),
        ("", "448", "1/3"),
        ("", "0.667", "1/3"),
    ]


def test_markers_see_what_solutions_show(exam: Exam, paper: Paper) -> None:
    files = dict(marker_sheets(exam, [paper], ["html", "pdf", "yaml"]))
    assert set(files) == {"key.html", "key.pdf"}
    reader = PdfReader(BytesIO(files["key.pdf"]))
    text = reader.pages[0].extract_text()
    assert text.count(paper.code) == 2  # the heading, and the head of the page
    assert "16 × 15 × 15" in text
    assert reader.metadata is not None
    assert reader.metadata.title == "CNN midterm: key of every paper"


def test_a_page_does_not_break_a_question(exam: Exam, papers: list[Paper]) -> None:
    reader = PdfReader(BytesIO(dict(marker_sheets(exam, papers * 8, ["pdf"]))["key.pdf"]))
    assert len(reader.pages) > 2
    for page in reader.pages:
        text = page.extract_text()
        assert text.count("0.667") == text.count("16 × 15 × 15")


def test_the_papers_of_a_class_are_laid_out_some_at_a_time(
    exam: Exam, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All at once they would take gigabytes; it is not to be seen."""
    monkeypatch.setattr(sheets, "AT_ONCE", 4)
    papers = [replace(paper, code=f"{number:014}") for number in range(11)]
    reader = PdfReader(BytesIO(marker_pdf(exam, papers)))
    texts = [page.extract_text() for page in reader.pages]
    assert [f"page {number}" in text for number, text in enumerate(texts, 1)] == [True] * len(texts)
    assert sorted(set(re.findall(r"0{10}[0-9]{4}", "".join(texts)))) == [each.code for each in papers]
    assert "".join(texts).count("For those who mark") == 1
    assert reader.metadata is not None
    assert reader.metadata.title == "CNN midterm: key of every paper"


def test_the_same_papers_give_the_same_bytes(exam: Exam, paper: Paper) -> None:
    assert marker_pdf(exam, [paper]) == marker_pdf(exam, [paper])


def test_the_class_csv_has_a_row_for_each_paper(papers: list[Paper]) -> None:
    header, *rows = class_csv([(paper, paper.student) for paper in papers]).decode("utf-8-sig").splitlines()
    assert header == "paper,student,a1/Y,a2/Y,b.1/s,b.1/n,b.1/p"
    assert rows == [f"{papers[0].code},s0001,,,,,", f"{papers[1].code},,,,,,"]
    ada = Student("ada")
    single = class_csv([(replace(papers[1], student=ada), ada)]).decode("utf-8-sig")
    assert single.startswith("paper,a1/Y")
