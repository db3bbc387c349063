"""Opening a store: one command at a time, on any drive, whoever was killed before."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest

from convexam.generator import in_turn
from convexam.generator.errors import OutputError
from convexam.grader.records.opening import connected

HOLD = """
import sys, time
from pathlib import Path
from convexam.grader.records.opening import connected
store = connected(Path(sys.argv[1]))
store.execute("CREATE TABLE IF NOT EXISTS mark (points)")
store.execute("INSERT INTO mark VALUES (3)")
store.commit()
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_turn, "SECONDS", 0.05)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "marks.sqlite"


def test_one_command_at_a_time(file: Path) -> None:
    with closing(connected(file)), pytest.raises(OutputError, match="another command works on these marks"):
        connected(file)
    connected(file).close()


def test_who_waits_is_told_once(file: Path) -> None:
    first = sqlite3.connect(file, check_same_thread=False)
    first.execute("BEGIN EXCLUSIVE")
    told: list[str] = []

    def wait() -> None:
        told.append("waiting")
        Timer(0.2, first.close).start()

    connected(file, wait).close()
    assert told == ["waiting"]


def test_a_killed_command_holds_nothing(file: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, file], stdout=subprocess.PIPE)
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(OutputError):
            connected(file)
        holder.kill()
    with closing(connected(file)) as store:
        assert store.execute("SELECT points FROM mark").fetchall() == [(3,)]


def test_no_memory_is_shared(file: Path) -> None:
    with closing(connected(file)) as store:
        store.execute("CREATE TABLE mark (points)")
        assert {each.name for each in file.parent.iterdir()} == {"marks.sqlite", "marks.sqlite-wal"}
        assert store.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert store.execute("PRAGMA synchronous").fetchone() == (2,)


def test_what_another_program_opened_can_be_opened(file: Path) -> None:
    with closing(sqlite3.connect(file)) as other:  # an earlier release, or somebody who has a look
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE mark (points)")
        other.commit()
        with pytest.raises(OutputError):
            connected(file)
    connected(file).close()


def test_only_the_owner_may_read_it(file: Path) -> None:
    connected(file).close()
    assert file.stat().st_mode & 0o777 == 0o600


def test_its_mode_stays(file: Path) -> None:
    connected(file).close()
    file.chmod(0o640)
    connected(file).close()
    assert file.stat().st_mode & 0o777 == 0o640


def test_what_is_no_store_is_left_alone(file: Path) -> None:
    file.write_text("a letter" * 1_000)
    with pytest.raises(sqlite3.DatabaseError):
        connected(file)
    assert file.read_text() == "a letter" * 1_000
