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
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from convexam.generator.errors import OutputError
from convexam.grader.intake.arrival import Arrival
from convexam.grader.intake.handed_in import Outcome, Platform, Sender
from convexam.grader.records.entry import Basis, Entry, Submitted
from convexam.grader.records.people import Answered, Judgement, Override, Said
from convexam.grader.records.schema import FORMAT
from convexam.grader.records.store import Store, opened

from .earlier import FORMAT_1, FORMAT_2

ADA = Submitted("aa", "ada", "P")
BOB = Submitted("bb", "bob", "P")
BASIS = Basis("ee")
ENTRY = Entry(
    submitted=ADA, source="ada.yaml", data=b"answers", basis=BASIS, paper_sha256="pp", convexam="1",
    record='{"n": 1}',
)  # fmt: skip
ARRIVAL = Arrival("ada.yaml", "aa", Outcome.READ, "ada", "P", notes=("odd",))
SENDER = Sender(Platform.CANVAS, "17", "Zoë", "z@example.org", 4711, late=True)

KEEP_MANY = """
import sys
from pathlib import Path
from convexam.grader.records.entry import Basis, Entry, Submitted
from convexam.grader.records.store import opened
with opened(Path(sys.argv[1])) as store:
    for number in range(400):
        name = f"s{number:03}"
        store.keep((), [Entry(Submitted(name, name, "P"), name, b"x" * 500, Basis("ee"), "pp", "1", name)])
        print(name, flush=True)
"""


def records(store: Store) -> list[str]:
    rows = store.connection.execute(
        "SELECT MAX(id) FROM result WHERE exam_sha256 = 'ee' AND rules = ''"
        " GROUP BY submission, student, paper"
    )
    return [store.record(result) for (result,) in rows]


def result_of_ada(store: Store) -> int:
    result = store.result_of(ADA, BASIS)
    assert result is not None
    return result


def test_the_same_result_is_kept_once(tmp_path: Path) -> None:
    for _ in range(2):
        with opened(tmp_path / "m.sqlite") as store:
            store.keep([ARRIVAL], [ENTRY])
            assert records(store) == ['{"n": 1}']
            assert store.result_of(ADA, Basis("other exam")) is None
            assert store.result_of(ADA, Basis("ee", "other rules")) is None
            assert store.bytes_of(ADA) == b"answers"
            assert store.submission_of(result_of_ada(store)) == (ADA, b"answers")
            assert store.arrivals() == [replace(ARRIVAL, number=1)]


def test_the_latest_result_of_a_submission_holds_and_nothing_is_lost(tmp_path: Path) -> None:
    file = tmp_path / "m.sqlite"
    with opened(file) as store:
        store.keep((), [ENTRY])
        store.keep((), [replace(ENTRY, paper_sha256="qq", record="by the new key")])
        store.keep((), [replace(ENTRY, submitted=BOB, record="bob's")])
        store.keep((), [replace(ENTRY, submitted=BOB, record="by rules", basis=Basis("ee", "rules"))])
        assert records(store) == ["by the new key", "bob's"]
        assert store.last_record(BOB) == "by rules"
        assert store.last_record(Submitted("cc", "bob", "P")) is None
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM submission").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM result").fetchone() == (4,)


def test_an_arrival_is_as_it_was(tmp_path: Path) -> None:
    sent = replace(ARRIVAL, source="zip: a", sender=SENDER, is_row=True)
    with opened(tmp_path / "m.sqlite") as store:
        assert store.keep([ARRIVAL, sent]) == [1, 2]
        assert store.keep([sent, CONTESTED, ARRIVAL]) == [2, 1, 1]  # that of the first time
        assert store.arrivals() == [replace(ARRIVAL, number=1), replace(sent, number=2)]


