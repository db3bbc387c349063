"""Misconceptions: the engine solves the case as somebody with one sees it."""

from __future__ import annotations

from fractions import Fraction

from ...generator.document import say
from ...generator.mistakes import first_values, sentence_of, wrong_keys
from ...generator.model import Key
from ..marking.compare import same
from ..model import Explanation, Finding
from .wrong import Wrong


def changed(wrong: Wrong) -> Explanation | None:
    """Name the misconception that yields all answers, and not the key."""
    problem = wrong.problem
    keys = {
        name: key
        for name, key in wrong_keys(problem.spec.type, problem.case)
        if any(first_values(key).get(field.name) not in problem.key[field.name] for field in wrong.answered)
    }
    # What a misconception comes to first, before what somebody with it could answer as well.
    fitting = [name for name, key in keys.items() if _fits(_printed(key), wrong)] or [
        name for name, key in keys.items() if _fits(key, wrong)
    ]
    names = [name for name in fitting if name in problem.spec.misconceptions] or fitting
    if not names:
        return None
    credit = max(problem.spec.misconceptions.get(name, Fraction()) for name in names)
    finding = (
        Finding(
            (names[0],),
            wrong.names,
            (sentence_of(problem.spec.type, problem.case, names[0]),),
            say("All answers fit."),
        )
        if len(names) == 1
        else None
    )
    return Explanation(finding, wrong.names, credit)


def _printed(key: Key) -> Key:
    return {name: values[:1] for name, values in key.items()}


def _fits(key: Key, wrong: Wrong) -> bool:
    return all(
        any(same(field.rule, wrong.answers[field.name], value) for value in key.get(field.name, ()))
        for field in wrong.answered
    )
