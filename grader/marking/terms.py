"""What the papers of an exam are marked by."""

from __future__ import annotations

from ...generator.frozen import frozen
from ...generator.language import ENGLISH, Language, language
from ...generator.papers import Exam
from ...generator.policy import DEFAULT, Marking


@frozen
class Terms:
    """What holds for every paper of an exam.

    Attributes
    ----------
    marking
        The policy.
    language
        That of the papers: what they print for an option is read as well.
    """

    marking: Marking = DEFAULT
    language: Language = ENGLISH


USUAL = Terms()


def terms_of(exam: Exam) -> Terms:
    """Return the terms of an exam."""
    return Terms(exam.marking, language(exam.language))
