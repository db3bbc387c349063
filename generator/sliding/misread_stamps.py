"""The transposed convolution of a case, and known ways to go wrong with it, as changes of the case.

They fit a given that has ``input`` and ``kernel``, or ``sizes`` and ``window``, and ``stride``, ``dilation``,
``padding``, ``output_padding`` and ``ask``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..changes import slip, where, with_given
from ..engine import ShapeError, array, conv, out_size, pad
from ..model import Case, Misconception
from ..values import nested
from .geometry import map_size
from .stamping import Margins, Stamp, Stamping
from .worked import Pair


def sizes_of(given: Any) -> Pair:
    """Return rows and columns of the input."""
    return map_size(given.input) if given.sizes is None else (given.sizes[0], given.sizes[1])


def window_of(given: Any) -> Pair:
    """Return rows and columns of the kernel."""
    return map_size(given.kernel) if given.window is None else (given.window[0], given.window[1])


def stamp_of(given: Any) -> Stamp:
    """Return how the kernel is laid on the output."""
    return Stamp(window_of(given), given.stride, given.dilation)


def margins_of(case: Case[Any]) -> Margins:
    """Return what the full output gains at each end; what padding takes away is negative."""
    axes = list(zip(case.given.padding, case.given.output_padding, strict=True))
    if "tconv_padding_added" in case.slips:
        down, across = ((cut, cut + more) for cut, more in axes)
    elif "tconv_cropped_once" in case.slips:
        down, across = ((-cut, more) for cut, more in axes)
    elif "tconv_both_side_output_padding" in case.slips:
        down, across = ((more - cut, more - cut) for cut, more in axes)
    else:
        down, across = ((-cut, more - cut) for cut, more in axes)
    return down, across


def output_size(case: Case[Any]) -> Pair:
    """Return rows and columns of the output.

    Raises
    ------
    ShapeError
        If nothing is left, or the output padding is as large as stride and dilation.
    """
    given = case.given
    if "tconv_forward_formula" in case.slips:
        axes = zip(
            sizes_of(given), window_of(given), given.stride, given.padding, given.dilation, strict=True
        )
        rows, columns = (out_size(n, k, stride=s, padding=p, dilation=d) for n, k, s, p, d in axes)
        return rows, columns
    full = stamp_of(given).full(sizes_of(given))
    rows, columns = (size + sum(ends) for size, ends in zip(full, margins_of(case), strict=True))
    if min(rows, columns) < 1:
        raise ShapeError(f"'padding' leaves nothing of an output of {full[0]} x {full[1]} cells")
    _require_small_extra(given)
    return rows, columns


def _require_small_extra(given: Any) -> None:
    """Refuse an output padding as large as stride and dilation, which frameworks refuse as well."""
    for more, step, gap in zip(given.output_padding, given.stride, given.dilation, strict=True):
        if more and more >= max(step, gap):
            raise ShapeError("'output_padding' must be below the stride or the dilation")


def stamping_of(case: Case[Any]) -> Stamping:
    """Return the transposed convolution with its numbers."""
    given = case.given
    return Stamping(given.input, given.kernel, stamp_of(given), margins_of(case))


def values_of(case: Case[Any]) -> Any:
    """Return the output."""
    given = case.given
    if "tconv_forward_formula" in case.slips:
        maps = conv(
            [given.input],
            [[given.kernel]],
            stride=given.stride,
            padding=given.padding,
            dilation=given.dilation,
        )
        return maps[0]
    if "tconv_output_padding_zeros" in case.slips:
        cut = replace(case, given=replace(given, output_padding=(0, 0)), slips=frozenset())
        down, across = given.output_padding
        return pad(values_of(cut), ((0, down), (0, across)))
    if "tconv_no_overlap_add" in case.slips:
        return stamping_of(case).overwritten()
    return stamping_of(case).output()


# -- misconceptions -----------------------------------------------------------------------------


def _is_cut(given: Any) -> bool:
    return any(given.padding)


def _has_extra(given: Any) -> bool:
    return any(given.output_padding)


def _turned(case: Case[Any]) -> Case[Any] | None:
    if case.given.kernel is None:
        return None
    return with_given(case, kernel=nested(array(case.given.kernel)[::-1, ::-1]))


def _transposed(case: Case[Any]) -> Case[Any]:
    given = case.given
    if given.kernel is not None:
        return with_given(case, kernel=nested(array(given.kernel).T))
    return with_given(case, window=window_of(given)[::-1])


def _unit_steps(case: Case[Any]) -> Case[Any] | None:
    given = case.given
    if given.stride == (1, 1):
        return None
    # An output padding belongs to a stride, and goes with it.
    return with_given(case, stride=(1, 1), output_padding=(0, 0))


MISCONCEPTIONS = (
    slip("tconv_forward_formula"),
    slip("tconv_no_overlap_add", lambda given: "values" in given.ask),
    slip("tconv_padding_added", _is_cut),
    slip("tconv_cropped_once", _is_cut),
    Misconception("tconv_not_cropped", where(_is_cut, lambda case: with_given(case, padding=(0, 0)))),
    slip("tconv_both_side_output_padding", _has_extra),
    Misconception(
        "output_padding_forgotten", where(_has_extra, lambda case: with_given(case, output_padding=(0, 0)))
    ),
    slip(
        "tconv_output_padding_zeros",
        lambda given: _is_cut(given) and _has_extra(given) and "values" in given.ask,
    ),
    Misconception("tconv_ignore_stride", _unit_steps),
    Misconception(
        "dilation_ignored",
        where(lambda given: given.dilation != (1, 1), lambda case: with_given(case, dilation=(1, 1))),
    ),
    Misconception("extra_flip", _turned),
    Misconception("transpose_kernel", _transposed),
)
