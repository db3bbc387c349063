"""Choices are read as meant, in any spelling that only one of them has."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convexam.generator.document import Symbol
from convexam.generator.language import language
from convexam.generator.model import Case, Field, Option
from convexam.generator.questions.choice import TYPE, Given
from convexam.generator.reading.schema import parse_value
from convexam.generator.render.answers import key_text
from convexam.generator.render.options import in_words_of
from convexam.generator.render.phrases import hint
from convexam.generator.render.plain import said_plainly
from convexam.generator.values import decode, encode
from convexam.grader.marking.compare import mark_field
from convexam.grader.marking.fields import BLANK, read, write
from convexam.grader.marking.unreadable import Unreadable
from convexam.grader.model import Verdict

WORDS = (
    Option("convolution", also=("conv2d",)),
    Option("max pooling"),
    Option("average pooling", also=("mean pooling",)),
)
LETTERS = tuple(map(Option, "ABCD"))
STATEMENTS = tuple(Option(letter, also=(f"statement {letter}",)) for letter in "ABCD")
TEXTS = tuple(
    Option(letter, also=(f"statement {letter}", text))
    for letter, text in {
        "A": "A kernel of 3 × 3 / 9 weights and a bias.",
        "B": "Pooling has no weights, and it halves a map.",
        "C": "Padding and stride have none; or none that count.",
        "D": "Padding of 1 keeps the size.",
    }.items()
)
NODES = tuple(Option(f"x{number}", also=(str(number),)) for number in range(12))


@pytest.mark.parametrize(
    ("options", "raw", "name"),
    [
        (WORDS, "convolution", "convolution"),
        (WORDS, " Max-Pooling ", "max pooling"),
        (WORDS, "MAXPOOLING", "max pooling"),
        (WORDS, "max", "max pooling"),
        (WORDS, "mean", "average pooling"),
        (WORDS, "avera", "average pooling"),
        (WORDS, "Conv2D", "convolution"),
        (WORDS, "'max pooling'.", "max pooling"),
        (WORDS, "a convolution", "convolution"),
        (WORDS, "The max-pooling", "max pooling"),
        (LETTERS, "b", "B"),
        (LETTERS, "(C)", "C"),
        (LETTERS, "d.", "D"),
        (LETTERS, ["C"], "C"),
        (LETTERS, {"B": None}, "B"),
        (LETTERS, "Ａ", "A"),
        (LETTERS, "answer B", "B"),
        (LETTERS, "Option b", "B"),
        (LETTERS, "**B**", "B"),
        (TEXTS, "B", "B"),
        (TEXTS, "statement B", "B"),
        (TEXTS, "Pooling has no weights, and it halves a map.", "B"),
        (TEXTS, "pooling has no weights", "B"),
        (TEXTS, "B. Pooling has no weights", "B"),
        (TEXTS, "(b) Pooling has no weights", "B"),
        (TEXTS, "A kernel of 3x3", "A"),
        (TEXTS, "kernel of 3 × 3 / 9 weights", "A"),
        (TEXTS, "A", "A"),
        (NODES, "x1", "x1"),
        (NODES, "1", "x1"),
        (NODES, "x_11", "x11"),
        (NODES, "x₁", "x1"),
    ],
)
def test_a_choice(options: tuple[Option, ...], raw: object, name: str) -> None:
    assert read(Field("f", "choice", Symbol("f"), options=options), raw) == name


@pytest.mark.parametrize(("code", "words"), [("en", "true / false"), ("nl", "waar / onwaar")])
def test_what_a_paper_prints_of_an_option_is_read(code: str, words: str) -> None:
    statements = [{"say": f"{said}.", "because": "So it is.", "truth": True} for said in ("One", "Other")]
    case = Case(parse_value(Given, {"ask": "judge", "statements": statements}))
    field, _ = (in_words_of(each, language(code)) for each in TYPE.ask(case))
    advice = hint(field, case.conventions)
    assert advice is not None
    assert said_plainly(advice, language(code)) == words
    for name in ("true", "false"):
        printed = key_text((name,), field, language(code))
        assert printed in words
        assert read(field, printed) == name


@pytest.mark.parametrize(
    ("options", "raw", "reason"),
    [
        (WORDS, "pool", "expected one of convolution, max pooling, average pooling"),
        (WORDS, "pooling", "can be max pooling or average pooling"),
        (WORDS, "m", "can be max pooling or average pooling"),
        (WORDS, "max pooling or convolution", "can be max pooling or convolution"),
        (WORDS, "max pooling or blur", "expected one of"),
        (LETTERS, "A/C", "can be A or C"),
        (LETTERS, "E", "expected one of A, B, C, D"),
        (LETTERS, "A, B", "expected one of A, B, C, D"),
        (LETTERS, "A B", "expected one of A, B, C, D"),
        (LETTERS, "?", "expected one of"),
        (LETTERS, "x" * 5000, "longer than"),
        (LETTERS, ["A", "B"], "found a list"),
        (LETTERS, "≠B", "expected one of"),
        (LETTERS, "-B", "expected one of"),
        (LETTERS, "B?", "expected one of"),
        (LETTERS, "B\u0336", "expected one of"),
        (LETTERS, {"A": None, "B": None}, "found a list"),
        (NODES, "x", "can be x0, x1,"),
        (NODES, "1 0", "expected one of"),
        (NODES, "1-0", "expected one of"),
        (TEXTS, "E", "expected one of A, B, C, D"),
        (TEXTS, "P", "expected one of A, B, C, D"),
        (TEXTS, "Padding", "expected one of A, B, C, D"),
        (TEXTS, "B. Padding of 1 keeps the size.", "expected one of A, B, C, D"),
        (TEXTS, "B because it halves a map", "expected one of A, B, C, D"),
        (TEXTS, "A-C", "expected one of A, B, C, D"),
    ],
)
def test_what_is_no_choice(options: tuple[Option, ...], raw: object, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(Field("f", "choice", Symbol("f"), options=options), raw)


CHOICES = Field("f", "choices", Symbol("f"), options=NODES)


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("x1, x2, x3", ("x1", "x2", "x3")),
        ("3 1 2", ("x1", "x2", "x3")),
        ("{x2; x10}", ("x2", "x10")),
        ("x1 and x2 & x3", ("x1", "x2", "x3")),
        ("x1\nx2", ("x1", "x2")),
        ("x4, x4", ("x4",)),
        (["x1", "2"], ("x1", "x2")),
        ("none", ()),
        ("None.", ()),
        ("nothing", ()),
        ({"x1": None, "x2": None}, ("x1", "x2")),
    ],
)
def test_choices(raw: object, names: tuple[str, ...]) -> None:
    assert read(CHOICES, raw) == names


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("A, C", "AC"),
        ("ac", "AC"),
        ("(AC)", "AC"),
        ("A + C", "AC"),
        ("A en C", "AC"),
        ('["A", "C"]', "AC"),
        ("Answer: A, C", "AC"),
        ("option A, option C", "AC"),
        ("Pooling has no weights, and it halves a map.\nPadding of 1", "BD"),
        ("B. Pooling has no weights; D. Padding of 1 keeps the size", "BD"),
        (["Padding and stride have none; or none that count.", "A"], "AC"),
    ],
)
def test_choices_by_letter_and_text(raw: object, names: str) -> None:
    field = Field("f", "choices", Symbol("f"), options=TEXTS)
    assert read(field, raw) == tuple(names)


@pytest.mark.parametrize(
    "raw", ["A-C", "A - C", "A to C", "AA", "ABE", "not A", "A?", "A/C", "A: yes, C: no"]
)
def test_what_names_no_letters(raw: str) -> None:
    with pytest.raises(Unreadable):
        read(Field("f", "choices", Symbol("f"), options=TEXTS), raw)


@pytest.mark.parametrize("raw", ["", " _ ", "_ _", None, []])
def test_a_blank_does_not_choose_nothing(raw: object) -> None:
    assert read(CHOICES, raw) is BLANK


@pytest.mark.parametrize(
    "raw",
    [
        "x1-3",
        "1-1",
        "x1_1_",
        "x1, y2",
        "x1 to x3",
        "x99",
        "none, x1",
        ",",
        "and",
        "[]",
        {},
        [["x1"]],
        {"x1": "yes"},
        "1," * 200,
    ],
)
def test_what_are_no_choices(raw: object) -> None:
    with pytest.raises(Unreadable):
        read(CHOICES, raw)


@given(st.sets(st.sampled_from([option.name for option in NODES])))
def test_choices_survive_writing_and_storing(chosen: set[str]) -> None:
    names = tuple(option.name for option in NODES if option.name in chosen)
    assert read(CHOICES, write(CHOICES, names)) == names
    assert decode(CHOICES, encode(CHOICES, names)) == names


@pytest.mark.parametrize(
    ("answer", "verdict", "credit"),
    [
        ("x1, x2, x3", "RIGHT", 1),
        ("x1, x2", "PARTIAL", 2 / 3),
        ("x1, x2, x3, x4", "PARTIAL", 2 / 3),
        ("x1, x2, x4", "PARTIAL", 1 / 3),
        ("x4, x5", "WRONG", 0),
        ("none", "WRONG", 0),
        ("0 1 2 3 4 5 6 7 8 9 10 11", "WRONG", 0),
        ("_", "BLANK", 0),
        ("first three", "UNREADABLE", 0),
    ],
)
def test_each_wrong_choice_takes_a_right_one_back(answer: str, verdict: str, credit: float) -> None:
    mark = mark_field(CHOICES, (("x1", "x2", "x3"),), answer)
    assert (mark.verdict, float(mark.credit)) == (verdict, credit)


@pytest.mark.parametrize("kind", ["choices", "order"])
@pytest.mark.parametrize("raw", ["A/B", "A or B", "A/B, C, D, D", ["A or B", "B", "C", "D"]])
def test_a_part_that_could_mean_two_options_is_not_the_answer(kind: Any, raw: object) -> None:
    """Both are right, or both stand first somewhere, and yet the rest of the answer was never read."""
    field = Field("f", kind, Symbol("f"), options=LETTERS)
    mark = mark_field(field, (("A", "B", "C", "D"), ("B", "A", "C", "D")), raw)
    assert mark.verdict is Verdict.UNREADABLE
    assert mark.credit == 0
    assert mark.read is None


def test_nothing_can_be_the_right_choice() -> None:
    assert mark_field(CHOICES, ((),), "none").verdict == "RIGHT"
    assert mark_field(CHOICES, ((),), "x1").verdict == "WRONG"


@pytest.mark.parametrize("data", [{"a": 1}, None, 1.5])
def test_a_damaged_choice_is_noticed(data: object) -> None:
    with pytest.raises(TypeError):
        decode(replace(CHOICES, kind="choice"), data)


@pytest.mark.parametrize(
    ("options", "raw", "names"),
    [
        (LETTERS, "B, D, A, C", "BDAC"),
        (LETTERS, "b d a c", "BDAC"),
        (LETTERS, "BDAC", "BDAC"),
        (LETTERS, "B > D > A > C", "BDAC"),
        (LETTERS, "B → D → A → C", "BDAC"),
        (LETTERS, "B->D->A->C", "BDAC"),
        (LETTERS, "[B, D, A, C]", "BDAC"),
        (LETTERS, ["B", "D", "A", "C"], "BDAC"),
        (LETTERS, "B\nD\nA\nC", "BDAC"),
        (LETTERS, "B-D-A-C", "BDAC"),
        (LETTERS, "1. B 2. D 3. A 4. C", "BDAC"),
        (LETTERS, "1) B, 2) D, 3) A, 4) C", "BDAC"),
        (TEXTS, "Pooling has\nPadding of 1\nA kernel of\nPadding and", "BDAC"),
        (STATEMENTS, "B D A C", "BDAC"),
        (STATEMENTS, "statement B, D, statement A, C", "BDAC"),
    ],
)
def test_an_order(options: tuple[Option, ...], raw: object, names: str) -> None:
    field = Field("f", "order", Symbol("f"), options=options)
    assert read(field, raw) == tuple(names)
    assert read(field, write(field, tuple(names))) == tuple(names)
    assert decode(field, encode(field, tuple(names))) == tuple(names)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("B, D, A", "expected every option once; C is missing"),
        ("B, D, A, B", "expected every option once; C is missing"),
        ("B, D, A, C, B", "the answer names 5 options; there are 4"),
        ("2. B 1. D 3. A 4. C", "the answer names 8 options; there are 4"),
        ("B, D, A, E", "expected one of A, B, C, D, found"),
        ("BDA", "expected every option once; C is missing"),
    ],
)
def test_no_order(raw: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(Field("f", "order", Symbol("f"), options=LETTERS), raw)


@pytest.mark.parametrize(("raw", "credit"), [("ABCD", 1), ("ABDC", 0.5), ("DABC", 0), ("BACD", 0.5)])
def test_every_option_in_its_place_earns_its_share(raw: str, credit: float) -> None:
    mark = mark_field(Field("f", "order", Symbol("f"), options=LETTERS), (tuple("ABCD"),), raw)
    assert mark.credit == credit
