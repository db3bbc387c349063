"""Rules as text and as they are typed; rules that concern nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from convexam.generator import exam_file
from convexam.generator.compose import compose
from convexam.generator.errors import DataError
from convexam.generator.papers import EVERYONE, Paper
from convexam.generator.policy import Credit
from convexam.generator.record import ExamRecord, exam_bytes, read_exam
from convexam.generator.streams import practice_secret
from convexam.grader.rules.check import check
from convexam.grader.rules.rule import Rule, read_rule, rule_text
from convexam.grader.rules.words import words_of

from ...shipped import shipped_bank
from .samples import CODE, rule

SAID: list[tuple[dict[str, Any], str, str]] = [
    ({"accept": "extra_flip"}, '{"accept":{"misconception":"extra_flip"},"target":"a1"}', "accept extra_flip as well"),
    (
        {"accept": ["Y=1 2; 3 4", "size = 3"]},
        '{"accept":{"values":{"Y":"1 2; 3 4","size":"3"}},"target":"a1"}',
        "accept Y=1 2; 3 4, size=3 as well",
    ),
    (
        {"key": "operation: convolution", "never_lower": True},
        '{"key":{"conventions":{"operation":"convolution"}},"never_lower":true,"target":"a1"}',
        "the key is operation: convolution; never lower",
    ),
    ({"key": "solve"}, '{"key":{"solve":true},"target":"a1"}', "the key is what the solver gives now"),
    ({"drop": True, "paper": CODE}, f'{{"drop":true,"paper":"{CODE}","target":"a1"}}', f"dropped; on paper {CODE} only"),
    ({"full_marks": "everyone"}, '{"full_marks":"everyone","target":"a1"}', "full marks for everybody"),
    (
        {"credit": "{maps: all-or-nothing, extra_flip: 1/2}"},
        '{"credit":{"maps":"all-or-nothing"},"shares":{"extra_flip":"1/2"},"target":"a1"}',
        "credit maps: all-or-nothing, extra_flip: 1/2",
    ),
    (
        {"credit": "correct_guessing: false"},
        '{"credit":{"correct_guessing":false},"target":"a1"}',
        "credit correct_guessing: False",
    ),
    ({"points": "2.5"}, '{"points":"5/2","target":"a1"}', "worth 2.5 points"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "text", "words"), SAID)
def test_a_rule_as_text_and_in_words(said: dict[str, Any], text: str, words: str) -> None:
    typed = rule("a1", **said)
    assert rule_text(typed) == text + "\n"
    assert read_rule(text) == typed
    assert words_of(typed) == f"a1: {words}"


def test_what_is_typed_is_what_is_meant() -> None:
    assert rule("a1", points="1/2") == Rule("a1", points=Fraction(1, 2))
    assert rule("a1", credit="maps: per-cell") == Rule("a1", credit=Credit(maps="per-cell"))


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({}, "one change"),
        ({"drop": True, "points": "2"}, "one change"),
        ({"accept": ["extra_flip", "Y=1"]}, "one of 'values'"),
        ({"accept": "solve"}, "use it with 'key'"),
        ({"full_marks": "nobody"}, "everyone"),
        ({"points": "0"}, "0"),
        ({"points": "many"}, "expected a number"),
        ({"credit": "maps: none"}, "per-cell"),
        ({"credit": "extra_flip: 2"}, "1"),
        ({"accept": ""}, "expected a name"),
        ({"paper": "nonsense", "drop": True}, "nonsense"),
    ],
)
def test_what_is_no_rule_is_refused(said: dict[str, Any], complaint: str) -> None:
    with pytest.raises(DataError) as caught:
        rule("a1", **said)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"target":"a1"}', '{"target":"a1","drop":true,"when":"now"}', '{"drop":true}']
)
def test_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        read_rule(text)


# -- held against an exam -----------------------------------------------------------------------

EXAM = """\
format: convexam-exam/1
id: small
title: Small
sections:
  - items:
      - {id: a1, use: conv2d/one-channel}
      - {id: b, pick: 2, type: pool, points: 2}
      - {id: c, use: bandit/lecture-network}
      - {id: w, use: short_text/medical-images}
      - {id: d, use: compute_cost/kernel-sizes}
