"""Papers to be printed: room for a pen, whole leaves, and all of them in one file."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from convexam.generator.document import say
from convexam.generator.model import Field
from convexam.generator.papers import EVERYONE, Exam, Paper
from convexam.generator.render.handwriting import CELL, DECIMALS, SQUARE, working
from convexam.generator.render.look import PRINT
from convexam.generator.render.paper import paper_html
from convexam.generator.render.sheet import joined, sheet

NAME = "Željko O'Brien"
BLANK = "This page is left blank on purpose."
MILLIMETRE = 96 / 25.4


def texts(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]


def first_section(paper: Paper) -> Paper:
    return replace(paper, sections=paper.sections[:1])


@pytest.fixture(params=["all", "first section"])
def some(request: pytest.FixtureRequest, paper: Paper) -> Paper:
    return paper if request.param == "all" else first_section(paper)


def test_the_number_of_pages_is_even(exam: Exam, some: Paper) -> None:
    pages = texts(sheet(exam, some))
    assert len(pages) % 2 == 0
    for number, text in enumerate(pages, start=1):
        assert f"page {number} of {len(pages)}" in text
        assert some.code in text
    assert not any(BLANK in text for text in pages[:-1])


def test_a_page_is_blank_where_it_has_to_be(exam: Exam, paper: Paper) -> None:
    """Cover and one page of questions need none; two pages of questions make three, so the fourth is blank."""
    short, long = (
        texts(sheet(exam, replace(paper, sections=sections)))
        for sections in (paper.sections[1:], paper.sections[:1])
    )
    assert [BLANK in text for text in short] == [False] * 2
    assert [BLANK in text for text in long] == [False] * 3 + [True]


def test_questions_begin_behind_the_cover(exam: Exam, paper: Paper) -> None:
    cover, second, *_ = texts(sheet(exam, paper))
    assert "Conventions" in cover
    assert "About a1" not in cover
    assert "About a1" in second


@pytest.mark.parametrize("names", [True, False])
def test_names_stand_there_on_request(exam: Exam, paper: Paper, names: bool) -> None:
    text = " ".join(texts(sheet(exam, paper, paper.student if names else EVERYONE)))
    assert (NAME in text) == names
    assert (paper.student.id in text) == names


def test_there_is_nothing_to_type_into(exam: Exam, paper: Paper) -> None:
    assert PdfReader(BytesIO(sheet(exam, paper))).get_fields() is None


def test_the_same_paper_gives_the_same_bytes(exam: Exam, paper: Paper, tmp_path: Path) -> None:
    data = sheet(exam, paper, paper.student)
    assert data == sheet(exam, paper, paper.student)
    file = tmp_path / "paper.pdf"
    file.write_bytes(data)
    assert joined([file, file]) == joined([file, file])


def test_all_papers_in_one_file(exam: Exam, paper: Paper, tmp_path: Path) -> None:
    files = []
    for code in ("39212EAM13HG3N", "11111AAAAABBBB", "22222AAAAABBBB"):
        files.append(tmp_path / f"{code}.pdf")
        files[-1].write_bytes(sheet(exam, replace(paper, code=code)))
    separate = [text for file in files for text in texts(file.read_bytes())]
    assert texts(joined(files)) == separate


def test_cells_are_large_enough_for_a_pen() -> None:
    assert min(CELL.cell, DECIMALS.cell, SQUARE) >= 9 * MILLIMETRE


@pytest.mark.parametrize(
    ("points", "rows"), [("1", 4), ("2", 5), ("5/2", 6), ("4", 8), ("10", 17), ("40", 20)]
)
def test_more_points_leave_more_room(points: str, rows: int) -> None:
    fields = (Field("n", "integer", say("Number")), Field("c", "choice", say("Choice")))
    assert len(re.findall(r"M0 \d+h", working(fields, Fraction(points), PRINT))) == rows + 1


def test_what_is_chosen_or_told_needs_no_working() -> None:
    assert not working(
        (Field("c", "choice", say("Choice")), Field("t", "text", say("Text"))), Fraction(4), PRINT
    )


def test_a_form_and_solutions_leave_no_room(exam: Exam, paper: Paper) -> None:
    room = "Room for working"
    assert room in paper_html(exam, paper, medium="print", making="drawn")
    assert room not in paper_html(exam, paper, medium="print")
    assert room not in paper_html(exam, paper, medium="print", solutions=True)
