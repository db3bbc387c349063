"""`convexam export moodle` as an instructor calls it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import parse

import pytest

from .conftest import Run
from .lab import lab


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    return lab(run, tmp_path)


def types(file: Path) -> list[str]:
    return [each.get("type", "") for each in parse(file).getroot()]


def test_questions_of_all_papers(run: Run, folder: Path) -> None:
    done = run("export", "moodle", folder)
    assert done.code == 0, done.err
    file = folder / "lms/lab.moodle.xml"
    assert types(file) == ["category", "cloze", "cloze", "cloze", "category", "essay", "essay", "essay"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert "It holds the answers" in done.out
    assert "For a person to mark: q2: an answer in words." in done.out
    first = file.read_bytes()
    assert run("export", "moodle", folder).code == 0
    assert file.read_bytes() == first


def test_fewer_variants_into_a_file_of_ones_own(run: Run, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.xml"
    assert run("export", "moodle", folder, "--variants", 1, "--out", file).code == 0
    assert types(file) == ["category", "cloze", "category", "essay"]
    assert not (folder / "lms").exists()


@pytest.mark.parametrize("kind", ["moodle", "canvas", "qti", "gradescope"])
def test_a_damaged_paper_is_not_left_out(run: Run, folder: Path, kind: str) -> None:
    """Whoever was to get it would get another one, and nobody would know why."""
    first, second, _ = sorted((folder / "record/papers").iterdir())
    first.write_bytes(first.read_bytes()[:-40])
    cut = run("export", kind, folder)
    assert (cut.code, str(first) in cut.err) == (1, True)
    first.write_bytes(second.read_bytes())
    twice = run("export", kind, folder)
    assert (twice.code, "lms" in {each.name for each in folder.iterdir()}) == (1, False)


@pytest.mark.parametrize("kind", ["moodle", "canvas", "qti", "gradescope"])
def test_papers_of_the_exam_before_are_left_out(run: Run, folder: Path, tmp_path: Path, kind: str) -> None:
    other = tmp_path / "other"
    text = (tmp_path / "lab.yaml").read_text().replace("kernel-size", "explain-convolution")
    (tmp_path / "lab.yaml").write_text(text)
    options = ("--students", tmp_path / "roster.csv", "--format", "yaml", "--out", other)
    assert run("generate", "--exam", tmp_path / "lab.yaml", *options).code == 0
    assert run("export", kind, other).code == 0
    made = {file.name: file.read_bytes() for file in (other / "lms").iterdir()}
    for file in (folder / "record/papers").iterdir():
        (other / "record/papers" / f"OLD{file.name}").write_bytes(file.read_bytes())
    assert run("export", kind, other).code == 0
    assert made == {file.name: file.read_bytes() for file in (other / "lms").iterdir()}


OTHERWISE = """\
format: convexam-exam/1
id: lab
title: Lab
marking: {rounding: {questions: 0.5}, out_of: 5, grade: {from: 1, to: 10}}
sections:
  - items:
      - {id: q1, use: conv2d/one-channel, points: 2, credit: {method: 1/4}}
      - {id: q2, pick: 1, type: output_shape, points: 4}
"""


def test_what_moodle_does_otherwise_is_said_by_question(run: Run, tmp_path: Path) -> None:
    exam, roster, out = tmp_path / "lab.yaml", tmp_path / "roster.csv", tmp_path / "lab"
    exam.write_text(OTHERWISE)
    roster.write_text("student\n" + "".join(f"s{number}\n" for number in range(8)))
    assert run("generate", "--exam", exam, "--students", roster, "--format", "yaml", "--out", out).code == 0
    told = run("export", "moodle", out).out.splitlines()
    assert told[0] == (
        "The platform marks every answer against the key: no error is carried forward, "
        "points are not rounded, points above 5 count as well, points become no grade."
    )
    assert any(
        re.fullmatch(r"In q2\.1 \(on [1-7] of 8 papers\) each size of a shape .*", line) for line in told
    )
    assert "In q1 the size of a map that is to be found is told." in told
    assert "In q1 the map of another stride, padding or dilation earns only its right cells." in told
