"""The engine for QTI 2.1 by itself: packages written by hand, what it refuses, and NULL."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from .qti import schemas as xsd
from .qti21 import Item, Package, Refused, Value, read_package

PNG = b"\x89PNG\r\n\x1a\n and so on"
Changes = Mapping[str, tuple[str, str]]

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M">
 <metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>
 <organizations/>
 <resources>
  <resource identifier="T" type="imsqti_test_xmlv2p1" href="test.xml"><file href="test.xml"/>
   <dependency identifierref="R1"/><dependency identifierref="R2"/></resource>
  <resource identifier="R1" type="imsqti_item_xmlv2p1" href="items/cells.xml"><file href="items/cells.xml"/>
   <file href="items/img/map.png"/></resource>
  <resource identifier="R2" type="imsqti_item_xmlv2p1" href="items/chosen.xml"><file href="items/chosen.xml"/></resource>
 </resources>
</manifest>"""

TEST = """<?xml version="1.0" encoding="UTF-8"?>
<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="test" title="Lab 1">
 <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"><defaultValue><value>0</value></defaultValue></outcomeDeclaration>
 <testPart identifier="part" navigationMode="nonlinear" submissionMode="simultaneous">
  <assessmentSection identifier="section" title="Lab 1" visible="true">
   <assessmentItemRef identifier="second" href="items/chosen.xml"/>
   <assessmentItemRef identifier="first" href="items/cells.xml"/>
  </assessmentSection>
 </testPart>
 <outcomeProcessing><setOutcomeValue identifier="SCORE"><sum><testVariables variableIdentifier="SCORE"/></sum></setOutcomeValue></outcomeProcessing>
</assessmentTest>"""

SCORES = """<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"><defaultValue><value>0</value></defaultValue></outcomeDeclaration>
 <outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float"><defaultValue><value>2</value></defaultValue></outcomeDeclaration>"""


def right(identifier: str, low: str, high: str, *, otherwise: str = "") -> str:
    return f"""<responseCondition><responseIf><and><gte><variable identifier="{identifier}"/><baseValue baseType="float">{low}</baseValue></gte>
 <lte><variable identifier="{identifier}"/><baseValue baseType="float">{high}</baseValue></lte></and>{earn("1", identifier, "OK")}</responseIf>{otherwise}</responseCondition>"""


def earn(mark: str, identifier: str, feedback: str) -> str:
    return f"""<setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/><baseValue baseType="float">{mark}</baseValue></sum></setOutcomeValue>
 <setOutcomeValue identifier="FB_{identifier}"><baseValue baseType="identifier">{feedback}</baseValue></setOutcomeValue>"""


MISTAKEN = f"""<responseElseIf><equal toleranceMode="exact"><variable identifier="Y_0_0"/><baseValue baseType="float">-12</baseValue></equal>
 {earn("0.5", "Y_0_0", "SIGN")}</responseElseIf>"""

CELLS = f"""<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="cells" title="Convolve" adaptive="false" timeDependent="false">
 <responseDeclaration identifier="Y_0_0" cardinality="single" baseType="float"><correctResponse><value>12</value></correctResponse></responseDeclaration>
 <responseDeclaration identifier="Y_0_1" cardinality="single" baseType="float"><correctResponse><value>0.5</value></correctResponse></responseDeclaration>
 {SCORES}
 <outcomeDeclaration identifier="FB_Y_0_0" cardinality="single" baseType="identifier"><defaultValue><value>NONE</value></defaultValue></outcomeDeclaration>
 <outcomeDeclaration identifier="FB_Y_0_1" cardinality="single" baseType="identifier"><defaultValue><value>NONE</value></defaultValue></outcomeDeclaration>
 <itemBody><p>Convolve <img src="img/map.png" alt="a map"/>.</p>
  <table><tbody><tr><td><textEntryInteraction responseIdentifier="Y_0_0" expectedLength="8"/>
   <feedbackInline outcomeIdentifier="FB_Y_0_0" showHide="show" identifier="SIGN">You flipped the kernel.</feedbackInline></td>
   <td><textEntryInteraction responseIdentifier="Y_0_1"/></td></tr></tbody></table></itemBody>
 <responseProcessing>
  {right("Y_0_0", "12", "12", otherwise=MISTAKEN)}
  {right("Y_0_1", "0.499999999", "0.500000001")}
 </responseProcessing>
 <modalFeedback outcomeIdentifier="FB_Y_0_1" showHide="show" identifier="OK">Well <em>done</em>.</modalFeedback>
</assessmentItem>"""

