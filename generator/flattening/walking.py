"""The second key of indices: walk past the values, slice by slice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import Any

from ..model import Value
from .layout import Order

_WAYS: dict[Order, tuple[str, ...]] = {
    "HWC": ("height", "width", "channels"),
    "CHW": ("channels", "height", "width"),
}


def walked(given: Any, order: Order, origin: int) -> Iterator[Value]:
    """Yield the answers of `index_mapping`, in the order of its fields."""
    read, here, there = (_way(given, each) for each in ("HWC", order, "CHW" if order == "HWC" else "HWC"))
    lengths, other_lengths = ([getattr(given, name) for name in way] for way in (here, there))
    if "read" in given.ask:
        yield from (getattr(given, name) for name in read)
    if "count" in given.ask:
        pixels = sum(given.width for _ in range(given.height))
        yield sum(pixels for _ in range(given.channels or 1))
    if "transposed" in given.ask:
        yield from other_lengths
    for cell in given.cells:
        at = dict(zip(read, cell, strict=True))
        yield _walk_to(lengths, [at[name] for name in here]) + origin
    for index in given.indices:
        at = dict(zip(here, _walk_from(lengths, index), strict=True))
        yield from (at[name] + origin for name in read)
    for index in given.moved:
        at = dict(zip(here, _walk_from(lengths, index), strict=True))
        yield _walk_to(other_lengths, [at[name] for name in there]) + origin
    if given.image is not None or given.vector is not None:
        yield from _filled(given, here)


def _way(given: Any, order: Order) -> list[str]:
    return [name for name in _WAYS[order] if getattr(given, name) is not None]


def _walk_to(lengths: Sequence[int], places: Sequence[int]) -> int:
    """Count the values that are passed on the way to one: whole slices first, along the slowest axis."""
    passed = 0
    for depth, place in enumerate(places):
        for _ in range(place):
            passed += prod(lengths[depth + 1 :])
    return passed


def _walk_from(lengths: Sequence[int], index: int) -> tuple[int, ...]:
    """Return the places at which one stands after passing so many values, the slowest axis first."""
    places = []
    for depth in range(len(lengths)):
        slice_, place = prod(lengths[depth + 1 :]), 0
        while index >= slice_:
            index -= slice_
            place += 1
        places.append(place)
    return tuple(places)


def _filled(given: Any, here: Sequence[str]) -> Iterator[Value]:
    """Yield the vector of an image, or the maps of a vector, value by value."""
    way = [
        dict(zip(here, at, strict=True)) for at in product(*(range(getattr(given, name)) for name in here))
    ]
    if given.image is not None:
        yield (tuple(given.image[at.get("channels", 0)][at["height"]][at["width"]] for at in way),)
    if given.vector is not None:
        values = {
            (at.get("channels", 0), at["height"], at["width"]): value
            for at, value in zip(way, given.vector, strict=True)
        }
        for channel in range(given.channels or 1):
            yield tuple(
                tuple(values[channel, row, column] for column in range(given.width))
                for row in range(given.height)
            )
