"""Which files were handed in for several students, or for somebody else: for a person to look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from enum import StrEnum

from ...generator.frozen import frozen
from ..intake.arrival import Arrival
from ..intake.handed_in import Outcome, Sender


class Matter(StrEnum):
    """What is worth a look."""

    SAME_FILE = "the same file"
    OTHERS_PAPER = "somebody else's paper"


_OTHERS = (Outcome.NOT_THEIRS, Outcome.CONTESTED)


@frozen
class HandedIn:
    """Files that have to do with several students.

    Attributes
    ----------
    matter
        What is worth a look.
    people
        Students as far as they are known, else senders.
    sources
        The files.
    notes
        What was odd about them at intake.
    """

    matter: Matter
    people: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...] = ()


Called = Callable[[Sender], str]


def _by_platform(sender: Sender) -> str:
    return sender.id


def files_of_several(
    arrivals: Iterable[Arrival], blank: Container[str] = (), called: Called = _by_platform
) -> tuple[HandedIn, ...]:
    """Return files worth a look, in the order of their names.

    Parameters
    ----------
    arrivals
        Everything that arrived.
    blank
        The digests of files without an answer, which anybody may hand in.
    called
        What a sender is called: the student's id, where that is known.
    """
    known = sorted(arrivals, key=lambda arrival: arrival.source)
    found = [*_same(known, blank, called), *_others(known, called)]
    return tuple(sorted(found, key=lambda each: (each.sources, each.matter)))


def _same(arrivals: Iterable[Arrival], blank: Container[str], called: Called) -> Iterator[HandedIn]:
    files: dict[str, list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        if arrival.sha256 and not arrival.is_row and arrival.outcome in (Outcome.READ, *_OTHERS):
            files[arrival.sha256].append(arrival)
    for digest, copies in files.items():
        people = tuple(sorted({_person(copy, called) for copy in copies} - {""}))
        if len(people) > 1 and digest not in blank:
            yield HandedIn(Matter.SAME_FILE, people, tuple(copy.source for copy in copies))


def _others(arrivals: Iterable[Arrival], called: Called) -> Iterator[HandedIn]:
    for arrival in arrivals:
        if arrival.outcome in _OTHERS:
            people = {arrival.student, called(arrival.sender) if arrival.sender else ""} - {""}
            yield HandedIn(Matter.OTHERS_PAPER, tuple(sorted(people)), (arrival.source,), arrival.notes)


def _person(arrival: Arrival, called: Called) -> str:
    """Return who handed in a file: the sender, as whose answers they are the file says itself."""
    return called(arrival.sender) if arrival.sender else arrival.student
