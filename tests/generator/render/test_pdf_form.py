"""The fields of a PDF: their names, words and places, and that programs can fill them in."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from convexam.generator import registry
from convexam.generator.document import Symbol, say
from convexam.generator.model import Field, Option
from convexam.generator.papers import Exam, Paper
from convexam.generator.render.box_names import box_names
from convexam.generator.render.paper import paper_html
from convexam.generator.render.pdf import pdf

from .conftest import kind
from .pdf_tree import Tagged

AB = (Option("A"), Option("B"))
FIELDS = (
    Field("Y", "tensor", Symbol("Y"), shape=(2, 3)),
    Field("Z", "tensor", Symbol("Z_{1}")),
    Field("r", "tensor", Symbol("r"), row=True),
    Field("setting", "record", say("Setting"), parts=(Field("size", "integer", say("Size")),)),
    Field("which", "choices", say("Which"), options=AB),
    Field("x", "expression", Symbol("x")),
    Field("why", "text", say("Why"), lines=4),
)


def form_of(exam: Exam, paper: Paper) -> PdfReader:
    return PdfReader(BytesIO(pdf(paper_html(exam, paper, medium="print"))))


def fields_of(reader: PdfReader) -> dict[str, Any]:
    """The fields as they stand in the file: name and dictionary."""
    trailer: Any = reader.trailer
    listed = [field.get_object() for field in trailer["/Root"]["/AcroForm"]["/Fields"]]
    return {field["/T"]: field for field in listed}


@pytest.fixture
def all_kinds(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> Paper:
    """A paper with one question that asks for everything, in an item with a full stop."""
    monkeypatch.setattr(registry, "get", lambda _name: kind("all", {}, FIELDS))
    (_, section) = paper.sections
    (problem,) = section.problems
    plain = replace(problem, spec=replace(problem.spec, prompt={"en": "Say."}), key={})
    return replace(paper, sections=(replace(section, problems=(plain,)),))


@pytest.fixture
def fields(exam: Exam, all_kinds: Paper) -> dict[str, Any]:
    return fields_of(form_of(exam, all_kinds))


def test_every_box_is_a_field_of_its_name(fields: dict[str, Any]) -> None:
    names = [name for field in FIELDS for row in box_names("b.1", field) for name in row]
    assert sorted(fields) == sorted(["paper", *(name.replace(".", ":") for name in names)])


def test_the_form_knows_its_paper(fields: dict[str, Any], all_kinds: Paper) -> None:
    paper = fields["paper"]
    assert (paper["/V"], paper["/Ff"], paper["/F"]) == (all_kinds.code, 1, 2)  # read-only, not seen
    assert {field["/V"] for name, field in fields.items() if name != "paper"} == {""}


def test_a_paper_for_everyone_asks_for_a_name(exam: Exam, everyones: Paper, paper: Paper) -> None:
    assert "student" in fields_of(form_of(exam, everyones))
    assert "student" not in fields_of(form_of(exam, paper))


def test_every_field_says_what_it_is_for(fields: dict[str, Any]) -> None:
    words = {name: field["/TU"] for name, field in fields.items() if name != "paper"}
    assert words["b:1/Y/1,1"] == "Question 1, Y, row 1, column 1"
    assert words["b:1/Y/2,3"] == "Question 1, Y, row 2, column 3"
    assert words["b:1/Z"] == "Question 1, Z₁"
    assert words["b:1/setting/size"] == "Question 1, Setting, Size"
    assert len(set(words.values())) == len(words)


def test_texts_and_maps_of_unknown_size_have_several_lines(fields: dict[str, Any]) -> None:
    several = {name for name, field in fields.items() if field["/Ff"] & 1 << 12}
    assert several == {"b:1/Z", "b:1/r", "b:1/why"}


def test_nothing_limits_what_is_typed(fields: dict[str, Any]) -> None:
    for name, field in fields.items():
        assert not {"/MaxLen", "/Opt", "/AA", "/A", "/AP", "/MK"} & set(field), name


def test_cells_lie_side_by_side_and_below_each_other(fields: dict[str, Any]) -> None:
    corners = [
        [float(number) for number in fields[f"b:1/Y/{row},{column}"]["/Rect"]]
        for row in (1, 2)
        for column in (1, 2, 3)
    ]
    widths = {round(right - left, 2) for left, _, right, _ in corners}
    heights = {round(top - bottom, 2) for _, bottom, _, top in corners}
    assert len(widths) == len(heights) == 1
    first, second, *_ = corners
    below = corners[3]
    assert second[0] == pytest.approx(first[2], abs=0.01)
    assert second[1] == first[1]
    assert below[3] == pytest.approx(first[1], abs=0.01)


def test_every_program_can_write_with_the_font(exam: Exam, all_kinds: Paper) -> None:
    trailer: Any = form_of(exam, all_kinds).trailer
    form = trailer["/Root"]["/AcroForm"]
    assert "/NeedAppearances" not in form
    ((name, font),) = form["/DR"]["/Font"].items()
    assert font["/Subtype"] == "/TrueType"
    assert font["/Encoding"] == "/WinAnsiEncoding"
    assert set(font["/Widths"]) == {500}
    assert len(font["/Widths"]) == font["/LastChar"] - font["/FirstChar"] + 1
    assert len(font["/FontDescriptor"]["/FontFile2"].get_data()) < 20_000
    for field in form["/Fields"]:
        assert field.get_object()["/DA"].startswith(f"{name} ")


def test_fields_are_read_where_they_stand(exam: Exam, all_kinds: Paper) -> None:
    """Each has a tag of its own, in the order of the page, and can be found from both ends."""
    tagged = Tagged(pdf(paper_html(exam, all_kinds, medium="print")))
    tags = list(tagged.tree.all("/Form"))
    names = [tag.fields[0]["/T"] for tag in tags]
    shown: list[Any] = [page.get("/Annots", []) for page in tagged.reader.pages]
    seen = [annotation.get_object()["/T"] for annotations in shown for annotation in annotations]
    assert names == [name for name in seen if name != "paper"]
    numbers = tagged.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert numbers[::2] == sorted(set(numbers[::2]))
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for tag in tags:
        assert parents[tag.fields[0]["/StructParent"]].get_object() == tag.entries


def test_two_forms_have_the_same_bytes(exam: Exam, all_kinds: Paper) -> None:
    html = paper_html(exam, all_kinds, medium="print")
    assert pdf(html) == pdf(html)
