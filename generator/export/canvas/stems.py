"""What a student of Canvas reads: the prompt, and which of its blanks is asked, as HTML that Canvas keeps.

New Quizzes strikes out MathML and style sheets. What both kinds of quizzes keep are tables, inline styles,
and formulas as the editor of Canvas writes them: pictures that it draws from LaTeX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote
from xml.etree.ElementTree import Element

from ...document import Document, Message, Symbol, listed, say
from ...language import Language
from ...render.boxes import CELL
from ...render.formula_tree import formula_tree
from ..fragment import Node, element, fragment, markup, said
from ..item import Blank, Cell, Item, Label, Line, Part, Table
from ..pictures import Picture

FOLDER = "images"
"""Where the pictures of a package are."""

_HERE = "border: 2px solid #b45309; background-color: #fef3c7; padding: 0.2em 0.6em; font-weight: bold"
_OTHER = "border: 1px solid #6b7280; padding: 0.2em 0.6em"
_CELL = "border: 1px solid #6b7280; padding: 0.2em 0.6em; min-width: 1em; height: 1.6em"
_TABLE = "border-collapse: collapse; text-align: center"
_SMALL = "font-size: 85%"
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
    formula_tree(written, language=language)
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
        if not item.asks:
            return ""
        each = (say("{{ label }}: {{ wanted }}", label=label, wanted=wanted) for label, wanted in item.asks)
        return markup(element("ul", *(element("li", *said(one, item.language, equation)) for one in each)))

    def conventions(self, item: Item) -> str:
        """Write what the exam takes for granted, small."""
        return markup(_small(listed(item.conventions, " "), item.language))

    def _source(self, picture: Picture) -> str:
        self.pictures[picture.name] = picture
        return f"%24IMS-CC-FILEBASE%24/{FOLDER}/{picture.name}"


def asks(item: Item) -> Iterator[tuple[Blank, str]]:
    """Yield each blank of an item with the text that shows which it is."""
    for part in item.parts:
        for blank in _blanks(part):
            yield blank, markup(*_shown(part, blank, item.language))


def option(words: str) -> str:
    """Write what can be chosen."""
    return f"<p>{escape(words, quote=False)}</p>"


def _small(message: Message, language: Language) -> Element:
    return element("p", *said(message, language, equation), style=_SMALL)


def _blanks(part: Part) -> list[Blank]:
    return [blank for row in _rows(part) for cell in row if cell for _, blank in cell.blanks]


def _rows(part: Part) -> Sequence[Sequence[Cell | None]]:
    return [[part.cell]] if isinstance(part, Line) else [row for _, row in part.rows]


def _shown(part: Part, asked: Blank, language: Language) -> Iterator[Element]:
    """Write the answers of a part as they are laid out, with one of them marked."""
    if isinstance(part, Line):
        yield element("p", *_label(part.label, language), *_cell(part.cell, asked, language))
    else:
        yield element("p", *_position(part, asked, language))
        yield _table(part, asked, language)
    yield from (_small(hint, language) for hint in part.hints)


def _label(label: Label, language: Language) -> list[Node]:
    """Write what is asked before its answer: a symbol with an equals sign, words with a colon."""
    if isinstance(label, Symbol):
        return [equation(f"{label.latex} =", language), " "]
    return [*said(label, language, equation), ": "]


def _cell(cell: Cell, asked: Blank, language: Language) -> list[Node]:
    nodes: list[Node] = []
    for label, blank in cell.blanks:
        nodes += [f" {cell.between} "] if nodes else []
        nodes += _label(label, language) if label else []
        if blank is asked:
            nodes.append(element("span", "?", style=_HERE))
        else:
            nodes.append(element("span", _NOTHING, style=_OTHER))
    return nodes


def _position(table: Table, asked: Blank, language: Language) -> list[Node]:
    """Say in words which cell of a table is asked."""
    row, column = next(
        (row, column)
        for row, cells in enumerate(_rows(table))
        for column, cell in enumerate(cells)
        if cell and any(blank is asked for _, blank in cell.blanks)
    )
    if not table.columns:
        place = language.tell(CELL, row=row + table.origin, column=column + table.origin)
        return [*(said(table.label, language, equation) if table.label else []), f", {place}:"]
    heading = table.rows[row][0]
    before = [*said(heading, language, equation), ", "] if heading else []
    return [*before, *said(table.columns[column], language, equation), ":"]


def _table(table: Table, asked: Blank, language: Language) -> Element:
    written = []
    if table.columns:
        corner = [element("td")] if any(heading for heading, _ in table.rows) else []
        written.append(element("tr", *corner, *(_heading(each, "col", language) for each in table.columns)))
    for heading, cells in table.rows:
        head = [_heading(heading, "row", language)] if heading else []
        written.append(element("tr", *head, *(_td(cell, asked, language) for cell in cells)))
    return element("table", element("tbody", *written), style=_TABLE)


def _heading(label: Label, scope: str, language: Language) -> Element:
    return element("th", *said(label, language, equation), scope=scope, style=_CELL)


def _td(cell: Cell | None, asked: Blank, language: Language) -> Element:
    if cell is None:
        return element("td")
    if len(cell.blanks) > 1:
        return element("td", *_cell(cell, asked, language), style=_CELL)
    here = cell.blanks[0][1] is asked
    return element("td", "?" if here else _NOTHING, style=_HERE if here else _CELL)
