"""A folder for what libraries keep in files while a process works; who outlives it may remove the folder."""

from __future__ import annotations

import atexit
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

_folders: dict[int, Path] = {}  # of this process, and of those that it is a copy of


@contextmanager
def keeping_files() -> Iterator[None]:
    """Let temporary files that are made now lie in the folder of this process.

    Raises
    ------
    OSError
        If there is no place for temporary files.
    """
    process, before = os.getpid(), tempfile.tempdir
    if process not in _folders:
        _folders[process] = Path(tempfile.mkdtemp(prefix="convexam-"))
        atexit.register(remove, process)
    tempfile.tempdir = str(_folders[process])
    try:
        yield
    finally:
        tempfile.tempdir = before


def remove(process: int) -> None:
    """Remove the folder of a process, if there is one."""
    if folder := _folders.pop(process, None):
        rmtree(folder, ignore_errors=True)
