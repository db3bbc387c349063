"""Moodle XML: what is written, and that nothing of a bank gets out of its place."""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from xml.etree.ElementTree import Element, fromstring

import pytest
from _pytest.mark import ParameterSet

from convexam.generator.compose import draw_problem
from convexam.generator.document import Paragraph, Text, quote, say
from convexam.generator.export.as_marked import as_marked
from convexam.generator.export.cloze import LEAST_WIDTH, cloze, weights, widths
from convexam.generator.export.decimals import decimal
from convexam.generator.export.item import Blank, Cell, Item, Line, Table
from convexam.generator.export.item_of import item_of
from convexam.generator.export.known_mistakes import Wrong
from convexam.generator.language import ENGLISH
from convexam.generator.papers import Exam
from convexam.generator.streams import Stream, derive

from ...exported import moodle_xml
from ...shipped import shipped_bank

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
BLANK = re.compile(r"\{[0-9]+:[A-Z_]+:")
HOSTILE = r"""{1:NUMERICAL:=7} ~ # } \ \} {#1} <b>&lt;& "]]>" =%100% $$ \( '"""
IN_FILE = re.compile(r"(?<=base64\">)[^<]*")


def drawn(entry: str, code: str = "CODE") -> Item:
    stream = Stream(derive(b"lms", [entry, code]))
    problem = draw_problem(BANK[entry], stream, item="a1", origin=BANK.origins[entry])
    return item_of(as_marked(problem), code, "en")


def item(*blanks: Blank, words: str = "What?", entry: str = "a", code: str = "A") -> Item:
    parts = tuple(Line(say("Value"), Cell(((None, blank),))) for blank in blanks)
    prompt = (Paragraph((Text(words),)),)
    return Item(f"{code}.a1", entry, (), words, ENGLISH, Fraction(2), prompt, prompt, (), parts)


def number(name: str = "y", *, share: Fraction = Fraction(1), **more: object) -> Blank:
    return replace(Blank(name, "number", share, (12,)), **more)  # type: ignore[arg-type]


def questions(papers: Sequence[Sequence[Item]], exam: Exam = EXAM) -> list[Element]:
    return list(fromstring(moodle_xml(exam, papers)))


def text(question: Element, area: str) -> str:
    return question.findtext(f"{area}/text") or ""


# -- blanks -------------------------------------------------------------------------------------


def test_right_numbers_come_first_then_known_mistakes() -> None:
    blank = number(
        right=(12, Fraction(-1, 8)),
        tolerance=Fraction(1, 200),
        wrong=(
            Wrong(-12, Fraction(1, 3), say("You flipped it."), Fraction(1, 200)),
            Wrong(Fraction(1, 3), Fraction(), None, Fraction()),
        ),
    )
    assert cloze(blank, 3, ENGLISH) == (
        "{3:NUMERICAL:=12:0.005~=-0.125:0.005~%33.33333%-12:0.005#You flipped it.~%0%0.333333333333:0}"
    )


def test_boxes_of_a_map_are_equally_wide() -> None:
    """Moodle makes a box as wide as the longest number that it knows of there."""
    blanks = [blank for blank in drawn("activation/relu-map").blanks if blank.kind == "number"]
    assert len({max(map(len, typed(blank, 0))) for blank in blanks}) > 1
    wide = widths(drawn("activation/relu-map").parts)
    assert {max(map(len, typed(blank, wide[blank.name]))) for blank in blanks} == {LEAST_WIDTH}
    assert all(typed(blank, wide[blank.name])[-1] == "99999" for blank in blanks)


def test_a_box_is_as_wide_as_the_longest_number_of_its_table() -> None:
    long, short = number("a", right=(1234567,)), number("b", right=(9999999,))
    table = Table(say("Y"), (), ((None, (Cell(((None, long),)), Cell(((None, short),)))),))
    wide = widths([table, Line(say("y"), Cell(((None, number("c")),)))])
    assert wide == {"a": 7, "b": 7, "c": LEAST_WIDTH}
    assert cloze(short, 1, ENGLISH, wide["b"]) == "{1:NUMERICAL:=9999999:0}"  # never the right number


