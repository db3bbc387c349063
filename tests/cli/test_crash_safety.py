"""What goes wrong around `grade` costs no marks: run again, it leaves what an undisturbed run leaves."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from convexam.cli import marking

from ..grader.records.earlier import as_format_2
from .conftest import filled_in, the_paper
from .crash import Child, as_anybody, deadly, full_after, starved, stopped_after

STUDENTS = ("ada", "alan", "grace")
EXAM = """\
format: convexam-exam/1
id: words
title: Words and numbers
sections:
  - items:
      - {id: a1, use: short_text/explain-convolution, points: 4}
      - {id: b1, use: param_count/dense-image, points: 3}
      - {id: c1, use: output_shape/convolution, points: 2}
"""
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an exam, and with answer files of three students."""
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "exam.yaml").write_text(EXAM)
    (folder / "roster.csv").write_text("student\n" + "\n".join(STUDENTS))
    files = ("--exam", folder / "exam.yaml", "--students", folder / "roster.csv")
    call = ("generate", *files, "--seed", 1, "--out", folder / "exam", "--format", "yaml")
    assert Child(*call).outcome().code == 0
    (folder / "in").mkdir()
    for student in STUDENTS:
        changes = {"a1": {"text": "In my words."}}
        (folder / f"in/{student}.yaml").write_text(filled_in(the_paper(folder / "exam", student), changes))
    (folder / "in/odd.yaml").write_text("paper: [unclosed")
    return folder