CHOSEN = f"""<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="chosen" title="Choose" adaptive="false" timeDependent="false">
 <responseDeclaration identifier="ONE" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>
 <responseDeclaration identifier="MANY" cardinality="multiple" baseType="identifier"><correctResponse><value>A</value><value>B</value></correctResponse>
  <mapping defaultValue="-1" lowerBound="0"><mapEntry mapKey="A" mappedValue="1"/><mapEntry mapKey="B" mappedValue="0.5"/></mapping></responseDeclaration>
 <responseDeclaration identifier="PICK" cardinality="single" baseType="identifier"/>
 <responseDeclaration identifier="ORDER" cardinality="ordered" baseType="identifier"><correctResponse><value>B</value><value>A</value></correctResponse></responseDeclaration>
 <responseDeclaration identifier="COUNT" cardinality="single" baseType="integer"/>
 <responseDeclaration identifier="WORD" cardinality="single" baseType="string"/>
 <responseDeclaration identifier="TEXT" cardinality="single" baseType="string"/>
 {SCORES}
 <outcomeDeclaration identifier="FOUND" cardinality="single" baseType="boolean"/>
 <outcomeDeclaration identifier="NUMBER" cardinality="single" baseType="float"/>
 <outcomeDeclaration identifier="WHOLE" cardinality="single" baseType="integer"/>
 <itemBody>
  <choiceInteraction responseIdentifier="ONE" shuffle="false" maxChoices="1"><prompt>One?</prompt><simpleChoice identifier="A">a <em>first</em></simpleChoice><simpleChoice identifier="B">b</simpleChoice></choiceInteraction>
  <choiceInteraction responseIdentifier="MANY" shuffle="false" maxChoices="0"><simpleChoice identifier="A">a</simpleChoice><simpleChoice identifier="B">b</simpleChoice><simpleChoice identifier="C">c</simpleChoice></choiceInteraction>
  <p><inlineChoiceInteraction responseIdentifier="PICK" shuffle="false"><inlineChoice identifier="A">same</inlineChoice></inlineChoiceInteraction></p>
  <orderInteraction responseIdentifier="ORDER" shuffle="false"><simpleChoice identifier="A">a</simpleChoice><simpleChoice identifier="B">b</simpleChoice></orderInteraction>
  <p><textEntryInteraction responseIdentifier="COUNT"/> <textEntryInteraction responseIdentifier="WORD"/></p>
  <extendedTextInteraction responseIdentifier="TEXT" expectedLines="5"/>
 </itemBody>
 <responseProcessing>
  <responseCondition><responseIf><match><variable identifier="ONE"/><correct identifier="ONE"/></match>
   <setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition>
 </responseProcessing>
</assessmentItem>"""

FILES: dict[str, str | bytes] = {
    "imsmanifest.xml": MANIFEST,
    "test.xml": TEST,
    "items/cells.xml": CELLS,
    "items/chosen.xml": CHOSEN,
    "items/img/map.png": PNG,
}


def packed(files: Mapping[str, str | bytes] = FILES) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def changed(name: str, old: str, new: str) -> Package:
    """The package with every occurrence in one file changed."""
    text = FILES[name]
    assert isinstance(text, str)
    assert old in text, f"{old} is not in {name}"
    return read_package(packed({**FILES, name: text.replace(old, new)}))


def cells() -> Item:
    return read_package(packed()).items[1]


def test_items_come_in_the_order_of_the_test() -> None:
    package = read_package(packed())
    assert [item.identifier for item in package.items] == ["chosen", "cells"]
    assert (package.title, package.items[1].max_score) == ("Lab 1", 2.0)
    assert package.items[1].text.startswith("Convolve")