def typed(blank: Blank, width: int) -> list[str]:
    """Return the numbers that Moodle knows of in a blank."""
    written = cloze(blank, 1, ENGLISH, width)
    return re.findall(r"[{~](?:1:NUMERICAL:)?(?:=|%[0-9.]+%)(-?[0-9.]+)", written)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (-3, "-3"),
        (Fraction(-1, 10**13), "-0.0000000000001"),
        (Fraction(2, 3), "0.666666666667"),
        (Fraction(-1, 3 * 10**13), "0"),
        (10**20, "100000000000000000000"),
    ],
)
def test_numbers_are_plain_decimals(value: int | Fraction, written: str) -> None:
    assert decimal(value) == written


def test_one_option_is_chosen_from_a_menu_or_below_one_another() -> None:
    wrong = (Wrong("b", Fraction(1, 2), say("Not quite."), Fraction()),)
    blank = Blank("x", "choice", Fraction(1), ("a",), options=(("a", "yes"), ("b", "no")), wrong=wrong)
    assert cloze(blank, 1, ENGLISH) == "{1:MULTICHOICE:=yes~%50%no#Not quite.}"
    wide = replace(blank, options=(("a", "yes"), ("b", "no"), ("c", "x" * 31)))
    assert cloze(wide, 1, ENGLISH) == "{1:MULTICHOICE_V:=yes~%50%no#Not quite.~%0%" + "x" * 31 + "}"


def test_a_wrong_tick_takes_back_a_right_one() -> None:
    blank = Blank("x", "choices", Fraction(1), ("A", "C"), options=tuple((each, each) for each in "ABC"))
    assert cloze(blank, 1, ENGLISH) == "{1:MULTIRESPONSE:%50%A~%-50%B~%50%C}"
    assert cloze(replace(blank, right=("A",)), 1, ENGLISH) == "{1:MULTIRESPONSE:%100%A~%-100%B~%-100%C}"


def test_weights_are_the_smallest_whole_numbers_in_the_ratio_of_the_shares() -> None:
    shares = [Fraction(1, 4), Fraction(1, 2), Fraction(1, 8), Fraction(1, 8)]
    blanks = [number(f"y_{place}", share=share) for place, share in enumerate(shares)]
    assert list(weights(blanks).values()) == [2, 4, 1, 1]


# -- hostile texts ------------------------------------------------------------------------------


def test_nothing_in_a_text_begins_or_ends_a_blank() -> None:
    sentence = Wrong(13, Fraction(), quote(HOSTILE.replace("$$", "").replace("\\(", "")), Fraction())
    options = (("a", HOSTILE), ("b", f"={HOSTILE}\\"))
    choice = Blank("x", "choice", Fraction(1, 2), ("a",), options=options)
    asked = text(
        questions([[item(number(share=Fraction(1, 2), wrong=(sentence,)), choice, words=HOSTILE)]])[1],
        "questiontext",
    )
    assert BLANK.findall(asked.replace(cloze(choice, 1, ENGLISH), "")) == ["{1:NUMERICAL:"]
    assert asked.count("&#123;1:NUMERICAL:=7\\}") == 3  # inside of alternatives
    assert "&#123;1:NUMERICAL:=7}" in asked
    assert "{#1}" not in asked
    alternatives = cloze(choice, 1, ENGLISH).removeprefix("{1:MULTICHOICE_V:=").removesuffix("}")
    right, wrong = alternatives.split("~%0%")
    assert not re.search(r"(?<!\\)[~}]|(?<![\\&])#", right + wrong)
    assert wrong.endswith("&#92;")  # a backslash would take the end of the alternative


def test_names_cannot_leave_their_elements_or_make_folders() -> None:
    exam = Exam("x", "/A/B // <b>]]>/")
    category, question = questions([[item(number(), words="<i>]]>", entry="a/b")]], exam)
    assert category.findtext("category/text") == (
        "$course$/top/convexam/ //A//B //// &lt;b&gt;]]&gt;// (x)/a//b"
    )
    assert question.findtext("name/text") == "&lt;i&gt;]]&gt; [A.a1]"


# -- the file -----------------------------------------------------------------------------------


