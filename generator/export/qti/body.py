"""What a student sees of an item: the prompt, the answers, and what the exam takes for granted.

QTI knows only some of HTML: no style, no letters before the items of a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from string import ascii_uppercase
from xml.etree.ElementTree import Element

from ...document import Document
from ...language import Language
from ..fragment import element, fragment
from ..item import Blank, Item, Line, Part, Table
from ..layout import Layout
from ..pictures import Picture
from . import names

WIDTH, WIDTH_IN_MAPS = "16", "10"
"""Characters of a box: as many as the longest numbers of any question have, so that it tells nothing."""

TEXT = "TEXT"
"""The response of an item that a person marks."""

Source = Callable[[Picture], str]


def body(item: Item, source: Source) -> Element:
    """Write what is asked."""
    language = item.language
    made = element("itemBody", *written(item.prompt, language, source))
    layout = Layout(language, lambda blank: _blank(blank, WIDTH))
    in_maps = Layout(language, lambda blank: _blank(blank, WIDTH_IN_MAPS))
    for part in item.parts:
        is_map = isinstance(part, Table) and not part.columns
        made.extend(_part(part, in_maps if is_map else layout))
    made.extend(layout.asked_of_a_person(item))
    if item.by_hand:
        made.append(
            element("extendedTextInteraction", responseIdentifier=TEXT, expectedLines="10", format="plain")
        )
    made.extend(layout.taken_for_granted(item))
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


def _part(part: Part, layout: Layout) -> Iterator[Element]:
    """Yield an answer; options that stand below one another ask by themselves."""
    if isinstance(part, Line):
        (_, blank), *others = part.cell.blanks
        if not others and _stands_alone(blank):
            yield _ticked(blank, element("prompt", *layout.label(part.label)))
            yield from map(layout.small, part.hints)
            return
    yield from layout.part(part)


# -- blanks -------------------------------------------------------------------------------------


def _stands_alone(blank: Blank) -> bool:
    return blank.kind == "choices" or not blank.fits_a_menu


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