def test_interactions_come_in_document_order() -> None:
    found = [(part.identifier, part.kind) for part in read_package(packed()).items[0].interactions]
    assert found == [
        ("ONE", "choiceInteraction"),
        ("MANY", "choiceInteraction"),
        ("PICK", "inlineChoiceInteraction"),
        ("ORDER", "orderInteraction"),
        ("COUNT", "textEntryInteraction"),
        ("WORD", "textEntryInteraction"),
        ("TEXT", "extendedTextInteraction"),
    ]


def test_choices_have_their_texts() -> None:
    choices = read_package(packed()).items[0].interactions[0].choices
    assert [(choice.identifier, choice.text) for choice in choices] == [("A", "a first"), ("B", "b")]


@pytest.mark.parametrize(
    ("typed", "score", "feedback"),
    [
        ("12", 1, "OK"),
        (" 12 ", 1, "OK"),
        ("+12", 1, "OK"),
        ("12.0", 1, "OK"),
        ("1.2e1", 1, "OK"),
        ("-12", 0.5, "SIGN"),
        ("12.000001", 0, "NONE"),
        ("12,0", 0, "NONE"),
        ("abc", 0, "NONE"),
        ("nan", 0, "NONE"),
        ("INF", 0, "NONE"),
        ("1e999", 0, "NONE"),
        ("٣", 0, "NONE"),
        ("", 0, "NONE"),
        (None, 0, "NONE"),
    ],
)
def test_one_cell(typed: str | None, score: float, feedback: str) -> None:
    outcomes = cells().process({"Y_0_0": typed})
    assert (outcomes["SCORE"], outcomes["FB_Y_0_0"], outcomes["MAXSCORE"]) == (score, feedback, 2.0)


@pytest.mark.parametrize(
    ("typed", "score"),
    [
        ("0.5", 1),
        ("5e-1", 1),
        ("0.499999999", 1),
        ("0.500000001", 1),
        ("0.4999999989", 0),
        ("0.5000000011", 0),
    ],
)
def test_the_edges_of_a_range_belong_to_it(typed: str, score: float) -> None:
    assert cells().process({"Y_0_1": typed})["SCORE"] == score


def test_a_blank_item_earns_nothing_and_shows_nothing() -> None:
    item = cells()
    outcomes = item.process({})
    assert outcomes == {"SCORE": 0.0, "MAXSCORE": 2.0, "FB_Y_0_0": "NONE", "FB_Y_0_1": "NONE"}
    assert item.shown(outcomes) == []


ZERO = (
    "items/cells.xml",
    '<and><gte><variable identifier="Y_0_0"/><baseValue baseType="float">12</baseValue></gte>',
    '<and>{}<gte><variable identifier="Y_0_0"/><baseValue baseType="float">-12</baseValue></gte>',
)


def test_a_blank_that_some_engine_takes_for_zero_is_refused() -> None:
    name, old, new = ZERO
    with pytest.raises(Refused, match="a blank counts as 0 in some engine"):
        changed(name, old, new.format(""))


def test_a_blank_that_is_asked_for_earns_nothing_in_any_engine() -> None:
    name, old, new = ZERO
    item = changed(name, old, new.format('<not><isNull><variable identifier="Y_0_0"/></isNull></not>')).items[
        1
    ]
    assert [item.process({"Y_0_0": typed})["SCORE"] for typed in ("0", "", None)] == [1.0, 0.0, 0.0]


def test_feedback_is_shown_by_outcome() -> None:
    item = cells()
    shown = item.shown(item.process({"Y_0_0": "-12", "Y_0_1": "0.5"}))
    assert [(one.kind, one.text) for one in shown] == [
        ("feedbackInline", "You flipped the kernel."),
        ("modalFeedback", "Well done."),
    ]


def test_feedback_may_be_hidden_by_an_outcome() -> None:
    package = changed("items/cells.xml", 'showHide="show" identifier="OK"', 'showHide="hide" identifier="OK"')
    item = package.items[1]
    assert [one.kind for one in item.shown(item.process({}))] == ["modalFeedback"]
    assert item.shown(item.process({"Y_0_1": "0.5"})) == []


