"""Which of a student's submissions counts: the first, the last or the best, as the exam says.

Nothing is ever added up over attempts, and nothing is dropped: what does not count is kept, and listed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Literal

from ..generator.frozen import frozen
from .intake.arrival import Arrival
from .model import Verdict
from .records.entry import Submitted
from .reports.record import is_decided

Policy = Literal["first", "last", "best"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """Something of a student's that arrived and was marked."""

    arrival: Arrival
    result: int

    @property
    def submitted(self) -> Submitted:
        """The submission, as it is kept."""
        return submitted(self.arrival)


@frozen
class Worth:
    """What decides between attempts: whether nothing was answered, and the points it may come to."""

    blank: bool
    points: Fraction


class Standing(StrEnum):
    """Whether an attempt counts, or why not."""

    COUNTS = "counts"
    SAME = "the same file again"
    BLANK = "blank, so another file counts"
    EARLIER = "an earlier file"
    LATER = "a later file"
    LESSER = "no better than the file that counts"


_PASSED_OVER = {"first": Standing.LATER, "last": Standing.EARLIER, "best": Standing.LESSER}


def submitted(arrival: Arrival) -> Submitted:
    """Return the submission that arrived, as it is kept."""
    return Submitted(arrival.sha256, arrival.student, arrival.paper)


def standings(
    attempts: Sequence[Attempt], policy: Policy, worth: Callable[[int], Worth]
) -> list[tuple[Attempt, Standing]]:
    """Say of all attempts of one student whether they count; of one or more, exactly one does.

    Parameters
    ----------
    attempts
        In the order of their arrival.
    policy
        Which of them counts. Of equally good ones, the last.
    worth
        What a result is worth; asked only where that decides.
    """
    ordered = _in_order(attempts)
    different: dict[Submitted, Attempt] = {}
    for attempt in ordered:
        different.setdefault(attempt.submitted, attempt)
    one = _one_of(list(different.values()), policy, worth)
    blank = _blanks(list(different.values()), worth) if len(different) > 1 else set()
    return [(attempt, _standing(attempt, one, different, blank, policy)) for attempt in ordered]


def _in_order(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Put attempts in order of arrival, and those of one sender in the order that the platform counts."""
    ordered = sorted(attempts, key=lambda attempt: attempt.arrival.number)
    for sender in {attempt.arrival.sender.id for attempt in ordered if attempt.arrival.sender}:
        places = [
            place
            for place, attempt in enumerate(ordered)
            if attempt.arrival.sender and attempt.arrival.sender.id == sender
        ]
        theirs = sorted((ordered[place] for place in places), key=_counter)
        for place, attempt in zip(places, theirs, strict=True):
            ordered[place] = attempt
    return ordered


def _counter(attempt: Attempt) -> int:
    return attempt.arrival.sender.order if attempt.arrival.sender else 0


def _one_of(attempts: list[Attempt], policy: Policy, worth: Callable[[int], Worth]) -> Attempt:
    if len(attempts) == 1:
        return attempts[0]
    blank = _blanks(attempts, worth)
    filled = [attempt for attempt in attempts if attempt.submitted not in blank] or attempts
    if policy == "first":
        return filled[0]
    if policy == "best":
        return max(reversed(filled), key=lambda attempt: worth(attempt.result).points)
    return filled[-1]


def _blanks(attempts: list[Attempt], worth: Callable[[int], Worth]) -> set[Submitted]:
    """Return the blank files; a marker who types a blank row means it."""
    return {
        attempt.submitted
        for attempt in attempts
        if not attempt.arrival.is_row and worth(attempt.result).blank
    }


def _standing(
    attempt: Attempt,
    one: Attempt,
    different: dict[Submitted, Attempt],
    blank: set[Submitted],
    policy: Policy,
) -> Standing:
    if attempt is one:
        return Standing.COUNTS
    if attempt is not different[attempt.submitted]:
        return Standing.SAME
    return Standing.BLANK if attempt.submitted in blank else _PASSED_OVER[policy]


def worth_of(record: dict[str, Any]) -> Worth:
    """Return what decides between this and other attempts; what waits may still earn all it can."""
    verdicts = (field["verdict"] for item in record["items"] for field in item["fields"])
    points = Fraction(record["points"]) + sum(map(_may_still_earn, record["items"]), Fraction())
    return Worth(blank=all(verdict == "BLANK" for verdict in verdicts), points=points)


def _may_still_earn(item: dict[str, Any]) -> Fraction:
    waits = any(Verdict(field["verdict"]).waits for field in item["fields"])
    return Fraction(item["of"]) - Fraction(item["points"]) if waits and not is_decided(item) else Fraction()
