"""Known ways to take one kernel for another, as changes of a case.

They fit every kind whose given has ``ask``, ``kernels``, the place of the ``right`` one, ``padding`` and
``cell``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..changes import Change, with_given
from ..model import Case, Misconception
from .kernels import MISTAKES, Kernel, is_blur, is_sharpening


def _right(case: Case[Any]) -> Kernel:
    kernel: Kernel = case.given.kernels[case.given.right]
    return kernel


def _taking(case: Case[Any], other: Kernel | None) -> Case[Any] | None:
    """Take another kernel for the right one; it has to be an option, except where there are none."""
    given = case.given
    if other is None or other == _right(case):
        return None
    if given.ask == "patch":
        return with_given(case, kernels=(other,))
    if other not in given.kernels:
        return None
    return with_given(case, right=given.kernels.index(other))


def _mistaking(name: str) -> Change:
    """Take the right kernel for what this mistake makes of it."""

    def change(case: Case[Any]) -> Case[Any] | None:
        turns = case.conventions.operation == "convolution"
        if name == ("extra_flip" if turns else "no_flip"):
            return None
        return _taking(case, MISTAKES[name](_right(case)))

    return change


def _swapping(kind: Callable[[Kernel], bool], other_kind: Callable[[Kernel], bool]) -> Change:
    """Take a kernel of one kind for one of another; of several, the same in whatever order they stand."""

    def change(case: Case[Any]) -> Case[Any] | None:
        if case.given.ask == "patch" or not kind(_right(case)):
            return None
        return _taking(case, min(filter(other_kind, case.given.kernels), default=None))

    return change


def _centred_on_cell(case: Case[Any]) -> Case[Any] | None:
    """Centre the window on the cell of the same numbers, which only padding would make right."""
    given = case.given
    if given.padding or given.cell is None:
        return None
    row, column = given.cell
    return with_given(case, cell=(row - 1, column - 1))


MISCONCEPTIONS = (
    *(Misconception(name, _mistaking(name)) for name in MISTAKES),
    Misconception("blur_for_sharpen", _swapping(is_sharpening, is_blur)),
    Misconception("sharpen_for_blur", _swapping(is_blur, is_sharpening)),
    Misconception("centred_on_cell", _centred_on_cell),
)
