"""Shapes as students write them: ``3x4x4``, ``(3, 4, 4)``, ``3 by 4``, ``12.544`` where a layer is a vector.

What could be one large size or several small ones, ``12,544``, is not guessed. Nor is what names its axes,
``C=3, H=4, W=4`` or ``3@4x4``: in which order the paper writes them, a reader does not know.
"""

from __future__ import annotations

import re

from ...generator.document import say
from ...generator.reading.tree import quoted
from .spelling import check_characters, plain_spelling
from .unreadable import Unreadable

MAX_AXES = 8

_SIZE = re.compile("[0-9]{1,9}")
_PLAIN = re.compile(rf"{_SIZE.pattern}(?: x {_SIZE.pattern}){{1,{MAX_AXES - 1}}}")
_THOUSANDS = re.compile("([1-9][0-9]{0,2})[.'_]([0-9]{3})")
_ONE_OR_TWO = re.compile("[1-9][0-9]{0,2}[ ,][0-9]{3}")
_TORN = re.compile("(?<=[0-9])[ ,](?=0[0-9]{2}(?![0-9]))")  # no size begins with a zero
_FULL_STOP = re.compile(r"(?<=[0-9)\]])\.\Z")
_BRACKETS = ("()", "[]", "{}")
_BETWEEN = re.compile(r"\s*(?:[x*,;]|-?by-?)\s*|\s+", re.IGNORECASE)
_SAME = {"X": "x", "*": "x"}


def read_shape(raw: str | list[object]) -> tuple[int, ...]:
    """Read a shape from a text or from a list of texts.

    Returns
    -------
    tuple of int
        One size for each axis; none at all where every size was left blank.

    Raises
    ------
    Unreadable
        If it is anything else than whole numbers of at most nine digits, separated all in one way.
    """
    if isinstance(raw, list) and len(raw) == 1 and isinstance(raw[0], (str, list)):
        return read_shape(raw[0])
    text = "" if isinstance(raw, list) else _without_brackets(raw)
    sizes = _BETWEEN.split(text) if isinstance(raw, str) else _of_list(raw)
    sizes = [_THOUSANDS.sub(r"\1\2", size) if _THOUSANDS.fullmatch(size) else size for size in sizes]
    if not any(size.strip("_") for size in sizes):
        return ()
    if len(sizes) > MAX_AXES:
        raise Unreadable(
            say("a shape of {{ count }} axes; at most {{ most }} are read", count=len(sizes), most=MAX_AXES)
        )
    if odd := next((size for size in sizes if size and not _SIZE.fullmatch(size)), None):
        raise Unreadable(say("expected a shape, such as 3 x 4 x 4, found {{ found }}", found=quoted(odd)))
    if "" in sizes:
        raise Unreadable(say("a size of the shape is missing; write all of them, such as 3 x 4 x 4"))
    if len({_SAME.get(found.strip(), found.strip()) for found in _BETWEEN.findall(text)}) > 1:
        raise Unreadable(
            say("{{ text }} separates its sizes in two ways; write a shape as 3 x 4 x 4", text=quoted(text))
        )
    whole = _TORN.sub("", text)
    if isinstance(raw, str) and (whole != text or _ONE_OR_TWO.fullmatch(plain_spelling(raw).strip())):
        raise Unreadable(
            say(
                "{{ text }} can be one size or several; write {{ one }} or {{ several }}",
                text=quoted(text),
                one=" x ".join(_BETWEEN.split(whole)) if whole != text else "".join(sizes),
                several=" x ".join(sizes),
            )
        )
    return tuple(map(int, sizes))


def plain_shape(raw: str) -> tuple[int, ...] | None:
    """Read a shape that stands there as `write_shape` writes it; None for any other."""
    return tuple(map(int, raw.split(" x "))) if _PLAIN.fullmatch(raw) else None


def write_shape(shape: tuple[object, ...]) -> str:
    """Write a shape as ``3 x 4 x 4``."""
    return " x ".join(map(str, shape))


def _without_brackets(raw: str) -> str:
    text = _FULL_STOP.sub("", plain_spelling(raw).strip())
    check_characters(text)
    if text[:1] + text[-1:] in _BRACKETS:
        text = text[1:-1].strip().removesuffix(",")  # (16,) is a shape in Python
    return text


def _of_list(raw: list[object]) -> list[str]:
    if all(size is None or isinstance(size, str) for size in raw):
        return [plain_spelling(str(size or "")).strip() for size in raw]
    raise Unreadable(say("expected a shape, such as [3, 4, 4], found lists in a list"))
