"""Animations in words: what there is, and what is marked and written step by step."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..grid_words import grid_words
from ..model import Animation, Cell, Frame, Grid
from ..speech import listed, spoken


def animation_words(animation: Animation) -> str:
    """Tell an animation from its beginning to its end."""
    return ". ".join((introduction(animation), *_told(animation)))


def introduction(animation: Animation) -> str:
    """Tell what there is before the first step, and how many steps there are."""
    count, origin = len(animation.frames), animation.origin
    parts = (
        *_cast("Input", animation.sources, origin),
        *_cast("Kernel", animation.kernels, origin),
        *_cast("Output", animation.targets, origin),
        counting(animation),
        "1 step" if count == 1 else f"{count} steps",
    )
    return ". ".join(parts)


def counting(animation: Animation) -> str:
    """Tell how rows and columns are counted: what is drawn around a map is counted as well."""
    return f"Rows and columns are counted from {animation.origin}, beginning with the first that is drawn"


def steps_in_words(animation: Animation) -> list[str]:
    """Tell of each step which cells are marked in it, and what is written."""
    return ["; ".join(_step(animation, frame)) for frame in animation.frames]


def piece_in_words(animation: Animation, steps: range, *, first: bool, told: bool) -> str:
    """Tell some steps, counted from 0, of a drawing that is in pieces.

    Parameters
    ----------
    first
        Whether this is the first piece, which introduces them all.
    told
        Whether the steps are told, or named only.
    """
    parts = [introduction(animation)] if first else []
    if told:
        parts += _told(animation)[steps.start : steps.stop]
    elif not first:
        parts.append(_range("Step", [step + 1 for step in steps]))
    return ". ".join(parts)


def _told(animation: Animation) -> list[str]:
    return [f"Step {number} marks {told}" for number, told in enumerate(steps_in_words(animation), 1)]


def _cast(name: str, grids: tuple[Grid, ...], origin: int) -> Iterator[str]:
    """Introduce the grids that play one part."""
    for number, grid in enumerate(grids):
        place = f" {number + 1}" if len(grids) > 1 else ""
        called = f" {spoken(grid.label)}" if grid.label else ""
        yield f"{name}{place}{called}: {grid_words(grid)}{_faint(grid, origin)}"


def _faint(grid: Grid, origin: int) -> str:
    """Tell which cells stand back, by the others where those are easier to tell."""
    if not grid.faint:
        return ""
    everywhere = {(row, column) for row, cells in enumerate(grid.rows) for column in range(len(cells))}
    solid = frozenset(everywhere - grid.faint)
    if solid and _product(solid):
        return f"; faint is all but {_cells(solid, origin)}"
    return f"; faint are {_cells(grid.faint, origin)}"


def _step(animation: Animation, frame: Frame) -> Iterator[str]:
    origin = animation.origin
    marked = []
    if frame.read:
        marked.append(f"{_cells(frame.read, origin)} of {_all('input', animation.sources)}")
    if frame.written:
        marked.append(f"{_cells(frame.written, origin)} of {_all('output', animation.targets)}")
    yield listed(marked)
    for target in range(len(animation.targets)):
        texts = {cell: text for (place, cell), text in frame.values.items() if place == target}
        if texts:
            name = f"output {target + 1}" if len(animation.targets) > 1 else "the output"
            yield f"{name} holds {_texts(texts, frame.written, origin)}"


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
    places = [f"({row + origin}, {column + origin})" for row, column in sorted(cells)]
    return f"cells {listed(places)}, each by row and column"


def _product(cells: frozenset[Cell]) -> bool:
    rows, columns = ({cell[axis] for cell in cells} for axis in (0, 1))
    return len(cells) == len(rows) * len(columns)


def _range(name: str, numbers: list[int]) -> str:
    first, last = numbers[0], numbers[-1]
    if len(numbers) == 1:
        return f"{name} {first}"
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return f"{name}s {first} to {last}"
    return f"{name}s {listed([str(number) for number in numbers])}"
