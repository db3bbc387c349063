"""What `generate` puts into the folder of an exam, and what it leaves alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import click

from ..generator.bank import Bank
from ..generator.compose import compose, exam_of
from ..generator.errors import OutputError
from ..generator.exam_file import ExamFile
from ..generator.files import PRIVATE, PUBLIC, differs, make_folder, write_whole
from ..generator.handout import SOLUTIONS, STUDENTS, handout, solutions
from ..generator.model import Exam, Student
from ..generator.record import exam_bytes, paper_bytes, read_exam
from ..version import __version__
from .folder import EXAM, PAPERS, RECORD
from .progress import watched


class Writer:
    """Writes one exam into its folder; nothing that differs is overwritten unless forced."""

    def __init__(self, folder: Path, *, force: bool) -> None:
        self._folder = folder
        self._force = force
        self._written: list[str] = []
        self._unchanged: list[str] = []
        self._kept: list[str] = []
        self._exam: Exam
        self._exam_sha256 = ""

    def write_exam(self, file: ExamFile, bank: Bank, secret: bytes, seed: int | None) -> None:
        """Write ``exam.json``; stop before anything else where another exam stands."""
        data = exam_bytes(file, bank, secret, version=__version__, seed=seed)
        if differs(self._folder / EXAM, data) and not self._force:
            raise OutputError(
                f"{self._folder}: holds another exam, or this one before a change. Nothing was written. "
                "Choose another folder with --out, or overwrite it with --force."
            )
        self._write(EXAM, data, PRIVATE)
        record = read_exam(data, EXAM)
        self._exam, self._exam_sha256 = record.exam, record.sha256

    def write_papers(
        self, file: ExamFile, bank: Bank, secret: bytes, students: Sequence[Student], formats: Sequence[str]
    ) -> None:
        """Draw and write one paper after another; the record of each comes first."""
        exam = exam_of(file, self._exam.practice_seed)
        for student in watched(students, "Papers", len(students)):
            paper = compose(file, bank, secret, student)
            self._write(f"{PAPERS}/{paper.code}.json", paper_bytes(exam, self._exam_sha256, paper), PRIVATE)
            for name, data in chain(handout(exam, paper, formats), solutions(exam, paper, formats)):
                self._write(name, data, PUBLIC)

    def report(self) -> int:
        """Say what was written and what to open; return the exit code."""
        done = [name for name in (*self._written, *self._unchanged) if not name.startswith(RECORD)]
        state = "are" if self._written else "are already"
        click.echo(f"The papers {state} in {self._folder}/")
        for folder, what in (
            (STUDENTS, "for students: the paper, and the answer file to fill in"),
            (SOLUTIONS, "for you: the same with worked solutions"),
        ):
            names = [name for name in done if name.startswith(folder) and not name.endswith(".json")]
            if names:
                click.echo(f"  {folder}/  {what}")
            for name in names[:4]:
                click.echo(f"    {Path(name).name}")
            if len(names) > 4:
                click.echo(f"    ... and {len(names) - 4} more")
        click.echo(f"  {RECORD}/  for you alone: what was drawn and what is right")
        answers = [name for name in self._kept if name.endswith(".answers.yaml")]
        for name in answers:
            click.echo(f"  {name} was filled in and is left as it is.")
        others = [name for name in self._kept if name not in answers]
        for name in others:
            click.echo(
                f"{self._folder / name}: differs and is left as it is; --force overwrites it", err=True
            )
        return 1 if others else 0

    def _write(self, name: str, data: bytes, mode: int) -> None:
        file = self._folder / name
        if differs(file, data) and not self._force:
            self._kept.append(name)
        elif file.exists() and not differs(file, data):
            self._unchanged.append(name)
        else:
            make_folder(file.parent, mode=0o755 if mode == PUBLIC else 0o700)
            write_whole(file, data, mode=mode)
            self._written.append(name)
