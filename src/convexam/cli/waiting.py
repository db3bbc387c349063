"""``marks/waiting.yaml``: what a person typed is kept first, and then the file is written anew."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..generator.errors import DataError, OutputError
from ..generator.files import PRIVATE, write_whole
from ..generator.papers import Paper
from ..grader.records.kept_records import parsed
from ..grader.records.people import Answered
from ..grader.waiting.entries import answers_of, entries_of
from ..grader.waiting.reading import read_waiting
from ..grader.waiting.writing import waiting_file
from .folder import WAITING
from .marks import Marks


class WaitingFile:
    """The file of an exam."""

    def __init__(self, folder: Path, marks: Marks) -> None:
        self.file = folder / WAITING
        self._marks = marks
        self._read: bytes | None = None
        self.left_out: list[str] = []
        """Why answers are not listed that wait."""

    def hear(self) -> list[Answered]:
        """Keep what was typed into the file, all of it or, where something is wrong, nothing.

        Returns
        -------
        list
            The answers about which something new was said.

        Raises
        ------
        DataError
            With every fault of the file.
        """
        store = self._marks.store
        with store.alone():
            self._read = self._bytes()
            if self._read is None:
                return []
            found = answers_of(parsed(text) for text in store.records())
            answers = {answered.id: (answered, of) for answered, of in found}
            before = store.judgements()
            typed = read_waiting(self._read, str(self.file), answers)
            new = sorted(answered for answered in typed if typed[answered] != before.get(answered))
            for answered in new:
                store.judge(answered, typed[answered])
        return new

    def write(self, records: Iterable[dict[str, Any]]) -> bool:
        """Write the file anew, unless somebody changed it since it was read; say whether that was so."""
        sources = {counting.student: counting.source for counting in self._marks.counting()}
        entries = entries_of(records, self._paper, sources, self._marks.store.judgements())
        now = self._bytes()
        if now is not None and now != self._read:
            return False
        data = waiting_file(self._marks.record.exam.id, entries)
        if (entries or now is not None) and data != now:
            write_whole(self.file, data, mode=PRIVATE)
        return True

    def _paper(self, code: str) -> Paper | None:
        try:
            return self._marks.paper(code)
        except DataError as error:
            self.left_out += [
                f"{fault.message}; its answers that wait are not listed" for fault in error.faults
            ]
            return None

    def _bytes(self) -> bytes | None:
        try:
            return self.file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise OutputError(f"{self.file}: cannot be read: {error.strerror}") from error