def test_processing_does_not_remember() -> None:
    item = cells()
    assert [item.process({"Y_0_0": "12"})["SCORE"] for _ in range(2)] == [1.0, 1.0]


def test_the_test_adds_its_items_up() -> None:
    package = read_package(packed())
    found = [package.items[0].process({"ONE": "A"}), package.items[1].process({"Y_0_0": "-12"})]
    assert package.process(found) == {"SCORE": 1.5}


VARIABLE = '<variable identifier="{}"/>'
ANSWERS = {
    "ONE": "A",
    "MANY": ["B", "A"],
    "ORDER": ["B", "A"],
    "COUNT": "3",
    "WORD": "relu",
    "TEXT": None,
    "PICK": "",
}


def base(value: str, kind: str = "float") -> str:
    return f'<baseValue baseType="{kind}">{value}</baseValue>'


def outcome(name: str, expression: str, responses: Mapping[str, str | list[str] | None] = ANSWERS) -> Value:
    """What an expression, written with names in braces for variables, sets an outcome to."""
    for identifier in (*ANSWERS, "SCORE"):
        expression = expression.replace(f"{{{identifier}}}", VARIABLE.format(identifier))
    start = CHOSEN.index("<responseProcessing>") + len("<responseProcessing>")
    text = f'{CHOSEN[:start]}<setOutcomeValue identifier="{name}">{expression}</setOutcomeValue></responseProcessing></assessmentItem>'
    return read_package(packed({**FILES, "items/chosen.xml": text})).items[0].process(responses)[name]


T, F, N = "<gte>{COUNT}{COUNT}</gte>", "<lt>{COUNT}{COUNT}</lt>", "<lt>{COUNT}<null/></lt>"


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (T, True),
        (F, False),
        (N, None),
        ("<gte><null/>{COUNT}</gte>", None),
        ("<equal><null/><null/></equal>", None),
        ("<match>{TEXT}{TEXT}</match>", None),
        ("<isNull>{TEXT}</isNull>", True),
        ("<isNull>{PICK}</isNull>", True),
        ("<isNull>{COUNT}</isNull>", False),
        ("<isNull><null/></isNull>", True),
        ("<isNull><multiple/></isNull>", True),
        (f"<not>{T}</not>", False),
        (f"<not>{N}</not>", None),
        (f"<and>{T}{T}</and>", True),
        (f"<and>{T}{N}</and>", None),
        (f"<and>{N}{F}</and>", False),
        (f"<or>{F}{F}</or>", False),
        (f"<or>{F}{N}</or>", None),
        (f"<or>{N}{T}</or>", True),
        (f"<gt>{{COUNT}}{base('2.5')}</gt>", True),
        (f"<lte>{{COUNT}}{base('3', 'integer')}</lte>", True),
        (f"<equal>{{COUNT}}{base('3')}</equal>", True),
        (f"<match>{{WORD}}{base('relu', 'string')}</match>", True),
        (f"<match>{{WORD}}{base('ReLU', 'string')}</match>", False),
        ('<match>{MANY}<correct identifier="MANY"/></match>', True),
        ('<match>{ORDER}<correct identifier="ORDER"/></match>', True),
        (
            f"<match>{{ORDER}}<ordered>{base('A', 'identifier')}{base('B', 'identifier')}</ordered></match>",
            False,
        ),
        (f"<member>{base('A', 'identifier')}{{MANY}}</member>", True),
        (f"<member>{base('C', 'identifier')}{{MANY}}</member>", False),
        ("<member>{PICK}{MANY}</member>", None),
        (f"<contains>{{MANY}}<multiple>{base('A', 'identifier')}</multiple></contains>", True),
        (
            f"<contains>{{MANY}}<multiple>{base('A', 'identifier')}{base('A', 'identifier')}</multiple></contains>",
            False,
        ),
        ("<contains>{ORDER}<ordered>{ONE}</ordered></contains>", True),
        (f"<contains>{{ORDER}}<ordered>{{ONE}}{base('B', 'identifier')}</ordered></contains>", False),
        ("<null/>", None),
    ],
)
def test_what_is_true_false_or_null(expression: str, expected: bool | None) -> None:
    assert outcome("FOUND", expression) is expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (f"<sum>{base('0.5')}{{COUNT}}</sum>", 3.5),
        (f"<sum><multiple>{base('0.5')}<null/></multiple>{base('1')}</sum>", 1.5),
        (f"<product>{base('0.5')}{{COUNT}}</product>", 1.5),
        (f"<subtract>{base('0.5')}{{COUNT}}</subtract>", -2.5),
        (f"<divide>{{COUNT}}{base('2', 'integer')}</divide>", 1.5),
        ('<mapResponse identifier="MANY"/>', 1.5),
    ],
)
def test_numbers(expression: str, expected: float) -> None:
    assert outcome("NUMBER", expression) == expected


