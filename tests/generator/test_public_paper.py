"""What a program of a student may know of a paper is read back, whatever was done to the file."""

from __future__ import annotations

import json
from typing import Any

import pytest

from convexam.generator.codes import paper_code
from convexam.generator.errors import DataError
from convexam.generator.public_paper import read_public_paper

from ..quick import is_quick

CODE = paper_code(b"secret", exam="x", student="ada")
FIELD = {"name": "Y", "kind": "tensor", "label": "Y<sub>", "asked": "a map", "shape": [2, 3]}
PAPER = {
    "format": "convexam-paper/1",
    "exam": "demo",
    "title": "Demo exam",
    "paper": CODE,
    "items": [{"id": "a-1.x", "number": 1, "title": "First", "points": "4", "fields": [FIELD]}],
}


def changed(**changes: Any) -> dict[str, Any]:
    field = {name: value for name, value in (FIELD | changes).items() if value is not None}
    return PAPER | {"items": [PAPER["items"][0] | {"fields": [field]}]}  # type: ignore[operator]


def data(paper: object) -> bytes:
    return json.dumps(paper).encode()


def test_it_is_read_back() -> None:
    paper = read_public_paper(data(PAPER), "CODE.paper.json")
    assert (paper.code, paper.exam, paper.title) == (CODE, "demo", "Demo exam")
    ((item,), (field,)) = paper.items, paper.items[0].fields
    assert (item.id, item.number, item.title) == ("a-1.x", 1, "First")
    assert (field.name, field.kind, field.shape) == ("Y", "tensor", (2, 3))


def test_what_a_later_release_adds_is_passed_over() -> None:
    later = changed(hint="x") | {"minutes": 90}
    assert read_public_paper(data(later), "x") == read_public_paper(data(PAPER), "x")


PAGES = {
    "a page": '<!doctype html><script>var x = "<p>";</script>{}<script id="other">{{}}</script>',
    "a byte order mark": "\ufeff<html>{}</html>",
    "entities elsewhere": "<html>&lt;script id=paper&gt;{}</html>",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_it_is_taken_from_the_page(page: str) -> None:
    text = json.dumps(PAPER).replace("<", "\\u003c")
    script = f'<script type="application/json" id="paper">{text}</script>'
    assert read_public_paper(page.format(script).encode(), "x.html").code == CODE


REFUSED = {
    "empty": (b"", "found nothing"),
    "a list": (b"[]", "expected"),
    "a page without": (b"<html><p>Hello</p></html>", "this page holds no paper"),
    "a PDF": (b"%PDF-1.7\n\xe2\xe3", "a PDF does not hold the paper; name the page"),
    "an answer file": (data({"format": "convexam-answers/1", "paper": CODE}), "convexam-paper/1"),
    "too large": (b" " * (17 << 20), "larger than 16 MB"),
    "too deep": (b"[" * 100_000, "nested"),
    "endless attributes": (b"<a" + b" a=b" * 3_000_000 + b">", "this page holds no paper"),
    "half a script": (b"<script id=paper " * 500_000, "this page holds no paper"),
    "an endless tag": (b"<" * 2_000_000, "this page holds no paper"),
    "no code": (data(PAPER | {"paper": "HELLO"}), "'HELLO' is no paper code"),
    "an item twice": (data(PAPER | {"items": PAPER["items"] * 2}), "twice"),  # type: ignore[operator]
    "an item with a slash": (
        data(PAPER | {"items": [{"id": "a/Y", "number": 1, "title": "T", "fields": [FIELD]}]}),
        "id",
    ),
    "no fields": (
        data(PAPER | {"items": [{"id": "a", "number": 1, "title": "T", "fields": []}]}),
        "at least",
    ),
    "no shape": (data(changed(shape=[0, 2])), "at least 1"),
    "an unknown kind": (data(changed(kind="essay")), "kind"),
    "a name that is none": (data(changed(name="a/b")), "name"),
    "a choice of nothing": (data(changed(kind="choice")), "choice needs options"),
    "an order of nothing": (data(changed(kind="order")), "order needs options"),
    "a record of nothing": (data(changed(kind="record")), "record needs parts"),
    "an expression of nothing": (data(changed(kind="expression")), "expression needs names"),
    "a record in a record": (
        data(changed(kind="record", parts=[FIELD | {"kind": "record", "parts": [FIELD]}])),
        "a part is one of",
    ),
    "a word for no number": (data(changed(kind="integer", spellings={"x": ["none"]})), "a whole number"),
}


@pytest.mark.parametrize(("paper", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_none_is_refused(paper: bytes, message: str) -> None:
    def reading() -> None:
        with pytest.raises(DataError) as error:
            read_public_paper(paper, "x.json")
        assert message in str(error.value)

    assert is_quick(5, reading)
