"""What a PDF says to those who do not see it: the demands of PDF/UA that a program can check."""

from __future__ import annotations

from itertools import pairwise

import pytest

from convexam.generator.papers import Exam, Paper
from convexam.generator.render.boxes import Making
from convexam.generator.render.formulas import drawn, formula_box
from convexam.generator.render.paper import paper_html
from convexam.generator.render.pdf import pdf

from .pdf_tree import Tagged


@pytest.fixture(params=["form", "drawn", "solutions"])
def tagged(request: pytest.FixtureRequest, exam: Exam, paper: Paper) -> Tagged:
    making: Making = "drawn" if request.param == "drawn" else "form"
    solutions = request.param == "solutions"
    return Tagged(pdf(paper_html(exam, paper, medium="print", making=making, solutions=solutions)))


def page(body: str, language: str = "en") -> Tagged:
    head = f'<!DOCTYPE html><html lang="{language}"><head><title>x</title></head>'
    return Tagged(pdf(f"{head}<body><main>{body}</main></body></html>"))


def test_it_says_what_it_is(tagged: Tagged) -> None:
    assert tagged.root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a value of pypdf
    assert tagged.root["/Lang"] == "en"
    assert tagged.root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert "39212EAM13HG3N" in tagged.reader.metadata.title  # type: ignore[union-attr, operator]
    assert b"pdfuaid:part" in tagged.root["/Metadata"].get_data()


def test_all_content_is_in_the_tree_or_an_artifact(tagged: Tagged) -> None:
    """Each marked piece stands in the tree once; what is in none of them is in no marked piece either."""
    named = [place for tag in tagged.tree.all() for place in tag.content]
    assert len(named) == len(set(named))
    marked = []
    for page in range(len(tagged.reader.pages)):
        numbers, loose = tagged.marked(page)
        assert not loose
        marked += [(page, number) for number in numbers]
    assert sorted(marked) == sorted(named)


def test_headers_and_page_numbers_are_not_read(tagged: Tagged) -> None:
    first, *others = (tagged.headers(page) for page in range(len(tagged.reader.pages)))
    assert first  # its number
    assert all(len(each) > len(first) for each in others)  # title and code as well


