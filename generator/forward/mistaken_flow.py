"""Known ways to go wrong in a forward pass: each is made once, and all later steps follow from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any, Literal

from ..changes import Change, slip, with_given
from ..model import Case, Misconception
from ..sliding.worked import Pair
from ..sliding.wrong_filters import MISCONCEPTIONS as OF_FILTERS
from .flow import asked, sizes
from .stages import Name, PoolStage, name_of


def _names(given: Any) -> list[Name]:
    return [name_of(stage) for stage in given.steps]


def _has(name: Name) -> Callable[[Any], bool]:
    return lambda given: name in _names(given)


def _pools_before_relu(given: Any) -> bool:
    """Say whether ReLU and a mean could change places unseen; before a maximum, that changes nothing."""
    if "relu" in asked(given):
        return False
    return any(
        before == "relu" and isinstance(stage, PoolStage) and stage.kind == "avg"
        for before, stage in pairwise(given.steps)
    )


def _flattens_other_maps(given: Any) -> bool:
    names = _names(given)
    return "flatten" in names and "pool" in names


def _pool_as(view: Callable[[PoolStage], PoolStage | None]) -> Change:
    """Change the pooling, if there is one."""

    def change(case: Case[Any]) -> Case[Any] | None:
        stages = case.given.steps
        changed = tuple(view(stage) if isinstance(stage, PoolStage) else stage for stage in stages)
        return None if changed == stages or None in changed else with_given(case, steps=changed)

    return change


def _kind(right: Literal["max", "avg"], wrong: Literal["max", "avg"]) -> Change:
    return _pool_as(lambda stage: replace(stage, kind=wrong) if stage.kind == right else None)


def _strided(stage: PoolStage, stride: Pair) -> PoolStage | None:
    return None if (stage.stride or stage.window) == stride else replace(stage, stride=stride)


def _rounding(wrong: Literal["floor", "ceil"]) -> Change:
    """Round all sizes the other way, where that changes one."""

    def change(case: Case[Any]) -> Case[Any] | None:
        changed = replace(case, conventions=replace(case.conventions, rounding=wrong))
        return None if changed == case or sizes(changed) == sizes(case) else changed

    return change


def _other_order(case: Case[Any]) -> Case[Any] | None:
    if "flatten" not in _names(case.given) or len(case.given.kernel) == 1:
        return None
    order: Literal["CHW", "HWC"] = "HWC" if case.conventions.order == "CHW" else "CHW"
    return replace(case, conventions=replace(case.conventions, order=order))


def _transposed(case: Case[Any]) -> Case[Any] | None:
    weights = case.given.weights
    square = bool(weights) and len(weights) == len(weights[0])
    return with_given(case, weights=tuple(zip(*weights, strict=True))) if square else None


def _no_dense_bias(case: Case[Any]) -> Case[Any] | None:
    return with_given(case, dense_bias=()) if any(case.given.dense_bias) else None


_OTHERWISE = ("ceil_for_floor", "floor_for_ceil", "dilation_ignored", "dilation_zero_based")
"""Of filters: sizes are rounded all along the way here, and kernels have no gaps."""

MISCONCEPTIONS = (
    *(wrong for wrong in OF_FILTERS if wrong.name not in _OTHERWISE),
    Misconception("ceil_for_floor", _rounding("ceil")),
    Misconception("floor_for_ceil", _rounding("floor")),
    slip("relu_skipped", _has("relu")),
    slip("relu_abs", _has("relu")),
    slip("relu_after_pool", _pools_before_relu),
    slip("sigmoid_sign", _has("sigmoid")),
    Misconception("avg_for_max", _kind("max", "avg")),
    Misconception("max_for_avg", _kind("avg", "max")),
    Misconception("pool_stride_1", _pool_as(lambda stage: _strided(stage, (1, 1)))),
    Misconception("pool_stride_window", _pool_as(lambda stage: _strided(stage, stage.window))),
    Misconception("flatten_other_order", _other_order),
    slip("flatten_wrong_layer", _flattens_other_maps),
    Misconception("dense_bias_forgotten", _no_dense_bias),
    Misconception("weights_transposed", _transposed),
    slip("no_exponential", _has("softmax")),
    slip("class_from_other_origin", _has("class")),
)
