"""What `generate` puts into the folder of an exam, and what it leaves alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import click

from ..generator.bank import Bank
from ..generator.compose import compose
from ..generator.csv_text import csv_bytes
from ..generator.errors import DataError, OutputError
from ..generator.exam_file import ExamFile
from ..generator.files import PRIVATE, PUBLIC, differs, file_bytes, make_folder, remove_leftovers, write_whole
from ..generator.handout import handout, marker_sheets, printed, solutions
from ..generator.papers import EVERYONE, Paper, Student
from ..generator.record import ExamRecord, exam_bytes, owner_of, paper_bytes, read_exam, read_paper
from ..generator.render.class_csv import class_csv
from ..grader.intake.class_csv import read_class
from ..version import __version__
from .folder import CLASS, CODES, EXAM, HANDOUT, MARKER, PAPERS, PRINT, RECORD, SOLUTIONS
from .progress import watched

MOST_NAMES = 4  # of files in the report


class Writer:
    """Writes one exam into its folder; nothing that differs is overwritten unless forced."""

    def __init__(self, folder: Path, *, force: bool) -> None:
        self._folder = folder
        self._force = force
        self._written: list[str] = []
        self._unchanged: list[str] = []
        self._kept: list[str] = []
        self._joined: Path | None = None
        self._marker = False
        self._kept_class = False
        for name in (HANDOUT, SOLUTIONS, PRINT, RECORD, PAPERS):
            remove_leftovers(folder / name)

    def write_exam(self, file: ExamFile, bank: Bank, secret: bytes, seed: int | None) -> ExamRecord:
        """Write ``exam.json``; stop before anything else where another exam stands."""
        data = exam_bytes(file, bank, secret, version=self._version(), seed=seed)
        if not self._force and differs(self._folder / EXAM, data):
            raise OutputError(
                f"{self._folder}: holds another exam, or this one before a change. Nothing was written. "
                "Choose another folder with --out, or overwrite it with --force."
            )
        self._write(EXAM, data, PRIVATE)
        return read_exam(data, EXAM)

    def _version(self) -> str:
        """Return the release that drew what is there; a newer one may add papers to the same exam."""
        try:
            stored = json.loads((self._folder / EXAM).read_bytes())
            return str(stored["convexam"]) if not self._force else __version__
        except (OSError, ValueError, TypeError, KeyError):
            return __version__

    def write_papers(
        self,
        record: ExamRecord,
        bank: Bank,
        secret: bytes,
        students: Sequence[Student],
        formats: Sequence[str],
        *,
        printed_names: bool | None = None,
    ) -> None:
        """Draw and write one paper after another; the record of each comes first.

        Papers to be printed are written where it is said whether names stand on them.
        """
        codes = []
        for student in watched(students, "Papers", len(students)):
            paper = compose(record.file, bank, secret, student)
            stored = paper_bytes(record.exam, record.sha256, paper)
            self._write(f"{PAPERS}/{paper.code}.json", stored, PRIVATE)
            self._write_all(HANDOUT, handout(record.exam, paper, formats), PUBLIC)
            self._write_all(SOLUTIONS, solutions(record.exam, paper, formats), PRIVATE)
            if printed_names is not None:
                self._write_all(PRINT, printed(record.exam, paper, names=printed_names), PRIVATE)
            codes.append(paper.code)
        self._write_codes()
        if printed_names is not None:
            self._join_printed(record.exam.id, codes)
        if printed_names is not None or any(student.id != EVERYONE.id for student in students):
            self._write_marker(record, students, formats)

    def _join_printed(self, exam: str, codes: Iterable[str]) -> None:
        """Put the papers of this run into one file, in the order of the roster."""
        from ..generator.render.sheet import joined

        folder = self._folder / PRINT
        self._joined = folder / f"{exam}.pdf"
        write_whole(self._joined, joined(folder / f"{code}.pdf" for code in codes), mode=PRIVATE)

    def _write_codes(self) -> None:
        """Say whose paper is whose: an export of the papers in the record, those of earlier runs included."""
        files = sorted((self._folder / PAPERS).glob("*.json"))
        owners = [owner_of(file_bytes(file), str(file)) for file in files]
        rows = [(code, student.id, student.name, student.email) for code, student in owners]
        header = ("paper", "student", "name", "email")
        write_whole(self._folder / CODES, csv_bytes([header, *rows]), mode=PRIVATE)

    def _write_marker(self, record: ExamRecord, students: Sequence[Student], formats: Sequence[str]) -> None:
        """Write what is needed to mark on paper: of all papers in the record, those of the roster first."""
        order = {student.id: place for place, student in enumerate(students)}
        papers = sorted(self._papers(record), key=lambda paper: order.get(paper.student.id, len(order)))
        make_folder(self._folder / MARKER, mode=0o700)
        if self._is_typed_into():
            self._kept_class = True
        else:
            write_whole(self._folder / CLASS, class_csv(papers), mode=PRIVATE)
        for name, data in marker_sheets(record.exam, papers, formats):
            write_whole(self._folder / MARKER / name, data, mode=PRIVATE)
        self._marker = True

    def _papers(self, record: ExamRecord) -> Iterator[Paper]:
        """Read all papers of this exam; those of an exam that was here before are left out."""
        for file in sorted((self._folder / PAPERS).glob("*.json")):
            with suppress(DataError):
                yield read_paper(file_bytes(file), str(file), file.stem, record)

    def _is_typed_into(self) -> bool:
        """Say whether somebody typed answers into the CSV of the class, or made another file of it."""
        file = self._folder / CLASS
        try:
            return file.exists() and any(row.answers for row in read_class(file_bytes(file), str(file)))
        except DataError:
            return True

    def _write_all(self, folder: str, files: Iterable[tuple[str, bytes]], mode: int) -> None:
        for name, data in files:
            self._write(f"{folder}/{name}", data, mode)

    def _write(self, name: str, data: bytes, mode: int) -> None:
        file = self._folder / name
        different = differs(file, data)
        if different and not self._force:
            self._kept.append(name)
        elif not different and file.exists():
            self._unchanged.append(name)
        else:
            make_folder(file.parent, mode=0o755 if mode == PUBLIC else 0o700)
            write_whole(file, data, mode=mode)
            self._written.append(name)

    def report(self) -> int:
        """Say what was written and what to open; return the exit code."""
        state = "are" if self._written else "are already"
        click.echo(f"The papers {state} in {self._folder}/")
        self._list(HANDOUT, "for students: the paper to fill in, as a web page, a PDF or a text file")
        self._list(SOLUTIONS, "for you: the same with worked solutions")
        if self._joined:
            click.echo(f"  {PRINT}/  to be printed on both sides and written on by hand")
            click.echo(f"    {self._joined.name}  all papers in the order of the roster; also one by one")
        if self._marker:
            click.echo(f"  {MARKER}/  to mark on paper: the key of every paper, and class.csv to type into")
        click.echo(f"  {RECORD}/  for you alone: what was drawn and what is right")
        if self._kept_class:
            click.echo(f"  {CLASS} has answers in it and is left as it is; add rows for new papers by hand.")
        filled = [name for name in self._kept if name.endswith(".answers.yaml")]
        for name in filled:
            click.echo(f"  {name} was filled in and is left as it is.")
        others = [name for name in self._kept if name not in filled]
        for name in others:
            file = self._folder / name
            click.echo(f"{file}: differs and is left as it is; --force overwrites it", err=True)
        return 1 if others else 0

    def _list(self, folder: str, what: str) -> None:
        there = [*self._written, *self._unchanged]
        names = [name for name in there if name.startswith(f"{folder}/") and not name.endswith(".json")]
        if names:
            click.echo(f"  {folder}/  {what}")
        for name in names[:MOST_NAMES]:
            click.echo(f"    {Path(name).name}")
        if len(names) > MOST_NAMES:
            click.echo(f"    ... and {len(names) - MOST_NAMES} more")
