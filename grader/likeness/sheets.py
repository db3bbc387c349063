"""What is compared of a student: the keys of the paper, and the wrong answers that nothing explains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from ...generator.papers import Paper
from ..model import Verdict
from ..reports.record import key_data
from .written import Written, written

_RIGHT = (Verdict.RIGHT, Verdict.BLANK, Verdict.UNMARKED)


class Place(NamedTuple):
    """A question, and one of the answers that it asks for."""

    item: str
    field: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One student's paper.

    Attributes
    ----------
    student, paper
        Whose it is, and its code.
    keys
        What is right on it.
    wrong
        The answers that are not right, and that no misconception, setting, slip or earlier answer explains.
    """

    student: str
    paper: str
    keys: Mapping[Place, Written] = field(default_factory=dict, hash=False)
    wrong: Mapping[Place, Written] = field(default_factory=dict, hash=False)

    @property
    def items(self) -> frozenset[str]:
        """The questions with such answers."""
        return frozenset(place.item for place in self.wrong)

    def variant(self, item: str) -> tuple[tuple[Place, Written], ...]:
        """Return what tells the variants of a question apart: all that is right in it."""
        return tuple((place, key) for place, key in sorted(self.keys.items()) if place.item == item)


def sheet_of_record(record: Mapping[str, Any]) -> Sheet:
    """Return the sheet of a student's record; answers in words are left out."""
    keys, wrong = {}, {}
    for item in record["items"]:
        explained = item["finding"]["fields"] if item["finding"] else ()
        for mark in item["fields"]:
            place = _place(item["id"], mark["name"])
            keys[place] = written(mark["key"])
            if mark["name"] in explained or not _is_wrong(mark):
                continue
            if (answer := written(mark["read"])) != keys[place]:
                wrong[place] = answer
    return Sheet(record["student"], record["paper"], keys, wrong)


@lru_cache(maxsize=1024)
def _place(item: str, field: str) -> Place:
    return Place(item, field)  # of all sheets, once


def _is_wrong(mark: Mapping[str, Any]) -> bool:
    """Say whether something was read that is not right; answers in words, which a person marks, are not."""
    if mark["read"] is None or mark["verdict"] in _RIGHT:
        return False
    return mark["against"] != "human" or not isinstance(mark["read"], str)


def sheet_of_paper(paper: Paper) -> Sheet:
    """Return the sheet of somebody who handed in nothing."""
    keys = {
        _place(problem.item, field.name): written(key_data(field, problem.key[field.name][0]))
        for problem in paper.problems
        for field in problem.fields
    }
    return Sheet(paper.student.id, paper.code, keys)
