"""What explains the wrong answers of a whole problem best.

Explanations are tried from the likeliest kind to the least likely, and the first kind that fits decides:
what somebody with one or two misconceptions, or another setting in mind, writes down; a whole map put down
turned or shifted; one slip in a single cell. Where several fit equally well, none is stated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from ...generator.model import Field, Value
from ...generator.papers import Problem
from ..model import Explanation, Read
from .changes import changed
from .rearranged import rearranged
from .slips import slipped
from .wrong import Wrong

Explain: TypeAlias = Callable[[Wrong], Explanation | None]
"""None where nothing of its kind fits."""

KINDS: tuple[Explain, ...] = (changed, rearranged, slipped)


def explain(
    problem: Problem,
    fields: tuple[Field, ...],
    answers: Mapping[str, Value],
    own: Mapping[str, Value] | None = None,
    gaps: Mapping[str, Read] | None = None,
) -> Explanation:
    """Explain the answers that are neither right nor follow from the student's own earlier ones.

    Parameters
    ----------
    problem, fields
        What was asked.
    answers
        What was answered, and read without a gap, by field.
    own
        The answers among them that are wrong and follow from the student's own earlier results.
    gaps
        What was read of maps with cells that are blank or unreadable.
    """
    wrong = Wrong(problem, fields, answers, own or {}, gaps or {})
    kinds = KINDS if wrong.names else (slipped,)  # of maps with gaps, single cells only
    return next(filter(None, (kind(wrong) for kind in kinds)), Explanation())
