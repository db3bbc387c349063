"""What is answered about connections, from the engine: names of units, rows and columns, numbers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from math import prod
from typing import Any

from ..engine import ShapeError
from ..model import Case, Value
from .miscounts import counts_biases
from .misread_wiring import OF_LAYER, layer_total, seen_cells, touched_units, wiring_of
from .wiring import Cells, names
from .wiring_fields import ENDS, ends_before_count, options_of


def answers_to(case: Case[Any], taken: Mapping[str, int]) -> Mapping[str, Value]:
    """Answer whatever may be asked together with what a case asks; `taken` answers are built on."""
    given = case.given
    if set(given.ask) <= OF_LAYER:
        return _counts(case, taken)
    if "touches" in given.ask:
        return {"touches": _picked(case, len(given.layers), touched_units(case))}
    seen = seen_cells(case)
    if len(seen) == 1:
        return {"sees": _picked(case, 0, seen[0]), "count": len(seen[0])}
    ends = _ends(case, seen)
    return {**ends, "count": _seen_count(case, seen, {**ends, **taken}) * given.maps}


def _picked(case: Case[Any], level: int, places: Collection[int]) -> tuple[str, ...]:
    """Name units; wrong ways may lead to some that do not exist."""
    options = options_of(case, level)
    return tuple(option.name for place, option in enumerate(options) if place in places)


def _ends(case: Case[Any], seen: Cells) -> dict[str, int]:
    if not all(seen):
        raise ShapeError("this unit sees nothing but padding, so there is no first and no last row or column")
    origin = case.conventions.origin
    too_far = "last_one_too_far" in case.slips
    across = ("columns", "rows") if "transpose" in case.slips else ("rows", "columns")
    return {
        name: cell + origin
        for asked, cells in zip(across, seen, strict=True)
        for (name, _), cell in zip(ENDS[asked], (cells[0], cells[-1] + too_far), strict=True)
    }


def _seen_count(case: Case[Any], seen: Cells, ends: Mapping[str, int]) -> int:
    """Count what is seen: between the ends, if they are asked before and nothing between them is left out."""
    if "count" not in case.given.ask or not (names := ends_before_count(case)):
        return prod(map(len, seen))
    top, bottom, left, right = (ends[name] for name in names)
    return max(0, bottom - top + 1) * max(0, right - left + 1)


def _counts(case: Case[Any], taken: Mapping[str, int]) -> Mapping[str, Value]:
    wiring, total = wiring_of(case), layer_total(case)
    total = replace(total, weights=taken.get("weights", total.weights))
    return {
        "connections": sum(1 for _ in wiring.links(0)),
        "outputs": len(names(wiring, 1, 0)),
        "weights": total.weights,
        "parameters": total.parameters(bias_counted=counts_biases(case)),
    }
