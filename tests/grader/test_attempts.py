"""Which of several files counts."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest

from convexam.grader.attempts import Attempt, Policy, Standing, Worth, standings
from convexam.grader.intake.arrival import Arrival
from convexam.grader.intake.handed_in import Outcome, Platform, Sender

S = Standing


def attempt(
    number: int, sha256: str = "", *, order: int | None = None, is_row: bool = False, sender: str = "17"
) -> Attempt:
    """Return an attempt whose digest and result are its number, if nothing else is said."""
    sent = None if order is None else Sender(Platform.CANVAS, sender, order=order)
    digest = sha256 or str(number)
    arrival = Arrival(
        f"{number}.yaml", digest, Outcome.READ, "ada", "P", sender=sent, is_row=is_row, number=number
    )
    return Attempt(arrival, int(digest))


def told(attempts: list[Attempt], policy: Policy, worths: dict[int, int | None]) -> dict[int, Standing]:
    """Say what becomes of each; a worth of None is a blank file."""

    def worth(result: int) -> Worth:
        points = worths[result]
        return Worth(blank=points is None, points=Fraction(points or 0))

    return {each.arrival.number: standing for each, standing in standings(attempts, policy, worth)}


@pytest.mark.parametrize(
    ("policy", "worths", "expected"),
    [
        ("last", {1: 3, 2: 1, 3: 2}, {1: S.EARLIER, 2: S.EARLIER, 3: S.COUNTS}),
        ("first", {1: 3, 2: 1, 3: 2}, {1: S.COUNTS, 2: S.LATER, 3: S.LATER}),
        ("best", {1: 1, 2: 3, 3: 2}, {1: S.LESSER, 2: S.COUNTS, 3: S.LESSER}),
        ("best", {1: 2, 2: 2, 3: 1}, {1: S.LESSER, 2: S.COUNTS, 3: S.LESSER}),
        ("last", {1: 3, 2: None}, {1: S.COUNTS, 2: S.BLANK}),
        ("first", {1: None, 2: 0}, {1: S.BLANK, 2: S.COUNTS}),
        ("last", {1: None, 2: None}, {1: S.BLANK, 2: S.COUNTS}),
        ("best", {1: 0, 2: None}, {1: S.COUNTS, 2: S.BLANK}),
    ],
)
def test_policies(policy: Policy, worths: dict[int, int | None], expected: dict[int, Standing]) -> None:
    for attempts in permutations(map(attempt, worths)):
        assert told(list(attempts), policy, worths) == expected


def test_the_same_file_twice_counts_once() -> None:
    attempts = [attempt(1), attempt(2), attempt(3, "1")]
    assert told(attempts, "last", {1: 1, 2: 1}) == {1: S.EARLIER, 2: S.COUNTS, 3: S.SAME}


def test_a_marker_who_types_a_blank_row_means_it() -> None:
    assert told([attempt(1), attempt(2, is_row=True)], "last", {1: 3, 2: None}) == {1: S.EARLIER, 2: S.COUNTS}


def test_a_platform_counts_attempts_better_than_we_do() -> None:
    attempts = [attempt(1, order=9), attempt(2), attempt(3, order=5), attempt(4, order=1, sender="18")]
    assert [each.arrival.number for each, _ in standings(attempts, "last", lambda _: Worth(False, Fraction()))] == [
        3, 2, 1, 4,
    ]  # fmt: skip


def test_one_file_is_not_looked_into() -> None:
    assert told([attempt(1)], "best", {}) == {1: S.COUNTS}
