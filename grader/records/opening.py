"""How ``marks.sqlite`` is opened: by one command at a time, and so that no power cut harms it.

The lock is SQLite's own and ends with the process that holds it. As nobody shares the file meanwhile, its
write-ahead log needs no memory shared between processes, which network drives do not have.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from ...generator.errors import OutputError

SECONDS = 2
"""For which the lock is asked for before anybody is told; some commands hold it for a moment only."""


def connected(file: Path, wait: Callable[[], None] | None = None) -> sqlite3.Connection:
    """Open a store for this process alone, or make it, readable by its owner only.

    Parameters
    ----------
    file
        Where it is, or shall be.
    wait
        What is called, once, if another process works on it and will be waited for.

    Raises
    ------
    OutputError
        If another process works on it and nobody waits.
    OSError, sqlite3.Error
        If it cannot be opened or written, or is no store.
    """
    file.touch(mode=0o600)
    connection = sqlite3.connect(file, timeout=SECONDS)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        while not _locked(connection):
            if wait is None:
                raise OutputError(
                    f"{file}: another command works on these marks; call this one again after it"
                )
            wait()
            wait = _nobody
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _locked(connection: sqlite3.Connection) -> bool:
    """Take the lock, which is kept until the connection is closed; say whether that was possible."""
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _nobody() -> None:
    """Tell nobody again."""
