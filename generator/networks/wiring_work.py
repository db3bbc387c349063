"""Worked steps: from a unit back to what it sees, from an input on to what it touches, and the counting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import product

from ..document import Message, Symbol, say
from ..figures.model import Grid
from ..language import phrase
from ..model import Step
from ..sliding.worked import ROWS_AND_COLUMNS
from .architecture import Conv, Dense, Shape
from .count_steps import count_steps, result, sum_of
from .counts import count
from .wiring import Cells, Window, Wiring, graph, names

_ENDS = {  # by how many axes there are: the first and the last cell along each
    1: ((phrase("first"), phrase("last")),),
    2: ((phrase("first row"), phrase("last row")), (phrase("first column"), phrase("last column"))),
}
LARGEST_DRAWN = 24
"""Rows and columns of an input that is drawn."""


def seen_work(wiring: Wiring, unit: Shape, origin: int) -> Iterator[Step]:
    """Go back layer by layer, along every axis; show what is reached."""
    levels = wiring.seen(unit)
    yield _rule_of_windows(origin)
    for level in reversed(range(len(wiring.layers))):
        if len(wiring.layers) > 1:
            yield say("Back through layer {{ number }}:", number=level + 1)
        yield from _back(wiring, level, levels, origin)
    yield from _seen_figure(wiring, levels, origin)


def _rule_of_windows(origin: int) -> Message:
    return say(
        "Along an axis, with stride $s$, padding $p$ in front, and a kernel of $k$ cells with dilation $d$, "
        "unit $u$ looks at place {{ start }} of the layer before and, in steps of $d$, at all places up to "
        "$d(k-1)$ further. What lies outside is padding.",
        start=Symbol(r"(u-1)\,s-p+1" if origin else r"u\,s-p"),
    )


def _back(wiring: Wiring, level: int, levels: Sequence[Cells], origin: int) -> Iterator[Step]:
    for ends, window, units, cells in zip(
        _ENDS[len(wiring.inputs)], wiring.windows_of(level), levels[level + 1], levels[level], strict=True
    ):
        if not units:
            continue
        first, last = units[0] + origin, units[-1] + origin
        yield Symbol(rf"\text{{{ends[0]}}}={_start(window, first, origin)}")
        reach = rf"+{window.dilation}\cdot({window.kernel}-1)"
        yield Symbol(rf"\text{{{ends[1]}}}={_start(window, last, origin, reach)}")
        span = range(window.first(units[0]), window.first(units[-1]) + window.reach + 1)
        if not cells or (span[0], span[-1]) != (cells[0], cells[-1]):
            yield _inside(cells, origin)
    if len(wiring.inputs) == 1:
        (cells,) = levels[level]
        yield Symbol(_list_of([names(wiring, level, origin)[cell] for cell in cells]))
    else:
        yield from _gaps(levels[level], origin)


def _start(window: Window, unit: int, origin: int, reach: str = "") -> str:
    factor = f"({unit}-1)" if origin else str(unit)
    padding = f"-{window.before}" if window.before else ""
    back = "+1" if origin else ""
    place = window.first(unit - origin) + origin + (window.reach if reach else 0)
    return rf"{factor}\cdot {window.stride}{padding}{back}{reach}={place}"


def _inside(cells: Sequence[int], origin: int) -> Message:
    if not cells:
        return say("All of that is padding.")
    return say(
        "Without padding and what lies outside, {{ first }} to {{ last }} remain.",
        first=cells[0] + origin,
        last=cells[-1] + origin,
    )


def _list_of(symbols: Sequence[str]) -> str:
    return ", ".join(symbols) or r"\text{none}"


def _gaps(cells: Cells, origin: int) -> Iterator[Step]:
    """List rows and columns that do not lie side by side."""
    for name, places in zip(ROWS_AND_COLUMNS, cells, strict=True):
        if places and places[-1] - places[0] >= len(places):
            listed = ", ".join(str(place + origin) for place in places)
            yield Symbol(rf"\text{{{name}: }}{listed}")


def _seen_figure(wiring: Wiring, levels: Sequence[Cells], origin: int) -> Iterator[Step]:
    if len(wiring.inputs) == 1:
        yield graph(wiring, origin, marked=levels)
    elif max(wiring.inputs) <= LARGEST_DRAWN:
        (height, width), (rows, columns) = wiring.inputs, levels[0]
        yield say("In the input:")
        yield Grid(((None,) * width,) * height, "X", marked=frozenset(product(rows, columns)))


def reached_work(wiring: Wiring, source: int, origin: int) -> Iterator[Step]:
    """Go on layer by layer; show what is reached."""
    levels = wiring.reached(source)
    (window,), (outputs,) = wiring.windows_of(0), wiring.levels()[1]
    yield say(
        "Input $i$ is cell $j$ of the window of unit {{ unit }}, if that is a whole number and there is such "
        "a unit. Here $s$ is the stride, $p$ the padding in front, $d$ the dilation, and $j$ counts the "
        "cells of the window from 0.",
        unit=Symbol(r"(i-1+p-d\,j)/s+1" if origin else r"(i+p-d\,j)/s"),
    )
    for tap in range(window.kernel):
        yield Symbol(_tap_formula(window, source, tap, outputs, origin))
    for level in range(1, len(wiring.layers)):
        yield say("On through layer {{ number }}, in the same way:", number=level + 1)
        yield from _on(wiring, level, levels, origin)
    ends = names(wiring, len(wiring.layers), origin)
    yield Symbol(_list_of([ends[unit] for unit in levels[-1][0]]))
    yield graph(wiring, origin, marked=levels)


def _tap_formula(window: Window, source: int, tap: int, outputs: int, origin: int) -> str:
    place = source + window.before - window.dilation * tap
    padding = f"+{window.before}" if window.before else ""
    above = rf"{source + origin}{'-1' if origin else ''}{padding}-{window.dilation}\cdot {tap}"
    back = "+1" if origin else ""
    unit, rest = divmod(place, window.stride)
    if rest:
        end = rf"\frac{{{place}}}{{{window.stride}}}{back}\text{{, not whole}}"
    else:
        end = f"{unit + origin}" + ("" if 0 <= unit < outputs else r"\text{, no such unit}")
    return rf"j={tap}:\quad \frac{{{above}}}{{{window.stride}}}{back}={end}"


def _on(wiring: Wiring, level: int, levels: Sequence[Cells], origin: int) -> Iterator[Step]:
    before, behind = (names(wiring, place, origin) for place in (level, level + 1))
    links = list(wiring.links(level))
    for unit in levels[level][0]:
        ends = [behind[link.end] for link in links if link.start == unit]
        yield Symbol(rf"{before[unit]}\to {_list_of(ends)}")


def count_work(wiring: Wiring, asked: Collection[str], *, shared: bool, biases: bool) -> Iterator[Step]:
    """Count the outputs, connections and weights of a single layer, as far as they are asked."""
    (layer,), ((size,), (positions,)) = wiring.layers, wiring.levels()
    if "outputs" in asked:
        yield result("outputs", (positions, layer.filters) if isinstance(layer, Conv) else (positions,))
    if "connections" in asked:
        yield say("An output is connected to the inputs in its window. Add the connections of all outputs:")
        yield sum_of("connections", list(Counter(link.end for link in wiring.links(0)).values()))
    if not {"weights", "parameters"} & set(asked):
        return
    shape = (size,) if isinstance(layer, Dense) else (1, size)
    yield from count_steps(layer, shape, None if shared else (positions,), biases=biases)
    total = count(layer, shape).times(1 if shared else positions)
    if biases and total.biases:
        yield sum_of("parameters", [total.weights, total.biases])
