"""What is seen only side by side: papers that several people hand in, and what comes twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from .arrival import Arrival
from .handed_in import Outcome, Platform


def compared(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Return what arrived in its order, with what only its neighbours tell.

    Parameters
    ----------
    arrivals
        All that was ever handed in for an exam, in the order of arrival, each as `identify` judged it alone.
    """
    times = Counter(arrival.student for arrival in arrivals)

    def has_neighbours(arrival: Arrival) -> bool:
        return bool(arrival.student) and times[arrival.student] > 1

    told = iter(_repeated(_contested(list(filter(has_neighbours, arrivals)))))
    return [next(told) if has_neighbours(arrival) else arrival for arrival in arrivals]


def _contested(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Refuse a paper that several strangers hand in, or strangers besides the student whose it is.

    Who was known once, by a list that was named then, stays known.
    """
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    strangers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in arrivals:
        if each.sender:
            (known if each.known else strangers)[_whose(each)].add(each.sender.id)
    return [_judged(each, strangers[_whose(each)], known[_whose(each)]) for each in arrivals]


def _judged(arrival: Arrival, strangers: set[str], known: set[str]) -> Arrival:
    student, sender = arrival.student, arrival.sender
    if sender is None or sender.id in known or (len(strangers) < 2 and not known):
        return arrival
    if known:
        outcome = Outcome.NOT_THEIRS
        problem = f"{student} is {', '.join(sorted(known))} and handed this paper in; ask who {sender.id} is"
    else:
        outcome = Outcome.CONTESTED
        who = ", ".join(sorted(strangers)[:5]) + " and others" * (len(strangers) > 5)
        problem = (
            f"{who} hand in the paper of {student}, and nothing says who that is; name the list of the class "
            "that the platform gives you as well, or add its ids to the roster"
        )
    return replace(arrival, student="", outcome=outcome, notes=(problem,))


def _whose(arrival: Arrival) -> tuple[str, str]:
    return arrival.student, arrival.paper


def _repeated(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Tell what came twice from one student, and where one submission holds two answer files."""
    same: dict[tuple[str, str], Arrival] = {}
    beside: dict[tuple[str, str, str, str], Arrival] = {}
    told = []
    for arrival in arrivals:
        student = arrival.student
        first = same.setdefault((student, arrival.sha256), arrival) if student else arrival
        if first.source != arrival.source:
            told.append(_with_note(arrival, f"is the same file as {first.source}; it counts once"))
            continue
        place = (student, arrival.paper, *_submission(arrival))
        other = beside.setdefault(place, arrival) if student else arrival
        if other.source != arrival.source:
            arrival = _with_note(
                arrival, f"was handed in together with {other.source}, which differs; compare them"
            )
        told.append(arrival)
    return told


def _submission(arrival: Arrival) -> tuple[str, str]:
    """Tell what was handed in at one time from the rest.

    Canvas packs the last attempt alone, and its numbers are those of files; a loose file stands alone.
    """
    if arrival.sender is None:
        return arrival.source, ""
    archive, _, member = arrival.source.rpartition(": ")
    order = "" if arrival.sender.platform is Platform.CANVAS else arrival.sender.order
    return f"{archive or PurePosixPath(member).parent} {order}", arrival.sender.id


def _with_note(arrival: Arrival, note: str) -> Arrival:
    return replace(arrival, notes=(*arrival.notes, note))
