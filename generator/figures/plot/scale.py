"""Axes: round numbers that enclose what is drawn, and numbers as one reads them off."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import count
from math import ceil, floor

from ...frozen import frozen
from ...language import ENGLISH, Language
from ...number import Number
from ..model import Plot
from ..numerals import decimals, numeral

TICKS = 5
"""About that many; never more than one more."""

READABLE = 20
"""A step of an axis can be read to that part of it."""

PLACES = 10_000
"""Numbers with up to four decimals are written as decimals."""


@frozen
class Axis:
    """An axis from its low end to its high one; its step is 1, 2 or 5 times a power of ten."""

    low: Fraction
    high: Fraction
    step: Fraction

    @property
    def ticks(self) -> list[Fraction]:
        """The numbers to write beside it."""
        numbers = range(ceil(self.low / self.step), floor(self.high / self.step) + 1)
        return [number * self.step for number in numbers]

    def rounded(self) -> Axis:
        """Return the axis that goes on to the next tick at both ends."""
        low, high = floor(self.low / self.step), ceil(self.high / self.step)
        return Axis(low * self.step, high * self.step, self.step)

    def share(self, value: Number) -> float:
        """Return how far along the axis a number is, from 0 to 1."""
        return float((value - self.low) / (self.high - self.low))

    def read(self, value: Number) -> Fraction:
        """Return a number as exactly as one can read it off."""
        unit = self.step / READABLE
        return round(value / unit) * unit


def axis(values: Iterable[Number]) -> Axis:
    """Return the axis for some numbers; it is never empty."""
    known = [Fraction(value) for value in values] or [Fraction(0)]
    low, high = min(known), max(known)
    if low == high:
        low, high = min(low, Fraction(0)), max(low + 1, Fraction(0))
    return Axis(low, high, _step((high - low) / TICKS))


def axes(plot: Plot) -> tuple[Axis, Axis]:
    """Return both axes of a plot; across, it is as long as its curves, upwards it has 0 and ends at ticks."""
    points = [point for curve in plot.curves for point in curve.points]
    heights = [height for _, height in plot.bars]
    return axis(x for x, _ in points), axis([0, *(y for _, y in points), *heights]).rounded()


def short(value: Number, language: Language = ENGLISH) -> str:
    """Write a number as a decimal if that is short, else as a fraction."""
    if PLACES % Fraction(value).denominator:
        return numeral(value)
    return language.number(decimals(value))


def _step(least: Fraction) -> Fraction:
    """Return the least round number that is not below another."""
    power = Fraction(10) ** next(n for n in count(-40) if Fraction(10) ** (n + 1) > least)
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)
