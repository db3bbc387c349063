"""Known ways to confuse cross-correlation and convolution: each a slip that `OperationPair` consults.

They fit a given with ``ask`` (``compute``, ``made`` or ``agree``) and ``library``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..model import Case, Misconception


def _slip(name: str, *asks: str) -> Misconception[Any]:
    """Make a misconception about questions that ask for this."""

    def change(case: Case[Any]) -> Case[Any] | None:
        return _slipped(case, name) if case.given.ask in asks else None

    return Misconception(name, change)


def _slipped(case: Case[Any], name: str) -> Case[Any]:
    return replace(case, slips=case.slips | {name})


def _library_convolution(case: Case[Any]) -> Case[Any] | None:
    return _slipped(case, "library_convolution") if case.given.library else None


OPERATION_MISCONCEPTIONS = (
    _slip("operations_swapped", "compute", "made"),
    _slip("no_flip", "compute", "made", "agree"),
    _slip("extra_flip", "compute", "made"),
    _slip("flip_rows_only", "compute", "made", "agree"),
    _slip("flip_columns_only", "compute", "made", "agree"),
    _slip("transpose_kernel", "compute", "made", "agree"),
    _slip("started_late", "compute"),
    _slip("convolution_from_the_start", "compute", "made"),
    _slip("sign_overlooked", "agree"),
    Misconception("library_convolution", _library_convolution),
)
