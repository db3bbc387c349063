"""Known ways to go wrong with a convolution, as changes of its case.

They fit every kind whose given has ``input`` (C, H, W), ``kernel`` (M, C, h, w), ``bias``, ``stride``,
``padding`` and ``dilation``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import Any

from ..changes import Change, rounded_as, where, with_given
from ..engine import array
from ..engine.later import np
from ..model import Case, Misconception
from ..number import Number
from ..values import nested
from .filtering import Filtering
from .geometry import map_size, named_padding
from .worked import Slide


def slide_of(case: Case[Any]) -> Slide:
    """Return how the window of a case moves."""
    given = case.given
    ceil_mode = case.conventions.rounding == "ceil"
    return Slide(map_size(given.kernel[0][0]), given.stride, given.padding, given.dilation, ceil_mode)


def output_size(case: Case[Any]) -> tuple[int, int]:
    """Return the rows and columns of the output maps."""
    return slide_of(case).positions(map_size(case.given.input[0]))


def biases_of(given: Any) -> tuple[Number, ...]:
    """Return a bias for each output map; they are 0 where none is stated."""
    return given.bias or (0,) * len(given.kernel)


def filtering_of(case: Case[Any]) -> Filtering:
    """Return the convolution of a case."""
    given = case.given
    turned = case.conventions.operation == "convolution"
    return Filtering(given.input, given.kernel, biases_of(given), slide_of(case), turned)


def extra_flip(case: Case[Any]) -> Case[Any] | None:
    """Turn the kernel where it is to be used as it stands."""
    if case.conventions.operation == "convolution":
        return None
    return replace(case, conventions=replace(case.conventions, operation="convolution"))


def _turned_only(axis: int) -> Change:
    """Use the kernel turned along one axis, whatever the operation asks."""

    def change(case: Case[Any]) -> Case[Any]:
        kernel = nested(np.flip(array(case.given.kernel), axis))
        plain = replace(case.conventions, operation="cross-correlation")
        return replace(case, given=replace(case.given, kernel=kernel), conventions=plain)

    return change


def no_flip(case: Case[Any]) -> Case[Any] | None:
    """Use the kernel as it stands where it is to be turned."""
    if case.conventions.operation == "cross-correlation":
        return None
    return replace(case, conventions=replace(case.conventions, operation="cross-correlation"))


def _kernel_as(view: Callable[[Any], Any]) -> Change:
    """Change the kernels, (M, C, h, w), as an array."""
    return lambda case: with_given(case, kernel=nested(view(array(case.given.kernel))))


def _bias_as(view: Callable[[Any, Number], Number]) -> Change:
    """Change every bias; no bias, no misconception."""

    def change(case: Case[Any]) -> Case[Any] | None:
        given = case.given
        biases = tuple(view(given, bias) for bias in given.bias)
        return with_given(case, bias=biases) if any(given.bias) else None

    return change


def _padding_as(view: Callable[[Any], Any]) -> Change:
    """Change the padding; no padding, no misconception."""

    def change(case: Case[Any]) -> Case[Any] | None:
        return with_given(case, padding=view(case.given)) if any(map(any, case.given.padding)) else None

    return change


def _channels_as(view: Callable[[Any], Any]) -> Change:
    """Change the kernels where there is more than one channel."""
    change = _kernel_as(view)
    return lambda case: change(case) if len(case.given.input) > 1 else None


def _same_padding(case: Case[Any]) -> Case[Any] | None:
    given = case.given
    slide = slide_of(case)
    sides = named_padding("same_upper", map_size(given.input[0]), slide.kernel, slide.stride, slide.dilation)
    return None if sides == given.padding else with_given(case, padding=sides)


def _not_normalised(case: Case[Any]) -> Case[Any] | None:
    kernels = array(case.given.kernel)
    common = lcm(*(Fraction(weight).denominator for weight in kernels.ravel()))
    return None if common == 1 else with_given(case, kernel=nested(kernels * common))


def _maps_swapped(case: Case[Any]) -> Case[Any] | None:
    kernel, bias = case.given.kernel[::-1], case.given.bias[::-1]
    return with_given(case, kernel=kernel, bias=bias) if len(kernel) > 1 else None


def _taps(given: Any) -> int:
    """Count the products of one output cell."""
    return len(given.input) * int(array(given.kernel)[0, 0].size)


def _first_only(kernels: Any) -> Any:
    kept = kernels.copy()
    kept[:, 1:] = 0
    return kept


OPERATION: tuple[Misconception[Any], ...] = (
    Misconception("extra_flip", extra_flip),
    Misconception("no_flip", no_flip),
)
"""They fit a given of any form."""

WEIGHTS_AND_BIAS: tuple[Misconception[Any], ...] = (
    Misconception("bias_forgotten", _bias_as(lambda _, __: 0)),
    Misconception("bias_sign", _bias_as(lambda _, bias: -bias)),
    Misconception("bias_per_tap", _bias_as(lambda given, bias: bias * _taps(given))),
    Misconception("bias_per_channel", _bias_as(lambda given, bias: bias * len(given.input))),
    Misconception("first_channel_only", _channels_as(_first_only)),
    Misconception("channels_averaged", _channels_as(lambda kernels: kernels * Fraction(1, kernels.shape[1]))),
    Misconception("kernels_swapped", _channels_as(lambda kernels: kernels[:, ::-1])),
    Misconception("maps_swapped", _maps_swapped),
    Misconception("not_normalised", _not_normalised),
)
"""They fit rows as well: ``input`` (C, *size), ``kernel`` (M, C, *window) and ``bias``."""

MISCONCEPTIONS = (
    *OPERATION,
    Misconception("flip_rows_only", _turned_only(-2)),
    Misconception("flip_columns_only", _turned_only(-1)),
    Misconception("transpose_kernel", _kernel_as(lambda kernels: kernels.swapaxes(-1, -2))),
    Misconception("ignore_padding", _padding_as(lambda _: ((0, 0), (0, 0)))),
    Misconception("pad_once", _padding_as(lambda given: tuple((before, 0) for before, _ in given.padding))),
    Misconception("assume_same_padding", _same_padding),
    Misconception(
        "ignore_stride",
        where(lambda given: given.stride != (1, 1), lambda case: with_given(case, stride=(1, 1))),
    ),
    Misconception(
        "dilation_ignored",
        where(lambda given: given.dilation != (1, 1), lambda case: with_given(case, dilation=(1, 1))),
    ),
    Misconception(
        "dilation_zero_based",
        lambda case: with_given(case, dilation=tuple(gap + 1 for gap in case.given.dilation)),
    ),
    Misconception("ceil_for_floor", rounded_as("ceil", output_size)),
    Misconception("floor_for_ceil", rounded_as("floor", output_size)),
    *WEIGHTS_AND_BIAS,
)
