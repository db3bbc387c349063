"""Answers of several parts as students write them: by name, or one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from ...generator.document import either, say
from ...generator.language import ENGLISH, Language
from ...generator.model import Field
from ...generator.reading.tree import quoted
from ...generator.render.plain import plain_label
from .spelling import plain_spelling
from .tensors import BadCell
from .unreadable import Unreadable

Names: TypeAlias = Mapping[str, tuple[str, str]]
"""The name of each part, and with it how the paper prints it."""

Part: TypeAlias = "int | str | BadCell | None"
"""A number, the name of a choice, something unreadable, or nothing."""

_BETWEEN = re.compile(r"\s*[,;\n\t]\s*|\s+(?:and|en)\s+")
_BARS = re.compile(r"\s*\|\s*")
_SIDES = re.compile(r"\s*(?P<down>[0-9]{1,9})\s*[xX×✕]\s*(?P<across>[0-9]{1,9})\s*")
_NAMED = re.compile(r"(?P<name>[^:=]{1,40}?)\s*[:=]\s*(?P<value>.*)", re.DOTALL)


def read_record(
    raw: str | list[object] | Mapping[str, object],
    parts: Sequence[Field],
    read_part: Callable[[Field, object], Part],
    language: Language = ENGLISH,
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
    language
        In which the parts were named.

    Raises
    ------
    Unreadable
        If a name is unknown or stands twice, if it is not clear which value belongs to which part, or if
        no part can be read.
    """
    called = {field.name: (field.name, plain_label(field.label, language).lower()) for field in parts}
    values = _by_name(raw, parts, called)
    read = tuple(_read(field, values.get(field.name), read_part) for field in parts)
    bad = [(field, part) for field, part in zip(parts, read, strict=True) if isinstance(part, BadCell)]
    if bad and len(bad) + read.count(None) == len(parts):
        field, part = bad[0]
        raise Unreadable(say("{{ part }}: {{ reason }}", part=field.name, reason=part.reason))
    return read


def write_record(parts: Sequence[Field], values: Sequence[object]) -> str:
    """Write an answer as names and values on one line; ``_`` is a blank."""
    pairs = zip(parts, values, strict=True)
    return ", ".join(f"{field.name}: {'_' if value is None else value}" for field, value in pairs)


def _read(field: Field, raw: object, read_part: Callable[[Field, object], Part]) -> Part:
    try:
        one = _one_side(raw) if field.kind == "integer" and isinstance(raw, str) else raw
        return read_part(field, one)
    except Unreadable as error:
        return BadCell(field.name, error.reason, error.meanings)


def _one_side(raw: str) -> str:
    """Return one side of what is as large along both: a window of 3 x 3 has the size 3."""
    match = _SIDES.fullmatch(raw)
    if match is None:
        return raw
    if int(match["down"]) != int(match["across"]):
        raise Unreadable(
            say("expected one number for both axes, found {{ found }}", found=quoted(raw.strip()))
        )
    return match["down"]


def _by_name(
    raw: str | list[object] | Mapping[str, object], parts: Sequence[Field], called: Names
) -> Mapping[str, object]:
    pairs = [pair for piece in _pieces(raw, parts) for pair in _named(piece, called)]
    if len(pairs) == len(parts) and not any(name for name, _ in pairs):
        return {field.name: value for field, (_, value) in zip(parts, pairs, strict=True)}
    pairs = [(name, value) for name, value in pairs if name or value not in ("", None)]
    bare = [value for name, value in pairs if not name]
    first = parts[0]
    if len(bare) == 1 and len(pairs) > 1 and first.kind == "choice":  # a name needs no other name
        pairs = [(name or first.name, value) for name, value in pairs]
    elif bare:
        example = ", ".join(f"{field.name}: ..." for field in parts)
        raise Unreadable(say("it is not clear which value is which; write {{ example }}", example=example))
    return _known(pairs, called)


def _pieces(raw: str | list[object] | Mapping[str, object], parts: Sequence[Field]) -> list[object]:
    """Cut an answer into pieces, each a pair of name and value, or a text with or without a name."""
    if isinstance(raw, Mapping):
        names = {field.name for field in parts}
        # {average pooling, 3, 1} and {size:3} are YAML for keys without values.
        return [
            key if value is None and key.strip().lower() not in names else (key, value)
            for key, value in raw.items()
        ]
    if isinstance(raw, list):
        return [piece for item in raw for piece in (item.items() if isinstance(item, Mapping) else (item,))]
    text = plain_spelling(raw.replace("×", "x")).strip().removeprefix("{").removesuffix("}")
    if text[:1] + text[-1:] in ("()", "[]"):
        text = text[1:-1]
    text = text.strip().rstrip(",;\n").removesuffix(".")
    if len(cells := _BARS.split(text.strip("|"))) == len(parts):
        return list(cells)
    if all(part.kind == "integer" for part in parts) and len(words := text.split()) == len(parts):
        return [word.removesuffix(",").removesuffix(";") for word in words]
    return list(_BETWEEN.split(text))


def _named(piece: object, called: Names) -> list[tuple[str, object]]:
    """Part a piece into name and value, ``size: 3`` or ``size 3``; where it has no name, that is empty.

    Several names may stand in one piece: ``row = 0 column = 2``.
    """
    if isinstance(piece, tuple):
        name, value = piece
        return [(str(name), value)]
    if not isinstance(piece, str):
        return [("", piece)]
    names = sorted({name for both in called.values() for name in both}, key=len, reverse=True)
    name = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, names))})\s*(?:[:=]|\s(?=\s*\S))", re.IGNORECASE)
    starts = [match for match in name.finditer(piece) if match[1].lower() in names]
    if starts and not piece[: starts[0].start()].strip("\"' "):
        ends = [match.start() for match in starts[1:]] + [len(piece)]
        return [
            (match[1], piece[match.end() : end].strip().strip("\"'"))
            for match, end in zip(starts, ends, strict=True)
        ]
    if match := _NAMED.fullmatch(piece):
        return [(match["name"], match["value"])]
    return [("", piece)]


def _known(pairs: list[tuple[str, object]], called: Names) -> dict[str, object]:
    """Return the values by the names of the parts; a beginning that only one of them has is enough."""
    values: dict[str, object] = {}
    for written, value in pairs:
        wanted = written.strip().strip("\"'").lower()
        fitting = [
            name for name, both in called.items() if wanted and any(each.startswith(wanted) for each in both)
        ]
        if len(fitting) > 1:
            raise Unreadable(
                say(
                    "{{ name }} can be {{ names }}; write the whole name",
                    name=quoted(written.strip()),
                    names=either(fitting),
                )
            )
        if not fitting:
            names = ", ".join(called)
            raise Unreadable(
                say(
                    "there is no part {{ name }}; the parts are {{ names }}",
                    name=quoted(written.strip()),
                    names=names,
                )
            )
        if fitting[0] in values:
            raise Unreadable(say("{{ name }} stands there twice", name=quoted(fitting[0])))
        values[fitting[0]] = value
    return values
