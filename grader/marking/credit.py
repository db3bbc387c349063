"""What share of an answer is earned: what is right of it, as the policy of the question pays that.

Where guessing is corrected, the share g that blind answers would earn is taken off and the rest is
stretched: max(0, (c - g) / (1 - g)) for a share c of right parts. That is the correction for guessing, or
formula scoring (Frary 1988, Educational Measurement: Issues and Practice 7(2)), for other guesses than one
option by chance. Blind is, for a map, the best one of a single number; for a composite answer, the best
single number in all its parts, and options by chance; for an order, one by chance, of which one option
stands right on average.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from ...generator.model import Field
from ...generator.policy import ALL, Credit
from ...generator.rules import written

NOTHING = Fraction()


def of_map(field: Field, value: Any, right: Fraction, credit: Credit) -> Fraction:
    """Return what a map of the right size earns, by the share of its cells that are right."""
    earned = _paid(right, credit.maps, _blind_map(field, value) if credit.correct_guessing else NOTHING)
    size = credit.right_size if field.shape is None else None
    return earned if size is None else size + (1 - size) * earned


def of_record(field: Field, value: Sequence[Any], right: Fraction, credit: Credit) -> Fraction:
    """Return what a composite answer earns, by the share of its parts that are right."""
    return _paid(right, credit.records, _blind_record(field, value) if credit.correct_guessing else NOTHING)


def of_shape(right: Fraction, credit: Credit) -> Fraction:
    """Return what a shape of the right length earns, by the share of its sizes that are right."""
    return _paid(right, credit.shapes or ALL)


def of_order(right: Fraction, options: int, credit: Credit) -> Fraction:
    """Return what an order of so many options earns, by the share of them that stand in their place."""
    return _paid(right, credit.orders, Fraction(1, options) if credit.correct_guessing else NOTHING)


def of_choices(field: Field, answer: Sequence[str], value: Sequence[str], credit: Credit) -> Fraction:
    """Return the share of the right options that were chosen, less what the wrong ones take back.

    Each takes a right one back. Where guessing is corrected and most of the options are right, each takes
    back as much as leaves nothing to whoever chooses them all: hits less false alarms (Peirce 1884).
    """
    chosen, right = set(answer), set(value)
    if credit.choices == ALL or not right:
        return Fraction(chosen == right)
    others = len(field.options) - len(right)
    few = min(len(right), others) if credit.correct_guessing and others else len(right)
    earned = Fraction(len(chosen & right), len(right)) - Fraction(len(chosen - right), few)
    return max(Fraction(), earned)


def of_choice(field: Field, right: bool, credit: Credit) -> Fraction:  # noqa: FBT001
    """Return what the choice of one option earns, or takes off."""
    return Fraction(1) if right else -credit.off_for_wrong(len(field.options))


def _paid(right: Fraction, how: str | None, guessed: Fraction = NOTHING) -> Fraction:
    """Pay for a share of right parts, less what blind answers would earn."""
    if right == 1 or how == ALL or guessed == 1:
        return Fraction(right == 1)
    return max(Fraction(), (right - guessed) / (1 - guessed))


def _blind_map(field: Field, value: Any) -> Fraction:
    cells = [written(field.rule, cell) for row in value for cell in row]
    return Fraction(_commonest(cells), len(cells))


def _blind_record(field: Field, value: Sequence[Any]) -> Fraction:
    by_chance = (Fraction(1, len(part.options)) for part in field.parts if part.kind == "choice")
    parts = zip(field.parts, value, strict=True)
    numbers = [written(part.rule, number) for part, number in parts if part.kind != "choice"]
    return sum(by_chance, Fraction(_commonest(numbers))) / len(value)


def _commonest(values: Iterable[str]) -> int:
    """Return how many of these values a single one gets right, at best."""
    return max(Counter(values).values(), default=0)
