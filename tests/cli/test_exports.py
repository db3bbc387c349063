"""Exports on many cores, and what becomes of their files when something goes wrong on the way."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from convexam.cli import exporting  # noqa: F401 - so that forks need not import it
from convexam.generator.export.spool import Spool

from .conftest import Run
from .crash import Child, replaced_after, starved
from .lab import lab

KINDS = ("moodle", "canvas", "qti")
BEFORE = {"moodle": b"<?xml an older file", "canvas": b"PK\3\4 an older file", "qti": b"PK\3\4 an older file"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lab(lambda *call: Child(*call).outcome(), tmp_path_factory.mktemp("lab"), students=5)


@pytest.mark.parametrize("kind", KINDS)
def test_the_number_of_workers_changes_nothing(run: Run, folder: Path, tmp_path: Path, kind: str) -> None:
    made = []
    for workers in (1, 3):
        file = tmp_path / f"{workers}.out"
        done = run("export", kind, folder, "--workers", workers, "--out", file)
        assert done.code == 0, done.err
        made.append((done.out.replace(str(file), "FILE"), file.read_bytes()))
    assert made[0] == made[1]


def stopped() -> None:
    """Let somebody press Ctrl-C while papers come in."""
    replaced_after(Spool, "keep", 2, lambda: os.kill(os.getpid(), signal.SIGINT))


@pytest.mark.parametrize(("disturb", "code"), [(stopped, 130), (starved(4096), 1)], ids=["Ctrl-C", "full"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_older_file_stays_until_the_new_one_is_whole(
    folder: Path, tmp_path: Path, kind: str, disturb: Callable[[], None], code: int
) -> None:
    file = tmp_path / "out"
    file.write_bytes(BEFORE[kind])
    done = Child("export", kind, folder, "--workers", 1, "--out", file, before=disturb).outcome()
    assert (done.code, file.read_bytes(), os.listdir(tmp_path)) == (code, BEFORE[kind], ["out"]), done.err


@pytest.mark.usefixtures("nobody_survives")
def test_a_paper_that_no_worker_survives_is_named(run: Run, folder: Path, tmp_path: Path) -> None:
    done = run("export", "moodle", folder, "--out", tmp_path / "out")
    assert (done.code, os.listdir(tmp_path)) == (1, [])
    assert done.err.startswith("the export of the paper ")
    assert done.err.endswith(" could not be made: out of memory\n")


def test_what_a_killed_export_left_behind_goes(run: Run, folder: Path) -> None:
    lms = folder / "lms"
    lms.mkdir(exist_ok=True)
    (lms / ".lab.moodle.xml.xyz.4194305.part").write_text("half of all answers")
    assert run("export", "moodle", folder, "--workers", 1).code == 0
    assert not list(lms.glob(".*"))
