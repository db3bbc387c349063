"""``marks.sqlite``: every submission as handed in, every result, what people said, and what counts.

Rows are added and never changed. A submission is known by the digest of its bytes and by whose it is; a
result by the submission, the records it was marked against, and the release. What was marked last counts:
marking a file again adds no second result, so a run that was killed is simply run again.

A result is what the machine makes of a submission, and stays as it is. What people say has tables of its own,
which no marking touches. Both together are settled: the record that counts. As it says how much had been said
by then, a settled record that is out of date shows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from ...generator.errors import OutputError
from .people import Answered, Judgement, Override, Said

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
CREATE TABLE IF NOT EXISTS judgement (
  id INTEGER PRIMARY KEY,
  student TEXT NOT NULL, paper TEXT NOT NULL, item TEXT NOT NULL, field TEXT NOT NULL, sha256 TEXT NOT NULL,
  points TEXT, remark TEXT NOT NULL, said_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;
CREATE INDEX IF NOT EXISTS judgement_of_student ON judgement (student, id);
CREATE TABLE IF NOT EXISTS override (
  id INTEGER PRIMARY KEY,
  student TEXT NOT NULL, paper TEXT NOT NULL, item TEXT NOT NULL,
  points TEXT, reason TEXT NOT NULL, said_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;
CREATE INDEX IF NOT EXISTS override_of_student ON override (student, id);
CREATE TABLE IF NOT EXISTS settled (
  id INTEGER PRIMARY KEY,
  result INTEGER NOT NULL REFERENCES result (id), said INTEGER NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS settled_of_result ON settled (result, id);
"""
_LATEST = """
SELECT last.student, result.paper, submission.sha256, submission.source,
  COALESCE(settled.record, result.record), last.id,
  settled.said IS NOT (SELECT COUNT(*) FROM judgement WHERE student = last.student)
    + (SELECT COUNT(*) FROM override WHERE student = last.student)
FROM (SELECT student, MAX(id) AS id FROM marking GROUP BY student) AS last
JOIN marking ON marking.id = last.id
JOIN result ON result.id = marking.result
JOIN submission ON submission.sha256 = result.submission
  AND submission.student = result.student AND submission.paper = result.paper
LEFT JOIN settled ON settled.id = (SELECT MAX(id) FROM settled WHERE settled.result = result.id)
"""
_RESULT = """
SELECT id FROM result WHERE submission = ? AND student = ? AND paper = ?
  AND exam_sha256 = ? AND paper_sha256 = ? AND convexam = ?
"""
_LAST_MARKING = "SELECT MAX(id) FROM marking WHERE student = ?"
_LAST_SETTLED = "SELECT said, record FROM settled WHERE result = ? ORDER BY id DESC LIMIT 1"
_COUNT = """
SELECT (SELECT COUNT(*) FROM judgement WHERE student = ?1)
  + (SELECT COUNT(*) FROM override WHERE student = ?1)
"""
_JUDGEMENTS = """
SELECT student, paper, item, field, sha256, points, remark FROM judgement
WHERE id IN (SELECT MAX(id) FROM judgement GROUP BY student, paper, item, field, sha256)
"""
_JUDGEMENTS_OF = """
SELECT student, paper, item, field, sha256, points, remark FROM judgement
WHERE id IN (SELECT MAX(id) FROM judgement WHERE student = ? GROUP BY paper, item, field, sha256)
"""
_OVERRIDES_OF = """
SELECT paper, item, points, reason FROM override
WHERE id IN (SELECT MAX(id) FROM override WHERE student = ? GROUP BY paper, item)
"""
_VERSION = 2


@dataclass(frozen=True)
class Entry:
    """One submission with the result it was given.

    Attributes
    ----------
    record
        The student's JSON record as the machine marked it.
    settled, said
        The record with what people said, and how often they had said something by then.
    """

    sha256: str
    student: str
    paper: str
    source: str
    data: bytes
    exam_sha256: str
    paper_sha256: str
    convexam: str
    record: str
    settled: str
    said: int = 0


@dataclass(frozen=True)
class Counting:
    """The result of a student that counts.

    Attributes
    ----------
    student, paper
        Whose it is.
    sha256, source
        The digest of the file that it came from, and where that was.
    record
        The settled JSON record.
    marking
        The number of the marking that made it count.
    outdated
        Not 0 where people have said something since, or a release without settled records marked it.
    """

    student: str
    paper: str
    sha256: str
    source: str
    record: str
    marking: int
    outdated: int


