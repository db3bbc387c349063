"""How answers are laid out on other people's pages: each behind what is asked, or in a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import Literal, TypeAlias
from xml.etree.ElementTree import Element

from ..document import Message, Symbol, listed, say
from ..frozen import frozen
from ..language import Language
from .fragment import FormulaWriter, Node, element, mathml, said
from .item import Blank, Cell, Item, Label, Part, Table

Spot: TypeAlias = Literal["label", "line", "wide", "table", "cell", "numbers", "kept", "small"]
"""What a style is for: a label above a table, an answer on its line, what is around a table, a table, its
cells, those of them that hold only boxes for numbers, a blank that stays with its label, and advice."""


@frozen
class Layout:
    """How one platform lays answers out.

    Attributes
    ----------
    language
        Of labels and advice.
    place
        What stands in the place of a blank.
    formula
        How formulas are written.
    styles
        Inline styles, for platforms that keep them.
    """

    language: Language
    place: Callable[[Blank], Node]
    formula: FormulaWriter = mathml
    styles: Mapping[Spot, str] = field(default_factory=dict)

    def part(self, part: Part) -> Iterator[Element]:
        """Yield an answer, or a table of them, and the advice on how to answer."""
        if isinstance(part, Table):
            if part.label:
                yield self.styled("label", "p", *self.label(part.label))
            table = self.table(part)
            yield self.styled("wide", "div", table) if "wide" in self.styles else table
        else:
            yield self.styled("line", "div", *self.label(part.label), " ", *self.cell(part.cell))
        yield from map(self.small, part.hints)

    def table(self, table: Table) -> Element:
        """Lay a table out."""
        made = self.styled("table", "table")
        if table.columns:
            corner = [element("td")] if any(label for label, _ in table.rows) else []
            headings = (self._heading(each, "col") for each in table.columns)
            made.append(element("thead", element("tr", *corner, *headings)))
        rows = (
            element(
                "tr",
                *([self._heading(label, "row")] if label else []),
                *map(self._data, cells),
            )
            for label, cells in table.rows
        )
        made.append(element("tbody", *rows))
        return made

    def cell(self, cell: Cell) -> list[Node]:
        """Write the blanks of an answer, each behind its label, with the sign between them."""
        nodes: list[Node] = []
        for label, blank in cell.blanks:
            nodes += [f" {cell.between} "] if nodes else []
            place = self.place(blank)
            nodes.append(self.styled("kept", "span", *self.label(label), " ", place) if label else place)
        return nodes

    def label(self, label: Label) -> list[Node]:
        """Write what is asked before its answer: a symbol with an equals sign, words with a colon."""
        if isinstance(label, Symbol):
            return self.said(Symbol(f"{label.latex} ="))
        return [*self.said(label), ":"]

    def asked_of_a_person(self, item: Item) -> list[Element]:
        """List what a person is to find in the answer, as there is no box for each."""
        lines = [say("{{ label }}: {{ wanted }}", label=label, wanted=wanted) for label, wanted in item.asks]
        return [element("ul", *(element("li", *self.said(line)) for line in lines))] if lines else []

    def taken_for_granted(self, item: Item) -> list[Element]:
        """Write what the exam takes for granted, which stands below every question: in one paragraph."""
        return [self.small(listed(item.conventions, " "))] if item.conventions else []

    def small(self, message: Message) -> Element:
        """Write advice, or what an exam takes for granted."""
        if "small" in self.styles:
            return self.styled("small", "p", *self.said(message))
        return element("p", element("small", *self.said(message)))

    def said(self, message: Label) -> list[Node]:
        """Write a message, or a symbol, as what stands inside an element."""
        return said(message, self.language, self.formula)

    def styled(self, spot: Spot, tag: str, *children: Node) -> Element:
        """Make an element with the style of its spot, if there is one."""
        made = element(tag, *children)
        if style := self.styles.get(spot):
            made.set("style", style)
        return made

    def _data(self, cell: Cell | None) -> Element:
        if cell is None:
            return self.styled("cell", "td")
        numbers = all(blank.kind == "number" for _, blank in cell.blanks)
        return self.styled("numbers" if numbers else "cell", "td", *self.cell(cell))

    def _heading(self, label: Label, scope: str) -> Element:
        made = self.styled("cell", "th", *self.said(label))
        made.set("scope", scope)
        return made
