"""The wrong turns that are tried, each a change of a case: misconceptions and other conventions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from enum import Enum, auto
from typing import Any

from ...generator import registry
from ...generator.changes import Change
from ...generator.document import Message
from ...generator.frozen import frozen
from ...generator.mistakes import first_values, misconceptions_of, sentence_of
from ...generator.model import Case, Conventions, Key, Value
from ...generator.papers import Problem
from ...generator.questions.misconceptions import SENTENCES


class Source(Enum):
    """Where a turn comes from."""

    MISCONCEPTION = auto()
    CONVENTION = auto()
    SETTING = auto()


@frozen
class Turn:
    """One wrong turn.

    Attributes
    ----------
    name
        What findings call it.
    change
        The case as somebody who takes it sees it.
    sentence
        What a student reads.
    source
        Where it comes from.
    """

    name: str
    change: Change
    sentence: Message
    source: Source


def taken(turn: Turn, case: Case[Any]) -> Case[Any] | None:
    """Return the case after a turn, or None where it makes no sense."""
    try:
        return turn.change(case)
    except (ValueError, ArithmeticError, LookupError):  # a kernel that no longer fits, a cell outside
        return None


def solved(problem: Problem, case: Case[Any], own: dict[str, Value] | None = None) -> Key:
    """Solve a changed case of a problem, as far as anything comes out."""
    try:
        key = registry.get(problem.spec.type).solve(case, own or {})
        return {name: values for name, values in key.items() if values}
    except (ValueError, ArithmeticError, LookupError):
        return {}


def misconceptions(problem: Problem) -> list[Turn]:
    """Return the misconceptions of the kind and of the entry."""
    type_, case = problem.spec.type, problem.case
    return [
        Turn(each.name, each.change, sentence_of(type_, case, each.name), Source.MISCONCEPTION)
        for each in misconceptions_of(type_, case.given)
    ]


# -- other conventions --------------------------------------------------------------------------


def other_conventions(problem: Problem) -> list[Turn]:
    """Return the other conventions that no misconception of the kind stands for already.

    Most kinds depend on few of them, which one look at all the others together mostly shows.
    """
    known = {each.name for each in misconceptions_of(problem.spec.type, problem.case.given)}
    others = {name: change for name, change in _others(problem.case.conventions) if name not in known}
    together: dict[str, Any] = {}
    for change in others.values():
        together |= change
    if first_values(solved(problem, _under(problem.case, together))) == first_values(problem.key):
        return []
    return [
        Turn(name, _change(change), Message(SENTENCES[name]), Source.CONVENTION)
        for name, change in others.items()
    ]


def _others(conventions: Conventions) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what each convention could be instead, with the name of the misconception that takes it so."""
    direct, down = conventions.operation == "cross-correlation", conventions.rounding == "floor"
    counts, biases = conventions.pool_counts_padding, conventions.bias_counted
    yield (
        "extra_flip" if direct else "no_flip",
        {"operation": "convolution" if direct else "cross-correlation"},
    )
    yield "ceil_for_floor" if down else "floor_for_ceil", {"rounding": "ceil" if down else "floor"}
    yield "other_origin", {"origin": 1 - conventions.origin}
    yield "other_order", {"order": "HWC" if conventions.order == "CHW" else "CHW"}
    yield "avg_skip_pad" if counts else "avg_count_pad", {"pool_counts_padding": not counts}
    yield "no_bias" if biases else "bias_counted", {"bias_counted": not biases}


def _change(conventions: dict[str, Any]) -> Change:
    return lambda case: _under(case, conventions)


def _under(case: Case[Any], conventions: dict[str, Any]) -> Case[Any]:
    return replace(case, conventions=replace(case.conventions, **conventions))
