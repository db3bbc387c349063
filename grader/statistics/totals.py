"""How the totals of a class are distributed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from ...generator.frozen import frozen
from .numbers import deviation, mean, quantile
from .sheet import Row

MOST_BINS = 20
FEW_BINS = 10


@frozen
class Bin:
    """How many totals lie from `low` to below `high`, and how many of them do not pass.

    The last bin holds its upper end as well.
    """

    low: Fraction
    high: Fraction
    count: int
    failing: int = 0


@frozen
class Totals:
    """The totals of at least one student.

    Attributes
    ----------
    count
        How many.
    of
        Full marks, where they are the same for all; else the totals are percentages.
    mean, median, lower, upper
        The mean, the median and the quartiles.
    least, most
        The ends.
    deviation
        The standard deviation; None of one student.
    bins
        A histogram from 0 to full marks.
    pass_line
        What passes; None where nobody passes or fails.
    grade
        The mean grade; None where there are none.
    passed, undecided
        How many pass; how many do not yet and have answers that wait. None where nobody passes or fails.
    provisional
        How many students have answers that wait for a person: their totals may change.
    """

    count: int
    of: Fraction | None
    mean: Fraction
    median: Fraction
    lower: Fraction
    upper: Fraction
    least: Fraction
    most: Fraction
    deviation: float | None
    bins: tuple[Bin, ...]
    pass_line: Fraction | None
    grade: Fraction | None
    passed: int | None
    undecided: int
    provisional: int

    @property
    def full(self) -> Fraction:
        """What full marks are here: points, or 100 %."""
        return Fraction(100) if self.of is None else self.of


def totals_of(rows: Sequence[Row], pass_share: Fraction | None = None) -> Totals | None:
    """Return how totals are distributed; None where nobody handed in.

    Parameters
    ----------
    rows
        Everybody who handed in.
    pass_share
        The share of full marks that passes.
    """
    if not rows:
        return None
    worths = {row.of for row in rows}
    of = worths.pop() if len(worths) == 1 else None
    values = [100 * row.share if of is None else row.points for row in rows]
    full = Fraction(100) if of is None else of
    pass_line = None if pass_share is None else pass_share * full
    grades = [row.grade for row in rows if row.grade is not None]
    decided = [row.passed for row in rows if row.passed is not None]
    return Totals(
        count=len(rows),
        of=of,
        mean=mean(values),
        median=quantile(values, Fraction(1, 2)),
        lower=quantile(values, Fraction(1, 4)),
        upper=quantile(values, Fraction(3, 4)),
        least=min(values),
        most=max(values),
        deviation=deviation(values),
        bins=bins(values, full, pass_line),
        pass_line=pass_line,
        grade=mean(grades) if grades else None,
        passed=sum(decided) if decided else None,
        undecided=sum(row.passed is False and row.waiting > 0 for row in rows),
        provisional=sum(row.waiting > 0 for row in rows),
    )


def bins(values: Sequence[Fraction], full: Fraction, pass_line: Fraction | None = None) -> tuple[Bin, ...]:
    """Count numbers from 0 to full marks in bins of a round width: 1, 2 or 5 times a power of ten.

    A class of more than a hundred has at most 20 bins, a smaller one at most 10.
    """
    if not full:
        return ()
    width = round_width(full / (MOST_BINS if len(values) > 100 else FEW_BINS))
    count = -floor(-full / width)
    counts, failing = [0] * count, [0] * count
    for value in values:
        place = min(count - 1, floor(value / width))
        counts[place] += 1
        failing[place] += pass_line is not None and value < pass_line
    edges = [width * place for place in range(count)] + [full]
    return tuple(map(Bin, edges, edges[1:], counts, failing))


def round_width(least: Fraction) -> Fraction:
    """Return the smallest of ..., 1/2, 1, 2, 5, 10, 20, ... that is not below a positive number."""
    power = Fraction(1)
    while power > least:
        power /= 10
    while 10 * power < least:
        power *= 10
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)
