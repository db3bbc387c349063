"""The tables of ``marks.sqlite``, and how those of earlier releases become them."""

from __future__ import annotations

import sqlite3

FORMAT = 3

_RESULT = """
CREATE TABLE {name} (
  id INTEGER PRIMARY KEY,
  submission TEXT NOT NULL, student TEXT NOT NULL, paper TEXT NOT NULL,
  exam_sha256 TEXT NOT NULL, paper_sha256 TEXT NOT NULL, convexam TEXT NOT NULL,
  rules TEXT NOT NULL DEFAULT '',
  record TEXT NOT NULL,
  marked_at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  UNIQUE (submission, student, paper, exam_sha256, paper_sha256, convexam, rules),
  FOREIGN KEY (submission, student, paper) REFERENCES submission (sha256, student, paper)
) STRICT;
"""
_TABLES = """
CREATE TABLE IF NOT EXISTS submission (
  sha256 TEXT NOT NULL, student TEXT NOT NULL, paper TEXT NOT NULL, source TEXT NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (sha256, student, paper)
) STRICT;
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
CREATE TABLE IF NOT EXISTS arrival (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL, sha256 TEXT NOT NULL, outcome TEXT NOT NULL,
  student TEXT NOT NULL, paper TEXT NOT NULL,
  is_row INTEGER NOT NULL, platform TEXT, sender TEXT, name TEXT, email TEXT, attempt INTEGER, late INTEGER,
  known INTEGER NOT NULL DEFAULT 0, notes TEXT NOT NULL,
  arrived_at TEXT DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;
CREATE INDEX IF NOT EXISTS arrival_of_source ON arrival (source, sha256, id);
CREATE TABLE IF NOT EXISTS published (student TEXT PRIMARY KEY, made_of TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS rule (
  id INTEGER PRIMARY KEY, text TEXT NOT NULL, undoes INTEGER REFERENCES rule (id),
  reason TEXT NOT NULL, said_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;
CREATE TABLE IF NOT EXISTS forgotten (
  alias TEXT PRIMARY KEY, reason TEXT NOT NULL, record TEXT, person TEXT,
  forgotten_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT;
"""
# Before format 3 a result was not known by rules, and what was marked last counted.
_RESULTS_WITHOUT_RULES = """
INSERT INTO result_3
  SELECT id, submission, student, paper, exam_sha256, paper_sha256, convexam, '', record, NULL
  FROM result;
DROP TABLE result;
ALTER TABLE result_3 RENAME TO result;
INSERT INTO arrival (source, sha256, outcome, student, paper, is_row, notes, arrived_at)
  SELECT submission.source, submission.sha256, 'read', submission.student, submission.paper,
    submission.source GLOB '* row [0-9]*', '[]', NULL
  FROM marking JOIN result ON result.id = marking.result
  JOIN submission ON submission.sha256 = result.submission
    AND submission.student = result.student AND submission.paper = result.paper
  GROUP BY submission.sha256, submission.student, submission.paper ORDER BY MAX(marking.id);
DROP TABLE marking;
"""


def brought_up_to_date(connection: sqlite3.Connection) -> bool:
    """Give a store the tables of this release, all or none; say whether it is not of a later one."""
    format_ = _format(connection)
    if not 0 <= format_ <= FORMAT:
        return False
    if format_ < FORMAT:
        connection.execute("PRAGMA foreign_keys = OFF")
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            for statement in _statements(format_):
                connection.execute(statement)
    connection.execute("PRAGMA foreign_keys = ON")
    return True


def _format(connection: sqlite3.Connection) -> int:
    (format_,) = connection.execute("PRAGMA user_version").fetchone()
    return int(format_)


def _statements(format_: int) -> list[str]:
    script = _TABLES + _RESULT.format(name="result_3" if format_ else "result")
    if format_:
        script += _RESULTS_WITHOUT_RULES
    return [*script.split(";")[:-1], f"PRAGMA user_version = {FORMAT}"]
