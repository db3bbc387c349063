"""What concerns all papers of an exam: who has which, and what is needed to mark on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache, partial

from ..generator.class_list import LETTERS, ClassList
from ..generator.csv_text import csv_bytes
from ..generator.errors import DataError
from ..generator.files import file_bytes
from ..generator.handout import contact_sheets
from ..generator.papers import Paper, Student, is_shared, letter_of
from ..generator.press import Part, ToMake
from ..generator.record import ExamRecord
from ..generator.render.class_csv import class_csv
from ..grader.intake.class_csv import read_class
from .class_lists import owners_in, paper_in
from .folder import CLASS, CODES, MARKER, PRINT, RECORD
from .output import Output
from .paper_files import stored_in
from .parts import in_parts, remove_others

KEY = "key"
KEYS = ("html", "pdf")


class ClassFiles:
    """Writes them from the papers of the record, those of earlier runs included."""

    def __init__(self, output: Output, record: ExamRecord, everybody: ClassList) -> None:
        self._output = output
        self._record = record
        self._everybody = everybody

    def write_codes(self) -> None:
        """Say whose paper is whose, as a table for programs."""
        rows = self._holders
        versions = bool(self._record.file.letters)
        header = ("paper", *["version"] * versions, "student", "name", "email")
        cells = (
            (code, *[version] * versions, student.id, student.name, student.email)
            for code, version, student in rows
        )
        self._output.renew(CODES, csv_bytes([header, *cells]))

    def write_contact_sheet(self, *, printed: bool) -> bool:
        """Say who has which paper, to be ticked off at the door; say whether there is anybody.

        Parameters
        ----------
        printed
            Whether it is also written to be printed.
        """
        rows = [row for row in self._holders if not is_shared(row[2])]
        formats = ("html", *["pdf"] * printed)
        for name, data in contact_sheets(self._record.exam, rows, formats) if rows else ():
            folder = PRINT if name.endswith(".pdf") else RECORD
            self._output.renew(f"{folder}/{name}", data)
        return bool(rows)

    def write_class(self) -> bool:
        """Write the file to type answers into; say whether it could be renewed."""
        typed_into = self._is_typed_into()
        if not typed_into:
            self._output.renew(CLASS, self._to_mark[0])
        return not typed_into

    def keys(self, formats: Sequence[str]) -> Iterator[ToMake]:
        """Yield the tasks to write the key of every paper, some papers to a file."""
        _, codes = self._to_mark
        wanted = tuple(name for name in formats if name in KEYS)
        parts = dict(in_parts(codes, KEY)) if codes and wanted else {}
        for ending in wanted:
            remove_others(self._output.folder / MARKER, KEY, ending, list(parts))
        for name, part in parts.items():
            papers = tuple(stored_in(self._output.folder, code) for code in part)
            yield ToMake(Part.KEY, papers, wanted, name=name)

    @cached_property
    def _to_mark(self) -> tuple[bytes, list[str]]:
        """The file to type answers into, and the codes of its papers, each once; all are read for it."""
        read = lru_cache(maxsize=len(LETTERS))(partial(paper_in, self._output.folder, self._record))
        codes: dict[str, None] = {}

        def papers() -> Iterator[tuple[Paper, Student]]:
            for code, _, student in self._holders:
                if paper := read(code):
                    codes[code] = None
                    yield paper, student

        return class_csv(papers()), list(codes)

    @cached_property
    def _holders(self) -> list[tuple[str, str, Student]]:
        """Return code, version and student of everybody who has a paper, and of papers that nobody has."""
        owners = owners_in(self._output.folder, self._record)
        codes = {student.id: code for code, student in owners}
        letters = {code: letter_of(student) for code, student in owners}
        held = self._everybody.holders(codes)
        return [(code, letters[code], student) for code, student in held]

    def _is_typed_into(self) -> bool:
        """Say whether somebody typed answers into the CSV of the class, or made another file of it."""
        file = self._output.folder / CLASS
        try:
            return file.exists() and any(row.answers for row in read_class(file_bytes(file), str(file)))
        except DataError:
            return True
