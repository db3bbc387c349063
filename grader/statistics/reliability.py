"""How reliable the totals are: Cronbach's alpha."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt

from ...generator.frozen import frozen
from .numbers import FEW, variance
from .sheet import Question, Sheet


@frozen
class Reliability:
    """Cronbach's alpha of the questions that everybody had.

    Attributes
    ----------
    alpha
        None where it is undefined, or too few students handed in.
    error
        The standard error of measurement of the points of these questions; None as well with a negative
        alpha.
    students
        How many students it is of.
    used, left_out
        The questions that everybody had, and the others.
    reason
        Why there is none.
    """

    alpha: Fraction | None
    error: float | None
    students: int
    used: tuple[Question, ...]
    left_out: tuple[Question, ...]
    reason: str = ""


def reliability_of(sheet: Sheet) -> Reliability:
    """Return the alpha of a class. What waits for a person counts as it stands, as it does in the totals."""
    count = len(sheet.rows)
    everybody = [
        question
        for question, who in sheet.by_question.items()
        if len(who) == count and question in sheet.told
    ]
    left_out = tuple(question for question in sheet.questions if question not in everybody)
    columns = [[cell.points for _, cell in sheet.by_question[question]] for question in everybody]
    alpha, reason = None, _too_little(count, len(columns))
    if not reason:
        alpha = cronbach(columns)
        reason = "" if alpha is not None else "everybody has the same total"
    return Reliability(
        alpha=alpha,
        error=None if alpha is None or alpha < 0 else _error(columns, alpha),
        students=count,
        used=tuple(everybody),
        left_out=left_out,
        reason=reason,
    )


def _too_little(students: int, questions: int) -> str:
    if students < FEW:
        return f"fewer than {FEW} students handed in"
    if questions < 2:
        return "it takes two questions that everybody had"
    return ""


def cronbach(columns: Sequence[Sequence[Fraction]]) -> Fraction | None:
    """Return k / (k - 1) (1 - sum of variances / variance of the sum) (Cronbach 1951, Psychometrika 16(3)).

    None where the sum does not vary.

    Parameters
    ----------
    columns
        Of each question, at least two, the points of all students, at least two.
    """
    totals = [sum(points, Fraction()) for points in zip(*columns, strict=True)]
    whole = variance(totals)
    if not whole:
        return None
    parts = sum((variance(column) or Fraction() for column in columns), Fraction())
    count = len(columns)
    return Fraction(count, count - 1) * (1 - parts / whole)


def _error(columns: Sequence[Sequence[Fraction]], alpha: Fraction) -> float:
    """Return the deviation times the root of 1 - alpha."""
    totals = [sum(points, Fraction()) for points in zip(*columns, strict=True)]
    return sqrt((variance(totals) or Fraction()) * (1 - alpha))
