"""What is counted in the matrix of a convolution, rightly or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import prod
from typing import Any

from ..engine.later import np
from ..model import Case, Value
from .misread import all_ones, filled, kernels_of


def counted(case: Case[Any], matrix: Any, taken: Mapping[str, Any]) -> dict[str, Value]:
    """Count the entries of the matrix of a case, one row for each output, and the weights behind them.

    What was taken from a student, size and non-zero entries, is counted on from.
    """
    rows, columns = taken.get("size", matrix.shape[:: -1 if case.given.layout == "rows" else 1])
    nonzeros = taken.get("nonzeros", _nonzeros(case, matrix))
    zeros = rows * columns - nonzeros
    share = nonzeros if "share_of_nonzeros" in case.slips else zeros
    return {
        "size": (rows, columns),
        "nonzeros": nonzeros,
        "zeros": zeros,
        "zero_share": Fraction(100 * share, rows * columns),
        "parameters": _parameters(case, matrix),
        "dense": prod(case.given.input) if "dense_as_map" in case.slips else matrix.size,
    }


def _nonzeros(case: Case[Any], matrix: Any) -> int:
    if "dense_assumed" in case.slips:
        return int(matrix.size)
    if "ignore_border" in case.slips:
        kernels = kernels_of(case.given)
        return int(np.count_nonzero(kernels)) * (len(matrix) // len(kernels))  # all weights at every position
    if "zero_taps_counted" in case.slips:
        return filled(replace(case, given=all_ones(case.given)))
    return filled(case)


def _parameters(case: Case[Any], matrix: Any) -> int:
    if case.slips & {"sharing_ignored", "dense_assumed"}:
        return _nonzeros(case, matrix)
    kernels = kernels_of(case.given)
    return int(np.count_nonzero(kernels) if "zero_taps_dropped" in case.slips else kernels.size)
