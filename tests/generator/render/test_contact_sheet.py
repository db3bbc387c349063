"""The contact sheet: everybody, in order, over as many pages as it takes."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

from pypdf import PdfReader

from convexam.generator.handout import contact_sheets
from convexam.generator.papers import Exam, Student
from convexam.generator.render.contact_sheet import contact_sheet

CODE = "39212EAM13HG3N"


def rows(count: int, version: str = "") -> list[tuple[str, str, Student]]:
    return [(CODE, version, Student(f"s{n}", f"Zoë <b>{n}</b>")) for n in reversed(range(count))]


def test_rows_are_sorted_as_people_do(exam: Exam) -> None:
    page = contact_sheet(exam, [*rows(11), (CODE, "", Student("S3a"))], "screen")
    found = re.findall(r'<th scope="row">(\w+)</th>', page)
    assert found == ["s0", "s1", "s2", "s3", "S3a", "s4", "s5", "s6", "s7", "s8", "s9", "s10"]
    assert "<b>" not in page
    assert page == contact_sheet(exam, [*rows(11), (CODE, "", Student("S3a"))][::-1], "screen")


def test_versions_have_a_column_where_there_are_any(exam: Exam) -> None:
    assert "Version" not in contact_sheet(exam, rows(1), "print")
    assert re.search(
        r'Version</th>.*>B</td><td class="code">', contact_sheet(exam, rows(1, "B"), "print"), re.S
    )


def test_a_resit_says_so(exam: Exam) -> None:
    assert "Resit 2" in contact_sheet(replace(exam, attempt=2), rows(1), "print")


def test_everybody_is_on_the_pages_of_the_pdf(exam: Exam) -> None:
    ((name, data),) = contact_sheets(exam, rows(70, "A"), ["pdf"])
    assert name == "contact-sheet.pdf"
    pages = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    assert len(pages) > 1
    for number, text in enumerate(pages, 1):
        assert f"page {number} of {len(pages)}" in text
        assert "Signature" in text  # the headings stand on every page
    found = re.findall(r"\bs(\d+)\b", " ".join(pages))
    assert found == [str(n) for n in range(70)]
