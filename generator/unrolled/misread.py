"""The matrix of a case, and known ways to go wrong with it, as changes of the case.

They fit a given that has ``input``, ``kernel`` or ``window``, ``channels``, ``filters``, ``stride``,
``padding`` and ``layout``.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from ..changes import rounded_as, slip, where, with_given
from ..engine import array
from ..engine.later import np
from ..model import Case, Conventions, Misconception
from ..sliding.geometry import map_size
from ..sliding.worked import Pair, Slide
from ..sliding.wrong_filters import OPERATION
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
    """Return the matrix, one row for each output; it is not to be written to."""
    return _matrix(case.given, case.conventions, case.slips & _SHAPING)


def filled(case: Case[Any]) -> int:
    """Count the entries of the matrix that are not 0."""
    return _filled(case.given, case.conventions, case.slips & _SHAPING)


# Most mistakes are about what is counted in the same matrix, which is written once.

_SHAPING = frozenset({"circulant", "pad_once", "stride_first_rows"})
"""The slips that change the matrix."""


@lru_cache(maxsize=8)
def _matrix(given: Any, conventions: Conventions, slips: frozenset[str]) -> Any:
    matrix = _written(unrolled_of(Case(given, conventions, slips)), slips)
    matrix.flags.writeable = False
    return matrix


def _written(unrolled: Unrolled, slips: frozenset[str]) -> Any:
    if "circulant" in slips:
        return unrolled.circulant()
    return unrolled.first_rows() if "stride_first_rows" in slips else unrolled.matrix()


@lru_cache(maxsize=8)
def _filled(given: Any, conventions: Conventions, slips: frozenset[str]) -> int:
    return int(np.count_nonzero(_matrix(given, conventions, slips)))


def all_ones(given: Any) -> Any:
    """Put a 1 for every entry of the kernel."""
    return replace(given, kernel=tuple((1,) * len(row) for row in given.kernel or ()))


# -- misconceptions -----------------------------------------------------------------------------


def _outputs(case: Case[Any]) -> Pair:
    return unrolled_of(case).outputs


def _is_padded(given: Any) -> bool:
    return bool(given.padding)


def _is_strided(given: Any) -> bool:
    return bool(given.stride > 1)


def _has_zero_taps(given: Any) -> bool:
    return given.kernel is not None and not all(map(all, given.kernel))


MISCONCEPTIONS = (
    Misconception(
        "row_vs_column_vector",
        lambda case: with_given(case, layout="rows" if case.given.layout == "columns" else "columns"),
    ),
    *OPERATION,
    slip("circulant"),
    slip("ignore_border", _is_padded),
    Misconception("ignore_padding", where(_is_padded, lambda case: with_given(case, padding=0))),
    slip("pad_once", _is_padded),
    Misconception("ignore_stride", where(_is_strided, lambda case: with_given(case, stride=1))),
    slip("stride_first_rows", _is_strided),
    Misconception("ceil_for_floor", rounded_as("ceil", _outputs)),
    Misconception("floor_for_ceil", rounded_as("floor", _outputs)),
    slip("zero_taps_counted", _has_zero_taps),
    slip("zero_taps_dropped", _has_zero_taps),
    slip("sharing_ignored"),
    slip("dense_assumed"),
    slip("dense_as_map"),
    slip("share_of_nonzeros"),
    Misconception(
        "drop_input_depth", where(lambda given: given.channels > 1, lambda case: with_given(case, channels=1))
    ),
    Misconception(
        "keep_input_depth",
        lambda case: with_given(case, filters=case.given.channels) if case.given.window else None,
    ),
)
