"""The disk is full at some moment: that is said, nothing is half written, and the same call with room goes on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Outcome, filled_in, the_paper
from .crash import Child, full_after, starved
from .test_crash_safety import EXAM, STUDENTS

PLATFORMS = ("moodle", "canvas", "qti", "gradescope")
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an exam that is marked."""
    folder = tmp_path_factory.mktemp("marked")
    (folder / "exam.yaml").write_text(EXAM)
    (folder / "roster.csv").write_text("student\n" + "\n".join(STUDENTS))
    assert called(folder, "generate").outcome().code == 0
    (folder / "in").mkdir()
    for student in STUDENTS:
        (folder / f"in/{student}.yaml").write_text(filled_in(the_paper(folder / "exam", student)))
    assert Child("grade", folder / "exam", folder / "in", "--workers", 1).outcome().code == 3
    return folder


def called(folder: Path, command: str, before: Callable[[], object] = lambda: None) -> Child:
    """Call a command on the exam of a folder."""
    exam = folder / "exam"
    files = ("--exam", folder / "exam.yaml", "--students", folder / "roster.csv", "--format", "html,yaml")
    more = {
        "generate": (*files, "--seed", 1, "--out", exam, "--workers", 1),
        "feedback": (exam, "--release", "everything", "--workers", 1),
        "report": (exam, "--workers", 1),
    }
    return Child(*command.split(), *more.get(command, (exam,)), before=before)


def prepared(marked: Path, command: str, folder: Path) -> Path:
    """Return a copy of the folder without what a command writes."""
    shutil.copytree(marked, folder)
    if command == "generate":
        shutil.rmtree(folder / "exam")
    if command == "report":
        (folder / "exam/marks/report.html").unlink()
    return folder


def files_in(folder: Path) -> Files:
    exam = folder / "exam"
    return {
        str(file.relative_to(exam)): file.read_bytes()
        for file in sorted(exam.rglob("*"))
        if file.is_file() and file.name != "marks.sqlite"
    }


def undisturbed(marked: Path, command: str, folder: Path) -> Files:
    prepared(marked, command, folder)
    called(folder, command).outcome()
    return files_in(folder)


def disturbed(marked: Path, command: str, folder: Path, how: Callable[[], object], right: Files) -> Outcome:
    """Call a command on a full disk, and again with room; return what came of the first."""
    before = files_in(prepared(marked, command, folder))
    said = called(folder, command, before=how).outcome()
    assert said.code in (0, 1, 3)
    assert "Traceback" not in said.err
    assert [
        name for name, data in files_in(folder).items() if data not in (before.get(name), right.get(name))
    ] == []
    assert called(folder, command).outcome().code in (0, 3)
    assert files_in(folder) == right
    return said


@pytest.mark.parametrize("command", ["generate", "export moodle"])
def test_a_full_disk_is_told_and_costs_nothing(marked: Path, tmp_path: Path, command: str) -> None:
    right = undisturbed(marked, command, tmp_path / "right")
    said = disturbed(marked, command, tmp_path / "full", full_after(0), right).err
    assert "cannot be written: No space left on device" in said
    assert said.endswith("call the command again.\n")


@pytest.mark.sweep
@pytest.mark.parametrize(
    "command", ["generate", "feedback", "report", *(f"export {each}" for each in PLATFORMS)]
)
def test_the_disk_is_full_at_any_file(marked: Path, tmp_path: Path, command: str) -> None:
    right = undisturbed(marked, command, tmp_path / "right")
    count = 0
    while disturbed(marked, command, tmp_path / str(count), full_after(count), right).code == 1:
        count = 2 * count + 1
    assert count


@pytest.mark.sweep
@pytest.mark.parametrize("command", ["generate", *(f"export {each}" for each in PLATFORMS)])
def test_the_disk_is_full_at_any_byte(marked: Path, tmp_path: Path, command: str) -> None:
    right = undisturbed(marked, command, tmp_path / "right")
    most = max(
        len(data) for name, data in right.items() if name not in files_in(marked) or command == "generate"
    )
    for part in range(9):
        disturbed(marked, command, tmp_path / str(part), starved(most * part // 8), right)
