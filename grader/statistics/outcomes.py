"""How far the class reaches each learning outcome."""

from __future__ import annotations

from fractions import Fraction

from ...generator.frozen import frozen
from .sheet import Cell, Question, Sheet


@frozen
class Reached:
    """A learning outcome; a question that tests several counts for each.

    Attributes
    ----------
    outcome
        Its name.
    questions
        The questions that test it.
    students
        Of how many something that tests it is marked.
    share
        What was earned of all points that could be; None where nothing is marked.
    """

    outcome: str
    questions: tuple[Question, ...]
    students: int
    share: Fraction | None


def outcomes_of(sheet: Sheet) -> tuple[Reached, ...]:
    """Return the outcomes that questions test, by name."""
    cells: dict[str, list[tuple[str, Cell]]] = {}
    for row in sheet.rows:
        for cell in row.cells:
            for outcome in dict.fromkeys(cell.asked.outcomes):
                cells.setdefault(outcome, []).append((row.student, cell))
    return tuple(_reached(outcome, cells[outcome], sheet.told) for outcome in sorted(cells))


def _reached(outcome: str, who: list[tuple[str, Cell]], told: frozenset[Question]) -> Reached:
    marked = [(student, cell) for student, cell in who if cell.share is not None and cell.question in told]
    of = sum((cell.of for _, cell in marked), Fraction())
    return Reached(
        outcome=outcome,
        questions=tuple(sorted({cell.question for _, cell in who})),
        students=len({student for student, _ in marked}),
        share=sum((cell.points for _, cell in marked), Fraction()) / of if of else None,
    )
