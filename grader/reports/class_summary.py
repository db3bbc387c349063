"""The three sentences on top of the report of a class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ..statistics.attention import Concern
from ..statistics.numbers import FEW
from ..statistics.totals import Totals
from ..statistics.whole_class import ClassStatistics
from .class_words import counted, headline, one_decimal, percent, two_decimals

MOST_NAMED = 3


def summary(found: ClassStatistics, expected: int, odd: int) -> tuple[str, ...]:
    """Say who handed in, how it went, and what to look at first.

    Parameters
    ----------
    found
        The statistics.
    expected
        How many students have a paper; 0 where that is not known.
    odd
        How many things at intake somebody has to look at.
    """
    totals = found.totals
    first = _handed_in(found, expected, odd)
    if totals is None:
        return (first,)
    return first, _marks(totals), _look_first(found.concerns, totals.count)


def _handed_in(found: ClassStatistics, expected: int, odd: int) -> str:
    count = len(found.sheet.rows)
    clauses = [
        f"Of {counted(expected, 'student')} {count or 'nobody'} handed in" if expected else _alone(count)
    ]
    waiting = sum(row.waiting for row in found.sheet.rows)
    if waiting:
        answers = "1 answer waits" if waiting == 1 else f"{waiting} answers wait"
        clauses.append(f"{answers} for a person, so marks are provisional")
    if odd:
        clauses.append(
            "1 thing at intake needs a look" if odd == 1 else f"{odd} things at intake need a look"
        )
    return "; ".join(clauses) + "."


def _alone(count: int) -> str:
    return f"{counted(count, 'student')} handed in" if count else "Nobody has handed in yet"


def _marks(totals: Totals) -> str:
    unit = "% of full marks" if totals.of is None else f"of {counted_points(totals.full)}"
    if totals.count == 1:
        return f"That paper earned {one_decimal(totals.mean)} {unit}."
    share = "" if totals.of is None or not totals.full else f" ({percent(totals.mean / totals.full)})"
    text = f"The mean is {one_decimal(totals.mean)} {unit}{share}"
    if totals.count >= FEW:
        text += (
            f", half of the class lies between {one_decimal(totals.lower)} and {one_decimal(totals.upper)}"
        )
    if totals.grade is not None:
        text += f", the mean grade is {one_decimal(totals.grade)}"
    if totals.passed is not None:
        share = f" ({percent(Fraction(totals.passed, totals.count))})" if totals.count >= FEW else ""
        text += f"; {totals.passed} of {totals.count}{share} pass"
        if totals.undecided:
            text += f", and {totals.undecided} more may when all is marked"
    return text + "."


def counted_points(points: Fraction) -> str:
    """Write full marks: ``40 points``."""
    return "1 point" if points == 1 else f"{one_decimal(points)} points"


def _look_first(concerns: Sequence[Concern], students: int) -> str:
    if students < FEW:
        return f"With fewer than {FEW} papers no question can be judged."
    if not concerns:
        return "No question stands out."
    return f"Look first at question {'; '.join(_named(concerns))}."


def _named(concerns: Sequence[Concern]) -> Iterator[str]:
    """Yield the questions that are most urgent, each with all that is known of it."""
    names = list(dict.fromkeys(concern.question.question for concern in concerns))
    for question in names[:MOST_NAMED]:
        about = [headline(concern) for concern in concerns if concern.question.question == question]
        yield f"{question.name}: {about[0]}"


def facts(totals: Totals) -> Iterator[tuple[str, str]]:
    """Yield the figures beside the histogram."""
    yield "Papers", str(totals.count)
    yield "Mean", one_decimal(totals.mean)
    yield "Median", one_decimal(totals.median)
    if totals.count >= FEW and totals.deviation is not None:
        yield "Quartiles", f"{one_decimal(totals.lower)} and {one_decimal(totals.upper)}"
        yield "Standard deviation", one_decimal(totals.deviation)
    yield "Least and most", f"{one_decimal(totals.least)} and {one_decimal(totals.most)}"
    yield "Full marks", one_decimal(totals.full)
    if totals.grade is not None:
        yield "Mean grade", two_decimals(totals.grade)
    if totals.passed is not None:
        yield "Pass", f"{totals.passed} of {totals.count}"
    if totals.provisional:
        yield "Provisional", counted(totals.provisional, "paper")
