"""What sizes may look like: whole numbers, one for all axes or one for each."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any, TypeAlias

PerAxis: TypeAlias = int | Sequence[int]
"""A whole number for every axis, or one for each."""

AxisPadding: TypeAlias = int | Sequence[int] | str
"""Padding of one axis: both sides alike, (before, after), or ``valid``, ``same_upper``, ``same_lower``."""

Padding: TypeAlias = int | Sequence[int | Sequence[int]] | str
"""Padding of all axes: one for all, or one for each. The pair of a single axis is ``((1, 2),)``."""


class ShapeError(ValueError):
    """Sizes that cannot go together."""


def whole(name: str, value: Any, *, least: int = 1) -> int:
    """Return a whole number of at least `least`; True and False are none."""
    if type(value) is int and value >= least:
        return value
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise ShapeError(f"{name} must be a whole number, not {value!r}")
    number = operator.index(value)
    if number < least:
        raise ShapeError(f"{name} must be at least {least}, not {number}")
    return number


def each_axis(name: str, value: Any, count: int) -> tuple[Any, ...]:
    """Return what holds for each of `count` axes."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        return (value,) * count
    if len(value) != count:
        raise ShapeError(f"{name} {tuple(value)} needs one entry for each of the {count} axes")
    return tuple(value)
