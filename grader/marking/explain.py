"""Why a wrong answer is what it is: the engine solves the case as each misconception sees it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ...generator.mistakes import first_values, wrong_keys
from ...generator.model import Field, Key, Value
from ...generator.papers import Problem
from ..model import Finding
from .compare import same


def explain(problem: Problem, fields: tuple[Field, ...], answers: Mapping[str, Value]) -> Finding | None:
    """Name the misconception that yields all of a student's answers, and not the key.

    Whole answers are compared, never single cells. Where several misconceptions fit, the one that the
    entry is about is named, but not as certain; where several still fit equally well, none is stated.
    """
    answered = [field for field in fields if field.name in answers]
    wrong = {
        name: key
        for name, key in wrong_keys(problem.spec.type, problem.case)
        if any(first_values(key).get(field.name) not in problem.key[field.name] for field in answered)
    }
    # What a misconception comes to first, before what somebody with it could answer as well.
    fitting = [name for name, key in wrong.items() if _fits(_printed(key), answered, answers)] or [
        name for name, key in wrong.items() if _fits(key, answered, answers)
    ]
    names = [name for name in fitting if name in problem.spec.misconceptions] or fitting
    if len(names) != 1:
        return None
    credit = problem.spec.misconceptions.get(names[0], Fraction())
    return Finding((names[0],), credit, certain=len(fitting) == 1)


def _printed(key: Key) -> Key:
    return {name: values[:1] for name, values in key.items()}


def _fits(key: Key, answered: list[Field], answers: Mapping[str, Value]) -> bool:
    return all(
        any(same(field.rule, answers[field.name], value) for value in key.get(field.name, ()))
        for field in answered
    )
