"""Means, spreads, quantiles and correlations: exact until a root is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import floor, lcm, sqrt

FEW = 10
"""Students with whom a correlation, or a comparison of groups, begins to say something."""

CHANCE = 2.58
"""Standard errors that chance alone exceeds once in a hundred."""


def mean(values: Sequence[Fraction]) -> Fraction:
    """Return the mean of some numbers, at least one."""
    whole, unit = in_units(values)
    return Fraction(sum(whole), unit * len(whole))


def variance(values: Sequence[Fraction]) -> Fraction | None:
    """Return the variance of a sample, whose divisor is n - 1; None of less than two numbers."""
    if len(values) < 2:
        return None
    whole, unit = in_units(values)
    count, total = len(whole), sum(whole)
    squares = sum(number * number for number in whole)
    return Fraction(count * squares - total * total, count * (count - 1) * unit * unit)


def deviation(values: Sequence[Fraction]) -> float | None:
    """Return the standard deviation of a sample; None of less than two numbers."""
    squared = variance(values)
    return None if squared is None else sqrt(squared)


def quantile(values: Sequence[Fraction], share: Fraction) -> Fraction:
    """Return the number below which a share of some numbers lies, linear between neighbours.

    This is definition 7 of Hyndman & Fan (1996, The American Statistician 50(4)), which spreadsheets use.
    """
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def correlation(xs: Sequence[Fraction], ys: Sequence[Fraction]) -> float | None:
    """Return Pearson's correlation; None where one of both does not vary."""
    (across, _), (up, _) = in_units(xs), in_units(ys)
    count = len(across)
    both = count * sum(x * y for x, y in zip(across, up, strict=True)) - sum(across) * sum(up)
    spread = _spread(across) * _spread(up)
    if not spread:
        return None
    size = sqrt(Fraction(both * both, spread))
    return -size if both < 0 else size


def rank_correlation(xs: Sequence[Fraction], ys: Sequence[Fraction]) -> float | None:
    """Return Spearman's rank correlation (1904), which is Pearson's of the ranks."""
    return correlation(ranks(xs), ranks(ys))


def ranks(values: Sequence[Fraction]) -> list[Fraction]:
    """Return the rank of each number, from 1; equal numbers share the mean of their ranks."""
    whole, _ = in_units(values)
    first: dict[int, int] = {}
    for place, value in enumerate(sorted(whole), start=1):
        first.setdefault(value, place)
    count = Counter(whole)
    return [first[value] + Fraction(count[value] - 1, 2) for value in whole]


def in_units(values: Sequence[Fraction]) -> tuple[list[int], int]:
    """Return numbers in a unit in which all of them are whole, and how many of that unit make 1.

    Whole numbers are added and compared many times faster than fractions.
    """
    unit = lcm(*(value.denominator for value in values))
    return [value.numerator * (unit // value.denominator) for value in values], unit


def _spread(numbers: Sequence[int]) -> int:
    return len(numbers) * sum(number * number for number in numbers) - sum(numbers) ** 2
