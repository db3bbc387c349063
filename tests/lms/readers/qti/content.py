"""The part of the content model of QTI 2.1 that a portable package may use: which element may hold what.

Written after the information model, as one line an element: required attributes, optional ones, children.
Children are written as in a DTD; ``#text`` says that text may stand between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from ..refusal import Refused

Element = ElementTree.Element
NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
MATHML = "http://www.w3.org/1998/Math/MathML"
SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
XML = "{http://www.w3.org/XML/1998/namespace}"
INTERACTIONS = (
    "textEntryInteraction",
    "inlineChoiceInteraction",
    "choiceInteraction",
    "orderInteraction",
    "extendedTextInteraction",
)
FEEDBACK = ("modalFeedback", "feedbackInline", "feedbackBlock")

_MARKUP = "em|a|code|span|sub|acronym|big|tt|kbd|q|i|dfn|abbr|strong|sup|var|small|samp|b|cite"
_SETS = {
    "INLINE": f"{_MARKUP}|img|br|math|feedbackInline|textEntryInteraction|inlineChoiceInteraction",
    "BLOCK": (
        "pre|h1|h2|h3|h4|h5|h6|p|address|dl|ol|hr|ul|blockquote|table|div|math|feedbackBlock"
        "|choiceInteraction|orderInteraction|extendedTextInteraction"
    ),
    "EXPRESSION": (
        "variable|baseValue|correct|mapResponse|null|and|or|not|isNull|gte|lte|gt|lt|match|equal|member"
        "|contains|sum|subtract|product|divide|multiple|ordered|testVariables"
    ),
    "RULE": "responseCondition|setOutcomeValue",
}
_BODY = "id class xml:lang label"
_FLOW = "#text (INLINE|BLOCK)*"
_INLINE = "#text (INLINE)*"
_SHOWN = "outcomeIdentifier showHide identifier"
_CHOICE = "fixed templateIdentifier showHide"
_STRING = "base stringIdentifier expectedLength patternMask placeholderText"
_COUNTED = "minChoices orientation"
_CELL = "headers scope abbr axis rowspan colspan"
_TWO = "(EXPRESSION)(EXPRESSION)"
_RULED = "(EXPRESSION)(RULE)*"
_NUMBERS = "(EXPRESSION)+"

_LINES = f"""
assessmentItem; identifier title adaptive timeDependent; label xml:lang toolName toolVersion; \
 responseDeclaration* outcomeDeclaration* stylesheet* itemBody responseProcessing modalFeedback*
responseDeclaration; identifier cardinality baseType; ; defaultValue? correctResponse? mapping?
outcomeDeclaration; identifier cardinality baseType; view interpretation normalMaximum normalMinimum; defaultValue?
defaultValue; ; interpretation; value+
correctResponse; ; interpretation; value+
value; ; ; #text
mapping; defaultValue; lowerBound upperBound; mapEntry+
mapEntry; mapKey mappedValue; caseSensitive;
stylesheet; href type; media title;
itemBody; ; {_BODY}; (BLOCK)+
modalFeedback; {_SHOWN}; title; {_FLOW}
feedbackInline; {_SHOWN}; {_BODY}; {_INLINE}
feedbackBlock; {_SHOWN}; {_BODY}; (BLOCK)*
textEntryInteraction; responseIdentifier; {_STRING} {_BODY};
extendedTextInteraction; responseIdentifier; \
 {_STRING} expectedLines format minStrings maxStrings {_BODY}; prompt?
