"""What somebody who takes one or two wrong turns holds for right, solved, and what it would be paid."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import Any

from ...generator.document import Message
from ...generator.frozen import frozen
from ...generator.model import Case, Field, Key
from ...generator.papers import Problem
from .evidence import sizes
from .settings import only_settings, other_settings
from .turns import Turn, misconceptions, other_conventions, solved, taken
from .wrong import Wrong


@frozen
class Hypothesis:
    """A case after one or two turns, and its key."""

    turns: tuple[Turn, ...]
    case: Case[Any]
    key: Key

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called."""
        return tuple(turn.name for turn in self.turns)

    @property
    def sentences(self) -> tuple[Message, ...]:
        """What a student reads."""
        return tuple(turn.sentence for turn in self.turns)

    @property
    def printed(self) -> Key:
        """What it comes to, without what else would be accepted."""
        return {name: values[:1] for name, values in self.key.items()}

    def printed_for(self, field: Field) -> Any:
        """Return what it comes to in a field; nothing where it has no such field."""
        return self.key.get(field.name, ((),))[0]

    def shows(self, field: Field, problem: Problem) -> bool:
        """Say whether it gives another answer than the key."""
        return self.printed_for(field) not in problem.key[field.name]


def single(wrong: Wrong) -> list[Hypothesis]:
    """Return what each single turn comes to, where that is not the key.

    Turns that change the case alike are one; what the entry lists comes first, and of that the best paid.
    """
    problem = wrong.problem
    shares = problem.spec.misconceptions
    turns = sorted(misconceptions(problem), key=lambda turn: -shares.get(turn.name, Fraction(-1)))
    turns += other_conventions(problem)
    if other_size(wrong):
        turns += other_settings(problem.case)
    found: list[Hypothesis] = []
    cases = [problem.case]
    for turn in turns:
        case = taken(turn, problem.case)
        if case is None or case in cases:
            continue
        cases.append(case)
        hypothesis = Hypothesis((turn,), case, solved(problem, case))
        if hypothesis.key and any(hypothesis.shows(field, problem) for field in wrong.answered):
            found.append(hypothesis)
    return found


def other_size(wrong: Wrong) -> bool:
    """Say whether a map has another size than the key."""
    key = wrong.problem.key
    return any(
        field.kind == "tensor" and sizes(wrong.answers[field.name]) != sizes(key[field.name][0])
        for field in wrong.unexplained
    )


def listed(problem: Problem, hypothesis: Hypothesis) -> bool:
    """Say whether the entry lists every turn."""
    return all(name in problem.spec.misconceptions for name in hypothesis.names)


def credit(problem: Problem, hypothesis: Hypothesis) -> Fraction:
    """Return the share that entry and exam give for the turns, that of two turns multiplied.

    The right answer under another stride, padding or dilation earns at least the credit for the method.
    """
    shares = problem.spec.misconceptions
    share = prod((shares.get(name, Fraction()) for name in hypothesis.names), start=Fraction(1))
    method = problem.credit.method or Fraction()
    return max(share, method) if only_settings(problem.case, hypothesis.case) else share
