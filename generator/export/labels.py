"""What is asked, in the words before an answer."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ..document import Symbol, say
from ..language import Language
from .fragment import Node, element, said
from .item import Item, Label


def labelled(label: Label, language: Language) -> list[Node]:
    """Write what is asked before its answer: a symbol with an equals sign, words with a colon."""
    if isinstance(label, Symbol):
        return said(Symbol(f"{label.latex} ="), language)
    return [*said(label, language), ":"]


def asked_of_a_person(item: Item) -> list[Element]:
    """List what a person is to find in the answer, as there is no box for each."""
    lines = [say("{{ label }}: {{ wanted }}", label=label, wanted=wanted) for label, wanted in item.asks]
    return [element("ul", *(element("li", *said(line, item.language)) for line in lines))] if lines else []
