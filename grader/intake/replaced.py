"""Rows of a class that were marked, and whose place in the file another row has taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .arrival import Arrival
from .handed_in import Outcome

_NOTE = (
    "was a row of {student}, and another row stands there now, so it no longer counts; if that was another "
    "file of the same name, rename one of them and grade both"
)


def replaced(superseded: Iterable[Arrival], holding: Sequence[Arrival]) -> list[Arrival]:
    """Return the rows without which nothing counts on a student's paper any longer.

    A row that was corrected, or moved to another place of the file, is none of them.

    Parameters
    ----------
    superseded
        What no longer holds, in the order of first arrival.
    holding
        What holds.
    """
    lost = {_whose(each): each for each in superseded if each.is_row and each.outcome is Outcome.READ}
    read = (_whose(arrival) for arrival in holding if arrival.outcome is Outcome.READ)
    held = {whose for whose in read if whose in lost}
    return [
        replace(each, outcome=Outcome.REPLACED, notes=(_NOTE.format(student=each.student),))
        for whose, each in lost.items()
        if whose not in held
    ]


def _whose(arrival: Arrival) -> tuple[str, str]:
    return arrival.student, arrival.paper
