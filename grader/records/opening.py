"""How ``marks.sqlite`` is opened: by one command at a time, and so that no power cut harms it.

The lock is SQLite's own and ends with the process that holds it. As nobody shares the file meanwhile, its
write-ahead log needs no memory shared between processes, which network drives do not have.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from ...generator.errors import OutputError
from ...generator.in_turn import in_turn


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
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))  # says plainly what SQLite would not

    def refuse() -> None:
        raise OutputError(
            f"{file}: another command works on these marks, or a program has them open; "
            "call this command again when that has ended"
        )

    return in_turn(lambda: _alone(file), wait or refuse)


def _alone(file: Path) -> sqlite3.Connection | None:
    """Open a store and take the lock, which is kept until it is closed; None where somebody else has it."""
    connection = sqlite3.connect(file, timeout=0)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        connection.close()  # a failed attempt would keep others from theirs
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            return None
        raise
    return connection
