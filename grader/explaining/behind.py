"""A wrong turn in a later step, behind an answer that is wrong for another reason."""

from __future__ import annotations

from collections.abc import Iterator

from ...generator.model import Field, Key, Value
from ..marking.taking import is_solvable
from .evidence import enough, plausible_values
from .hypotheses import Hypothesis
from .turns import solved
from .wrong import Wrong

MOST_UNEXPLAINED = 3
"""Of more wrong answers that do not follow from each other, none is looked at by itself."""


def behind(wrong: Wrong, singles: list[Hypothesis]) -> Iterator[tuple[Field, list[Hypothesis]]]:
    """Yield answers that do not follow from earlier ones, with the turns that give them from these."""
    for field in wrong.unexplained if len(wrong.names) <= MOST_UNEXPLAINED else ():
        own = _earlier(wrong, field)
        following = solved(wrong.problem, wrong.problem.case, own) if own else {}
        if field.name in following and not wrong.agrees(field, following):
            yield field, _giving(wrong, field, singles, own, following)


def _earlier(wrong: Wrong, field: Field) -> dict[str, Value]:
    """Return the answers that one builds on; nothing, unless all can be solved with and one is wrong."""
    own = {
        each.name: wrong.answers[each.name]
        for each in wrong.answered
        if each.name in field.needs
        and is_solvable(each, wrong.answers[each.name], wrong.problem.key[each.name][0])
    }
    is_wrong = any(name in wrong.names or name in wrong.own for name in own)
    return own if is_wrong and len(own) == len(field.needs) else {}


def _giving(
    wrong: Wrong, field: Field, singles: list[Hypothesis], own: dict[str, Value], following: Key
) -> list[Hypothesis]:
    if not enough(len(singles), plausible_values(field, wrong.answers[field.name], following[field.name][0])):
        return []
    return [each for each in singles if wrong.agrees(field, solved(wrong.problem, each.case, own))]
