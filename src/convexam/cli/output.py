"""A folder that is written into with care: what differs stays, unless it is forced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import click

from ..generator.files import (
    PRIVATE,
    PUBLIC,
    TOGETHER,
    differs,
    make_folder,
    remove_leftovers,
    write_each,
)
from .folder import HANDOUT, MARKER, PAPERS, PRINT, RECORD, SOLUTIONS

MOST_NAMES = 4  # of files in the report
LONGEST = 1.0  # seconds after which files wait for no more others: a kill costs little


class Output:
    """The files of an exam's folder that a command writes; nothing that differs is overwritten by accident.

    Parameters
    ----------
    folder
        Where to write.
    force
        Whether what differs is overwritten.
    """

    def __init__(self, folder: Path, *, force: bool) -> None:
        self.folder = folder
        self.force = force
        self.written: list[str] = []
        self._unchanged: list[str] = []
        self._kept: list[str] = []
        self._waiting: list[tuple[Path, bytes, int]] = []
        self._waits = 0.0  # seconds, for others
        self._since = monotonic()
        for name in (HANDOUT, SOLUTIONS, PRINT, MARKER, RECORD, PAPERS):
            remove_leftovers(folder / name)

    def write(self, name: str, data: bytes, mode: int, *, settled: bool = False) -> bool:
        """Write a file; what differs is left as it is and told, or overwritten where that is forced.

        A file that is settled stays without a word, whatever stands in it. Returns whether nothing was told.
        """
        file = self.folder / name
        different = differs(file, data) and not (settled and not self.force)
        if different and not self.force:
            self._kept.append(name)
        elif not different and file.exists():
            self._unchanged.append(name)
        else:
            self._write(file, data, mode)
            self.written.append(name)
        return self.force or not different

    def write_all(
        self, folder: str, files: Iterable[tuple[str, bytes]], mode: int, *, settled: bool = False
    ) -> None:
        """Write several files of a folder, each as `write` does."""
        for name, data in files:
            self.write(f"{folder}/{name}", data, mode, settled=settled)

    def holds(self, name: str) -> bool:
        """Say whether a file is there."""
        return (self.folder / name).exists()

    def leave(self, name: str) -> None:
        """Count a file among what is there already."""
        self._unchanged.append(name)

    def renew(self, name: str, data: bytes) -> None:
        """Write a file that follows from others, where it is not as it should be."""
        file = self.folder / name
        if not file.exists() or differs(file, data):
            self._write(file, data, PRIVATE)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Let files wait for others inside, as the disk takes several in hardly more time than one.

        All of them are there when it is left, also where something was raised.
        """
        self._waits = LONGEST
        try:
            yield
        finally:
            self._waits = 0.0
            self._write_waiting()

    def _write(self, file: Path, data: bytes, mode: int) -> None:
        make_folder(file.parent, mode=0o755 if mode == PUBLIC else 0o700)
        self._waiting.append((file, data, mode))
        if len(self._waiting) >= TOGETHER or monotonic() - self._since >= self._waits:
            self._write_waiting()

    def _write_waiting(self) -> None:
        write_each(self._waiting)
        self._waiting.clear()  # and not before: a command that is stopped meanwhile writes them at its end
        self._since = monotonic()

    def list(self, folder: str, what: str) -> None:
        """Say which files of a folder are there."""
        there = [*self.written, *self._unchanged]
        names = [name for name in there if name.startswith(f"{folder}/") and not name.endswith(".json")]
        if names:
            click.echo(f"  {folder}/  {what}")
        for name in names[:MOST_NAMES]:
            click.echo(f"    {Path(name).name}")
        if len(names) > MOST_NAMES:
            click.echo(f"    ... and {len(names) - MOST_NAMES} more")

    def report_kept(self) -> int:
        """Say what differs and was left as it is; return the exit code."""
        filled = [name for name in self._kept if name.endswith(".answers.yaml")]
        for name in filled:
            click.echo(f"  {name} was filled in and is left as it is.")
        others = [name for name in self._kept if name not in filled]
        for name in others:
            file = self.folder / name
            click.echo(f"{file}: differs and is left as it is; --force overwrites it", err=True)
        return 1 if others else 0
