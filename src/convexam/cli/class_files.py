"""What concerns all papers of an exam: who has which, and what is needed to mark on paper."""

from __future__ import annotations

from collections.abc import Sequence

from ..generator.class_list import ClassList
from ..generator.csv_text import csv_bytes
from ..generator.errors import DataError
from ..generator.files import file_bytes
from ..generator.handout import contact_sheets, marker_sheets
from ..generator.papers import Student, is_shared, letter_of
from ..generator.record import ExamRecord
from ..generator.render.class_csv import class_csv
from ..grader.intake.class_csv import read_class
from .class_lists import owners_in, papers_in
from .folder import CLASS, CODES, MARKER, PRINT, RECORD
from .output import Output


class ClassFiles:
    """Writes them from the papers of the record, those of earlier runs included."""

    def __init__(self, output: Output, record: ExamRecord, everybody: ClassList) -> None:
        self._output = output
        self._record = record
        self._everybody = everybody

    def write_codes(self) -> None:
        """Say whose paper is whose, as a table for programs."""
        rows = self._holders()
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
        rows = [row for row in self._holders() if not is_shared(row[2])]
        formats = ("html", *["pdf"] * printed)
        for name, data in contact_sheets(self._record.exam, rows, formats) if rows else ():
            folder = PRINT if name.endswith(".pdf") else RECORD
            self._output.renew(f"{folder}/{name}", data)
        return bool(rows)

    def write_marker(self, formats: Sequence[str]) -> bool:
        """Write what is needed to mark on paper; say whether the file to be typed into could be renewed."""
        papers = {paper.student.id: paper for paper in papers_in(self._output.folder, self._record)}
        copies = self._everybody.holders(papers)
        typed_into = self._is_typed_into()
        if not typed_into:
            self._output.renew(CLASS, class_csv(copies))
        distinct = {paper.code: paper for paper, _ in copies}
        for name, data in marker_sheets(self._record.exam, list(distinct.values()), formats):
            self._output.renew(f"{MARKER}/{name}", data)
        return not typed_into

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
