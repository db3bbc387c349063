"""What `forget` does in the folder of an exam, in steps that may be done twice."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, is_zipfile

import click

from ..generator.class_list import class_list_bytes
from ..generator.csv_text import csv_rows
from ..generator.errors import OutputError
from ..generator.files import MOST_BYTES, PRIVATE, file_bytes, remove, write_whole
from ..generator.papers import Student, is_forgotten, is_shared
from ..generator.press import open_press
from ..generator.reading.schema import nearest
from ..generator.record import ExamRecord, paper_without_name
from ..generator.render.class_csv import PAPER, STUDENT
from ..generator.workers.here import Here
from ..grader.forgetting.person import Person, person_of
from ..grader.intake.own_names import file_stem
from ..grader.records.forgotten import Forgotten
from ..grader.records.store import Store
from .class_files import KEY, KEYS, ClassFiles
from .class_lists import class_list_in, directory_in, owners_in, shorten_lists
from .folder import (
    CLASS,
    CLASS_LIST,
    CODES,
    CONTACT,
    CONTACT_PRINTED,
    HANDOUT,
    LMS,
    MARKER,
    MARKS,
    PAPERS,
    PRINT,
    SOLUTIONS,
    WAITING,
)
from .marking import Marker
from .marks import PAGE_ENDING, RECORD_ENDING, Marks
from .output import Output
from .paper_files import PaperFiles
from .parts import parts_in

_DAMAGED = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
"""What is raised on reading archives that are not sound, or sealed."""


class Forgetting:
    """Forgets students of one exam.

    Everything is done as often as need be: who is being forgotten stands in the store until all is done.
    """

    def __init__(self, folder: Path, record: ExamRecord, store: Store) -> None:
        self._folder = folder
        self._record = record
        self._store = store
        self._forgotten = Forgotten(store)
        self._class_list = class_list_in(folder, record)

    # -- who -------------------------------------------------------------------------------------------

    def begun(self) -> dict[str, str]:
        """Return, by alias, the id of whom a run that was killed began to forget."""
        return {alias: person.id for alias, person in self._forgotten.begun().items()}

    def people(self) -> list[tuple[str, Person]]:
        """Return, with the alias, all who are to be forgotten."""
        return list(self._forgotten.begun().items())

    def person(self, name: str) -> Person | None:
        """Return who this is, if anybody."""
        arrivals = self._store.arrivals()
        known = self._class_list.student(name)
        if known is None and name in {each.student for each in arrivals} and not is_forgotten(Student(name)):
            known = Student(name)
        if known is None:
            return None
        others = self._class_list.without(known.id).students
        student_of = directory_in(self._folder, self._record).student_of
        senders = [each.sender for each in arrivals if each.sender and not each.student]
        return person_of(known, arrivals, others, [each for each in senders if student_of(each) == known])

    def hint(self, name: str) -> str:
        """Return why a name may be unknown: it is nearly that of somebody, or it was forgotten."""
        if self._forgotten.count():
            return "; those who were forgotten are not known any more"
        near = nearest(name, [student.id for student in self._class_list.students])
        return f"; did you mean '{near}'?" if near else ""

    def handed_in(self, person: Person) -> str:
        """Say how many files the student handed in."""
        count = sum(arrival.student == person.id for arrival in self._store.arrivals())
        return "the file handed in" if count == 1 else f"the {count} files handed in"

    # -- one step after the other ----------------------------------------------------------------------

    def begin(self, person: Person, reason: str) -> None:
        """Note who is to be forgotten."""
        self._forgotten.begin(person, reason)

    def forget(self, alias: str, person: Person) -> None:
        """Remove a student from the store and from all files."""
        self._bring_up_to_date()
        remove(self._folder / WAITING)  # it is written anew; until then it would ask for what is gone
        marks = Marks(self._folder, self._record, self._store)
        counting = [each for each in marks.counting() if each.student == person.id]
        self._forgotten.forget(alias, person, next(iter(marks.records(counting)), None))
        self._rename_paper(alias, person)
        self._shorten_class(alias, person)
        for ending in (RECORD_ENDING, PAGE_ENDING):
            remove(self._folder / MARKS / f"{file_stem(person.id)}{ending}")
        self._remove_exports(person)
        marker = Marker(Marks(self._folder, self._record, self._store))  # of the class as it is now
        marker.finish()
        marker.report()

    def _bring_up_to_date(self) -> None:
        """Settle all marks with what people said last: afterwards these can never be marked again."""
        marker = Marker(Marks(self._folder, self._record, self._store))
        marker.hear()
        marker.finish()

    def _rename_paper(self, alias: str, person: Person) -> None:
        """Put the alias into the records of the student's papers, and remove what was made of them."""
        for code, student in owners_in(self._folder, self._record):
            if is_shared(student):
                self._remove_printed(f"{code}.{file_stem(person.id)}.pdf")
            elif student.id in (person.id, alias):
                for name in (HANDOUT, SOLUTIONS):
                    remove(*(self._folder / name).glob(f"{code}.*"))
                self._remove_printed(f"{code}.pdf")
                self._rewrite(
                    f"{PAPERS}/{code}.json",
                    lambda data, name: paper_without_name(data, name, Student(alias)),
                )

    def _remove_printed(self, name: str) -> None:
        """Remove a paper that was to be printed, and the files with all of them."""
        if (self._folder / PRINT / name).exists():
            for joined in parts_in(self._folder / PRINT, self._record.exam.id, "pdf"):
                click.echo(f"{joined}: was removed, as this paper was in it; `reprint` makes it anew.")
                remove(joined)
        remove(self._folder / PRINT / name)

    def _remove_exports(self, person: Person) -> None:
        """Remove what was written for learning platforms and names the student."""
        for file in _naming(self._folder / LMS, person):
            click.echo(
                f"{file}: was removed, as it names the student; the command that wrote it does it anew."
            )
            remove(file)

    def _shorten_class(self, alias: str, person: Person) -> None:
        """Take the student out of the class list and of all that follows from it."""
        rest = self._class_list = self._class_list.without(person.id)
        shorten_lists(self._folder, self._record, Student(person.id, email=person.email))
        if (self._folder / CLASS_LIST).exists():
            data = class_list_bytes(self._record.exam.id, rest)
            write_whole(self._folder / CLASS_LIST, data, mode=PRIVATE)
        output = Output(self._folder, force=False)
        files = ClassFiles(output, self._record, rest)
        if (self._folder / CODES).exists():
            files.write_codes()
        self._without_rows(alias, person)
        printed = (self._folder / CONTACT_PRINTED).exists()
        remove(self._folder / CONTACT, self._folder / CONTACT_PRINTED)
        files.write_contact_sheet(printed=printed)
        formats = [name for name in KEYS if parts_in(self._folder / MARKER, KEY, name)]
        if formats:
            files.write_class()
            open_press(self._record, None)
            PaperFiles(self._folder, output, Here(), formats).write((), (), files.keys(formats))

    def _without_rows(self, alias: str, person: Person) -> None:
        """Empty the student's rows of the CSV of the class; the others keep their numbers."""
        codes = {code for code, owner in owners_in(self._folder, self._record) if owner.id == alias}

        def emptied(data: bytes, name: str) -> bytes:
            rows = list(csv_rows(data, name))
            columns = [cell.strip().casefold() for cell in rows[0][1]] if rows else []
            lines, begin = data.decode("utf-8-sig").splitlines(keepends=True), 0
            for end, cells in rows:
                told = dict(zip(columns, cells, strict=False))
                if told.get(PAPER) in codes or told.get(STUDENT) == person.id:
                    lines[begin:end] = ["\r\n"] * (end - begin)
                begin = end
            return "".join(lines).encode("utf-8-sig")

        if (self._folder / CLASS).exists():
            self._rewrite(CLASS, emptied)

    def _rewrite(self, name: str, change: Callable[[bytes, str], bytes]) -> None:
        file = self._folder / name
        write_whole(file, change(file_bytes(file), str(file)), mode=PRIVATE)

    # -- the end -----------------------------------------------------------------------------------------

    def still_named(self, person: Person) -> list[Path]:
        """Return the files of the folder that name the student: notes, or what others handed in."""
        return _naming(self._folder, person)

    def end(self, alias: str) -> None:
        """Forget who it was."""
        self._forgotten.end(alias)

    def tidy(self) -> None:
        """Finish a run that was killed after the very last step but one."""
        self._forgotten.tidy()


def _naming(folder: Path, person: Person) -> list[Path]:
    """Return the files in a folder that name a student."""
    return [file for file in sorted(folder.rglob("*")) if file.is_file() and _names(file, person)]


def _names(file: Path, person: Person) -> bool:
    """Say whether a file of whatever size names a student; an archive, whether one of its files does."""
    try:
        if not file.stat().st_size:
            return False
        with file.open("rb") as stream, mmap(stream.fileno(), 0, access=ACCESS_READ) as data:
            return person.is_named_in(data) or any(map(person.is_named_in, _unpacked(stream)))
    except OSError as error:
        raise OutputError(f"{file}: cannot be read: {error.strerror}") from error


def _unpacked(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the files of an archive, as far as it is sound; nothing of any other file."""
    if is_zipfile(stream):
        with suppress(*_DAMAGED), ZipFile(stream) as archive:
            for member in archive.infolist():
                with archive.open(member) as packed:
                    yield packed.read(MOST_BYTES)
