"""A package written by hand: two items, a test and a picture; tests change it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from ..qti21 import Item, Package, read_package

PNG = b"\x89PNG\r\n\x1a\n and so on"

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
