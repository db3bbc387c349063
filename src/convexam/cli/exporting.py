"""What exports share: the papers of a folder, writing them in a format, and saying what the file holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import click

from ..generator.errors import DataError, Fault, MisuseError, Place
from ..generator.export import converter
from ..generator.export.as_marked import left_out_of_exam
from ..generator.export.converter import Exported, ToExport
from ..generator.export.format import Format, Written
from ..generator.export.spool import Spool
from ..generator.files import PRIVATE, file_bytes, make_folder, remove_leftovers, writing_whole
from ..generator.record import ExamRecord
from ..generator.workers.crew import Crew
from ..generator.workers.limits import MAKING
from ..generator.workers.ordered import in_order
from ..grader.records.store import opened
from ..grader.rules.held import holding
from ..grader.rules.rule import Ruling
from .class_lists import owners_in
from .crews import Staff
from .failing import made
from .folder import EXAM, LMS, PAPERS, STORE
from .placing import require_place
from .progress import watched


def codes_of(folder: Path, record: ExamRecord, only: str | None = None) -> list[str]:
    """Return the codes of the papers of an exam, in their order, or the one that is named.

    Raises
    ------
    MisuseError
        If there is none, or none of this code.
    DataError
        If one is damaged: a package must not lack it without a word.
    """
    codes = [code for code, _ in owners_in(folder, record)]
    if not codes:
        raise MisuseError(f"{folder}: holds no paper; `generate` writes them")
    if twice := [code for code, count in Counter(codes).items() if count > 1]:
        message = f"several files are the record of the paper {twice[0]}; keep the one of this name"
        raise DataError([Fault(Place(str(folder / PAPERS)), "", message)])
    if only is not None and only not in codes:
        raise MisuseError(f"{folder}: holds no paper {only!r}; record/papers.csv lists them")
    return codes if only is None else [only]


def rulings_in(folder: Path) -> tuple[Ruling, ...]:
    """Return the rules of re-marking that hold."""
    if not (folder / STORE).exists():
        return ()
    with opened(folder / STORE) as store:
        return holding(store.rules())


def export_papers(
    folder: Path,
    record: ExamRecord,
    codes: Sequence[str],
    format_: Format[Written],
    staff: Staff,
    file: tuple[Path | None, str],
) -> Path:
    """Write papers in a format, and say what the platform does otherwise than the exam.

    Parameters
    ----------
    folder, record, codes
        The exam, and which of its papers.
    format_
        That of the platform.
    staff
        Who does it.
    file
        Where it goes; see `writing_package`.

    Returns
    -------
    file
        What was written.

    Raises
    ------
    DataError
        If the record of a paper is damaged.
    """
    start_arguments = (file_bytes(folder / EXAM), str(folder / EXAM), format_)
    told = _Told(folder, record, len(codes))
    with (
        staff.crew(converter.open_converter, start_arguments, MAKING) as crew,
        writing_package(folder, *file, format_.begins) as (stream, written),
        TemporaryFile(dir=written.parent) as spooled,
    ):
        exported: Iterator[Exported[Written]] = _exported(folder, codes, crew)
        papers = watched(exported, "Exporting", len(codes))
        format_.put_together(record.exam, map(told.noted, papers), stream, Spool(spooled))
        told.tell()
    return written


def _exported(folder: Path, codes: Sequence[str], crew: Crew) -> Iterator[Exported[Written]]:
    files = ((code, folder / PAPERS / f"{code}.json") for code in codes)
    tasks = (ToExport(code, str(file), file_bytes(file)) for code, file in files)
    for task, future in in_order(crew, converter.export, tasks):
        yield made(future, f"the export of the paper {task.code}")


class _Told:
    """Counts on how many papers a platform does otherwise than the exam, as they pass."""

    def __init__(self, folder: Path, record: ExamRecord, papers: int) -> None:
        self._record = record
        self._papers = papers
        self._rulings = rulings_in(folder)
        self._otherwise: dict[str, Counter[str]] = {}
        self._by_hand: dict[str, Counter[str]] = {}

    def noted(self, exported: Exported[Written]) -> Written:
        for what, item in exported.otherwise:
            self._otherwise.setdefault(what, Counter())[item] += 1
        for why, item in exported.by_hand:
            self._by_hand.setdefault(why, Counter())[item] += 1
        return exported.written

    def tell(self) -> None:
        if whole := list(left_out_of_exam(self._record.exam.marking)):
            click.echo(f"The platform marks every answer against the key: {', '.join(whole)}.")
        if count := len(self._rulings):
            rules = "A rule" if count == 1 else f"{count} rules"
            click.echo(f"{rules} of `remark` cannot go along: the platform marks by the key as it was drawn.")
        for what, questions in sorted(self._otherwise.items()):
            click.echo(f"In {_named(questions, self._papers)} {what}.")
        for why, questions in sorted(self._by_hand.items()):
            click.echo(f"For a person to mark: {_named(questions, self._papers)}: {why}.")


@contextmanager
def writing_package(
    folder: Path, out: Path | None, name: str, begins: bytes
) -> Iterator[tuple[BinaryIO, Path]]:
    """Write a file by which a platform marks, piece by piece, and say what it holds.

    Parameters
    ----------
    folder
        That of the exam.
    out, name
        The file to write; without it, one of this name in the folder.
    begins
        Its first bytes.
    """
    if out is not None:
        require_place(out, begins, folder)
    file = out or folder / LMS / name
    make_folder(file.parent, mode=0o700 if out is None else 0o755)
    remove_leftovers(file.parent, "" if out is None else file.name)
    with writing_whole(file, mode=PRIVATE) as stream:
        yield stream, file
    click.echo(f"Written: {file}")
    click.echo("It holds the answers, as the platform marks by them: give it to nobody else.")


def _named(questions: Counter[str], papers: int) -> str:
    """Name questions as the exam file does, and on how many papers, where that is not all of them."""
    return ", ".join(
        name if count == papers else f"{name} (on {count} of {papers} papers)"
        for name, count in questions.items()
    )
