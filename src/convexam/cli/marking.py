"""A run of `grade`: everything is read or named, every mark is kept, and the files follow from these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import Future

import click

from ..generator.errors import DataError
from ..generator.frozen import frozen
from ..grader import desk
from ..grader.attempts import Attempt, Standing
from ..grader.intake.arrival import Arrival
from ..grader.intake.class_csv import is_class_csv
from ..grader.intake.documents import is_missing, read_document
from ..grader.intake.handed_in import Document, Outcome
from ..grader.intake.repeats import repeated
from ..grader.records.entry import Submitted
from ..grader.records.kept_records import KeptRecords
from ..grader.reports.class_data import ClassData
from ..grader.reports.class_report import class_summary
from ..grader.reports.intake_csv import intake_csv
from ..grader.reports.marks_csv import Record, grade_columns
from ..grader.statistics.whole_class import ClassStatistics
from ..grader.tasks import Handed, ToRead
from .failing import done, fault_of, reasons_of
from .folder import INTAKE, MARKS, REPORT
from .marks import AT_ONCE, Counting, Marks, several
from .odd_files import OddFiles
from .progress import watched, watching
from .reporting import write_report
from .tables import MOST_ROWS, marks_table, printable, sentences
from .waiting import WaitingFile

BUG = 70

READ_ALL_THE_SAME = "read, with a note"
_NOT_MARKED = {Outcome.NO_CODE: "without a paper code there is no key to mark it by"}


@frozen
class Report:
    """What came of a run.

    Attributes
    ----------
    code
        The exit code.
    exam
        The id of the exam.
    records
        The records of all students that count, as long as the store is open.
    of_students
        Those of the students whom the run was about.
    arrived
        What arrived in the run, and whether it counts.
    odd
        What is odd about files.
    faults
        How often the program itself failed.
    """

    code: int
    exam: str
    records: Sequence[Record]
    of_students: Sequence[Record]
    arrived: Sequence[tuple[Arrival, Standing | None]]
    odd: Mapping[str, Sequence[str]]
    faults: int


class Marker:
    """Takes in documents, marks what is to be marked, and brings all files up to date."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._folder = marks.folder
        self._waiting = WaitingFile(marks.folder, marks)
        self._counted = self._overridden()  # before this run
        self._seen: set[int] = set()  # numbers of arrivals of this run
        self._heard: set[str] = set()  # students
        self._odd = OddFiles()
        self._bugs = 0

    def _overridden(self) -> dict[str, Submitted]:
        """Return what counts of students of whose questions a person set the points."""
        students, store = self._marks.store.overridden(), self._marks.store
        counting = self._marks.counting() if students else ()
        return {
            each.student: store.submission_of(each.result)[0] for each in counting if each.student in students
        }

    def hear(self) -> None:
        """Keep what was typed into the file of answers that wait."""
        try:
            heard = self._waiting.hear()
        except DataError:
            click.echo("Nothing was marked yet: first mend what you typed.", err=True)
            raise
        self._heard |= {answered.student for answered in heard}
        if heard:
            marks = "1 mark of yours was" if len(heard) == 1 else f"{len(heard)} marks of yours were"
            click.echo(f"{marks} taken from {self._waiting.file}.")

    # -- what was handed in ------------------------------------------------------------------------------

    def take_in(self, documents: Sequence[Document]) -> None:
        """Read and mark documents; what is wrong with one is kept for the report and stops nothing."""
        reached = 0  # documents
        with watching("Marking", len(documents), "files are read and marked") as step:
            for some in several(self._marks.in_order(desk.read, self._to_read(documents)), AT_ONCE):
                self._keep(*(_handed(task, future) for (_, task), future in some))
                (number, _), _ = some[-1]
                for _ in range(reached, number):
                    step()
                reached = number

    def _to_read(self, documents: Iterable[Document]) -> Iterator[tuple[tuple[int, ToRead], ToRead]]:
        """Yield what is to be read, each with the number of its document."""
        for number, document in enumerate(documents):
            task = self._opened(document)
            if task is not None and is_class_csv(task.data, task.source):
                yield from (((number, row), row) for row in self._rows(task))
            elif task is not None:
                yield (number, task), task

    def _opened(self, document: Document) -> ToRead | None:
        """Return the document with its bytes; keep what stands for it where they cannot be had."""
        if is_missing(document):
            self._odd.note(document.source, [f"{document.problem}; nothing was marked"])
            return None
        data, document = read_document(document)
        task = ToRead(document.source, data, document.sender, rulings=self._marks.rulings)
        if document.outcome is Outcome.READ:
            return task
        self._keep(Handed(task.arrival(document.outcome, document.problem)))
        return None

    def _rows(self, task: ToRead) -> Iterator[ToRead]:
        """Yield the rows of a class, so that a slow one costs none of the others."""
        rows = done(self._marks.crew.submit(desk.rows, task))
        if isinstance(rows, Exception):
            rows = _crashed(task, rows)
        if isinstance(rows, Handed):
            self._keep(rows)
        else:
            yield from rows

    def _keep(self, *handed: Handed) -> None:
        """Keep what came of documents, all or nothing: several wait for the disk no longer than one."""
        firsts: dict[Submitted, Handed] = {}  # the same answers are told of once
        for each in handed:
            if each.entry:
                firsts.setdefault(each.entry.submitted, each)
        for each in firsts.values():
            self._note_asked_otherwise(each)
        arrivals = [each.arrival for each in handed]
        self._seen.update(self._marks.store.keep(arrivals, [each.entry for each in handed if each.entry]))
        for each in handed:
            if each.fault:
                self._tell_fault(each.fault)

    def _note_asked_otherwise(self, handed: Handed) -> None:
        if handed.entry and (others := self._marks.asked_otherwise(handed.entry)):
            asked = f"the exam now asks something else in {', '.join(others)}"
            note = f"{asked} than when it was marked before; look whether it answers that"
            self._odd.note(handed.arrival.source, [note])

    def _tell_fault(self, fault: str) -> None:
        if not self._bugs:
            click.echo("This is a fault of convexam, not of the file. Please report what follows.", err=True)
            click.echo(fault, err=True)
        self._bugs += 1

    # -- what follows from it ----------------------------------------------------------------------------

    def finish(self) -> None:
        """Mark what is not marked on the basis that holds, and bring every student's files up to date."""
        behind = self._marks.unmarked()
        again = 0
        for arrival, error in watched(self._marks.mark(behind), "Marking", len(behind)):
            self._note_failure(arrival.source, error, "marked again")
            again += error is None
        if again:
            files = "1 file was" if again == 1 else f"{again} files were"
            click.echo(f"The exam or its rules were changed, so {files} marked again.")
        for attempt, error in self._marks.settle():
            self._note_failure(attempt.arrival.source, error, "marked")
        self._publish(self._marks.unpublished())
        self._marks.withdraw()

    def _publish(self, students: Sequence[Counting]) -> None:
        for each, error in watched(self._marks.publish(students), "Writing", len(students)):
            self._note_failure(each.source, error, "marked")

    def _note_failure(self, source: str, error: Exception | None, what: str) -> None:
        if error is not None:
            self._odd.note(source, (f"{reason}; it was not {what}" for reason in reasons_of(error)))
            if fault := fault_of(error):
                self._tell_fault(fault)

    # -- what is told of it --------------------------------------------------------------------------------

    def report(self) -> Report:
        """Write what concerns all students, and say how it went."""
        self._marks.write_csv()
        records = self._marks.records(self._marks.counting())
        standings = self._marks.standings()
        arrivals = self._marks.arrivals()
        standing = dict(_places(standings))
        self._marks.write(INTAKE, intake_csv(arrivals, standing))
        data, found = write_report(self._folder, self._marks)
        of_run = self._of_run(arrivals)
        of_students = self._of(self._heard | {each.student for each in of_run if each.number in self._seen})
        self._tell_class(of_students, data, found)
        self._tell_arrivals(of_run, repeated(arrivals), standings)
        click.echo(f"Marks: {self._folder / MARKS}/marks.csv; a record and a feedback page for each student")
        waits = self._report_waiting(records)
        click.echo(f"Report: {self._folder / MARKS / REPORT}")
        return Report(
            code=BUG if self._bugs else 3 if waits or self._odd else 0,
            exam=self._marks.record.exam.id,
            records=records,
            of_students=of_students,
            arrived=[(each, standing.get(_place(each))) for each in of_run],
            odd=self._odd.problems,
            faults=self._bugs,
        )

    def _of(self, students: Set[str]) -> KeptRecords:
        """Return the records of some students."""
        return self._marks.records(each for each in self._marks.counting() if each.student in students)

    def _tell_class(self, records: Sequence[Record], data: ClassData, found: ClassStatistics) -> None:
        """Print a row for each student who was marked; of a large class, how it went."""
        if records and max(len(records), len(data.class_list.students)) > MOST_ROWS:
            sentences(class_summary(data, found))
        if len(records) <= MOST_ROWS:
            marks_table(records)

    def _of_run(self, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """Return the documents of this run, and those whose place another one took in this run."""
        sources = {each.source for each in arrivals if each.number in self._seen}
        return [
            each
            for each in arrivals
            if each.number in self._seen or (each.outcome is Outcome.REPLACED and each.source in sources)
        ]

    def _tell_arrivals(
        self,
        of_run: Iterable[Arrival],
        repeats: Set[tuple[str, str]],
        standings: Sequence[tuple[Attempt, Standing]],
    ) -> None:
        """Tell what is odd about the documents of this run; what is none the less usual, in one line."""
        untyped: dict[str, list[str]] = {}
        again = 0  # files
        for arrival in of_run:
            if arrival.number in self._seen and _place(arrival) in repeats:
                again += 1
                continue
            if arrival.outcome is Outcome.NOT_TYPED:
                file, _, row = arrival.source.rpartition(" row ")
                untyped.setdefault(file, []).append(row)
            else:
                kind = READ_ALL_THE_SAME if arrival.outcome is Outcome.READ else str(arrival.outcome)
                self._odd.note(arrival.source, told(arrival), kind)
        self._tell_attempts(standings)
        for line in self._odd.lines(f"{self._folder / MARKS / INTAKE} and {REPORT}"):
            click.echo(line, err=True)
        if again:
            click.echo(_told_again(again))
        for file, rows in untyped.items():
            click.echo(f"{printable(file)}: {_untyped(rows)}")

    def _tell_attempts(self, standings: Sequence[tuple[Attempt, Standing]]) -> None:
        """Tell of students who handed in several files in this run, or one more than before, which counts."""
        counting = {each.arrival.student: each for each, state in standings if state is Standing.COUNTS}
        for attempt, standing in standings:
            arrival = attempt.arrival
            other = counting[arrival.student]
            if standing in (Standing.COUNTS, Standing.SAME):
                continue
            if self._seen.isdisjoint((arrival.number, other.arrival.number)):
                continue
            counts = f"{arrival.student} handed in {other.arrival.source} as well, and that counts"
            self._odd.note(arrival.source, [f"{standing}; {counts}"], str(standing))
        for student, attempt in counting.items():
            if before := self._counted.get(student):
                self._odd.note(attempt.arrival.source, self._stay(before, attempt.submitted))

    def _stay(self, before: Submitted, now: Submitted) -> Iterator[str]:
        """Say so where points stay that a person set when another file counted."""
        if before == now:
            return
        overrides = self._marks.store.said(now.student).overrides
        items = [
            item
            for (paper, item), override in overrides.items()
            if paper == now.paper and override.points is not None
        ]
        if items:
            yield f"the points that you set stay: {', '.join(items)}"

    def _report_waiting(self, records: Sequence[Record]) -> bool:
        """Write the file of answers that wait, and say whether somebody has to look at it."""
        written = self._waiting.write(records)
        waiting = sum(record["waiting"] for record in records)
        for problem in self._waiting.left_out:
            click.echo(problem, err=True)
        if not written:
            click.echo(
                f"{self._waiting.file}: was changed meanwhile and is left as it is; call grade again",
                err=True,
            )
        elif waiting:
            answers = "1 answer waits" if waiting == 1 else f"{waiting} answers wait"
            click.echo(f"{answers} for you in {self._waiting.file}: unreadable, or in words.")
            grades = "; grades are provisional" * bool(grade_columns(records))
            until_then = "until then they count 0, or what could be read of them"
            click.echo(f"Type points there and call grade again; {until_then}{grades}.")
        return bool(waiting) or not written


def told(arrival: Arrival) -> Iterator[str]:
    """Say what is odd about a document."""
    if arrival.outcome in (Outcome.READ, Outcome.REPLACED):
        yield from arrival.notes
        return
    notes = [*arrival.notes, _NOT_MARKED.get(arrival.outcome, "")]
    yield f"{'; '.join(filter(None, notes)) or arrival.outcome}; it was not marked"


def _places(standings: Iterable[tuple[Attempt, Standing]]) -> Iterator[tuple[tuple[str, str], Standing]]:
    for attempt, standing in standings:
        yield _place(attempt.arrival), standing


def _place(arrival: Arrival) -> tuple[str, str]:
    return arrival.source, arrival.sha256


def _handed(task: ToRead, future: Future[Handed]) -> Handed:
    """Return what came of reading a document, whatever that was."""
    outcome = done(future)
    return _crashed(task, outcome) if isinstance(outcome, Exception) else outcome


def _crashed(task: ToRead, error: Exception) -> Handed:
    return Handed(task.arrival(Outcome.CRASHED, *reasons_of(error)), fault=fault_of(error))


def _told_again(count: int) -> str:
    if count == 1:
        return "1 file is the same as one that was handed in before; it counts once."
    return f"{count} files are the same as others that were handed in before; they count once."


def _untyped(rows: Sequence[str]) -> str:
    """Say that rows were passed over, because nothing is typed into them yet."""
    which = f"row {rows[0]} holds" if len(rows) == 1 else f"{len(rows)} rows hold"
    return f"{which} no answer, so nothing was marked; type _ into a cell of a paper handed in blank"
