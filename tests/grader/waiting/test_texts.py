"""Texts of strangers in a YAML file: they come back exactly, or visibly escaped, and stay where they are."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from convexam.generator.reading.reader import RECORD, read_yaml
from convexam.grader.waiting.texts import one_line, scalar, visible

HOSTILE = (
    "",
    "\n",
    "\n\n",
    "  \n",
    "null",
    "~",
    "---\n...\n%YAML 1.1\n",
    "x\n  - student: bob\n    points: 4\n",
    "    points: 4\n",
    "\tbegins with a tab\n",
    "a\n\n\nends with many lines\n\n\n",
    "no line end\nat the end",
    "trailing spaces   \n and  \n",
    "- a\n- b",
    "&a *b !c @d `e` %f",
    "\"quoted\" and 'quoted' # and a comment: {x: [1, 2]}",
    "escape \x1b[2J \x00 \x07 \x85 \u2028 \u2029 \ufeff \ud800",
    "\u202eright to left\u202c and \u200bnothing",
    "windows\r\nlines\r\nand an old\rMac",
    "x" * 4096,
    "ä ☃ 🙂 שלום",
)


def read_back(text: str, *, deep: bool) -> object:
    """Write a text as the entry file does, between two other keys, and read it with the strict reader."""
    if deep:
        file = f"- before: 1\n  list:\n  - text: {scalar(text, '      ')}\n    after: 2\n"
    else:
        file = f"- before: 1\n  text: {scalar(text, '    ')}\n  after: 2\n"
    root = read_yaml(file.encode(), "file", RECORD).root
    assert isinstance(root, list)
    (entry,) = root
    assert isinstance(entry, dict)
    if deep:
        assert isinstance(entry["list"], list)
        (entry,) = entry["list"]
    assert isinstance(entry, dict)
    assert list(entry) == ["text", "after"] if deep else ["before", "text", "after"]
    assert entry["after"] == "2"
    return entry["text"]


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_where_they_are(text: str, deep: bool) -> None:
    assert read_back(text, deep=deep) == visible(text)


@given(st.text(st.characters(codec=None), max_size=120))
@example("a\n b\n\tc\n\n")
def test_any_text_comes_back(text: str) -> None:
    assert read_back(text, deep=True) == visible(text)


@given(st.text("ab \n\t:-#|>'\"{}[]&*!%@`\\,?=~0", max_size=60))
def test_texts_of_printable_characters_come_back_exactly(text: str) -> None:
    assert read_back(text, deep=True) == text


@given(st.text(st.characters(codec=None), max_size=60))
def test_one_line_is_one_line(text: str) -> None:
    shown = visible(text)
    written = one_line(text)
    assert "\n" not in written
    assert read_yaml(f"text: {written}\n".encode(), "file", RECORD).root == {"text": shown}


def test_what_cannot_be_seen_is_named() -> None:
    assert visible("a\u202eb\x1b\u200b") == "a⟨U+202E⟩b⟨U+001B⟩⟨U+200B⟩"
    assert visible("öäü 漢字 שלום\n\t") == "öäü 漢字 שלום\n\t"
