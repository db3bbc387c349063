"""The marks of an exam: kept in its store, and the files that follow from them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from itertools import groupby, islice
from pathlib import Path
from typing import Any, TypeVar

from ..generator.errors import OutputError
from ..generator.files import (
    PRIVATE,
    TOGETHER,
    make_folder,
    remove,
    remove_leftovers,
    write_each,
    write_whole,
)
from ..generator.papers import Paper
from ..generator.record import ExamRecord
from ..generator.workers.crew import Crew
from ..generator.workers.here import Here
from ..generator.workers.limits import READING
from ..generator.workers.ordered import in_order
from ..grader import desk
from ..grader.attempts import Attempt, Standing, Worth, standings, submitted, worth_of
from ..grader.intake.arrival import Arrival
from ..grader.intake.claims import compared
from ..grader.intake.directory import Directory
from ..grader.intake.handed_in import Outcome
from ..grader.intake.own_names import file_stem
from ..grader.intake.replaced import replaced
from ..grader.paper_records import filed
from ..grader.records.entry import Basis, Entry
from ..grader.records.forgotten import Forgotten
from ..grader.records.kept_records import KeptRecords, parsed
from ..grader.records.store import Store
from ..grader.records.until_changed import UntilChanged
from ..grader.reports.feedback import load_template
from ..grader.reports.marks_csv import marks_csv
from ..grader.rules.held import digest_of, holding
from ..grader.tasks import Kept, Published, ToMark, ToPublish
from ..version import __version__
from .bringing import with_records
from .class_lists import directory_in
from .crews import Staff
from .failing import done, refusal
from .folder import EXAM, MARKS, PAPERS
from .releasing import release_of

RECORD_ENDING = ".json"
PAGE_ENDING = ".feedback.html"
AT_ONCE = TOGETHER // 2
"""How many students are kept, and their two files written, together."""

S = TypeVar("S")
T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Counting:
    """What counts of a student: where it came from, and its result on the basis that holds."""

    student: str
    source: str
    result: int


class Marks:
    """The marks of all students of an exam, in an open store and in the folder ``marks``.

    What counts follows from what is kept, and the files follow from what counts: each step looks for what the
    one before it left to do, so that a run that was killed is simply run again.

    Parameters
    ----------
    folder
        The folder of the exam.
    record
        Its record.
    store
        The open store.
    crew
        Who marks: `workers_at`, or by default this process.
    directory
        The class, where it was read before.
    writes
        Whether files may be written.
    """

    def __init__(
        self,
        folder: Path,
        record: ExamRecord,
        store: Store,
        crew: Crew | None = None,
        directory: Directory | None = None,
        *,
        writes: bool = True,
    ) -> None:
        self.store = store
        self.record = record
        self.release = release_of(folder, record)
        self.rulings = holding(store.rules())
        self.basis = Basis(record.sha256, digest_of(self.rulings))
        self.directory = directory or directory_in(folder, record)
        self.class_list = self.directory.class_list
        self.folder = folder
        self.crew: Crew = crew or Here()
        self._worth = cache(self._read_worth)
        self._arrivals = UntilChanged(store, self._all_arrivals)
        self._standings = UntilChanged(store, self._all_standings)
        desk.open_desk(filed(folder / EXAM), folder / PAPERS, self.directory, __version__)
        if writes:
            make_folder(folder / MARKS)
            remove_leftovers(folder / MARKS)

    def paper(self, code: str) -> Paper:
        """Return the paper of a code."""
        return desk.paper(code)

    # -- which submissions count -----------------------------------------------------------------------

    def arrivals(self) -> list[Arrival]:
        """Return everything that arrived, in that order, with what only its neighbours tell of it."""
        return self._arrivals()

    def _all_arrivals(self) -> list[Arrival]:
        arrivals = compared(self.store.arrivals())
        return [*arrivals, *replaced(self.store.superseded(), arrivals)]

    def accepted(self) -> Iterator[Arrival]:
        """Yield what arrived and can count, in the order of first arrival."""
        return (arrival for arrival in self.arrivals() if arrival.outcome is Outcome.READ)

    def standings(self, worth: Callable[[int], Worth] | None = None) -> list[tuple[Attempt, Standing]]:
        """Say of everything that was marked on the basis that holds whether it counts, by student.

        Parameters
        ----------
        worth
            What results are worth, where that is not what they were marked with.
        """
        return self._standings() if worth is None else self._all_standings(worth)

    def _all_standings(self, worth: Callable[[int], Worth] | None = None) -> list[tuple[Attempt, Standing]]:
        results = ((each, self._result_of(each)) for each in self.accepted())
        attempts = [Attempt(arrival, result) for arrival, result in results if result is not None]
        attempts.sort(key=_student)
        policy = self.record.exam.marking.attempts
        return [
            each
            for _, of_student in groupby(attempts, _student)
            for each in standings(list(of_student), policy, worth or self._worth)
        ]

    def counting(self, worth: Callable[[int], Worth] | None = None) -> list[Counting]:
        """Return what counts for each student, in the order of their ids; see `standings`."""
        return [
            Counting(attempt.arrival.student, attempt.arrival.source, attempt.result)
            for attempt, standing in self.standings(worth)
            if standing is Standing.COUNTS
        ]

    def _result_of(self, arrival: Arrival) -> int | None:
        return self.store.result_of(submitted(arrival), self.basis)

    def _read_worth(self, result: int) -> Worth:
        return worth_of(parsed(self.store.record(result)))

    # -- marking -----------------------------------------------------------------------------------------

    def unmarked(self) -> list[Arrival]:
        """Return what can count and was not marked yet on the basis that holds, each submission once."""
        missing = {submitted(each): each for each in self.accepted() if self._result_of(each) is None}
        return list(missing.values())

    def mark(self, arrivals: Iterable[Arrival]) -> Iterator[tuple[Arrival, Exception | None]]:
        """Mark again what was kept, and say of each what prevented that, if anything did."""
        tasks = ((arrival, ToMark(self._kept_of(arrival), self.rulings)) for arrival in arrivals)
        for some in several(self.in_order(desk.mark, tasks), AT_ONCE):
            outcomes = [(arrival, self._marked(future)) for arrival, future in some]
            self.store.keep((), [entry for _, entry in outcomes if isinstance(entry, Entry)])
            for arrival, entry in outcomes:
                yield arrival, entry if isinstance(entry, Exception) else None

    def _marked(self, future: Future[Entry]) -> Entry | Exception:
        """Return what is to be kept of a submission that was marked again, or what prevents that."""
        entry = done(future)
        if not isinstance(entry, Exception) and (others := self.asked_otherwise(entry)):
            return refusal(f"the exam now asks something else in {', '.join(others)}")
        return entry

    def asked_otherwise(self, entry: Entry) -> list[str]:
        """Return the questions that are others than when the same answers were marked last."""
        before = self.store.last_record(entry.submitted)
        if before is None or before == entry.record:
            return []
        keys = {item["id"]: _keys(item) for item in parsed(before)["items"]}
        return [item["id"] for item in parsed(entry.record)["items"] if keys.get(item["id"]) != _keys(item)]

    def settle(self) -> Iterator[tuple[Attempt, Exception | None]]:
        """Settle attempts between which points decide, and say what prevented that of any."""
        if self.record.exam.marking.attempts != "best":
            return
        attempts = [attempt for attempt, _ in self.standings() if self._is_unsettled(attempt)]
        for (attempt, said), future in self.in_order(desk.record, map(self._to_settle, attempts)):
            record = done(future)
            if isinstance(record, Exception):
                yield attempt, record
                continue
            self._settle(attempt.result, said, record)
            yield attempt, None

    def _is_unsettled(self, attempt: Attempt) -> bool:
        said, _ = self.store.settled(attempt.result) or (0, "")
        return said != self.store.said_count(attempt.arrival.student)

    def _to_settle(self, attempt: Attempt) -> tuple[tuple[Attempt, int], ToMark]:
        said = self.store.said(attempt.arrival.student)
        kept = self.kept(attempt.result, attempt.arrival.source)
        return (attempt, said.count), ToMark(kept, self.rulings, said)

    def _settle(self, result: int, said: int, record: bytes) -> None:
        self.store.settle(result, said, record.decode())
        self._worth.cache_clear()

    def in_order(
        self, function: Callable[[T], V], tasks: Iterable[tuple[S, T]]
    ) -> Iterator[tuple[S, Future[V]]]:
        """Let the crew work on tasks; what each is about comes back with what came of it."""
        about: deque[S] = deque()

        def noted() -> Iterator[T]:
            for what, task in tasks:
                about.append(what)
                yield task

        for future in self._futures(function, noted()):
            yield about.popleft(), future

    def _futures(self, function: Callable[[T], V], tasks: Iterable[T]) -> Iterator[Future[V]]:
        if self.crew.sees_files:
            yield from (future for _, future in in_order(self.crew, function, tasks))
        else:
            brought = with_records(self.crew, self.folder / PAPERS, function, tasks)
            yield from (future for _, future in in_order(self.crew, desk.with_record, brought))

    def kept(self, result: int, source: str) -> Kept:
        """Return the submission of a result as it was kept."""
        which, data = self.store.submission_of(result)
        return Kept(which, source, data)

    def _kept_of(self, arrival: Arrival) -> Kept:
        which = submitted(arrival)
        return Kept(which, arrival.source, self.store.bytes_of(which))

    # -- the files of students ---------------------------------------------------------------------------

    def unpublished(self) -> list[Counting]:
        """Return what counts and is not, or no longer, what a student's files were made of."""
        published = self.store.published()
        return [each for each in self.counting() if not self._is_published(each, published)]

    def _is_published(self, counting: Counting, published: dict[str, str]) -> bool:
        said = self.store.said_count(counting.student)
        if published.get(counting.student) != self._made_of(counting, said):
            return False
        page, file = (self._file(counting.student, ending) for ending in (PAGE_ENDING, RECORD_ENDING))
        try:
            return page.exists() and file.read_bytes() == self.store.record(counting.result).encode()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise OutputError(f"{file}: cannot be read: {error.strerror}") from error

    def _made_of(self, counting: Counting, said: int) -> str:
        """Return what tells whether a student's files are up to date."""
        return f"{counting.result} {said} {self.release} {__version__}"

    def publish(self, students: Iterable[Counting]) -> Iterator[tuple[Counting, Exception | None]]:
        """Settle what counts and write the files, and say of each what prevented that, if anything did.

        Several students at a time: what takes longest is to wait until all is safely on the disk.
        """
        self._arrivals.forget()  # with the first student these are outdated, and of a class they are much
        self._standings.forget()
        written: list[tuple[str, str]] = []  # and not noted yet
        for some in several(self.in_order(desk.publish, map(self._to_publish, students)), AT_ONCE):
            outcomes = [(*what, _published(future)) for what, future in some]
            made = [(each, said, files) for each, said, files in outcomes if isinstance(files, Published)]
            self._settle_next(written, made)
            write_each([file for each, _, files in made for file in self._files(each, files)])
            written = [(each.student, self._made_of(each, said)) for each, said, _ in made]
            for each, _, files in outcomes:
                yield each, files if isinstance(files, Exception) else None
        self.store.publishing(written)

    def _settle_next(
        self, written: Sequence[tuple[str, str]], files: Sequence[tuple[Counting, int, Published]]
    ) -> None:
        settled = [(each.student, each.result, said, made.record.decode()) for each, said, made in files]
        self.store.publishing(written, settled)
        self._worth.cache_clear()

    def _files(self, counting: Counting, made: Published) -> Iterator[tuple[Path, bytes, int]]:
        """Yield the files of a student; the record last: where it is as it should be, the page is so too."""
        yield self._file(counting.student, PAGE_ENDING), made.page, PRIVATE
        yield self._file(counting.student, RECORD_ENDING), made.record, PRIVATE

    def _to_publish(self, counting: Counting) -> tuple[tuple[Counting, int], ToPublish]:
        said = self.store.said(counting.student)
        kept = self.kept(counting.result, counting.source)
        return (counting, said.count), ToPublish(ToMark(kept, self.rulings, said), self.release)

    def withdraw(self) -> None:
        """Remove the files of students of whom nothing counts any longer."""
        still = {counting.student for counting in self.counting()}
        for student in sorted(self.store.published().keys() - still):
            remove(*(self._file(student, ending) for ending in (RECORD_ENDING, PAGE_ENDING)))
            self.store.publish(student, None)

    def records(self, counting: Iterable[Counting]) -> KeptRecords:
        """Return the records that count."""
        return KeptRecords(self.store, [each.result for each in counting])

    def everybody(self, counting: Iterable[Counting]) -> KeptRecords:
        """Return them and those of students who were forgotten, which count in statistics for ever."""
        results = [each.result for each in counting]
        return KeptRecords(self.store, [*results, *Forgotten(self.store).marked()])

    def write_csv(self) -> None:
        """Write the CSV of all students so far."""
        self.write("marks.csv", marks_csv(self.everybody(self.counting())))

    def _file(self, student: str, ending: str) -> Path:
        return self.folder / MARKS / f"{file_stem(student)}{ending}"

    def write(self, name: str, data: bytes) -> None:
        """Write a file of the folder ``marks`` whole."""
        write_whole(self.folder / MARKS / name, data, mode=PRIVATE)


def _published(future: Future[Published]) -> Published | Exception:
    return done(future)


def several(items: Iterable[S], most: int) -> Iterator[list[S]]:
    """Yield items in lists of so many."""
    iterator = iter(items)
    while some := list(islice(iterator, most)):
        yield some


def workers_at(folder: Path, staff: Staff, directory: Directory) -> Crew:
    """Return those who mark for the exam in a folder. Make them before all else."""
    load_template()
    papers = folder / PAPERS if staff.sees_files else None
    start_arguments = (filed(folder / EXAM), papers, directory, __version__)
    return staff.crew(desk.open_desk, start_arguments, READING)


def _student(attempt: Attempt) -> str:
    return attempt.arrival.student


def _keys(item: dict[str, Any]) -> dict[str, Any]:
    """Return what is right on the paper, whatever rules have made of that."""
    drawn: dict[str, Any] | None = item.get("drawn")
    return drawn or {field["name"]: field["key"] for field in item["fields"]}
