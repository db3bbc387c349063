"""Nothing that reaches a student depends on an answer.

The papers are made twice from the same draws: once as they are, once with a solver that returns canaries.
What students get must be the same bytes; what instructors get must not, or this test would see nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import pypdf
import pytest
from PIL import Image

from convexam.generator import bank, exam_file, registry
from convexam.generator.compose import compose, exam_of
from convexam.generator.handout import ALL_FORMATS, solutions
from convexam.generator.handout import handout as make_handout
from convexam.generator.papers import EVERYONE, Exam, Paper, Problem
from convexam.generator.render.look import Medium
from convexam.generator.render.paper import paper_html
from convexam.generator.render.pdf import pdf
from convexam.generator.streams import practice_secret

from .shipped import shipped_bank

pytestmark = pytest.mark.xdist_group("leaks")  # one process makes the papers once

SECRET = practice_secret(42)
CANARY = 90210


WITH_FIGURES = ("identify_operation", "kernel_effect", "connectivity")
"""Kinds whose questions are figures: every entry of them is looked at; of the other kinds the first."""


@pytest.fixture(scope="module", params=[pytest.param("demo", marks=pytest.mark.sweep), "every kind"])
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Exam, Paper]:
    known = shipped_bank()
    file = exam_file.SHIPPED
    if request.param == "every kind":
        file = tmp_path_factory.mktemp("leaks") / "exam.yaml"
        file.write_text("\n".join(every_kind(known)), encoding="utf-8")
    read = exam_file.load(file, known)
    return exam_of(read, 42), compose(read, known, SECRET, EVERYONE)


def every_kind(known: bank.Bank) -> Iterator[str]:
    """Write an exam file with entries of all kinds."""
    yield "format: convexam-exam/1\nid: leaks\ntitle: Leaks\nsections:\n  - title: All\n    items:"
    first: set[str] = set()
    for number, spec in enumerate(known):
        if spec.type in WITH_FIGURES or spec.type not in first:
            first.add(spec.type)
            yield f"      - {{id: q{number}, use: {spec.id}}}"


@pytest.fixture(scope="module")
def exam(files: tuple[Exam, Paper]) -> Exam:
    return files[0]


@pytest.fixture(scope="module")
def paper(files: tuple[Exam, Paper]) -> Paper:
    return files[1]


@pytest.fixture(scope="module")
def handout(exam: Exam, paper: Paper) -> dict[str, bytes]:
    return all_files(exam, paper)


def all_files(exam: Exam, paper: Paper, formats: Collection[str] = ALL_FORMATS) -> dict[str, bytes]:
    """Return what students get, and the pages that the PDF and a paper to be printed are laid out from."""
    form = paper_html(exam, paper, medium="print")
    on_paper = paper_html(exam, paper, medium="print", making="drawn")
    pages = {"form.html": form.encode(), "print.html": on_paper.encode()}
    return dict(make_handout(exam, paper, formats)) | pages


def canary(value: Any) -> Any:
    if isinstance(value, str):
        return f"canary {CANARY}"
    return tuple(map(canary, value)) if isinstance(value, tuple) else CANARY


def with_canaries(paper: Paper) -> Paper:
    def poisoned(problem: Problem) -> Problem:
        return replace(problem, key={name: tuple(map(canary, each)) for name, each in problem.key.items()})

    return replace(
        paper,
        sections=tuple(
            replace(part, problems=tuple(map(poisoned, part.problems))) for part in paper.sections
        ),
    )


def test_students_get_the_same_bytes_whatever_the_answers(
    exam: Exam, paper: Paper, handout: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> Any:
        raise AssertionError("a student's paper asked for the key")

    real = registry.get
    blind = {
        name: replace(real(name), solve=refuse, second=refuse, effort=refuse, work=refuse)
        for name in registry.NAMES
    }
    monkeypatch.setattr(registry, "get", blind.__getitem__)
    poisoned = with_canaries(paper)
    formats = {*ALL_FORMATS} - (
        {"pdf"} if exam.id == "leaks" else set()
    )  # its page is enough: a PDF takes long
    again = all_files(exam, poisoned, formats)
    endings = {name.rpartition(".")[2] for name in again}
    assert endings | {"gif"} == {"json", *formats}
    for name, data in again.items():
        assert data == handout[name], name


def test_solutions_do_show_the_answers(exam: Exam, paper: Paper) -> None:
    ((_, page),) = solutions(exam, with_canaries(paper), ["html"])
    assert str(CANARY).encode() in page


def secrets(paper: Paper) -> Iterator[str]:
    """What must not stand in a student's file in any spelling: the secret, and the long answers."""
    yield SECRET.hex()
    yield SECRET.hex()[:16]
    for problem in paper.problems:
        for values in problem.key.values():
            if isinstance(values[0], tuple) and values[0] and isinstance(values[0][0], tuple):
                for rows in (values[0], values[0][::-1]):
                    yield " ".join(str(cell) for row in rows for cell in row)  # type: ignore[union-attr]


