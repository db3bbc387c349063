"""For entries of the bank: whatever a misconception yields can be accepted, and can be the key."""

from __future__ import annotations

from functools import cache

import pytest

from convexam.generator.bank import Bank
from convexam.generator.compose import draw_problem
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.papers import Exam, Problem
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.fields import write
from convexam.grader.model import Verdict
from convexam.grader.reports.feedback import feedback_html

from ...shipped import shipped_bank
from .samples import item, marked, paper_of, rule


@cache
def shipped() -> Bank:
    return shipped_bank()


def problem_of(entry: str) -> Problem:
    spec = shipped()[entry]
    stream = Stream(derive(b"rules", [entry]))
    return draw_problem(spec, stream, item="q", origin=shipped().origins[entry])


SOME = [
    "conv2d/one-channel",
    "pool/max-small",
    "output_shape/convolution",
    "bandit/lecture-data",
    "transposed_conv/row",  # two sizes, where one is asked
]


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


def check_mixtures(entry: str) -> None:
    """Accepting a mistake lowers nobody who made another one in part, and its page can be written."""
    problem = problem_of(entry)
    fields = {field.name: field for field in problem.fields}
    paper, right = paper_of(problem), first_values(problem.key)
    stream = Stream(derive(b"mixtures", [entry]))
    mistakes = [
        (name, wrong)
        for name, wrong in wrong_answers(problem.spec.type, problem.case)
        if fields.keys() <= wrong.keys()
    ]
    for _ in range(min(4, len(mistakes))):
        (made, wrong), (other, _) = stream.choice(mistakes), stream.choice(mistakes)
        mixed = {name: (wrong if stream.below(3) else right)[name] for name in fields}
        answers = {"q": {name: write(fields[name], value) for name, value in mixed.items()}}
        before = marked(answers, paper=paper)
        accepted = marked(answers, rule("q", accept=other), paper=paper)
        assert accepted.points >= before.points, f"{made}, where {other} is accepted"
        for result in (accepted, marked(answers, rule("q", key=other), paper=paper)):
            assert "</html>" in feedback_html(Exam("e", "E"), paper, result)


@pytest.mark.parametrize("entry", SOME)
def test_a_misconception_becomes_right(entry: str) -> None:
    check_entry(entry)
    check_mixtures(entry)


@pytest.mark.sweep
@pytest.mark.parametrize("entry", sorted(shipped().specs))
def test_every_misconception_becomes_right(entry: str) -> None:
    check_entry(entry)
    check_mixtures(entry)
