"""What is named twice is told once, and nothing that may be somebody else's is passed over."""

from __future__ import annotations

import hashlib

import pytest

from convexam.grader.intake.arrival import Arrival
from convexam.grader.intake.handed_in import Outcome, Platform, Sender
from convexam.grader.intake.repeats import repeated

SENDER, OTHER = Sender(Platform.MOODLE, "12"), Sender(Platform.MOODLE, "13")
NO_BYTES = hashlib.sha256().hexdigest()


@pytest.mark.parametrize(
    ("first", "second", "is_repeat"),
    [
        (Arrival("a", "1", Outcome.READ, "ada"), Arrival("b", "1", Outcome.READ, "ada"), True),
        (Arrival("a", "1", Outcome.READ, "ada"), Arrival("b", "1", Outcome.READ, "bob"), False),
        (Arrival("a", "1", Outcome.READ, "ada"), Arrival("b", "2", Outcome.READ, "ada"), False),
        (
            Arrival("a", "1", Outcome.NO_ANSWERS, sender=SENDER),
            Arrival("b", "1", Outcome.NO_ANSWERS, sender=SENDER),
            True,
        ),
        (
            Arrival("a", "1", Outcome.NO_ANSWERS, sender=SENDER),
            Arrival("b", "1", Outcome.NO_ANSWERS, sender=OTHER),
            False,
        ),
        (Arrival("a", "1", Outcome.NO_ANSWERS), Arrival("b", "1", Outcome.NO_ANSWERS), False),
        (  # at first nobody knew whose it was
            Arrival("a", "1", Outcome.CONTESTED, sender=SENDER),
            Arrival("b", "1", Outcome.READ, "ada", sender=SENDER),
            False,
        ),
        (
            Arrival("a", NO_BYTES, Outcome.EMPTY, sender=SENDER),
            Arrival("b", NO_BYTES, Outcome.EMPTY, sender=SENDER),
            True,
        ),
        (  # two files that could not be read need not be the same
            Arrival("a", NO_BYTES, Outcome.REFUSED, sender=SENDER),
            Arrival("b", NO_BYTES, Outcome.REFUSED, sender=SENDER),
            False,
        ),
    ],
)
def test_repeats(first: Arrival, second: Arrival, is_repeat: bool) -> None:
    assert repeated([first, second]) == ({("b", second.sha256)} if is_repeat else set())
