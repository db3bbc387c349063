"""``marks.sqlite``: nothing double, nothing lost, also when the program is killed."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from convexam.generator.errors import OutputError
from convexam.grader.records.store import Entry, opened

ENTRY = Entry(
    sha256="aa", student="ada", paper="P", source="ada.yaml", data=b"answers",
    exam_sha256="ee", convexam="1", points="3/2", record='{"n": 1}',
)  # fmt: skip

KEEP_MANY = """
import sys
from pathlib import Path
from convexam.grader.records.store import Entry, opened
with opened(Path(sys.argv[1])) as store:
    for number in range(400):
        name = f"s{number:03}"
        store.keep(Entry(name, name, "P", name, b"x" * 500, "ee", "1", "1", name))
        print(name, flush=True)
"""


def test_the_same_result_is_kept_once(tmp_path: Path) -> None:
    for _ in range(2):
        with opened(tmp_path / "m.sqlite") as store:
            store.keep(ENTRY)
            assert store.latest("ee") == ['{"n": 1}']
            assert store.latest("other exam") == []


def test_the_newest_submission_counts_and_the_old_one_stays(tmp_path: Path) -> None:
    file = tmp_path / "m.sqlite"
    with opened(file) as store:
        store.keep(ENTRY)
        store.keep(replace(ENTRY, sha256="bb", record="second"))
        store.keep(ENTRY)
        store.keep(replace(ENTRY, sha256="cc", student="bob", record="bob's"))
        assert store.latest("ee") == ["second", "bob's"]
    assert sqlite3.connect(file).execute("SELECT count(*) FROM submission").fetchone() == (3,)


@pytest.mark.skipif(os.name != "posix", reason="other systems keep no such permissions")
def test_the_store_is_private(tmp_path: Path) -> None:
    with opened(tmp_path / "m.sqlite") as store:
        store.keep(ENTRY)
        assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.iterdir())


def test_what_is_no_store_is_named(tmp_path: Path) -> None:
    file = tmp_path / "m.sqlite"
    file.write_bytes(b"not a database, but long enough to be taken for one" * 50)
    with (
        pytest.raises(OutputError, match=r"m\.sqlite: the marks cannot be kept: file is not a database"),
        opened(file),
    ):
        pass


def test_a_store_of_another_release_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "m.sqlite"
    sqlite3.connect(file).execute("PRAGMA user_version = 99")
    with pytest.raises(OutputError, match="written by another release"), opened(file):
        pass


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """What was reported as kept is there after ``kill -9``, and running again completes it."""
    file = tmp_path / "m.sqlite"
    moments = random.Random(7)
    for _ in range(5):
        with subprocess.Popen(
            [sys.executable, "-c", KEEP_MANY, str(file)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            text=True,
        ) as process:
            assert process.stdout is not None
            reported = [process.stdout.readline().strip()]
            time.sleep(moments.uniform(0, 0.05))
            os.kill(process.pid, signal.SIGKILL)
            reported += process.stdout.read().split()
        with opened(file) as store:
            kept = store.latest("ee")
        assert set(reported[:-1]) <= set(kept)
        connection = sqlite3.connect(file)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM submission").fetchone() == (len(kept),)
        connection.close()