def test_a_sum_of_integers_is_an_integer() -> None:
    assert outcome("WHOLE", f"<sum>{{COUNT}}{base('4', 'integer')}</sum>") == 7


@pytest.mark.parametrize(
    "expression",
    [
        f"<sum>{base('1')}<null/></sum>",
        f"<divide>{{COUNT}}{base('0')}</divide>",
        f"<subtract>{base('1')}<null/></subtract>",
    ],
)
def test_numbers_that_are_null(expression: str) -> None:
    assert outcome("NUMBER", expression) is None
    with pytest.raises(Refused, match="SCORE is None"):
        outcome("SCORE", expression)


@pytest.mark.parametrize(
    ("chosen", "mapped"), [([], 0), (["C"], 0), (["A"], 1), (["A", "C"], 0), (["A", "B"], 1.5)]
)
def test_mapped_responses_keep_within_bounds(chosen: list[str], mapped: float) -> None:
    assert outcome("NUMBER", '<mapResponse identifier="MANY"/>', {"MANY": chosen}) == mapped


@pytest.mark.parametrize("typed", ["3.0", "3e0", "three", "", None])
def test_what_is_no_integer_is_null(typed: str | None) -> None:
    assert outcome("FOUND", "<isNull>{COUNT}</isNull>", {"COUNT": typed}) is True


def test_a_branch_is_not_taken_on_null() -> None:
    condition = """<responseCondition><responseIf><gt><variable identifier="COUNT"/><baseValue baseType="integer">0</baseValue></gt>{0}</responseIf>
     <responseElseIf><isNull><variable identifier="WORD"/></isNull>{1}</responseElseIf><responseElse>{2}</responseElse></responseCondition>"""
    set_to = (
        '<setOutcomeValue identifier="WHOLE"><baseValue baseType="integer">{}</baseValue></setOutcomeValue>'
    )
    start = CHOSEN.index("<responseProcessing>") + len("<responseProcessing>")
    rules = condition.format(*(set_to.format(branch) for branch in range(3)))
    text = f"{CHOSEN[:start]}{rules}</responseProcessing></assessmentItem>"
    item = read_package(packed({**FILES, "items/chosen.xml": text})).items[0]
    assert item.process({"COUNT": "1"})["WHOLE"] == 0
    assert item.process({})["WHOLE"] == 1
    assert item.process({"WORD": "relu", "COUNT": "-1"})["WHOLE"] == 2