EMPTY = replace(ARRIVAL, sha256="", outcome=Outcome.EMPTY, student="", paper="")
CONTESTED = replace(ARRIVAL, outcome=Outcome.CONTESTED)
ROW = replace(ARRIVAL, source="class.csv row 2", is_row=True)
CORRECTED = replace(ROW, sha256="bb")
UNTYPED = replace(ROW, sha256="cc", outcome=Outcome.NOT_TYPED)
ANOTHER = replace(ARRIVAL, sha256="bb")
CRASHED = replace(ARRIVAL, outcome=Outcome.CRASHED, student="", paper="")
ROW_CRASHED = replace(CRASHED, source=ROW.source, is_row=True)
KNOWN = replace(ARRIVAL, known=True)
THEIRS = replace(KNOWN, outcome=Outcome.NOT_THEIRS, student="")


@pytest.mark.parametrize(
    ("arrived", "holds"),
    [
        ([ARRIVAL, ARRIVAL], [(1, ARRIVAL)]),
        ([ARRIVAL, CONTESTED, ARRIVAL], [(1, ARRIVAL)]),
        ([ARRIVAL, CONTESTED], [(1, CONTESTED)]),
        ([ARRIVAL, ANOTHER, ARRIVAL], [(1, ARRIVAL), (2, ANOTHER)]),
        ([EMPTY, ARRIVAL], [(2, ARRIVAL)]),
        ([ARRIVAL, EMPTY], [(1, ARRIVAL), (2, EMPTY)]),
        ([EMPTY, ARRIVAL, EMPTY], [(1, EMPTY), (2, ARRIVAL)]),
        ([ROW, CORRECTED], [(2, CORRECTED)]),
        ([ROW, CORRECTED, ROW], [(1, ROW)]),
        ([ROW, UNTYPED], [(1, ROW), (2, UNTYPED)]),
        ([ARRIVAL, CRASHED], [(1, ARRIVAL)]),
        ([CRASHED, ARRIVAL], [(1, ARRIVAL)]),
        ([ROW, CORRECTED, ROW_CRASHED], [(1, ROW)]),
        ([KNOWN, ARRIVAL], [(1, KNOWN)]),
        ([ARRIVAL, KNOWN], [(1, KNOWN)]),
        ([THEIRS, ARRIVAL], [(1, THEIRS)]),
        ([THEIRS, KNOWN], [(1, KNOWN)]),
        ([KNOWN, replace(THEIRS, known=False)], [(1, replace(THEIRS, known=False))]),
    ],
)
def test_which_arrivals_hold(
    tmp_path: Path, arrived: list[Arrival], holds: list[tuple[int, Arrival]]
) -> None:
    with opened(tmp_path / "m.sqlite") as store:
        for arrival in arrived:
            store.keep([arrival])
        assert store.arrivals() == [replace(arrival, number=number) for number, arrival in holds]


@pytest.mark.skipif(os.name != "posix", reason="other systems keep no such permissions")
def test_the_store_is_private(tmp_path: Path) -> None:
    with opened(tmp_path / "m.sqlite") as store:
        store.keep((), [ENTRY])
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
            store.keep((), [replace(ENTRY, submitted=replace(ADA, sha256=sha256))])
        assert store.said("ada").judgements == {ANSWER: Judgement(Fraction(3))}


def test_what_is_settled_says_how_much_people_had_said(tmp_path: Path) -> None:
    with opened(tmp_path / "m.sqlite") as store:
        store.keep((), [ENTRY])
        result = result_of_ada(store)
        assert (store.settled(result), store.said_count("ada")) == (None, 0)
        for said, record in ((0, "machine"), (1, "with the mark"), (1, "with the mark"), (2, "machine")):
            store.settle(result, said, record)
            assert (store.settled(result), store.record(result)) == ((said, record), record)
        assert list(store.records()) == ["machine", "with the mark", "machine"]
        judge(store, "3")
        store.override("ada", "P", "a1", Override(Fraction(1), "why"))
        store.override("bob", "P", "a1", Override(Fraction(1), "why"))
        assert store.said_count("ada") == 2


