"""Units and their connections in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ...language import Language
from ..model import Edge, Graph
from ..speech import if_marked, listed, spoken
from .looks import told


def graph_words(graph: Graph, language: Language) -> str:
    """Read the nodes and the connections out, layer by layer."""
    names = [_names(layer, language) for layer in graph.layers]
    nodes = (
        f"{_layer(number, len(names), language)}: {', '.join(_looks(graph, number, layer, language))}"
        for number, layer in enumerate(names)
    )
    connections = (
        language.tell(
            "{{ name }} is connected to {{ nodes }}",
            name=name,
            nodes=_connected(graph, number, place, names[number], language),
        )
        for number, layer in enumerate(names[1:])
        for place, name in enumerate(layer)
    )
    return ". ".join((language.tell("{{ count }} layers", count=len(names)), *nodes, *connections))


def _names(labels: Sequence[str], language: Language) -> list[str]:
    """Name the nodes of a layer; those without a symbol of their own by their place."""
    uses = Counter(labels)
    return [
        spoken(label)
        if label and uses[label] == 1
        else language.tell("{{ symbol }} (node {{ place }})", symbol=spoken(label), place=place).strip()
        for place, label in enumerate(labels, 1)
    ]


def _layer(number: int, layers: int, language: Language) -> str:
    if number == 0:
        return language.tell("Inputs")
    if number == layers - 1:
        return language.tell("Outputs")
    return language.tell("Layer {{ number }}", number=number + 1)


def _looks(graph: Graph, layer: int, names: Sequence[str], language: Language) -> Iterator[str]:
    for place, name in enumerate(names):
        faint = language.tell("{{ name }} (faint)", name=name) if (layer, place) in graph.faint else name
        yield if_marked(faint, language, marked=(layer, place) in graph.marked)


def _connected(graph: Graph, layer: int, place: int, names: Sequence[str], language: Language) -> str:
    """Say to which nodes of the layer before a node is connected, and with which weights."""
    edges = sorted((edge for edge in graph.edges[layer] if edge.end == place), key=lambda edge: edge.start)
    starts = [names[edge.start] for edge in edges]
    every = len(starts) > 1 and starts == list(names)
    nodes = _all(layer, language) if every else listed(starts, language)
    return nodes if told(graph) == "nowhere" else _with_weights(nodes, edges, language)


def _all(layer: int, language: Language) -> str:
    return (
        language.tell("all of layer {{ number }}", number=layer + 1) if layer else language.tell("all inputs")
    )


def _with_weights(nodes: str, edges: Sequence[Edge], language: Language) -> str:
    if not any(edge.weight for edge in edges):
        return nodes
    weights = listed([spoken(edge.weight) or language.tell("none") for edge in edges], language)
    if len(edges) == 1:
        return language.tell("{{ nodes }} (weight {{ weights }})", nodes=nodes, weights=weights)
    return language.tell("{{ nodes }} (weights {{ weights }})", nodes=nodes, weights=weights)