inlineChoiceInteraction; responseIdentifier shuffle; required {_BODY}; inlineChoice+
choiceInteraction; responseIdentifier shuffle maxChoices; {_COUNTED} {_BODY}; prompt? simpleChoice+
orderInteraction; responseIdentifier shuffle; maxChoices {_COUNTED} {_BODY}; prompt? simpleChoice+
inlineChoice; identifier; {_CHOICE} {_BODY}; #text
simpleChoice; identifier; {_CHOICE} {_BODY}; {_FLOW}
prompt; ; {_BODY}; {_INLINE}
div; ; {_BODY}; {_FLOW}
blockquote; ; cite {_BODY}; (BLOCK)*
ul; ; {_BODY}; li*
ol; ; {_BODY}; li*
li; ; {_BODY}; {_FLOW}
dl; ; {_BODY}; (dt|dd)*
dt; ; {_BODY}; {_INLINE}
dd; ; {_BODY}; {_FLOW}
hr; ; {_BODY};
br; ; {_BODY};
img; src alt; longdesc height width {_BODY};
table; ; summary {_BODY}; caption? (col*|colgroup*) thead? tfoot? tbody+
caption; ; {_BODY}; {_INLINE}
colgroup; ; span {_BODY}; col*
col; ; span {_BODY};
thead; ; {_BODY}; tr+
tfoot; ; {_BODY}; tr+
tbody; ; {_BODY}; tr+
tr; ; {_BODY}; (td|th)+
td; ; {_CELL} {_BODY}; {_FLOW}
th; ; {_CELL} {_BODY}; {_FLOW}
a; href; type {_BODY}; {_INLINE}
q; ; cite {_BODY}; {_INLINE}
responseProcessing; ; template templateLocation; (RULE)*
responseCondition; ; ; responseIf responseElseIf* responseElse?
responseIf; ; ; {_RULED}
responseElseIf; ; ; {_RULED}
responseElse; ; ; (RULE)*
setOutcomeValue; identifier; ; EXPRESSION
variable; identifier; weightIdentifier;
correct; identifier; ;
mapResponse; identifier; ;
testVariables; variableIdentifier; \
 baseType weightIdentifier sectionIdentifier includeCategory excludeCategory;
baseValue; baseType; ; #text
null; ; ;
and; ; ; {_NUMBERS}
or; ; ; {_NUMBERS}
sum; ; ; {_NUMBERS}
product; ; ; {_NUMBERS}
multiple; ; ; (EXPRESSION)*
ordered; ; ; (EXPRESSION)*
not; ; ; EXPRESSION
isNull; ; ; EXPRESSION
gte; ; ; {_TWO}
lte; ; ; {_TWO}
gt; ; ; {_TWO}
lt; ; ; {_TWO}
match; ; ; {_TWO}
member; ; ; {_TWO}
contains; ; ; {_TWO}
subtract; ; ; {_TWO}
divide; ; ; {_TWO}
equal; ; toleranceMode tolerance includeLowerBound includeUpperBound; {_TWO}
assessmentTest; identifier title; toolName toolVersion; \
 outcomeDeclaration* timeLimits? testPart+ outcomeProcessing?
timeLimits; ; minTime maxTime allowLateSubmission;
testPart; identifier navigationMode submissionMode; ; itemSessionControl? timeLimits? assessmentSection+
itemSessionControl; ; \
 maxAttempts showFeedback allowReview showSolution allowComment allowSkipping validateResponses;
assessmentSection; identifier title visible; required fixed keepTogether; \
 itemSessionControl? timeLimits? selection? ordering? rubricBlock* (assessmentSection|assessmentItemRef)*
