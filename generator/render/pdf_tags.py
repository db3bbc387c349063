"""What a PDF says to those who do not see it: words for drawings, formulas as text, and true roles.

WeasyPrint tags what it lays out; here is added what it cannot know. `add_words` prepares a page before it is
laid out, `finish_tags` mends the tree of tags afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from ..frozen import frozen
from ..language import ENGLISH, Language, language
from .pdf_figures import begin_texts
from .pdf_formulas import Box, Shown, draw_formulas, shown
from .pdf_objects import at, marks_of

_SVG = "{http://www.w3.org/2000/svg}"
_ROLES = {"/Table": "/Div", "/TR": "/Div", "/TBody": "/NonStruct", "/TD": "/NonStruct"}
_IN_LINES = {"/P", "/H1", "/H2", "/H3", "/H4", "/Span", "/NonStruct", "/LBody", "/TH", "/TD"}

Marks: TypeAlias = dict[int, tuple[list[Any], int]]
"""The marked content of a page: see `marks_of`."""


@frozen
class Words:
    """What the tags of a page have to say.

    Attributes
    ----------
    formulas
        All formulas, by what stands for their words in the tags before `finish_tags`.
    language
        That of the page.
    foreign
        The language of what is in another one than the paper: prompts, titles.
    """

    formulas: Mapping[str, Shown]
    language: Language
    foreign: str


def add_words(page: Element) -> Words:
    """Give every drawing its words where WeasyPrint looks for them, and return what it will not look for."""
    formulas = {}
    for number, svg in enumerate(page.iter(f"{_SVG}svg")):
        title = Element(f"{_SVG}title")
        title.text = svg.get("aria-label", "")
        if svg.get("class") == "formula":
            title.text = f"formula {number}"  # two that are drawn in different ways may say the same
            formulas[title.text] = shown(svg)
        begin_texts(svg)
        svg.insert(0, title)
    return Words(formulas, language(page.get("lang", ENGLISH.code)), _mark_foreign(page))


def _mark_foreign(page: Element) -> str:
    """Make articles of all that is in another language than the page; the role is found in the tags again."""
    foreign = [element for tag in ("div", "span") for element in page.iter(tag) if "lang" in element.attrib]
    languages = {element.attrib["lang"] for element in foreign}
    if len(languages) != 1:  # a role can stand for one language only
        return ""
    for element in foreign:
        if element.tag == "span":
            element.set("style", "display: inline")
        element.tag = "article"
    return languages.pop()


def finish_tags(pdf: Any, words: Words) -> None:
    """Tell formulas from figures, tables from what only stands in columns, and headers from what is read."""
    import pydyf

    elements: list[Any] = [
        item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/StructElem"
    ]
    marks = {page: marks_of(pdf, page) for page in pdf.page_references}
    (document,) = at(pdf, pdf.catalog["StructTreeRoot"])["K"]
    read = set(_read(pdf, document))
    boxes = []
    for element in elements:
        if element.reference not in read:
            _make_artifact(pdf, element, marks[element["Pg"]])
        elif element["S"] == "/Figure" and "Alt" in element and element["Alt"].string in words.formulas:
            formula = words.formulas[element["Alt"].string]
            element["S"] = "/Formula"
            element["Alt"] = element["ActualText"] = pydyf.String(formula.words)
            (number,) = element["K"]
            boxes.append(Box(formula, *marks[element["Pg"]][number]))
        elif element["S"] == "/L" and _above(pdf, element)["S"] == "/L":  # a column of a list
            element["S"] = "/NonStruct"
        elif element["S"] == "/Art":
            element["Lang"] = pydyf.String(words.foreign)
            if _above(pdf, element)["S"] in _IN_LINES:
                element["S"] = "/Span"
    for element in _parts_of_layout(pdf, elements):
        element["S"] = _ROLES[element["S"]]
        element.pop("A", None)
    draw_formulas(pdf, boxes, words.language)


def _make_artifact(pdf: Any, element: Any, marks: Marks) -> None:
    """Mark the content of an element as one that is not read: a running header, a page number."""
    import pydyf

    numbers = at(pdf, at(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    page = at(pdf, element["Pg"])["StructParents"]
    for number in element["K"]:
        if isinstance(number, int):
            operators, place = marks[number]
            operators[place - 1] = "/Artifact"
            operators[place] = pydyf.Dictionary({"Type": "/Pagination"})
            numbers[2 * page + 1][number] = "null"


def _read(pdf: Any, reference: bytes) -> Iterator[bytes]:
    """Yield the references of an element and of all below it."""
    yield reference
    for kid in at(pdf, reference).get("K", ()):
        if isinstance(kid, bytes):
            yield from _read(pdf, kid)


def _parts_of_layout(pdf: Any, elements: Iterable[Any]) -> list[Any]:
    """Return the parts of tables that have no headings: what stands in these is only put side by side."""
    tables = {id(_around(pdf, element, "/Table")) for element in elements if element["S"] == "/TH"}
    return [
        element
        for element in elements
        if element["S"] in _ROLES and id(_around(pdf, element, "/Table")) not in tables
    ]


def _around(pdf: Any, element: Any, role: str) -> Any:
    """Return the nearest element of a role, this one or one around it."""
    while element is not None and element.get("S") != role:
        element = _above(pdf, element)
    return element


def _above(pdf: Any, element: Any) -> Any:
    return at(pdf, element["P"]) if "P" in element else None
