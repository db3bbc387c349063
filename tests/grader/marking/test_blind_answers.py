"""Whoever answers without looking, one number or one option throughout, earns no half of the points."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from convexam.generator import registry
from convexam.generator.compose import draw_problem
from convexam.generator.model import Field
from convexam.generator.papers import Problem
from convexam.generator.streams import Stream, derive
from convexam.grader.marking.mark import mark_problem

from ...shipped import shipped_bank

BANK = shipped_bank()
NUMBERS = range(-1, 5)
EVERY = -1  # option: of any number to be chosen, all
OPTIONS = range(EVERY, 4)
IN_PARTS = {"tensor", "record", "choice", "choices", "order"}  # kinds of which a guess can get a part right
FEW = (
    "concepts/same-inputs-same-parameters",
    "conv_matrix/image",
    "gradient/max-pooling",
    "identify_operation/dilated",
)


def drawn(entry: str, draws: int) -> list[Problem]:
    spec, origin = BANK[entry], BANK.origins[entry]
    streams = (Stream(derive(b"blind", [entry, str(number)])) for number in range(draws))
    return [draw_problem(spec, stream, item="q", origin=origin) for stream in streams]


def fields(problem: Problem) -> tuple[Field, ...]:
    return registry.get(problem.spec.type).ask(problem.case)


def kinds(asked: Iterable[Field]) -> set[str]:
    return {kind for field in asked for kind in (field.kind, *kinds(field.parts))}


def blind(field: Field, key: Any, number: int, option: int) -> str:
    """Answer with the number, or with the option in this place; a map has the size of the key."""
    names = [each.name for each in field.options]
    match field.kind:
        case "tensor":
            return "\n".join(" ".join(str(number) for _ in row) for row in key)
        case "choice":
            return names[option % len(names)]
        case "choices" if option != EVERY:
            return names[option % len(names)]
        case "choices" | "order":
            return ", ".join(names)
        case "record":
            return ", ".join(blind(part, None, number, option) for part in field.parts)
        case "shape" | "text" | "expression":
            return ""
        case _:
            return str(number)


def best_blind_share(problems: list[Problem]) -> Fraction:
    """Return what the best of the blind answers earns on average."""
    asked = set().union(*(kinds(fields(problem)) for problem in problems))
    numbers = NUMBERS if asked & {"tensor", "integer", "number"} else (0,)
    options = OPTIONS if asked & {"choice", "choices"} else (0,)
    totals = []
    for number, option in product(numbers, options):
        results = (
            mark_problem(
                problem,
                {
                    field.name: blind(field, problem.key[field.name][0], number, option)
                    for field in fields(problem)
                },
            )
            for problem in problems
        )
        totals.append(sum((result.points / result.of for result in results), Fraction()))
    return max(totals) / len(problems)


@pytest.mark.parametrize("entry", FEW)
def test_blind_answers_earn_little(entry: str) -> None:
    assert best_blind_share(drawn(entry, 8)) <= Fraction(4, 10)


@pytest.mark.parametrize(
    "entry", sorted(spec.id for spec in BANK if spec.given is not None and spec.credit.correct_guessing)
)
def test_nor_do_they_where_the_numbers_are_fixed(entry: str) -> None:
    assert best_blind_share(drawn(entry, 1)) <= Fraction(1, 2)


@pytest.mark.sweep
@pytest.mark.parametrize("entry", sorted(spec.id for spec in BANK if spec.params is not None))
def test_blind_answers_earn_no_half(entry: str) -> None:
    """Where guessing is corrected they earn about a third at most.

    Entries with fixed numbers are left out: who knows one number of those knows the answer.
    """
    problems = drawn(entry, 80)
    if kinds(fields(problems[0])) & IN_PARTS:
        most = Fraction(35, 100) if BANK[entry].credit.correct_guessing else Fraction(1, 2)
        assert best_blind_share(problems) <= most
