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
    root = json.loads(
        text, parse_int=str, parse_float=str, parse_constant=_doubt, object_pairs_hook=_mapping
    )  # the hooks do not raise: whatever is not JSON at all shall be said first
    if _WRITES_CONTROL.search(text) or 1 + sum(map(text.count, "[{,:")) > limits.items:
        raise DoubtError
    return _texts(root, limits, 1)


def _doubt(_: str) -> Any:
    return _DOUBTFUL


def _mapping(pairs: list[tuple[str, Any]]) -> Any:
    mapping = dict(pairs)
    return mapping if len(mapping) == len(pairs) else _DOUBTFUL


def _texts(value: Any, limits: Limits, depth: int) -> Data:
    kind = type(value)
    if kind is str and len(value) <= limits.scalar:
        return value  # type: ignore[no-any-return]
    if kind in (dict, list) and depth > limits.depth:
        raise DoubtError
    most = limits.scalar  # what stands in mappings and lists is mostly short texts
    if kind is dict and max(map(len, value), default=0) <= limits.key:
        return {
            key: inner if type(inner) is str and len(inner) <= most else _texts(inner, limits, depth + 1)
            for key, inner in value.items()
        }
    if kind is list:
        return [
            inner if type(inner) is str and len(inner) <= most else _texts(inner, limits, depth + 1)
            for inner in value
        ]
    if value is None:
        return None
    if kind is bool:
        return "true" if value else "false"
    raise DoubtError


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
