"""A file for a platform goes nowhere among the files of the exam, and takes the place of nothing else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from convexam.generator.csv_text import csv_bytes

from .conftest import Run, filled_in, the_paper

EXAM = """\
format: convexam-exam/1
id: lab
title: Lab
sections:
  - items:
      - {id: q1, use: pool/max-small, points: 2}
"""
EXPORTS = ("moodle", "canvas", "qti", "gradescope")


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an exam that somebody handed in."""
    from convexam import cli

    where = tmp_path_factory.mktemp("placing")
    (where / "lab.yaml").write_text(EXAM)
    (where / "roster.csv").write_text("student,email\ns1,s1@x.org\ns2,s2@x.org\n")
    options = ["--exam", "lab.yaml", "--students", "roster.csv", "--seed", "1", "--format", "yaml"]
    here = Path.cwd()
    os.chdir(where)
    try:
        assert cli.command("generate").main([*options, "--out", "lab"], standalone_mode=False) == 0
        Path("a.yaml").write_text(filled_in(the_paper(where / "lab", "s1")))
        assert (
            cli.command("grade").main(["lab", "a.yaml", "--workers", "1"], standalone_mode=False) or 0
        ) == 0
    finally:
        os.chdir(here)
    return where


@pytest.fixture
def folder(marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(marked, tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work" / "lab"


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "marks.sqlite-shm"
    }


@pytest.mark.parametrize("kind", EXPORTS)
@pytest.mark.parametrize(
    "place",
    ["lab/handout/lab.zip", "lab/record/exam.json", "lab/marks/x/../s1.json", "lab/record/new", "link/x.zip"],
)
def test_not_among_the_files_of_the_exam(run: Run, folder: Path, kind: str, place: str) -> None:
    """Students get `handout/` as it is, and nothing brings `record/` back."""
    Path("link").symlink_to("lab/handout")
    before = files(folder.parent)
    done = run("export", kind, "lab", "--out", place)
    assert (done.code, "among the files of the exam" in done.err) == (2, True)
    assert files(folder.parent) == before


@pytest.mark.parametrize("kind", EXPORTS)
@pytest.mark.parametrize("place", ["lab.yaml", "roster.csv"])
def test_not_in_place_of_another_kind_of_file(run: Run, folder: Path, kind: str, place: str) -> None:
    before = files(folder.parent)
    done = run("export", kind, "lab", "--out", place)
    assert (done.code, "something else" in done.err) == (2, True)
    assert files(folder.parent) == before


@pytest.mark.parametrize("place", ["lab/lms/mine.xml", "lab/mine.xml", "mine.xml"])
def test_again_in_place_of_what_was_written(run: Run, folder: Path, place: str) -> None:
    first = run("export", "moodle", "lab", "--out", place, "--variants", "1")
    again = run("export", "moodle", "lab", "--out", place)
    assert (first.code, again.code) == (0, 0)
    Path("empty").touch()
    assert run("export", "moodle", "lab", "--out", "empty").code == 0


def test_a_pipe_or_a_device_is_no_file(run: Run, folder: Path) -> None:
    os.mkfifo("pipe")
    done = run("export", "moodle", "lab", "--out", "pipe")
    assert (done.code, "no ordinary file" in done.err) == (2, True)
    assert Path("pipe").is_fifo()


BOOKS = {
    "moodle": [
        ["Identifier", "Full name", "Email address", "Grade", "Maximum grade", "Feedback comments"],
        ["Participant 1", "A", "s1@x.org", "", "2.00", ""],
    ],
    "canvas": [
        ["Student", "ID", "SIS Login ID", "Section", "Lab (12)"],
        ["    Points Possible", "", "", "", "2"],
        ["A", "1", "s1@x.org", "x", ""],
    ],
    "brightspace": [
        ["OrgDefinedId", "Email", "Lab Points Grade <Numeric MaxPoints:2>", "End-of-Line Indicator"],
        ["#s1", "s1@x.org", "", "#"],
    ],
}


@pytest.mark.parametrize("platform", BOOKS)
@pytest.mark.parametrize("place", ["lab/handout/marks.csv", "lab/record/marks.sqlite", "lab.yaml", "a.yaml"])
def test_a_gradebook_goes_nowhere_else_either(run: Run, folder: Path, platform: str, place: str) -> None:
    Path("book.csv").write_bytes(csv_bytes(BOOKS[platform]))
    before = files(folder.parent)
    done = run("gradebook", platform, "lab", "book.csv", "--out", place)
    assert done.code == 2, done.err
    assert files(folder.parent) == before
    assert run("gradebook", platform, "lab", "book.csv", "--out", "new.csv").code == 0


@pytest.mark.parametrize("platform", ["canvas", "brightspace"])
def test_the_gradebook_of_the_platform_stays(run: Run, folder: Path, platform: str) -> None:
    """The other assignments in it are gone if one column is written in its place."""
    Path("book.csv").write_bytes(csv_bytes(BOOKS[platform]))
    before = Path("book.csv").read_bytes()
    done = run("gradebook", platform, "lab", "book.csv", "--out", "./book.csv")
    assert (done.code, "stays as it is" in done.err) == (2, True)
    assert Path("book.csv").read_bytes() == before


def test_feedback_pages_do_not_take_the_place_of_the_worksheet(run: Run, folder: Path) -> None:
    Path("book.csv").write_bytes(csv_bytes(BOOKS["moodle"]))
    before = Path("book.csv").read_bytes()
    assert run("gradebook", "moodle", "lab", "book.csv", "--feedback", "book.csv").code == 2
    assert run("gradebook", "moodle", "lab", "book.csv", "--feedback", "x.zip", "--out", "x.zip").code == 2
    assert Path("book.csv").read_bytes() == before
