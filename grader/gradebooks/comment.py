"""The sentence that stands beside a mark: points, and what waits. It tells no more than the feedback page."""

from __future__ import annotations

import re
from fractions import Fraction

from ...generator.document import Message, say
from ...generator.language import Language
from ...generator.policy import Release
from ...generator.render.plain import said_plainly
from ..reports.points import points_in_words
from .worth import Score

_TAG = re.compile(r"<[^<>]{0,200}>")
_DECIMALS = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def comment_of(score: Score, release: Release, language: Language) -> str:
    """Return the sentence for a student; nothing at the level of receipts, which tells no points."""
    if release is Release.RECEIPT:
        return ""
    told = [points_in_words(score.points, score.of), *([_waiting(score.waiting)] if score.waiting else [])]
    return "; ".join(said_plainly(message, language) for message in told) + "."


def is_ours(comment: str, language: Language) -> bool:
    """Say whether a comment is such a sentence, whatever its numbers; a platform may wrap it in HTML."""
    return _outline(comment) in _outlines(language)


def plainly(comment: str) -> str:
    """Return a comment without the HTML that a platform may have wrapped it in."""
    return " ".join(_TAG.sub(" ", comment).split())


def _outlines(language: Language) -> set[str]:
    examples = (
        Score(Fraction(2), of, waiting=waiting) for of in map(Fraction, (0, 1, 2)) for waiting in (0, 1, 2)
    )
    return {_outline(comment_of(score, Release.MARKS, language)) for score in examples}


def _outline(comment: str) -> str:
    return _DECIMALS.sub("#", plainly(comment))


def _waiting(count: int) -> Message:
    if count == 1:
        return say("1 answer waits for a person and may still change that")
    return say("{{ count }} answers wait for a person and may still change that", count=count)
