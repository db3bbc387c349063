"""What a student of Canvas reads: the prompt, and which of its blanks is asked, as HTML that Canvas keeps.

New Quizzes strikes out MathML and style sheets. What both kinds of quizzes keep are tables, inline styles,
and formulas as the editor of Canvas writes them: pictures that it draws from LaTeX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape
from urllib.parse import quote
from xml.etree.ElementTree import Element

from ...document import Document, Message
from ...language import Language
from ...render.boxes import CELL
from ..fragment import Node, element, fragment, known_formula, markup, said
from ..item import Blank, Item, Part, Table, rows_of
from ..layout import Layout, Spot
from ..pictures import Picture

FOLDER = "images"
"""Where the pictures of a package are."""

_HERE = "border: 2px solid #b45309; background-color: #fef3c7; padding: 0.2em 0.6em; font-weight: bold"
_OTHER = "border: 1px solid #6b7280; padding: 0.2em 0.6em"
_STYLES: Mapping[Spot, str] = {
    "table": "border-collapse: collapse; text-align: center",
    "cell": "border: 1px solid #6b7280; padding: 0.2em 0.6em",
    "numbers": "padding: 0.2em",
    "small": "font-size: 85%",
}
_WORDS = re.compile(r"(\\text\{\s*)([^{}]*[^{}\s])")
_POINT = re.compile(r"(?<=[0-9])\.(?=[0-9])")
_NOTHING = "\N{NO-BREAK SPACE}"


def equation(written: str, language: Language, *, display: bool = False) -> Element:
    """Write a formula as the editor of Canvas does.

    Raises
    ------
    TextError
        If it is no LaTeX that papers know.
    """
    known_formula(written, language)
    written = _in_words_of(language, written)
    shown = rf"\displaystyle {written}" if display else written
    return element(
        "img",
        **{
            "class": "equation_image",
            "title": written,
            "src": f"/equation_images/{quote(quote(shown, safe=''), safe='')}?scale=1",
            "alt": f"LaTeX: {written}",
            "data-equation-content": shown,
        },
    )


def _in_words_of(language: Language, written: str) -> str:
    """Translate the words of a formula, and write decimals with their sign."""
    translated = _WORDS.sub(lambda found: f"{found[1]}{language.translate(found[2])}", written)
    return _POINT.sub("{,}", translated) if language.decimal == "," else translated


class Stems:
    """Writes texts of questions, and collects the pictures that they show.

    Attributes
    ----------
    pictures
        By name, in the order in which they come up.
    """

    def __init__(self) -> None:
        self.pictures: dict[str, Picture] = {}

    def text(self, document: Document, language: Language) -> str:
        """Write a document."""
        return markup(*fragment(document, language, self._source, equation))

    def said(self, message: Message, language: Language) -> str:
        """Write a message."""
        return markup(element("p", *said(message, language, equation)))

    def prompt(self, item: Item) -> str:
        """Write what a question begins with."""
        heading = markup(element("h3", item.title))
        return heading + self.text(item.prompt, item.language)

    def wanted(self, item: Item) -> str:
        """List what a person is to find in the answer, as there is no box for each."""
        return markup(*_layout(item.language).asked_of_a_person(item))

    def conventions(self, item: Item) -> str:
        """Write what the exam takes for granted, small."""
        return markup(*_layout(item.language).taken_for_granted(item))

    def _source(self, picture: Picture) -> str:
        self.pictures[picture.name] = picture
        return f"%24IMS-CC-FILEBASE%24/{FOLDER}/{picture.name}"


def asks(item: Item) -> Iterator[tuple[Blank, str]]:
    """Yield each blank of an item with the text that shows which it is."""
    for part in item.parts:
        for cell in (cell for row in rows_of(part) for cell in row if cell):
            for _, blank in cell.blanks:
                yield blank, markup(*_shown(part, blank, item.language))


def option(words: str) -> str:
    """Write what can be chosen."""
    return f"<p>{escape(words, quote=False)}</p>"


def _layout(language: Language, asked: Blank | None = None) -> Layout:
    """Lay answers out with one of their blanks marked."""

    def place(blank: Blank) -> Node:
        return element("span", "?" if blank is asked else _NOTHING, style=_HERE if blank is asked else _OTHER)

    return Layout(language, place, equation, _STYLES)


def _shown(part: Part, asked: Blank, language: Language) -> Iterator[Element]:
    """Write the answers of a part as they are laid out, with one of them marked and, in a table, named."""
    layout = _layout(language, asked)
    if isinstance(part, Table):
        yield element("p", *_position(part, asked, layout))
        part = replace(part, label=None)
    yield from layout.part(part)


def _position(table: Table, asked: Blank, layout: Layout) -> list[Node]:
    """Say in words which cell of a table is asked."""
    row, column = next(
        (row, column)
        for row, cells in enumerate(rows_of(table))
        for column, cell in enumerate(cells)
        if cell and any(blank is asked for _, blank in cell.blanks)
    )
    if not table.columns:
        place = layout.language.tell(CELL, row=row + table.origin, column=column + table.origin)
        return [*(layout.said(table.label) if table.label else []), f", {place}:"]
    heading = table.rows[row][0]
    before = [*layout.said(heading), ", "] if heading else []
    return [*before, *layout.said(table.columns[column]), ":"]
