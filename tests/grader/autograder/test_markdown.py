"""Whatever a text holds, a reader of Markdown sees nothing but text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from convexam.grader.autograder.markdown import CUT, MOST_ECHOED, block, cut, escaped, page

READERS = [MarkdownIt("commonmark", {"html": True}), MarkdownIt("gfm-like", {"html": True, "linkify": False})]
HARMLESS = {"p", "pre", "code", "strong"}
TAG = re.compile(r"<\s*/?\s*([a-zA-Z!?][^\s>/]*)")
HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1)) ![a](http://evil.example/b.png)",
    "http://evil.example www.evil.example mallory@evil.example",
    "`a` ``b`` ```\nc\n```",
    "# heading\n\n- item\n\n1. item\n\n> quote\n\n| a | b |\n|---|---|\n",
    "a\n===\n\n---\n\n    code\n\n<!-- x -->",
    "**bold** _em_ ~~gone~~ &lt;b&gt; \\<b>",
    "\u202etxt.exe \x1b[31m \x00",
    "1) one",
    "+ one",
    "[a]: http://evil.example\n\n[a]",
]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60) | st.sampled_from(HOSTILE))
@example("".join(HOSTILE))
def test_a_text_stays_a_text(text: str) -> None:
    for reader in READERS:
        for written in (page([escaped(text), "end"]), page([block([text]), "end"])):
            assert {tag.lower() for tag in TAG.findall(reader.render(written))} <= HARMLESS


@pytest.mark.parametrize("text", HOSTILE)
def test_no_address_is_seen_as_one(text: str) -> None:
    assert not re.search(r"\w://\w|www\.\w|\w@\w", escaped(text))


@given(st.text(alphabet="ab<&*_`\\[](){}#+-.!|~$: 1", max_size=40))
def test_a_reader_sees_what_was_written(text: str) -> None:
    (html,) = (READERS[0].render(escaped(text)),)
    plain = re.sub(r"</?p>|\n|\u200b", "", html)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(entity, character)
    assert plain == " ".join(text.split())


def test_an_answer_is_cut() -> None:
    assert cut("x" * 5000) == "x" * MOST_ECHOED + CUT
    assert cut("x" * MOST_ECHOED) == "x" * MOST_ECHOED


def test_spaces_between_the_cells_of_a_map_count_for_nothing() -> None:
    rows = "\n".join("  ".join(["12"] * 10) for _ in range(10))
    assert cut(rows) == rows
