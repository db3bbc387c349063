"""What a student may write on a paper: right, wrong, mistaken and blank answers to a problem, for the
grader as answers of a file, and for a platform as what is filled into its blanks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

import pytest
from _pytest.mark import ParameterSet

from convexam.generator.compose import draw_problem
from convexam.generator.export.as_marked import DECIMALS, MARKING
from convexam.generator.export.item import Blank, Item
from convexam.generator.export.known_mistakes import Wrong
from convexam.generator.export.places import answers_at, places_of
from convexam.generator.mistakes import first_values, wrong_answers
from convexam.generator.model import Field, Rounded, Rule, Value
from convexam.generator.number import Number
from convexam.generator.papers import Problem
from convexam.generator.rules import written
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem
from convexam.grader.marking.terms import Terms

from ..perturbed import perturbed
from ..shipped import shipped_bank

BANK = shipped_bank()
SPECIAL = ("concepts/properties", "concepts/training-order", "bandit/lecture-network")
"""Entries with choices of several options, an order, and several right numbers, as no kind's first one has."""

TRIES = 60
"""Wrong answers that are thought of before one is left blank."""


@dataclass(frozen=True)
class Sheet:
    """Answers to a problem, by field; None is blank."""

    name: str
    answers: Mapping[str, Value | None]


def sheets(problem: Problem) -> Iterator[Sheet]:
    """Yield answers that are right, wrong in one way or another, mistaken, and blank."""
    right = first_values(problem.key)
    fields = problem.fields
    yield Sheet("right", right)
    yield Sheet("right in another way", {name: accepted[-1] for name, accepted in problem.key.items()})
    yield Sheet("as printed", {each.name: _with_numbers(_printed, each, right[each.name]) for each in fields})
    yield Sheet("nearly", {each.name: _with_numbers(_nearly, each, right[each.name]) for each in fields})
    yield Sheet("blank", dict.fromkeys(right))
    yield Sheet("half blank", {**right, fields[0].name: None})
    everything = {
        each.name: tuple(option.name for option in each.options) for each in fields if each.kind == "choices"
    }
    yield Sheet("all that can be ticked", {**right, **everything})
    mistakes = list(wrong_answers(problem.spec.type, problem.case))
    for number in range(2):
        wrong = {each.name: _wrong(problem, each, number, mistakes) for each in fields}
        yield Sheet(f"wrong {number}", wrong)
        yield Sheet(f"one wrong {number}", {**right, fields[-1].name: wrong[fields[-1].name]})
    for name, answers in mistakes:
        yield Sheet(name, {each.name: answers[each.name] for each in fields})


def _with_numbers(change: Callable[[Rule, Number], Number], field: Field, value: Any) -> Value:
    """Change each number of an answer that may be one with decimals."""
    if field.kind == "tensor":
        return tuple(tuple(change(field.rule, cell) for cell in row) for row in value)
    return change(field.rule, value) if field.kind == "number" else cast(Value, value)


def _printed(rule: Rule, number: Number) -> Number:
    return Fraction(written(rule, number))


def _nearly(rule: Rule, number: Number) -> Number:
    """Miss a number by one in the last decimal, away from it; Canvas reads no further ones."""
    digits = rule.digits if isinstance(rule, Rounded) else DECIMALS
    printed = _printed(rule, number)
    return printed + Fraction(1 if printed >= number else -1, 10**digits)


def _wrong(
    problem: Problem, field: Field, start: int, mistakes: Sequence[tuple[str, Mapping[str, Value]]]
) -> Value | None:
    """Make a wrong answer that is nowhere what a known mistake gives; where there is none, leave it blank."""
    accepted = problem.key[field.name]
    known = [answers_at(field, answers[field.name], accepted[0]) for _, answers in mistakes]
    right = answers_at(field, accepted[0], accepted[0])
    for number in range(start, start + TRIES):
        value: Any = accepted[0]
        for again in range(number // 8 + 1):
            value = perturbed(field, value, number + again)
        places = answers_at(field, value, accepted[0])
        if (
            places is not None
            and places != right
            and not any(
                place == other != key
                for other_places in known
                if other_places
                for place, other, key in zip(places, other_places, right or (), strict=True)
            )
        ):
            return cast(Value, value)
    return None


def fits(problem: Problem, sheet: Sheet) -> bool:
    """Say whether the answers fit into the blanks of a platform: a map of another size does not."""
    return all(
        answer is None or answers_at(field, answer, problem.key[field.name][0]) is not None
        for field, answer in _answered(problem, sheet)
    )


def filled(problem: Problem, sheet: Sheet) -> dict[str, Value | None]:
    """Return what is filled into each blank: a number, the name of an option or names of several, nothing."""
    return dict(_filled(problem, sheet))


def _filled(problem: Problem, sheet: Sheet) -> Iterator[tuple[str, Value | None]]:
    for field, answer in _answered(problem, sheet):
        places = places_of(field, problem.key[field.name][0])
        parts: tuple[Any, ...] | None = (None,) * len(places)
        if answer is not None:
            parts = answers_at(field, answer, problem.key[field.name][0])
        for place, part in zip(places, parts or (), strict=True):
            yield place.name, part


def points(problem: Problem, sheet: Sheet) -> Fraction:
    """Mark each answer as `grade` does, by itself and by what a platform can do."""
    return sum((_points(problem, field, answer) for field, answer in _answered(problem, sheet)), Fraction())


def _points(problem: Problem, field: Field, answer: Value | None) -> Fraction:
    """Mark one answer where all others are blank."""
    worth = problem.points * field.weight / sum(each.weight for each in problem.fields)
    typed = {} if answer is None else {field.name: write(field, answer)}
    marks = mark_problem(problem, typed, Terms(MARKING)).marks
    return worth * next(mark.credit for mark in marks if mark.field == field.name)


def _answered(problem: Problem, sheet: Sheet) -> Iterator[tuple[Field, Value | None]]:
    for field in problem.fields:
        yield field, sheet.answers[field.name]


def known_to(blank: Blank, answer: Value) -> Wrong | None:
    return next((each for each in blank.wrong if same(answer, each.answer, each.tolerance)), None)


def same(answer: Value, known: Number | str, tolerance: Fraction) -> bool:
    if isinstance(answer, (str, tuple)) or isinstance(known, str):
        return answer == known
    return abs(Fraction(answer) - known) <= tolerance


def shares_a_blank(item: Item, answers: Mapping[str, Value | None]) -> bool:
    """Say whether two known mistakes fill some blank in like this: then a platform cannot tell them apart."""
    return any(
        known.sentence is None
        for blank in item.blanks
        if (answer := answers[blank.name]) is not None and (known := known_to(blank, answer))
    )


def every_kind() -> list[ParameterSet]:
    """Return an entry of each kind and a few more, and all others for the sweep."""
    first = {BANK[entry].type: entry for entry in sorted(BANK.specs, reverse=True)}
    usual = [*first.values(), *SPECIAL]
    others = sorted(BANK.specs.keys() - set(usual))
    return [
        *map(pytest.param, usual),
        *(pytest.param(entry, marks=pytest.mark.sweep) for entry in others),
    ]


def drawn(entry: str, number: int) -> Problem:
    stream = Stream(derive(b"lms", [entry, str(number)]))
    return draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry])
