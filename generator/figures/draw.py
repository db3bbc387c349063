"""Any figure as a still SVG."""

from __future__ import annotations

from ..language import ENGLISH, Language
from .chain.drawing import chain_svg
from .graph.drawing import graph_svg
from .grid import SHOWN, Style, grid_svg
from .localised import localised_grid
from .model import Chain, Drawing, Graph, Grid, Picture, Plot
from .picture.drawing import picture_svg
from .plot.drawing import plot_svg


def draw(figure: Drawing, style: Style = SHOWN, language: Language = ENGLISH) -> str:
    """Draw a figure without its label; `style` is that of a grid."""
    match figure:
        case Grid():
            return grid_svg(localised_grid(figure, language), style, language)
        case Picture():
            return picture_svg(figure, language)
        case Chain():
            return chain_svg(figure, language)
        case Graph():
            return graph_svg(figure, language)
        case Plot():
            return plot_svg(figure, language)
