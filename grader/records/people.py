"""What people said about answers and questions, apart from what the machine made of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction
from typing import NamedTuple

from ...generator.frozen import frozen


class Answered(NamedTuple):
    """One answer of one student.

    Attributes
    ----------
    student, paper, item, field
        Whose answer it is, and what it answers.
    sha256
        The digest of what was asked and of what was answered. A judgement belongs to these: another file
        with the same answer keeps it, and another answer is looked at anew.
    """

    student: str
    paper: str
    item: str
    field: str
    sha256: str

    @property
    def id(self) -> str:
        """What stands for it where a person types."""
        return hashlib.sha256("\0".join(self).encode()).hexdigest()[:12]


@frozen
class Judgement:
    """A person's mark of an answer.

    Attributes
    ----------
    points
        None where the answer waits: nobody has marked it yet, or the mark was taken back.
    remark
        For the student.
    """

    points: Fraction | None = None
    remark: str = ""


@frozen
class Override:
    """The points of a question as a person set them, and why; None where that was taken back."""

    points: Fraction | None
    reason: str


@frozen
class SaidRule:
    """A rule of re-marking as it was said, or that one is undone.

    Attributes
    ----------
    number
        By which it is known.
    text
        The rule; see `grader.rules.rule`. Empty where one is undone.
    undoes
        The number of the rule that is undone.
    reason, said_at
        Why, and when.
    """

    number: int
    text: str
    undoes: int | None
    reason: str
    said_at: str


@frozen
class Said:
    """All that people said about one student.

    Attributes
    ----------
    judgements
        Of answers.
    overrides
        Of questions: by paper and item.
    count
        How often they said something. It only grows, and so tells whether a result is up to date.
    """

    judgements: Mapping[Answered, Judgement] = field(default_factory=dict)
    overrides: Mapping[tuple[str, str], Override] = field(default_factory=dict)
    count: int = 0
