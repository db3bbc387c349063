"""Worked solutions begin with the first wrong cell of each map."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import pytest

from convexam.generator.document import Message
from convexam.generator.papers import Paper
from convexam.grader.model import Mark, Verdict
from convexam.grader.reports.worked import first_wrong, steps_of

VERDICTS = {"r": Verdict.RIGHT, "w": Verdict.WRONG, "_": Verdict.BLANK, "?": Verdict.UNREADABLE}


def mark(cells: str, against: Literal["key", "own"] = "key", field: str = "Y") -> Mark:
    rows = tuple(tuple(VERDICTS[cell] for cell in row) for row in cells.split())
    return Mark(field, Verdict.PARTIAL, Fraction(), 0, cells=rows, against=against)


@pytest.mark.parametrize(
    ("cells", "cell"),
    [("rr rw", (1, 1)), ("_w ww", (0, 1)), ("?r wr", (1, 0)), ("rr rr", None), ("_? _r", None), ("", None)],
)
def test_the_first_wrong_cell_was_read(cells: str, cell: tuple[int, int] | None) -> None:
    assert first_wrong(mark(cells)) == cell


def test_what_is_carried_has_other_windows() -> None:
    assert first_wrong(mark("rw", "own")) is None


def test_the_solution_begins_with_it_and_is_whole(paper: Paper) -> None:
    problem = next(each for each in paper.problems if each.item == "a1")
    size = problem.key["Y"][0]
    right = " ".join("r" * len(row) for row in size)  # type: ignore[union-attr, arg-type]
    plain = steps_of(problem, [mark(right)])
    begun = steps_of(problem, [mark(right[:1] + "w" + right[2:])])
    title = begun[0]
    assert isinstance(title, Message)
    assert title.text.startswith("**The first wrong cell")
    assert title.values["column"] == 1 + problem.case.conventions.origin
    assert begun[-len(plain) :] == plain
    assert len(begun) > len(plain) + 2
