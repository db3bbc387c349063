"""``marks.sqlite``: nothing double, nothing lost, also when the program is killed."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from convexam.generator.errors import OutputError
from convexam.grader.records.people import Answered, Judgement, Override, Said
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
            assert store.before("other exam") == store.counting("ee")
            assert store.before("ee") == []


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
        counting = store.of_student("ada")
        assert counting is not None
        assert (counting.source, counting.sha256) == ("ada.yaml", "aa")
        assert store.of_student("nobody") is None


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


# -- what people said -------------------------------------------------------------------------------

ANSWER = Answered("ada", "P", "a1", "text", "digest")


def judge(store: Store, points: str | None, remark: str = "") -> None:
    with store.alone():
        store.judge(ANSWER, Judgement(None if points is None else Fraction(points), remark))


def test_what_was_said_last_counts_and_all_of_it_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "m.sqlite"
    with opened(file) as store:
        for points in ("1", "5/2", None, "3"):
            judge(store, points, "remark")
        assert store.judgements() == {ANSWER: Judgement(Fraction(3), "remark")}
        store.override("ada", "P", "a1", Override(Fraction(4), "first"))
        store.override("ada", "P", "a1", Override(None, "second"))
        said = store.said("ada")
        assert said.judgements == store.judgements()
        assert said.overrides == {("P", "a1"): Override(None, "second")}
        assert said.count == 6
        assert store.said("bob") == Said()
    rows = (
        sqlite3.connect(file).execute("SELECT points, reason, said_at FROM override ORDER BY id").fetchall()
    )
    assert [row[:2] for row in rows] == [("4", "first"), (None, "second")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row[2]) for row in rows)


def test_marking_never_touches_what_people_said(tmp_path: Path) -> None:
    with opened(tmp_path / "m.sqlite") as store:
        judge(store, "3")
        for sha256 in ("aa", "bb", "aa"):
            store.keep(replace(ENTRY, sha256=sha256))
        assert store.said("ada").judgements == {ANSWER: Judgement(Fraction(3))}


def test_a_result_is_outdated_as_soon_as_somebody_says_something(tmp_path: Path) -> None:
    def outdated() -> bool:
        (counting,) = store.counting("ee")
        return bool(counting.outdated)

    with opened(tmp_path / "m.sqlite") as store:
        store.keep(ENTRY)
        assert not outdated()
        judge(store, "3")
        assert outdated()
        store.keep(replace(ENTRY, settled="with the mark", said=1))
        assert (outdated(), records(store)) == (False, ["with the mark"])
        store.override("ada", "P", "a1", Override(Fraction(1), "why"))
        assert outdated()
        store.override("bob", "P", "a1", Override(Fraction(1), "why"))
        store.keep(replace(ENTRY, said=2))
        assert not outdated()


def test_all_or_nothing_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path / "m.sqlite") as store:
        with suppress(KeyError), store.alone():
            store.judge(ANSWER, Judgement(Fraction(1)))
            raise KeyError
        assert store.judgements() == {}


def test_a_result_takes_the_place_only_of_what_still_counts(tmp_path: Path) -> None:
    with opened(tmp_path / "m.sqlite") as store:
        store.keep(ENTRY)
        (before,) = store.counting("ee")
        store.keep(replace(ENTRY, sha256="bb", settled="newer"))
        assert not store.keep(replace(ENTRY, settled="older, settled"), instead=before)
        (now,) = store.counting("ee")
        assert now.record == "newer"
        assert store.keep(replace(ENTRY, sha256="bb", settled="settled"), instead=now)
        assert records(store) == ["settled"]


def test_two_runs_at_once_wait_for_each_other(tmp_path: Path) -> None:
    file = tmp_path / "m.sqlite"
    order: list[str] = []

    def second() -> None:
        with opened(file) as store, store.alone():
            order.append(f"second sees {len(store.judgements())}")

    with opened(file) as store:
        thread = threading.Thread(target=second)
        with store.alone():
            thread.start()
            time.sleep(0.2)
            store.judge(ANSWER, Judgement(Fraction(1)))
            order.append("first")
        thread.join()
    assert order == ["first", "second sees 1"]


def test_a_store_of_the_release_before_gets_the_new_tables(tmp_path: Path) -> None:
    """Made by the statements of that release; what it holds stays, and counts as outdated."""
    file = tmp_path / "m.sqlite"
    connection = sqlite3.connect(file)
    connection.executescript(FIRST_RELEASE)
    connection.executescript(
        """
        INSERT INTO submission VALUES ('aa', 'ada', 'P', 'ada.yaml', x'616e7377657273');
        INSERT INTO result VALUES (1, 'aa', 'ada', 'P', 'ee', 'pp', '1', 'of the machine');
        INSERT INTO marking VALUES (1, 'ada', 1);
        """
    )
    connection.close()
    for _ in range(2):
        with opened(file) as store:
            (counting,) = store.counting("ee")
            assert (counting.record, bool(counting.outdated)) == ("of the machine", True)
            assert store.bytes_of(counting) == b"answers"
    with opened(file) as store:
        judge(store, "1")
        store.keep(replace(ENTRY, settled="settled", said=1), instead=counting)
        assert records(store) == ["settled"]
    assert sqlite3.connect(file).execute("PRAGMA user_version").fetchone() == (2,)


FIRST_RELEASE = """
CREATE TABLE IF NOT EXISTS submission (
  sha256 TEXT NOT NULL, student TEXT NOT NULL, paper TEXT NOT NULL, source TEXT NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (sha256, student, paper)
) STRICT;
CREATE TABLE IF NOT EXISTS result (
  id INTEGER PRIMARY KEY,
  submission TEXT NOT NULL, student TEXT NOT NULL, paper TEXT NOT NULL,
  exam_sha256 TEXT NOT NULL, paper_sha256 TEXT NOT NULL, convexam TEXT NOT NULL, record TEXT NOT NULL,
  UNIQUE (submission, student, paper, exam_sha256, paper_sha256, convexam),
  FOREIGN KEY (submission, student, paper) REFERENCES submission (sha256, student, paper)
) STRICT;
CREATE TABLE IF NOT EXISTS marking (
  id INTEGER PRIMARY KEY, student TEXT NOT NULL, result INTEGER NOT NULL REFERENCES result (id)
) STRICT;
CREATE INDEX IF NOT EXISTS marking_of_student ON marking (student, id);
PRAGMA user_version = 1;
"""
