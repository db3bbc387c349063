"""Files from outside, read strictly and within limits: YAML and JSON.

One reader serves banks, exam files and the answer files of students. Limits are checked before
the work is done: size, encoding, nesting, number of values, length of texts. Nothing is evaluated, every
scalar stays text, and whatever the bytes are, the only exception is `DataError`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import yaml

from ..errors import DataError, Fault, Place
from . import json_text
from .tree import Data, Position, Tree
from .tree_builder import UNPRINTABLE, Limits, TreeBuilder, refuse

__all__ = ["ANSWERS", "BANK", "RECORD", "Data", "Limits", "Tree", "read_json", "read_yaml"]

ANSWERS = Limits(bytes=256 * 1024, depth=8, items=20_000, scalar=4_096, key=64)
"""For what students hand in."""

BANK = Limits(bytes=4 * 1024 * 1024, depth=24, items=500_000, scalar=100_000, key=256)
"""For what instructors write."""

RECORD = Limits(bytes=64 * 1024 * 1024, depth=24, items=5_000_000, scalar=1_000_000, key=256)
"""For what this program wrote itself."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is an optional part of PyYAML

# libyaml compares every %TAG with all before it, so they are looked for before it starts.
_DIRECTIVE = re.compile("%(?<![^\r\n\x85\u2028\u2029\ufeff]%)(?:YAML|TAG)")  # first in its line

_PLAIN = bytes((*b"\t\n\r", *range(0x20, 0x7F)))
"""All bytes of most files; what is left without them has to be looked at."""

_HINTS = {
    "mapping values are not allowed": "put a text that holds ': ' in quotes, and check the indentation",
    "cannot start any token": "indent with spaces, and put a text that begins with this character in quotes",
    "tab character": "indent with spaces",
    "expected ':'": "write 'key: value', with a space after the colon",
}


def read_yaml(data: bytes, name: str, limits: Limits = ANSWERS) -> Tree:
    """Read a YAML file.

    A plain ``null``, ``~`` or empty value is a blank; quoted, it is text. Aliases, anchors, tags,
    directives, second documents, duplicate keys and keys that are no scalars are refused.

    Parameters
    ----------
    data
        The file.
    name
        What messages call it.
    limits
        What it may ask of us.

    Raises
    ------
    DataError
        With one fault: the first that was met.
    """
    text = _decode(data, name, limits)
    if found := _DIRECTIVE.search(text):
        refuse(
            name, _position(text, found.start()), "directives (%YAML, %TAG) are not allowed; remove the line"
        )
    try:
        return _build_yaml(text, name, limits)
    except yaml.MarkedYAMLError as error:
        message = f"this is not valid YAML: {error.problem}; {_hint(str(error.problem))}"
        refuse(name, error.problem_mark or Position(0, 0), message)
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the pure parser on odd escapes and numbers
        raise DataError([Fault(Place(name), "", f"this is not valid YAML: {error}")]) from None


def read_json(data: bytes, name: str, limits: Limits = ANSWERS) -> Tree:
    """Read a JSON file.

    Numbers stay as they are written, ``true`` and ``false`` are these words, ``null`` is a blank.
    Duplicate keys, ``NaN``, ``Infinity`` and half surrogate pairs are refused.

    Parameters
    ----------
    data
        The file.
    name
        What messages call it.
    limits
        What it may ask of us.

    Raises
    ------
    DataError
        With one fault: the first that was met.
    """
    text = _decode(data, name, limits)
    if not text.strip():
        return Tree(name, None, lambda: [Position(0, 0)])
    try:
        root = json_text.quick(text, limits)
    except (json.JSONDecodeError, RecursionError, json_text.DoubtError) as error:
        root = _read_carefully(text, name, limits, error)
    return Tree(name, root, partial(json_text.marks, text, name))


def _read_carefully(text: str, name: str, limits: Limits, doubt: Exception) -> Data:
    """Read JSON that the quick way did not read, for this reason, or say what is wrong with it."""
    offset = json_text.too_deep(text, limits.depth)
    if offset is not None:
        message = (
            f"lists and mappings are nested deeper than {limits.depth} levels here; write fewer brackets"
        )
        refuse(name, _position(text, offset), message)
    if isinstance(doubt, json.JSONDecodeError):
        problem = doubt.msg.removesuffix(" at").lower()
        message = f"this is not valid JSON: {problem}; check the brackets, commas and quotes here"
        refuse(name, _position(text, doubt.pos), message)
    return TreeBuilder(json_text.events(text, name), name, limits).build()


def _decode(data: bytes, name: str, limits: Limits) -> str:
    if len(data) > limits.bytes:
        message = f"the file has {len(data)} bytes, at most {limits.bytes} are read; is it the right file?"
        raise DataError([Fault(Place(name), "", message)])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        refuse(name, Position(0, 0), "this is UTF-16 text; save the file with the encoding UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        message = (
            f"the byte 0x{data[error.start]:02X} is not UTF-8 text; save the file with the encoding UTF-8"
        )
        refuse(name, _position(before, len(before)), message)
    if data.translate(None, _PLAIN) and (found := UNPRINTABLE.search(text)):
        message = (
            f"the character U+{ord(found[0]):04X} is not text; remove it, or save the file anew as UTF-8"
        )
        refuse(name, _position(text, found.start()), message)
    return text


def _position(text: str, offset: int) -> Position:
    return Position(text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset) - 1)


# -- YAML ---------------------------------------------------------------------------------------


def _build_yaml(text: str, name: str, limits: Limits) -> Tree:
    events: Iterator[Any] = iter(_LOADER(text).get_event, None)  # `yaml.parse` asks twice for each of them
    next(events)  # the start of the stream
    if type(next(events)) is yaml.StreamEndEvent:
        return Tree(name, None, lambda: [Position(0, 0)])
    builder = TreeBuilder(events, name, limits)
    root = builder.build()
    next(events)  # the end of the document
    if type(following := next(events)) is not yaml.StreamEndEvent:
        message = (
            "a second document begins here and only one is read; remove this line or what stands before it"
        )
        refuse(name, following.start_mark, message)
    return Tree(name, root, lambda: builder.marks)


def _hint(problem: str) -> str:
    return next(
        (hint for words, hint in _HINTS.items() if words in problem),
        "check the indentation, brackets and quotes here and in the lines above",
    )
