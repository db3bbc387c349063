"""The report of a class, as `grade` and `report` write it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from convexam.cli import marks as marks_module
from convexam.generator.workers.here import Here

from .conftest import Run, filled_in, the_paper

EXAM = """\
format: convexam-exam/1
id: small
title: Numbers
sections:
  - items:
      - {id: b1, use: param_count/dense-image, points: 3}
      - {id: c1, use: output_shape/convolution, points: 2}
"""
STUDENTS = ("ada", "alan", "grace", "zoe")


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mark in this process, which takes no time to begin."""
    monkeypatch.setattr(marks_module, "workers_at", lambda *_: Here())


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "exam.yaml").write_text(EXAM)
    (folder / "roster.csv").write_text(
        "student,name\n" + "".join(f"{each},Name of {each}\n" for each in STUDENTS)
    )
    return folder


@pytest.fixture
def exam(run: Run, drawn: Path, tmp_path: Path) -> Path:
    """An exam of which three of four students have handed in; it is drawn once."""
    if not (drawn / "exam").exists():
        files = ("--exam", drawn / "exam.yaml", "--students", drawn / "roster.csv")
        assert run("generate", *files, "--seed", 1, "--out", drawn / "exam", "--format", "yaml").code == 0
    folder = Path(shutil.copytree(drawn / "exam", tmp_path / "exam"))
    (tmp_path / "in").mkdir()
    for student in STUDENTS[:3]:
        changes = {"b1": {"inputs": "7"}} if student == "alan" else {}
        (tmp_path / f"in/{student}.yaml").write_text(filled_in(the_paper(folder, student), changes))
    return folder


def written(exam: Path) -> tuple[bytes, bytes]:
    return (exam / "marks/report.html").read_bytes(), (exam / "marks/statistics.csv").read_bytes()


def test_grade_writes_the_report_and_report_the_same_bytes(run: Run, exam: Path) -> None:
    outcome = run("grade", exam, exam.parent / "in")
    assert outcome.code == 0
    assert f"Report: {exam}/marks/report.html" in outcome.out
    page, table = written(exam)
    assert "Of 4 students 3 handed in." in page.decode()
    assert "Name of zoe" in page.decode()
    assert "Name of ada" not in page.decode()
    for file in ("report.html", "statistics.csv"):
        (exam / "marks" / file).unlink()
    again = run("report", exam)
    assert again.code == 0
    assert "Of 4 students 3 handed in." in again.out
    assert written(exam) == (page, table)


def test_files_that_are_odd_stand_in_it(run: Run, exam: Path) -> None:
    (exam.parent / "in/notes.yaml").write_text("just a text")
    (exam.parent / "in/empty.yaml").write_text("")
    run("grade", exam, exam.parent / "in")
    page = (exam / "marks/report.html").read_text()
    assert "2 things at intake need a look" in page
    assert "notes.yaml" in page
    assert "the upload was lost" in page


def test_report_needs_marks(run: Run, exam: Path) -> None:
    outcome = run("report", exam)
    assert outcome.code == 2
    assert "begin with `grade`" in outcome.err


def test_a_paper_that_cannot_be_read_any_more_is_left_out(run: Run, exam: Path) -> None:
    assert run("grade", exam, exam.parent / "in").code == 0
    (exam / f"record/papers/{the_paper(exam, 'ada').code}.json").write_text("{}")
    assert run("report", exam).code == 0
    assert "Of 4 students 2 handed in" in (exam / "marks/report.html").read_text()


def test_a_rule_stands_in_it_with_whom_it_moved(run: Run, exam: Path) -> None:
    run("grade", exam, exam.parent / "in")
    assert run("remark", exam, "b1", "--drop", "--reason", "Not taught.", "--apply").code == 0
    page = (exam / "marks/report.html").read_text()
    assert "b1: dropped" in page
    assert "alan: " in page
    assert "1 up, 0 down" in page
    assert "Not taught." in page


def test_somebody_who_was_forgotten_stays_in_the_figures(run: Run, exam: Path) -> None:
    run("grade", exam, exam.parent / "in")
    figures = written(exam)[1]
    assert run("forget", exam, "alan", "--reason", "asked for it", "--yes").code == 0
    assert run("report", exam).code == 0
    page, table = written(exam)
    assert table == figures
    assert "Of 4 students 3 handed in" in page.decode()
    assert "alan" not in page.decode()
