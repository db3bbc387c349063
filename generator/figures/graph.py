"""Units and their connections."""

from __future__ import annotations

from .model import Graph


def graph_svg(graph: Graph) -> str:
    """Draw."""
    raise NotImplementedError