def test_headings_go_down_one_level_at_a_time(tagged: Tagged) -> None:
    levels = [int(tag.role[2:]) for tag in tagged.tree.all("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_lists_hold_items_and_items_hold_bodies(tagged: Tagged) -> None:
    for tag in tagged.tree.all("/L"):
        assert {kid.role for kid in tag.kids} <= {"/LI", "/NonStruct"}
    for tag in tagged.tree.all("/LI"):
        assert {kid.role for kid in tag.kids} <= {"/Lbl", "/LBody", "/L"}


def test_tables_have_headings(tagged: Tagged) -> None:
    tables = list(tagged.tree.all("/Table"))
    for table in tables:
        assert list(table.all("/TH"))
        for row in table.all("/TR"):
            assert {kid.role for kid in row.kids} <= {"/TH", "/TD"}
    for cell in tagged.tree.all("/TH", "/TD", "/TR"):
        assert cell.within("/Table")


def test_headings_of_tables_are_told_with_their_cells(tagged: Tagged) -> None:
    names = {tag.entries["/ID"] for tag in tagged.tree.all("/TH")}
    for cell in tagged.tree.all("/TD"):
        assert set(cell.entries["/A"]["/Headers"]) <= names


def test_drawings_have_words(tagged: Tagged) -> None:
    drawings = list(tagged.tree.all("/Figure", "/Formula"))
    assert drawings
    assert all(tag.words.strip() for tag in drawings)


def test_formulas_are_text(tagged: Tagged) -> None:
    formulas = list(tagged.tree.all("/Formula"))
    assert formulas
    assert all(tag.entries["/ActualText"] == tag.words for tag in formulas)
    assert not any(tag.entries.get("/ActualText") for tag in tagged.tree.all("/Figure"))


def test_formulas_are_text_where_they_are_drawn(tagged: Tagged) -> None:
    for formula in tagged.tree.all("/Formula"):
        ((page, number),) = formula.content
        assert tagged.texts(page)[number] == formula.words


def test_formulas_are_found_in_the_text_of_a_page() -> None:
    formulas = map(formula_box, ("Y_{0,1} = 3x", r"\left\lfloor\frac{a}{2}\right\rfloor"))
    found = page("<p>{} and {}</p>".format(*formulas))
    assert "".join(found.reader.pages[0].extract_text().split()).startswith("andY₀,₁=3x⌊a/2⌋")


def test_formulas_are_drawn_once_and_used_again() -> None:
    found = page(f"<p>{formula_box('x+x')} and {formula_box('x')}</p>")
    objects = found.reader.pages[0]["/Resources"]["/XObject"]  # type: ignore[index]
    (plus,), (x,) = (
        [name for name in objects if drawn(sign).outlines.keys() == {name[1:]}] for sign in ("+", "x")
    )
    content = found.content(0)
    assert [content.count(f"{name} Do") for name in (plus, x)] == [1, 3]


def test_formulas_that_say_the_same_are_drawn_each_in_its_way() -> None:
    found = page(f"<p>{formula_box('1/9')} {formula_box(chr(92) + 'tfrac{1}{9}')}</p>")
    assert [tag.words for tag in found.tree.all("/Formula")] == ["1/9", "1/9"]
    assert found.content(0).count("re f") - page("<p>x</p>").content(0).count("re f") == 1  # the bar


def test_questions_are_read_in_their_order(tagged: Tagged) -> None:
    places = [place for tag in tagged.tree.all() for place in tag.content]
    pages = [number for number, _ in places]
    assert pages == sorted(pages)


def test_tabs_follow_the_tree(tagged: Tagged) -> None:
    assert [str(sheet["/Tabs"]) for sheet in tagged.reader.pages] == ["/S"] * len(tagged.reader.pages)


def test_a_character_that_our_font_lacks_takes_no_other_font() -> None:
    found = page(f"<p>{formula_box(chr(92) + 'text{漢}+1')} says more</p>")
    assert [tag.words for tag in found.tree.all("/Formula")] == ["漢 + 1"]
    assert "漢 + 1" in found.reader.pages[0].extract_text()
    fonts = found.reader.pages[0]["/Resources"]["/Font"].values()  # type: ignore[index]
    assert {font.get_object()["/BaseFont"].partition("+")[2] for font in fonts} <= {"STIX-Two-Text"}


def test_a_page_of_formulas_alone_is_drawn_too() -> None:
    svg = formula_box("x")
    assert [tag.words for tag in page(svg).tree.all("/Formula")] == ["x"]


def test_what_is_in_another_language_says_so() -> None:
    prompt = '<div lang="en"><p>Filter <svg viewBox="0 0 9 9" aria-label="X"></svg></p></div>'
    found = page(
        f'<h1>Toets</h1><h2><span><span lang="en">Warm-up</span></span></h2>{prompt}<p>Einde</p>', "nl"
    )
    assert found.root["/Lang"] == "nl"
    foreign = [tag for tag in found.tree.all() if "/Lang" in tag.entries]
    assert [(tag.role, tag.entries["/Lang"]) for tag in foreign] == [("/Span", "en"), ("/Art", "en")]
    assert foreign[0].within("/H2")
    assert [kid.role for kid in foreign[1].kids] == ["/P"]


def test_a_table_without_headings_is_no_table() -> None:
    found = page(
        "<table><tr><td>left</td><td>right</td></tr></table><table><tr><th>a</th><td>1</td></tr></table>"
    )
    assert [[tag.role for tag in table.all("/TH", "/TD")] for table in found.tree.all("/Table")] == [
        ["/TH", "/TD"]
    ]


def test_solutions_and_drawn_papers_are_no_forms(exam: Exam, paper: Paper) -> None:
    for html in (
        paper_html(exam, paper, medium="print", solutions=True),
        paper_html(exam, paper, medium="print", making="drawn"),
    ):
        assert "/AcroForm" not in Tagged(pdf(html)).root
