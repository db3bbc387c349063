"""How people go wrong when inputs and outputs move, as changes of a case or as slips of the solver.

The `Given` of a case has ``layer``, ``input``, ``kernel``, ``window``, ``stride``, ``border``, ``shift``,
``output_shift`` and ``ask``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..changes import Applies, Change, slip, where, with_given
from ..model import Case, Misconception
from .geometry import Map, map_size
from .shifting import Operation, output_shift_of, slide_of
from .worked import Pair
from .wrong_filters import MISCONCEPTIONS as OF_FILTERS


def output_of_moved(operation: Operation, given: Any, slips: frozenset[str]) -> Map:
    """Return the output for the moved input, as somebody with these slips computes it."""
    if "kernel_shifted" in slips:
        kernel = replace(operation, border="zeros").moved(given.kernel, given.shift)
        return replace(operation, kernel=kernel).output(given.input)
    if slips & {"invariance_for_equivariance", "moved_not_computed", "moved_by_full_shift", "moved_by_floor"}:
        return operation.moved(operation.output(given.input), _claimed_shift(given, slips))
    output = operation.output(operation.moved(given.input, given.shift))
    return operation.moved(output, output_shift_of(given)) if "shifted_twice" in slips else output


def _claimed_shift(given: Any, slips: frozenset[str]) -> Pair:
    """Return by how many cells somebody claims the output to move."""
    if "moved_not_computed" in slips:
        return output_shift_of(given)
    if "moved_by_full_shift" in slips:
        shift: Pair = given.shift
        return shift
    return _floor(given) if "moved_by_floor" in slips else (0, 0)


def _floor(given: Any) -> Pair:
    """Divide the shift by the stride, and round towards 0."""
    down, across = (
        abs(step) // size * (1 if step > 0 else -1)
        for step, size in zip(given.shift, slide_of(given).stride, strict=True)
    )
    return down, across


def _slip(name: str, applies: Applies = lambda _: True) -> Misconception[Any]:
    """Let the solver consult a slip where the output for the moved input is asked."""
    return slip(name, lambda given: "after" in given.ask and applies(given))


def _instead(attribute: str, right: str, wrong: str) -> Change:
    """Take one value for another."""
    return where(
        lambda given: getattr(given, attribute) == right, lambda case: with_given(case, **{attribute: wrong})
    )


def _reversed(case: Case[Any]) -> Case[Any]:
    shift, output_shift = (
        (-down, -across) for down, across in (case.given.shift, output_shift_of(case.given))
    )
    return with_given(case, shift=shift, output_shift=output_shift)


def _of_filters(name: str) -> Misconception[Any]:
    (known,) = (each for each in OF_FILTERS if each.name == name)
    return Misconception(name, where(lambda given: given.layer == "filter", known.change))


def _kernel_can_move(given: Any) -> bool:
    return given.layer == "filter" and all(
        abs(step) < size for step, size in zip(given.shift, map_size(given.kernel), strict=True)
    )


MISCONCEPTIONS = (
    _slip("invariance_for_equivariance"),
    _slip("moved_not_computed"),
    _slip("moved_by_full_shift", lambda given: given.shift != output_shift_of(given)),
    _slip("moved_by_floor", lambda given: _floor(given) not in ((0, 0), output_shift_of(given))),
    _slip("shifted_twice"),
    _slip("kernel_shifted", _kernel_can_move),
    Misconception("circular_for_zeros", _instead("border", "zeros", "circular")),
    Misconception("zeros_for_circular", _instead("border", "circular", "zeros")),
    Misconception("shift_reversed", _reversed),
    _of_filters("extra_flip"),
    _of_filters("no_flip"),
    Misconception("avg_for_max", _instead("layer", "max", "avg")),
    Misconception("max_for_avg", _instead("layer", "avg", "max")),
)
"""The misconceptions about what moves with what."""
