"""Stores as earlier releases made them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

FORMAT_1 = """
CREATE TABLE submission (
  sha256 TEXT NOT NULL, student TEXT NOT NULL, paper TEXT NOT NULL, source TEXT NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (sha256, student, paper)
) STRICT;
CREATE TABLE result (
  id INTEGER PRIMARY KEY,
  submission TEXT NOT NULL, student TEXT NOT NULL, paper TEXT NOT NULL,
  exam_sha256 TEXT NOT NULL, paper_sha256 TEXT NOT NULL, convexam TEXT NOT NULL, record TEXT NOT NULL,
  UNIQUE (submission, student, paper, exam_sha256, paper_sha256, convexam),
  FOREIGN KEY (submission, student, paper) REFERENCES submission (sha256, student, paper)
) STRICT;
CREATE TABLE marking (
  id INTEGER PRIMARY KEY, student TEXT NOT NULL, result INTEGER NOT NULL REFERENCES result (id)
) STRICT;
CREATE INDEX marking_of_student ON marking (student, id);
PRAGMA user_version = 1;
"""
FORMAT_2 = (
    FORMAT_1
    + """
CREATE TABLE judgement (
  id INTEGER PRIMARY KEY,
  student TEXT NOT NULL, paper TEXT NOT NULL, item TEXT NOT NULL, field TEXT NOT NULL, sha256 TEXT NOT NULL,
  points TEXT, remark TEXT NOT NULL, said_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;
CREATE INDEX judgement_of_student ON judgement (student, id);
CREATE TABLE override (
  id INTEGER PRIMARY KEY,
  student TEXT NOT NULL, paper TEXT NOT NULL, item TEXT NOT NULL,
  points TEXT, reason TEXT NOT NULL, said_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;
CREATE INDEX override_of_student ON override (student, id);
CREATE TABLE settled (
  id INTEGER PRIMARY KEY,
  result INTEGER NOT NULL REFERENCES result (id), said INTEGER NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE INDEX settled_of_result ON settled (result, id);
PRAGMA user_version = 2;
"""
)


def as_format_2(file: Path) -> None:
    """Turn a store of today into what the release before would have made of the same runs."""
    old = file.with_suffix(".old")
    connection = sqlite3.connect(old)
    connection.executescript(FORMAT_2)
    connection.execute("ATTACH ? AS now", (str(file),))
    columns = "id, submission, student, paper, exam_sha256, paper_sha256, convexam, record"
    for table, what in (
        ("submission", "*"), ("result", columns), ("settled", "*"), ("judgement", "*"), ("override", "*"),
    ):  # fmt: skip
        connection.execute(f"INSERT INTO {table} SELECT {what} FROM now.{table}")
    connection.execute("INSERT INTO marking (student, result) SELECT student, id FROM result ORDER BY id")
    connection.commit()
    connection.close()
    for ending in ("", "-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
    old.rename(file)
