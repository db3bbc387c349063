"""The reader of QTI 1.2 packages takes what both importers of Canvas take, refuses the rest, and marks as
Canvas does."""

from __future__ import annotations

import io
import zipfile
from fractions import Fraction
from html import escape
from typing import Any

import pytest

from .canvas import Item, Quiz, read
from .canvas_marks import Answer
from .refusal import Refused

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"><metadata><schema>IMS Content</schema>
<schemaversion>1.1.3</schemaversion></metadata><organizations/><resources>
<resource identifier="a" type="imsqti_xmlv1p2"><file href="a/a.xml"/><dependency identifierref="b"/></resource>
<resource identifier="b" type="associatedcontent/imscc_xmlv1p1/learning-application-resource"
 href="a/assessment_meta.xml"><file href="a/assessment_meta.xml"/></resource>IMAGES</resources></manifest>"""
META = '<quiz identifier="a" xmlns="http://canvas.instructure.com/xsd/cccv1p0"><title>Lab 1</title></quiz>'
IMAGE = (
    '<resource identifier="i" type="webcontent" href="images/x.png"><file href="images/x.png"/></resource>'
)


def qti(*items: str, section: str = "<section ident='root_section'>{}</section>") -> str:
    inside = section.replace("{}", "".join(items))
    return (
        '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">'
        f'<assessment ident="a" title="Lab 1">{inside}</assessment></questestinterop>'
    )


def package(text: str, *, manifest: str = MANIFEST, meta: str = META, **more: bytes) -> bytes:
    members: dict[str, Any] = {
        "imsmanifest.xml": manifest.replace("IMAGES", IMAGE if more else ""),
        "a/a.xml": text,
        "a/assessment_meta.xml": meta,
        **{name.replace("__", "/").replace("_png", ".png"): data for name, data in more.items()},
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            if content:
                archive.writestr(name, content)
    return data.getvalue()


def mattext(text: str, kind: str = "text/html") -> str:
    return f'<material><mattext texttype="{kind}">{escape(text)}</mattext></material>'


def item(
    kind: str,
    text: str,
    responses: str = "",
    processing: str = "",
    *,
    notes: dict[str, str] | None = None,
    points: str = "2",
    ident: str = "q1",
) -> str:
    fields = {"question_type": kind, "points_possible": points}
    metadata = "".join(
        f"<qtimetadatafield><fieldlabel>{k}</fieldlabel><fieldentry>{v}</fieldentry></qtimetadatafield>"
        for k, v in fields.items()
    )
    scale = '<outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>'
    resprocessing = (
        f"<resprocessing>{scale}{processing}</resprocessing>" if kind != "text_only_question" else ""
    )
    feedback = "".join(
        f'<itemfeedback ident="{k}"><flow_mat>{mattext(v)}</flow_mat></itemfeedback>'
        for k, v in (notes or {}).items()
    )
    return (
        f'<item ident="{ident}" title="Question"><itemmetadata><qtimetadata>{metadata}</qtimetadata></itemmetadata>'
        f"<presentation>{mattext(text)}{responses}</presentation>{resprocessing}{feedback}</item>"
    )


def only(xml: str) -> Item:
    (found,) = read(package(qti(xml))).items
    return found


def condition(
    test: str, score: str = "100", *, action: str = "Set", note: str = "", order: str = "No"
) -> str:
    setvar = f'<setvar action="{action}" varname="SCORE">{score}</setvar>' if score else ""
    link = f'<displayfeedback feedbacktype="Response" linkrefid="{note}"/>' if note else ""
    return (
        f'<respcondition continue="{order}"><conditionvar>{test}</conditionvar>{setvar}{link}</respcondition>'
    )


def equal(ident: str, response: str = "response1") -> str:
    return f'<varequal respident="{response}">{escape(ident)}</varequal>'


def between(low: str, high: str, exact: str = "", attributes: str = "") -> str:
    bounds = f'<vargte respident="response1">{low}</vargte><varlte respident="response1">{high}</varlte>'
    if not exact:
        return bounds
    return f'<or><varequal respident="response1" {attributes}>{exact}</varequal><and>{bounds}</and></or>'


def margin(value: str) -> str:
    return f'margintype="absolute" margin="{value}"'


FIELD = '<response_str ident="response1" rcardinality="Single"><render_fib{}><response_label ident="a1"/></render_fib></response_str>'
DECIMAL = FIELD.replace("{}", ' fibtype="Decimal"')
PLAIN = FIELD.replace("{}", "")


def numerical(*conditions: str, **more: Any) -> str:
    return item("numerical_question", "How many?", DECIMAL, "".join(conditions), **more)


def short(*conditions: str, **more: Any) -> str:
    return item("short_answer_question", "Which?", PLAIN, "".join(conditions), **more)


def options(
    labels: dict[str, str], response: str = "response1", cardinality: str = "Single", kind: str = "text/html"
) -> str:
    inside = "".join(
        f'<response_label ident="{k}">{mattext(v, kind)}</response_label>' for k, v in labels.items()
    )
    return f'<response_lid ident="{response}" rcardinality="{cardinality}"><render_choice>{inside}</render_choice></response_lid>'


def choice(*conditions: str, labels: dict[str, str] | None = None, **more: Any) -> str:
    found = options(labels or {"i": "<p>one</p>", "j": "<p>two</p>", "k": "three"})
    return item("multiple_choice_question", "Which?", found, "".join(conditions), **more)


def answers(*conditions: str, **more: Any) -> str:
    found = options({"i": "one", "j": "two", "k": "three", "l": "four"}, cardinality="Multiple")
    return item("multiple_answers_question", "Which?", found, "".join(conditions), **more)


AND = "<and>" + equal("i") + equal("j") + "".join(f"<not>{equal(one)}</not>" for one in "kl") + "</and>"


def blanks(
    kind: str,
    known: dict[str, dict[str, str]],
    right: list[tuple[str, str, str]],
    text: str = "",
    action: str = "Add",
) -> str:
    responses = "".join(
        options(labels, f"response_{name}", kind="text/plain") for name, labels in known.items()
    )
    processing = "".join(
        condition(equal(one, f"response_{name}"), share, action=action) for name, one, share in right
    )
    return item(kind, text or " ".join(f"[{name}]" for name in known), responses, processing)


FILL = "fill_in_multiple_blanks_question"
DROP = "multiple_dropdowns_question"
CELLS = {"y00": {"y00-0": "12", "y00-1": "12.0"}, "y01": {"y01-0": "-3"}, "y02": {"y02-0": "ReLU"}}
CELL_MARKS = [(name, label, "33.33") for name, labels in CELLS.items() for label in labels]
LISTS = {"a": {"1": "max", "2": "mean"}, "b": {"3": "max", "4": "x < 3"}}
LIST_MARKS = [("a", "1", "50"), ("b", "4", "50")]


def test_a_package() -> None:
    found = read(package(qti(numerical(condition(between("7", "7", "7"))))))
    assert (found.identifier, found.title, len(found.sections)) == ("a", "Lab 1", 1)
    (one,) = found.items
    assert (one.identifier, one.title, one.type, one.text) == (
        "q1",
        "Question",
        "numerical_question",
        "How many?",
    )
    assert one.points == 2
    assert one.mark(["7"]) == 1


@pytest.mark.parametrize(
    ("test", "text", "right"),
    [
        (between("12.49", "12.51", "12.5", margin("0.01")), "12.5", True),
        (between("12.49", "12.51", "12.5", margin("0.01")), "12.49", True),
        (between("12.49", "12.51", "12.5", margin("0.01")), "12.51", True),
        (between("12.49", "12.51", "12.5", margin("0.01")), " +1.251e1 ", True),
        (between("12.49", "12.51", "12.5", margin("0.01")), "12.5101", False),
        (between("12.49", "12.51", "12.5", margin("0.01")), "12.51004", True),
        (between("-11.72", "-11.68", "-11.70", margin("0.02")), "-11.72", True),
        (between("-11.72", "-11.68", "-11.70", margin("0.02")), "11.7", False),
        (between("7", "7", "7"), "7.0", True),
        (between("7", "7", "7"), "7 pixels", True),
        (between("7", "7", "7"), "7,5", True),
        (between("7", "7", "7"), "7.00004", True),
        (between("7", "7", "7"), "7.00006", False),
        (between("7.0", "7.0", "7"), "7", True),
        (between("0", "0", "0"), "junk", False),
        (between("0", "0", "0"), "", False),
        (between("0", "0", "0"), None, False),
        (between("0", "0", "0"), "1e400", False),
        (between("1", "2"), "1.5", True),
        (between("1", "2"), "2", True),
        (between("1", "2"), "2.0001", False),
        (between("1", "2"), "−1", False),
    ],
)
def test_numbers(test: str, text: str | None, right: bool) -> None:
    assert only(numerical(condition(test))).mark([text]) == right


def test_feedback_of_a_number() -> None:
    notes = {
        "q1a_fb": "exactly",
        "correct_fb": "yes",
        "general_incorrect_fb": "no",
        "general_fb": "see page 3",
    }
    found = only(
        numerical(
            condition("<other/>", "", note="general_fb", order="Yes"),
            condition(between("7", "7", "7"), note="q1a_fb"),
            condition(between("8", "8", "8"), note="correct_fb"),
            condition("<other/>", "", note="general_incorrect_fb", order="Yes"),
            notes=notes,
        )
    )
    assert found.feedback(["7"]) == ("exactly", "yes", "see page 3")
    assert found.feedback(["8"]) == ("yes", "see page 3")
    assert found.feedback(["9"]) == found.feedback([None]) == ("no", "see page 3")


def test_a_choice_with_feedback_before_the_mark() -> None:
    found = only(
        choice(
            condition(equal("i"), "", note="i_fb", order="Yes"),
            condition(equal("j"), "", note="j_fb", order="Yes"),
            condition(equal("j"), note="correct_fb"),
            notes={"i_fb": "flipped", "j_fb": "indeed", "correct_fb": "yes"},
        )
    )
    assert found.blanks[0].options == ("one", "two", "three")
    assert [found.mark([one]) for one in ("two", "<p>two</p>", "one", "three", None)] == [1, 1, 0, 0, 0]
    assert [found.feedback([one]) for one in ("two", "one", None)] == [("indeed", "yes"), ("flipped",), ()]
    with pytest.raises(ValueError, match="0 of the options"):
        found.mark(["four"])
    with pytest.raises(TypeError, match="one answer"):
        found.mark([("one", "two")])


@pytest.mark.parametrize(
    ("chosen", "mark"),
    [
        (("one", "two"), 1),
        (("one",), Fraction(1, 2)),
        ("two", Fraction(1, 2)),
        (("one", "two", "three"), Fraction(1, 2)),
        (("one", "three"), 0),
        (("three", "four"), 0),
        (("one", "two", "three", "four"), 0),
        ((), 0),
        (None, 0),
    ],
)
def test_several_answers_less_wrong_ones(chosen: Answer, mark: Fraction) -> None:
    assert only(answers(condition(AND))).mark([chosen]) == mark


@pytest.mark.parametrize(
    ("given", "mark"),
    [
        (("12", "-3", "ReLU"), 1),
        (("12.0", " -3 ", "relu"), 1),
        (("12.00", "-3", "RELU"), Fraction(2, 3)),
        (("12", None, ""), Fraction(1, 3)),
        ((None, None, None), 0),
        (("-3", "12", "x"), 0),
    ],
)
def test_blanks_in_a_text(given: tuple[Answer, ...], mark: Fraction) -> None:
    found = only(blanks(FILL, CELLS, CELL_MARKS))
    assert [blank.name for blank in found.blanks] == ["y00", "y01", "y02"]
    assert found.mark(given) == mark


def test_blanks_come_in_the_order_of_the_text() -> None:
    found = only(blanks(FILL, CELLS, CELL_MARKS, "<td>[y02]</td><td>[y00]</td><td>[y01]</td>"))
    assert [blank.name for blank in found.blanks] == ["y02", "y00", "y01"]
    assert found.mark(["ReLU", "12", "-3"]) == 1


def test_drop_down_lists() -> None:
    found = only(blanks(DROP, LISTS, LIST_MARKS))
    assert [blank.options for blank in found.blanks] == [("max", "mean"), ("max", "x < 3")]
    assert found.mark(["max", "x < 3"]) == 1
    assert found.mark(["max", "max"]) == found.mark(["max", None]) == Fraction(1, 2)
    assert found.mark(["mean", "max"]) == found.mark([None, None]) == 0
    with pytest.raises(ValueError, match="shorter"):
        found.mark(["max"])


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("relu", True),
        (" ReLU ", True),
        ("ЯДРО", True),
        ("a<b & c", True),
        ("ReL", False),
        ("", False),
        (None, False),
    ],
)
def test_short_answers(text: str | None, right: bool) -> None:
    found = only(short(condition(equal("ReLU") + equal("ядро")), condition(equal("a<b & c"))))
    assert found.mark([text]) == right


def test_what_canvas_does_not_mark() -> None:
    essay = only(item("essay_question", "Why?", PLAIN, condition("<other/>", "")))
    text = only(item("text_only_question", "<p>Read.</p>", points="0"))
    for found, points in ((essay, 2), (text, 0)):
        assert (found.blanks, found.points) == ((), Fraction(points))
        with pytest.raises(ValueError, match="does not mark"):
            found.mark([])


GROUP = (
    "<section ident='root_section'><section ident='g' title='conv'><selection_ordering><selection>"
    "<selection_number>1</selection_number><selection_extension><points_per_item>2.0</points_per_item>"
    "</selection_extension></selection></selection_ordering>{}</section></section>"
)


def two() -> list[str]:
    return [numerical(condition(between("7", "7", "7")), ident=ident) for ident in ("q1", "q2")]


def test_a_group_of_which_one_is_drawn() -> None:
    found: Quiz = read(
        package(
            qti(*two(), section=GROUP),
            meta=META.replace("</quiz>", "<points_possible>2.0</points_possible></quiz>"),
        )
    )
    (group,) = found.sections
    assert (group.title, group.pick, [one.identifier for one in found.items]) == ("conv", 1, ["q1", "q2"])


def test_items_around_a_group_keep_their_order() -> None:
    first, last = (numerical(condition(between("7", "7", "7")), ident=ident) for ident in ("q0", "q9"))
    section = GROUP.replace("<section ident='g'", f"{first}<section ident='g'").replace(
        "</section></section>", f"</section>{last}</section>"
    )
    found = read(package(qti(*two(), section=section)))
    assert [one.identifier for one in found.items] == ["q0", "q1", "q2", "q9"]
    assert [one.pick for one in found.sections] == [None, 1, None]


@pytest.mark.parametrize(
    "source",
    [
        "$IMS-CC-FILEBASE$/images/x.png",
        "%24IMS-CC-FILEBASE%24/images/x.png",
        "$IMS-CC-FILEBASE$/images/x%2Epng",
    ],
)
def test_pictures(source: str) -> None:
    one = item("text_only_question", f'<p><img src="{source}"/></p>', points="0")
    assert read(package(qti(one), images__x_png=b"PNG")).items[0].images == {"images/x.png": b"PNG"}


RIGHT = condition(between("7", "7", "7"))


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (numerical(), "no right answer"),
        (numerical(condition(between("7", "7", "7"), "")), "right all the same"),
        (
            numerical(RIGHT, condition(between("8", "8", "8"), "", note="x_fb"), notes={"x_fb": "no"}),
            "right all the same",
        ),
        (numerical(condition(between("7", "7", "7"), "50")), "classic makes it 100"),
        (numerical(condition(equal("7"))), "varequal, vargte and varlte expected"),
        (numerical(condition("<other/>")), "a mark for no number"),
        (numerical(condition(between("6", "9", "7"))), "not in the middle"),
        (numerical(condition(between("6", "8", "7", margin("2")))), "takes the margin 2"),
        (numerical(condition(between("12.49", "12.51", "12.5"))), "0.009999999999999787"),
        (
            numerical(condition(between("6", "8", "7", 'margintype="percent" margin="1"'))),
            "margintype absolute",
        ),
        (numerical(condition(between("7", "7.0", "7"))), "New Quizzes raises"),
        (numerical(condition(between("8", "7"))), "from 8 to 7"),
        (numerical(condition(between("7,5", "8"))), "no number"),
        (numerical(condition(between("1e2", "1e2", "1e2"))), "no number"),
        (numerical(condition(between("1/3", "1/3", "1/3"))), "no number"),
        (numerical(condition(between("0.33333", "0.33333", "0.33333"))), "at four decimals"),
        (numerical(condition(between("7", "7", "7").replace("vargte", "vargt"))), "significant digits"),
        (numerical(RIGHT).replace('fibtype="Decimal"', ""), "fibtype Decimal"),
        (
            numerical(RIGHT).replace('<varequal respident="response1"', '<varequal respident="r"'),
            "no response 'r'",
        ),
        (numerical(RIGHT).replace('maxvalue="100"', 'maxvalue="1"'), "up to 100"),
        (numerical(RIGHT, points="x"), "points_possible 'x'"),
        (numerical(RIGHT, points="-1"), "points_possible '-1'"),
        (numerical(RIGHT).replace("points_possible", "points"), "points_possible ''"),
        (numerical(RIGHT, notes={"correct_fb": "x"}), "without its link or text"),
        (numerical(condition(between("7", "7", "7"), note="correct_fb")), "without its link or text"),
        (numerical(condition(between("7", "7", "7"), note="a"), notes={"a": "x"}), "would not be shown"),
        (
            numerical(condition(between("7", "7", "7"), note="incorrect1_fb"), notes={"incorrect1_fb": "x"}),
            "for a general one",
        ),
        (short(condition(equal("x")), condition(equal("y"), "")), "right all the same"),
        (short(condition(equal(" "))), "an empty text"),
        (item("essay_question", "Why?", PLAIN, condition(equal("x"))), "a short answer"),
        (item("matching_question", "?"), "not read here"),
        (item("text_only_question", "?", points="1"), "worth nothing"),
        (item("text_only_question", " ", points="0"), "no text"),
        (item("text_only_question", "a < b", points="0"), "a bare <"),
        (item("text_only_question", "?", points="0").replace("?<", "<p>?</p><"), "goes in as entities"),
        (item("text_only_question", "?", mattext("!"), points="0"), "2 <material>"),
        (
            item("text_only_question", '<img src="$IMS-CC-FILEBASE$/images/y.png">', points="0"),
            "images/y.png is shown",
        ),
        (choice(), "no right answer"),
        (choice(condition(equal("x"))), "no option 'x'"),
        (choice(condition(equal("i"), "50")), "classic makes it 100"),
        (
            choice(condition(equal("i")), condition(equal("i"), "", note="i_fb"), notes={"i_fb": "x"}),
            "feedback after the mark",
        ),
        (choice(condition(equal("i") + equal("j"))), "one option in a condition"),
        (choice(condition(equal("i")), labels={"i": "one"}), "fewer than two"),
        (choice(condition(equal("i"))).replace("Single", "Multiple"), "rcardinality Single"),
        (choice(condition(equal("i"))).replace('label ident="j"', 'label ident="i"'), "ids of options"),
        (answers(condition(equal("i"))), "all options in one <and>"),
        (
            answers(condition(AND.replace("<not>", "").replace("</not>", "")), condition(AND)),
            "one condition with the mark",
        ),
        (blanks(FILL, CELLS, CELL_MARKS[:-1]), "'ReLU' earns nothing, but is right to classic"),
        (blanks(FILL, CELLS, CELL_MARKS, "[y00] [y01]"), r"\[y02\] is 0 times"),
        (blanks(FILL, CELLS, CELL_MARKS, "[y00] [y01] [y02] [y01]"), r"\[y01\] is 2 times"),
        (blanks(FILL, {"y,0": {"x": "1"}}, [("y,0", "x", "100")]), "a plain name expected"),
        (blanks(FILL, {"y": {"x": "<b>1</b>"}}, [("y", "x", "100")]), "plain text expected"),
        (blanks(FILL, CELLS, [(n, x, "50") for n, x, _ in CELL_MARKS]), "blanks weigh the same"),
        (
            blanks(FILL, CELLS, CELL_MARKS).replace(
                'ident="y00-0"', 'ident="y00-0" scoring_algorithm="TextRegex"'
            ),
            "no patterns",
        ),
        (blanks(DROP, LISTS, LIST_MARKS, action="Set"), "setvar Add expected"),
        (blanks(DROP, LISTS, LIST_MARKS[:1]), "no right answer"),
        (blanks(DROP, LISTS, [*LIST_MARKS, ("a", "3", "50")]), "no such option"),
        (
            blanks(DROP, {"a": {"1": "x"}, "b": {"1": "y"}}, [("a", "1", "50"), ("b", "1", "50")]),
            "one option to classic",
        ),
        (numerical(RIGHT) + numerical(RIGHT), "the ident of two items"),
    ],
)
def test_items_that_are_refused(xml: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read(package(qti(xml)))


ONE = numerical(RIGHT)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no zip", "not a zip"),
        (package(qti()), "no items"),
        (package(qti(ONE), manifest=""), "imsmanifest.xml: not in the package"),
        (package(qti(ONE), meta=""), "assessment_meta.xml: not in the package"),
        (package(qti(ONE), manifest=MANIFEST.replace("a/a.xml", "a/b.xml")), "a/a.xml: not in the manifest"),
        (
            package(qti(ONE), manifest=MANIFEST.replace("imsqti_xmlv1p2", "imsqti_item_xmlv2p1")),
            "unknown type",
        ),
        (
            package(qti(ONE), manifest=MANIFEST.replace("imsqti_xmlv1p2", "webcontent")),
            "0 resources imsqti_xmlv1p2",
        ),
        (package(qti(ONE), manifest=MANIFEST.replace('ref="b"', 'ref="c"')), "dependencies"),
        (
            package(qti(ONE), manifest=MANIFEST.replace('<dependency identifierref="b"/>', "")),
            "is one dependency",
        ),
        (
            package(qti(ONE), manifest=MANIFEST.replace('identifier="b"', 'identifier="a"')),
            "identifiers of resources",
        ),
        (package(qti(ONE), manifest="<manifest"), "imsmanifest.xml"),
        (package(qti(ONE), meta=META.replace("Lab 1", "Lab 2")), "another title"),
        (package(qti(ONE), meta=META.replace('"a"', '"b"')), "another assessment"),
        (
            package(qti(ONE), meta=META.replace("</quiz>", "<points_possible>3.0</points_possible></quiz>")),
            "make 2",
        ),
        (package(qti(ONE).replace("ims_qtiasiv1p2", "ims_qtiasiv2p1")), "questestinterop of"),
        (package(qti(ONE).replace('title="Lab 1"', "")), "no title"),
        (package(qti(ONE, section="{}")), "no items"),
        (package(qti(*two(), section=GROUP.replace(">1<", ">3<"))), "'3' of 2 items"),
        (package(qti(*two(), section=GROUP.replace("2.0", "1.0"))), "worth the same"),
        (package(qti(ONE, section=f"<section>{GROUP}</section>")), "no items"),
        (package(qti(ONE), images__x_png=b"PNG"), "pictures that no item shows"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # an archive holds the time
)
def test_packages_that_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read(data)


@pytest.mark.parametrize("name", ["../x", "/x", "a//x", "a\\x"])
def test_paths_out_of_the_package_are_refused(name: str) -> None:
    data = io.BytesIO(package(qti(ONE)))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(name, "x")
    with pytest.raises(Refused, match="path"):
        read(data.getvalue())
