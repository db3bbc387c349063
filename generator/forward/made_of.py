"""What the numbers of a forward pass are made of."""

from __future__ import annotations

from typing import Any

from ..model import Case
from ..sliding.geometry import beside
from ..sliding.wrong_filters import filtering_of
from ..sums import MadeOf, Sum, Term
from .flow import Passage, dense_biases, field_names, passages, pooling_of
from .stages import DenseStage, PoolStage, name_of


def made_of(case: Case[Any], field: str, cell: tuple[int, int]) -> MadeOf | None:
    """Return what a cell of a step is made of; of filtering, pooling, a dense layer and a single window."""
    if field in ("products", "sum"):
        return _of_window(case, field, cell)
    for passage in passages(case):
        names = field_names(case, name_of(passage.stage))
        if field in names:
            return _of_passage(case, passage, names.index(field), cell)
    return None


def _of_window(case: Case[Any], field: str, cell: tuple[int, int]) -> Sum:
    """Return the single product of a cell, or all of them."""
    filtering = filtering_of(case)
    terms = filtering.made_of(0, case.given.window).terms
    if field == "sum":
        return Sum(tuple(Term(term.value) for term in terms))
    return Sum((terms[cell[0] * filtering.slide.kernel[1] + cell[1]],))


def _of_passage(case: Case[Any], passage: Passage, number: int, cell: tuple[int, int]) -> MadeOf | None:
    match passage.stage:
        case "conv":
            return filtering_of(case).made_of(number, cell)
        case PoolStage():
            return pooling_of(case, passage.stage, passage.before).made_of(number, cell)
        case DenseStage():
            terms = zip(passage.before, case.given.weights[cell[1]], strict=True)
            row = (passage.before,)
            return Sum(
                tuple(Term(value, weight, beside(row, (0, at))) for at, (value, weight) in enumerate(terms)),
                dense_biases(case.given)[cell[1]],
            )
        case _:
            return None
