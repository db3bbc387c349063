"""Trials of a bandit: which rewards each arm gave, and how often.

They fit every given that has ``pulled``, ``rewards``, ``arms`` and ``digits``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ..engine import log_loss_digits
from ..number import Number
from ..sliding.geometry import Map
from ..values import whole
from .decimals import settled


def classes_of(given: Any) -> list[Number]:
    """Return the rewards that occur, the least first."""
    return sorted(set(given.rewards))


def counts_of(given: Any) -> list[list[int]]:
    """Count, for each arm, how often each reward occurs."""
    trials = list(zip(given.pulled, given.rewards, strict=True))
    return [[trials.count((arm, reward)) for reward in classes_of(given)] for arm in range(given.arms)]


def distributions(counts: Sequence[Sequence[int]]) -> Map:
    """Divide each row of counts by its sum."""
    return tuple(tuple(whole(Fraction(count, sum(row))) for count in row) for row in counts)


def proved_loss(given: Any, arms: Sequence[int]) -> Number:
    """Return the mean loss over the trials of these arms, its digits proved."""
    shares, classes = distributions(counts_of(given)), classes_of(given)
    predicted = [
        shares[arm][classes.index(reward)]
        for arm, reward in zip(given.pulled, given.rewards, strict=True)
        if arm in arms
    ]
    return settled(lambda decimals: (log_loss_digits(predicted, decimals),), given.digits)[0]
