"""What counts follows from what is kept: however often a command is called, and with what beside it."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from convexam.generator.papers import Paper

from .conftest import Run, filled_in, the_paper

ROSTER = "student,name,email\ns1,Ada Lovelace,ada@example.org\ns2,Bob Ng,bob@example.org\n"
WORKSHEET = """\
Identifier,Full name,Email address
Participant 12,Ada Lovelace,ada@example.org
Participant 13,Bob Ng,bob@example.org
"""
MARKED = """\
format: convexam-exam/1
id: quiz
title: Quiz
{}
sections:
  - items:
      - {{id: q1, use: conv2d/first-map}}
      - {{id: q2, use: conv2d/first-map}}
"""


def made(run: Run, tmp_path: Path, exam: str = "") -> Path:
    """Generate an exam for two students."""
    roster, file, out = tmp_path / "roster.csv", tmp_path / "quiz.yaml", tmp_path / "exam"
    roster.write_text(ROSTER)
    file.write_text(MARKED.format(exam))
    call = ("generate", "--exam", file, "--seed", 1, "--students", roster, "--out", out, "--format", "yaml")
    assert run(*call).code == 0
    return out


def moodle(tmp_path: Path, members: Mapping[str, str]) -> tuple[Path, Path]:
    """Write what Moodle hands out: the archive, and the list of the class."""
    archive, worksheet = tmp_path / "moodle.zip", tmp_path / "grades.csv"
    with zipfile.ZipFile(archive, "w") as target:
        for name, text in members.items():
            target.writestr(f"{name}_assignsubmission_file/answers.yaml", text)
    worksheet.write_text(WORKSHEET)
    return archive, worksheet


def marks(exam: Path) -> dict[str, dict[str, Any]]:
    files = (exam / "marks").glob("*.json")
    return {file.stem: json.loads(file.read_text()) for file in files}


def files(exam: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (exam / "marks").iterdir()}


def points(exam: Path) -> dict[str, str]:
    return {student: record["points"] for student, record in marks(exam).items()}


def lacking(paper: Paper, *items: str) -> str:
    """Return the answers of a paper without those to some questions."""
    blanks = {
        problem.item: {field.name: None for field in problem.fields}
        for problem in paper.problems
        if problem.item in items
    }
    return filled_in(paper, blanks)


@pytest.mark.parametrize(("variants", "whose"), [("per-student", "s1"), ("2", "version-A")])
def test_a_list_of_the_class_need_not_be_named_again(
    run: Run, tmp_path: Path, variants: str, whose: str
) -> None:
    exam = made(run, tmp_path, f"variants: {variants}")
    paper = the_paper(exam, whose)
    theirs = lacking(paper, "q1").replace("answers:", "student: s1\nanswers:")
    archive, worksheet = moodle(tmp_path, {"Ada Lovelace_12": filled_in(paper), "Bob Ng_13": theirs})
    run("grade", exam, archive, worksheet)
    assert points(exam) == {"s1": "8"}
    before = files(exam)
    assert run("grade", exam, archive).code == 3
    assert files(exam) == before


@pytest.mark.parametrize("policy", ["first", "last", "best"])
def test_what_counts_does_not_swing(run: Run, tmp_path: Path, policy: str) -> None:
    exam = made(run, tmp_path, f"marking: {{attempts: {policy}}}")
    paper = the_paper(exam, "s1")
    (tmp_path / "all.yaml").write_text(filled_in(paper))
    (tmp_path / "half.yaml").write_text(lacking(paper, "q2"))
    run("grade", exam, tmp_path / "all.yaml")
    run("grade", exam, tmp_path / "half.yaml")
    run("override", exam, "s1", "q1", "0", "--reason", "copied")
    before = files(exam)
    assert points(exam) == {"s1": "0" if policy == "last" else "4"}
    run("grade", exam)
    assert marks(exam)["s1"] == json.loads(before["s1.json"])
    after = files(exam)
    run("grade", exam)
    assert files(exam) == after


@pytest.mark.parametrize(("given", "expected"), [("1", "4"), ("4", "8")])
def test_of_the_best_what_waits_may_still_earn_all_it_can(
    run: Run, tmp_path: Path, given: str, expected: str
) -> None:
    exam = made(run, tmp_path, "marking: {attempts: best}")
    paper = the_paper(exam, "s1")
    (tmp_path / "half.yaml").write_text(lacking(paper, "q2"))
    unreadable = {
        problem.item: dict.fromkeys(problem.key, f"see {problem.item}") for problem in paper.problems
    }
    (tmp_path / "words.yaml").write_text(filled_in(paper, unreadable))
    run("grade", exam, tmp_path / "half.yaml")
    run("grade", exam, tmp_path / "words.yaml")
    assert (points(exam), marks(exam)["s1"]["waiting"]) == ({"s1": "0"}, 2)
    waiting = exam / "marks/waiting.yaml"
    waiting.write_text(re.sub("points:.*", f"points: {given}", waiting.read_text()))
    run("grade", exam)
    assert points(exam) == {"s1": expected}


def test_rows_of_another_file_of_the_same_name_are_not_lost_in_silence(run: Run, tmp_path: Path) -> None:
    exam, file = made(run, tmp_path), tmp_path / "class.csv"
    codes = {student: the_paper(exam, student).code for student in ("s1", "s2")}

    def graded(*students: str) -> tuple[set[str], list[str]]:
        file.write_text("paper,q1/Y\n" + "".join(f"{codes[student]},1 2; 3 4\n" for student in students))
        told = [line for line in run("grade", exam, file).err.splitlines() if "no longer counts" in line]
        assert len(told) == (exam / "marks/intake.csv").read_text("utf-8-sig").count("no longer counts")
        return set(points(exam)), told

    assert graded("s1") == ({"s1"}, [])
    counting, told = graded("s2")
    assert counting == {"s2"}
    assert [line.partition("class.csv ")[2].partition(", and")[0] for line in told] == [
        "row 2: was a row of s1"
    ]
    assert graded("s1", "s2") == graded("s2", "s1") == ({"s1", "s2"}, [])
