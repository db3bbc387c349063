"""What a student sees of an item: the prompt, the answers, and what the exam takes for granted.

QTI knows only some of HTML: no style, no letters before the items of a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from string import ascii_uppercase
from xml.etree.ElementTree import Element

from ...document import Document, Message
from ...language import Language
from ..fragment import Node, element, fragment, said
from ..item import Blank, Cell, Item, Label, Line, Part, Table
from ..labels import asked_of_a_person, labelled
from ..pictures import Picture
from . import names

LONGEST_IN_MENU = 30
"""Characters of an option in a menu; longer ones stand below one another, to be ticked."""

WIDTH, WIDTH_IN_MAPS = "16", "10"
"""Characters of a box: as many as the longest numbers of any question have, so that it tells nothing."""

TEXT = "TEXT"
"""The response of an item that a person marks."""

Source = Callable[[Picture], str]


def body(item: Item, source: Source) -> Element:
    """Write what is asked."""
    language = item.language
    made = element("itemBody", *written(item.prompt, language, source))
    for part in item.parts:
        made.extend(_part(part, language))
    made.extend(asked_of_a_person(item))
    if item.by_hand:
        made.append(
            element("extendedTextInteraction", responseIdentifier=TEXT, expectedLines="10", format="plain")
        )
    made.extend(_small(message, language) for message in item.conventions)
    if item.by_hand:
        right = written((*item.model, *item.worked), language, source)
        made.append(element("rubricBlock", *right, view="scorer", use="scoring"))
    return made


def written(document: Document, language: Language, source: Source) -> list[Element]:
    """Write a document in the HTML of QTI."""
    blocks = fragment(document, language, source)
    for block in blocks:
        for each in block.iter("ol"):
            if each.attrib.pop("type", None):
                _letter(each)
    return blocks


def _letter(items: Element) -> None:
    """Write the letters of a list out, each at the head of its item."""
    items.tag = "div"
    for letter, item in zip(ascii_uppercase, items, strict=False):
        item.tag = "div"
        if item[0].tag != "p":
            item.insert(0, element("p"))
        named = element("strong", f"{letter}.")
        named.tail = f" {item[0].text or ''}"
        item[0].text = None
        item[0].insert(0, named)


# -- answers ------------------------------------------------------------------------------------


def _part(part: Part, language: Language) -> Iterator[Element]:
    if isinstance(part, Table):
        if part.label:
            yield element("p", *labelled(part.label, language))
        yield _table(part, language)
    else:
        yield _line(part, language)
    yield from (_small(message, language) for message in part.hints)


def _line(line: Line, language: Language) -> Element:
    (_, blank), *others = line.cell.blanks
    if not others and _stands_alone(blank):
        return _ticked(blank, element("prompt", *labelled(line.label, language)))
    return element("p", *labelled(line.label, language), " ", *_cell(line.cell, language))


def _table(table: Table, language: Language) -> Element:
    rows = []
    width = WIDTH if table.columns else WIDTH_IN_MAPS
    for label, cells in table.rows:
        head = [_heading(label, "row", language)] if label else []
        rows.append(
            element(
                "tr",
                *head,
                *(element("td", *(_cell(cell, language, width) if cell else ())) for cell in cells),
            )
        )
    made = element("table")
    if table.columns:
        corner = [element("td")] if any(label for label, _ in table.rows) else []
        headings = (_heading(each, "col", language) for each in table.columns)
        made.append(element("thead", element("tr", *corner, *headings)))
    made.append(element("tbody", *rows))
    return made


def _heading(label: Label, scope: str, language: Language) -> Element:
    return element("th", *said(label, language), scope=scope)


def _cell(cell: Cell, language: Language, width: str = WIDTH) -> list[Node]:
    """Write the blanks of an answer, each behind its label, with the sign between them."""
    nodes: list[Node] = []
    for label, blank in cell.blanks:
        nodes += [f" {cell.between} "] if nodes else []
        nodes += [*labelled(label, language), " "] if label else []
        nodes.append(_blank(blank, width))
    return nodes


def _small(message: Message, language: Language) -> Element:
    return element("p", element("small", *said(message, language)))


# -- blanks -------------------------------------------------------------------------------------


def _stands_alone(blank: Blank) -> bool:
    return blank.kind == "choices" or any(len(words) > LONGEST_IN_MENU for _, words in blank.options)


def _blank(blank: Blank, width: str) -> Element:
    """Write a box, or a menu."""
    name = names.response(blank.name)
    if blank.kind == "number":
        return element("textEntryInteraction", responseIdentifier=name, expectedLength=width)
    if blank.kind == "choices":
        return _ticked(blank)
    options = _options(blank, "inlineChoice")
    return element("inlineChoiceInteraction", *options, responseIdentifier=name, shuffle="false")


def _ticked(blank: Blank, *prompt: Element) -> Element:
    """Write options below one another."""
    return element(
        "choiceInteraction",
        *prompt,
        *_options(blank, "simpleChoice"),
        responseIdentifier=names.response(blank.name),
        shuffle="false",
        maxChoices="0" if blank.kind == "choices" else "1",
    )


def _options(blank: Blank, tag: str) -> Iterable[Element]:
    return (element(tag, words, identifier=names.choice(name)) for name, words in blank.options)
