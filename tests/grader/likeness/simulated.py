"""Classes whose students work alone, each in their own way, and what somebody copies into them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from random import Random
from typing import Any, TypeAlias

from convexam.generator import exam_file
from convexam.generator.compose import compose
from convexam.generator.mistakes import first_values
from convexam.generator.model import Field, Value
from convexam.generator.papers import Paper, Problem, Student
from convexam.grader.explaining.turns import misconceptions, solved, taken
from convexam.grader.likeness.sheets import Sheet, sheet_of_record
from convexam.grader.marking.fields import write
from convexam.grader.marking.mark import mark_problem
from convexam.grader.model import ItemResult, Result
from convexam.grader.reports.record import record_bytes

from ...shipped import shipped_bank

Answers: TypeAlias = Mapping[str, Value]
"""What is answered to one question, by field."""

BANK = shipped_bank()
MIDTERM = exam_file.load(exam_file.shipped()["midterm"], BANK)
WAYS = 4
"""In how many ways a simulated student goes wrong in a question; a class takes one of them."""


@cache
def paper(number: int) -> Paper:
    """Return the midterm of one student."""
    return compose(MIDTERM, BANK, b"likeness" * 4, Student(name(number)))


def name(number: int) -> str:
    return f"s{number:04d}"


def right(problem: Problem) -> Answers:
    return first_values(problem.key)


# -- honest students ----------------------------------------------------------------------------


def honest_class(size: int, seed: int, *, of: Mapping[int, int] | None = None) -> list[Sheet]:
    """Return the sheets of students who work alone; `of` says whose paper a student has, if another's."""
    random = Random(seed)
    return [honest(number, random, (of or {}).get(number, number)) for number in range(size)]


def honest(number: int, random: Random, of: int) -> Sheet:
    """Answer right, with a misconception, with slips, with made-up numbers, or not."""
    skill = random.uniform(0.3, 0.9)
    ways = [random.randrange(WAYS) if random.random() > skill else None for _ in paper(of).problems]
    return sheet(of, name(number), [_marked(of, place, number % 97, way) for place, way in enumerate(ways)])


@cache
def _marked(of: int, place: int, head: int, way: int | None) -> ItemResult:
    """Mark what a head makes of a question."""
    problem = paper(of).problems[place]
    if way is None:
        return marked(problem, right(problem))
    random = Random(f"{of} {place} {head} {way}")
    return marked(problem, _went_wrong(problem, random))


def _went_wrong(problem: Problem, random: Random) -> Answers:
    match random.choices(("misconception", "slips", "made up", "blank"), (4, 3, 2, 1))[0]:
        case "misconception":
            return _mistaken(problem, random)
        case "slips":
            return slipped(problem, random, 0.2)
        case "made up":
            return slipped(problem, random, 0.9)
        case _:
            return {}


def _mistaken(problem: Problem, random: Random) -> Answers:
    """Solve the case as somebody does who has one or two misconceptions."""
    case, known = problem.case, misconceptions(problem)
    for turn in random.sample(known, min(len(known), random.choice((1, 1, 2)))):
        case = taken(turn, case) or case
    return first_values(solved(problem, case) or problem.key)


def slipped(problem: Problem, random: Random, often: float) -> Answers:
    """Change numbers of the key, each with some probability, by a little; choose otherwise."""
    return {field.name: _slip(field, right(problem)[field.name], random, often) for field in problem.fields}


def _slip(field: Field, value: Any, random: Random, often: float) -> Any:
    if field.kind == "choice":
        return random.choice(field.options).name if random.random() < often else value
    if isinstance(value, tuple) and field.kind != "record":
        return tuple(_slip(field, part, random, often) for part in value)
    if isinstance(value, int) and random.random() < often:
        return value + random.choice((-10, -3, -2, -1, 1, 2, 3, 10))
    return value


# -- anybody ------------------------------------------------------------------------------------


def marked(problem: Problem, answers: Answers) -> ItemResult:
    return mark_problem(
        problem,
        {
            field.name: write(field, answers[field.name])
            for field in problem.fields
            if field.name in answers and field.kind != "text"
        },
    )


def sheet(of: int, student: str, items: Iterable[ItemResult]) -> Sheet:
    """Return the sheet of a student who has this paper."""
    result = Result(student, paper(of).code, tuple(items), (), "")
    data = record_bytes(result, paper(of), exam="midterm", exam_sha256="", version="0")
    return sheet_of_record(json.loads(data))
