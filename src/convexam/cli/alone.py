"""One command at a time works on the papers of an exam."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import click

from ..generator.errors import OutputError
from ..generator.in_turn import in_turn
from .folder import LOCK, RECORD


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other commands that write papers waiting meanwhile; nobody waits where nobody may write.

    The lock is SQLite's, as that of the marks, since it is known on every system and ends with the process
    that holds it. The file stays, and is empty.

    Raises
    ------
    OutputError
        If the lock cannot be had, although the folder may be written.
    """
    if not os.access(folder / RECORD, os.W_OK):
        yield
        return
    file = folder / LOCK
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        lock = in_turn(partial(_locked, file), _tell)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(f"{file}: cannot be locked: {error}") from error
    with closing(lock):
        yield


def _locked(file: Path) -> sqlite3.Connection | None:
    """Take the lock, which is kept until the connection is closed; None where somebody else has it."""
    connection = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = MEMORY")  # nothing is written at all
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            return None
        raise
    return connection


def _tell() -> None:
    click.echo("Another command works on these papers; waiting for it.", err=True)
