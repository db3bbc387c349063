"""How the setting of an operation is misread from an animation: each setting as somebody takes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from .timeline import OPERATIONS, POOLINGS, TRANSPOSED, Operation, Setting

Misreading: TypeAlias = Callable[[Setting], Setting | None]
"""What a setting is taken for; None where there is nothing to be mistaken about."""


def _dilation_as_size(setting: Setting) -> Setting | None:
    if setting.dilation == 1 or setting.size == 1:
        return None
    return replace(setting, size=setting.dilation * (setting.size - 1) + 1, dilation=1)


def _dilation_from_0(setting: Setting) -> Setting:
    return replace(setting, dilation=setting.dilation - 1)


def _size_as_stride(setting: Setting) -> Setting | None:
    if setting.size == setting.stride:
        return None
    return replace(setting, size=setting.stride, stride=setting.size)


def _no_padding(setting: Setting) -> Setting | None:
    return replace(setting, padding=0) if setting.padding else None


def _padding_of_both_sides(setting: Setting) -> Setting | None:
    return replace(setting, padding=2 * setting.padding) if setting.padding else None


def _instead(wrong: Mapping[Operation, Operation]) -> Misreading:
    """Take some operations for another one."""

    def misread(setting: Setting) -> Setting | None:
        if setting.operation not in wrong:
            return None
        return replace(setting, operation=wrong[setting.operation])

    return misread


MISREADINGS: Mapping[str, Misreading] = {
    "dilation_as_size": _dilation_as_size,
    "dilation_counted_from_0": _dilation_from_0,
    "size_stride_swapped": _size_as_stride,
    "padding_not_seen": _no_padding,
    "padding_of_both_sides": _padding_of_both_sides,
    "transposed_as_direct": _instead({TRANSPOSED: "convolution"}),
    "direct_as_transposed": _instead({name: TRANSPOSED for name in OPERATIONS if name != TRANSPOSED}),
    "pooling_as_convolution": _instead(dict.fromkeys(POOLINGS, "convolution")),
    "convolution_as_pooling": _instead({"convolution": "max pooling"}),
    "other_pooling": _instead({"max pooling": "average pooling", "average pooling": "max pooling"}),
}
