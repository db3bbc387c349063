"""Every kind of question becomes tests, at every level, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from markdown_it import MarkdownIt

from convexam.generator import registry
from convexam.generator.compose import draw_problem
from convexam.generator.language import language
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Value
from convexam.generator.papers import Problem
from convexam.generator.policy import DEFAULT, Release
from convexam.generator.streams import Stream, derive
from convexam.grader.autograder.questions import told_tests
from convexam.grader.autograder.results import OneTest
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem

from ...shipped import shipped_bank
from .test_markdown import HARMLESS, TAG

BANK = shipped_bank()
FIRST_OF_KIND = {spec.type: spec.id for spec in reversed(list(BANK))}
READER = MarkdownIt("commonmark", {"html": True})


def drawn(entry: str) -> Problem:
    return draw_problem(
        BANK[entry], Stream(derive(b"autograder", [entry])), item="q", origin=BANK.origins[entry]
    )


def listed(problem: Problem, answers: Mapping[str, Value], release: Release, code: str) -> list[OneTest]:
    """Mark answers, and return the tests of the question."""
    raw = {field.name: write(field, answers[field.name]) for field in problem.fields if field.name in answers}
    return list(told_tests(1, problem, mark_problem(problem, raw), release, DEFAULT, language(code)))


@pytest.mark.parametrize("code", ["en", "nl"])
@pytest.mark.parametrize("kind", registry.NAMES)
def test_each_kind(kind: str, code: str) -> None:
    problem = drawn(FIRST_OF_KIND[kind])
    right = first_values(problem.key)
    wrong = next((answers for _, answers in wrong_answers(kind, problem.case) if answers != right), {})
    for release in Release:
        for answers in (right, wrong, {}):
            question, *answered = listed(problem, answers, release, code)
            worked = answered[len(problem.fields) :]
            assert len(worked) <= (release is Release.EVERYTHING)
            assert all(test.score is None and test.status is None for test in worked)
            assert len(answered) >= len(problem.fields)
            assert [test.number for test in answered] == [f"1.{n}" for n in range(1, len(answered) + 1)]
            for test in (question, *answered):
                assert test.output is not None
                assert {tag.lower() for tag in TAG.findall(READER.render(test.output))} <= HARMLESS
            if answers == right and "pending" not in (question.tags or ()):
                assert question.score == question.max_score
            if answers == {}:
                assert question.score == 0


@pytest.mark.parametrize("code", ["en", "nl"])
def test_the_worked_solution_comes_last_and_tells_no_film(code: str) -> None:
    problem = drawn("pool/max-small")
    question, answer, worked = listed(problem, first_values(problem.key), Release.EVERYTHING, code)
    assert worked.name == {"en": "Worked solution", "nl": "Uitwerking"}[code]
    assert worked.name not in f"{question.output}{answer.output}"
    assert worked.output is not None
    assert "max(" in worked.output
    assert {"en": "which mark:", "nl": "die markeren:"}[code] not in worked.output
    assert len(worked.output.split("\n")) < 30
