"""``generate --print``: papers for a printer, in the order of the roster."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from .conftest import Run, the_paper

ROSTER = "student,name\nzoe,Zoë Smit\nann,Ann Lee\n"
STUDENTS = ("zoe", "ann")


@pytest.fixture
def arguments(tmp_path: Path) -> tuple[object, ...]:
    (tmp_path / "class.csv").write_text(ROSTER, encoding="utf-8")
    (tmp_path / "secret").write_text("5a" * 32, encoding="utf-8")
    options = ("--exam", "quiz", "--students", tmp_path / "class.csv", "--secret", tmp_path / "secret")
    return ("generate", *options, "--out", tmp_path / "out", "--format", "yaml")


def pages(file: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(file).pages]


def test_all_papers_in_the_order_of_the_roster(
    run: Run, arguments: tuple[object, ...], tmp_path: Path
) -> None:
    done = run(*arguments, "--print")
    assert done.code == 0
    assert "quiz.pdf" in done.out
    folder = tmp_path / "out" / "print"
    codes = [the_paper(tmp_path / "out", student).code for student in STUDENTS]
    assert pages(folder / "quiz.pdf") == [text for code in codes for text in pages(folder / f"{code}.pdf")]
    assert all(len(pages(folder / f"{code}.pdf")) % 2 == 0 for code in codes)
    assert "Zoë Smit" not in " ".join(pages(folder / "quiz.pdf"))


def test_papers_to_be_printed_are_nobody_elses(
    run: Run, arguments: tuple[object, ...], tmp_path: Path
) -> None:
    run(*arguments, "--print", "--names")
    folder = tmp_path / "out" / "print"
    assert {file.stat().st_mode & 0o077 for file in (folder, *folder.iterdir())} == {0}
    assert "Zoë Smit" in pages(folder / "quiz.pdf")[0]


def test_a_second_run_changes_nothing(run: Run, arguments: tuple[object, ...], tmp_path: Path) -> None:
    run(*arguments, "--print")
    first = {file.name: file.read_bytes() for file in (tmp_path / "out" / "print").iterdir()}
    assert run(*arguments, "--print").code == 0
    assert {file.name: file.read_bytes() for file in (tmp_path / "out" / "print").iterdir()} == first


def test_names_go_with_print(run: Run) -> None:
    done = run("generate", "--seed", "1", "--names")
    assert done.code == 2
    assert "--print" in done.err


def test_nothing_is_printed_unasked(run: Run, arguments: tuple[object, ...], tmp_path: Path) -> None:
    run(*arguments)
    assert not (tmp_path / "out" / "print").exists()
