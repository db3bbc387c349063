"""What one slip makes of a number that is computed by hand, and what two make of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

from ...generator.frozen import frozen
from ...generator.number import Number
from ...generator.sums import Largest, MadeOf, Sum, Term


@frozen
class Slip:
    """A slip in one number.

    Attributes
    ----------
    name
        What went wrong.
    values
        The numbers that it went wrong with: of one name, the same values are the same to a student.
    number
        What comes out.
    """

    name: str
    values: tuple[Number, ...]
    number: Number


@frozen
class _Change:
    """What a slip in one place adds to a sum, before it is divided."""

    name: str
    values: tuple[Number, ...]
    by: Number
    place: int


MISCOUNTED = 2
"""A sum that is out by so little in its last place may as well be added up wrongly."""

_BIAS = -1  # its place; those of the terms are counted from 0


def slips(made: MadeOf) -> list[Slip]:
    """Return every single slip that shows."""
    found = _of_largest(made) if isinstance(made, Largest) else _of_sum(made)
    return [slip for slip in found if slip.number != made.number]


def may_be_miscounted(made: MadeOf, number: Number) -> bool:
    """Say whether a number is so close to the right one that no slip is needed to get it."""
    if isinstance(made, Largest):
        return False  # nothing is added up
    numbers = (made.bias, *(term.value for term in made.terms))
    fine = lcm(*(Fraction(each).denominator for each in numbers))
    return abs(Fraction(number - made.number)) * made.divisor * fine <= MISCOUNTED


def two_slips_make(made: MadeOf, low: Number, high: Number) -> bool:
    """Say whether two slips, in different places or of different kinds, make a number within bounds."""
    if isinstance(made, Largest):
        return any(low <= number <= high for number in _of_largest_twice(made))
    changes = sorted((change.by, change.place) for change in _changes(made))
    undivided = made.divisor > 1 and any(low <= made.total + by <= high for by, _ in changes)
    low, high = (bound * made.divisor - made.total for bound in (low, high))
    return (
        undivided
        or any(low <= by <= high for by in _both_in_one_product(made))
        or any(_reaches(changes, low - by, high - by, place) for by, place in changes)
    )


# -- sums ---------------------------------------------------------------------------------------


def _of_sum(made: Sum) -> Iterator[Slip]:
    for change in _changes(made):
        yield Slip(change.name, change.values, made.divided(made.total + change.by))
    yield Slip("divisor_forgotten", (made.divisor,), made.total)


def _changes(made: Sum) -> list[_Change]:
    found = [change for place, term in enumerate(made.terms) for change in _of_term(term, place)]
    found.append(_Change("bias_left_out", (made.bias,), -made.bias, _BIAS))
    found.append(_Change("bias_sign_lost", (made.bias,), -2 * made.bias, _BIAS))
    # Of a single product nothing would be left.
    return [
        change for change in found if change.by and (len(made.terms) > 1 or "left_out" not in change.name)
    ]


def _of_term(term: Term, place: int) -> Iterator[_Change]:
    number, weight, value = term.number, term.weight, term.value
    what, said = ("number", (number,)) if weight is None else ("product", (number, weight))
    yield _Change(f"{what}_left_out", said, -value, place)
    if weight is not None or number < 0:  # a number that is added as it is has no other sign to lose
        yield _Change(f"{what}_sign_lost", said, -2 * value, place)
    for taken in dict.fromkeys(term.beside):
        yield _Change("neighbour_taken", (taken, number), term.times(taken) - value, place)


def _both_in_one_product(made: Sum) -> Iterator[Number]:
    """Yield what a neighbour that is taken with the wrong sign adds to a sum."""
    for term in made.terms:
        for taken in term.beside:
            yield -term.times(taken) - term.value


def _reaches(changes: Sequence[tuple[Number, int]], low: Number, high: Number, but: int) -> bool:
    """Say whether a change in another place than one lies within bounds; they are sorted."""
    for at in range(bisect_left(changes, (low, _BIAS)), len(changes)):
        by, place = changes[at]
        if by > high:
            return False
        if place != but:
            return True
    return False


# -- largest numbers ----------------------------------------------------------------------------


def _of_largest(made: Largest) -> Iterator[Slip]:
    for second in sorted(made.numbers)[-2:-1]:
        yield Slip("largest_overlooked", (made.number,), second)
    for numbers in made.moved:
        yield Slip("window_moved", (), max(numbers))


def _of_largest_twice(made: Largest) -> Iterator[Number]:
    """Yield what is left if two numbers are overlooked, or one in a window that is moved."""
    yield from sorted(made.numbers)[-3:-2]
    for numbers in made.moved:
        yield from sorted(numbers)[-2:-1]
