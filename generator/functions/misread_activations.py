"""Known ways to go wrong with an activation, as changes of its case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..changes import Change, slip
from ..model import Case, Misconception
from ..number import Number
from .activations import MISTAKEN


def _takes(name: str) -> Callable[[Any], bool]:
    """Say whether a function is asked for that is taken for another one."""
    return lambda given: not set(given.functions).isdisjoint(MISTAKEN[name])


def _with_bias(view: Callable[[Number], Number]) -> Change:
    def change(case: Case[Any]) -> Case[Any] | None:
        if not any(case.given.bias):
            return None
        return replace(case, given=replace(case.given, bias=tuple(map(view, case.given.bias))))

    return change


def _slopes_swapped(case: Case[Any]) -> Case[Any] | None:
    slopes = case.given.slope
    if len(set(slopes)) < 2:
        return None
    return replace(case, given=replace(case.given, slope=slopes[::-1]))


MISCONCEPTIONS = (
    *(slip(name, _takes(name)) for name in MISTAKEN),
    slip("relu_never_saturates", lambda given: "relu" in given.functions and "derivative" in given.ask),
    slip("value_for_derivative", lambda given: "derivative" in given.ask),
    slip("closed_interval", lambda given: "range" in given.ask),
    slip("activation_before_bias", lambda given: any(given.bias)),
    Misconception("slopes_swapped", _slopes_swapped),
    Misconception("bias_forgotten", _with_bias(lambda _: 0)),
    Misconception("bias_sign", _with_bias(lambda bias: -bias)),
)
