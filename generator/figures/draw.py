"""Any figure as a still SVG."""

from __future__ import annotations

from .chain import chain_svg
from .film import strip_svg
from .graph import graph_svg
from .grid import SHOWN, Style, grid_svg
from .model import Animation, Chain, Drawing, Graph, Grid, Picture, Plot
from .picture import picture_svg
from .plot import plot_svg


def draw(figure: Drawing, style: Style = SHOWN) -> str:
    """Draw a figure without its label; `style` is that of a grid."""
    match figure:
        case Grid():
            return grid_svg(figure, style)
        case Picture():
            return picture_svg(figure)
        case Chain():
            return chain_svg(figure)
        case Graph():
            return graph_svg(figure)
        case Plot():
            return plot_svg(figure)
        case Animation():
            return strip_svg(figure)
