"""A platform's list of the class is named once: who is who stays known, and is forgotten with the student."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from .conftest import Run, filled_in, the_paper
from .test_handed_in import packed

EXAM = """\
format: convexam-exam/1
id: dealt
title: Versions
variants: 2
sections:
  - items:
      - {id: c1, use: output_shape/convolution, points: 2}
"""
ROSTER = """\
student,name,email
s-ada-01,Ada Lovelace,ada@example.org
s-bob-02,Bob Mathison,bob@example.org
"""
WORKSHEET = """\
Identifier,Full name,Email address
Participant 12,Ada Lovelace,ada@example.org
Participant 13,Bob Mathison,bob@example.org
Participant 14,Grace Murray,grace@example.org
"""


@pytest.fixture
def exam(run: Run, tmp_path: Path) -> Path:
    """An exam whose paper says nothing of whose it is, marked with Moodle's list named beside the zip."""
    (tmp_path / "exam.yaml").write_text(EXAM)
    (tmp_path / "roster.csv").write_text(ROSTER)
    (tmp_path / "grades.csv").write_text(WORKSHEET)
    files = ("--exam", tmp_path / "exam.yaml", "--students", tmp_path / "roster.csv")
    assert run("generate", "--seed", 1, *files, "--out", tmp_path / "exam", "--format", "yaml").code == 0
    text = filled_in(the_paper(tmp_path / "exam", "version-A"))
    members = {
        "Ada Lovelace_12_assignsubmission_file/answers.yaml": text,
        "Bob Mathison_13_assignsubmission_file/photo.jpg": "\xff\xd8\xff\xe0",
    }
    archive = packed(tmp_path / "moodle.zip", members)
    run("grade", tmp_path / "exam", archive, tmp_path / "grades.csv")
    assert marked(tmp_path / "exam") == ["s-ada-01"]
    return tmp_path / "exam"


def marked(exam: Path) -> list[str]:
    with (exam / "marks/marks.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [row["student"] for row in csv.DictReader(stream)]


def test_the_same_archive_without_the_list_loses_nobody(run: Run, exam: Path) -> None:
    run("grade", exam, exam.parent / "moodle.zip")
    assert marked(exam) == ["s-ada-01"]


def test_a_later_archive_needs_no_list(run: Run, exam: Path) -> None:
    text = filled_in(the_paper(exam, "version-B"))
    late = packed(exam.parent / "late.zip", {"Bob Mathison_13_assignsubmission_file/a.yaml": text})
    run("grade", exam, late)
    assert marked(exam) == ["s-ada-01", "s-bob-02"]


def test_the_report_says_who_sent_what_cannot_be_marked(exam: Path) -> None:
    page = (exam / "marks/report.html").read_text("utf-8")
    assert "s-bob-02, Bob Mathison, moodle 13" in page


def test_a_list_is_kept_once_and_for_nobody_else_to_read(run: Run, exam: Path) -> None:
    kept = exam / "record/lists.json"
    before = kept.read_bytes()
    run("grade", exam, exam.parent / "moodle.zip", exam.parent / "grades.csv")
    assert kept.read_bytes() == before
    assert kept.stat().st_mode & 0o077 == 0


def test_a_damaged_list_is_named(run: Run, exam: Path) -> None:
    (exam / "record/lists.json").write_text("{")
    outcome = run("grade", exam, exam.parent / "moodle.zip")
    assert outcome.code == 1
    assert "record/lists.json" in outcome.err


@pytest.mark.parametrize("who", ["s-ada-01", "s-bob-02"])
def test_who_is_forgotten_stands_in_it_no_longer(run: Run, exam: Path, who: str) -> None:
    name = {"s-ada-01": "Lovelace", "s-bob-02": "Mathison"}[who]
    assert run("forget", exam, who, "--reason", "asked for it", "--yes").code == 0
    named = [file.name for file in exam.rglob("*") if file.is_file() and name.encode() in file.read_bytes()]
    assert named == []
    assert b"Murray" in (exam / "record/lists.json").read_bytes()