"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[ExamRecord, Paper]:
    file = tmp_path_factory.mktemp("exam") / "exam.yaml"
    file.write_text(EXAM)
    known = shipped_bank()
    exam, secret = exam_file.load(file, known), practice_secret(7)
    record = read_exam(exam_bytes(exam, known, secret, version="0", seed=7), "exam.json")
    return record, compose(exam, known, secret, EVERYONE)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("a1", {"accept": "extra_flip"}),
        ("conv2d/one-channel", {"accept": "operation: convolution"}),
        ("b", {"drop": True}),
        ("b.2", {"full_marks": "answered"}),
        ("pool/max-small", {"points": "3"}),
        ("d", {"key": "macs_1=1024"}),
        ("a1", {"credit": "extra_flip: 1/2"}),
    ],
)
def test_what_concerns_something_is_taken(
    drawn: tuple[ExamRecord, Paper], target: str, said: dict[str, Any]
) -> None:
    record, paper = drawn
    names = [field.name for field in paper.problems[-1].fields]
    said = {
        name: value.replace("macs_1", names[0]) if isinstance(value, str) else value
        for name, value in said.items()
    }
    check(rule(target, **said), record)


@pytest.mark.parametrize(
    ("target", "said", "complaint"),
    [
        ("a2", {"drop": True}, "there is no item or entry 'a2' in this exam; there are: a1, "),
        ("conv2d/one-chanel", {"drop": True}, "did you mean 'conv2d/one-channel'?"),
        ("b.3", {"drop": True}, "did you mean 'b.2'?"),
        ("a1", {"accept": "extra_flop"}, "no misconception 'extra_flop' of a1; did you mean 'extra_flip'?"),
        ("a1", {"credit": "map: 1/2"}, "no misconception 'map' of a1"),
        ("a1", {"key": "operations: convolution"}, "did you mean 'operation'?"),
        ("a1", {"key": "operation: convolve"}, "convolution"),
        ("a1", {"key": "Y=1 2; 3 4"}, "name one with --paper"),
        ("d", {"key": "makcs=3"}, "there is no field 'makcs' in d"),
        ("d", {"key": "FIELD=three"}, "FIELD: "),
        ("d", {"key": "FIELD=_"}, "is blank"),
        ("d", {"key": "FIELD=1/2"}, "a whole number"),
        ("w", {"accept": "text=A good answer."}, "an answer in words has no key"),
    ],
)
def test_what_concerns_nothing_is_refused(
    drawn: tuple[ExamRecord, Paper], target: str, said: dict[str, Any], complaint: str
) -> None:
    record, paper = drawn
    name = paper.problems[-1].fields[0].name
    said = {
        key: value.replace("FIELD", name) if isinstance(value, str) else value for key, value in said.items()
    }
    with pytest.raises(DataError) as caught:
        check(rule(target, **said), record)
    assert complaint.replace("FIELD", name) in str(caught.value)


def test_a_literal_for_one_paper(drawn: tuple[ExamRecord, Paper]) -> None:
    record, paper = drawn
    (field,) = paper.problems[0].fields
    key: Any = paper.problems[0].key[field.name][0]
    text = "; ".join(" ".join(map(str, row)) for row in key)
    check(rule("a1", key=f"{field.name}={text}", paper=paper.code), record, paper)
    with pytest.raises(DataError, match="blank"):
        check(rule("a1", key=f"{field.name}={text[: text.rindex(' ')]} _", paper=paper.code), record, paper)
    with pytest.raises(DataError, match="on this paper"):
        check(rule("zz", drop=True, paper=paper.code), record, paper)