def test_of_what_files_were_made(tmp_path: Path) -> None:
    with opened(tmp_path / "m.sqlite") as store:
        for made_of in ("1", "2"):
            store.publish("ada", made_of)
        store.publish("bob", "1")
        assert store.published() == {"ada": "2", "bob": "1"}
        store.publish("bob", None)
        assert store.published() == {"ada": "2"}


def test_files_that_are_being_written_are_made_of_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "m.sqlite") as store:
        store.keep((), [ENTRY])
        result = result_of_ada(store)
        store.publishing([("bob", "1")], [("ada", result, 0, "settled")])
        assert (store.published(), store.record(result)) == ({"bob": "1", "ada": ""}, "settled")
        store.publishing([("ada", "1")])
        assert store.published() == {"bob": "1", "ada": "1"}


def test_changes_grow_when_something_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path / "m.sqlite") as store:
        before = store.changes
        assert (store.arrivals(), store.changes) == ([], before)
        store.keep((), [ENTRY])
        assert store.changes > before


def test_all_or_nothing_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path / "m.sqlite") as store:
        with suppress(KeyError), store.alone():
            store.judge(ANSWER, Judgement(Fraction(1)))
            raise KeyError
        assert store.judgements() == {}


def test_two_runs_at_once_wait_for_each_other(tmp_path: Path) -> None:
    file = tmp_path / "m.sqlite"
    order: list[str] = []

    def second() -> None:
        with opened(file) as store:
            order.append(f"second sees {len(store.judgements())}")

    thread = threading.Thread(target=second)
    with opened(file) as store:
        thread.start()
        with store.alone():
            time.sleep(0.2)
            store.judge(ANSWER, Judgement(Fraction(1)))
        order.append("first")
    thread.join()
    assert order == ["first", "second sees 1"]


def test_two_runs_at_once_bring_one_store_up_to_date(tmp_path: Path) -> None:
    file = tmp_path / "m.sqlite"
    for _ in range(20):
        file.unlink(missing_ok=True)
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(FORMAT_2)

        def run() -> None:
            with opened(file) as store:
                store.keep([ARRIVAL], [ENTRY])

        with ThreadPoolExecutor(2) as threads:
            for run_ in [threads.submit(run) for _ in range(2)]:
                run_.result()
        with opened(file) as store:
            assert len(store.arrivals()) == len(records(store)) == 1


@pytest.mark.parametrize("script", [FORMAT_1, FORMAT_2])
def test_a_store_of_an_earlier_release_becomes_one_of_this(tmp_path: Path, script: str) -> None:
    """Made by the statements of that release; what was marked last is what arrived last."""
    file = tmp_path / "m.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(script)
        connection.executescript(
            """
            INSERT INTO submission VALUES ('aa', 'ada', 'P', 'ada.yaml', x'616e7377657273');
            INSERT INTO submission VALUES ('bb', 'ada', 'P', 'class.csv row 3', x'616e7377657273');
            INSERT INTO result VALUES (1, 'aa', 'ada', 'P', 'ee', 'pp', '1', 'of the machine');
            INSERT INTO result VALUES (2, 'bb', 'ada', 'P', 'ee', 'pp', '1', 'of the row');
            INSERT INTO marking VALUES (1, 'ada', 1), (2, 'ada', 2), (3, 'ada', 1);
            """
        )
    for _ in range(2):
        with opened(file) as store:
            assert [(each.source, each.is_row) for each in store.arrivals()] == [
                ("class.csv row 3", True),
                ("ada.yaml", False),
            ]
            assert records(store) == ["of the machine", "of the row"]
            assert store.bytes_of(ADA) == b"answers"
    with opened(file) as store:
        judge(store, "1")
        store.settle(1, 1, "settled")
        assert records(store) == ["settled", "of the row"]
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