@pytest.mark.parametrize(
    ("responses", "says"),
    [
        ({"TWO": "A"}, "no response TWO"),
        ({"ONE": "Z"}, "no choice Z"),
        ({"ONE": ["A", "B"]}, "2 answers where one"),
        ({"MANY": ["A", "A"]}, "each once"),
        ({"ORDER": ["A", "C"]}, "no choice C"),
    ],
)
def test_responses_that_nobody_could_give(responses: dict[str, str | list[str]], says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_package(packed()).items[0].process(responses)


BROKEN: dict[str, tuple[str, str, str, str]] = {
    # packages
    "another schema": ("imsmanifest.xml", "QTIv2.1", "QTIv2.2", "a package of"),
    "another version": ("imsmanifest.xml", "1.0.0", "2.1", "a package of"),
    "no organizations": ("imsmanifest.xml", "<organizations/>", "", "manifest: holds"),
    "an unknown type": ("imsmanifest.xml", "imsqti_item_xmlv2p1", "imsqti_item_xmlv2p2", "unknown type"),
    "no test": ("imsmanifest.xml", "imsqti_test_xmlv2p1", "webcontent", "0 tests"),
    "a file that is not there": ("imsmanifest.xml", 'file href="test.xml"', 'file href="tset.xml"', "not in the archive"),
    "its own file not listed": ("imsmanifest.xml", '<file href="items/chosen.xml"/>', "", "not among its files"),
    "a file not listed": ("imsmanifest.xml", '<file href="items/img/map.png"/>', "", "not listed"),
    "a file that is not used": ("items/cells.xml", '<img src="img/map.png" alt="a map"/>', "it", "does not use it"),
    "an unknown dependency": ("imsmanifest.xml", '"R2"/>', '"R3"/>', "depends on R3"),
    "no dependency": ("imsmanifest.xml", '<dependency identifierref="R2"/>', "", "does not depend on"),
    "two of one name": ("imsmanifest.xml", 'identifier="R2"', 'identifier="R1"', "two things are called R1"),
    "no XML name": ("imsmanifest.xml", 'identifier="R2"', 'identifier="2"', "not an XML name"),
    "another namespace of packaging": ("imsmanifest.xml", "imscp_v1p1", "imscp_v1p2", "content packaging 1.1"),
    # tests
    "an item that is not there": ("test.xml", "items/chosen.xml", "items/none.xml", "no item of the package"),
    "an address outside": ("test.xml", "items/chosen.xml", "https://x/y.xml", "not a relative address"),
    "an item asked twice": ("test.xml", "items/chosen.xml", "items/cells.xml", "asked twice"),
    "an item never asked": ("test.xml", '<assessmentItemRef identifier="second" href="items/chosen.xml"/>', "", "never asked"),
    "one name for a part and a section": ("test.xml", 'identifier="section"', 'identifier="part"', "two things"),
    "no title": ("test.xml", 'identifier="test" title="Lab 1"', 'identifier="test"', "without title"),
    "a test without a score": ("test.xml", "<value>0</value>", "<value>1</value>", "SCORE has to be"),
    "an unknown mode": ("test.xml", "nonlinear", "free", "navigationMode may not be"),
    "a dot in an item's name": ("test.xml", 'identifier="first"', 'identifier="q.1"', "identifier may not be"),
    # items
    "not XML": ("items/cells.xml", "</itemBody>", "", "not XML"),
    "a document type": ("items/cells.xml", "<assessmentItem ", '<!DOCTYPE x [<!ENTITY y "z">]><assessmentItem ', "document type"),
    "the namespace of 2.2": ("items/cells.xml", "imsqti_v2p1", "imsqti_v2p2", "not in the namespace"),
    "an unknown element": ("items/cells.xml", "<em>done</em>", "<u>done</u>", "may not hold these children"),
    "an unknown attribute": ("items/cells.xml", "<table>", '<table style="x">', "unknown attribute style"),
    "a missing attribute": ("items/cells.xml", ' alt="a map"', "", "without alt"),
    "rows without tbody": ("items/cells.xml", "<table>", "<table><tr><td/></tr>", "may not hold"),
    "text in the body": ("items/cells.xml", "<itemBody>", "<itemBody>Text ", "text where none may be"),
    "an interaction in the body": ("items/chosen.xml", '<p><textEntryInteraction responseIdentifier="COUNT"/> <textEntryInteraction responseIdentifier="WORD"/></p>', '<textEntryInteraction responseIdentifier="COUNT"/>', "may not hold"),
    "the order of declarations": ("items/cells.xml", "<itemBody>", '<responseDeclaration identifier="X" cardinality="single" baseType="float"/><itemBody>', "not in this order"),
    "an adaptive item": ("items/cells.xml", 'adaptive="false"', 'adaptive="true"', "adaptive may not be"),
    "an unknown base type": ("items/chosen.xml", 'baseType="integer"/>', 'baseType="number"/>', "baseType may not be"),
    "a correct response of another type": ("items/cells.xml", "<value>12</value>", "<value>12,0</value>", "is no single float"),
    "no MAXSCORE": ("items/cells.xml", "MAXSCORE", "MOST", "no outcome MAXSCORE"),
    "a MAXSCORE of nothing": ("items/cells.xml", "<value>2</value>", "<value>0</value>", "above 0"),
    "a score that begins NULL": ("items/cells.xml", "<defaultValue><value>0</value></defaultValue>", "", "SCORE has to be"),
    "feedback that begins NULL": ("items/cells.xml", "<defaultValue><value>NONE</value></defaultValue>", "", "default has to be NONE"),
    "several feedbacks": ("items/cells.xml", 'FB_Y_0_1" cardinality="single"', 'FB_Y_0_1" cardinality="multiple"', "several values"),
    "a declared response twice": ("items/cells.xml", 'responseDeclaration identifier="Y_0_1"', 'responseDeclaration identifier="Y_0_0"', "two of responseDeclaration"),
    "a response that is an outcome": ("items/chosen.xml", '"TEXT"', '"FOUND"', "a response and an outcome"),
    "an undeclared response": ("items/cells.xml", 'responseIdentifier="Y_0_1"', 'responseIdentifier="Y_1"', "no such response"),
    "one response of two interactions": ("items/cells.xml", 'responseIdentifier="Y_0_1"', 'responseIdentifier="Y_0_0"', "two interactions"),
    "a response never asked": ("items/cells.xml", '<textEntryInteraction responseIdentifier="Y_0_1"/>', "", "nothing asks for"),
    "text bound to an identifier": ("items/chosen.xml", 'identifier="WORD" cardinality="single" baseType="string"', 'identifier="WORD" cardinality="single" baseType="identifier"', "bound to"),
    "an order that is a set": ("items/chosen.xml", 'cardinality="ordered"', 'cardinality="multiple"', "bound to"),
    "shown in its correct order": ("items/chosen.xml", "<value>B</value><value>A</value>", "<value>A</value><value>B</value>", "in its correct order"),
    "many choices for one": ("items/chosen.xml", 'maxChoices="1"', 'maxChoices="0"', "maxChoices 0"),
    "one choice of many": ("items/chosen.xml", 'maxChoices="0"', 'maxChoices="1"', "one choice, in"),
    "two choices of one name": ("items/chosen.xml", '<simpleChoice identifier="B">', '<simpleChoice identifier="A">', "two choices"),
    "a correct response that is no choice": ("items/chosen.xml", "<correctResponse><value>A</value></correctResponse>", "<correctResponse><value>Z</value></correctResponse>", "Z is no choice"),
    "markup in an inline choice": ("items/chosen.xml", ">same<", "><em>same</em><", "may not hold"),
    "an interaction in a choice": ("items/chosen.xml", ">c</simpleChoice>", '><textEntryInteraction responseIdentifier="X"/></simpleChoice>', "an interaction inside"),
    "an interaction in feedback": ("items/cells.xml", "You flipped the kernel.", '<textEntryInteraction responseIdentifier="Y_0_1"/>', "an interaction inside"),
    "feedback of no outcome": ("items/cells.xml", 'outcomeIdentifier="FB_Y_0_1"', 'outcomeIdentifier="FB_Y"', "no identifier is declared"),
    "feedback never given": ("items/cells.xml", 'showHide="show" identifier="OK"', 'showHide="show" identifier="GOOD"', "ever gives"),
    "a tolerance": ("items/cells.xml", 'toleranceMode="exact"', 'toleranceMode="absolute" tolerance="0.01"', "a tolerance"),
    "a template": ("items/chosen.xml", "<responseProcessing>", '<responseProcessing template="http://x">', "a template"),
    "an unknown rule": ("items/chosen.xml", "</responseProcessing>", "<exitResponse/></responseProcessing>", "may not hold"),
    "an outcome that is not declared": ("items/chosen.xml", '<setOutcomeValue identifier="SCORE">', '<setOutcomeValue identifier="SCORES">', "no such outcome"),
    "a response set": ("items/chosen.xml", '<setOutcomeValue identifier="SCORE">', '<setOutcomeValue identifier="ONE">', "no such outcome"),
    "an outcome of another type": ("items/chosen.xml", '<baseValue baseType="float">1<', '<baseValue baseType="integer">1<', "is set to a single integer"),
    "an unknown variable": ("items/chosen.xml", '<variable identifier="ONE"/>', '<variable identifier="TWO"/>', "no TWO"),
    "a match of two types": ("items/chosen.xml", '<variable identifier="ONE"/>', '<variable identifier="MANY"/>', "a multiple identifier with a single"),
    "a comparison of words": ("items/chosen.xml", '<match><variable identifier="ONE"/><correct identifier="ONE"/></match>', '<gt><variable identifier="ONE"/><correct identifier="ONE"/></gt>', "where single"),
    "a condition that is a number": ("items/chosen.xml", '<match><variable identifier="ONE"/><correct identifier="ONE"/></match>', '<variable identifier="COUNT"/>', "a condition that is"),
    "a value of another type": ("items/cells.xml", 'baseType="float">-12<', 'baseType="float">minus<', "is no single float"),
    "a correct response not declared": ("items/chosen.xml", '<correct identifier="ONE"/>', '<correct identifier="PICK"/>', "no PICK"),
    "the items' outcomes in an item": ("items/chosen.xml", '<baseValue baseType="float">1</baseValue>', '<sum><testVariables variableIdentifier="SCORE"/></sum>', "only the processing of a test"),
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN)
def test_refused(broken: str) -> None:
    name, old, new, says = BROKEN[broken]
    with pytest.raises(Refused, match=says):
        changed(name, old, new)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "no imsmanifest.xml"),
        ({f"folder/{name}": data for name, data in FILES.items()}, "no imsmanifest.xml at the root"),
        ({**FILES, "notes.txt": "left"}, "notes.txt is in the archive and not listed"),
        ({**FILES, "../up.txt": ""}, "no relative path"),
        ({**FILES, "Test.xml": ""}, "two files of one name"),
        ({**FILES, "items/img/map.png": b"GIF89a"}, "no picture of the kind"),
    ],
)
def test_refused_archives(files: dict[str, str | bytes], says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_package(packed(files))


def test_what_is_no_archive_is_refused() -> None:
    with pytest.raises(Refused, match="not a zip"):
        read_package(b"<questestinterop/>")


SMALL = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{0}" xmlns="{0}" elementFormDefault="qualified">
 {1}</xs:schema>"""
ITEMS = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PARTS = "http://www.imsglobal.org/xsd/imscp_v1p1"
ANYTHING = '<xs:complexType mixed="true"><xs:sequence><xs:any processContents="skip" minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:anyAttribute processContents="skip"/></xs:complexType>'


def test_schemas_are_found_by_name_with_what_they_include(tmp_path: Path) -> None:
    declared = f'<xs:element name="assessmentItem">{ANYTHING}</xs:element>'
    include = '<xs:include schemaLocation="http://www.imsglobal.org/xsd/part.xsd"/>'
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "imsqti_v2p1.xsd").write_text(SMALL.format(ITEMS, include))
    (tmp_path / "part.xsd").write_text(SMALL.format(ITEMS, declared))
    (tmp_path / "imscp_v1p1.xsd").write_text(
        SMALL.format(PARTS, f'<xs:element name="manifest">{ANYTHING}</xs:element>')
    )
    assert [error.partition(",")[0] for error in xsd.read_schemas(tmp_path).errors(packed())] == ["test.xml"]


def test_a_folder_without_schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(xsd.VARIABLE, str(tmp_path))
    with pytest.raises(FileNotFoundError, match=r"imsqti_v2p1\.xsd"):
        xsd.schemas()


def test_the_packages_here_are_valid() -> None:
    schemas = xsd.schemas()
    if schemas is None:
        pytest.skip(f"{xsd.VARIABLE} names no folder")
    assert schemas.errors(packed()) == []
