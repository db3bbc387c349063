"""Markdown for a page that is not ours: whatever a text holds, it stays text.

What a student typed stands in indented blocks only, which nothing inside can end. All else is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...generator.document import Message
from ...generator.language import Language
from ...generator.render.plain import one_line, printable, said_plainly

MOST_ECHOED = 200
"""Characters of an answer that are repeated, besides the spaces between them."""

CUT = " ..."
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile(r"[\\`*_{}\[\]#~|$!&<>]")
_BEGINS = re.compile(r"^(\d{0,9})([-+=.):])")
_LINK = re.compile(r"://|www\.|@", re.IGNORECASE)
_NOTHING = "\u200b"  # a space without width: no address is seen as one, and a reader sees the same


def escaped(text: str) -> str:
    """Write a text on one line, as a paragraph or inside one."""
    shown = _LINK.sub(lambda match: match[0][0] + _NOTHING + match[0][1:] + _NOTHING, one_line(text))
    shown = _SPECIAL.sub(lambda match: _ENTITIES.get(match[0], f"\\{match[0]}"), shown)
    return _BEGINS.sub(r"\1\\\2", shown)


def told(message: Message, language: Language) -> str:
    """Write a message as a paragraph."""
    return escaped(said_plainly(message, language))


def strong(text: str) -> str:
    """Emphasise what is Markdown already."""
    return f"**{text}**"


def block(lines: Iterable[str]) -> str:
    """Set lines as they stand, each in a line of its own; nothing if there are none."""
    return "\n".join(f"    {line}" for text in lines for line in printable(text).split("\n")).rstrip()


def page(paragraphs: Iterable[str]) -> str:
    """Put paragraphs and blocks below one another, without those that are empty."""
    return "\n\n".join(filter(None, paragraphs))


def cut(text: str) -> str:
    """Cut an answer to a bearable length."""
    seen = 0
    for place, character in enumerate(text):
        seen += not character.isspace()
        if seen > MOST_ECHOED:
            return text[:place].rstrip() + CUT
    return text
