"""``marks.sqlite``: everything that arrived, every result, what people said, and nothing changed afterwards.

Rows are added and never changed. A submission is known by the digest of its bytes and by whose it is; a
result by the submission, the records and rules it was marked against, and the release. So marking a file
again adds nothing, and a run that was killed is simply run again. Which of a student's submissions counts
follows from what is kept (`grader.attempts`).

A result is what the machine makes of a submission, and stays as it is. What people say has tables of its own,
which no marking touches. Both together are settled: the record that counts. As it says how much had been said
by then, a settled record that is out of date shows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from fractions import Fraction
from pathlib import Path

from ...generator.errors import OutputError
from ..intake.arrival import Arrival
from ..intake.handed_in import Outcome
from . import queries
from .columns import OUTCOME, arrival_of, columns_of, says_less
from .entry import Basis, Entry, Submitted
from .opening import connected
from .people import Answered, Judgement, Override, Said, SaidRule
from .schema import brought_up_to_date


class Store:
    """An open ``marks.sqlite``; use `opened`."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self._file = file

    @property
    def connection(self) -> sqlite3.Connection:
        """The database, for those who keep more in it; see `alone` and `explained`."""
        return self._connection

    def explained(self) -> AbstractContextManager[None]:
        """Say what was being done where the database fails."""
        return _explained(self._file)

    @property
    def changes(self) -> int:
        """How many rows were changed since it was opened: what was read holds until that grows."""
        return self._connection.total_changes

    # -- what arrived ------------------------------------------------------------------------------

    def keep(self, arrivals: Iterable[Arrival], entries: Iterable[Entry] = ()) -> list[int]:
        """Keep what arrived, and the results of what could be marked, in one transaction.

        Returns
        -------
        list
            The numbers of what arrived.
        """
        with self.alone():
            for entry in entries:
                self._keep(entry)
            return [self._arrive(arrival) for arrival in arrivals]

    def _keep(self, entry: Entry) -> None:
        key = (entry.submitted.sha256, entry.submitted.student, entry.submitted.paper)
        self._connection.execute(
            "INSERT OR IGNORE INTO submission VALUES (?, ?, ?, ?, ?)", (*key, entry.source, entry.data)
        )
        basis = (entry.basis.exam_sha256, entry.paper_sha256, entry.convexam, entry.basis.rules)
        self._connection.execute(
            "INSERT OR IGNORE INTO result"
            " (submission, student, paper, exam_sha256, paper_sha256, convexam, rules, record)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*key, *basis, entry.record),
        )

    def _arrive(self, arrival: Arrival) -> int:
        place = (arrival.source, arrival.sha256)
        self._note_arrival(arrival, place)
        ((number,),) = self._connection.execute(queries.FIRST_ARRIVAL, place)
        return int(number)

    def _note_arrival(self, arrival: Arrival, place: tuple[str, str]) -> None:
        last = self._connection.execute(queries.LAST_OF_SOURCE, place[:1]).fetchone()
        before = self._connection.execute(queries.LAST_ARRIVAL, place).fetchone()
        row = columns_of(arrival)
        if before and says_less(row, before):
            row = before
        is_file = row[OUTCOME] == Outcome.READ and not arrival.is_row
        if row == before and (is_file or last == place[1:]):
            return
        self._connection.execute(
            "INSERT INTO arrival (source, sha256, outcome, student, paper, is_row,"
            " platform, sender, name, email, attempt, late, known, notes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*place, *row),
        )

    def arrivals(self) -> list[Arrival]:
        """Return everything that arrived and holds, in the order of first arrival."""
        return self._arrivals(holding=True)

    def superseded(self) -> list[Arrival]:
        """Return what arrived and does not hold, as something else came from its place."""
        return self._arrivals(holding=False)

    def _arrivals(self, *, holding: bool) -> list[Arrival]:
        with _explained(self._file):
            return [arrival_of(*row) for row in self._connection.execute(queries.ARRIVALS, (holding,))]

    # -- results -----------------------------------------------------------------------------------

    def result_of(self, submitted: Submitted, basis: Basis) -> int | None:
        """Return the number of the latest result of a submission on this basis, if there is any."""
        with _explained(self._file):
            key = (submitted.sha256, submitted.student, submitted.paper)
            ((number,),) = self._connection.execute(queries.RESULT, (*key, basis.exam_sha256, basis.rules))
            return None if number is None else int(number)

    def submission_of(self, result: int) -> tuple[Submitted, bytes]:
        """Return the submission that a result is of, and its bytes."""
        with _explained(self._file):
            ((*submitted, data),) = self._connection.execute(queries.SUBMISSION, (result,))
            return Submitted(*submitted), bytes(data)

    def bytes_of(self, submitted: Submitted) -> bytes:
        """Return the file, or the row of a class, as it was handed in."""
        with _explained(self._file):
            (data,) = self._connection.execute(
                "SELECT bytes FROM submission WHERE sha256 = ? AND student = ? AND paper = ?",
                (submitted.sha256, submitted.student, submitted.paper),
            ).fetchone()
            return bytes(data)

    def last_record(self, submitted: Submitted) -> str | None:
        """Return the record of the latest result of a submission, whatever it was marked against."""
        with _explained(self._file):
            key = (submitted.sha256, submitted.student, submitted.paper)
            found = self._connection.execute(queries.LAST_RECORD, key).fetchone()
            return None if found is None else str(found[0])

    def settle(self, result: int, said: int, record: str) -> None:
        """Keep what counts of a result, with all that people had said by then."""
        with self.alone():
            self._settle(result, said, record)

    def _settle(self, result: int, said: int, record: str) -> None:
        if self._connection.execute(queries.SETTLED, (result,)).fetchone() != (said, record):
            self._connection.execute(
                "INSERT INTO settled (result, said, record) VALUES (?, ?, ?)", (result, said, record)
            )

    def settled(self, result: int) -> tuple[int, str] | None:
        """Return what counts of a result, and how often people had said something by then."""
        with _explained(self._file):
            found = self._connection.execute(queries.SETTLED, (result,)).fetchone()
            return None if found is None else (int(found[0]), str(found[1]))

    def record(self, result: int) -> str:
        """Return the settled record of a result, or that of the machine where nothing is settled yet."""
        settled = self.settled(result)
        return self.marked(result) if settled is None else settled[1]

    def marked(self, result: int) -> str:
        """Return the record of a result as the machine made it."""
        with _explained(self._file):
            (record,) = self._connection.execute(
                "SELECT record FROM result WHERE id = ?", (result,)
            ).fetchone()
            return str(record)

    def records(self) -> Iterator[str]:
        """Yield all records that were ever settled, whether or not they still count."""
        with _explained(self._file):
            rows = self._connection.execute("SELECT record FROM settled ORDER BY id")
            yield from (record for (record,) in rows)

    # -- files that were made of it ----------------------------------------------------------------

    def published(self) -> dict[str, str]:
        """Return of what the files of each student were made."""
        with _explained(self._file):
            return dict(self._connection.execute("SELECT student, made_of FROM published"))

    def publish(self, student: str, made_of: str | None) -> None:
        """Note of what the files of a student were made, or that there are none any more."""
        with self.alone():
            self._publish(student, made_of)

    def _publish(self, student: str, made_of: str | None) -> None:
        self._connection.execute("DELETE FROM published WHERE student = ?", (student,))
        if made_of is not None:
            self._connection.execute("INSERT INTO published VALUES (?, ?)", (student, made_of))

    def publishing(
        self, written: Iterable[tuple[str, str]], next_: Iterable[tuple[str, int, int, str]] = ()
    ) -> None:
        """Note of what files were made that are written, and settle those that are written next, together.

        Until they are noted as well, the files of these are made of nothing that counts, so that a run
        that was killed meanwhile is seen to have left them.

        Parameters
        ----------
        written
            Students, and of what their files were made.
        next_
            Students, with what `settle` keeps.
        """
        with self.alone():
            for student, made_of in written:
                self._publish(student, made_of)
            for student, result, said, record in next_:
                self._settle(result, said, record)
                self._publish(student, "")

    # -- rules of re-marking -----------------------------------------------------------------------

    def rules(self) -> list[SaidRule]:
        """Return every rule that was made or undone, in their order."""
        with _explained(self._file):
            rows = self._connection.execute("SELECT id, text, undoes, reason, said_at FROM rule ORDER BY id")
            return [SaidRule(*row) for row in rows]

    def make_rule(self, text: str, reason: str) -> None:
        """Keep a rule, unless it was made last: a command that was killed is called again."""
        with self.alone():
            self._connection.execute(queries.MAKE_RULE, (text, reason))

    def undo_rule(self, number: int, reason: str) -> None:
        """Keep that a rule is undone, unless it is already."""
        with self.alone():
            self._connection.execute(queries.UNDO_RULE, (number, reason))

    # -- what people said ------------------------------------------------------------------------

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let nobody else write meanwhile; all that is done inside is kept together, or none of it."""
        with _explained(self._file), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield

    def judge(self, answered: Answered, judgement: Judgement) -> None:
        """Keep a person's mark of an answer; inside `alone`."""
        with _explained(self._file):
            self._connection.execute(
                "INSERT INTO judgement (student, paper, item, field, sha256, points, remark)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*answered, _text(judgement.points), judgement.remark),
            )

    def override(self, student: str, paper: str, item: str, override: Override) -> None:
        """Keep the points of a question that a person set."""
        with _explained(self._file), self._connection:
            self._connection.execute(
                "INSERT INTO override (student, paper, item, points, reason) VALUES (?, ?, ?, ?, ?)",
                (student, paper, item, _text(override.points), override.reason),
            )

    def overridden(self) -> set[str]:
        """Return the students of whom a person set the points of a question, or took that back."""
        with _explained(self._file):
            return {student for (student,) in self._connection.execute("SELECT student FROM override")}

    def judgements(self) -> dict[Answered, Judgement]:
        """Return the latest judgement of every answer."""
        with _explained(self._file):
            return dict(_judgements(self._connection.execute(queries.JUDGEMENTS)))

    def said_count(self, student: str) -> int:
        """Return how often people said something about one student."""
        with _explained(self._file):
            (count,) = self._connection.execute(queries.COUNT, (student,)).fetchone()
            return int(count)

    def said(self, student: str) -> Said:
        """Return what people said last about one student."""
        with _explained(self._file):
            # The count comes first: what is said while this is read makes the result outdated, not wrong.
            count = self.said_count(student)
            judged = self._connection.execute(queries.JUDGEMENTS_OF, (student,))
            overridden = self._connection.execute(queries.OVERRIDES_OF, (student,))
            return Said(
                judgements=dict(_judgements(judged)),
                overrides={
                    (paper, item): Override(_points(points), reason)
                    for paper, item, points, reason in overridden
                },
                count=count,
            )


def _judgements(rows: Iterable[tuple[str | None, ...]]) -> Iterator[tuple[Answered, Judgement]]:
    for *answered, points, remark in rows:
        yield Answered(*map(str, answered)), Judgement(_points(points), str(remark))


def _points(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _text(points: Fraction | None) -> str | None:
    return None if points is None else str(points)


@contextmanager
def opened(file: Path, wait: Callable[[], None] | None = None) -> Iterator[Store]:
    """Open the store, or make it, for this process alone. One of an earlier release gets the new tables.

    Parameters
    ----------
    file
        Where it is, or shall be.
    wait
        What is called, once, if another process works on it and will be waited for.

    Raises
    ------
    OutputError
        If the file cannot be opened or written, is no store, or belongs to a later release, or if another
        process works on it and nobody waits.
    """
    with _explained(file):
        connection = connected(file, wait)
    with closing(connection):
        with _explained(file):
            connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten
            if not brought_up_to_date(connection):
                raise OutputError(f"{file}: was written by a later release; use that one")
        yield Store(connection, file)


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise OutputError(
            f"{file}: the marks cannot be kept or read: {reason}. "
            "What was kept is as it was; mend this, and call the command again."
        ) from error
