"""``marks.sqlite``: every submission as handed in, and every result it was given.

Rows are added and never changed. A submission is known by the digest of its bytes and by whose it is;
marking it again with the same record and release adds nothing, so a run that was killed is simply run again.
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
  submission TEXT NOT NULL, student TEXT NOT NULL, paper TEXT NOT NULL,
  exam_sha256 TEXT NOT NULL, convexam TEXT NOT NULL, points TEXT NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (submission, student, paper, exam_sha256, convexam),
  FOREIGN KEY (submission, student, paper) REFERENCES submission (sha256, student, paper)
) STRICT;
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
    convexam: str
    points: str
    record: str


class Store:
    """An open ``marks.sqlite``; use `opened`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def keep(self, entry: Entry) -> None:
        """Add a submission and its result in one transaction; what is there already stays."""
        with self._connection:
            self._connection.execute(
                "INSERT OR IGNORE INTO submission VALUES (?, ?, ?, ?, ?)",
                (entry.sha256, entry.student, entry.paper, entry.source, entry.data),
            )
            self._connection.execute(
                "INSERT OR IGNORE INTO result VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    entry.sha256,
                    entry.student,
                    entry.paper,
                    entry.exam_sha256,
                    entry.convexam,
                    entry.points,
                    entry.record,
                ),
            )

    def latest(self, exam_sha256: str) -> list[str]:
        """Return each student's newest JSON record for this exam, in the order of their ids."""
        rows = self._connection.execute(
            "SELECT record, MAX(rowid) FROM result WHERE exam_sha256 = ? GROUP BY student ORDER BY student",
            (exam_sha256,),
        )
        return [record for record, _ in rows]


@contextmanager
def opened(file: Path) -> Iterator[Store]:
    """Open the store, or make it; readable by its owner only.

    Raises
    ------
    OutputError
        If the file cannot be opened or written, is no store, or belongs to a newer release.
    """
    try:
        with closing(sqlite3.connect(file, timeout=30)) as connection:
            file.chmod(0o600)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA journal_mode = WAL")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version not in (0, _VERSION):
                raise OutputError(f"{file}: was written by another release (format {version})")
            connection.executescript(_SCHEMA)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
            yield Store(connection)
    except (sqlite3.Error, OSError) as error:
        raise OutputError(
            f"{file}: the marks cannot be kept: {error}. What was kept before is safe."
        ) from error
