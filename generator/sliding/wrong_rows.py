"""Known ways to go wrong with a convolution of a row, as changes of its case.

They fit every kind whose given has ``input`` (C, n), ``kernel`` (M, C, k), or (M, positions, k) where it is
``unshared``, ``bias``, ``stride``, ``padding`` and ``dilation``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..changes import Change, rounded_as, slipped, where, with_given
from ..model import Case, Misconception
from .row_filtering import row_slide
from .row_geometry import NamedEnds, named_ends
from .worked import Slide
from .wrong_filters import OPERATION, WEIGHTS_AND_BIAS


def slide_of(case: Case[Any]) -> Slide:
    """Return how the window of a case moves."""
    given = case.given
    return row_slide(
        len(given.kernel[0][0]),
        stride=given.stride,
        padding=given.padding,
        dilation=given.dilation,
        ceil_mode=case.conventions.rounding == "ceil",
    )


def positions_of(case: Case[Any]) -> int:
    """Return how many positions the window has."""
    return slide_of(case).positions((1, len(case.given.input[0])))[1]


def _if_padded(view: Callable[[Any], tuple[int, int]]) -> Change:
    """Change the padding; no padding, no misconception."""
    return lambda case: with_given(case, padding=view(case.given)) if any(case.given.padding) else None


def _padded_as(name: NamedEnds) -> Change:
    """Take the padding of this name, where another is stated."""

    def change(case: Case[Any]) -> Case[Any] | None:
        given = case.given
        ends = named_ends(
            name,
            size=len(given.input[0]),
            kernel=len(given.kernel[0][0]),
            stride=given.stride,
            dilation=given.dilation,
        )
        return None if ends == given.padding else with_given(case, padding=ends)

    return change


def _started_late(case: Case[Any]) -> Case[Any]:
    """Lay every window one cell too far to the right; beyond the end there are zeros."""
    left, right = case.given.padding
    if left:
        return with_given(case, padding=(left - 1, right + 1))
    return with_given(case, input=tuple((*row[1:], 0) for row in case.given.input))


def _started_early(case: Case[Any]) -> Case[Any]:
    """Lay every window one cell too far to the left; before the start there are zeros."""
    left, right = case.given.padding
    if right:
        return with_given(case, padding=(left + 1, right - 1))
    hangs_over = slide_of(case).left_over((1, len(case.given.input[0])))[1] < 0
    kept = None if hangs_over else -1
    return with_given(case, input=tuple((0, *row[:kept]) for row in case.given.input))


def _last_left_out(case: Case[Any]) -> Case[Any] | None:
    return slipped(case, "missing_plus_one") if positions_of(case) > 1 else None


def _stride_within(case: Case[Any]) -> Case[Any] | None:
    given = case.given
    if given.stride == 1 or len(given.kernel[0][0]) == 1:
        return None
    return with_given(case, dilation=given.dilation * given.stride)


def _first_everywhere(case: Case[Any]) -> Case[Any] | None:
    given = case.given
    if not given.unshared:
        return None
    return with_given(case, kernel=tuple((rows[0],) * len(rows) for rows in given.kernel))


def _not_moved(case: Case[Any]) -> Case[Any] | None:
    """Leave the weights where the first window had them, repeated along the row."""
    given = case.given
    taps, places = len(given.kernel[0][0]), positions_of(case)
    if given.unshared or len(given.input) > 1 or taps == 1 or places == 1:
        return None
    forward = -1 if case.conventions.operation == "convolution" else 1
    kernel = tuple(
        tuple(_rotated(row, forward * place * given.stride % taps) for place in range(places))
        for (row,) in given.kernel
    )
    return with_given(case, kernel=kernel, unshared=True)


def _rotated(row: tuple[Any, ...], by: int) -> tuple[Any, ...]:
    return (*row[by:], *row[:by])


ROW_MISCONCEPTIONS: tuple[Misconception[Any], ...] = (
    *OPERATION,
    Misconception("ignore_padding", _if_padded(lambda _: (0, 0))),
    Misconception("pad_once", _if_padded(lambda given: (given.padding[0], 0))),
    Misconception("assume_same_padding", _padded_as("same_upper")),
    Misconception("assume_full_padding", _padded_as("full")),
    Misconception("started_late", _started_late),
    Misconception("started_early", _started_early),
    Misconception("missing_plus_one", _last_left_out),
    Misconception(
        "ignore_stride", where(lambda given: given.stride > 1, lambda case: with_given(case, stride=1))
    ),
    Misconception("stride_within_window", _stride_within),
    Misconception(
        "dilation_ignored",
        where(lambda given: given.dilation > 1, lambda case: with_given(case, dilation=1)),
    ),
    Misconception("dilation_zero_based", lambda case: with_given(case, dilation=case.given.dilation + 1)),
    Misconception("ceil_for_floor", rounded_as("ceil", positions_of)),
    Misconception("floor_for_ceil", rounded_as("floor", positions_of)),
    Misconception("first_weights_everywhere", _first_everywhere),
    Misconception("weights_not_moved", _not_moved),
    *WEIGHTS_AND_BIAS,
)
