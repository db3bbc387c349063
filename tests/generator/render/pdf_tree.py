"""The tree of tags of a PDF, read as a screen reader does: roles, words, and the texts below them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream


@dataclass
class Tag:
    """An element of the tree."""

    role: str
    entries: dict[str, Any]
    above: Tag | None = None
    kids: list[Tag] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    """Page and number of marked content."""
    fields: list[Any] = field(default_factory=list)
    """Annotations that it stands for."""

    @property
    def words(self) -> str:
        """What is said instead of its content."""
        return str(self.entries.get("/Alt", ""))

    def all(self, *roles: str) -> Iterator[Tag]:
        """Yield elements of some roles in the order in which they are read; without roles, all."""
        if not roles or self.role in roles:
            yield self
        for kid in self.kids:
            yield from kid.all(*roles)

    def within(self, role: str) -> bool:
        """Say whether an element of this role is around this one."""
        return self.above is not None and (self.above.role == role or self.above.within(role))


class Tagged:
    """A PDF with its tree of tags."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(BytesIO(data))
        trailer: Any = self.reader.trailer
        self.root = trailer["/Root"]
        references: list[Any] = [page.indirect_reference for page in self.reader.pages]
        self._pages = {reference.idnum: number for number, reference in enumerate(references)}
        self.tree = self._tag(self.root["/StructTreeRoot"]["/K"][0], None, 0)

    def _tag(self, item: Any, above: Tag | None, page: int) -> Tag:
        here = item.get_object()
        if "/Pg" in here:
            page = self._pages[here.raw_get("/Pg").idnum]
        tag = Tag(here["/S"], dict(here), above)
        kids = here.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            inner = kid.get_object()
            if isinstance(inner, int):
                tag.content.append((page, inner))
            elif inner.get("/Type") == "/OBJR":
                tag.fields.append(inner["/Obj"])
            else:
                tag.kids.append(self._tag(kid, tag, page))
        return tag

    def marked(self, page: int) -> tuple[list[int], list[str]]:
        """Return the numbers of marked content on a page, and the drawing that stands outside of any."""
        inside: list[str] = []
        numbers, loose = [], []
        for operands, name in self._operations(page):
            if name in ("BDC", "BMC"):
                inside.append(str(operands[0]))
                if name == "BDC" and "/MCID" in operands[1]:
                    numbers.append(int(operands[1]["/MCID"]))
            elif name == "EMC":
                inside.pop()
            elif re.fullmatch(r"Tj|TJ|[fFSsbB]\*?|Do", name) and not inside:
                loose.append(name)
        return numbers, loose

    def content(self, page: int) -> str:
        """Return the operators of a page."""
        contents: Any = self.reader.pages[page].get_contents()
        return str(contents.get_data().decode("latin-1"))

    def texts(self, page: int) -> dict[int, str]:
        """Return what marked content is to be taken for, by its number."""
        return {
            int(operands[1]["/MCID"]): str(operands[1]["/ActualText"])
            for operands, name in self._operations(page)
            if name == "BDC" and "/ActualText" in operands[1]
        }

    def headers(self, page: int) -> list[Any]:
        """Return the marks of what is repeated on every page."""
        return [
            operands
            for operands, name in self._operations(page)
            if name == "BDC" and operands[0] == "/Artifact"
        ]

    def _operations(self, page: int) -> Iterator[tuple[Any, str]]:
        stream = ContentStream(self.reader.pages[page].get_contents(), self.reader)
        return ((operands, operator.decode()) for operands, operator in stream.operations)
