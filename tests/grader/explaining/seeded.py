"""Answers with seeded slips: numbers of a key that are replaced by what a slip makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any, TypeAlias

from convexam.generator import registry
from convexam.generator.compose import draw_problem
from convexam.generator.mistakes import first_values
from convexam.generator.model import Field, Value
from convexam.generator.number import Number
from convexam.generator.papers import Problem
from convexam.generator.streams import Stream, derive
from convexam.generator.sums import Largest, MadeOf, Sum
from convexam.grader.explaining.single_slips import Slip, slips
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem
from convexam.grader.model import ItemResult

from ...shipped import shipped_bank

BANK = shipped_bank()
TRACED = sorted(spec.id for spec in BANK if registry.get(spec.type).made_of)


@dataclass(frozen=True)
class Place:
    """A number of a key, and what it is made of."""

    field: str
    cell: tuple[int, int]
    made: MadeOf

    @property
    def number(self) -> Number:
        return self.made.number


@cache
def drawn(entry: str, number: int) -> Problem:
    stream = Stream(derive(b"slips", [entry, str(number)]))
    return draw_problem(BANK[entry], stream, item="q", origin=BANK.origins[entry])


def fields(problem: Problem) -> tuple[Field, ...]:
    return registry.get(problem.spec.type).ask(problem.case)


def places(problem: Problem) -> list[Place]:
    """Every number of the key in which a slip shows."""
    made_of = registry.get(problem.spec.type).made_of
    assert made_of is not None
    found = []
    for field in fields(problem):
        for cell in cells(field, problem.key[field.name][0]):
            made = made_of(problem.case, field.name, cell)
            if made and slips(made):
                found.append(Place(field.name, cell, made))
    return found


def cells(field: Field, value: Any) -> Iterator[tuple[int, int]]:
    """Every cell of a map; a single number is the cell 0, 0."""
    if field.kind == "tensor":
        yield from ((row, column) for row in range(len(value)) for column in range(len(value[0])))
    elif field.kind in ("number", "integer"):
        yield 0, 0


def at(value: Any, cell: tuple[int, int]) -> Any:
    return value[cell[0]][cell[1]] if isinstance(value, tuple) else value


def replaced(value: Any, cell: tuple[int, int], number: Number) -> Value:
    if not isinstance(value, tuple):
        return number
    return tuple(
        tuple(number if (row, column) == cell else old for column, old in enumerate(numbers))
        for row, numbers in enumerate(value)
    )


Numbers: TypeAlias = Mapping[tuple[str, tuple[int, int]], Number]


def typed(problem: Problem, changes: Numbers) -> dict[str, str]:
    """The key as it is typed, with other numbers in some places."""
    answers: dict[str, Any] = first_values(problem.key)
    for (field, cell), number in changes.items():
        answers[field] = replaced(answers[field], cell, number)
    return {field.name: write(field, answers[field.name]) for field in fields(problem)}


def marked(problem: Problem, changes: Numbers) -> ItemResult:
    """Mark the key with other numbers in some places."""
    return mark_problem(problem, typed(problem, changes))


def slip_of(made: MadeOf, random: Random) -> Slip:
    """A slip of a kind that is drawn first, since some kinds have many more places than others."""
    found = slips(made)
    name = random.choice(sorted({slip.name for slip in found}))
    return random.choice([slip for slip in found if slip.name == name])


def two_in(made: MadeOf, random: Random) -> Number | None:
    """What two slips that both show make of one number, computed without the code that is tested."""
    if isinstance(made, Largest):
        orders = [sorted(numbers)[-2:-1] for numbers in made.moved] + [sorted(made.numbers)[-3:-2]]
        return next(iter(random.choice(orders)), None)
    changing = [ways for ways in _changes(made) if ways]
    if len(changing) < 2:
        return None
    return made.divided(made.total + sum(map(random.choice, random.sample(changing, 2))))


def _changes(made: Sum) -> Iterator[list[Number]]:
    """For each product, and for the bias, what a slip in it adds to the sum."""
    yield [by for by in (-made.bias, -2 * made.bias) if by]
    for term in made.terms:
        weight = 1 if term.weight is None else term.weight
        others = (0, *([-term.number] if term.weight is not None or term.number < 0 else []), *term.beside)
        yield [by for other in others if (by := (other - term.number) * weight)]
