"""For entries of the bank: whatever a misconception yields can be accepted, and can be the key."""

from __future__ import annotations

from functools import cache

import pytest

from convexam.generator import bank
from convexam.generator.bank import Bank
from convexam.generator.compose import draw_problem
from convexam.generator.mistakes import wrong_answers
from convexam.generator.papers import Problem
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.fields import write
from convexam.grader.model import Verdict

from .samples import item, marked, paper_of, rule


@cache
def shipped() -> Bank:
    return bank.load(bank.shipped_files())


def problem_of(entry: str) -> Problem:
    spec = shipped()[entry]
    stream = Stream(derive(b"rules", [entry]))
    return draw_problem(spec, stream, item="q", origin=shipped().origins[entry])


SOME = ["conv2d/one-channel", "pool/max-small", "output_shape/convolution", "bandit/lecture-data"]


def check_entry(entry: str) -> None:
    problem = problem_of(entry)
    fields = {field.name: field for field in problem.fields}
    if any(field.kind == "text" for field in problem.fields):
        return
    paper = paper_of(problem)
    for name, wrong in wrong_answers(problem.spec.type, problem.case):
        if not fields.keys() <= wrong.keys():
            continue
        answers = {"q": {each: write(field, wrong[each]) for each, field in fields.items()}}
        for change in ("accept", "key"):
            found = item(marked(answers, rule("q", **{change: name}), paper=paper), "q")
            waits = [mark.verdict for mark in found.marks if mark.verdict is Verdict.UNREADABLE]
            assert found.points == found.of or waits, f"{change} {name}"  # a size where a number is asked


@pytest.mark.parametrize("entry", SOME)
def test_a_misconception_becomes_right(entry: str) -> None:
    check_entry(entry)


@pytest.mark.sweep
@pytest.mark.parametrize("entry", sorted(shipped().specs))
def test_every_misconception_becomes_right(entry: str) -> None:
    check_entry(entry)
