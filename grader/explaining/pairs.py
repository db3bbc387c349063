"""Two wrong turns at once: one after the other, the engine solves what comes out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from typing import Any

from ...generator import registry
from ...generator.model import Case, Field
from .evidence import sizes
from .hypotheses import Hypothesis
from .turns import solved, taken
from .wrong import Wrong

MOST_PAIRS = 64
"""How many are solved for one student's answers to one question."""

MOST_PRODUCTS = 20_000
"""How many products these may take together, so that large maps are not looked at for long."""


def pairs(wrong: Wrong, singles: list[Hypothesis]) -> Iterator[Hypothesis]:
    """Yield what two turns come to, of which each alone changes the answers as well.

    Those whose turns are all listed by the entry come first. Pairs that cannot give the answers are not
    solved: where only one of the two has to do with a field, it alone gives the answer to it.
    """
    products = registry.get(wrong.problem.spec.type).effort(wrong.problem.case).products
    most = min(MOST_PAIRS, MOST_PRODUCTS // max(1, products))
    return islice(_pairs(wrong, singles), most)


def number_of_pairs(singles: list[Hypothesis]) -> int:
    """Count the ways to take two turns one after the other."""
    return len(singles) * (len(singles) - 1)


def _pairs(wrong: Wrong, singles: list[Hypothesis]) -> Iterator[Hypothesis]:
    cases = [each.case for each in singles]
    for one, other in combinations(singles, 2):
        if one.names == other.names or not _possible(wrong, one, other):
            continue
        for case in _composed(one, other):
            if case not in cases:
                cases.append(case)
                yield Hypothesis((*one.turns, *other.turns), case, solved(wrong.problem, case))


def _composed(one: Hypothesis, other: Hypothesis) -> Iterator[Case[Any]]:
    """Yield the case after both turns, in either order; mostly both are the same."""
    for first, second in ((one, other), (other, one)):
        if (case := taken(second.turns[0], first.case)) is not None:
            yield case


def _possible(wrong: Wrong, one: Hypothesis, other: Hypothesis) -> bool:
    return all(_possible_for(wrong, field, one, other) for field in wrong.unexplained)


def _possible_for(wrong: Wrong, field: Field, one: Hypothesis, other: Hypothesis) -> bool:
    changing = [each for each in (one, other) if each.shows(field, wrong.problem)]
    if len(changing) < 2:
        return any(wrong.agrees(field, each.key) for each in changing)
    if field.kind != "tensor":
        return True
    key = sizes(wrong.problem.key[field.name][0])
    resized = [size for each in changing if (size := _size(each, field)) != key]
    return len(resized) == 2 or sizes(wrong.answers[field.name]) == (resized or [key])[0]


def _size(hypothesis: Hypothesis, field: Field) -> tuple[int, ...] | None:
    values = hypothesis.key.get(field.name)
    return sizes(values[0]) if values else None
