"""Answers in words: carried to a person with all that was written, and never marked by the program."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from convexam.generator.compose import draw_problem
from convexam.generator.errors import DataError
from convexam.generator.model import Case
from convexam.generator.papers import Problem, Spec
from convexam.generator.questions.short_text import TYPE, Given
from convexam.generator.reading.schema import parse_value
from convexam.generator.streams import Stream, derive
from convexam.generator.values import decode, encode
from convexam.grader.marking.mark import mark_problem
from convexam.grader.model import Mark, Verdict

from ...shipped import shipped_bank

BANK = shipped_bank()
LONG = "Pooling takes the largest number of each window. " * 50


def problem() -> Problem:
    stream = Stream(derive(b"test", []))
    return draw_problem(
        BANK["short_text/max-pooling"], stream, item="q", origin=BANK.origins["short_text/max-pooling"]
    )


def marked(raw: object) -> Mark:
    (mark,) = mark_problem(problem(), {"text": raw}).marks
    return mark


@pytest.mark.parametrize("raw", ["It takes the maximum.", "12", "x: y", "None", LONG, "zwei\nZeilen"])
def test_a_text_waits_for_a_person(raw: str) -> None:
    mark = marked(raw)
    assert mark.verdict is Verdict.UNMARKED
    assert mark.read == raw.strip()
    assert mark.credit == 0


def test_not_even_the_model_answer_is_marked() -> None:
    mark = marked(problem().key["text"][0])
    assert mark.verdict is Verdict.UNMARKED
    assert mark_problem(problem(), {"text": mark.read}).waiting == 1


@pytest.mark.parametrize("raw", [None, "", " _ ", "\n"])
def test_nothing_is_blank(raw: str | None) -> None:
    assert marked(raw).verdict is Verdict.BLANK
    assert mark_problem(problem(), {"text": raw}).waiting == 0


def test_what_is_no_text_is_shown_to_a_person() -> None:
    mark = marked({"pooling": "halves"})
    assert mark.verdict is Verdict.UNREADABLE
    assert "begin it with |" in str(mark.reason)


def test_a_text_beyond_the_limit_is_set_aside() -> None:
    assert marked("x" * 20_001).verdict is Verdict.UNREADABLE


def test_the_record_holds_the_whole_text() -> None:
    (field,) = TYPE.ask(problem().case)
    read = marked(LONG).read
    assert decode(field, encode(field, read)) == LONG.strip()


@pytest.mark.parametrize(("words", "lines"), [(10, 2), (50, 6), (55, 7)])
def test_the_paper_leaves_room(words: int, lines: int) -> None:
    given = Given(sample="So.", rubric=("A reason.",), words=words)
    (field,) = TYPE.ask(Case(given))
    assert (field.kind, field.lines, field.weight) == ("text", lines, Fraction(1))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"rubric": []}, "at least 1"),
        ({"words": 4}, "5"),
        ({"rubric": ["{{ stride }}"]}, "no value called 'stride'"),
        ({"rubric": ["- a list"]}, "one paragraph"),
    ],
)
def test_bad_entries(changes: dict[str, object], reason: str) -> None:
    data = {"sample": "So.", "rubric": ["A reason."], "words": 20} | changes
    with pytest.raises(DataError, match=reason):
        parse_value(Given, data)


TEXTS = [spec for spec in BANK.specs.values() if spec.type == "short_text"]


@pytest.mark.parametrize("spec", TEXTS, ids=[spec.id for spec in TEXTS])
def test_rubrics_add_up_to_the_points(spec: Spec) -> None:
    assert isinstance(spec.given, Given)
    shares = re.findall(r"\((\d) points?\)", " ".join(spec.given.rubric))
    assert sum(map(int, shares)) == spec.points
