"""What students read of a rule, at the question that it concerns."""

from __future__ import annotations

from collections.abc import Iterator

from ...generator.document import Decimals, Message, say
from ..model import Remark
from .rule import Rule
from .standing import Standing


def remarks_of(standing: Standing) -> Iterator[Remark]:
    """Yield what is told of the rules that concern a question, in their order."""
    rulings = sorted((*standing.rulings, *standing.kept), key=lambda ruling: ruling.number)
    for ruling in rulings:
        holds = ruling in standing.rulings
        sentence = _sentence(ruling.rule, ruling.reason) if holds else _kept(ruling.reason)
        yield Remark(ruling.number, sentence, ruling.reason, holds)


def _sentence(rule: Rule, reason: str) -> Message:
    if rule.accept:
        return say("Another answer counts as right here as well: {{ reason }}", reason=reason)
    if rule.key:
        return say("What is right here was corrected: {{ reason }}", reason=reason)
    if rule.drop:
        return say("This question does not count, for anybody: {{ reason }}", reason=reason)
    if rule.full_marks == "everyone":
        return say("Everybody gets all points of this question: {{ reason }}", reason=reason)
    if rule.full_marks:
        return say("Everybody who answered this question gets all its points: {{ reason }}", reason=reason)
    if rule.points is not None:
        return say(
            "What this question is worth was changed to {{ points }}: {{ reason }}",
            points=Decimals(rule.points),
            reason=reason,
        )
    return say("How this question earns points was changed: {{ reason }}", reason=reason)


def _kept(reason: str) -> Message:
    return say(
        "This question is marked in another way now, but what you had is better for you and stays: "
        "{{ reason }}",
        reason=reason,
    )
