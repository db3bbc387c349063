"""Who hands in what, and what is to become of it."""

from __future__ import annotations

from dataclasses import dataclass

from convexam.generator.papers import Student
from convexam.grader.intake.handed_in import Outcome

from .answering import Sheet

READ = (Outcome.READ,)
HARMLESS = (Outcome.NO_ANSWERS, Outcome.REFUSED, Outcome.CRASHED)
"""What becomes of a file that was made to do harm: which of these does not matter."""


@dataclass(frozen=True)
class Upload:
    """A file as it is handed in.

    Attributes
    ----------
    name, data
        What the student calls it, and its bytes.
    outcomes
        What may become of it at intake.
    """

    name: str
    data: bytes
    outcomes: tuple[Outcome, ...] = READ


@dataclass(frozen=True)
class Pupil:
    """Somebody who takes part in a course of a learning management system.

    Attributes
    ----------
    student
        Who it is.
    number
        What the system knows them by: a participant number, the id of a user.
    uploads
        In the order in which they were handed in.
    counts
        What is to be marked; None where nothing can be.
    trouble
        What was made of this pupil's hand-in, for those who read a failing test.
    late
        Whether it came late.
    listed
        Whether the worksheet of the system has them.
    """

    student: Student
    number: str
    uploads: tuple[Upload, ...]
    counts: Sheet | None
    trouble: str = ""
    late: bool = False
    listed: bool = True