def test_no_answer_stands_in_a_students_file(paper: Paper, handout: dict[str, bytes]) -> None:
    for name, data in handout.items():
        text = (
            pdf_text(data)
            if name.endswith(".pdf")
            else data.decode("latin-1" if name.endswith(".gif") else "utf-8")
        )
        squeezed = " ".join(re.sub(r"<[^>]*>|[\[\],\"]", " ", text).replace("−", "-").split())
        for secret in secrets(paper):
            assert secret not in squeezed, (name, secret)


def pdf_text(data: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(data))
    pages = " ".join(page.extract_text() for page in reader.pages)
    objects = " ".join(repr(reader.get_object(number + 1)) for number in range(len(reader.xref[0])))
    return f"{pages} {objects} {reader.metadata} {reader.trailer}"


def test_figures_carry_nothing_beside_what_is_seen(handout: dict[str, bytes]) -> None:
    page = next(data for name, data in handout.items() if name.endswith(".html")).decode()
    for figure in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        assert not re.search(r"<(title|desc|metadata|style|script|!--)|\s(id|class|data-[a-z]+)=", figure)
    for name, data in handout.items():
        if name.endswith(".gif"):
            assert not set(Image.open(io.BytesIO(data)).info) & {"comment", "extension_text"}


def test_the_pdf_names_no_time_and_no_machine(handout: dict[str, bytes]) -> None:
    data = next(data for name, data in handout.items() if name.endswith(".pdf"))
    metadata = pypdf.PdfReader(io.BytesIO(data)).metadata
    assert metadata is not None
    assert not {"/CreationDate", "/ModDate", "/Author"} & set(metadata)


SIZES = ("conv2d/binary-image-stride", "conv2d/binary-image-dilation")
"""Variants whose output maps differ in size, which is asked."""


def only(name: str, paper: Paper) -> Paper:
    """Make a paper of one entry, alike in all but what is drawn."""
    spec = shipped_bank()[name]
    problem = paper.problems[0]
    case = replace(problem.case, given=spec.given)
    problem = replace(problem, spec=replace(spec, title="T"), points=Fraction(3), case=case)
    return replace(paper, sections=(replace(paper.sections[0], problems=(problem,)),))


def test_the_answer_file_does_not_betray_a_size_that_is_asked(paper: Paper, exam: Exam) -> None:
    first, second = (dict(make_handout(exam, only(name, paper), ["yaml"])) for name in SIZES)
    assert first == second


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_the_form_does_not_betray_a_size_that_is_asked(paper: Paper, exam: Exam, medium: Medium) -> None:
    """The boxes are the same in number, name and size, and so are the script and all that it reads."""
    first, second = (form_of(paper_html(exam, only(name, paper), medium=medium)) for name in SIZES)
    assert first == second
    assert first


class Form(HTMLParser):
    """Collects the elements of a form with all that is said of them, and the scripts of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        grid = tag == "div" and ("class", "grid") in attrs
        if grid or tag in ("form", "input", "textarea", "select", "option", "button", "label", "script"):
            self.parts.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.parts.append(data)


def form_of(page: str) -> list[object]:
    form = Form()
    form.feed(page)
    return form.parts


def test_the_fields_of_a_pdf_do_not_betray_a_size_that_is_asked(paper: Paper, exam: Exam) -> None:
    """They are the same in number, name, size and kind, whatever stands above them."""
    first, second = (fields_of(pdf(paper_html(exam, only(name, paper), medium="print"))) for name in SIZES)
    assert first == second
    assert len(first) == 3  # the paper, the student, the map


def fields_of(data: bytes) -> list[dict[str, object]]:
    """Return all that a PDF says of its fields, but for the place on the page."""
    root: Any = pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]
    return [_said(field.get_object()) for field in root["/AcroForm"]["/Fields"]]


def _said(field: Any) -> dict[str, object]:
    left, bottom, right, top = map(float, field["/Rect"])
    said = {key: str(value) for key, value in field.items() if key not in ("/Rect", "/P")}
    return {**said, "width": round(right - left, 3), "height": round(top - bottom, 3)}
