"""Which units are connected, layer by layer: what a unit sees, what an input touches, and the graph of it.

Convolutions and poolings are windows that slide. Padding is no unit: what would connect to it connects to
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple, TypeAlias

from .. import engine
from ..figures.model import Edge, Graph
from ..frozen import frozen
from ..latex import indexed
from .architecture import Conv, Dense, Layer, Pool, Shape, each, engine_layer, stride_of

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


class Window(NamedTuple):
    """A window that slides along one axis; `before` counts the padding in front."""

    kernel: int
    stride: int
    dilation: int
    before: int

    @property
    def reach(self) -> int:
        """How far the last cell of the window is from its first one."""
        return self.dilation * (self.kernel - 1)

    def first(self, unit: int) -> int:
        """Return where the window of a unit begins; below 0 in the padding."""
        return unit * self.stride - self.before


@frozen
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
        return tuple(shape[1:] for shape in engine.shapes(self._windows(), (1, *self.inputs)))

    def seen(self, unit: Shape) -> list[Cells]:
        """Return what a unit behind the last layer sees: of the input, and behind every layer."""
        windows, levels = self._windows(), self.levels()
        before = [
            engine.inputs_of(windows[level:], unit, (1, *levels[level])) for level in range(len(windows))
        ]
        return [*before, tuple((place,) for place in unit)]

    def fields(self) -> tuple[engine.ReceptiveField, ...]:
        """Return the receptive field behind the last layer along every axis."""
        return engine.receptive_field(self._windows(), (1, *self.inputs))[-1]

    def reached(self, source: int) -> list[Cells]:
        """Return what an input in a row touches: itself, and behind every layer."""
        places: tuple[int, ...] = (source,)
        levels: list[Cells] = [(places,)]
        for level in range(len(self.layers)):
            places = tuple(sorted({link.end for link in self.links(level) if link.start in places}))
            levels.append((places,))
        return levels

    def windows_of(self, level: int) -> tuple[Window, ...]:
        """Return the window of a layer along every axis."""
        layer = self.layers[level]
        if isinstance(layer, Dense):
            raise TypeError("a dense layer slides no window")
        axes = len(self.inputs)
        numbers = zip(
            each(layer.kernel, axes),
            each(stride_of(layer), axes),
            each(dilation_of(layer), axes),
            engine.receptive_field([self._window(layer)], (1, *self.levels()[level]))[0],
            strict=True,
        )
        return tuple(Window(kernel, stride, gap, -field.start) for kernel, stride, gap, field in numbers)

    def links(self, level: int) -> Iterator[Link]:
        """Yield the connections of a layer on units in a row, output by output."""
        layer, levels = self.layers[level], self.levels()
        (size,), (outputs,) = levels[level], levels[level + 1]
        if isinstance(layer, Dense):
            yield from (Link(start, end, 0, start) for end in range(outputs) for start in range(size))
            return
        (window,) = self.windows_of(level)
        for number, unit, tap in product(range(filters_of(layer)), range(outputs), range(window.kernel)):
            start = window.first(unit) + tap * window.dilation
            if 0 <= start < size:
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


def sliding(layers: Iterable[Layer]) -> tuple[Slider | Dense, ...]:
    """Return the layers that connect units."""
    return tuple(layer for layer in layers if isinstance(layer, (Conv, Pool, Dense)))


def dilation_of(layer: Slider) -> Shape:
    """Return the dilation, for all axes or for each."""
    return layer.dilation if isinstance(layer, Conv) else (1,)


def filters_of(layer: Slider | Dense) -> int:
    """Return how many units a layer has at every position of its window."""
    return layer.filters if isinstance(layer, Conv) else 1


def has_gaps(layers: Iterable[Slider | Dense], axes: int) -> bool:
    """Say whether a unit may leave out cells between the first and the last one that it sees."""
    *inner, last = (layer for layer in layers if not isinstance(layer, Dense))
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
