"""Arrivals as rows of their table, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeAlias

from ..intake.arrival import Arrival
from ..intake.handed_in import Outcome, Platform, Sender

Columns: TypeAlias = tuple[str | int | None, ...]
"""An arrival as its table holds it, without where it came from."""

OUTCOME, KNOWN = 0, -2  # places in it


def says_less(row: Columns, before: Columns) -> bool:
    """Say whether an arrival is no reason to doubt what became of the same bytes before.

    That is so where a reader died that had not, and where the list of the class is not named again. That it
    is somebody else's says more: a list was corrected.
    """
    crashed = row[OUTCOME] == Outcome.CRASHED and before[OUTCOME] == Outcome.READ
    forgotten = before[KNOWN] and not row[KNOWN] and row[OUTCOME] != Outcome.NOT_THEIRS
    return crashed or bool(forgotten)


def columns_of(arrival: Arrival) -> Columns:
    """Return an arrival as its table holds it."""
    sender = arrival.sender
    sent: Sequence[str | int | None] = (None,) * 6
    if sender is not None:
        sent = (sender.platform, sender.key, sender.name, sender.email, sender.order, int(sender.late))
    notes = json.dumps(arrival.notes, ensure_ascii=False)
    return (
        arrival.outcome,
        arrival.student,
        arrival.paper,
        int(arrival.is_row),
        *sent,
        int(arrival.known),
        notes,
    )


def arrival_of(
    source: str, sha256: str, outcome: str, student: str, paper: str, is_row: int, *sent: str | int | None
) -> Arrival:
    """Return an arrival from its row: where it came from, its columns, and its number."""
    *sent_by, known, notes, number = sent
    return Arrival(
        source=source,
        sha256=sha256,
        outcome=Outcome(outcome),
        student=student,
        paper=paper,
        sender=_sender(*sent_by),
        is_row=bool(is_row),
        known=bool(known),
        notes=tuple(json.loads(str(notes))),
        number=int(number or 0),
    )


def _sender(
    platform: str | int | None = None,
    key: str | int | None = None,
    name: str | int | None = None,
    email: str | int | None = None,
    order: str | int | None = None,
    late: str | int | None = None,
) -> Sender | None:
    if platform is None:
        return None
    return Sender(Platform(str(platform)), str(key), str(name), str(email), int(order or 0), bool(late))
