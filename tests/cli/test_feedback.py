"""Feedback pages at the level that was decided, whatever command writes them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from convexam.cli.options import LEVELS
from convexam.generator.policy import Release

from .conftest import Run, filled_in, the_paper

EXAM = """\
format: convexam-exam/1
id: quiz
title: Quiz
release: marks
sections:
  - title: All
    items:
      - {id: a, use: output_shape/strided}
      - {id: b, use: conv2d/first-map}
"""
WRONG = {"a": {"shape": (1, 2, 3)}}


@pytest.fixture
def exam(run: Run, tmp_path: Path) -> Path:
    file, folder = tmp_path / "quiz.yaml", tmp_path / "quiz"
    file.write_text(EXAM, encoding="utf-8")
    assert run("generate", "--exam", file, "--seed", 1, "--out", folder, "--format", "yaml").code == 0
    return folder


def hand_in(run: Run, folder: Path, student: str, *options: str) -> None:
    file = folder.parent / f"{student}.yaml"
    file.write_text(filled_in(the_paper(folder), WRONG), encoding="utf-8")
    assert run("grade", folder, file, *options).code == 0
    file.unlink()


def level(folder: Path, student: str) -> str:
    page = (folder / "marks" / f"{student}.feedback.html").read_text(encoding="utf-8").split("</style>")[1]
    tells = (r"of \d+ points", ">✗<", "Right answer")
    return LEVELS[sum(bool(re.search(sign, page)) for sign in tells)]


def marks(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / "marks").iterdir() if file.suffix != ".html"}


def test_the_levels_are_those_of_exam_files() -> None:
    assert tuple(Release) == LEVELS


def test_pages_are_written_anew_without_the_answer_files(run: Run, exam: Path) -> None:
    hand_in(run, exam, "ada")
    hand_in(run, exam, "grace")
    assert level(exam, "ada") == "marks"
    before = marks(exam)
    for wanted in ("receipt", "diagnosis", "everything"):
        outcome = run("feedback", exam, "--release", wanted)
        assert outcome.code == 0
        assert "2 feedback pages" in outcome.out
        assert wanted in outcome.out
        assert {level(exam, "ada"), level(exam, "grace")} == {wanted}
        assert marks(exam) == before


def test_the_level_holds_for_what_comes_later(run: Run, exam: Path) -> None:
    hand_in(run, exam, "ada")
    run("feedback", exam, "--release", "receipt")
    hand_in(run, exam, "grace")
    assert level(exam, "grace") == "receipt"
    assert run("override", exam, "ada", "a", "1", "--reason", "unclear").code == 0
    assert level(exam, "ada") == "receipt"
    assert run("feedback", exam).code == 0
    assert level(exam, "ada") == "receipt"


def test_grade_decides_for_all_pages(run: Run, exam: Path) -> None:
    hand_in(run, exam, "ada")
    hand_in(run, exam, "grace", "--release", "everything")
    assert {level(exam, "ada"), level(exam, "grace")} == {"everything"}


def test_without_marks_there_is_nothing_to_write(run: Run, exam: Path) -> None:
    outcome = run("feedback", exam)
    assert outcome.code == 2
    assert "nothing was marked yet" in outcome.err


def test_a_damaged_level_tells_nothing(run: Run, exam: Path) -> None:
    hand_in(run, exam, "ada")
    (exam / "record" / "release").write_text("all\n", encoding="utf-8")
    assert run("feedback", exam).code == 1
    assert level(exam, "ada") == "marks"
    assert run("feedback", exam, "--release", "diagnosis").code == 0
    assert level(exam, "ada") == "diagnosis"
