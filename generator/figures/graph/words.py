"""Units and their connections in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..model import Edge, Graph
from ..speech import if_marked, listed, spoken
from .looks import told


def graph_words(graph: Graph) -> str:
    """Read the nodes and the connections out, layer by layer."""
    names = [_names(layer) for layer in graph.layers]
    nodes = (
        f"{_layer(number, len(names))}: {', '.join(_looks(graph, number, layer))}"
        for number, layer in enumerate(names)
    )
    connections = (
        f"{name} is connected to {_connected(graph, number, place, names[number])}"
        for number, layer in enumerate(names[1:])
        for place, name in enumerate(layer)
    )
    return ". ".join((f"{len(names)} layers", *nodes, *connections))


def _names(labels: Sequence[str]) -> list[str]:
    """Name the nodes of a layer; those without a symbol of their own by their place."""
    uses = Counter(labels)
    return [
        spoken(label) if label and uses[label] == 1 else f"{spoken(label)} (node {place})".strip()
        for place, label in enumerate(labels, 1)
    ]


def _layer(number: int, layers: int) -> str:
    return {0: "Inputs", layers - 1: "Outputs"}.get(number, f"Layer {number + 1}")


def _looks(graph: Graph, layer: int, names: Sequence[str]) -> Iterator[str]:
    for place, name in enumerate(names):
        faint = f"{name} (faint)" if (layer, place) in graph.faint else name
        yield if_marked(faint, marked=(layer, place) in graph.marked)


def _connected(graph: Graph, layer: int, place: int, names: Sequence[str]) -> str:
    """Say to which nodes of the layer before a node is connected, and with which weights."""
    edges = sorted((edge for edge in graph.edges[layer] if edge.end == place), key=lambda edge: edge.start)
    starts = [names[edge.start] for edge in edges]
    every = len(starts) > 1 and starts == list(names)
    weights = _weights(edges) if told(graph) != "nowhere" else ""
    return (_all(layer) if every else listed(starts)) + weights


def _all(layer: int) -> str:
    return f"all of layer {layer + 1}" if layer else "all inputs"


def _weights(edges: Sequence[Edge]) -> str:
    weights = [spoken(edge.weight) or "none" for edge in edges]
    if not any(edge.weight for edge in edges):
        return ""
    return f" ({'weights' if len(weights) > 1 else 'weight'} {listed(weights)})"
