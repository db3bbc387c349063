"""Two wrong turns at once: one after the other, the engine solves what comes out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from typing import Any, NamedTuple

from ...generator import registry
from ...generator.model import Case, Exact, Field
from .evidence import cells, sizes
from .hypotheses import Hypothesis
from .turns import Turn, solved, taken
from .wrong import Wrong

MOST_PAIRS = 48
"""How many are solved for one student's answers to one question."""

MOST_PRODUCTS = 20_000
"""How many products these may take together, so that large maps are not looked at for long."""


def pairs(wrong: Wrong, singles: list[Hypothesis]) -> Iterator[Hypothesis]:
    """Yield what two turns come to, of which each alone changes the answers as well; the likeliest first.

    Pairs that cannot give the answers, as far as the single turns tell, are not solved.
    """
    products = registry.get(wrong.problem.spec.type).effort(wrong.problem.case).products
    most = min(MOST_PAIRS, MOST_PRODUCTS // max(1, products))
    return islice(_pairs(wrong, singles), most)


def number_of_pairs(singles: list[Hypothesis]) -> int:
    """Count the ways to take two turns one after the other."""
    return len(singles) * (len(singles) - 1)


def _pairs(wrong: Wrong, singles: list[Hypothesis]) -> Iterator[Hypothesis]:
    cases = [each.case for each in singles]
    effects = [_effect(wrong, each) for each in singles]
    for place, other_place in sorted(combinations(range(len(singles)), 2), key=sum):
        if not _possible(wrong, effects[place], effects[other_place]):
            continue
        one, other = singles[place], singles[other_place]
        for turns, case in _composed(one, other) if one.names != other.names else ():
            if case not in cases:
                cases.append(case)
                yield Hypothesis(turns, case, solved(wrong.problem, case))


def _composed(one: Hypothesis, other: Hypothesis) -> Iterator[tuple[tuple[Turn, ...], Case[Any]]]:
    """Yield both turns and the case after them, in either order; mostly both cases are the same."""
    for first, second in ((one, other), (other, one)):
        if (case := taken(second.turns[0], first.case)) is not None:
            yield (*first.turns, *second.turns), case


# -- what the single turns tell of a pair -------------------------------------------------------


class _Effect(NamedTuple):
    """What a turn does to the wrong answers.

    Attributes
    ----------
    turn
        The turn, solved.
    changes
        The names of those that are other ones than the key after it.
    gives
        The names of those among them that are what was answered.
    """

    turn: Hypothesis
    changes: frozenset[str]
    gives: frozenset[str]


def _effect(wrong: Wrong, turn: Hypothesis) -> _Effect:
    changed = [field for field in wrong.unexplained if turn.shows(field, wrong.problem)]
    given = (field.name for field in changed if wrong.agrees(field, turn.key))
    return _Effect(turn, frozenset(field.name for field in changed), frozenset(given))


def _possible(wrong: Wrong, one: _Effect, other: _Effect) -> bool:
    """Say whether both turns may give the answers; what one has nothing to do with, the other gives."""
    both = one.changes & other.changes
    if not both | one.gives | other.gives >= set(wrong.names):
        return False
    shared = (field for field in wrong.unexplained if field.name in both)
    return all(_possible_for(wrong, field, one.turn, other.turn) for field in shared)


def _possible_for(wrong: Wrong, field: Field, one: Hypothesis, other: Hypothesis) -> bool:
    """Say whether both turns may give an answer that each of them changes."""
    return field.kind != "tensor" or (
        _sizes_possible(wrong, field, one, other)
        and _raised_possible(wrong, field, one, other)
        and _raised_possible(wrong, field, other, one)
    )


def _sizes_possible(wrong: Wrong, field: Field, one: Hypothesis, other: Hypothesis) -> bool:
    """Say whether an answer may be as large as what comes out: only one who changes the size changes it."""
    key = sizes(wrong.problem.key[field.name][0])
    resized = [size for each in (one, other) if (size := sizes(each.printed_for(field))) != key]
    return len(resized) == 2 or sizes(wrong.answers[field.name]) == (resized or [key])[0]


def _raised_possible(wrong: Wrong, field: Field, one: Hypothesis, other: Hypothesis) -> bool:
    """Say whether the answer is raised where one turn raises all cells of a first map, as a bias does."""
    if field.needs or not isinstance(field.rule, Exact):
        return True
    raised = _raised_alike(wrong.problem.key[field.name][0], one.printed_for(field))
    return not raised or _raised_alike(other.printed_for(field), wrong.answers[field.name])


def _raised_alike(rows: Any, others: Any) -> bool:
    return (
        sizes(rows) == sizes(others)
        and len({b - a for a, b in zip(cells(rows), cells(others), strict=True)}) == 1
    )
