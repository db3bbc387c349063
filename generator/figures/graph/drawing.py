"""Units and their connections: the inputs at the bottom, one row for each layer.

Nothing is told by colour alone: marked units are tinted and have thick lines, faint ones are grey and dashed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from ...frozen import frozen
from ...language import ENGLISH, Language
from ..model import Edge, Graph
from ..svg import FONT, GREY, INK, TINT, near, svg
from ..symbols import symbol_text, symbol_width
from .labels import Line, Point, label_places
from .looks import PLAIN, Look, looks, told
from .words import graph_words

WIDEST = 600  # px
PITCH = 66  # between neighbours
PITCH_FOR_MANY = 100  # where weights stand close
MANY = 2.5  # of them for each node of the wider layer
RADIUS = 15
RISE = 90  # from one layer to the next
RISE_WITH_WEIGHTS = 120
RISE_FOR_MANY = 190
FONT_SIZE = 14
WEIGHT_SIZE = 13
THICKER = 1.6
SAMPLE = 40  # of a line in the legend
LEGEND = 34


@frozen
class _Layout:
    """Where the nodes of a graph are, and how large."""

    graph: Graph
    pitch: float
    rise: float

    @property
    def width(self) -> float:
        return max(map(len, self.graph.layers)) * self.pitch

    @property
    def height(self) -> float:
        return (len(self.graph.layers) - 1) * self.rise + 2 * RADIUS

    @property
    def radius(self) -> float:
        return min(RADIUS, self.pitch * 0.4)

    def node(self, layer: int, place: int) -> Point:
        indent = (self.width - len(self.graph.layers[layer]) * self.pitch) / 2
        return Point(indent + (place + 0.5) * self.pitch, self.height - RADIUS - layer * self.rise)

    def line(self, layer: int, edge: Edge) -> Line:
        return Line(self.node(layer, edge.start), self.node(layer + 1, edge.end))


def graph_svg(graph: Graph, language: Language = ENGLISH) -> str:
    """Draw a graph without its label."""
    layout, styles = _layout(graph), looks(graph)
    legend = styles if told(graph) == "legend" else {}
    width = max(layout.width, _legend_width(legend))
    parts = (
        f'<g font-family="{FONT}" transform="translate({near((width - layout.width) / 2)} 0)">',
        *_edges(layout, styles),
        *_nodes(layout),
        *(_weights(layout) if told(graph) == "edges" else ()),
        *_legend(legend, layout.width / 2, layout.height + LEGEND / 2),
        "</g>",
    )
    return svg(width, layout.height + (LEGEND if legend else 0), graph_words(graph, language), parts)


def _layout(graph: Graph) -> _Layout:
    """Leave as much room between layers as their weights need."""
    layers = zip(graph.edges, pairwise(graph.layers), strict=True)
    weights = (sum(bool(edge.weight) for edge in edges) / max(map(len, ends)) for edges, ends in layers)
    most = max(weights, default=0) if told(graph) == "edges" else 0
    room = WIDEST / max(map(len, graph.layers))
    if most > MANY:
        return _Layout(graph, min(PITCH_FOR_MANY, room), RISE_FOR_MANY)
    return _Layout(graph, min(PITCH, room), RISE_WITH_WEIGHTS if most else RISE)


def _edges(layout: _Layout, styles: Mapping[str, Look]) -> Iterator[str]:
    """Draw the connections, one path for each look; those that stand out come last and lie above."""
    paths: defaultdict[tuple[bool, bool, Look], str] = defaultdict(str)
    graph = layout.graph
    for layer, edges in enumerate(graph.edges):
        for edge in edges:
            ends = {(layer, edge.start), (layer + 1, edge.end)}
            look = styles.get(edge.weight, PLAIN)
            start, end = layout.line(layer, edge)
            data = f"M{near(start.x)} {near(start.y)}L{near(end.x)} {near(end.y)}"
            paths[ends <= graph.marked, not ends & graph.faint, look] += data
    for (marked, solid, look), data in sorted(paths.items()):
        stroke = _stroke(look, INK if solid else GREY, THICKER if marked else 0)
        yield f'<path d="{data}" fill="none" {stroke}/>'


def _stroke(look: Look, ink: str, thicker: float = 0) -> str:
    dashes = f' stroke-dasharray="{look.dashes}"' if look.dashes else ""
    return f'stroke="{ink}" stroke-width="{near(look.width + thicker)}"{dashes}'


def _nodes(layout: _Layout) -> Iterator[str]:
    for layer, labels in enumerate(layout.graph.layers):
        for place, label in enumerate(labels):
            yield from _node(layout, layer, place, label)


def _node(layout: _Layout, layer: int, place: int, label: str) -> Iterator[str]:
    marked, faint = ((layer, place) in nodes for nodes in (layout.graph.marked, layout.graph.faint))
    x, y = layout.node(layer, place)
    ink, dashes = (GREY, ' stroke-dasharray="3 2.5"') if faint else (INK, "")
    look = (
        f'fill="{TINT if marked else "#fff"}" stroke="{ink}" stroke-width="{2.8 if marked else 1.1}"{dashes}'
    )
    yield f'<circle cx="{near(x)}" cy="{near(y)}" r="{near(layout.radius)}" {look}/>'
    if label:
        fitting = FONT_SIZE * min(1, 1.8 * layout.radius / symbol_width(label, FONT_SIZE))
        yield symbol_text(label, x, y, round(fitting, 1), ink=ink)


def _weights(layout: _Layout) -> Iterator[str]:
    for layer, edges in enumerate(layout.graph.edges):
        named = [edge for edge in edges if edge.weight]
        places = label_places([layout.line(layer, edge) for edge in named])
        placed = [(edge.weight, place) for edge, place in zip(named, places, strict=True)]
        yield from (_ground(weight, place) for weight, place in placed)
        yield from (symbol_text(weight, *place, WEIGHT_SIZE) for weight, place in placed)


def _ground(weight: str, place: Point) -> str:
    """Draw white below a weight, so that no line runs through it."""
    width, height = symbol_width(weight, WEIGHT_SIZE), WEIGHT_SIZE + 3
    corner = f'x="{near(place.x - width / 2)}" y="{near(place.y - height / 2)}"'
    return f'<rect {corner} width="{near(width)}" height="{near(height)}" fill="#fff"/>'


def _entry_width(weight: str) -> float:
    return SAMPLE + symbol_width(weight, FONT_SIZE) + 24


def _legend_width(styles: Mapping[str, Look]) -> float:
    return sum(map(_entry_width, styles))


def _legend(styles: Mapping[str, Look], middle: float, height: float) -> Iterator[str]:
    left = middle - _legend_width(styles) / 2
    for weight, look in styles.items():
        line = f"M{near(left)} {near(height)}h{SAMPLE}"
        yield f'<path d="{line}" fill="none" {_stroke(look, INK)}/>'
        yield symbol_text(weight, left + SAMPLE + 6, height, FONT_SIZE, anchor="start")
        left += _entry_width(weight)
