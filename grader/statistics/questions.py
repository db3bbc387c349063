"""How each question did: how easy it was, and whether it tells strong students from weak ones."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...generator.frozen import frozen
from .numbers import FEW, correlation, in_units, mean
from .sheet import Cell, Question, Row, Sheet

EXTREME = Fraction(27, 100)


@frozen
class QuestionStatistics:
    """One question; what waits for a person counts in none of its figures but `had` and `waiting`.

    Attributes
    ----------
    question
        Which one.
    had, marked, waiting
        How many students had it; of how many it is marked; of how many some of it waits.
    omitted, gaps
        How many left all of it blank; how many left some of it blank.
    full
        How many have full marks.
    facility
        The mean share of its points; None while more answers wait than are marked.
    discrimination
        The corrected item-total correlation; None with fewer than `FEW` students, or where it does not vary.
    upper_lower
        The facility among the best 27 % less that among the weakest 27 %; None with fewer than `FEW`.
    """

    question: Question
    had: int
    marked: int
    waiting: int
    omitted: int
    gaps: int
    full: int
    facility: Fraction | None
    discrimination: float | None
    upper_lower: Fraction | None


def question_statistics(sheet: Sheet) -> tuple[QuestionStatistics, ...]:
    """Return the statistics of all questions, in their order."""
    return tuple(_question(question, sheet) for question in sheet.questions)


def _question(question: Question, sheet: Sheet) -> QuestionStatistics:
    who = sheet.by_question[question]
    marked = [(row, cell, cell.share) for row, cell in who if cell.share is not None]
    shares = [share for _, _, share in marked]
    told = question in sheet.told
    enough = told and len(marked) >= FEW
    return QuestionStatistics(
        question=question,
        had=len(who),
        marked=len(marked),
        waiting=sum(cell.waits for _, cell in who),
        omitted=sum(cell.blank for _, cell in who),
        gaps=sum(cell.gaps for _, cell in who),
        full=sum(share == 1 for share in shares),
        facility=mean(shares) if told and shares else None,
        discrimination=discrimination([(row, cell) for row, cell, _ in marked]) if enough else None,
        upper_lower=upper_lower([(row.share, share) for row, _, share in marked]) if enough else None,
    )


def discrimination(who: Sequence[tuple[Row, Cell]]) -> float | None:
    """Return the correlation of a question with the rest of the paper.

    The question itself is taken out of the total, with which it would else correlate for that reason alone
    (Henrysson 1963, Psychometrika 28(2)). The rest is a share of its points, as papers may differ.
    """
    pairs = [(cell.share, row.without(cell)) for row, cell in who]
    known = [(share, rest) for share, rest in pairs if share is not None and rest is not None]
    return correlation([share for share, _ in known], [rest for _, rest in known]) if known else None


def upper_lower(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    """Return how much higher the mean is in the upper 27 % of a class than in the lower 27 % (Kelley 1939).

    Whoever stands level at the border of a group counts with a share of one, so that no order decides.

    Parameters
    ----------
    pairs
        Of each student the total, and the share of this question.
    """
    size = EXTREME * len(pairs)
    totals, _ = in_units([total for total, _ in pairs])
    level: dict[int, list[Fraction]] = {}
    for total, (_, share) in zip(totals, pairs, strict=True):
        level.setdefault(total, []).append(share)
    ordered = [level[total] for total in sorted(level)]
    return _mean_of_first(ordered[::-1], size) - _mean_of_first(ordered, size)


def _mean_of_first(levels: Sequence[Sequence[Fraction]], size: Fraction) -> Fraction:
    """Return the mean share of the first `size` students, the last level in part."""
    room, found = size, Fraction()
    for shares in levels:
        taken = min(room, Fraction(len(shares)))
        found += taken * mean(shares)
        room -= taken
        if not room:
            break
    return found / size
