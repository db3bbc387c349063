"""Answers of several parts as students write them: by name, or one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from ...generator.model import Field
from ...generator.reading.tree import quoted
from .spelling import plain_spelling
from .tensors import BadCell
from .unreadable import Unreadable

Part: TypeAlias = "int | str | BadCell | None"
"""A number, the name of a choice, something unreadable, or nothing."""

_BETWEEN = re.compile(r"\s*[,;\n]\s*")
_NAMED = re.compile(r"(?P<name>[^:=]{1,40}?)\s*[:=]\s*(?P<value>.*)", re.DOTALL)


def read_record(
    raw: str | list[object] | Mapping[str, object],
    parts: Sequence[Field],
    read_part: Callable[[Field, object], Part],
) -> tuple[Part, ...]:
    """Read an answer of several parts.

    Parameters
    ----------
    raw
        Names and values; a text such as ``size: 3, stride: 2``; or all values in the order of the parts.
    parts
        What was asked.
    read_part
        Reads one part; None is a blank.

    Raises
    ------
    Unreadable
        If a name is unknown or stands twice, if it is not clear which value belongs to which part, or if
        no part can be read.
    """
    values = _by_name(raw, parts)
    read = tuple(_read(field, values.get(field.name), read_part) for field in parts)
    bad = [(field, part) for field, part in zip(parts, read, strict=True) if isinstance(part, BadCell)]
    if bad and len(bad) + read.count(None) == len(parts):
        field, part = bad[0]
        raise Unreadable(f"{field.name}: {part.reason}")
    return read


def write_record(parts: Sequence[Field], values: Sequence[object]) -> str:
    """Write an answer as names and values on one line; ``_`` is a blank."""
    pairs = zip(parts, values, strict=True)
    return ", ".join(f"{field.name}: {'_' if value is None else value}" for field, value in pairs)


def _read(field: Field, raw: object, read_part: Callable[[Field, object], Part]) -> Part:
    try:
        return read_part(field, raw)
    except Unreadable as error:
        return BadCell(quoted(str(raw)), error.reason)


def _by_name(raw: str | list[object] | Mapping[str, object], parts: Sequence[Field]) -> Mapping[str, object]:
    if isinstance(raw, Mapping):
        return _known(list(raw.items()), parts)
    pieces: list[object] = list(raw) if isinstance(raw, list) else [*_pieces(raw)]
    named = [_NAMED.fullmatch(piece) if isinstance(piece, str) else None for piece in pieces]
    found = [match for match in named if match is not None]
    if len(found) == len(pieces):
        return _known([(match["name"], match["value"]) for match in found], parts)
    if not found and len(pieces) == len(parts):
        return {field.name: piece for field, piece in zip(parts, pieces, strict=True)}
    example = ", ".join(f"{field.name}: ..." for field in parts)
    raise Unreadable(f"it is not clear which value is which; write {example}")


def _pieces(raw: str) -> list[str]:
    text = plain_spelling(raw).strip()
    if text[:1] + text[-1:] in ("{}", "()", "[]"):
        text = text[1:-1]
    return [piece for piece in _BETWEEN.split(text.strip()) if piece]


def _known(pairs: list[tuple[str, object]], parts: Sequence[Field]) -> dict[str, object]:
    """Return the values by the names of the parts; a beginning that only one of them has is enough."""
    values: dict[str, object] = {}
    for written, value in pairs:
        wanted = written.strip().strip("\"'").lower()
        fitting = [field.name for field in parts if wanted and field.name.startswith(wanted)]
        if len(fitting) != 1:
            names = ", ".join(field.name for field in parts)
            raise Unreadable(f"there is no part {quoted(written.strip())}; the parts are {names}")
        if fitting[0] in values:
            raise Unreadable(f"{quoted(fitting[0])} stands there twice")
        values[fitting[0]] = value
    return values
