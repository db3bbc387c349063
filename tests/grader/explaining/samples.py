"""Problems whose answers are explained, and what somebody with a misconception writes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from convexam.generator import registry
from convexam.generator.mistakes import first_values, misconceptions_of
from convexam.generator.model import Case, Conventions, Field, Value
from convexam.generator.papers import Problem, Spec
from convexam.generator.policy import Credit
from convexam.generator.reading.schema import parse_value
from convexam.grader.explaining.explain import explain
from convexam.grader.explaining.wrong import Wrong
from convexam.grader.model import Explanation

IMAGE = "3 -1 4 1 5;9 -2 6 5 3;5 8 -9 7 9;3 2 3 8 -4;6 2 6 4 3"
KERNEL = "2 -1 3;1 4 -2;-3 1 2"


def rows(text: str) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(map(int, line.split())) for line in text.split(";"))


def conv(image: str = IMAGE, kernel: str = KERNEL, **given: Any) -> Case[Any]:
    return of("conv2d", input=[block(image)], kernel=[[block(kernel)]], **given)


def block(text: str) -> str:
    return text.replace(";", "\n")


def of(type_: str, conventions: Conventions = Conventions(), **given: Any) -> Case[Any]:  # noqa: B008
    return Case(parse_value(registry.get(type_).given, given), conventions)


def problem(
    case: Case[Any],
    listed: Mapping[str, str] | None = None,
    *,
    type_: str = "conv2d",
    method: str | None = None,
) -> Problem:
    shares = {name: Fraction(share) for name, share in (listed or {}).items()}
    spec = Spec("q", type_, "A question", {"en": ""}, Fraction(4), 1, misconceptions=shares)
    credit = Credit(method=Fraction(method) if method else None)
    return Problem("q", spec, case, Fraction(4), registry.get(type_).solve(case, {}), credit)


def fields(problem: Problem) -> tuple[Field, ...]:
    return registry.get(problem.spec.type).ask(problem.case)


def key(problem: Problem) -> dict[str, Any]:
    return first_values(problem.key)


def mistaken(problem: Problem, *names: str) -> dict[str, Any]:
    """Answer as somebody with these misconceptions, one after the other."""
    type_, case = problem.spec.type, problem.case
    changes = {each.name: each.change for each in misconceptions_of(type_, case.given)}
    for name in names:
        changed = changes[name](case)
        assert changed is not None, name
        case = changed
    return first_values(registry.get(type_).solve(case, {}))


def explained(
    problem: Problem, answers: Mapping[str, Value], own: Mapping[str, Value] | None = None
) -> Explanation:
    return explain(problem, fields(problem), answers, own)


def names(problem: Problem, answers: Mapping[str, Value]) -> tuple[str, ...]:
    finding = explained(problem, answers).finding
    return finding.names if finding else ()


def wrong(problem: Problem, answers: Mapping[str, Value]) -> Wrong:
    return Wrong(problem, fields(problem), answers, {})
