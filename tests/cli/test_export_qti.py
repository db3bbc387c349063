"""`convexam export qti` as an instructor calls it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from .conftest import Run
from .lab import lab


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    return lab(run, tmp_path, students=2)


def items(file: Path) -> list[str]:
    names = zipfile.ZipFile(file).namelist()
    return [name for name in names if name.startswith("items/") and name.endswith(".xml")]


def test_a_package_of_all_papers(run: Run, folder: Path) -> None:
    done = run("export", "qti", folder)
    assert done.code == 0, done.err
    file = folder / "lms/lab.qti21.zip"
    assert len(items(file)) == 4
    assert file.stat().st_mode & 0o777 == 0o600
    assert "It holds the answers" in done.out
    first = file.read_bytes()
    assert run("export", "qti", folder).code == 0
    assert file.read_bytes() == first


def test_one_paper(run: Run, folder: Path) -> None:
    code = sorted((folder / "record/papers").iterdir())[0].stem
    assert run("export", "qti", folder, "--paper", code).code == 0
    assert items(folder / f"lms/lab.{code}.qti21.zip") == [f"items/Q{code}_q1.xml", f"items/Q{code}_q2.xml"]


def test_a_paper_that_is_not_there(run: Run, folder: Path) -> None:
    done = run("export", "qti", folder, "--paper", "NOBODY")
    assert done.code == 2
    assert "holds no paper 'NOBODY'" in done.err


def test_another_version(run: Run, folder: Path) -> None:
    assert run("export", "qti", folder, "--version", "3.0").code == 0
    text = zipfile.ZipFile(folder / "lms/lab.qti30.zip").read("test.xml").decode()
    assert "<qti-assessment-test " in text


def test_what_was_released_since_is_what_students_are_told(run: Run, folder: Path) -> None:
    (folder / "record/release").write_text("marks\n")
    assert run("export", "qti", folder).code == 0
    with zipfile.ZipFile(folder / "lms/lab.qti21.zip") as archive:
        assert not any(b"<modalFeedback" in archive.read(name) for name in archive.namelist())
