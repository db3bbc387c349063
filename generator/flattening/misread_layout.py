"""How people misread where the values of an image stand, as changes of a case or as slips consulted here.

The `Given` of a case has ``height``, ``width``, ``channels``, ``order``, ``ask``, ``cells``, ``indices``,
``moved``, ``image`` and ``vector``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..changes import slip
from ..model import Case, Misconception
from .layout import COLUMN, ROW, Layout, Order, axes_of, other


def order_of(case: Case[Any]) -> Order:
    """Return the order that the entry states, or that of the paper."""
    order: Order = case.given.order or case.conventions.order
    return order


def layout_of(case: Case[Any]) -> Layout:
    """Return where the values of a case stand, as somebody with its slips sees it."""
    channels = None if "channels_forgotten" in case.slips else case.given.channels
    return _laid(case, order_of(case), channels)


def other_layout_of(case: Case[Any]) -> Layout:
    """Return where the values stand in the other order."""
    order, channels = order_of(case), case.given.channels
    layout = _laid(case, other(order), channels)
    if "axes_reversed" in case.slips:
        return replace(layout, axes=axes_of(order, channels)[::-1])
    return layout


def _laid(case: Case[Any], order: Order, channels: int | None) -> Layout:
    slips, height, width = case.slips, case.given.height, case.given.width
    if slips & {"height_for_width", "transpose"}:
        height, width = width, height
    axes = axes_of(order, channels)
    if "column_major" in slips:
        exchanged = {ROW: COLUMN, COLUMN: ROW}
        axes = tuple(exchanged.get(axis, axis) for axis in axes)
    return Layout((height, width) if channels is None else (height, width, channels), axes)


def index_origin(case: Case[Any]) -> int:
    """Return from which number somebody counts places in the vector."""
    origin = case.conventions.origin
    return 1 - origin if "index_off_by_one" in case.slips else origin


# -- changes ------------------------------------------------------------------------------------


def _fills(given: Any) -> bool:
    return given.image is not None or given.vector is not None


def _maps_places(given: Any) -> bool:
    """Say whether a position is asked, or stated."""
    return bool(given.cells or given.indices)


def _counts_places(given: Any) -> bool:
    """Say whether an index is asked, or stated."""
    return bool(_maps_places(given) or given.moved)


def _other_order(case: Case[Any]) -> Case[Any] | None:
    """Take the axes in the other order; a shape that is to be read then means other sizes."""
    given, order = case.given, order_of(case)
    if given.channels is None:
        return None
    changed = replace(given, order=other(order))
    if set(given.ask) & {"read", "transposed"}:
        shape = Layout((given.height, given.width, given.channels), axes_of(order, given.channels)).shape
        sizes = dict(zip(axes_of(other(order), given.channels), shape, strict=True))
        changed = replace(changed, height=sizes[0], width=sizes[1], channels=sizes[2])
    return replace(case, given=changed)


def _other_origin(case: Case[Any]) -> Case[Any] | None:
    """Read all that is counted, and write the answer, as counted from the other origin."""
    given, origin = case.given, case.conventions.origin
    if not _counts_places(given):
        return None
    off = 2 * origin - 1
    changed = replace(
        given,
        cells=tuple(tuple(place + off for place in cell) for cell in given.cells),
        indices=tuple(index + off for index in given.indices),
        moved=tuple(index + off for index in given.moved),
    )
    return replace(case, given=changed, conventions=replace(case.conventions, origin=1 - origin))


MISCONCEPTIONS = (
    Misconception("axes_in_other_order", _other_order),
    slip("column_major", lambda given: _maps_places(given) or _fills(given)),
    slip("height_for_width", _maps_places),
    slip(
        "channels_forgotten",
        lambda given: given.channels is not None and (_maps_places(given) or "count" in given.ask),
    ),
    slip("channels_assumed", lambda given: given.channels is None and "count" in given.ask),
    Misconception("other_origin", _other_origin),
    slip("index_off_by_one", _counts_places),
    slip("quotient_remainder_swapped", lambda given: given.indices),
    slip("reshape_for_transpose", lambda given: given.moved),
    slip("axes_reversed", lambda given: given.moved or "transposed" in given.ask),
    slip("transpose", lambda given: set(given.ask) & {"read", "transposed"}),
)
"""The misconceptions about positions and indices."""
