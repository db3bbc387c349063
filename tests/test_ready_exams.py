"""The exams that come with the program: sound, of a plausible length, and what their names promise."""

from __future__ import annotations

import pytest

from convexam.generator import checking, curriculum, exam_file, registry
from convexam.generator.coverage import coverage
from convexam.generator.minutes import minutes_of_exam

from .shipped import shipped_bank

BANK = shipped_bank()
EXAMS = {name: exam_file.load(file, BANK) for name, file in exam_file.shipped().items()}


def test_there_are_all() -> None:
    assert set(EXAMS) == {"demo-exam", "midterm", "practice", "quiz", "weekly-sheet"}


@pytest.mark.parametrize("name", EXAMS)
class TestEveryExam:
    def test_goes_by_its_name(self, name: str) -> None:
        assert EXAMS[name].id == name

    def test_is_sound(self, name: str) -> None:
        used = checking.used(BANK, EXAMS[name].entries(BANK))
        assert checking.check_bank(used, EXAMS[name].conventions) == []

    def test_takes_about_the_minutes_that_it_states(self, name: str) -> None:
        stated = EXAMS[name].minutes
        assert stated is not None
        assert 0.6 * stated <= minutes_of_exam(EXAMS[name], BANK) <= 1.1 * stated

    def test_gives_about_a_point_for_a_minute(self, name: str) -> None:
        exam = EXAMS[name]
        points = sum(item.points or BANK[item.use or ""].points for item in exam.items)
        assert 0.4 <= points / minutes_of_exam(exam, BANK) <= 1.3


@pytest.mark.parametrize("name", EXAMS)
def test_texts_are_worth_what_their_rubrics_add_up_to(name: str) -> None:
    used = [(item.points, BANK[item.use]) for item in EXAMS[name].items if item.use is not None]
    assert all(points in (None, spec.points) for points, spec in used if spec.type == "short_text")


def test_the_practice_exam_has_everything() -> None:
    practice = EXAMS["practice"]
    assert {BANK[name].type for name in practice.entries(BANK)} >= set(registry.NAMES) - {"short_text"}
    found = coverage(practice, BANK, curriculum.load())
    assert not [share.name for share in (*found.outcomes, *found.topics) if share.is_left_out]


@pytest.mark.parametrize(("name", "minutes"), [("midterm", 60), ("quiz", 10)])
def test_minutes(name: str, minutes: int) -> None:
    assert EXAMS[name].minutes == minutes


def test_the_midterm_tests_every_outcome() -> None:
    found = coverage(EXAMS["midterm"], BANK, curriculum.load())
    assert all(share.surely for share in found.outcomes)
