"""Slips seeded at random over the bank: what is named was seeded, and of two slips none is."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from convexam.generator.mistakes import first_values
from convexam.generator.papers import Problem
from convexam.generator.rules import equal
from convexam.grader.explaining import explain
from convexam.grader.explaining.slips import slipped
from convexam.grader.model import Finding, ItemResult

from .seeded import TRACED, Numbers, at, cells, drawn, fields, marked, places, slip_of, two_in


@pytest.fixture(autouse=True)
def _slips_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for nothing that comes before slips: other explanations are tested by themselves."""
    monkeypatch.setattr(explain, "KINDS", (slipped,))


def problems(draws: int) -> Iterator[tuple[Problem, Random]]:
    for entry in TRACED:
        for number in range(draws):
            yield drawn(entry, number), Random(f"{entry} {number}")


def finding(result: ItemResult) -> Finding | None:
    return result.explanation.finding


def follows(result: ItemResult) -> bool:
    """Say whether an answer is what follows from a wrong one: these two slips come to one."""
    return any(mark.against == "own" for mark in result.marks)


def test_what_a_number_is_made_of_gives_the_number() -> None:
    for problem, _ in problems(1):
        rules = {field.name: field.rule for field in fields(problem)}
        for place in places(problem):
            key = at(problem.key[place.field][0], place.cell)
            assert equal(rules[place.field], place.made.number, key), (problem.spec.id, place)


def one_slip(draws: int, answers: int) -> tuple[int, int]:
    """Count the answers with one slip, and those in which it was named; nothing else ever is."""
    seeded = named = 0
    for problem, random in problems(draws):
        found = places(problem)
        for _ in range(answers if found else 0):
            place = random.choice(found)
            slip = slip_of(place.made, random)
            told = finding(marked(problem, {(place.field, place.cell): slip.number}))
            seeded += 1
            if told is not None:
                named += 1
                assert told.names == (slip.name,), (problem.spec.id, place, slip, told)
                assert told.fields == (place.field,)
    return seeded, named


def two_slips(draws: int, answers: int, *, in_one_number: bool) -> int:
    """Count the answers with two slips that show; none of them may be traced to one."""
    seeded = 0
    for problem, random in problems(draws):
        found = places(problem)
        for _ in range(answers if found else 0):
            changes = _in_one(found, random) if in_one_number else _anywhere(found, random)
            if changes is None or follows(result := marked(problem, changes)):
                continue
            seeded += 1
            assert finding(result) is None, (problem.spec.id, changes, finding(result))
    return seeded


def _in_one(found: list[Any], random: Random) -> Numbers | None:
    place = random.choice(found)
    number = two_in(place.made, random)
    return None if number in (None, place.made.number) else {(place.field, place.cell): number}


def _anywhere(found: list[Any], random: Random) -> Numbers | None:
    first, second = random.choice(found), random.choice(found)
    if first is second:
        return _in_one([first], random)
    return {(place.field, place.cell): slip_of(place.made, random).number for place in (first, second)}


def made_up(draws: int, answers: int) -> tuple[int, int]:
    """Count answers of the right size that somebody made up, and those in which something is found."""
    tried = found = 0
    for problem, random in problems(draws):
        key: dict[str, Any] = first_values(problem.key)
        places_of = {field.name: list(cells(field, key[field.name])) for field in fields(problem)}
        spread = [at(key[name], cell) for name, found_cells in places_of.items() for cell in found_cells]
        low, high = (int(bound) for bound in (min([-9, *spread]), max([9, *spread])))
        for _ in range(answers):
            changes = {
                (name, cell): random.randint(low, high)
                for name, found_cells in places_of.items()
                for cell in found_cells
            }
            tried += 1
            found += finding(marked(problem, changes)) is not None
    return tried, found


def test_of_one_slip_no_other_is_named() -> None:
    seeded, named = one_slip(1, 4)
    assert seeded > 250
    assert named > seeded / 5


def test_of_two_slips_none_is_named() -> None:
    assert two_slips(1, 3, in_one_number=False) > 150
    assert two_slips(1, 4, in_one_number=True) > 100


def test_nothing_is_found_in_what_was_made_up() -> None:
    assert made_up(1, 3)[1] == 0


@pytest.mark.sweep
def test_of_ten_thousand_answers_with_two_slips_none_is_traced_to_one() -> None:
    assert two_slips(10, 20, in_one_number=False) > 10_000
    assert two_slips(10, 30, in_one_number=True) > 10_000


@pytest.mark.sweep
def test_of_thousands_of_slips_no_other_is_named_and_a_quarter_is() -> None:
    seeded, named = one_slip(10, 10)
    assert named > seeded / 4


@pytest.mark.sweep
def test_hardly_anything_is_found_in_what_was_made_up() -> None:
    tried, found = made_up(5, 30)
    assert tried > 10_000
    assert 1000 * found <= tried
