"""A rule in one line, as an instructor reads it."""

from __future__ import annotations

from collections.abc import Iterator

from ...generator.figures.numerals import decimals
from .rule import Answer, Rule


def words_of(rule: Rule) -> str:
    """Say what a rule changes: ``a1: accept extra_flip; never lower``."""
    return f"{rule.target}: {'; '.join(_parts(rule))}"


def _parts(rule: Rule) -> Iterator[str]:
    if rule.accept:
        yield f"accept {_answer(rule.accept)} as well"
    if rule.key:
        yield f"the key is {_answer(rule.key)}"
    if rule.drop:
        yield "dropped"
    if rule.full_marks:
        yield "full marks for everybody" + (" who answered" if rule.full_marks == "answered" else "")
    paid = [f"{name}: {value}" for name, value in (*rule.credit.stated(), *rule.shares.items())]
    if paid:
        yield f"credit {', '.join(paid)}"
    if rule.points is not None:
        yield f"worth {decimals(rule.points)} points"
    if rule.paper:
        yield f"on paper {rule.paper} only"
    if rule.never_lower:
        yield "never lower"


def _answer(answer: Answer) -> str:
    if answer.misconception:
        return answer.misconception
    if answer.solve:
        return "what the solver gives now"
    if answer.conventions:
        return ", ".join(f"{name}: {value}" for name, value in answer.conventions.items())
    return ", ".join(f"{name}={' '.join(value.split())}" for name, value in answer.values.items())
