"""Everything that arrived, in one CSV file: what became of each document, and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...generator.csv_text import csv_bytes
from ..attempts import Standing
from ..intake.arrival import Arrival

HEADER = ("file", "outcome", "counts", "student", "paper", "sender", "late", "notes")


def intake_csv(arrivals: Iterable[Arrival], standings: Mapping[tuple[str, str], Standing]) -> bytes:
    """Return one row for each document, or row of one, in the order of their names.

    Parameters
    ----------
    arrivals
        Everything that arrived.
    standings
        By source and digest: whether it counts, or why not.
    """
    ordered = sorted(arrivals, key=lambda each: (each.source, each.number))
    return csv_bytes([HEADER, *(tuple(_cells(each, standings)) for each in ordered)])


def _cells(arrival: Arrival, standings: Mapping[tuple[str, str], Standing]) -> Iterator[str]:
    standing = standings.get((arrival.source, arrival.sha256))
    yield arrival.source
    yield arrival.outcome
    yield "" if standing is None else "yes" if standing is Standing.COUNTS else str(standing)
    yield arrival.student
    yield arrival.paper
    yield arrival.sender.id if arrival.sender else ""
    yield "late" if arrival.sender and arrival.sender.late else ""
    yield "; ".join(arrival.notes)
