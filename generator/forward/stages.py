"""How an entry says the steps that numbers pass through, and which orders of them make sense.

In YAML the steps are a list: ``[conv, relu, {pool: max, window: 2}, flatten, {dense: 2}, softmax, class]``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

from pydantic import Field as Bounds

from ..reading.schema import Whole, branch, by_key, record
from ..sliding.geometry import Pair

MOST_UNITS = 16
"""Of a dense layer whose weights are all written down."""


@record
class PoolStage:
    """A pooling of every map by itself; without a stride, windows lie side by side."""

    kind: Annotated[Literal["max", "avg"], Bounds(alias="pool")]
    window: Pair
    stride: Pair | None = None


@record
class DenseStage:
    """A fully connected layer with so many units."""

    units: Annotated[Whole, Bounds(alias="dense", ge=1, le=MOST_UNITS)]


Word: TypeAlias = Literal["conv", "relu", "sigmoid", "flatten", "softmax", "class"]
"""A step that needs no numbers of its own."""

Stage: TypeAlias = Annotated[
    Annotated[PoolStage, branch(PoolStage)]
    | Annotated[DenseStage, branch(DenseStage)]
    | Annotated[Word, branch(str)],
    by_key(
        {"pool": PoolStage, "dense": DenseStage},
        otherwise=str,
        expected="a step: conv, relu, sigmoid, {pool: max, window: 2}, flatten, {dense: 2}, softmax or class",
    ),
]
"""A step of a forward pass."""

Name: TypeAlias = Literal["conv", "relu", "sigmoid", "pool", "flatten", "dense", "softmax", "class"]
"""What a step is called in an entry, and its fields in an answer file."""

ROUNDED: tuple[Name, ...] = ("sigmoid", "softmax")
"""What gives numbers that have to be rounded."""

_ON_MAPS: tuple[Name, ...] = ("conv", "pool", "flatten")
_ON_VALUES: tuple[Name, ...] = ("dense", "softmax", "class")
_ON_ROUNDED: tuple[Name, ...] = ("flatten", "class")


def name_of(stage: Stage) -> Name:
    """Return what a step is called."""
    if isinstance(stage, str):
        return stage
    return "pool" if isinstance(stage, PoolStage) else "dense"


def is_flat(stages: Sequence[Stage], name: Name) -> bool:
    """Say whether a step of this name gives flat values, not maps."""
    names = [name_of(stage) for stage in stages]
    return "flatten" in names[: names.index(name) + 1]


def require_order(stages: Sequence[Stage]) -> None:
    """Refuse steps that cannot follow one another.

    Raises
    ------
    ValueError
        Saying what was expected.
    """
    names = [name_of(stage) for stage in stages]
    if names[:1] != ["conv"]:
        raise ValueError("'steps' begins with 'conv'")
    if len(set(names)) < len(names):
        raise ValueError("each of the 'steps' stands once")
    for place, name in enumerate(names):
        before = names[:place]
        if name in _ON_MAPS and "flatten" in before:
            raise ValueError(f"'{name}' needs maps: it stands before 'flatten'")
        if name in _ON_VALUES and "flatten" not in before:
            raise ValueError(f"'{name}' needs flat values: it stands behind 'flatten'")
        if "class" in before:
            raise ValueError("'class' is the last of the 'steps'")
        if set(before) & set(ROUNDED) and name not in _ON_ROUNDED:
            raise ValueError(f"'{name}' would compute with numbers that sigmoid or softmax has rounded")
