"""What the commands of `gradebook` share: the marks that count, where files go, and what is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import click

from ..generator.errors import MisuseError
from ..generator.files import PRIVATE, file_bytes, make_folder, writing_whole
from ..generator.frozen import frozen
from ..generator.policy import Release
from ..generator.record import ExamRecord
from ..grader.gradebooks.column import Column
from ..grader.gradebooks.people import TO_LOOK_AT, Fate, Filled, People
from ..grader.gradebooks.worth import Score, Worth, scores_of
from ..grader.intake.own_names import file_stem
from ..grader.intake.worksheet import MOST_BYTES
from ..grader.records.store import opened
from .class_lists import directory_in
from .exam_records import exam_record
from .folder import MARKS, STORE
from .marks import PAGE_ENDING, Marks
from .tables import printable

NAMED = TO_LOOK_AT | {Fate.NOTHING}
"""Fates of which the first few people are named: without marks, they may have handed in something."""

MOST_NAMES = 10  # of people in a line


@frozen
class Marked:
    """An exam that was marked: its folder, its record, what counts, and what feedback pages tell."""

    folder: Path
    record: ExamRecord
    scores: dict[str, Score]
    release: Release

    def students(self, people: People) -> dict[str, str]:
        """Return who in the file of a platform is which student."""
        return people.students(directory_in(self.folder, self.record, [people.worksheet]))

    def page(self, student: str) -> bytes:
        """Return the feedback page of a student whose marks are up to date."""
        return file_bytes(self.folder / MARKS / f"{file_stem(student)}{PAGE_ENDING}")


@contextmanager
def marked(folder: Path, worth: Worth) -> Iterator[Marked]:
    """Read what counts for each student of an exam; meanwhile nobody marks, so pages go with scores.

    Raises
    ------
    MisuseError
        If nothing was marked, or grades are to be written and the exam has none.
    """
    record = exam_record(folder)
    if not (folder / STORE).exists():
        raise MisuseError(f"{folder}: nothing was marked yet; begin with `grade`")
    if worth is Worth.GRADE and record.exam.marking.grade is None:
        raise MisuseError("the exam has no grades, as its file says nothing of them; leave --grades out")
    with opened(folder / STORE) as store:
        marks = Marks(folder, record, store, writes=False)
        stale = {arrival.student for arrival in marks.unmarked()}
        stale |= {counting.student for counting in marks.unpublished()}
        records = chain.from_iterable(marks.records([each]) for each in marks.counting())
        yield Marked(folder, record, scores_of(records, stale), marks.release)


def platform_file(file: Path) -> bytes:
    """Read what somebody exported from a platform."""
    return file_bytes(file, MOST_BYTES)


def worth_of_flags(*, scale: bool, grades: bool) -> Worth:
    """Return what is to be written."""
    if scale and grades:
        raise MisuseError("--scale converts points and --grades writes grades; name one of them")
    return Worth.SCALED if scale else Worth.GRADE if grades else Worth.POINTS


def write(file: Path, data: bytes) -> None:
    """Write a file that names students; one that stands there keeps who may read it."""
    with writing(file) as stream:
        stream.write(data)


@contextmanager
def writing(file: Path) -> Iterator[BinaryIO]:
    """Write such a file piece by piece."""
    target = file.resolve()
    make_folder(target.parent, mode=0o700)
    mode = target.stat().st_mode & 0o777 if target.exists() else PRIVATE
    with writing_whole(target, mode=mode) as stream:
        yield stream


def told(filled: Filled, source: Path, back: str) -> int:
    """Print what became of everybody and which menu the file goes back by, and return the exit code."""
    for fate in Fate:
        lines = [line for line in filled.lines if line.fate is fate]
        if lines:
            people = [f"{line.who}, {line.note}" if line.note else line.who for line in lines]
            names = f": {_listed(people)}" * (fate in NAMED)
            click.echo(f"{len(lines):5}  {fate}{names}")
    if filled.missing:
        click.echo(f"{len(filled.missing):5}  with marks, but not in {source}: {_listed(filled.missing)}")
    for note in filled.notes:
        click.echo(f"       {printable(note)}")
    if back:
        click.echo(back)
    return 3 if filled.is_to_look_at else 0


def handed_on(filled: Filled, source: Path, file: Path, column: Column, back: str) -> int:
    """Write one column of marks, if there are any, and tell of everybody; return the exit code."""
    if any(line.fate is Fate.WRITTEN for line in filled.lines):
        write(file, filled.data)
        click.echo(f"{file}: {printable(column.header)}")
        if column.place is None:
            click.echo("       The platform does not have it yet, and will make something NEW of it.")
    else:
        click.echo("There is no mark to write, so no file was written.")
        back = ""
    return told(filled, source, back)


def _listed(names: list[str] | tuple[str, ...]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return printable("; ".join(names[:MOST_NAMES]) + more)
