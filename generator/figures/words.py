"""What a figure shows, in words, for those who do not see it."""

from __future__ import annotations

from .model import Animation, Chain, Drawing, Figure, Figures, Graph, Grid, Picture, Plot
from .numerals import cell_text


def words(figure: Figure) -> str:
    """Read a figure out: its symbol, then what there is to see, and no more."""
    if isinstance(figure, Figures):
        members = ". ".join(words(member) for member in figure.members)
        things = "maps" if all(isinstance(member, Grid) for member in figure.members) else "figures"
        return f"{_symbol(figure.label)}{len(figure.members)} {things}. {members}"
    return _symbol(figure.label) + _words(figure)


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
        case Animation():
            return animation_words(figure)


def picture_words(picture: Picture) -> str:
    """Read the brightness of the cells out, row by row."""
    raise NotImplementedError


def chain_words(chain: Chain) -> str:
    """Read a network out, from the input to the output."""
    raise NotImplementedError


def graph_words(graph: Graph) -> str:
    """Read the nodes and the connections out."""
    raise NotImplementedError


def plot_words(plot: Plot) -> str:
    """Read the axes and the points out."""
    raise NotImplementedError


def animation_words(animation: Animation) -> str:
    """Tell an animation step by step."""
    raise NotImplementedError


def grid_words(grid: Grid) -> str:
    """Read a grid out without its symbol."""
    size = f"{len(grid.rows)} × {len(grid.rows[0])}"
    if all(cell is None for row in grid.rows for cell in row):
        return f"{size}, empty"
    rows = "; ".join(
        " ".join(_entry(grid, row, column) for column in range(len(cells)))
        for row, cells in enumerate(grid.rows)
    )
    return f"{size}: {rows}"


def _entry(grid: Grid, row: int, column: int) -> str:
    text = cell_text(grid.rows[row][column]) or "empty"
    return f"{text} (marked)" if (row, column) in grid.marked else text


def _symbol(label: str) -> str:
    symbol = label.replace("{", "").replace("}", "")
    return f"{symbol}: " if symbol else ""
