"""What a figure shows, in words, for those who do not see it."""

from __future__ import annotations

from ..language import ENGLISH, Language
from .animation.words import animation_words
from .chain.words import chain_words
from .graph.words import graph_words
from .grid_words import grid_words
from .model import Animation, Chain, Drawing, Figure, Figures, Graph, Grid, Picture, Plot
from .picture.words import picture_words
from .plot.words import plot_words
from .speech import spoken


def words(figure: Figure, language: Language = ENGLISH) -> str:
    """Read a figure out: its symbol, then what there is to see, and no more."""
    symbol = f"{spoken(figure.label)}: " if figure.label else ""
    if isinstance(figure, Figures):
        members = ". ".join(words(member, language) for member in figure.members)
        return f"{symbol}{_counted(figure, language)}. {members}"
    if isinstance(figure, Animation):
        return symbol + animation_words(figure, language)
    return symbol + drawing_words(figure, language)


def _counted(figure: Figures, language: Language) -> str:
    count = len(figure.members)
    if all(isinstance(member, Grid) for member in figure.members):
        return language.tell("{{ count }} maps", count=count)
    return language.tell("{{ count }} figures", count=count)


def drawing_words(figure: Drawing, language: Language) -> str:
    """Read a drawing out without its symbol."""
    match figure:
        case Grid():
            return grid_words(figure, language)
        case Picture():
            return picture_words(figure, language)
        case Chain():
            return chain_words(figure, language)
        case Graph():
            return graph_words(figure, language)
        case Plot():
            return plot_words(figure, language)
