"""What a figure shows, in words, for those who do not see it."""

from __future__ import annotations

from .animation.words import animation_words
from .chain.words import chain_words
from .graph.words import graph_words
from .grid_words import grid_words
from .model import Animation, Chain, Drawing, Figure, Figures, Graph, Grid, Picture, Plot
from .picture.words import picture_words
from .plot.words import plot_words
from .speech import spoken


def words(figure: Figure) -> str:
    """Read a figure out: its symbol, then what there is to see, and no more."""
    symbol = f"{spoken(figure.label)}: " if figure.label else ""
    if isinstance(figure, Figures):
        members = ". ".join(words(member) for member in figure.members)
        things = "maps" if all(isinstance(member, Grid) for member in figure.members) else "figures"
        return f"{symbol}{len(figure.members)} {things}. {members}"
    if isinstance(figure, Animation):
        return symbol + animation_words(figure)
    return symbol + _words(figure)


def _words(figure: Drawing) -> str:
    match figure:
        case Grid():
            return grid_words(figure)
        case Picture():
            return picture_words(figure)
        case Chain():
            return chain_words(figure)
        case Graph():
            return graph_words(figure)
        case Plot():
            return plot_words(figure)
