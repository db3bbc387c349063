"""What a forward pass takes by hand."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

from ..model import Case, Effort, Value
from ..sliding.filtering import digits_of
from ..sliding.wrong_filters import filtering_of
from .flow import Passage, field_names, passages, pooling_of, sizes
from .stages import DenseStage, PoolStage, name_of

HANDS_OF_EXPONENTIAL = 3
"""An exponential takes as long as so many products: it is typed into a calculator, and divided."""


def flow_effort(case: Case[Any]) -> Effort:
    """Add up what all steps take; the longest number is that of any of them, or a rounded one."""
    efforts = [_effort(case, passage) for passage in passages(case)]
    return Effort(
        sum(effort.products for effort in efforts),
        sum(effort.negatives for effort in efforts),
        max(effort.digits for effort in efforts),
    )


def flow_remaining(case: Case[Any], taken: Mapping[str, Value], name: str) -> int:
    """Count the products of the steps behind those that are taken, up to that of a field."""
    behind: list[Passage] = []
    for passage in passages(case, taken):
        names = field_names(case, name_of(passage.stage))
        behind = [] if taken.keys() & set(names) else [*behind, passage]
        if name in names:
            break
    return sum(_effort(case, passage).products for passage in behind)


def _effort(case: Case[Any], passage: Passage) -> Effort:
    match passage.stage:
        case PoolStage():
            return pooling_of(case, passage.stage, passage.before).effort()
        case DenseStage():
            return _dense_effort(case, passage)
        case "conv":
            rows, columns = sizes(case)["conv"]
            cells = list(product(range(rows), range(columns)))
            return filtering_of(case).effort(cells, len(case.given.kernel))
        case "sigmoid" | "softmax":
            return Effort(HANDS_OF_EXPONENTIAL * _count(passage.out), digits=case.given.digits)
        case _:
            return Effort(_count(passage.before))


def _dense_effort(case: Case[Any], passage: Passage) -> Effort:
    pairs = [
        (weight, value)
        for row in case.given.weights
        for weight, value in zip(row, passage.before, strict=True)
        if weight and value
    ]
    negatives = sum((weight < 0) != (value < 0) for weight, value in pairs)
    return Effort(len(pairs), negatives, max(map(digits_of, passage.out)))


def _count(value: Any) -> int:
    return sum(map(_count, value)) if isinstance(value, tuple) else 1
