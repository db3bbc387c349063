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
from convexam.grader.records.store import Entry, Store, opened

ENTRY = Entry(
    sha256="aa", student="ada", paper="P", source="ada.yaml", data=b"answers",
    exam_sha256="ee", paper_sha256="pp", convexam="1", record='{"n": 1}', settled='{"n": 1}',
)  # fmt: skip

KEEP_MANY = """
import sys
from pathlib import Path
from convexam.grader.records.store import Entry, opened
with opened(Path(sys.argv[1])) as store:
    for number in range(400):
        name = f"s{number:03}"
        store.keep(Entry(name, name, "P", name, b"x" * 500, "ee", "pp", "1", name, name))
        print(name, flush=True)
"""


def records(store: Store) -> list[str]:
    return [each.record for each in store.counting("ee")]


def test_the_same_result_is_kept_once(tmp_path: Path) -> None:
    for _ in range(2):
        with opened(tmp_path / "m.sqlite") as store:
            store.keep(ENTRY)
            assert records(store) == ['{"n": 1}']
            assert store.counting("other exam") == []


def test_what_was_marked_last_counts_and_nothing_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "m.sqlite"
    with opened(file) as store:
        store.keep(ENTRY)
        store.keep(replace(ENTRY, sha256="bb", settled="second"))
        store.keep(ENTRY)
        store.keep(replace(ENTRY, sha256="cc", student="bob", settled="bob's"))
        store.keep(replace(ENTRY, sha256="dd", student="bob", settled="another exam's", exam_sha256="ff"))
        store.keep(replace(ENTRY, sha256="cc", student="bob", settled="bob's"))
        assert records(store) == ['{"n": 1}', "bob's"]
    assert sqlite3.connect(file).execute("SELECT count(*) FROM submission").fetchone() == (4,)


def test_a_corrected_key_is_another_result(tmp_path: Path) -> None:
    with opened(tmp_path / "m.sqlite") as store:
        store.keep(ENTRY)
        store.keep(replace(ENTRY, paper_sha256="qq", settled="by the new key"))
        assert records(store) == ["by the new key"]
        counting = store.of_student("ada", "ee")
        assert counting is not None
        assert (counting.source, counting.sha256) == ("ada.yaml", "aa")
        assert store.of_student("nobody", "ee") is None


@pytest.mark.skipif(os.name != "posix", reason="other systems keep no such permissions")
def test_the_store_is_private(tmp_path: Path) -> None:
    with opened(tmp_path / "m.sqlite") as store:
        store.keep(ENTRY)
        assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.iterdir())


def test_what_is_no_store_is_named(tmp_path: Path) -> None:
    file = tmp_path / "m.sqlite"
    file.write_bytes(b"not a database, but long enough to be taken for one" * 50)
    with (
        pytest.raises(
            OutputError, match=r"m\.sqlite: the marks cannot be kept or read: file is not a database"
        ),
        opened(file),
    ):
        pass


def test_a_store_of_another_release_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "m.sqlite"
    sqlite3.connect(file).execute("PRAGMA user_version = 99")
    with pytest.raises(OutputError, match="written by a later release"), opened(file):
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
            kept = records(store)
        assert set(reported[:-1]) <= set(kept)
        connection = sqlite3.connect(file)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM submission").fetchone() == (len(kept),)
        connection.close()
