"""QTI 1.2 for Canvas: what is written, and that it is built like what Canvas is known to take in.

``tests/data/text2qti`` holds what text2qti 0.8.0 wrote of its ``quiz.txt``, whose packages Canvas imports; it was made
once.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest

from convexam.generator.compose import draw_problem
from convexam.generator.document import Math, Paragraph, Symbol, Text, quote, say
from convexam.generator.export.as_marked import as_marked
from convexam.generator.export.canvas.item_xml import item_xml
from convexam.generator.export.canvas.questions import Option, Question, ident_of, questions_of
from convexam.generator.export.canvas.stems import Stems, equation
from convexam.generator.export.item import Blank, Cell, Item, Line, Table
from convexam.generator.export.item_of import item_of
from convexam.generator.export.known_mistakes import Wrong
from convexam.generator.language import ENGLISH, language
from convexam.generator.papers import Exam
from convexam.generator.streams import Stream, derive

from ...exported import canvas_package
from ...shipped import shipped_bank

THEIRS = Path(__file__).parents[2] / "data" / "text2qti"
QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
BANK = shipped_bank()
EXAM = Exam("lab-1", "Lab 1")
EVERY_SORT = (
    "activation/softmax-row",  # a map
    "concepts/kernel-size",  # choices
    "concepts/parallel-or-not",  # a choice
    "concepts/parts-of-a-network",  # an order
    "cross_entropy/loss-of-a-batch",  # a rounded number
    "param_count/dense-or-convolution",  # a table
    "short_text/kernel-size",  # by hand
    "transposed_conv/size",  # a shape
)
HOSTILE = """<b>&lt;& ]]> [y] %24IMS-CC-FILEBASE%24/x <script>"""


def drawn(entry: str, code: str = "CODE", name: str = "a1") -> Item:
    stream = Stream(derive(b"lms", [entry, code]))
    problem = draw_problem(BANK[entry], stream, item=name, origin=BANK.origins[entry])
    return item_of(as_marked(problem, pays_mistakes=False), code, "en")


def item(*blanks: Blank, words: str = "What?", points: Fraction = Fraction(2)) -> Item:
    parts = tuple(Line(say("Value"), Cell(((None, blank),))) for blank in blanks)
    prompt = (Paragraph((Text(words),)),)
    return Item("A.a1", "a", (), words, ENGLISH, points, prompt, prompt, (say("Counted from 0."),), parts)


def number(name: str = "y", *, share: Fraction = Fraction(1), **more: object) -> Blank:
    return replace(Blank(name, "number", share, (12,)), **more)  # type: ignore[arg-type]


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def told(item: Element, path: str) -> list[str]:
    return [each.text or "" for each in item.findall(path)]


# -- like text2qti ------------------------------------------------------------------------------

SAME = {
    "Shared": Question("q0", "Shared", "text_only_question", Fraction(), "<p>A text</p>"),
    "Tolerance": Question(
        "q1",
        "Tolerance",
        "numerical_question",
        Fraction(1, 2),
        "<p>How much?</p>",
        numbers=(Fraction(25, 2),),
        tolerance=Fraction(1, 100),
        feedback="<p>Worked out.</p>",
    ),
    "Exact": Question(
        "q2", "Exact", "numerical_question", Fraction(1), "<p>How many?</p>", numbers=(Fraction(12),)
    ),
    "One": Question(
        "q3",
        "One",
        "multiple_choice_question",
        Fraction(1),
        "<p>Which?</p>",
        options=(
            Option("option1", "<p>one</p>", is_right=False, feedback="<p>A known mistake.</p>"),
            Option("option2", "<p>two</p>", is_right=True),
        ),
        feedback="<p>Worked out.</p>",
    ),
    "Several": Question(
        "q4",
        "Several",
        "multiple_answers_question",
        Fraction(1),
        "<p>Which ones?</p>",
        options=(
            Option("option1", "<p>one</p>", is_right=True),
            Option("option2", "<p>two</p>", is_right=False),
            Option("option3", "<p>three</p>", is_right=True),
        ),
    ),
    "Words": Question(
        "q5", "Words", "essay_question", Fraction(2), "<p>Why?</p>", feedback="<p>Worked out.</p>"
    ),
}


def skeleton(tree: Element) -> Iterator[tuple[int, str, tuple[tuple[str, str], ...]]]:
    """Yield tags and attributes: not names that are free, not the margin that text2qti leaves out."""
    free = ("ident", "title", "margin", "margintype")

    def walk(element: Element, depth: int) -> Iterator[tuple[int, str, tuple[tuple[str, str], ...]]]:
        if element.findtext(f"{QTI}fieldlabel") == "original_answer_ids":
            return
        kept = {name: value for name, value in element.attrib.items() if name not in free}
        if element.tag.endswith("displayfeedback") and not kept["linkrefid"].startswith("general"):
            kept["linkrefid"] = "of an option"
        yield depth, element.tag.removeprefix(QTI), tuple(sorted(kept.items()))
        for child in element:
            yield from walk(child, depth + 1)

    return walk(tree, 0)


@pytest.mark.parametrize("title", SAME)
def test_a_question_is_built_like_that_of_text2qti(title: str) -> None:
    theirs = fromstring((THEIRS / "assessment.xml").read_bytes())
    (same,) = (each for each in theirs.iter(f"{QTI}item") if each.get("title") == title)
    assert sorted(skeleton(item_xml(SAME[title]))) == sorted(skeleton(same))


def test_a_package_is_built_like_that_of_text2qti() -> None:
    def resources(text: bytes) -> list[tuple[str | None, bool, list[str]]]:
        return [
            (each.get("type"), "href" in each.attrib, [child.tag.split("}")[1] for child in each])
            for each in fromstring(text).iter("{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}resource")
        ]

    ours = members(canvas_package(EXAM, [[drawn("pool/max-small")]]))
    theirs = resources((THEIRS / "imsmanifest.xml").read_bytes())
    *quiz, picture = theirs
    assert resources(ours["imsmanifest.xml"])[:2] == quiz
    assert set(map(str, resources(ours["imsmanifest.xml"])[2:])) == {str(picture)}


def test_settings_are_among_those_of_text2qti() -> None:
    def tags(text: bytes) -> list[str]:
        return [each.tag for each in fromstring(text).iter()]

    ours = members(canvas_package(EXAM, [[item(number())]]))["convexam_A/assessment_meta.xml"]
    assert set(tags(ours)) <= set(tags((THEIRS / "assessment_meta.xml").read_bytes()))


# -- blanks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "tolerance", "written"),
    [
        (12, 0, ("12", None, "12", "12")),
        (Fraction(-1, 8), 0, ("-0.125", None, "-0.125", "-0.125")),
        (0, Fraction(1, 2000), ("0", "0.0005", "-0.0005", "0.0005")),
        (Fraction(1, 3), Fraction(1, 2000), ("0.333333333333", "0.0005", "0.332833333333", "0.333833333333")),
        (Fraction(1, 64), 0, ("0.015625", "0.00005", "0.015575", "0.015675")),
        (Fraction(1, 64), Fraction(1, 2 * 10**6), ("0.015625", "0.00005", "0.015575", "0.015675")),
        (Fraction(1, 4), Fraction(1, 2 * 10**6), ("0.25", "0.0000005", "0.2499995", "0.2500005")),
    ],
)
def test_numbers_are_decimals_with_a_margin_that_canvas_can_keep(
    right: Fraction, tolerance: Fraction, written: tuple[str, str | None, str, str]
) -> None:
    question = replace(SAME["Exact"], numbers=(Fraction(right),), tolerance=Fraction(tolerance))
    (near,) = item_xml(question).findall("resprocessing/respcondition/conditionvar/or")
    equal, bounds = near
    assert (equal.text, equal.get("margin"), bounds[0].text, bounds[1].text) == written
    assert equal.get("margintype") == ("absolute" if written[1] else None)


def test_each_right_number_earns_the_points_and_no_wrong_one_is_named() -> None:
    blank = number(right=(12, 14), wrong=(Wrong(-12, Fraction(1, 3), say("You flipped it."), Fraction()),))
    (question,) = questions_of(item(blank), Stems())
    written = item_xml(question)
    earning = [each for each in written.iter("respcondition") if each.find("setvar") is not None]
    assert [each.findtext(".//varequal") for each in earning] == ["12", "14"]
    assert "-12" not in [each.text for each in written.iter()]


def test_points_of_thirds_add_up() -> None:
    third = Fraction(1, 3)
    blanks = [number(name, share=third) for name in ("x", "y", "z")]
    shared, *asked = questions_of(item(*blanks, points=Fraction(1)), Stems())
    assert shared.points == 0
    assert [str(float(each.points)) for each in asked] == [
        "0.333333333333",
        "0.333333333334",
        "0.333333333333",
    ]
    assert sum(each.points for each in asked) == 1


def test_a_known_mistake_is_told_where_an_option_shows_it() -> None:
    blank = Blank(
        "y",
        "choice",
        Fraction(1),
        ("a",),
        options=(("a", "one"), ("b", "two"), ("c", "three")),
        wrong=(
            Wrong("b", Fraction(1, 2), say("You mixed them up."), Fraction()),
            Wrong("c", Fraction(), None, Fraction()),
        ),
    )
    (question,) = questions_of(item(blank), Stems())
    assert [(each.is_right, each.feedback) for each in question.options] == [
        (True, ""),
        (False, "<p>You mixed them up.</p>"),
        (False, ""),
    ]


# -- stems --------------------------------------------------------------------------------------


def test_one_blank_is_one_question_with_everything() -> None:
    (question,) = questions_of(item(number()), Stems())
    assert question.ident == ident_of("A.a1", "y") == "qA-a1--y"
    assert question.text.startswith("<h3>What?</h3><p>What?</p><div>Value: <span")
    assert question.feedback == "<p>What?</p>"


def test_several_blanks_come_behind_their_text_and_the_solution_behind_them() -> None:
    half = Fraction(1, 2)
    shared, first, last = questions_of(item(number("x", share=half), number("y", share=half)), Stems())
    assert (shared.kind, shared.text) == (
        "text_only_question",
        '<h3>What?</h3><p>What?</p><p style="font-size: 85%">Counted from 0.</p>',
    )
    assert (first.parent, last.parent) == (shared.ident, shared.ident)
    assert (first.feedback, last.feedback) == ("", "<p>What?</p>")


@pytest.mark.parametrize("origin", [0, 1])
def test_the_cell_of_a_map_is_named_and_marked(origin: int) -> None:
    blanks = [number(f"Y_0_{column}", share=Fraction(1, 2)) for column in range(2)]
    row = tuple(Cell(((None, blank),)) for blank in blanks)
    table = Table(Symbol("Y"), (), ((None, row),), origin=origin)
    _, _, second = questions_of(replace(item(), parts=(table,)), Stems())
    assert f", row {origin}, column {origin + 1}:</p>" in second.text
    cells = [each.split("</span></td>")[0][-1] for each in second.text.split("<td")[1:]]
    assert cells == ["\N{NO-BREAK SPACE}", "?"]


def test_formulas_are_those_of_the_editor_of_canvas() -> None:
    made = equation(r"\frac{1}{2}<x", ENGLISH)
    assert made.get("src") == "/equation_images/%255Cfrac%257B1%257D%257B2%257D%253Cx?scale=1"
    assert made.get("data-equation-content") == r"\frac{1}{2}<x"
    words = replace(item(number()), prompt=(Paragraph((Math("x"),)),))
    assert "<math" not in questions_of(words, Stems())[0].text


def test_formulas_speak_the_language_of_the_paper() -> None:
    made = equation(r"\text{height} = 0.5", language("nl"))
    assert made.get("title") == r"\text{hoogte} = 0{,}5"


# -- packages -----------------------------------------------------------------------------------


def test_golden_package(golden: Callable[[str, str], None]) -> None:
    items = [drawn(entry, name=f"a{place}") for place, entry in enumerate(EVERY_SORT, start=1)]
    data = canvas_package(EXAM, [items])
    assert canvas_package(EXAM, [items]) == data
    written = [
        f"== {name}\n{content.decode()}" if name.endswith(".xml") else f"== {name}: {len(content)} bytes\n"
        for name, content in members(data).items()
    ]
    golden("lms/canvas.txt", "".join(written) + f"== {hashlib.sha256(data).hexdigest()}\n")


def test_each_paper_is_a_quiz_and_a_picture_comes_once() -> None:
    papers = [[drawn("pool/max-small", code)] for code in ("A", "B")]
    packed = members(canvas_package(EXAM, [*papers, [replace(papers[0][0], name="C.a1")]]))
    quizzes = [name for name in packed if name.endswith("assessment_meta.xml")]
    assert quizzes == [f"convexam_{code}/assessment_meta.xml" for code in "ABC"]
    assert packed.keys() - members(canvas_package(EXAM, papers)).keys() == {
        "convexam_C/convexam_C.xml",
        "convexam_C/assessment_meta.xml",
    }
    manifest = packed["imsmanifest.xml"].decode()
    assert all(f'href="{name}"' in manifest for name in packed if name != "imsmanifest.xml")


def test_nothing_of_a_bank_gets_out_of_its_place() -> None:
    blank = Blank(
        "y", "choice", Fraction(1), ("a",), options=(("a", HOSTILE), ("b", "two")),
        wrong=(Wrong("b", Fraction(), say("{{ words }}", words=quote(HOSTILE)), Fraction()),),
    )  # fmt: skip
    packed = members(canvas_package(replace(EXAM, title=HOSTILE), [[item(blank, words=HOSTILE)]]))
    (written,) = fromstring(packed["convexam_A/convexam_A.xml"]).iter(f"{QTI}item")
    assert HOSTILE in (written.get("title") or "")
    texts = told(written, f".//{QTI}mattext")
    read = [" ".join(fromstring(f"<div>{text}</div>").itertext()) for text in texts]
    assert sum(HOSTILE in text for text in read) == len(texts) - 1
    assert not any("<script" in text or "<b>" in text for text in texts)


@pytest.mark.parametrize("kind", sorted({spec.type for spec in BANK}))
def test_every_kind_is_written(kind: str) -> None:
    entry = next(spec.id for spec in BANK if spec.type == kind)
    packed = members(canvas_package(EXAM, [[drawn(entry)]]))
    items = list(fromstring(packed["convexam_CODE/convexam_CODE.xml"]).iter(f"{QTI}item"))
    idents = [each.get("ident") for each in items]
    assert len(set(idents)) == len(idents) > 0
    points = fromstring(packed["convexam_CODE/assessment_meta.xml"]).findtext(
        "{http://canvas.instructure.com/xsd/cccv1p0}points_possible"
    )
    assert Fraction(points or "0") == BANK[entry].points


def test_long_titles_leave_room_for_codes() -> None:
    """A quiz of Canvas has a title of at most 255 characters."""
    blanks = Blank("y", "number", Fraction(1, 2), (1,)), Blank("z", "number", Fraction(1, 2), (1,))
    package = canvas_package(Exam("x", "Exam " * 99), [[item(*blanks, words="word " * 99)]])
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        root = fromstring(archive.read("convexam_A/convexam_A.xml"))
    titles = [each.get("title", "") for each in root.iter() if each.get("title")]
    assert max(map(len, titles)) <= 255
    assert {title.rpartition(" [")[2] for title in titles} == {"A]", "A.a1]", "A.a1 y]", "A.a1 z]"}