def test_a_category_holds_the_variants_of_an_entry() -> None:
    papers = [[item(number(), entry=entry, code=code) for entry in ("b", "a")] for code in ("A1", "A2")]
    told = [(each.get("type"), each.findtext("idnumber")) for each in questions(papers)]
    assert told == [
        ("category", "convexam.lab-1.b"),
        ("cloze", "A1.a1"),
        ("cloze", "A2.a1"),
        ("category", "convexam.lab-1.a"),
        ("cloze", "A1.a1"),
        ("cloze", "A2.a1"),
    ]
    assert text(questions(papers)[0], "info") == "Mark of each in the exam: 2. Variants: 2. Title: What?"


def test_a_long_title_fits_into_the_name_of_a_category() -> None:
    category, _ = questions([[item(number())]], Exam("lab-1", "An exam " * 50))
    step = (category.findtext("category/text") or "").split("/")[3]
    assert step.endswith(" … (lab-1)")
    assert len(step) <= 255


def test_a_long_title_leaves_room_for_the_code() -> None:
    """Moodle keeps 255 characters of a name, and the code is what a complaint names."""
    category, question = questions([[item(number(), words="<long> " * 90)]], Exam("lab-1", "<" * 200))
    name = question.findtext("name/text") or ""
    assert name.endswith(" … [A.a1]")
    assert len(name) <= 255
    assert len((category.findtext("category/text") or "").split("/")[3]) <= 255


def test_a_resit_and_long_names_have_categories_of_their_own() -> None:
    exam = Exam("x" * 60, "T", attempt=2)
    (category, _) = questions([[item(number(), entry="y" * 64)]], exam)
    (other, _) = questions([[item(number(), entry="y" * 63 + "z")]], exam)
    assert f"T ({exam.id}.2)" in (category.findtext("category/text") or "")
    names = [each.findtext("idnumber") or "" for each in (category, other)]
    assert len(set(names)) == 2
    assert max(map(len, names)) <= 100


def test_a_question_is_worth_the_sum_of_its_weights() -> None:
    blanks = number("a", share=Fraction(1, 3)), number("b", share=Fraction(2, 3))
    _, question = questions([[item(*blanks)]])
    assert question.findtext("defaultgrade") == "3"
    assert BLANK.findall(text(question, "questiontext")) == ["{1:NUMERICAL:", "{2:NUMERICAL:"]


def test_what_a_person_marks_is_an_essay_that_says_what_is_asked() -> None:
    _, question = questions([[drawn("conv_symbolic/five-inputs")]])
    assert question.get("type") == "essay"
    assert question.findtext("defaultgrade") == decimal(drawn("conv_symbolic/five-inputs").points)
    assert "an expression" in text(question, "questiontext")
    assert "*w" in text(question, "graderinfo")
    assert text(question, "graderinfo").endswith(text(question, "generalfeedback"))
    assert not BLANK.search(text(question, "questiontext"))


def test_every_sort_of_blank(golden: Callable[[str, str], None]) -> None:
    data = moodle_xml(EXAM, [[drawn(entry, code) for entry in EVERY_SORT] for code in ("P1", "P2")])
    assert data == moodle_xml(EXAM, [[drawn(entry, code) for entry in EVERY_SORT] for code in ("P1", "P2")])
    one = moodle_xml(EXAM, [[drawn(entry, "P1") for entry in EVERY_SORT]]).decode()
    readable = IN_FILE.sub(lambda found: b64decode(found[0]).decode(), one)
    golden("lms/moodle.txt", f"sha256 {hashlib.sha256(data).hexdigest()}\n{readable}")


def every_kind_and_in_the_sweep_all() -> list[ParameterSet]:
    seen = Counter[str]()
    chosen = []
    for entry in sorted(BANK.specs):
        seen[BANK[entry].type] += 1
        sweep = [] if seen[BANK[entry].type] == 1 else [pytest.mark.sweep]
        chosen.append(pytest.param(entry, marks=sweep))
    return chosen


@pytest.mark.parametrize("entry", every_kind_and_in_the_sweep_all())
def test_all_blanks_and_all_pictures_are_there(entry: str) -> None:
    asked = drawn(entry)
    _, question = questions([[asked]])
    assert len(BLANK.findall(text(question, "questiontext"))) == len(list(asked.blanks))
    for area in ("questiontext", "generalfeedback", "graderinfo"):
        shown = set(re.findall(r"@@PLUGINFILE@@/([^\"]+)", text(question, area)))
        files = [each.get("name") for each in question.findall(f"{area}/file")]
        assert sorted(files, key=str) == sorted(shown)
