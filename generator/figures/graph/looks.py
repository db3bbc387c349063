"""What the connections of a graph look like, and how their weights are told.

Connections that share a weight share a look. A weight stands on its connection while there are few; then a
legend of looks tells it. Where there are too many of them for either, weights do not show at all.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal, NamedTuple, TypeAlias

from ..model import Graph

FEW = 15
"""That many connections have room for their weights."""

Told: TypeAlias = Literal["edges", "legend", "nowhere"]


class Look(NamedTuple):
    """A pattern of dashes and a width in px."""

    dashes: str
    width: float


PLAIN = Look("", 1.1)
LOOKS = (
    Look("", 1.3),
    Look("7 3.5", 1.3),
    Look("1.5 3", 1.5),
    Look("10 3 2 3", 1.3),
    Look("16 4", 1.3),
    Look("10 3 2 3 2 3", 1.3),
    Look("", 2.6),
    Look("7 3.5", 2.6),
)


def told(graph: Graph) -> Told:
    """Return where the weights are to be read."""
    weights = _weights(graph)
    if weights.total() <= FEW:
        return "edges"
    return "legend" if len(weights) <= len(LOOKS) else "nowhere"


def looks(graph: Graph) -> dict[str, Look]:
    """Return the look of each weight that needs one of its own, in the order of the graph."""
    where, weights = told(graph), _weights(graph)
    if where == "nowhere":
        return {}
    own = [weight for weight, count in weights.items() if where == "legend" or count > 1]
    return dict(zip(own, LOOKS, strict=False))


def _weights(graph: Graph) -> Counter[str]:
    return Counter(edge.weight for edges in graph.edges for edge in edges if edge.weight)
