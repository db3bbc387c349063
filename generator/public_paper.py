"""``CODE.paper.json`` read back: what a paper asks, for programs that students use.

It holds nothing hidden, and a student may edit it, so it is read like any file from outside, within limits.
What later releases add is passed over.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Annotated, Literal

from pydantic import Field as Bounds

from .codes import is_code
from .document import say
from .errors import DataError, Fault, Place
from .expressions.names import Family
from .frozen import frozen
from .language import ENGLISH, Language, codes, language
from .model import Field, FieldKind, Option
from .reading.reader import Limits, read_json
from .reading.schema import Flag, Id, Line, Whole, open_record, parse
from .reading.tree import quoted
from .render.box_names import ITEM, WORD

MOST_BYTES = 16 << 20
"""Of a paper as a page; its figures are in it."""

_LIMITS = Limits(bytes=4 << 20, depth=12, items=100_000, scalar=4_096, key=256)
_SCRIPT = re.compile(rb"""<script\b[^<>]{0,80}\bid=["']?paper\b[^<>]{0,80}>([^<]*)</script""")
"""The element of a page that holds the file, as we and browsers write it; the file has no < in it there."""

_EXPECTED = "name the page that was handed out, or CODE.paper.json"

_NEEDS = {
    "choice": "options",
    "choices": "options",
    "order": "options",
    "record": "parts",
    "expression": "names",
}
_PARTS = ("integer", "number", "choice")
_INTEGER = re.compile("-?[0-9]{1,18}")

_Name = Annotated[str, Bounds(pattern=f"^{WORD}$")]
_ItemId = Annotated[str, Bounds(pattern=f"^{ITEM}$")]
_Words = Annotated[tuple[Annotated[str, Bounds(max_length=200)], ...], Bounds(max_length=100)]


@open_record
class StoredFamily:
    """Names of an expression: a letter, and how many indices it has."""

    letter: Annotated[str, Bounds(pattern="^[A-Za-z]$")]
    indices: Annotated[Whole, Bounds(ge=0, le=2)]


@open_record
class StoredField:
    """What is asked, as it stands in the file."""

    name: _Name
    kind: FieldKind
    label: str
    asked: str = ""
    shape: tuple[Annotated[Whole, Bounds(ge=1)], Annotated[Whole, Bounds(ge=1)]] | None = None
    row: Flag = False
    options: _Words = ()
    spellings: Annotated[Mapping[str, _Words], Bounds(max_length=100)] = field(default_factory=dict)
    lines: Whole = 1
    names: Annotated[tuple[StoredFamily, ...], Bounds(max_length=52)] = ()
    parts: Annotated[tuple[StoredField, ...], Bounds(max_length=100)] = ()

    def __post_init__(self) -> None:
        """Refuse what no paper asks, and no reader of answers expects."""
        if self.kind in _NEEDS and not getattr(self, _NEEDS[self.kind]):
            raise ValueError(f"{self.kind} needs {_NEEDS[self.kind]}")
        if self.kind == "integer" and not all(map(_INTEGER.fullmatch, self.spellings)):
            raise ValueError("words that stand for a whole number are spellings of one")
        if any(part.kind not in _PARTS for part in self.parts):
            raise ValueError(f"a part is one of {', '.join(_PARTS)}")
        _check_names([part.name for part in self.parts])


@open_record
class StoredItem:
    """A question, as it stands in the file."""

    id: _ItemId
    number: Whole
    title: Line
    fields: Annotated[tuple[StoredField, ...], Bounds(min_length=1)]

    def __post_init__(self) -> None:
        """Refuse two fields of one name."""
        _check_names([field.name for field in self.fields])


@open_record
class StoredPaper:
    """The whole file."""

    format: Literal["convexam-paper/1"]
    exam: Id
    title: Line
    paper: str
    items: tuple[StoredItem, ...]
    language: str = ENGLISH.code

    def __post_init__(self) -> None:
        """Refuse two items of one name, and what is no code."""
        _check_names([item.id for item in self.items])
        if not is_code(self.paper):
            raise ValueError(f"{quoted(self.paper)} is no paper code")


def _check_names(names: Sequence[str]) -> None:
    if len(set(names)) < len(names):
        raise ValueError("a name stands twice")


@frozen
class Item:
    """A question of a paper, and its fields."""

    id: str
    number: int
    title: str
    fields: tuple[Field, ...]


@frozen
class PublicPaper:
    """What a student may know of a paper.

    Attributes
    ----------
    code
        As printed.
    exam, title
        The id and the title of the exam.
    language
        Of the paper; English where this release does not know it.
    items
        The questions in the order of the paper.
    """

    code: str
    exam: str
    title: str
    items: tuple[Item, ...]
    language: Language = ENGLISH


def read_public_paper(data: bytes, name: str) -> PublicPaper:
    """Read a ``CODE.paper.json``, or the page of a paper that holds it.

    Raises
    ------
    DataError
        If it is neither, or damaged.
    """
    if len(data) > MOST_BYTES:
        raise _refused(name, f"the file is larger than {MOST_BYTES >> 20} MB")
    if data.startswith(b"%PDF-"):
        raise _refused(name, f"a PDF does not hold the paper; {_EXPECTED}")
    if data.removeprefix(BOM_UTF8).lstrip().startswith(b"<"):
        data = _from_page(data, name)
    stored = parse(StoredPaper, read_json(data, name, _LIMITS))
    items = tuple(
        Item(item.id, item.number, item.title, tuple(map(_field, item.fields))) for item in stored.items
    )
    spoken = language(stored.language) if stored.language in codes() else ENGLISH
    return PublicPaper(stored.paper, stored.exam, stored.title, items, spoken)


def _field(stored: StoredField) -> Field:
    names = stored.options or tuple(stored.spellings)
    return Field(
        name=stored.name,
        kind=stored.kind,
        label=say("{{ label }}", label=stored.label),
        shape=stored.shape,
        row=stored.row,
        options=tuple(Option(name, also=tuple(stored.spellings.get(name, ()))) for name in names),
        parts=tuple(map(_field, stored.parts)),
        lines=stored.lines,
        names=tuple(Family(family.letter, family.indices) for family in stored.names),
    )


def _from_page(data: bytes, name: str) -> bytes:
    found = _SCRIPT.search(data)
    if found is None:
        raise _refused(name, f"this page holds no paper; {_EXPECTED}")
    return found[1]


def _refused(name: str, message: str) -> DataError:
    return DataError([Fault(Place(name), "", message)])
