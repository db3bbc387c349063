"""What a run of `grade` tells a program that called it: one JSON document, as `grades_schema` says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...generator.reading.schema import canonical_json, dump
from ...version import __version__
from ..attempts import Standing
from ..intake.arrival import Arrival
from ..marking.settle import CUT
from .grades_schema import Arrived, Counts, Error, Odd, Waiting
from .marks_csv import Record
from .record import is_decided

FORMAT = "convexam-grades/1"
MOST_ECHOED = 200  # characters of an answer


def grades_json(
    exam: str,
    records: Sequence[Record],
    arrived: Iterable[tuple[Arrival, Standing | None]],
    odd: Mapping[str, Sequence[str]],
    *,
    students: int,
    faults: int,
) -> bytes:
    """Return the document of a run.

    Parameters
    ----------
    exam
        The id of the exam.
    records
        Those to be told, by student.
    arrived
        What arrived in this run, and whether it counts.
    odd
        What is odd about files.
    students
        How many have marks.
    faults
        How often the program itself failed.
    """
    listed = [_arrived(*each) for each in sorted(arrived, key=lambda each: (each[0].source, each[0].number))]
    waiting = [each for record in records for each in _waiting(record)]
    told = [Odd(file, tuple(notes)) for file, notes in odd.items()]
    counts = Counts(
        students=students,
        records=len(records),
        arrived=len(listed),
        not_marked=sum(each.standing is None for each in listed),
        waiting=len(waiting),
        odd=len(told),
        faults=faults,
    )
    return _document(
        {
            "exam": exam,
            "records": [_shortened(record) for record in records],
            "arrived": list(map(dump, listed)),
            "waiting": list(map(dump, waiting)),
            "odd": list(map(dump, told)),
            "counts": dump(counts),
        }
    )


def failure_json(error: Error) -> bytes:
    """Return the document of a run that ended before it was done."""
    return _document({"error": dump(error)})


def _document(parts: dict[str, Any]) -> bytes:
    return canonical_json({"format": FORMAT, "convexam": __version__, **parts}, ascii_only=True)


def _arrived(arrival: Arrival, standing: Standing | None) -> Arrived:
    return Arrived(
        file=arrival.source,
        outcome=str(arrival.outcome),
        counts=standing is Standing.COUNTS,
        standing=None if standing is None else str(standing),
        student=arrival.student or None,
        paper=arrival.paper or None,
        sender=arrival.sender.id if arrival.sender else None,
        late=bool(arrival.sender and arrival.sender.late),
        notes=arrival.notes,
    )


def _waiting(record: Record) -> Iterator[Waiting]:
    for item in record["items"]:
        for field in () if is_decided(item) else item["fields"]:
            if field["verdict"] in ("UNREADABLE", "UNMARKED"):
                yield Waiting(record["student"], item["id"], field["name"], field["verdict"])


def _shortened(record: Record) -> Record:
    """Shorten answers in words; the file of the record holds more of them."""
    items = [
        item | {"fields": [field | _shortened_answer(field) for field in item["fields"]]}
        for item in record["items"]
    ]
    return record | {"items": items}


def _shortened_answer(field: Record) -> Record:
    long = {name: field.get(name) for name in ("raw", "read")}
    return {
        name: text[: MOST_ECHOED - len(CUT)] + CUT
        for name, text in long.items()
        if isinstance(text, str) and len(text) > MOST_ECHOED
    }
