"""Known ways to go wrong on the way back through a convolution or a pooling, as changes of its case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..changes import slip
from ..model import Case, Misconception
from ..sliding.wrong_filters import extra_flip, no_flip


def _changed(name: str, where: Callable[[Any], bool], **changes: Any) -> Misconception[Any]:
    """Return a misconception that changes the given, where it is like this."""

    def change(case: Case[Any]) -> Case[Any] | None:
        given = case.given
        return replace(case, given=replace(given, **changes)) if where(given) else None

    return Misconception(name, change)


def _forward(change: Callable[[Case[Any]], Case[Any] | None]) -> Callable[[Case[Any]], Case[Any] | None]:
    """Change cases whose forward pass is asked as well; elsewhere only the way back can go wrong."""
    return lambda case: change(case) if case.given.loss is not None else None


def _padding_shifted(case: Case[Any]) -> Case[Any] | None:
    """Begin the windows inside: all padding lies at the end."""
    given = case.given
    sides = tuple((0, sum(axis)) for axis in given.padding)
    return replace(case, given=replace(given, padding=sides)) if any(map(any, given.padding)) else None


def _asks(*subjects: str) -> Callable[[Any], bool]:
    return lambda given: not set(subjects).isdisjoint(given.with_respect_to)


def _pools(*kinds: str) -> Callable[[Any], bool]:
    return lambda given: given.of in kinds


def _strided(given: Any) -> bool:
    window = given.window if given.of != "conv" else (1, 1)
    return (given.stride or window) != (1, 1)


MISCONCEPTIONS = (
    Misconception("extra_flip", _forward(extra_flip)),
    Misconception("no_flip", _forward(no_flip)),
    slip("mean_over_positions", _asks("weight", "bias")),
    slip("gradient_turned", _asks("weight")),
    slip("backward_kernel_turned", lambda given: given.of == "conv" and _asks("input")(given)),
    slip("gradient_transposed", _asks("weight", "input")),
    slip("forward_for_backward", _asks("weight")),
    slip("stride_not_dilated", lambda given: _strided(given) and _asks("weight", "input")(given)),
    Misconception("padding_shifted", _padding_shifted),
    slip("bias_gradient_one", _asks("bias")),
    slip("bias_one_cell", _asks("bias")),
    _changed("max_gradient_shared", _pools("max"), of="avg"),
    slip("gradient_to_all", _pools("max", "avg")),
    _changed("avg_gradient_to_max", _pools("avg"), of="max"),
    slip("relu_mask_forgotten", lambda given: given.relu),
    slip("relu_on_gradient", lambda given: given.relu and given.loss == "squared"),
    slip("outer_derivative_forgotten", lambda given: given.loss == "squared"),
    slip("target_minus_output", lambda given: given.loss == "squared"),
    slip("update_added", lambda given: given.rate is not None),
    _changed("rate_forgotten", lambda given: given.rate not in (None, 1), rate=1),
)
