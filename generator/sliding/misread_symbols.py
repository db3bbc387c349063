"""Known ways to go wrong with windows over names, as changes of the case; see `symbols`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..changes import Applies, Change, slip, slipped, where, with_given
from ..model import Case, Misconception
from .geometry import named_padding
from .symbols import is_turned, size


def _changed(applies: Applies, changes: Callable[[Case[Any]], dict[str, Any]]) -> Change:
    """Change the given where that makes sense."""
    return where(applies, lambda case: with_given(case, **changes(case)))


def _whole(given: Any) -> bool:
    """Say whether a whole expression is asked, so that the cell is to be found first."""
    return given.ask in ("cell", "next")


def _operation(wrong: str) -> Change:
    def change(case: Case[Any]) -> Case[Any] | None:
        return with_given(case, operation=wrong) if is_turned(case) != (wrong == "convolution") else None

    return change


def _half_turned(view: Callable[[Any], Any]) -> Change:
    """Use the kernel mirrored along one axis, whatever the operation asks."""

    def change(case: Case[Any]) -> Case[Any] | None:
        if min(size(case.given.kernel)) == 1:
            return None
        return with_given(case, kernel=view(case.given.kernel), operation="cross-correlation")

    return change


def _ignore_stride(case: Case[Any]) -> Case[Any] | None:
    given = case.given
    if given.stride == (1, 1) or not _whole(given):
        return None
    if given.ask == "cell":
        return with_given(case, stride=(1, 1))
    return slipped(case, "ignore_stride") if given.cell[1] else None


def _centred_on_cell(case: Case[Any]) -> Case[Any] | None:
    """Lay the middle of the window on the cell, as if there were padding."""
    given = case.given
    kernel = size(given.kernel)
    if given.ask != "cell" or any(map(any, given.padding)) or given.stride != (1, 1):
        return None
    if not all(side % 2 for side in kernel) or kernel == (1, 1):
        return None
    return with_given(
        case, padding=named_padding("same_upper", size(given.input), kernel, given.stride, given.dilation)
    )


def _transposed(case: Case[Any]) -> Case[Any] | None:
    kernel = case.given.kernel
    if len(kernel) != len(kernel[0]) or len(kernel) == 1:
        return None
    return with_given(case, kernel=tuple(zip(*kernel, strict=True)))


def _other_origin(case: Case[Any]) -> Case[Any] | None:
    """Count the row and the column of the cell from the other origin."""
    given = case.given
    step = -1 if case.conventions.origin == 0 else 1
    row, column = (place + step for place in given.cell)
    return with_given(case, cell=(row, column)) if given.ask == "cell" and len(given.input) > 1 else None


MISCONCEPTIONS: tuple[Misconception[Any], ...] = (
    Misconception("extra_flip", _operation("convolution")),
    Misconception("no_flip", _operation("cross-correlation")),
    Misconception("flip_rows_only", _half_turned(lambda kernel: kernel[::-1])),
    Misconception("flip_columns_only", _half_turned(lambda kernel: tuple(row[::-1] for row in kernel))),
    Misconception("transpose_kernel", _transposed),
    slip("rows_run_on", lambda given: len(given.kernel) > 1),
    Misconception(
        "bias_forgotten",
        _changed(lambda given: given.bias is not None and _whole(given), lambda _: {"bias": None}),
    ),
    Misconception("ignore_stride", _ignore_stride),
    Misconception(
        "dilation_ignored",
        _changed(lambda given: given.dilation != (1, 1), lambda _: {"dilation": (1, 1)}),
    ),
    Misconception(
        "ignore_padding",
        _changed(
            lambda given: any(map(any, given.padding)) and _whole(given),
            lambda _: {"padding": ((0, 0), (0, 0))},
        ),
    ),
    slip("padding_wraps", lambda given: any(map(any, given.padding)) and _whole(given)),
    Misconception("centred_on_cell", _centred_on_cell),
    Misconception(
        "axes_swapped",
        _changed(lambda given: given.ask == "cell", lambda case: {"cell": case.given.cell[::-1]}),
    ),
    Misconception("other_origin", _other_origin),
    slip("row_not_ended", lambda given: given.ask == "next" and given.cell[1] == 0),
    Misconception(
        "down_for_across",
        _changed(
            lambda given: given.ask == "next" and given.cell[1] > 0,
            lambda case: {"cell": (case.given.cell[0] + 1, case.given.cell[1] - 1)},
        ),
    ),
)
