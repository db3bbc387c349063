"""The matrix of a case, and known ways to go wrong with it, as changes of the case.

They fit a given that has ``input``, ``kernel`` or ``window``, ``channels``, ``filters``, ``stride``,
``padding`` and ``layout``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal, TypeAlias

import numpy as np

from ..engine import array
from ..model import Case, Misconception
from ..sliding.geometry import map_size
from ..sliding.worked import Pair, Slide
from .matrix import Unrolled


def sizes_of(given: Any) -> Pair:
    """Return rows and columns of the input; a sequence is one row."""
    return (1, given.input[0]) if len(given.input) == 1 else (given.input[0], given.input[1])


def window_of(given: Any) -> Pair:
    """Return rows and columns of the kernel."""
    if given.kernel is not None:
        return map_size(given.kernel)
    return (1, given.window[0]) if len(given.window) == 1 else (given.window[0], given.window[1])


def slide_of(case: Case[Any], *, up: bool) -> Slide:
    """Return how the window moves; `up` rounds the number of its positions up."""
    given = case.given
    along = (given.padding, 0 if "pad_once" in case.slips else given.padding)
    if len(given.input) == 1:
        return Slide(window_of(given), (1, given.stride), ((0, 0), along), ceil_mode=up)
    return Slide(window_of(given), (given.stride, given.stride), (along, along), ceil_mode=up)


def kernels_of(given: Any) -> Any:
    """Return the kernels, (M, C, h, w); weights that are not known are 1."""
    if given.kernel is not None:
        return array([[given.kernel]])
    return array(np.ones((given.filters, given.channels, *window_of(given)), dtype=int))


def unrolled_of(case: Case[Any]) -> Unrolled:
    """Return the convolution that is to be unrolled."""
    given = case.given
    turned = case.conventions.operation == "convolution"
    slide = slide_of(case, up=case.conventions.rounding == "ceil")
    return Unrolled(sizes_of(given), kernels_of(given), slide, turned)


def matrix_of(case: Case[Any]) -> Any:
    """Return the matrix, one row for each output."""
    unrolled = unrolled_of(case)
    if "circulant" in case.slips:
        return unrolled.circulant()
    return unrolled.first_rows() if "stride_first_rows" in case.slips else unrolled.matrix()


def all_ones(given: Any) -> Any:
    """Put a 1 for every entry of the kernel."""
    return replace(given, kernel=tuple((1,) * len(row) for row in given.kernel or ()))


# -- misconceptions -----------------------------------------------------------------------------

Change: TypeAlias = Callable[[Case[Any]], Case[Any] | None]


def _with(case: Case[Any], **changes: Any) -> Case[Any]:
    return replace(case, given=replace(case.given, **changes))


def _where(applies: Callable[[Any], bool], change: Change) -> Change:
    return lambda case: change(case) if applies(case.given) else None


def _slip(name: str, applies: Callable[[Any], bool] = lambda _: True) -> Misconception[Any]:
    return Misconception(name, _where(applies, lambda case: replace(case, slips=case.slips | {name})))


def _operated(wrong: Literal["cross-correlation", "convolution"]) -> Change:
    """Use the kernel this way, where it is to be used the other way."""

    def change(case: Case[Any]) -> Case[Any] | None:
        if case.conventions.operation == wrong:
            return None
        return replace(case, conventions=replace(case.conventions, operation=wrong))

    return change


def _rounded(wrong: Literal["floor", "ceil"]) -> Change:
    """Round the size of the output this way, where it is to be rounded the other way."""

    def change(case: Case[Any]) -> Case[Any] | None:
        changed = replace(case, conventions=replace(case.conventions, rounding=wrong))
        return None if unrolled_of(changed).outputs == unrolled_of(case).outputs else changed

    return change


def _is_padded(given: Any) -> bool:
    return bool(given.padding)


def _is_strided(given: Any) -> bool:
    return bool(given.stride > 1)


def _has_zero_taps(given: Any) -> bool:
    return given.kernel is not None and not all(map(all, given.kernel))


MISCONCEPTIONS = (
    Misconception(
        "row_vs_column_vector",
        lambda case: _with(case, layout="rows" if case.given.layout == "columns" else "columns"),
    ),
    Misconception("extra_flip", _operated("convolution")),
    Misconception("no_flip", _operated("cross-correlation")),
    _slip("circulant"),
    _slip("ignore_border", _is_padded),
    Misconception("ignore_padding", _where(_is_padded, lambda case: _with(case, padding=0))),
    _slip("pad_once", _is_padded),
    Misconception("ignore_stride", _where(_is_strided, lambda case: _with(case, stride=1))),
    _slip("stride_first_rows", _is_strided),
    Misconception("ceil_for_floor", _rounded("ceil")),
    Misconception("floor_for_ceil", _rounded("floor")),
    _slip("zero_taps_counted", _has_zero_taps),
    _slip("zero_taps_dropped", _has_zero_taps),
    _slip("sharing_ignored"),
    _slip("dense_assumed"),
    _slip("dense_as_map"),
    _slip("share_of_nonzeros"),
    Misconception(
        "drop_input_depth", _where(lambda given: given.channels > 1, lambda case: _with(case, channels=1))
    ),
    Misconception(
        "keep_input_depth",
        lambda case: _with(case, filters=case.given.channels) if case.given.window else None,
    ),
)
