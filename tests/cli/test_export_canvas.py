"""`convexam export canvas` as an instructor calls it."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from convexam.generator.errors import MisuseError

from .conftest import Run

EXAM = """\
format: convexam-exam/1
id: lab
title: Lab
variants: 2
sections:
  - title: A
    items:
      - {id: q1, use: pool/max-small, points: 2}
      - {id: q2, use: short_text/kernel-size}
"""


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    (tmp_path / "lab.yaml").write_text(EXAM)
    (tmp_path / "roster.csv").write_text("student\ns1\ns2\ns3\n")
    out = tmp_path / "lab"
    files = ("--exam", tmp_path / "lab.yaml", "--students", tmp_path / "roster.csv")
    made = run("generate", *files, "--format", "yaml", "--out", out)
    assert made.code == 0, made.err
    return out


def quizzes(file: Path) -> list[str]:
    with ZipFile(file) as archive:
        return [name.split("/")[0] for name in archive.namelist() if name.endswith("assessment_meta.xml")]


def test_every_paper_is_a_quiz(run: Run, folder: Path) -> None:
    done = run("export", "canvas", folder)
    assert done.code == 0, done.err
    file = folder / "lms/lab.canvas.zip"
    codes = sorted(each.stem for each in (folder / "record/papers").iterdir())
    assert quizzes(file) == [f"convexam_{code}" for code in codes]
    assert file.stat().st_mode & 0o777 == 0o600
    assert "It holds the answers" in done.out
    assert "For a person to mark: q2: an answer in words." in done.out
    first = file.read_bytes()
    assert run("export", "canvas", folder).code == 0
    assert file.read_bytes() == first


def test_one_paper_by_its_code(run: Run, folder: Path) -> None:
    code = min(each.stem for each in (folder / "record/papers").iterdir())
    assert run("export", "canvas", folder, "--paper", code).code == 0
    assert quizzes(folder / f"lms/lab.{code}.canvas.zip") == [f"convexam_{code}"]
    refused = run("export", "canvas", folder, "--paper", "NOBODY")
    assert refused.code == MisuseError.exit_code
    assert "holds no paper 'NOBODY'" in refused.err