@pytest.fixture(scope="module")
def undisturbed(drawn: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """What a run that nothing disturbs leaves."""
    folder = Path(shutil.copytree(drawn, tmp_path_factory.mktemp("undisturbed") / "class"))
    assert grade(folder).outcome().code == 3
    return marks(folder)


@pytest.fixture
def folder(drawn: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(drawn, tmp_path / "class"))


def grade(folder: Path, *more: object, **how: Any) -> Child:
    arguments = more or (folder / "in", "--workers", 1)
    return Child("grade", folder / "exam", *arguments, **how)


def marks(folder: Path) -> Files:
    """All files of the marks, but for the places they came from."""
    return {
        file.name: file.read_bytes().replace(bytes(folder), b"")
        for file in sorted((folder / "exam/marks").iterdir())
    }


@pytest.mark.parametrize("workers", [2, 8])
def test_bytes_do_not_depend_on_the_number_of_workers(folder: Path, undisturbed: Files, workers: int) -> None:
    assert grade(folder, folder / "in", "--workers", workers).outcome().code == 3
    assert marks(folder) == undisturbed


def test_a_file_that_kills_its_reader_is_a_row_in_the_report(folder: Path, undisturbed: Files) -> None:
    said = grade(folder, folder / "in", "--workers", 2, before=deadly("odd.yaml")).outcome()
    assert said.code == 3
    assert "odd.yaml: died (signal ABRT); it was not marked\n" in said.err
    found = marks(folder)
    (row,) = [line for line in found.pop("intake.csv").decode().splitlines() if "odd.yaml" in line]
    assert "crashed" in row
    assert "died (signal ABRT)" in row
    del found["report.html"]  # it tells of the row
    assert found.items() < undisturbed.items()


def test_marks_that_were_deleted_are_written_again(folder: Path, undisturbed: Files) -> None:
    grade(folder).outcome()
    shutil.rmtree(folder / "exam/marks")
    assert grade(folder, "--workers", 1).outcome().code == 3
    assert marks(folder) == undisturbed


def disturbed(folder: Path, how: Callable[[], object], undisturbed: Files, *, code: int = 1) -> str:
    """Grade with a disturbance, and again without: return what the first said."""
    said = grade(folder, before=how).outcome()
    assert said.code == code, said
    assert "Traceback" not in said.err
    for name, data in marks(folder).items() if (folder / "exam/marks").exists() else ():
        assert name.startswith(".") or data == undisturbed[name]
    assert grade(folder).outcome().code == 3
    assert marks(folder) == undisturbed
    return said.err


@pytest.mark.parametrize("count", [0, 7])
def test_the_disk_is_full_for_the_files(folder: Path, undisturbed: Files, count: int) -> None:
    assert "No space left" in disturbed(folder, full_after(count), undisturbed)


@pytest.mark.parametrize("size", [0, 60_000])
def test_the_disk_is_full_for_the_store(folder: Path, undisturbed: Files, size: int) -> None:
    assert "marks.sqlite: the marks cannot be kept" in disturbed(folder, starved(size), undisturbed)


@pytest.mark.parametrize(
    ("how", "code", "at_once"),
    [(signal.SIGINT, 130, 1), (signal.SIGTERM, 143, 2), (signal.SIGHUP, 129, 16)],
)
def test_stopping_loses_nothing(
    folder: Path,
    undisturbed: Files,
    monkeypatch: pytest.MonkeyPatch,
    how: signal.Signals,
    code: int,
    at_once: int,
) -> None:
    monkeypatch.setattr(marking, "AT_ONCE", at_once)
    said = disturbed(folder, stopped_after(2, how), undisturbed, code=code)
    assert " of 4 files are read and marked." in said
    assert said.strip().endswith("Stopped. Nothing was lost; call the command again to go on.")


@pytest.mark.parametrize(
    ("what", "mode", "says"),
    [("exam/marks", 0o500, "Permission denied"), ("exam/record", 0o500, "the marks cannot be kept")],
)
def test_a_folder_that_cannot_be_written(
    folder: Path, undisturbed: Files, what: str, mode: int, says: str
) -> None:
    (folder / what).mkdir(exist_ok=True)
    before = (folder / what).stat().st_mode
    (folder / what).chmod(mode)
    said = grade(folder, before=as_anybody).outcome()
    assert (said.code, said.err.count("\n")) == (1, 1), said.err
    assert says in said.err
    (folder / what).chmod(before)
    assert grade(folder, before=as_anybody).outcome().code == 3
    assert marks(folder) == undisturbed


def test_a_store_that_may_only_be_read(folder: Path) -> None:
    grade(folder).outcome()
    store = folder / "exam/record/marks.sqlite"
    store.chmod(0o400)
    before = marks(folder), store.read_bytes()
    said = grade(folder, before=as_anybody).outcome()
    assert (said.code, said.err.count("\n")) == (1, 1), said.err
    assert "marks.sqlite: the marks cannot be kept or read: Permission denied" in said.err
    assert (marks(folder), store.read_bytes()) == before


@pytest.mark.parametrize("same", [True, False])
def test_two_at_once_leave_what_one_after_the_other_does(
    folder: Path, undisturbed: Files, *, same: bool
) -> None:
    files = sorted((folder / "in").iterdir())
    parts = (files, files) if same else (files[::2], files[1::2])
    both = [grade(folder, *part, "--workers", 2) for part in parts]
    assert {each.outcome().code for each in both} == {3}
    assert marks(folder) == undisturbed


def test_the_clock_does_not_matter(folder: Path, undisturbed: Files) -> None:
    """Everything that was kept seems to be of the far future."""
    grade(folder).outcome()
    with closing(sqlite3.connect(folder / "exam/record/marks.sqlite")) as store, store:
        for table, column in (("result", "marked_at"), ("arrival", "arrived_at")):
            assert store.execute(f"UPDATE {table} SET {column} = '2099-01-01T00:00:00Z'").rowcount
    shutil.rmtree(folder / "exam/marks")
    assert grade(folder).outcome().code == 3
    assert marks(folder) == undisturbed


def test_a_store_of_the_release_before_is_brought_up_to_date(folder: Path, undisturbed: Files) -> None:
    grade(folder).outcome()
    as_format_2(folder / "exam/record/marks.sqlite")
    shutil.rmtree(folder / "exam/marks")
    assert grade(folder).outcome().code == 3
    assert marks(folder) == undisturbed


@pytest.mark.sweep
@pytest.mark.parametrize("count", range(16))
def test_the_disk_is_full_at_any_file(folder: Path, undisturbed: Files, count: int) -> None:
    said = grade(folder, before=full_after(count)).outcome()
    assert said.code in (1, 3)
    assert grade(folder).outcome().code == 3
    assert marks(folder) == undisturbed


@pytest.mark.sweep
@pytest.mark.parametrize("size", range(0, 400_000, 25_000))
def test_the_disk_is_full_at_any_size_of_the_store(folder: Path, undisturbed: Files, size: int) -> None:
    said = grade(folder, before=starved(size)).outcome()
    assert said.code in (1, 3)
    assert "Traceback" not in said.err
    assert grade(folder).outcome().code == 3
    assert marks(folder) == undisturbed
