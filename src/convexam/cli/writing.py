"""What `generate` puts into the folder of an exam, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from ..generator.bank import Bank
from ..generator.class_list import ClassList, class_list_bytes
from ..generator.codes import paper_code
from ..generator.compose import compose
from ..generator.dealing import joined
from ..generator.errors import DataError, OutputError
from ..generator.exam_file import ExamFile
from ..generator.files import PRIVATE, differs, file_bytes
from ..generator.papers import EVERYONE, Paper, Student, version
from ..generator.record import ExamRecord, exam_bytes, is_same_exam, paper_bytes, read_exam, read_paper
from ..version import __version__
from .class_files import ClassFiles
from .class_lists import class_list_in
from .folder import CLASS, CLASS_LIST, CONTACT, EXAM, HANDOUT, MARKER, PAPERS, PRINT, RECORD, SOLUTIONS
from .output import Output
from .paper_files import PaperFiles
from .progress import watched


class Writer:
    """Writes one exam into its folder; nothing that differs is overwritten unless forced."""

    def __init__(self, folder: Path, *, force: bool) -> None:
        self._output = Output(folder, force=force)
        self._is_another = False
        self._print_file: Path | None = None
        self._has_contact_sheet = False
        self._has_marker = False
        self._kept_class = False

    def write_exam(
        self, file: ExamFile, bank: Bank, secret: bytes, seed: int | None, attempt: int = 0
    ) -> ExamRecord:
        """Write ``exam.json``; stop before anything else where another exam stands.

        What means the same stays, by whatever release it was written: the papers that were drawn with it
        belong to its very bytes.
        """
        data = exam_bytes(file, bank, secret, version=__version__, seed=seed, attempt=attempt)
        stored = self._output.folder / EXAM
        if differs(stored, data):
            before = file_bytes(stored)
            if self._output.force:
                self._is_another = not _is_called(before, file.id)
            elif is_same_exam(before, data):
                data = before
            else:
                raise OutputError(
                    f"{self._output.folder}: holds another exam, or this one before a change. Nothing was "
                    "written. Choose another folder with --out, or overwrite it with --force."
                )
        self._output.write(EXAM, data, PRIVATE)
        return read_exam(data, EXAM)

    def write_class(self, record: ExamRecord, roster: ClassList, name: str) -> ClassList:
        """Let the students of a roster join those of earlier runs, and keep what was dealt to whom."""
        known = ClassList() if self._is_another else class_list_in(self._output.folder, record)
        everybody = joined(known, roster, name, record.file.letters, move=self._output.force)
        if everybody.students:
            self._output.renew(CLASS_LIST, class_list_bytes(record.exam.id, everybody))
        return everybody

    def write_papers(
        self,
        record: ExamRecord,
        bank: Bank,
        secret: bytes,
        everybody: ClassList,
        students: Sequence[Student],
        formats: Sequence[str],
        *,
        printed_names: bool | None = None,
    ) -> None:
        """Draw and write one paper after another; the record of each comes first.

        Parameters
        ----------
        record, bank, secret
            What to draw.
        everybody
            The whole class.
        students
            Those of this run, in the order of the roster.
        formats
            What to write of each paper.
        printed_names
            Whether names stand on papers to be printed; None if there are to be none.
        """
        settled = record.version != __version__
        files = PaperFiles(self._output, record.exam, formats, settled=settled)
        drawn = [version(letter) for letter in record.file.letters] or students or [EVERYONE]
        papers = {}
        for student in watched(drawn, "Papers", len(drawn)):
            stored = self._stored(record, secret, student)
            papers[student.id] = paper = stored or self._drawn(record, bank, secret, student)
            files.write(paper, is_out=stored is not None)
        every = ClassFiles(self._output, record, everybody.in_order_of(students))
        every.write_codes()
        printed = printed_names is not None
        if printed_names is not None:
            of_this_run = ClassList(tuple(students), everybody.versions)
            files.print(of_this_run.holders(papers), names=printed_names)
            self._print_file = self._output.folder / PRINT / f"{record.exam.id}.pdf"
        self._has_contact_sheet = every.write_contact_sheet(printed=printed or "pdf" in formats)
        if printed or drawn != [EVERYONE]:
            self._kept_class = not every.write_marker(formats)
            self._has_marker = True

    def _stored(self, record: ExamRecord, secret: bytes, student: Student) -> Paper | None:
        """Return a student's paper as it was drawn in an earlier run, unless it is to be overwritten."""
        exam = record.exam
        code = paper_code(secret, exam=exam.id, student=student.id, attempt=exam.attempt)
        file = self._output.folder / PAPERS / f"{code}.json"
        if self._output.force or not file.exists():
            return None
        try:
            return read_paper(file_bytes(file), str(file), code, record)
        except DataError:  # damaged, or of the exam before a change: it differs from what is drawn now
            return None

    def _drawn(self, record: ExamRecord, bank: Bank, secret: bytes, student: Student) -> Paper:
        """Draw a student's paper, and keep what was drawn."""
        paper = compose(record.file, bank, secret, student, record.exam.attempt)
        stored = paper_bytes(record.exam, record.sha256, paper)
        self._output.write(f"{PAPERS}/{paper.code}.json", stored, PRIVATE)
        return paper

    def report(self) -> int:
        """Say what was written and what to open; return the exit code."""
        state = "are" if self._output.written else "are already"
        click.echo(f"The papers {state} in {self._output.folder}/")
        self._output.list(HANDOUT, "for students: the paper to fill in, as a web page, a PDF or a text file")
        self._output.list(SOLUTIONS, "for you: the same with worked solutions")
        if self._print_file:
            click.echo(f"  {PRINT}/  to be printed on both sides and written on by hand")
            name = self._print_file.name
            click.echo(f"    {name}  all papers in the order of the roster; also one by one")
        if self._has_marker:
            click.echo(f"  {MARKER}/  to mark on paper: the key of every paper, and class.csv to type into")
        click.echo(f"  {RECORD}/  for you alone: what was drawn and what is right")
        if self._has_contact_sheet:
            click.echo(f"    {Path(CONTACT).name}  who has which paper, to be ticked off at the door")
        if self._kept_class:
            click.echo(f"  {CLASS} has answers in it and is left as it is; add rows for new papers by hand.")
        return self._output.report_kept()


def _is_called(data: bytes, exam: str) -> bool:
    """Say whether this is the record of an exam of this id."""
    try:
        return read_exam(data, EXAM).exam.id == exam
    except DataError:
        return False
