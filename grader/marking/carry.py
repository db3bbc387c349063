"""Errors carried forward: a wrong answer is also compared with what follows from the student's own results.

An error is punished once. A field that is wrong against the key is marked again, against what the solver
makes of the earlier answers of the same student that it needs; the better of the two marks counts. An
earlier answer is taken only where it has the form of the key, so that nonsense leads nowhere; where it was
left blank or cannot be taken, what it needs in its turn is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from ...generator import registry
from ...generator.model import Field, Key, Value
from ...generator.papers import Problem
from ..model import Mark, Verdict
from .compare import mark_field

LARGEST_SIZE = 100_000
"""The largest size of an axis that is taken from a student."""

LARGEST_NUMBER = 10**12 - 1
"""The largest number, and the largest denominator, that is taken from a student."""


def carried(
    problem: Problem, fields: tuple[Field, ...], marks: list[Mark], answers: Mapping[str, object]
) -> list[Mark]:
    """Mark every wrong field again from the student's own earlier results; the better mark counts."""
    usable = {
        field.name: mark.complete
        for field, mark in zip(fields, marks, strict=True)
        if mark.complete is not None and _alike(field, mark.complete, mark.key)
    }
    needs = {field.name: field.needs for field in fields}
    return [
        _better(problem, field, mark, dict(_own(field.name, needs, usable)), answers.get(field.name))
        if mark.verdict in (Verdict.WRONG, Verdict.PARTIAL)
        else mark
        for field, mark in zip(fields, marks, strict=True)
    ]


def _own(
    name: str, needs: Mapping[str, tuple[str, ...]], usable: Mapping[str, Value]
) -> Iterator[tuple[str, Value]]:
    """Yield the answers that a field builds on, each the nearest that can be taken."""
    for earlier in needs[name]:
        if earlier in usable:
            yield earlier, usable[earlier]
        else:
            yield from _own(earlier, needs, usable)


def _better(problem: Problem, field: Field, mark: Mark, taken: Mapping[str, Value], raw: object) -> Mark:
    accepted = _following(problem, taken).get(field.name)
    if accepted is None:
        return mark
    own = mark_field(field, accepted, raw)
    return replace(own, key=mark.key, against="own") if own.credit > mark.credit else mark


def _following(problem: Problem, taken: Mapping[str, Value]) -> Key:
    """Solve from a student's results; nothing follows from right ones, or from what the solver refuses."""
    if all(value == problem.key[name][0] for name, value in taken.items()):
        return {}
    try:
        return registry.get(problem.spec.type).solve(problem.case, taken)
    except ValueError:  # a size into which no window fits
        return {}


def _alike(field: Field, value: Any, key: Any) -> bool:
    """Say whether an answer has the form of the key, and numbers that a solver may be given."""
    if isinstance(key, tuple):
        return (
            isinstance(value, tuple)
            and len(value) == len(key)
            and all(_alike(field, part, other) for part, other in zip(value, key, strict=True))
        )
    if isinstance(key, str):
        return isinstance(value, str)
    if field.kind == "shape":
        return isinstance(value, int) and 0 < value <= LARGEST_SIZE
    if field.kind == "integer" and not isinstance(value, int):
        return False
    number = Fraction(value)
    return abs(number.numerator) <= LARGEST_NUMBER and number.denominator <= LARGEST_NUMBER
