"""JSON, the quick way and the careful way.

The quick way is `json.loads` with hooks. It accepts only what the careful way would accept; what it
doubts, and every question for a position, is left to the careful way: tokens, as events for the
`TreeBuilder`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from yaml import (
    CollectionEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from .tree import Data, Mark, Position
from .tree_builder import Limits, refuse

# An open string ends with the file, so that it is not searched for again from each of its characters.
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+\\?(?:"|\Z)'
_NO_BRACKET = re.compile(rf'(?:[^\[\]{{}}"]++|{_STRING})++', re.DOTALL)
_TOKEN = re.compile(rf"{_STRING}|[\[\]{{}}]|[^\s\[\]{{}},:\"]+", re.DOTALL)
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}
_WRITES_CONTROL = re.compile(r"\\[ubf]")
_NOT_FINITE = frozenset({"NaN", "Infinity", "-Infinity"})
_DOUBTFUL = object()


class DoubtError(Exception):
    """The quick way met something that the careful way has to look at."""


def too_deep(text: str, depth: int) -> int | None:
    """Return the offset of the first bracket that nests deeper than `depth`, in linear time."""
    level = 0
    for number, bracket in enumerate(_NO_BRACKET.sub("", text)):
        level += _STEP[bracket]
        if level > depth:
            offsets = (token.start() for token in _TOKEN.finditer(text) if token[0] in _STEP)
            return next(islice(offsets, number, None))
    return None


def quick(text: str, limits: Limits) -> Data:
    """Read JSON.

    Raises
    ------
    json.JSONDecodeError
        If it is not JSON.
    RecursionError
        If it is nested much too deep.
    DoubtError
        If something may not be allowed or may exceed a limit.
    """
    document: list[Data] = [_DECODER.decode(text)]
    many = len(text) > limits.items and 1 + sum(map(text.count, "[{,:")) > limits.items
    if many or _WRITES_CONTROL.search(text):
        raise DoubtError
    _settle(document, limits, 0)
    return document[0]


def _doubt(_: str) -> Any:
    return _DOUBTFUL


def _mapping(pairs: list[tuple[str, Any]]) -> Any:
    mapping = dict(pairs)
    return mapping if len(mapping) == len(pairs) else _DOUBTFUL


# The hooks do not raise: whatever is not JSON at all shall be said first.
_DECODER = json.JSONDecoder(object_pairs_hook=_mapping, parse_int=str, parse_float=str, parse_constant=_doubt)


def _settle(values: Any, limits: Limits, depth: int) -> None:
    """Check what a list or a mapping holds, and put words in the place of flags."""
    if depth > limits.depth or (type(values) is dict and _has_long_key(values, limits.key)):
        raise DoubtError
    for place, value in values.items() if type(values) is dict else enumerate(values):
        kind = type(value)
        if kind is str:
            if len(value) > limits.scalar:
                raise DoubtError
        elif kind is dict or kind is list:
            _settle(value, limits, depth + 1)
        elif kind is bool:
            values[place] = "true" if value else "false"
        elif value is not None:
            raise DoubtError


def _has_long_key(mapping: dict[str, Any], most: int) -> bool:
    """Say whether a key is too long; mostly all of them together are not."""
    return len("".join(mapping)) > most and max(map(len, mapping)) > most


def marks(text: str, name: str) -> Iterator[Mark]:
    """Give the position of every key and value, in the order of the file."""
    return (event.start_mark for event in events(text, name) if not isinstance(event, CollectionEndEvent))


def events(text: str, name: str) -> Iterator[Any]:
    """Write JSON, as far as `json.loads` would take it, as events of PyYAML."""
    line = start = last = 0
    for token in _TOKEN.finditer(text):
        offset = token.start()
        if breaks := text.count("\n", last, offset):
            line, start = line + breaks, text.rfind("\n", last, offset) + 1
        last = offset
        yield _event(token[0], Position(line, offset - start), name)


def _event(token: str, mark: Any, name: str) -> Any:
    match token[0]:
        case "[":
            return SequenceStartEvent(None, None, implicit=True, start_mark=mark)
        case "{":
            return MappingStartEvent(None, None, implicit=True, start_mark=mark)
        case "]":
            return SequenceEndEvent(mark)
        case "}":
            return MappingEndEvent(mark)
        case '"':
            return ScalarEvent(None, None, (False, True), json.loads(token), mark, style='"')
    if token in _NOT_FINITE:
        refuse(name, mark, f"{token} is not a number that can be marked; write a number, or null for a blank")
    return ScalarEvent(None, None, (True, False), token, mark)
