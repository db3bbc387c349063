"""What `generate` puts into the folder of an exam, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from ..generator import press
from ..generator.bank import Bank
from ..generator.class_list import ClassList, class_list_bytes
from ..generator.codes import paper_code
from ..generator.dealing import joined
from ..generator.errors import DataError, OutputError
from ..generator.exam_file import ExamFile
from ..generator.files import PRIVATE, differs, file_bytes
from ..generator.papers import EVERYONE, Student, version
from ..generator.press import ToMake
from ..generator.record import ExamRecord, exam_bytes, is_same_exam, read_exam
from ..generator.workers.crew import Crew
from ..generator.workers.ordered import in_order
from ..version import __version__
from .class_files import ClassFiles
from .class_lists import class_list_in, paper_in
from .failing import made
from .folder import CLASS, CLASS_LIST, CONTACT, EXAM, HANDOUT, MARKER, PAPERS, PRINT, RECORD, SOLUTIONS
from .output import Output
from .paper_files import Held, PaperFiles, sheets_of
from .parts import named_parts
from .progress import watching

Papers = Mapping[str, Held]
"""Papers of this run, by the id of the student that each was drawn for."""


class Writer:
    """Writes one exam into its folder; nothing that differs is overwritten unless forced."""

    def __init__(self, folder: Path, *, force: bool) -> None:
        self._output = Output(folder, force=force)
        self._is_another = False
        self._print_files: list[str] = []
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

    def write_records(
        self, record: ExamRecord, secret: bytes, crew: Crew, students: Sequence[Student]
    ) -> Papers:
        """Draw the papers that are not there yet, and keep what was drawn before anything is made of it.

        Parameters
        ----------
        record, secret
            What to draw from.
        crew
            Who draws, on a press with a draft.
        students
            Those of this run; where papers are shared, these are drawn.
        """
        drawn = [version(letter) for letter in record.file.letters] or students or [EVERYONE]
        papers = {each.id: self._stored(record, secret, each) for each in drawn}
        missing = [each for each in drawn if papers[each.id] is None]
        with watching("Drawing", len(missing), "papers are drawn") as step, self._output.together():
            for student, future in in_order(crew, press.draw, missing):
                code = _code(record, secret, student)
                data = made(future, f"the paper of {student.id}")
                if self._output.write(f"{PAPERS}/{code}.json", data, PRIVATE):
                    papers[student.id] = Held(code, student)
                step()
        return {name: paper for name, paper in papers.items() if paper is not None}

    def _stored(self, record: ExamRecord, secret: bytes, student: Student) -> Held | None:
        """Return a student's paper that was drawn in an earlier run, unless it is to be overwritten."""
        code = _code(record, secret, student)
        if self._output.force or not self._output.holds(f"{PAPERS}/{code}.json"):
            return None
        paper = paper_in(self._output.folder, record, code)
        # where it is damaged, or of the exam before a change, it differs from what is drawn now
        return None if paper is None else Held(code, paper.student, is_out=True)

    def write_papers(
        self,
        record: ExamRecord,
        crew: Crew,
        papers: Papers,
        everybody: ClassList,
        students: Sequence[Student],
        formats: Sequence[str],
        *,
        printed_names: bool | None = None,
    ) -> None:
        """Write what is made of the records of papers, and what concerns all of them.

        Parameters
        ----------
        record, crew
            The exam, and who makes the files.
        papers
            Those of this run.
        everybody
            The whole class.
        students
            Those of this run, in the order of the roster.
        formats
            What to write of each paper.
        printed_names
            Whether names stand on papers to be printed; None if there are to be none.
        """
        printed = printed_names is not None
        every = ClassFiles(self._output, record, everybody.in_order_of(students))
        self._has_marker = bool(printed or students or record.file.letters)
        copies = ClassList(tuple(students), everybody.versions).holders(papers) if printed else []
        sheets = sheets_of(copies, names=bool(printed_names))
        settled = record.version != __version__
        files = PaperFiles(self._output.folder, self._output, crew, formats, settled=settled)
        files.write(list(papers.values()), sheets, self._of_class(every, formats, printed=printed))
        if printed:
            self._print_files = files.join(record.exam.id, sheets)

    def _of_class(self, every: ClassFiles, formats: Sequence[str], *, printed: bool) -> Iterator[ToMake]:
        """Write what concerns all papers, while others make these; yield what they have to make of it."""
        every.write_codes()
        self._has_contact_sheet = every.write_contact_sheet(printed=printed or "pdf" in formats)
        if self._has_marker:
            self._kept_class = not every.write_class()
            yield from every.keys(formats)

    def report(self) -> int:
        """Say what was written and what to open; return the exit code."""
        state = "are" if self._output.written else "are already"
        click.echo(f"The papers {state} in {self._output.folder}/")
        self._output.list(HANDOUT, "for students: the paper to fill in, as a web page, a PDF or a text file")
        self._output.list(SOLUTIONS, "for you: the same with worked solutions")
        if self._print_files:
            click.echo(f"  {PRINT}/  to be printed on both sides and written on by hand")
            names = named_parts(self._print_files)
            click.echo(f"    {names}  all papers in the order of the roster; also one by one")
        if self._has_marker:
            click.echo(f"  {MARKER}/  to mark on paper: the key of every paper, and class.csv to type into")
        click.echo(f"  {RECORD}/  for you alone: what was drawn and what is right")
        if self._has_contact_sheet:
            click.echo(f"    {Path(CONTACT).name}  who has which paper, to be ticked off at the door")
        if self._kept_class:
            click.echo(f"  {CLASS} has answers in it and is left as it is; add rows for new papers by hand.")
        return self._output.report_kept()


def _code(record: ExamRecord, secret: bytes, student: Student) -> str:
    exam = record.exam
    return paper_code(secret, exam=exam.id, student=student.id, attempt=exam.attempt)


def _is_called(data: bytes, exam: str) -> bool:
    """Say whether this is the record of an exam of this id."""
    try:
        return read_exam(data, EXAM).exam.id == exam
    except DataError:
        return False
