"""``marks.sqlite``: every submission as handed in, every result, and which of them counts.

Rows are added and never changed. A submission is known by the digest of its bytes and by whose it is; a
result by the submission, the records it was marked against, and the release. What was marked last counts:
marking a file again adds no second result, so a run that was killed is simply run again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ...generator.errors import OutputError

_SCHEMA = """
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
"""
_LATEST = """
SELECT result.record, submission.source, submission.sha256
FROM (SELECT student, MAX(id) AS id FROM marking GROUP BY student) AS last
JOIN marking ON marking.id = last.id
JOIN result ON result.id = marking.result
JOIN submission ON submission.sha256 = result.submission
  AND submission.student = result.student AND submission.paper = result.paper
WHERE result.exam_sha256 = ?
"""
_VERSION = 1


@dataclass(frozen=True)
class Entry:
    """One submission with the result it was given; `record` is the student's JSON record."""

    sha256: str
    student: str
    paper: str
    source: str
    data: bytes
    exam_sha256: str
    paper_sha256: str
    convexam: str
    record: str


@dataclass(frozen=True)
class Counting:
    """The result of a student that counts: the JSON record, and the file it came from."""

    record: str
    source: str
    sha256: str


class Store:
    """An open ``marks.sqlite``; use `opened`."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self._file = file

    def keep(self, entry: Entry) -> None:
        """Add a submission and its result in one transaction, and let it count."""
        result = (
            entry.sha256, entry.student, entry.paper, entry.exam_sha256, entry.paper_sha256, entry.convexam,
        )  # fmt: skip
        with _explained(self._file), self._connection:
            self._connection.execute(
                "INSERT OR IGNORE INTO submission VALUES (?, ?, ?, ?, ?)",
                (entry.sha256, entry.student, entry.paper, entry.source, entry.data),
            )
            self._connection.execute(
                "INSERT OR IGNORE INTO result"
                " (submission, student, paper, exam_sha256, paper_sha256, convexam, record)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*result, entry.record),
            )
            self._connection.execute(
                "INSERT INTO marking (student, result) SELECT student, id FROM result WHERE submission = ?"
                " AND student = ? AND paper = ? AND exam_sha256 = ? AND paper_sha256 = ? AND convexam = ?",
                result,
            )

    def counting(self, exam_sha256: str) -> list[Counting]:
        """Return what counts for each student in this exam, in the order of their ids."""
        with _explained(self._file):
            rows = self._connection.execute(f"{_LATEST} ORDER BY last.student", (exam_sha256,))
            return [Counting(*row) for row in rows]

    def of_student(self, student: str, exam_sha256: str) -> Counting | None:
        """Return what counts for one student, or None."""
        with _explained(self._file):
            rows = self._connection.execute(f"{_LATEST} AND last.student = ?", (exam_sha256, student))
            return next((Counting(*row) for row in rows), None)


@contextmanager
def opened(file: Path) -> Iterator[Store]:
    """Open the store, or make it; readable by its owner only.

    Raises
    ------
    OutputError
        If the file cannot be opened or written, is no store, or belongs to another release.
    """
    with _explained(file):
        connection = sqlite3.connect(file, timeout=30)
    with closing(connection):
        with _explained(file):
            file.chmod(0o600)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA journal_mode = WAL")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version not in (0, _VERSION):
                raise OutputError(f"{file}: was written by another release (format {version})")
            connection.executescript(_SCHEMA)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        yield Store(connection, file)


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise OutputError(f"{file}: the marks cannot be kept or read: {error}") from error
