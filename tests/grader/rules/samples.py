"""A paper whose marks can be worked out by hand, and what was handed in for it."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from convexam.generator import registry
from convexam.generator.model import Case
from convexam.generator.papers import Paper, Problem, Section, Spec, Student
from convexam.generator.policy import Grade, Marking
from convexam.generator.reading.schema import parse_value
from convexam.grader.intake.answers import Submission
from convexam.grader.marking.terms import Terms
from convexam.grader.model import ItemResult, Result
from convexam.grader.records.people import Said
from convexam.grader.reports.record import record_bytes
from convexam.grader.rules.rule import Rule, Ruling
from convexam.grader.rules.ruled import ruled
from convexam.grader.rules.typed import typed_rule

CODE = "0" * 14
RIGHT, FLIPPED = "1245 2356\n4578 5689", "5421 6532\n8754 9865"
"""Every number of the output spells its window out; somebody who flips the kernel spells it backwards."""

GRADES = Terms(Marking(grade=Grade(Fraction(1), Fraction(10), Fraction(11, 2), step=Fraction(1, 2))))


def problem(item: str, type_: str, points: int, **given: Any) -> Problem:
    case = Case(parse_value(registry.get(type_).given, given))
    spec = Spec(f"{type_}/{item}", type_, "A question", {"en": "?"}, Fraction(points), 1, given=case.given)
    return Problem(item, spec, case, Fraction(points), registry.get(type_).solve(case, {}))


MAP = problem("a", "conv2d", 4, input=["1 2 3\n4 5 6\n7 8 9"], kernel=[["1000 100\n10 1"]])
LAYERS = [{"conv": 4, "kernel": 3}, {"pool": "max", "kernel": 2}, {"conv": 2, "kernel": 3}]
NETWORK = problem("n", "network_table", 6, input=[1, 12, 12], layers=LAYERS)
WORDS = problem("w", "short_text", 2, sample="A good answer.", rubric=["A point (1 point)."])
TABLE = {
    "shape_1": "4 x 10 x 10",
    "parameters_1": "40",
    "shape_2": "4 x 5 x 5",
    "parameters_2": "0",
    "shape_3": "2 x 3 x 3",
    "parameters_3": "74",
}
"""The right answers to the network; each is worth a point."""


def paper_of(*problems: Problem) -> Paper:
    return Paper(CODE, Student("ada"), (Section("", problems),))


PAPER = paper_of(MAP, NETWORK, WORDS)


def handed_in(answers: dict[str, dict[str, str]]) -> Submission:
    return Submission(CODE, None, answers, (), "d1gest", "ada.yaml")


def rulings(*rules: Rule) -> tuple[Ruling, ...]:
    return tuple(Ruling(number, rule, f"reason {number}") for number, rule in enumerate(rules, start=1))


def marked(
    answers: dict[str, dict[str, str]],
    *rules: Rule,
    paper: Paper = PAPER,
    terms: Terms = GRADES,
    said: Said = Said(),  # noqa: B008
) -> Result:
    return ruled(paper, handed_in(answers), "ada", terms, rulings(*rules), said)


def item(result: Result, name: str) -> ItemResult:
    return next(each for each in result.items if each.item == name)


def record_of(result: Result, paper: Paper = PAPER) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        record_bytes(result, paper, exam="small", exam_sha256="0", version="0")
    )
    return found


def of_map(answer: str, *rules: Rule, paper: Paper = PAPER, terms: Terms = GRADES) -> ItemResult:
    """Mark an answer to the map."""
    return item(marked({"a": {"Y": answer}}, *rules, paper=paper, terms=terms), "a")


def rule(target: str, **said: Any) -> Rule:
    return typed_rule(target, **{name: _listed(name, value) for name, value in said.items()})


def of_network(changes: dict[str, str], *rules: Rule, terms: Terms = GRADES) -> ItemResult:
    """Mark the right answers to the network, with these instead."""
    return item(marked({"n": TABLE | changes}, *rules, terms=terms), "n")


def _listed(name: str, value: Any) -> Any:
    return [value] if name in ("accept", "key", "credit") and isinstance(value, str) else value
