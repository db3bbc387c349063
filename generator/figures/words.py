"""What a figure shows, in words, for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from .chain_words import chain_words
from .graph_words import graph_words
from .model import Animation, Cell, Chain, Drawing, Figure, Figures, Graph, Grid, Picture, Plot
from .numerals import cell_text
from .picture_words import picture_words
from .plot_words import plot_words


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


def animation_words(animation: Animation) -> str:
    """Tell an animation step by step."""
    count = len(animation.frames)
    parts = (
        *_cast("Input", animation.sources, animation.origin),
        *_cast("Kernel", animation.kernels, animation.origin),
        *_cast("Output", animation.targets, animation.origin),
        f"Rows and columns are counted from {animation.origin}",
        f"{'1 step' if count == 1 else f'{count} steps'}, in which are marked",
        *(_step(animation, number) for number in range(count)),
    )
    return ". ".join(parts)


def _cast(name: str, grids: tuple[Grid, ...], origin: int) -> Iterator[str]:
    """Introduce the grids that play one part."""
    for number, grid in enumerate(grids):
        symbol = _symbol(grid.label).removesuffix(": ")
        place = f" {number + 1}" if len(grids) > 1 else ""
        called = f" {symbol}" if symbol else ""
        yield f"{name}{place}{called}: {grid_words(grid)}{_faint(grid, origin)}"


def _faint(grid: Grid, origin: int) -> str:
    """Tell which cells stand back, by the others where those are easier to tell."""
    if not grid.faint:
        return ""
    everywhere = {(row, column) for row, cells in enumerate(grid.rows) for column in range(len(cells))}
    solid = frozenset(everywhere - grid.faint)
    if solid and _product(solid):
        return f"; faint, as padding, is all but {_cells(solid, origin)}"
    return f"; faint, as padding, are {_cells(grid.faint, origin)}"


def _step(animation: Animation, number: int) -> str:
    frame, origin = animation.frames[number], animation.origin
    told = []
    if frame.read:
        told.append(f"{_cells(frame.read, origin)} of {_all('input', animation.sources)}")
    if frame.written:
        told.append(f"{_cells(frame.written, origin)} of {_all('output', animation.targets)}")
    for target in range(len(animation.targets)):
        texts = {cell: text for (place, cell), text in frame.values.items() if place == target}
        if texts:
            name = f"output {target + 1}" if len(animation.targets) > 1 else "the output"
            told.append(f"{name} holds {_texts(texts, frame.written, origin)}")
    return f"Step {number + 1}: {'; '.join(told) or 'nothing'}"


def _texts(texts: dict[Cell, str], marked: frozenset[Cell], origin: int) -> str:
    """Read out what is written: row by row where it fills the marked cells, which were just named."""
    if texts.keys() == marked and _product(marked):
        rows = groupby(sorted(texts), key=lambda cell: cell[0])
        return "there " + "; ".join(" ".join(texts[cell] for cell in cells) for _, cells in rows)
    return ", ".join(f"{texts[cell]} in {_cells(frozenset({cell}), origin)}" for cell in sorted(texts))


def _all(name: str, grids: tuple[Grid, ...]) -> str:
    return f"the {name}" if len(grids) == 1 else f"every {name}"


def _cells(cells: frozenset[Cell], origin: int) -> str:
    """Name cells by their rows and columns, or one by one if not all of these cross in one of them."""
    if _product(cells):
        rows, columns = (sorted({cell[axis] + origin for cell in cells}) for axis in (0, 1))
        return f"{_range('row', rows)}, {_range('column', columns)}"
    listed = _and([f"({row + origin}, {column + origin})" for row, column in sorted(cells)])
    return f"cells {listed}, each by row and column"


def _product(cells: frozenset[Cell]) -> bool:
    rows, columns = ({cell[axis] for cell in cells} for axis in (0, 1))
    return len(cells) == len(rows) * len(columns)


def _range(name: str, numbers: list[int]) -> str:
    first, last = numbers[0], numbers[-1]
    if len(numbers) == 1:
        return f"{name} {first}"
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return f"{name}s {first} to {last}"
    return f"{name}s {_and(list(map(str, numbers)))}"


def _and(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


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
