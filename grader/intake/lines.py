"""An answer file that is no longer YAML, read line by line: only what is broken is lost.

Indentation tells items from fields where it can; where it cannot, the shape of the lines does: an item has
nothing after its colon, or ``{``. A line that is no ``key: value`` belongs to the field above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ...generator.document import Message, say
from ...generator.frozen import frozen
from ...generator.reading.tree import quoted
from ..marking.fields import Lost, Raw

HEAD = frozenset({"format", "paper", "student", "answers"})
WHOLE = ""
"""The field of an answer that stands beside its item and names no field."""

_NAME = r"[A-Za-z][A-Za-z0-9_./-]{0,63}"
_KEY = re.compile(rf"""(?P<quote>["']?)(?P<key>{_NAME})(?P=quote)\s*:(?P<rest>.*)""")
_NEXT_IN_FLOW = re.compile(rf""",\s*(?=["']?{_NAME}["']?\s*:)""")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_IGNORED = re.compile(r"```\w*|---|\.\.\.|")
_BLOCK = re.compile(r"[|>][-+0-9]{0,2}|")
_LIST_ITEM = re.compile(r"-\s+(?=\[)")
_LIKE_A_ROW = re.compile(r"[-−+.0-9_\[]")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


@frozen
class Contents:
    """What an answer file holds, before anything of it is understood.

    Attributes
    ----------
    head
        Those of `HEAD` that were found, and the text beside them.
    answers
        Item, field, raw answer.
    problems
        What was repaired and what was lost, with line numbers.
    damaged
        Whether the file had to be read line by line, or its answers have no names: then what is not found
        may have been lost.
    """

    head: dict[str, str]
    answers: dict[str, dict[str, Raw]]
    problems: tuple[Message, ...]
    damaged: bool = False


class _Line(NamedTuple):
    number: int
    indent: int
    key: str
    """Empty where the line is no ``key: value``."""
    rest: str


@dataclass
class _Entry:
    """One field as it is being collected: what stands beside its key, and the lines below."""

    opened: _Line
    below: list[str] = field(default_factory=list)
    spoiled: Message | None = None
    """Why the answer is not to be trusted."""

    def takes(self, line: _Line) -> bool:
        """Say whether a line without a key goes on with this field."""
        starts_block = _BLOCK.fullmatch(self.opened.rest) is not None
        return starts_block or line.indent > self.opened.indent or _LIKE_A_ROW.match(line.rest) is not None

    def value(self) -> Raw:
        """Return the answer as a text, a line for each line."""
        if self.spoiled:
            return Lost(self.spoiled)
        beside = [] if _BLOCK.fullmatch(self.opened.rest) else [self.opened.rest]
        text = "\n".join(beside + [_LIST_ITEM.sub("", line) for line in self.below])
        return None if text in _NULL else _unquoted(text)


def scan(text: str) -> Contents:
    """Read the lines of an answer file, whatever they are."""
    lines = list(_lines(text))
    scanner = _Scanner()
    for line, following in zip(lines, [*lines, None][1:], strict=True):
        scanner.add(line, following)
    return scanner.result()


def _lines(text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.splitlines(), 1):
        body = _COMMENT.sub("", line).strip()
        if _IGNORED.fullmatch(body):
            continue
        indent = len(line.expandtabs()) - len(line.expandtabs().lstrip())
        match = _KEY.fullmatch(body)
        if match is None:
            yield _Line(number, indent, "", body)
        else:
            yield _Line(number, indent, match["key"], match["rest"].strip())


class _Scanner:
    """Takes the lines one after the other and knows which item and which field is open."""

    def __init__(self) -> None:
        self._head: dict[str, str] = {}
        self._entries: dict[str, list[tuple[str, _Entry]]] = {}
        self._strange: list[Message] = []
        self._remarks: list[Message] = []
        self._item = ""
        self._fields: dict[str, set[str]] = {}
        self._items_indent = 0
        self._entry: _Entry | None = None
        self._is_flat = False

    def add(self, line: _Line, following: _Line | None) -> None:
        if not line.key:
            self._continue(line)
        elif line.key.lower() in HEAD and (not self._item or line.indent == 0):
            self._open_head(line)
        elif self._opens_item(line, following):
            self._open_item(line)
        else:
            self._is_flat = line.indent <= self._items_indent
            self._open_field(line.key, line)

    def result(self) -> Contents:
        answers = {item: self._answers(item, entries) for item, entries in self._entries.items()}
        return Contents(self._head, answers, (*self._remarks, *self._strange))

    def _continue(self, line: _Line) -> None:
        if self._entry is not None and self._entry.takes(line):
            self._entry.below.append(line.rest)
        else:
            self._not_understood(line, line.rest)
            told = any(map(str.isalnum, line.rest))
            if self._entry is not None and line.indent and told:  # it may go on with the answer, or undo it
                self._entry.spoiled = say(
                    "line {{ line }}, below it, was not understood: {{ text }}",
                    line=line.number,
                    text=quoted(line.rest),
                )

    def _not_understood(self, line: _Line, text: str) -> None:
        self._strange.append(
            say("line {{ line }} was not understood: {{ text }}", line=line.number, text=quoted(text))
        )

    def _open_head(self, line: _Line) -> None:
        self._item, self._entry = "", None
        self._head[line.key.lower()] = _unquoted(line.rest)
        if line.key.lower() == "answers" and line.rest:
            self._not_understood(line, line.rest)

    def _opens_item(self, line: _Line, following: _Line | None) -> bool:
        has_fields_below = following is not None and bool(following.key) and following.indent > line.indent
        if not self._item or (not line.rest and has_fields_below):
            return True
        is_first = not self._entries[self._item]
        if _is_flow(line.rest):  # an item, or the field of the item above, if that is a record
            return line.indent <= self._items_indent or not (is_first or line.key in self._fields[self._item])
        if line.indent > self._items_indent:
            return False
        return not (line.rest and (is_first or self._is_flat))

    def _open_item(self, line: _Line) -> None:
        if not self._entries:
            self._items_indent = line.indent
        self._item, self._entry, self._is_flat = line.key, None, False
        self._fields.setdefault(line.key, set())
        self._entries.setdefault(line.key, [])
        if _is_flow(line.rest):
            self._open_flow(line)
        elif line.rest:
            self._open_field(WHOLE, line)

    def _open_flow(self, line: _Line) -> None:
        for part in _NEXT_IN_FLOW.split(line.rest.removeprefix("{").removesuffix("}")):
            match = _KEY.fullmatch(part.strip())
            if match is not None:
                inner = line._replace(key=match["key"], rest=match["rest"].strip().removesuffix(","))
                self._open_field(match["key"], inner)
            elif part.strip():
                self._not_understood(line, part.strip())
        self._entry = None

    def _open_field(self, name: str, line: _Line) -> None:
        self._entry = _Entry(line)
        self._fields[self._item].add(name)
        self._entries[self._item].append((name, self._entry))

    def _answers(self, item: str, entries: Iterable[tuple[str, _Entry]]) -> dict[str, Raw]:
        answers: dict[str, Raw] = {}
        for name, entry in entries:
            value = entry.value()
            if name in answers and answers[name] != value:
                remark = say(
                    "{{ field }} of {{ item }} stands on line {{ line }} again, with another answer",
                    field=quoted(name),
                    item=quoted(item),
                    line=entry.opened.number,
                )
                self._remarks.append(remark)
                value = Lost(remark)
            answers[name] = value
        return answers


def _is_flow(text: str) -> bool:
    """Say whether a mapping in braces begins here."""
    return text.startswith("{") and (":" in text or not text.strip("{} "))


def _unquoted(text: str) -> str:
    is_quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1].strip() if is_quoted else text.strip()
