"""Which units are connected, layer by layer: what a unit sees, what an input touches, and the graph of it.

Convolutions and poolings are windows that slide. Padding is no unit: what would connect to it connects to
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from .. import engine
from ..figures.model import Edge, Graph
from ..latex import indexed
from .architecture import Conv, Dense, Pool, Shape, each, engine_layer

Slider: TypeAlias = Conv | Pool
Cells: TypeAlias = tuple[tuple[int, ...], ...]
"""Places along every axis; all combinations of them are meant."""

LETTERS = {1: "xa", 2: "xha", 3: "xgha"}
"""The letters of the units, the inputs first, by the number of layers."""

OUTPUTS, WEIGHTS = "abc", "wvu"
"""The letters of the outputs and of the weights, filter by filter."""


class Link(NamedTuple):
    """A connection: a unit, a unit of the layer behind it, the filter, and the place in its window."""

    start: int
    end: int
    filter: int
    tap: int


@dataclass(frozen=True)
class Wiring:
    """Layers that slide a window over an input, or one dense layer.

    Attributes
    ----------
    layers
        One after the other.
    inputs
        How many units the input has along each axis.
    up
        Whether output sizes are rounded up.
    """

    layers: tuple[Slider | Dense, ...]
    inputs: Shape
    up: bool = False

    def levels(self) -> tuple[Shape, ...]:
        """Return how many units there are along each axis: of the input, and in one map behind every layer.

        Raises
        ------
        ShapeError
            If a window does not fit.
        """
        first = self.layers[0]
        if isinstance(first, Dense):
            return self.inputs, (first.units,)
        return tuple(spatial for _, *spatial in engine.shapes(self._windows(), (1, *self.inputs)))

    def seen(self, unit: Shape) -> list[Cells]:
        """Return what a unit behind the last layer sees: of the input, and behind every layer."""
        windows, levels = self._windows(), self.levels()
        before = [
            engine.inputs_of(windows[level:], unit, (1, *levels[level])) for level in range(len(windows))
        ]
        return [*before, tuple((place,) for place in unit)]

    def reached(self, source: int) -> list[Cells]:
        """Return what an input in a row touches: itself, and behind every layer."""
        windows, levels = self._windows(), self.levels()
        behind = (
            tuple(
                unit
                for unit in range(levels[level][0])
                if source in engine.inputs_of(windows[:level], (unit,), (1, *self.inputs))[0]
            )
            for level in range(1, len(levels))
        )
        return [((source,),), *((places,) for places in behind)]

    def links(self, level: int) -> Iterator[Link]:
        """Yield the connections of a layer on units in a row, output by output."""
        layer, levels = self.layers[level], self.levels()
        (size,), (outputs,) = levels[level], levels[level + 1]
        if isinstance(layer, Dense):
            yield from (Link(start, end, 0, start) for end in range(outputs) for start in range(size))
            return
        window = self._window(layer)
        for number in range(filters_of(layer)):
            for unit in range(outputs):
                (span,) = engine.field_of([window], (unit,), (1, size))
                (seen,) = engine.inputs_of([window], (unit,), (1, size))
                for start in seen:
                    tap = (start - span.start) // dilation_of(layer)[0]
                    yield Link(start, unit + number * outputs, number, tap)

    def _windows(self) -> list[engine.Pool]:
        return [self._window(layer) for layer in self.layers if not isinstance(layer, Dense)]

    def _window(self, layer: Slider) -> engine.Pool:
        """Return a layer as a pooling: what slides makes no difference here."""
        known = engine_layer(layer, len(self.inputs))
        if not isinstance(known, (engine.Conv, engine.Pool)):
            raise TypeError(f"{layer!r} slides no window")
        return engine.Pool(
            known.kernel,
            stride=known.stride,
            padding=known.padding,
            dilation=known.dilation,
            ceil_mode=self.up or (isinstance(known, engine.Pool) and known.ceil_mode),
        )


def dilation_of(layer: Slider) -> Shape:
    """Return the dilation, for all axes or for each."""
    return layer.dilation if isinstance(layer, Conv) else (1,)


def filters_of(layer: Slider | Dense) -> int:
    """Return how many units a layer has at every position of its window."""
    return layer.filters if isinstance(layer, Conv) else 1


def has_gaps(layers: Iterable[Slider], axes: int) -> bool:
    """Say whether a unit may leave out cells between the first and the last one that it sees."""
    *inner, last = layers
    gaps = any(set(dilation_of(layer)) != {1} for layer in (*inner, last))
    pairs = (
        pair
        for layer in inner
        for pair in zip(each(layer.kernel, axes), each(layer.stride or (1,), axes), strict=True)
    )
    return gaps or any(stride > kernel for kernel, stride in pairs)


# -- as a graph ---------------------------------------------------------------------------------


def names(wiring: Wiring, level: int, origin: int) -> tuple[str, ...]:
    """Name the units behind so many layers on an input in a row, as LaTeX."""
    (size,) = wiring.levels()[level]
    letters = LETTERS[len(wiring.layers)][level]
    if level == len(wiring.layers):
        letters = OUTPUTS[: filters_of(wiring.layers[-1])]
    return tuple(indexed(letter, place) for letter in letters for place in range(origin, origin + size))


def graph(
    wiring: Wiring,
    origin: int,
    *,
    edges: bool = True,
    shared: bool = False,
    marked: Iterable[Cells] = (),
) -> Graph:
    """Draw the units of an input in a row and of all layers behind it.

    Parameters
    ----------
    wiring
        The layers.
    origin
        From which number units are counted.
    edges
        Whether to draw the connections.
    shared
        Whether to name the weights of a layer that shares them.
    marked
        The units to stand out: of the input, and behind every layer.
    """
    levels = range(len(wiring.layers))
    return Graph(
        layers=tuple(names(wiring, level, origin) for level in range(len(wiring.layers) + 1)),
        edges=tuple(
            tuple(_edge(link, origin, shared) for link in wiring.links(level)) if edges else ()
            for level in levels
        ),
        marked=frozenset((level, place) for level, (places,) in enumerate(marked) for place in places),
    )


def _edge(link: Link, origin: int, shared: bool) -> Edge:  # noqa: FBT001 - private
    weight = indexed(WEIGHTS[link.filter], origin + link.tap) if shared else ""
    return Edge(link.start, link.end, weight)
