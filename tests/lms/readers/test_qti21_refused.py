"""The engine for QTI 2.1: all that it refuses."""

from __future__ import annotations

import pytest

from .qti.handmade import FILES, changed, packed
from .qti21 import Refused, read_package

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
