"""What else is right: the key of a problem as another answer makes it.

A literal is read by the very reader of students' answers, and what builds on it is solved from it. Whatever
is said by name is a change of the case that was drawn, which the engine solves like any other; the paper
still asks what it asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ...generator import registry
from ...generator.document import Message
from ...generator.language import Language
from ...generator.mistakes import misconceptions_of
from ...generator.model import Case, Conventions, Field, Key, Value
from ...generator.papers import Problem
from ...generator.reading.schema import dump, parse_value
from ...generator.render.options import in_words_of
from ...generator.values import decode, encode
from ..marking.compare import other_size
from ..marking.fields import BLANK, BadCell, Unreadable, read
from .rule import Answer

_DEPTHS = {"integer": 0, "number": 0, "shape": 1, "tensor": 2}


class UnfitError(ValueError):
    """A literal that is no answer to its field; `field` is its name."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def otherwise(problem: Problem, answer: Answer) -> Problem | None:
    """Return the problem in which an answer that is said by name is the key.

    None where the answer makes no sense for these numbers, or is no answer to what the paper asks.
    """
    case = _changed(problem, answer)
    if case is None:
        return None
    try:
        key = registry.get(problem.spec.type).solve(case, {})
    except ValueError:  # a kernel that no longer fits
        return None
    if not all(field.name in key and _is_of_form(field, key[field.name][0]) for field in problem.fields):
        return None
    key = {field.name: key[field.name] for field in problem.fields}
    return replace(problem, case=case, key=key, asked=problem.fields)


def _changed(problem: Problem, answer: Answer) -> Case[Any] | None:
    case = problem.case
    if answer.conventions:
        return replace(case, conventions=conventions_with(case.conventions, answer.conventions))
    if answer.misconception is None:
        return case
    known = misconceptions_of(problem.spec.type, case.given)
    changes = (each.change(case) for each in known if each.name == answer.misconception)
    try:
        return next(changes, None)
    except ValueError:
        return None


def _is_of_form(field: Field, value: Value) -> bool:
    """Say whether a value is as deep as what a field asks: two sizes are no answer where one is asked."""
    return _DEPTHS.get(field.kind, _depth(value)) == _depth(value)


def _depth(value: Value) -> int:
    return 1 + max(map(_depth, value), default=0) if isinstance(value, tuple) else 0


def conventions_with(conventions: Conventions, others: Mapping[str, str]) -> Conventions:
    """Return conventions of which some are other ones; raises `DataError` where these are none."""
    return parse_value(Conventions, {**dump(conventions), **others}, "the rule")


def read_values(problem: Problem, literals: Mapping[str, str], language: Language) -> dict[str, Value]:
    """Read what was typed for the fields of a problem.

    Raises
    ------
    UnfitError
        Where there is no such field, or it is no whole answer of its form.
    """
    fields = {field.name: field for field in problem.fields}
    return {name: _value(name, fields.get(name), text, language) for name, text in literals.items()}


def _value(name: str, field: Field | None, text: str, language: Language) -> Value:
    if field is None:
        raise UnfitError(name, "there is no such field")
    if field.kind == "text":
        raise UnfitError(field.name, "an answer in words has no key; mark it in waiting.yaml")
    try:
        answer = read(in_words_of(field, language), text, language)
    except Unreadable as error:
        raise UnfitError(field.name, str(error.reason)) from None
    bad = next((part for part in _parts(answer) if part is None or isinstance(part, BadCell)), answer)
    if isinstance(bad, BadCell):
        raise UnfitError(field.name, f"{bad.text}: {bad.reason}")
    if answer is BLANK or bad is None:
        raise UnfitError(field.name, "a part of it is blank")
    wrong = _other_form(field, answer)
    if wrong:
        raise UnfitError(field.name, str(wrong))
    return decode(field, encode(field, answer))


def _parts(answer: Any) -> Iterator[Any]:
    if isinstance(answer, tuple):
        for part in answer:
            yield from _parts(part)
    else:
        yield answer


def _other_form(field: Field, answer: Any) -> Message | str | None:
    if field.kind == "tensor" and field.shape is not None:
        return other_size(answer, *field.shape)
    if field.kind == "integer" and not isinstance(answer, int):
        return "a whole number was expected"
    return None


def with_values(problem: Problem, values: Mapping[str, Value]) -> Problem:
    """Return the problem with other keys for some fields; what builds on them is solved from them.

    Raises
    ------
    ValueError
        If nothing follows from them, such as from a map into which no window fits.
    """
    key: dict[str, tuple[Value, ...]] = dict(problem.key)
    later = _building_on(problem.fields, values)
    if later:
        solved: Key = registry.get(problem.spec.type).solve(problem.case, values)
        if lost := [name for name in later if name not in solved]:
            raise ValueError(f"{lost[0]} cannot be worked out from it")
        key |= {name: solved[name] for name in later}
    return replace(problem, key=key | {name: (value,) for name, value in values.items()})


def _building_on(fields: tuple[Field, ...], names: Mapping[str, Value]) -> list[str]:
    """Return the other fields that build on some, directly or not; earlier fields come first."""
    found = set(names)
    for field in fields:
        if found & set(field.needs):
            found.add(field.name)
    return [field.name for field in fields if field.name in found and field.name not in names]
