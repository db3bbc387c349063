"""The worked solution of exactly the variant that a student had, beginning with what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...generator import registry
from ...generator.document import say
from ...generator.figures.model import Cell
from ...generator.model import Step
from ...generator.papers import Problem
from ..model import Mark, Verdict

MOST_CELLS = 3
"""Of wrong cells that are worked out before the whole: one of a map, in so many maps."""


def steps_of(problem: Problem, marks: Sequence[Mark]) -> tuple[Step, ...]:
    """Return the worked solution; before it, of maps with wrong cells, how the first of these is found."""
    whole = tuple(registry.get(problem.spec.type).work(problem.case))
    own = tuple(_wrong_cells(problem, marks))
    return (*own, say("**The whole solution**"), *whole) if own else whole


def _wrong_cells(problem: Problem, marks: Sequence[Mark]) -> Iterator[Step]:
    kind, origin = registry.get(problem.spec.type), problem.case.conventions.origin
    if kind.work_at is None:
        return
    fields = {field.name: field for field in kind.ask(problem.case) if field.kind == "tensor"}
    wrong = [(mark, cell) for mark in marks if mark.field in fields and (cell := first_wrong(mark))]
    for mark, (row, column) in wrong[:MOST_CELLS]:
        steps = tuple(kind.work_at(problem.case, mark.field, (row, column)))
        if steps:
            yield say(
                "**The first wrong cell of {{ map }}: row {{ row }}, column {{ column }}**",
                map=fields[mark.field].label,
                row=row + origin,
                column=column + origin,
            )
            yield from steps


def first_wrong(mark: Mark) -> Cell | None:
    """Return the first cell of a map that is wrong against the key: then its window is that of the key."""
    places = (
        (row, column)
        for row, verdicts in enumerate(mark.cells)
        for column, verdict in enumerate(verdicts)
        if verdict is Verdict.WRONG and mark.against == "key"
    )
    return next(places, None)
