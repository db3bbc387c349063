"""Whether everybody had an equally hard paper: effort against what was earned, and versions compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from fractions import Fraction
from math import sqrt

from ...generator.frozen import frozen
from ...generator.model import Effort
from .numbers import CHANCE, FEW, deviation, mean, quantile, rank_correlation
from .sheet import Cell, Question, Row, Sheet

RANGE = {2: CHANCE, 3: 2.91, 4: 3.11, 8: 3.53, 26: 4.13}
"""The same for the range of up to so many means."""

MEASURES = tuple(each.name for each in fields(Effort))


class Fair(StrEnum):
    """What can be said of the variants of a question, or of versions."""

    SAME = "the same"  # all took the same effort
    FEW = "cannot be told"
    NO_SIGN = "no sign"
    HARDER = "harder did worse"
    EASIER = "harder did better"
    DIFFER = "differ"


@frozen
class EffortFit:
    """Effort against what was earned.

    Attributes
    ----------
    question
        Which one; None is the whole paper.
    measure
        What the effort is counted in: the first of products, negatives and digits that varies.
    points
        Of each student the effort, and the share that was earned; ordered, so that nothing tells who it is.
    correlation
        Spearman's rank correlation; None with fewer than `FEW` students, or where one of both does not vary.
    light, heavy
        The mean share of those whose effort is at most the median, and of the others; of those with the most
        effort and the others, where that is the median.
    verdict
        What that says.
    """

    question: Question | None
    measure: str
    points: tuple[tuple[int, Fraction], ...]
    correlation: float | None
    light: Fraction | None
    heavy: Fraction | None
    verdict: Fair


def effort_fits(sheet: Sheet) -> tuple[EffortFit, ...]:
    """Compare effort and facility over the variants of each question."""
    return tuple(
        effort_fit(
            question,
            [(cell.asked.effort, cell.share) for _, cell in who if cell.share is not None and not cell.blank],
        )
        for question, who in sheet.by_question.items()
    )


def whole_paper(sheet: Sheet) -> EffortFit:
    """Compare the effort of whole papers with their totals."""
    return effort_fit(None, [(_added(row.cells), row.share) for row in sheet.rows])


def _added(cells: Iterable[Cell]) -> Effort:
    efforts = [cell.asked.effort for cell in cells]
    return Effort(
        products=sum(effort.products for effort in efforts),
        negatives=sum(effort.negatives for effort in efforts),
        digits=sum(effort.digits for effort in efforts),
    )


def effort_fit(question: Question | None, who: Sequence[tuple[Effort, Fraction]]) -> EffortFit:
    """Compare effort and shares.

    Without any connection the correlation lies within 2.58 / sqrt(n - 1) of 0 ninety-nine times in a hundred
    (Kendall & Gibbons 1990, Rank Correlation Methods, chapter 4).

    Parameters
    ----------
    question
        Which question it is about.
    who
        Of each student who answered the effort of the variant, and the share earned.
    """
    measure = next((name for name in MEASURES if len({getattr(effort, name) for effort, _ in who}) > 1), "")
    points = tuple(sorted((getattr(effort, measure or MEASURES[0]), share) for effort, share in who))
    if not measure:
        return EffortFit(question, MEASURES[0], points, None, None, None, Fair.SAME if points else Fair.FEW)
    efforts, shares = [Fraction(effort) for effort, _ in points], [share for _, share in points]
    if len(points) < FEW:
        return EffortFit(question, measure, points, None, None, None, Fair.FEW)
    found = rank_correlation(efforts, shares)
    light, heavy = _halves(points)
    return EffortFit(
        question=question,
        measure=measure,
        points=points,
        correlation=found,
        light=mean(light),
        heavy=mean(heavy),
        verdict=_verdict(found, len(points)),
    )


def _halves(points: Sequence[tuple[int, Fraction]]) -> tuple[list[Fraction], list[Fraction]]:
    """Return the shares of those with less to compute, and of the others; neither is empty."""
    border = quantile([Fraction(effort) for effort, _ in points], Fraction(1, 2))
    if border == points[-1][0]:  # more than half have the most
        border = max(Fraction(effort) for effort, _ in points if effort < border)
    light = [share for effort, share in points if effort <= border]
    return light, [share for _, share in points[len(light) :]]


def _verdict(found: float | None, count: int) -> Fair:
    if found is None or abs(found) * sqrt(count - 1) < CHANCE:
        return Fair.NO_SIGN
    return Fair.HARDER if found < 0 else Fair.EASIER


@frozen
class Version:
    """Those who were dealt one version.

    Attributes
    ----------
    name
        Its letter.
    count
        How many handed in.
    share
        Their mean share of full marks.
    error
        The standard error of that; None of one student.
    facilities
        The facility of each item of the exam.
    """

    name: str
    count: int
    share: Fraction
    error: float | None
    facilities: Mapping[str, Fraction]


def versions_of(sheet: Sheet, dealt: Mapping[str, str]) -> tuple[Version, ...]:
    """Return the versions that were dealt, in the order of their letters.

    Parameters
    ----------
    sheet
        The class.
    dealt
        The version of each student.
    """
    names = sorted({dealt[row.student] for row in sheet.rows if row.student in dealt})
    return tuple(
        _version(name, [row for row in sheet.rows if dealt.get(row.student) == name], sheet.told)
        for name in names
    )


def _version(name: str, rows: Sequence[Row], told: frozenset[Question]) -> Version:
    shares: dict[str, list[Fraction]] = {}
    for row in rows:
        for cell in row.cells:
            if cell.share is not None and cell.question in told:
                shares.setdefault(cell.question.item, []).append(cell.share)
    spread = deviation([row.share for row in rows])
    return Version(
        name=name,
        count=len(rows),
        share=mean([row.share for row in rows]),
        error=None if spread is None else spread / sqrt(len(rows)),
        facilities={item: mean(earned) for item, earned in shares.items()},
    )


def versions_compared(versions: Sequence[Version]) -> Fair:
    """Say whether the best and the weakest version lie further apart than chance explains.

    They are the ends of a range, which chance makes wider the more versions there are: the bound is that of
    Tukey's studentized range at 1 %, in standard errors of a difference (Tukey 1949, Biometrics 5(2)).
    """
    if len(versions) < 2 or any(version.count < FEW or version.error is None for version in versions):
        return Fair.FEW
    weakest, best = (choice(versions, key=lambda version: version.share) for choice in (min, max))
    error = sqrt((weakest.error or 0) ** 2 + (best.error or 0) ** 2)
    return (
        Fair.DIFFER
        if float(best.share - weakest.share) > _range_bound(len(versions)) * error
        else Fair.NO_SIGN
    )


def _range_bound(versions: int) -> float:
    return next((bound for most, bound in RANGE.items() if versions <= most), max(RANGE.values()))
