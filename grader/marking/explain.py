"""Why a wrong answer is what it is: the engine solves the case as each misconception sees it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ...generator.mistakes import wrong_answers
from ...generator.model import Field, Value
from ...generator.papers import Problem
from ..model import Finding
from .compare import same


def explain(problem: Problem, fields: tuple[Field, ...], answers: Mapping[str, Value]) -> Finding | None:
    """Name the misconception that yields all of a student's answers, and not the key.

    Whole answers are compared, never single cells. Where several misconceptions fit, the one that the
    entry is about is named, but not as certain; where several still fit equally well, none is stated.
    """
    answered = [field for field in fields if field.name in answers]
    fitting = [
        name
        for name, wrong in wrong_answers(problem.spec.type, problem.case)
        if any(wrong.get(field.name) not in problem.key[field.name] for field in answered)
        and all(
            field.name in wrong and same(field.rule, answers[field.name], wrong[field.name])
            for field in answered
        )
    ]
    names = [name for name in fitting if name in problem.spec.misconceptions] or fitting
    if len(names) != 1:
        return None
    credit = problem.spec.misconceptions.get(names[0], Fraction())
    return Finding((names[0],), credit, certain=len(fitting) == 1)
