"""Errors carried forward: a wrong answer is also compared with what follows from the student's own results.

An error is punished once. A field that is wrong against the key is marked again, against what the solver
makes of the earlier answers of the same student that it needs; the better of the two marks counts.

What follows must stay worth asking. An earlier answer is taken only where it has the form of the key and
about its size, of a map at least half of its cells, or is what a misconception that the entry lists gives;
where it was left blank or is not taken, what it needs in its turn is. Nothing is carried to a copy of the
answer before it, nor to a sum of which more than half of the parts are wrong, nor past a map that becomes
constant: behind a ReLU, invented negative numbers would leave nothing to compute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import chain
from typing import Any, TypeAlias

from ...generator import registry
from ...generator.language import ENGLISH, Language
from ...generator.mistakes import is_constant, wrong_answers
from ...generator.model import Field, Key, Value
from ...generator.papers import Problem
from ..model import Mark, Verdict
from .compare import mark_field

Marked: TypeAlias = Callable[[tuple[Value, ...]], Mark]
"""What an answer is worth against other accepted values."""

NUMBER_FACTOR = 10
"""How many times larger or smaller than the key a number may be that is taken from a student."""

SIZE_FACTOR = 2
"""The same for the axes of a shape."""


def carried(
    problem: Problem,
    fields: tuple[Field, ...],
    marks: list[Mark],
    answers: Mapping[str, object],
    language: Language = ENGLISH,
) -> list[Mark]:
    """Mark every wrong field again from the student's own earlier results; the better mark counts."""
    if not any(field.needs for field in fields):
        return marks
    known = _known_mistakes(problem)
    usable = {
        field.name: answer
        for field, mark in zip(fields, marks, strict=True)
        if (answer := mark.complete) is not None
        and (_worth_taking(field, answer, mark.key) or (field.name, answer) in known)
    }
    needs = {field.name: field.needs for field in fields}
    done: dict[str, Mark] = {}
    for field, mark in zip(fields, marks, strict=True):
        done[field.name] = mark
        if mark.verdict in (Verdict.WRONG, Verdict.PARTIAL) and _enough_right(field, done):
            taken = dict(_own(field.name, needs, usable))
            raw = answers.get(field.name)
            marked = partial(mark_field, field, raw=raw, credit=problem.credit, language=language)
            done[field.name] = _better(problem, field, mark, taken, marked)
    return list(done.values())


def _known_mistakes(problem: Problem) -> set[tuple[str, Value]]:
    """Return the answers that the misconceptions listed by the entry give, with the names of their fields."""
    return {
        answer
        for _, wrong in wrong_answers(problem.spec.type, problem.case, problem.spec.misconceptions)
        for answer in wrong.items()
    }


def _enough_right(field: Field, done: Mapping[str, Mark]) -> bool:
    """Say whether what a field needs has a single error, or errors in no more than half of it."""
    errors = sum(done[name].verdict is not Verdict.RIGHT for name in field.needs)
    return errors <= max(1, len(field.needs) // 2)


def _own(
    name: str, needs: Mapping[str, tuple[str, ...]], usable: Mapping[str, Value]
) -> Iterator[tuple[str, Value]]:
    """Yield the answers that a field builds on, each the nearest that can be taken."""
    for earlier in needs[name]:
        if earlier in usable:
            yield earlier, usable[earlier]
        else:
            yield from _own(earlier, needs, usable)


def _better(problem: Problem, field: Field, mark: Mark, taken: Mapping[str, Value], marked: Marked) -> Mark:
    following = _following(problem, taken)
    if (
        field.name not in following
        or _is_copy(problem, mark, taken)
        or _is_trivial(problem, field, following)
    ):
        return mark
    own = marked(following[field.name])
    return replace(own, key=mark.key, against="own") if own.credit > mark.credit else mark


def _following(problem: Problem, taken: Mapping[str, Value]) -> Key:
    """Solve from a student's results; nothing follows from right ones, or from what the solver refuses."""
    if all(value == problem.key[name][0] for name, value in taken.items()):
        return {}
    try:
        return registry.get(problem.spec.type).solve(problem.case, taken)
    except ValueError:  # a size into which no window fits
        return {}


def _is_trivial(problem: Problem, field: Field, following: Key) -> bool:
    """Say whether a map on the way to an answer, or the answer, is constant where that of the key is not.

    Two numbers may be the same by chance.
    """
    names = list(following)
    return any(
        is_constant(following[name][0], least=3) and not is_constant(problem.key[name][0])
        for name in names[: names.index(field.name) + 1]
    )


def _is_copy(problem: Problem, mark: Mark, taken: Mapping[str, Value]) -> bool:
    """Say whether an answer repeats all that it builds on, and the key does not."""
    return all(value == mark.read and problem.key[name][0] != mark.key for name, value in taken.items())


def _worth_taking(field: Field, value: Any, key: Any) -> bool:
    """Say whether an answer has the form of the key and about its size, and is not simpler than the key."""
    if value == key:
        return True
    if isinstance(value, str) or isinstance(key, str):
        return False
    if field.kind == "tensor" and isinstance(key, tuple):
        return _map_worth_taking(field, value, key)
    if isinstance(key, tuple):
        return (
            isinstance(value, tuple)
            and len(value) == len(key)
            and (len(value) == 1 or len(set(value)) > 1)
            and all(_worth_taking(field, part, other) for part, other in zip(value, key, strict=True))
        )
    return _number_worth_taking(field, value, key)


def _number_worth_taking(field: Field, value: Any, key: Any) -> bool:
    """Say whether a wrong number is of about the size of the key, and not 1, which changes nothing."""
    if value == 1 or (field.kind == "integer" and not isinstance(value, int)):
        return False
    factor = SIZE_FACTOR if field.kind == "shape" else NUMBER_FACTOR
    return Fraction(1, factor) <= Fraction(value) / (key or NUMBER_FACTOR) <= factor


def _map_worth_taking(field: Field, value: Any, key: Any) -> bool:
    """Say whether a map has the size of the key, is of varied numbers, and at least half of it makes sense.

    No cell may be far larger than all of the key: what is computed from it stays as long as from the key.
    """
    cells, wanted = (list(chain.from_iterable(rows)) for rows in (value, key))
    if [len(row) for row in value] != [len(row) for row in key] or len(set(cells)) == 1:
        return False
    most = NUMBER_FACTOR * max(map(abs, (*wanted, 1)))
    sensible = sum(
        cell == right or _number_worth_taking(field, cell, right)
        for cell, right in zip(cells, wanted, strict=True)
    )
    return bool(max(map(abs, cells)) <= most) and 2 * sensible >= len(cells)
