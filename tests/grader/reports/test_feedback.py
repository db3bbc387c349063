"""The feedback page says what was read, part by part, and shows nothing as it was typed that could do harm."""

from __future__ import annotations

import re

import pytest

from convexam.generator import bank, exam_file
from convexam.generator.compose import exam_of
from convexam.generator.papers import Paper
from convexam.grader.intake.answers import read_submission
from convexam.grader.marking.mark import mark_paper
from convexam.grader.reports.feedback import feedback_html

EXAM = exam_of(exam_file.load(exam_file.SHIPPED, bank.load(bank.shipped_files())), 42)


def page(paper: Paper, answer: str) -> str:
    file = f"format: convexam-answers/1\npaper: {paper.code}\nanswers:\n  e1:\n    setting: {answer}\n"
    result = mark_paper(paper, read_submission(file.encode(), "a.yaml"), "ada")
    return feedback_html(EXAM, paper, result).split("</style>")[1]


def key(paper: Paper) -> dict[str, object]:
    (problem,) = (each for each in paper.problems if each.item == "e1")
    names = ("operation", "size", "stride", "dilation", "padding")
    return dict(zip(names, problem.key["setting"][0], strict=True))  # type: ignore[arg-type]


def test_every_part_has_its_verdict(paper: Paper) -> None:
    right = key(paper)
    shown = page(paper, f"{{operation: {right['operation']}, size: 9, dilation: {right['dilation']}}}")
    rows = re.findall(r'<th scope="row">(\w+)</th><td class="(\w+)">(.*?)<', shown)
    assert rows == [
        ("operation", "right", right["operation"]),
        ("size", "wrong", "9"),
        ("stride", "blank", ""),
        ("dilation", "right", str(right["dilation"])),
        ("padding", "blank", ""),
    ]
    assert "2 of 5 parts are right." in shown
    assert "or max pooling or average pooling" in shown.replace("convolution or", "or")


def test_one_part_that_cannot_be_read_is_named(paper: Paper) -> None:
    shown = page(paper, "{operation: conv, size: three, stride: 1}")
    assert "Size: expected a whole number, found the word" in shown
    assert "could not be read; a person will look at it" in shown


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "{{ 7*7 }}", "a & b", "\u202egnp.exe"])
def test_what_was_typed_does_no_harm(paper: Paper, typed: str) -> None:
    shown = page(paper, f'"{typed}"')
    assert "<script>alert" not in shown
    assert "49" not in re.findall(r'<q class="raw">(.*?)</q>', shown)[0]
    assert "\u202e" not in shown
