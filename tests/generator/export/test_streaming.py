"""Files of platforms are written paper by paper: the same bytes as in one go, and no paper is held on to."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any
from weakref import ref
from xml.etree.ElementTree import Element, indent, tostring

import pytest

from convexam.generator.export.canvas.package import CanvasPackage
from convexam.generator.export.format import Format
from convexam.generator.export.fragment import element
from convexam.generator.export.frames import filled, gap, piece
from convexam.generator.export.item import Item
from convexam.generator.export.moodle import MoodleXML
from convexam.generator.export.package import Member
from convexam.generator.export.qti.package import QTIPackage
from convexam.generator.export.qti.version import V21, V30
from convexam.generator.export.spool import Spool
from convexam.generator.export.variant import Variant
from convexam.generator.policy import Release

from ...exported import zip_bytes
from .qti import made

PAPERS = 4
FORMATS = [
    MoodleXML(),
    CanvasPackage(),
    QTIPackage(Release.EVERYTHING, V21, several=True),
    QTIPackage(Release.MARKS, V30, several=True),
]


def variant(code: str) -> Variant:
    """Return the same questions as those of another paper."""
    parts = (
        replace(part, items=tuple(_of(code, each) for each in part.items)) for part in made.variant().parts
    )
    return Variant(code, tuple(parts))


def _of(code: str, item: Item) -> Item:
    return replace(item, name=item.name.replace(made.CODE, code))


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: type(form).__name__)
def test_no_paper_is_held_on_to(form: Format[Any]) -> None:
    passed: list[ref[object]] = []

    def papers() -> Iterator[object]:
        for number in range(PAPERS):
            written = form.written(made.EXAM, variant(f"P{number}"))
            one = written[0] if isinstance(written, tuple) else written
            assert sum(each() is not None for each in passed) <= 1, "more than the last one is still there"
            passed.append(ref(one))
            yield written

    file = BytesIO()
    form.put_together(made.EXAM, papers(), file, Spool(BytesIO()))
    assert file.getvalue().startswith(form.begins)


def test_a_spool_gives_back_what_it_was_given() -> None:
    draw = random.Random(7)
    given = [(draw.choice("abc"), draw.randbytes(draw.randrange(50))) for _ in range(200)]
    spool, kept = Spool(BytesIO()), dict[str, list[bytes]]()
    for name, data in given:
        assert (name in spool) == (name in kept)
        spool.keep(name, data)
        kept.setdefault(name, []).append(data)
        assert list(spool.pieces("b")) == kept.get("b", [])
    assert {name: list(spool.pieces(name)) for name in "abcd"} == {"d": []} | kept


@pytest.mark.parametrize(("first", "second"), [(1, 1), (1, 3), (3, 2)])
def test_a_frame_is_filled_as_if_it_were_one_tree(first: int, second: int) -> None:
    def parts(count: int) -> list[Element]:
        return [element("part", element("leaf", f"<{number}>"), n=str(number)) for number in range(count)]

    def tree(*inner: Element) -> Element:
        return element("root", element("head"), element("body", *inner), element("foot"))

    whole = tree(*parts(first), element("between"), *parts(second))
    frame = tree(gap(), element("between"), gap())
    for each in (whole, frame):
        indent(each)
    pieces = ([piece(each, 2) for each in parts(count)] for count in (first, second))
    assert b"".join(filled(tostring(frame), *pieces)) == tostring(whole)


def test_a_member_in_pieces_is_the_same_archive() -> None:
    draw = random.Random(7)
    words = [draw.randbytes(3) for _ in range(40)]
    data = b"".join(draw.choice(words) for _ in range(60_000)) + draw.randbytes(20_000)
    cuts = sorted(draw.sample(range(len(data)), 300))
    pieces = [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    assert zip_bytes([Member("a", pieces)]) == zip_bytes([Member("a", [data])])
