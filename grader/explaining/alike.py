"""Mistakes that are one: they change a case alike, or give the same answers whatever the numbers are.

A kernel of one row that is turned by 180° is mirrored left to right, as every kernel of one row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from itertools import count
from typing import Any

from ...generator.changes import with_given
from ...generator.model import Case, Key
from ...generator.papers import Problem
from .hypotheses import Hypothesis
from .turns import solved, taken

NUMBERS = ("input", "kernel")
"""What of a given holds maps of numbers that could be others."""

_PRIME = 97  # squares leave many different rests


def different(problem: Problem, hypotheses: list[Hypothesis]) -> list[Hypothesis]:
    """Return the first of those that are the same mistake."""
    found: list[Hypothesis] = []
    for hypothesis in hypotheses:
        if not any(_same_mistake(problem, hypothesis, other) for other in found):
            found.append(hypothesis)
    return found


def _same_mistake(problem: Problem, one: Hypothesis, other: Hypothesis) -> bool:
    if one.case == other.case:
        return True
    cases = [_with_other_numbers(problem.case, 1), _with_other_numbers(_at_first_cell(problem.case), 50)]
    return all(
        case is not None and bool(key := _key(problem, case, one)) and key == _key(problem, case, other)
        for case in cases
    )


def _key(problem: Problem, case: Case[Any], hypothesis: Hypothesis) -> Key:
    """Solve another case after the same turns; nothing comes out where they make no sense there."""
    changed: Case[Any] | None = case
    for turn in hypothesis.turns:
        changed = taken(turn, changed) if changed is not None else None
    return solved(problem, changed) if changed is not None else {}


def _at_first_cell(case: Case[Any]) -> Case[Any]:
    """Return the case with the first cell asked, where a single one is: others may agree in one cell."""
    cell = getattr(case.given, "cell", None)
    return case if cell is None else with_given(case, cell=(0, 0) if isinstance(cell, tuple) else 0)


def _with_other_numbers(case: Case[Any], start: int) -> Case[Any] | None:
    """Return the case with other numbers in its maps and kernels; None if there are none, or cannot be.

    The other numbers begin at a different one for each start.
    """
    places = count(start)
    held = {each.name: getattr(case.given, each.name) for each in fields(case.given) if each.name in NUMBERS}
    others = {name: _others(value, places) for name, value in held.items() if _is_map(value)}
    try:
        return with_given(case, **others) if others else None
    except ValueError:
        return None


def _is_map(value: Any) -> bool:
    """Tell maps of numbers from sizes and from maps of names."""
    if isinstance(value, tuple) and isinstance(value[0], tuple):
        return _is_map(value[0]) or not isinstance(value[0][0], str | tuple)
    return False


def _others(value: Any, places: Iterator[int]) -> Any:
    if isinstance(value, tuple):
        return tuple(_others(part, places) for part in value)
    return next(places) ** 2 % _PRIME - _PRIME // 2
