"""From shares to points, and from points to a grade: exact, as the policy of the exam says."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor

from ...generator.policy import ALL, Credit, Grade, Marking, Rounding


def question_points(
    shares: Iterable[tuple[Fraction, Fraction]], of: Fraction, credit: Credit, marking: Marking
) -> Fraction:
    """Return the points of a question.

    Parameters
    ----------
    shares
        The weight of each answer, and the share of it that was earned.
    of
        What the question is worth.
    credit, marking
        How it is paid, and what holds for the whole paper.
    """
    pairs = list(shares)
    if all(earned == 1 for _, earned in pairs):
        return of
    if not any(earned for _, earned in pairs):
        return Fraction()
    total = sum((weight for weight, _ in pairs), Fraction())
    part = sum((weight * earned for weight, earned in pairs), Fraction()) / total
    if credit.question == ALL and part < 1:
        part = min(part, Fraction())
    least = -of if marking.negative else Fraction()
    return _rounded(max(least, of * part), least, of, marking.rounding.questions, marking.rounding)


def paper_points(questions: Iterable[Fraction], worth: Fraction, marking: Marking) -> Fraction:
    """Return the points of a paper of this worth: never below 0, and never more than full marks."""
    most = full_marks(worth, marking)
    total = min(most, max(Fraction(), sum(questions, Fraction())))
    return _rounded(total, Fraction(), most, marking.rounding.total, marking.rounding)


def full_marks(worth: Fraction, marking: Marking) -> Fraction:
    """Return the points that are full marks on a paper of this worth."""
    return worth if marking.out_of is None else min(marking.out_of, worth)


def _rounded(
    points: Fraction, least: Fraction, most: Fraction, step: Fraction | None, rounding: Rounding
) -> Fraction:
    """Round within bounds; the bounds themselves stay, whatever the step."""
    if step is None or points in (least, most):
        return points
    return min(most, max(least, step * _whole(points / step, rounding.direction)))


def _whole(number: Fraction, direction: str) -> int:
    if direction == "up":
        return ceil(number)
    if direction == "down":
        return floor(number)
    away = floor(abs(number) + Fraction(1, 2))
    return away if number > 0 else -away


def grade_of(share: Fraction, scale: Grade) -> Fraction:
    """Return the grade for a share of the full marks, 0 to 1."""
    length = scale.best - scale.worst
    step = scale.step / abs(length)
    return scale.worst + length * step * floor(_way(share, scale) / step + Fraction(1, 2))


def _way(share: Fraction, scale: Grade) -> Fraction:
    """Return how far from the worst to the best grade it is, 0 to 1."""
    if scale.pass_at is None or scale.passing is None:
        return share
    knee = (scale.passing - scale.worst) / (scale.best - scale.worst)
    if share <= scale.pass_at:
        return knee * share / scale.pass_at
    return knee + (1 - knee) * (share - scale.pass_at) / (1 - scale.pass_at)


def passes(grade: Fraction, scale: Grade) -> bool | None:
    """Say whether a grade passes; None where the exam does not say which do."""
    if scale.passing is None:
        return None
    return grade >= scale.passing if scale.best > scale.worst else grade <= scale.passing


def pass_share(scale: Grade) -> Fraction | None:
    """Return the least share of the full marks whose grade passes; None where the exam does not say."""
    if scale.passing is None:
        return None
    step = scale.step / abs(scale.best - scale.worst)
    knee = (scale.passing - scale.worst) / (scale.best - scale.worst)
    way = max(
        Fraction(), step * (ceil(knee / step) - Fraction(1, 2))
    )  # halves are rounded to the better grade
    if scale.pass_at is None:
        return way
    if way <= knee:
        return way * scale.pass_at / knee if knee else Fraction()
    return scale.pass_at + (way - knee) * (1 - scale.pass_at) / (1 - knee)
