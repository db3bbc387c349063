"""Known ways to look for the strongest response in the wrong place."""

from __future__ import annotations

from typing import Any

from ..changes import Change, slip, where, with_given
from ..engine import array
from ..model import Case, Misconception
from ..values import nested
from .responses import Counted, Sought
from .wrong_filters import MISCONCEPTIONS as OF_FILTERS

_OF_MAPS = ("ignore_padding", "pad_once", "ignore_stride")
"""Misconceptions that move windows: they make no sense where windows are marked."""

_OF_KERNELS = ("extra_flip", "no_flip", "transpose_kernel")


def _asks_position(given: Any) -> bool:
    return bool(given.ask == "position")


def _sought(wrong: Sought, *right: Sought) -> Change:
    return where(lambda given: given.seek in right, lambda case: with_given(case, seek=wrong))


def _counted(right: Counted, wrong: Counted, *, moved: bool = False) -> Change:
    """Count another cell of the window; with `moved`, only where padding or stride moves windows."""

    def change(case: Case[Any]) -> Case[Any] | None:
        given = case.given
        plain = given.stride == (1, 1) and not any(map(any, given.padding))
        odd = all(size % 2 for size in array(given.kernel).shape[2:])
        makes_sense = _asks_position(given) and given.counted == right and not (moved and plain)
        return with_given(case, counted=wrong) if makes_sense and (odd or wrong != "centre") else None

    return change


def _only_brightness(case: Case[Any]) -> Case[Any]:
    kernel = array(case.given.kernel)
    return with_given(case, kernel=nested(kernel * 0 + 1))


MISCONCEPTIONS = (
    *(wrong for wrong in OF_FILTERS if wrong.name in _OF_KERNELS),
    *(
        Misconception(wrong.name, where(_asks_position, wrong.change))
        for wrong in OF_FILTERS
        if wrong.name in _OF_MAPS
    ),
    Misconception("brightest_window", where(lambda given: given.ask != "kernel", _only_brightness)),
    Misconception("absolute_for_signed", _sought("absolute", "largest", "smallest")),
    Misconception("signed_for_absolute", _sought("largest", "absolute")),
    Misconception("smallest_for_largest", _sought("smallest", "largest")),
    Misconception("largest_for_smallest", _sought("largest", "smallest")),
    slip("largest_pixel", lambda given: given.ask != "kernel" and len(given.input) == 1),
    slip("largest_weights", lambda given: given.ask == "kernel"),
    slip("axes_swapped", _asks_position),
    slip("other_origin", _asks_position),
    Misconception("centre_for_cell", _counted("cell", "centre")),
    Misconception("corner_for_cell", _counted("cell", "corner", moved=True)),
    Misconception("cell_for_centre", _counted("centre", "cell")),
    Misconception("corner_for_centre", _counted("centre", "corner", moved=True)),
)
