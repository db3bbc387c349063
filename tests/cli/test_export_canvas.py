"""`convexam export canvas` as an instructor calls it."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from convexam.generator.errors import MisuseError

from .conftest import Run
from .lab import lab


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    return lab(run, tmp_path, variants="2")


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
