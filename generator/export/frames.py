"""Trees too large to be built at once: a frame with gaps, and what belongs into each, piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, indent, tostring

GAP = "gap"
_GAP = re.compile(rb"\s*<gap />")


def gap() -> Element:
    """Make a place where pieces go."""
    return Element(GAP)


def piece(tree: Element, level: int) -> bytes:
    """Write a tree on lines of its own, so many levels below the root; it is laid out for that."""
    indent(tree, level=level)
    return f"\n{'  ' * level}{tostring(tree, encoding='unicode')}".encode()


def filled(frame: bytes, *pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a frame with pieces in its gaps, in their order."""
    first, *others = _GAP.split(frame)
    yield first
    for some, after in zip(pieces, others, strict=True):
        yield from some
        yield after
