"""The record: enough to print and mark the paper again, and the same bytes for the same exam."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from convexam.generator import exam_file
from convexam.generator.bank import Bank
from convexam.generator.compose import compose, exam_of
from convexam.generator.errors import DataError
from convexam.generator.exam_file import ExamFile
from convexam.generator.handout import handout, solutions
from convexam.generator.papers import Paper, Student
from convexam.generator.record import (
    exam_bytes,
    is_same_exam,
    owner_of,
    paper_bytes,
    read_exam,
    read_paper,
)
from convexam.generator.streams import practice_secret

from ..shipped import shipped_bank

SECRET = practice_secret(3)
HTML = ("html", "yaml")


@pytest.fixture(scope="module")
def known() -> Bank:
    return shipped_bank()


@pytest.fixture(scope="module")
def file(known: Bank) -> ExamFile:
    return exam_file.load(exam_file.SHIPPED, known)


@pytest.fixture(scope="module")
def paper(file: ExamFile, known: Bank) -> Paper:
    return compose(file, known, SECRET, Student("s1", "Zoë Müller", "z@example.org"))


@pytest.fixture(scope="module")
def stored(file: ExamFile, known: Bank) -> bytes:
    return exam_bytes(file, known, SECRET, version="0.1.0", seed=3)


def test_an_exam_comes_back(file: ExamFile, known: Bank, stored: bytes) -> None:
    record = read_exam(stored, "exam.json")
    assert record.file == file
    assert record.exam == exam_of(file, 3)
    used = {item.use for part in file.sections for item in part.items}
    assert record.specs == {name: known[name] for name in used if name}


def test_a_paper_comes_back_but_for_its_refused_draws(paper: Paper, stored: bytes) -> None:
    record = read_exam(stored, "exam.json")
    back = read_paper(paper_bytes(record.exam, record.sha256, paper), "CODE.json", paper.code, record)
    bare = replace(
        paper,
        sections=tuple(
            replace(
                part,
                problems=tuple(replace(problem, refused=()) for problem in part.problems),
            )
            for part in paper.sections
        ),
    )
    assert back == bare


def test_a_stored_paper_prints_the_same(paper: Paper, stored: bytes) -> None:
    record = read_exam(stored, "exam.json")
    back = read_paper(paper_bytes(record.exam, record.sha256, paper), "CODE.json", paper.code, record)
    first, second = (
        {**dict(handout(record.exam, each, HTML)), **dict(solutions(record.exam, each, HTML))}
        for each in (paper, back)
    )
    assert first == second
    assert len(first) == 4


def test_the_secret_is_not_in_the_record(stored: bytes) -> None:
    assert SECRET.hex().encode() not in stored
    assert json.loads(stored)["secret_id"]


def test_a_changed_bank_is_another_record(file: ExamFile, known: Bank, stored: bytes) -> None:
    spec = known["conv2d/first-map"]
    changed = Bank({**known.specs, spec.id: replace(spec, title="Another title")}, known.origins)
    assert exam_bytes(file, changed, SECRET, version="0.1.0", seed=3) != stored


@pytest.mark.parametrize("data", [b"{}", b"[]", b"", b'{"format": "convexam-exam/1"}', b"\xff"])
def test_what_is_no_record_is_named(data: bytes) -> None:
    with pytest.raises(DataError, match=r"exam\.json"):
        read_exam(data, "exam.json")


def test_a_paper_of_another_exam_is_refused(paper: Paper, stored: bytes, file: ExamFile, known: Bank) -> None:
    record = read_exam(stored, "exam.json")
    other = read_exam(exam_bytes(file, known, SECRET, version="0.1.0", seed=4), "exam.json")
    with pytest.raises(DataError, match=r"belongs to another exam\.json"):
        read_paper(paper_bytes(record.exam, record.sha256, paper), "CODE.json", paper.code, other)


def test_the_record_of_another_paper_is_refused(paper: Paper, stored: bytes) -> None:
    record = read_exam(stored, "exam.json")
    with pytest.raises(DataError, match=r"the record of the paper .*, not of 39212EAM13HG3N"):
        read_paper(paper_bytes(record.exam, record.sha256, paper), "CODE.json", "39212EAM13HG3N", record)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.pop("student"),
        lambda data: data.update(sections="5"),
        lambda data: data["sections"][0]["problems"][0].pop("key"),
        lambda data: data["sections"][0]["problems"][0].update(key={}),
        lambda data: data["sections"][0]["problems"][0]["key"].update(Y=[]),
        lambda data: data["sections"][0]["problems"][0]["key"].update(Y=["x"]),
        lambda data: data["sections"][0]["problems"][0].update(entry="nothing"),
        lambda data: data["sections"][0]["problems"][0].update(points="x"),
        lambda data: data["sections"][0]["problems"][0].update(given={}),
    ],
)
def test_a_damaged_record_is_named(paper: Paper, stored: bytes, damage: Callable[[Any], Any]) -> None:
    record = read_exam(stored, "exam.json")
    data = json.loads(paper_bytes(record.exam, record.sha256, paper))
    damage(data)
    with pytest.raises(DataError, match=r"CODE\.json"):
        read_paper(json.dumps(data).encode(), "CODE.json", paper.code, record)


class TestTheSameExam:
    """Papers belong to the bytes of their exam.json; a later release may write more settings into it."""

    @pytest.mark.parametrize("lacking", ["attempt", "exam.variants", "exam.marking.attempts", "exam.release"])
    def test_of_a_release_that_had_fewer_settings(self, stored: bytes, lacking: str) -> None:
        data = json.loads(stored) | {"convexam": "0.0.1"}
        *path, name = lacking.split(".")
        inner = data
        for step in path:
            inner = inner[step]
        del inner[name]
        assert is_same_exam(json.dumps(data).encode(), stored)

    @pytest.mark.parametrize(
        "change", [{"attempt": 1}, {"practice_seed": 4}, {"secret_id": "0"}, {"entries": {}}, {"format": "x"}]
    )
    def test_another_one(self, stored: bytes, change: dict[str, Any]) -> None:
        assert not is_same_exam(json.dumps(json.loads(stored) | change).encode(), stored)

    def test_another_setting(self, file: ExamFile, known: Bank, stored: bytes) -> None:
        other = replace(file, variants=4)
        assert not is_same_exam(exam_bytes(other, known, SECRET, version="0.1.0", seed=3), stored)
        reworded = replace(known["conv2d/first-map"], title="Another title")
        changed = Bank({**known.specs, reworded.id: reworded}, known.origins)
        assert not is_same_exam(exam_bytes(file, changed, SECRET, version="0.1.0", seed=3), stored)


def test_a_resit_is_another_exam(file: ExamFile, known: Bank, paper: Paper, stored: bytes) -> None:
    data = exam_bytes(file, known, SECRET, version="0.1.0", seed=3, attempt=1)
    record = read_exam(data, "exam.json")
    assert record.exam.attempt == 1
    resit = compose(file, known, SECRET, paper.student, 1)
    assert resit.code != paper.code
    assert [one.case for one in resit.problems] != [one.case for one in paper.problems]
    assert owner_of(paper_bytes(record.exam, record.sha256, resit), "f", record) == (
        resit.code,
        paper.student,
    )
    assert owner_of(paper_bytes(record.exam, record.sha256, resit), "f", read_exam(stored, "e")) is None
