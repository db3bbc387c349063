"""Events of a parser become a tree of texts, within limits and without YAML's cleverness.

PyYAML's own loaders resolve aliases (a file of 400 bytes becomes gigabytes), run tags, let the last of two
equal keys win, read ``1:30`` as 90 and crash the process on deep nesting. Its event parser does
none of that; the tree is built here, and building stops at the first breach of a limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import Any, NoReturn

from yaml import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from ..errors import DataError, Fault, Place
from ..frozen import frozen
from .tree import Data, Mark, nodes, quoted

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML 1.2 (chapter 5.1) does not count as text; half a surrogate pair is one of them."""

_BLANK = frozenset({"", "~", "null", "Null", "NULL"})
_CONTAINERS: dict[Any, str] = {SequenceStartEvent: "a list", MappingStartEvent: "a mapping"}


@frozen
class Limits:
    """What a file may ask of us.

    Attributes
    ----------
    bytes
        Its size.
    depth
        How deep lists and mappings are nested.
    items
        How many keys and values it holds.
    scalar, key
        How many characters a value or a key has.
    """

    bytes: int
    depth: int
    items: int
    scalar: int
    key: int


@frozen
class TreeBuilder:
    """Builds the tree of one document.

    Attributes
    ----------
    events
        Events of PyYAML (whose type stubs leave half of their attributes out), beginning with the root.
    name
        The file, as messages name it.
    limits
        What it may ask of us.
    marks
        The positions of all keys and values so far, in the order of the file.
    """

    events: Iterator[Any]
    name: str
    limits: Limits
    marks: list[Mark] = field(default_factory=list)

    def build(self) -> Data:
        """Build the tree.

        Raises
        ------
        DataError
            If something is not allowed or exceeds a limit.
        """
        return self._value(next(self.events), 1)

    def _value(self, event: Any, depth: int) -> Data:
        self.marks.append(event.start_mark)
        if event.anchor is not None or event.tag is not None or len(self.marks) > self.limits.items:
            self._refuse_node(event)
        if type(event) is ScalarEvent:
            text: str = event.value
            if event.implicit[0] and text in _BLANK:
                return None
            if len(text) > self.limits.scalar or event.style == '"':
                self._check(text, self.limits.scalar, event)
            return text
        if depth > self.limits.depth:
            message = (
                f"lists and mappings are nested deeper than {self.limits.depth} levels here; "
                "write fewer brackets, and put a text that begins with a bracket in quotes"
            )
            refuse(self.name, event.start_mark, message)
        return self._list(depth) if type(event) is SequenceStartEvent else self._mapping(depth)

    def _list(self, depth: int) -> Data:
        items: list[Data] = []
        for event in self.events:
            if type(event) is SequenceEndEvent:
                break
            items.append(self._value(event, depth + 1))
        return items

    def _mapping(self, depth: int) -> Data:
        start = len(self.marks) - 1
        mapping: dict[str, Data] = {}
        for event in self.events:
            if type(event) is MappingEndEvent:
                break
            key = self._key(event)
            if key in mapping:
                first = dict(zip(nodes(mapping), self.marks[start:], strict=False))[(key,), True]
                message = (
                    f"the key {quoted(key)} stands here a second time; the first is in line "
                    f"{first.line + 1}, column {first.column + 1}: rename or remove one of them"
                )
                refuse(self.name, event.start_mark, message)
            mapping[key] = self._value(next(self.events), depth + 1)
        return mapping

    def _key(self, event: Any) -> str:
        self.marks.append(event.start_mark)
        if event.anchor is not None or event.tag is not None or len(self.marks) > self.limits.items:
            self._refuse_node(event)
        mark: Mark = event.start_mark
        if type(event) is not ScalarEvent:
            message = (
                f"a key must be a word, found {_CONTAINERS[type(event)]}; "
                "put a text that begins with a bracket in quotes"
            )
            refuse(self.name, mark, message)
        key: str = event.value
        if len(key) > self.limits.key or event.style == '"':
            self._check(key, self.limits.key, event)
        if key in _BLANK and event.implicit[0]:
            refuse(self.name, mark, "a key is missing before ':'; write its name")
        return key

    def _check(self, text: str, limit: int, event: Any) -> None:
        if len(text) > limit:
            message = f"this text has {len(text)} characters, at most {limit} are read here; shorten it"
            refuse(self.name, event.start_mark, message)
        if event.style == '"' and (found := UNPRINTABLE.search(text)):  # only an escape can write one
            message = f"this text holds the character U+{ord(found[0]):04X}, which is not text; remove it"
            refuse(self.name, event.start_mark, message)

    def _refuse_node(self, event: Any) -> NoReturn:
        """Say what is wrong with a key or value that has a property, or is one too many."""
        if event.anchor is None and event.tag is None:
            message = f"the file holds more than {self.limits.items} keys and values; split or shorten it"
        elif event.anchor is None:
            message = f"the tag {quoted(event.tag)} is not allowed: remove it, or put the text in quotes"
        else:
            name = ("*" if type(event) is AliasEvent else "&") + event.anchor
            message = f"{quoted(name)} is not allowed: write the value out, or put the text in quotes"
        refuse(self.name, event.start_mark, message)


def refuse(name: str, mark: Mark, message: str) -> NoReturn:
    """Raise the `DataError` for one fault at a mark."""
    raise DataError([Fault(Place(name, mark.line + 1, mark.column + 1), "", message)])
