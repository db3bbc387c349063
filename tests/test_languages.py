"""Other languages: catalogues that miss nothing, and papers on which nothing of ours is left in English."""

from __future__ import annotations

import io
import re
import runpy
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Message
from babel.messages.pofile import read_po

from convexam.generator import registry
from convexam.generator.compose import draw_problem
from convexam.generator.language import ENGLISH, codes, language
from convexam.generator.markdown import Node, names, parse
from convexam.generator.mistakes import wrong_answers
from convexam.generator.networks.memory_units import UNITS
from convexam.generator.papers import Exam, Paper, Problem, Section, Student
from convexam.generator.render.answer_file import answer_template
from convexam.generator.render.paper import paper_html
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem
from convexam.grader.model import Result
from convexam.grader.reports.feedback import feedback_html

from .shipped import shipped_bank

SCRIPT: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[1] / "scripts" / "languages.py"))
OTHERS = [code for code in codes() if code != ENGLISH.code]
BANK = shipped_bank()
FIRST = list({spec.type: spec.id for spec in reversed(list(BANK))}.values())
GARBAGE = "about twelve, I think"


def messages(code: str) -> list[Message]:
    data = (SCRIPT["CATALOGUES"] / f"{code}.po").read_bytes()
    return [message for message in read_po(io.BytesIO(data), locale=code) if message.id]


def outline(markdown: str) -> set[tuple[str, str]]:
    """What a translator may move or repeat, and not change: formulas, code, emphasis and paragraphs."""
    kinds = {"math_inline", "math_inline_double", "math_block", "code_inline", "strong", "paragraph"}

    def walk(node: Node) -> Iterator[Node]:
        yield node
        for child in node.children:
            yield from walk(child)

    tree = parse(markdown, dict.fromkeys(names(markdown), 1))
    return {(node.type, node.content) for node in walk(tree) if node.type in kinds}


# -- catalogues ---------------------------------------------------------------------------------


def test_there_is_another_language() -> None:
    assert "nl" in OTHERS


@pytest.mark.parametrize("code", OTHERS)
def test_the_catalogue_is_fresh(code: str) -> None:
    data = (SCRIPT["CATALOGUES"] / f"{code}.po").read_bytes()
    assert SCRIPT["catalogue"](code, data) == data, "make languages"


@pytest.mark.parametrize("code", OTHERS)
def test_every_phrase_is_translated(code: str) -> None:
    for message in messages(code):
        assert message.string, message.id
        assert not message.fuzzy, message.id
        assert names(str(message.string)) == names(str(message.id)), message.id
        assert outline(str(message.string)) == outline(str(message.id)), message.id
        assert re.findall(r"^\s|\s$|#", str(message.string)) == re.findall(r"^\s|\s$|#", str(message.id))


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(LookupError, match="'tlh'"):
        language("tlh")


def test_a_phrase_that_is_put_together_is_refused() -> None:
    with pytest.raises(SyntaxError, match="no literal"):
        list(SCRIPT["said"](io.BytesIO(b'say("yes" if x else "no")')))


def test_nested_calls_formulas_and_templates_are_found() -> None:
    source = b'say("a {{ b }}", b=f(say("c")), d=Symbol(rf"\\text{{ e}}={x}"))'
    assert sorted(SCRIPT["said"](io.BytesIO(source))) == ["a {{ b }}", "c", "e"]
    assert list(SCRIPT["translated"](io.BytesIO(b'<p>{{ _("f") }}</p>'))) == ["f"]


# -- pages --------------------------------------------------------------------------------------


def drawn(entry: str) -> Problem:
    stream = Stream(derive(b"languages", [entry]))
    return draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry])


def exam_of(problem: Problem, code: str) -> tuple[Exam, Paper]:
    exam = Exam("e", "", language=code, minutes=60, practice_seed=1)
    return exam, Paper("39212EAM13HG3N", Student("s1", "Ada"), (Section("", (problem,)),))


def pages(problem: Problem, code: str) -> Iterator[str]:
    """Everything that is written about a problem for a student."""
    exam, paper = exam_of(problem, code)
    yield paper_html(exam, paper)
    yield paper_html(exam, paper, medium="print", making="drawn")
    yield paper_html(exam, paper, solutions=True)
    for marked in (mark_problem(problem, answers) for answers in submitted(problem)):
        yield feedback_html(exam, paper, Result("s1", paper.code, (marked,), (), ""))


def submitted(problem: Problem) -> Iterator[dict[str, str]]:
    fields = registry.get(problem.spec.type).ask(problem.case)
    yield dict.fromkeys((field.name for field in fields), "")
    yield dict.fromkeys((field.name for field in fields), GARBAGE)
    for _, wrong in wrong_answers(problem.spec.type, problem.case):
        yield {field.name: write(field, wrong[field.name]) for field in fields if field.name in wrong}


@pytest.fixture
def unknown() -> Iterator[set[str]]:
    """The phrases that were to be translated into Dutch and are not in its catalogue."""
    dutch, missing = language("nl"), set[str]()
    known, translate = {*UNITS, *(message.id for message in messages("nl"))}, dutch.translate

    def recording(text: str) -> str:
        if text not in known and SCRIPT["_NO_WORDS"].sub("", text):
            missing.add(text)
        return translate(text)

    object.__setattr__(dutch, "translate", recording)
    yield missing
    object.__setattr__(dutch, "translate", translate)


def entries() -> list[Any]:
    """All entries but those of `formula`, whose labels and formulas are the entry's own."""
    sweep = pytest.mark.sweep
    ours = sorted(spec.id for spec in BANK if spec.type != "formula")
    return [entry if entry in FIRST else pytest.param(entry, marks=sweep) for entry in ours]


WITH_POINT = re.compile(r"(?<![\w.])[0-9]+\.[0-9]+(?![\w.])")
EMPTY = ("meta", "br", "path", "rect", "circle", "mspace", "input", "set", "animate")


class Words(HTMLParser):
    """The words of a page, read out and seen, outside of what is marked as English."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = [False]
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        skipped = self.open[-1] or given.get("lang") == "en" or tag in ("style", "script", "q")
        if not skipped:
            told = (
                given.get(name) for name in ("aria-label", "title", "data-text", "data-play", "data-pause")
            )
            self.found += filter(None, told)
        if tag not in EMPTY:
            self.open.append(skipped)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            self.open.pop()

    def handle_data(self, text: str) -> None:
        if not self.open[-1]:
            self.found.append(text)


ENGLISH_WORDS = re.compile(
    r"\b(the|and|with|each|are|from|this|that|which|every|your|cells?|rows|columns|numbers?|has|have|its?|by|not"
    r"|two|other|right|wrong|answer|question|points|input|output|there|then|takes?|add|inside)\b"
)


def left_in_english(page: str, typed: Iterable[str]) -> set[str]:
    """Common words and numbers with a point, other than names that are typed."""
    words = Words()
    words.feed(page)
    text = " ".join(words.found)
    for name in typed:
        text = text.replace(name, "")
    return {*ENGLISH_WORDS.findall(text.lower()), *WITH_POINT.findall(text)}


@pytest.mark.parametrize("entry", entries())
def test_nothing_of_ours_is_left_in_english(entry: str, unknown: set[str]) -> None:
    problem = drawn(entry)
    fields = registry.get(problem.spec.type).ask(problem.case)
    typed = [option.name for field in fields for option in field.options if len(option.name) > 1]
    for page in pages(problem, "nl"):
        assert not left_in_english(page, typed)
    answer_template(*exam_of(problem, "nl"))
    assert not unknown