selection; select; withReplacement;
ordering; ; shuffle;
rubricBlock; view; use {_BODY}; (BLOCK)*
assessmentItemRef; identifier href; required fixed category; itemSessionControl? timeLimits? weight*
weight; identifier value; ;
outcomeProcessing; ; ; setOutcomeValue*
"""
_IDENTIFIER = r"[A-Za-z_][\w-]*"  # a dot is allowed by the format, but reads as "variable of an item"
_BOOLEAN = "true|false"
_COUNT = r"\d+"
_NUMBER = r"-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?"
_BASE = "float|integer|string|identifier|boolean"
_WRITTEN = {
    **dict.fromkeys(
        ("identifier", "responseIdentifier", "outcomeIdentifier", "variableIdentifier", "id"), _IDENTIFIER
    ),
    **dict.fromkeys(("adaptive", "timeDependent"), "false"),
    **dict.fromkeys(
        ("shuffle", "fixed", "required", "visible", "keepTogether", "caseSensitive", "showFeedback"), _BOOLEAN
    ),
    **dict.fromkeys(
        ("maxChoices", "minChoices", "expectedLength", "expectedLines", "maxAttempts", "rowspan", "colspan"),
        _COUNT,
    ),
    **dict.fromkeys(
        ("mappedValue", "lowerBound", "upperBound", "defaultValue", "normalMaximum", "normalMinimum"), _NUMBER
    ),
    "cardinality": "single|multiple|ordered",
    "baseType": _BASE,
    "showHide": "show|hide",
    "navigationMode": "linear|nonlinear",
    "submissionMode": "individual|simultaneous",
    "orientation": "horizontal|vertical",
    "scope": "row|col|rowgroup|colgroup",
    "format": "plain|preFormatted|xhtml",
    "label": ".{0,256}",
}


@dataclass(frozen=True)
class _Model:
    """What an element may hold."""

    required: frozenset[str]
    optional: frozenset[str]
    text: bool
    children: re.Pattern[str]


def _models() -> Iterator[tuple[str, _Model]]:
    joined = _LINES.replace("\\\n", "")
    for line in [*joined.strip().splitlines(), *_plain()]:
        name, required, optional, children = (part.strip() for part in line.split(";"))
        for group, names in _SETS.items():
            children = re.sub(rf"\b{group}\b", f"({names})", children)
        pattern = re.sub(r"[a-zA-Z]\w*", r"(?:\g<0>;)", children.removeprefix("#text")).replace(" ", "")
        model = _Model(
            frozenset(required.split()),
            frozenset(optional.split()),
            children.startswith("#text"),
            re.compile(pattern),
        )
        yield name, model


def _plain() -> Iterator[str]:
    """Elements that hold lines and nothing special."""
    special = {"a", "q"}
    names = [*_MARKUP.split("|"), "pre", "h1", "h2", "h3", "h4", "h5", "h6", "p", "address"]
    return (f"{name}; ; {_BODY}; {_INLINE}" for name in names if name not in special)


MODELS = dict(_models())


def parsed(data: bytes, where: str) -> Element:
    """An XML file's root; no document types, so no entities."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refused(f"{where}: a document type")
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError) as error:
        raise Refused(f"{where}: not XML: {error}") from None


def name_of(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element, name: str) -> list[Element]:
    """The children of one name."""
    return [child for child in element if name_of(child) == name]


def child(element: Element, name: str) -> Element | None:
    """The only child of that name, if there is one."""
    return next(iter(children(element, name)), None)


def text_of(element: Element) -> str:
    """All its text, spaces made single."""
    return " ".join("".join(element.itertext()).split())


def check(root: Element, expected: str, where: str) -> None:
    """Refuse whatever the model does not know, from the root down."""
    if name_of(root) != expected:
        raise Refused(f"{where}: the root is {name_of(root)}, not {expected}")
    _check(root, where, root=True)


def _check(element: Element, where: str, *, root: bool = False) -> None:
    name = name_of(element)
    at = f"{where}, {name}"
    if element.tag == f"{{{MATHML}}}math":
        return
    if element.tag != f"{{{NAMESPACE}}}{name}":
        raise Refused(f"{at}: not in the namespace of QTI 2.1")
    if name not in MODELS:
        raise Refused(f"{at}: an unknown element")
    model = MODELS[name]
    _check_attributes(element, model, at, root=root)
    if not model.text and any(text and text.strip() for text in _between(element)):
        raise Refused(f"{at}: text where none may be")
    found = "".join(f"{name_of(part)};" for part in element)
    if not model.children.fullmatch(found):
        raise Refused(f"{at}: may not hold these children, or not in this order: {found or 'none'}")
    for part in element:
        _check(part, where)


def _check_attributes(element: Element, model: _Model, at: str, *, root: bool) -> None:
    names = {name.replace(XML, "xml:") for name in element.attrib} - ({SCHEMA_LOCATION} if root else set())
    if missing := model.required - names:
        raise Refused(f"{at}: without {min(missing)}")
    if unknown := names - model.required - model.optional:
        raise Refused(f"{at}: an unknown attribute {min(unknown)}")
    for name, value in element.items():
        if name in _WRITTEN and not re.fullmatch(_WRITTEN[name], value):
            raise Refused(f"{at}: {name} may not be {value!r}")


def _between(element: Element) -> Iterator[str | None]:
    yield element.text
    yield from (part.tail for part in element)
