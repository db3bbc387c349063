"""A press makes the same of the same values, wherever it stands."""

from __future__ import annotations

import pickle

import pytest

from convexam.generator import press
from convexam.generator.checking import used
from convexam.generator.compose import compose
from convexam.generator.errors import DataError
from convexam.generator.handout import handout, marker_sheets, printed, solutions
from convexam.generator.papers import Student
from convexam.generator.press import Draft, Part, Press, Stored, ToMake
from convexam.generator.record import ExamRecord, exam_bytes, paper_bytes, read_exam
from convexam.generator.streams import practice_secret
from convexam.generator.workers.limits import MAKING
from convexam.generator.workers.pool import Workers

from .conftest import Desk, entry

SECRET = practice_secret(3)
ADA = Student("ada", "Ada")


@pytest.fixture
def opened(desk: Desk) -> tuple[ExamRecord, Draft]:
    known = desk.bank(entry("b/one"), entry("b/two"), entry("b/other", tags="other"))
    file = desk.exam(known, "id: q1, pick: 1, tags: [by-hand]")
    record = read_exam(exam_bytes(file, known, SECRET, version="0", seed=3), "exam.json")
    return record, Draft(used(known, file.entries(known)), SECRET)


def tasks(press_: Press, code: str) -> list[ToMake]:
    stored = (Stored(code, press_.draw(ADA), "ada.json"),)
    return [
        ToMake(Part.HANDOUT, stored, ("html", "pdf", "yaml")),
        ToMake(Part.SOLUTIONS, stored, ("html",)),
        ToMake(Part.SHEET, stored, whose=ADA),
        ToMake(Part.KEY, stored, ("html",), name="key-1-1"),
    ]


def test_it_draws_and_makes_what_is_asked_for(opened: tuple[ExamRecord, Draft]) -> None:
    record, draft = opened
    paper = compose(record.file, draft.bank, SECRET, ADA)
    here = Press(record, draft)
    assert here.draw(ADA) == paper_bytes(record.exam, record.sha256, paper)
    hand, solved, sheet, key = (dict(here.make(task)) for task in tasks(here, paper.code))
    assert hand == dict(handout(record.exam, paper))
    assert solved == dict(solutions(record.exam, paper, ("html",)))
    assert sheet == dict(printed(record.exam, paper, ADA))
    assert key == dict(marker_sheets(record.exam, [paper], ("html",), "key-1-1"))


def test_a_new_interpreter_makes_the_same_bytes(opened: tuple[ExamRecord, Draft]) -> None:
    """All it needs goes there in a pickle, and nothing there is as it is here."""
    here = Press(*opened)
    code = compose(opened[0].file, opened[1].bank, SECRET, ADA).code
    with Workers(1, start=press.open_press, start_arguments=opened, limits=MAKING, fork=False) as crew:
        assert crew.submit(press.draw, ADA).result() == here.draw(ADA)
        for task in tasks(here, code):
            assert crew.submit(press.make, (task,)).result() == (here.make(task),)


def test_what_is_wrong_with_an_entry_is_told_with_its_place(desk: Desk) -> None:
    known = desk.bank(
        entry("b/one"), entry("b/odd").replace("  prompt:", "  effort: {products: [1, 1]}\n  prompt:")
    )
    file = desk.exam(known, "id: q1, use: b/odd")
    record = read_exam(exam_bytes(file, known, SECRET, version="0", seed=3), "exam.json")
    with pytest.raises(DataError) as told:
        compose(file, known, SECRET, ADA)
    draft = pickle.loads(pickle.dumps(Draft(used(known, ["b/odd"]), SECRET)))
    with pytest.raises(DataError) as told_there:
        Press(record, draft).draw(ADA)
    assert told_there.value.faults == told.value.faults
    assert told.value.faults[0].place.line > 1


def test_a_damaged_record_is_named(opened: tuple[ExamRecord, Draft]) -> None:
    with pytest.raises(DataError, match=r"ada\.json"):
        Press(opened[0], None).make(ToMake(Part.HANDOUT, (Stored("X", b"{}", "ada.json"),), ("yaml",)))


def test_without_a_draft_nothing_is_drawn(opened: tuple[ExamRecord, Draft]) -> None:
    with pytest.raises(ValueError, match="draws no papers"):
        Press(opened[0], None).draw(ADA)
