"""Connections the other way round: windows are laid down one by one and followed cell by cell.

The second key of everything that asks who is connected to whom. No formula and no engine: the cells that a
window touches are listed, and those that are padding are struck out.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count, product
from typing import TypeAlias

from ..model import Value
from ..sliding.scatter import starts
from .architecture import Conv, Dense, Padding, Pool, Shape, each, stride_of
from .tally import tally

Layer: TypeAlias = Conv | Pool | Dense
Windows: TypeAlias = list[list[int]]
"""Which cells each unit along an axis touches."""


def windows(layer: Layer, sizes: Shape, *, up: bool) -> list[Windows]:
    """List the windows of a layer along every axis; `up` lets a last one hang over the end."""
    if isinstance(layer, Dense):
        return [[list(range(sizes[0])) for _ in range(layer.units)]]
    axes = len(sizes)
    gaps = each(layer.dilation if isinstance(layer, Conv) else (1,), axes)
    overhang = up or (isinstance(layer, Pool) and layer.ceil_mode)
    found = []
    for axis, (size, kernel, step, gap) in enumerate(
        zip(sizes, each(layer.kernel, axes), each(stride_of(layer), axes), gaps, strict=True)
    ):
        sides = _sides(layer.padding, axis, axes, size, kernel, step, gap)
        firsts = starts(size, kernel, step, sides, gap, overhang=overhang)
        taps = range(0, kernel * gap, gap)
        found.append([[first + tap for tap in taps if 0 <= first + tap < size] for first in firsts])
    return found


def _sides(
    padding: Padding, axis: int, axes: int, size: int, kernel: int, step: int, gap: int
) -> tuple[int, int]:
    if not isinstance(padding, str):
        before, after = each(padding, axes)[axis]
        return before, after
    if padding == "valid":
        return 0, 0
    wanted = len(range(0, size, step))
    total = next(n for n in count() if len(starts(size, kernel, step, (0, n), gap)) >= wanted)
    less, more = total // 2, total - total // 2
    return (less, more) if padding == "same_upper" else (more, less)


def traced(layers: Iterable[Layer], inputs: Shape, *, up: bool) -> list[list[Windows]]:
    """List the windows of every layer along every axis."""
    found: list[list[Windows]] = []
    sizes = inputs
    for layer in layers:
        found.append(windows(layer, sizes, up=up))
        sizes = tuple(map(len, found[-1]))
    return found


def seen_by(layers: list[list[Windows]], unit: Shape) -> set[Shape]:
    """Follow the windows from a unit back to the input, cell by cell."""
    cells = {unit}
    for along in reversed(layers):
        cells = {
            seen
            for cell in cells
            for seen in product(*(axis[place] for axis, place in zip(along, cell, strict=True)))
        }
    return cells


def touched_by(layers: list[list[Windows]], source: int) -> set[int]:
    """Follow an input in a row forward: whatever window holds one of its units is touched."""
    reached = {source}
    for (row,) in layers:
        reached = {unit for unit, window in enumerate(row) if reached & set(window)}
    return reached


def tallied(layer: Layer, size: int, row: Windows, *, shared: bool, bias_counted: bool) -> dict[str, int]:
    """Count the connections, outputs, weights and parameters of a layer on a row of inputs."""
    weights, biases = tally(layer, (size,) if isinstance(layer, Dense) else (1, size))
    copies = 1 if shared else len(row)
    filters = layer.filters if isinstance(layer, Conv) else 1
    return {
        "connections": sum(map(len, row)) * filters,
        "outputs": len(row) * filters,
        "weights": weights * copies,
        "parameters": (weights + biases if bias_counted else weights) * copies,
    }


def located(cells: list[Shape], origin: int, maps: int) -> dict[str, Value]:
    """Say which cells of a row or an image these are, and how many in all maps."""
    if len(cells[0] if cells else (0,)) == 1:
        return {"count": len(cells) * maps, "sees": tuple(f"x{place + origin}" for (place,) in cells)}
    rows, columns = ([cell[axis] + origin for cell in cells] for axis in (0, 1))
    return {
        "count": len(cells) * maps,
        "first_row": min(rows),
        "last_row": max(rows),
        "first_column": min(columns),
        "last_column": max(columns),
    }