class Store:
    """An open ``marks.sqlite``; use `opened`."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self._file = file

    # -- submissions and results -----------------------------------------------------------------

    def keep(self, entry: Entry, *, instead: Counting | None = None) -> bool:
        """Add a submission and its result in one transaction, and let it count.

        Parameters
        ----------
        entry
            What to add.
        instead
            Only if this still counts; then the outcome says whether it did.
        """
        result = (
            entry.sha256, entry.student, entry.paper, entry.exam_sha256, entry.paper_sha256, entry.convexam,
        )  # fmt: skip
        with self.alone():
            (last,) = self._connection.execute(_LAST_MARKING, (entry.student,)).fetchone()
            if instead is not None and instead.marking != last:
                return False
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
            (number,) = self._connection.execute(_RESULT, result).fetchone()
            self._connection.execute(
                "INSERT INTO marking (student, result) VALUES (?, ?)", (entry.student, number)
            )
            settled = (entry.said, entry.settled)
            if self._connection.execute(_LAST_SETTLED, (number,)).fetchone() != settled:
                self._connection.execute(
                    "INSERT INTO settled (result, said, record) VALUES (?, ?, ?)", (number, *settled)
                )
        return True

    def counting(self, exam_sha256: str) -> list[Counting]:
        """Return what counts for each student in this exam, in the order of their ids."""
        with _explained(self._file):
            return self._latest("WHERE result.exam_sha256 = ? ORDER BY last.student", exam_sha256)

    def before(self, exam_sha256: str) -> list[Counting]:
        """Return what counted for students who were marked last before the exam was changed to this one."""
        with _explained(self._file):
            return self._latest("WHERE result.exam_sha256 <> ? ORDER BY last.student", exam_sha256)

    def of_student(self, student: str) -> Counting | None:
        """Return what was marked last for one student, also if that was before the exam was changed."""
        with _explained(self._file):
            found = self._latest("WHERE last.student = ?", student)
            return found[0] if found else None

    def _latest(self, which: str, *values: str) -> list[Counting]:
        return [Counting(*row) for row in self._connection.execute(f"{_LATEST} {which}", values)]

    def bytes_of(self, counting: Counting) -> bytes:
        """Return the file, or the row of a class, that a result came from."""
        key = (counting.sha256, counting.student, counting.paper)
        with _explained(self._file):
            (data,) = self._connection.execute(
                "SELECT bytes FROM submission WHERE sha256 = ? AND student = ? AND paper = ?", key
            ).fetchone()
            return bytes(data)

    def records(self) -> Iterator[str]:
        """Yield all records that were ever settled, whether or not they still count."""
        with _explained(self._file):
            rows = self._connection.execute("SELECT record FROM settled ORDER BY id")
            yield from (record for (record,) in rows)

    # -- what people said ------------------------------------------------------------------------

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody else write meanwhile; all that is done inside is kept together, or none of it."""
        with _explained(self._file), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield

    def judge(self, answered: Answered, judgement: Judgement) -> None:
        """Keep a person's mark of an answer; inside `alone`."""
        with _explained(self._file):
            self._connection.execute(
                "INSERT INTO judgement (student, paper, item, field, sha256, points, remark)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*answered, _text(judgement.points), judgement.remark),
            )

    def override(self, student: str, paper: str, item: str, override: Override) -> None:
        """Keep the points of a question that a person set."""
        with _explained(self._file), self._connection:
            self._connection.execute(
                "INSERT INTO override (student, paper, item, points, reason) VALUES (?, ?, ?, ?, ?)",
                (student, paper, item, _text(override.points), override.reason),
            )

    def judgements(self) -> dict[Answered, Judgement]:
        """Return the latest judgement of every answer."""
        with _explained(self._file):
            return dict(_judgements(self._connection.execute(_JUDGEMENTS)))

    def said(self, student: str) -> Said:
        """Return what people said last about one student."""
        with _explained(self._file):
            # The count comes first: what is said while this is read makes the result outdated, not wrong.
            (count,) = self._connection.execute(_COUNT, (student,)).fetchone()
            judged = self._connection.execute(_JUDGEMENTS_OF, (student,))
            overridden = self._connection.execute(_OVERRIDES_OF, (student,))
            return Said(
                judgements=dict(_judgements(judged)),
                overrides={
                    (paper, item): Override(_points(points), reason)
                    for paper, item, points, reason in overridden
                },
                count=count,
            )


def _judgements(rows: Iterable[tuple[str | None, ...]]) -> Iterator[tuple[Answered, Judgement]]:
    for *answered, points, remark in rows:
        yield Answered(*map(str, answered)), Judgement(_points(points), str(remark))


def _points(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _text(points: Fraction | None) -> str | None:
    return None if points is None else str(points)


@contextmanager
def opened(file: Path) -> Iterator[Store]:
    """Open the store, or make it; readable by its owner only. One of an earlier release gets the new tables.

    Raises
    ------
    OutputError
        If the file cannot be opened or written, is no store, or belongs to a later release.
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
            if not 0 <= version <= _VERSION:
                raise OutputError(f"{file}: was written by a later release (format {version}); use that one")
            if version < _VERSION:
                connection.executescript(
                    f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT"
                )
        yield Store(connection, file)


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise OutputError(f"{file}: the marks cannot be kept or read: {error}") from error
