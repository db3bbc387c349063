"""The shipped bank stands for every exercise of the lectures, and names nothing else."""

from __future__ import annotations

import pytest

from convexam.generator import curriculum

from .shipped import shipped_bank

BANK = shipped_bank()
LECTURES = curriculum.load()


def test_the_curriculum_lists_every_number_once() -> None:
    wanted = {f"E{number}" for number in range(1, 69)} | {f"X{number}" for number in range(1, 24)}
    assert set(LECTURES.exercises) == wanted


def test_every_exercise_is_covered() -> None:
    covered = {number for spec in BANK for number in spec.covers}
    assert set(LECTURES.exercises) <= covered


def test_every_outcome_is_tested_at_several_difficulties() -> None:
    for outcome in LECTURES.outcomes:
        assert len({spec.difficulty for spec in BANK if outcome in spec.outcomes}) > 1, outcome


@pytest.mark.parametrize("entry", sorted(BANK.specs))
def test_an_entry_names_outcomes_and_exercises_that_exist(entry: str) -> None:
    spec = BANK[entry]
    assert spec.outcomes
    assert set(spec.outcomes) <= set(LECTURES.outcomes)
    assert set(spec.covers) <= set(LECTURES.exercises)


def test_every_kind_has_entries_of_every_difficulty() -> None:
    kinds = {spec.type for spec in BANK}
    found = {(spec.type, spec.difficulty) for spec in BANK}
    assert {(kind, difficulty) for kind in kinds for difficulty in (1, 2, 3)} - found == set()
