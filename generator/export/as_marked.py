"""A problem as a platform can mark it: cell by cell, each blank by itself, numbers as decimals.

The marks of a platform are to equal our own marking of this problem, not of the one on paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from ..figures.numerals import decimals
from ..latex import terminates
from ..model import Exact, Field, Rounded, Value
from ..papers import Problem
from ..policy import ALL, Credit, Marking

DECIMALS = 3
"""To which numbers are rounded that no decimal says, as a platform reads no fraction."""

MARKING = Marking(carry_forward=None)
"""How a platform adds up: no error is carried forward, nothing is rounded."""

_CREDIT = Credit(shapes="per-size")


def as_marked(problem: Problem, *, pays_mistakes: bool = True) -> Problem:
    """Return a problem as a platform marks it.

    The size of every map is told, as its cells are boxes. Each size of a shape counts by itself.

    Parameters
    ----------
    problem
        As it stands on the paper.
    pays_mistakes
        Whether the platform can pay a part for a known wrong answer. No platform can where several
        options are chosen at once.
    """
    fields = tuple(_told(field, problem.key[field.name]) for field in problem.fields)
    pays = pays_mistakes and all(field.kind != "choices" for field in fields)
    spec = problem.spec if pays else replace(problem.spec, misconceptions={})
    return replace(problem, spec=spec, credit=_CREDIT, asked=fields)


def left_out(problem: Problem, *, pays_mistakes: bool = True) -> Iterator[str]:
    """Yield, in words for instructors, what a platform does otherwise than the exam says."""
    credit = problem.credit
    if credit.correct_guessing or credit.wrong_choice:
        yield "guessing is not corrected"
    if ALL in (credit.question, credit.maps, credit.records, credit.choices, credit.orders):
        yield "what is to be right as a whole is paid part by part"
    if any(field.kind == "shape" for field in problem.fields) and credit.shapes != "per-size":
        yield "each size of a shape is paid by itself"
    if any(field.kind == "tensor" and field.shape is None for field in problem.fields):
        yield "the size of a map that is to be found is told"
    if credit.method:
        yield "the map of another stride, padding or dilation earns only its right cells"
    paid = any(problem.spec.misconceptions.values())
    if paid and not as_marked(problem, pays_mistakes=pays_mistakes).spec.misconceptions:
        yield "known mistakes earn nothing"


def left_out_of_exam(marking: Marking) -> Iterator[str]:
    """Yield, in words for instructors, what a platform does not do of how an exam is marked."""
    if marking.carry_forward is not None:
        yield "no error is carried forward"
    if marking.rounding.questions or marking.rounding.total:
        yield "points are not rounded"
    if marking.out_of is not None:
        yield f"points above {decimals(marking.out_of)} count as well"
    if marking.grade is not None:
        yield "points become no grade"


def _told(field: Field, accepted: tuple[Value, ...]) -> Field:
    if field.kind == "tensor":
        rows: tuple[tuple[Value, ...], ...] = accepted[0]  # type: ignore[assignment]
        field = replace(field, shape=(len(rows), len(rows[0])), row=False)
    if field.rule == Exact() and any(map(_endless, accepted)):
        return replace(field, rule=Rounded(DECIMALS))
    return field


def _endless(value: Value) -> bool:
    """Say whether a number, or one of several, has no end as a decimal."""
    if isinstance(value, tuple):
        return any(map(_endless, value))
    return isinstance(value, Fraction) and not terminates(value)
