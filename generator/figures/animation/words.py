"""Animations in words: what there is, and what is marked and written step by step."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from ...language import ENGLISH, Language, phrase
from ..grid_words import grid_words
from ..model import Animation, Cell, Frame, Grid
from ..speech import listed, spoken

# A place, several in a row, any others; whole phrases, because languages build their plurals differently.
_RANGES = {
    "row": (
        phrase("row {{ number }}"),
        phrase("rows {{ first }} to {{ last }}"),
        phrase("rows {{ numbers }}"),
    ),
    "column": (
        phrase("column {{ number }}"),
        phrase("columns {{ first }} to {{ last }}"),
        phrase("columns {{ numbers }}"),
    ),
    "step": (
        phrase("Step {{ number }}"),
        phrase("Steps {{ first }} to {{ last }}"),
        phrase("Steps {{ numbers }}"),
    ),
}


def animation_words(animation: Animation, language: Language = ENGLISH) -> str:
    """Tell an animation from its beginning to its end."""
    return ". ".join((introduction(animation, language), *_told(animation, language)))


def introduction(animation: Animation, language: Language = ENGLISH) -> str:
    """Tell what there is before the first step, and how many steps there are."""
    count, origin = len(animation.frames), animation.origin
    parts = (
        *_cast(language.tell("Input"), animation.sources, origin, language),
        *_cast(language.tell("Kernel"), animation.kernels, origin, language),
        *_cast(language.tell("Output"), animation.targets, origin, language),
        counting(animation, language),
        language.tell("1 step") if count == 1 else language.tell("{{ count }} steps", count=count),
    )
    return ". ".join(parts)


def counting(animation: Animation, language: Language = ENGLISH) -> str:
    """Tell how rows and columns are counted: what is drawn around a map is counted as well."""
    return language.tell(
        "Rows and columns are counted from {{ origin }}, beginning with the first that is drawn",
        origin=animation.origin,
    )


def steps_in_words(animation: Animation, language: Language = ENGLISH) -> list[str]:
    """Tell of each step which cells are marked in it, and what is written."""
    return ["; ".join(_step(animation, frame, language)) for frame in animation.frames]


def piece_in_words(animation: Animation, steps: range, language: Language, *, first: bool, told: bool) -> str:
    """Tell some steps, counted from 0, of a drawing that is in pieces.

    Parameters
    ----------
    first
        Whether this is the first piece, which introduces them all.
    told
        Whether the steps are told, or named only.
    """
    parts = [introduction(animation, language)] if first else []
    if told:
        parts += _told(animation, language)[steps.start : steps.stop]
    elif not first:
        parts.append(_range("step", [step + 1 for step in steps], language))
    return ". ".join(parts)


def _told(animation: Animation, language: Language) -> list[str]:
    return [
        language.tell("Step {{ number }} marks {{ told }}", number=number, told=told)
        for number, told in enumerate(steps_in_words(animation, language), 1)
    ]


def _cast(name: str, grids: tuple[Grid, ...], origin: int, language: Language) -> Iterator[str]:
    """Introduce the grids that play one part."""
    for number, grid in enumerate(grids):
        place = f" {number + 1}" if len(grids) > 1 else ""
        called = f" {spoken(grid.label)}" if grid.label else ""
        yield f"{name}{place}{called}: {_with_faint(grid, origin, language)}"


def _with_faint(grid: Grid, origin: int, language: Language) -> str:
    """Read a grid out, and which cells stand back, by the others where those are easier to tell."""
    told = grid_words(grid, language)
    if not grid.faint:
        return told
    everywhere = {(row, column) for row, cells in enumerate(grid.rows) for column in range(len(cells))}
    solid = frozenset(everywhere - grid.faint)
    if solid and _product(solid):
        cells = _cells(solid, origin, language)
        return language.tell("{{ grid }}; faint is all but {{ cells }}", grid=told, cells=cells)
    cells = _cells(grid.faint, origin, language)
    return language.tell("{{ grid }}; faint are {{ cells }}", grid=told, cells=cells)


def _step(animation: Animation, frame: Frame, language: Language) -> Iterator[str]:
    origin = animation.origin
    marked = []
    if frame.read:
        one, every = phrase("{{ cells }} of the input"), phrase("{{ cells }} of every input")
        text = one if len(animation.sources) == 1 else every
        marked.append(language.tell(text, cells=_cells(frame.read, origin, language)))
    if frame.written:
        one, every = phrase("{{ cells }} of the output"), phrase("{{ cells }} of every output")
        text = one if len(animation.targets) == 1 else every
        marked.append(language.tell(text, cells=_cells(frame.written, origin, language)))
    yield listed(marked, language)
    for target in range(len(animation.targets)):
        texts = {cell: text for (place, cell), text in frame.values.items() if place == target}
        if texts:
            yield _held(_target(animation, target, language), texts, frame.written, origin, language)


def _target(animation: Animation, target: int, language: Language) -> str:
    if len(animation.targets) == 1:
        return language.tell("the output")
    return language.tell("output {{ number }}", number=target + 1)


def _held(
    output: str, texts: dict[Cell, str], marked: frozenset[Cell], origin: int, language: Language
) -> str:
    """Read out what is written: row by row where it fills the marked cells, which were just named."""
    if texts.keys() == marked and _product(marked):
        rows = groupby(sorted(texts), key=lambda cell: cell[0])
        held = "; ".join(" ".join(texts[cell] for cell in cells) for _, cells in rows)
        return language.tell("{{ output }} holds there {{ texts }}", output=output, texts=held)
    places = (
        language.tell(
            "{{ text }} in {{ cell }}", text=texts[cell], cell=_cells(frozenset({cell}), origin, language)
        )
        for cell in sorted(texts)
    )
    return language.tell("{{ output }} holds {{ texts }}", output=output, texts=", ".join(places))


def _cells(cells: frozenset[Cell], origin: int, language: Language) -> str:
    """Name cells by their rows and columns, or one by one if not all of these cross in one of them."""
    if _product(cells):
        rows, columns = (sorted({cell[axis] + origin for cell in cells}) for axis in (0, 1))
        return f"{_range('row', rows, language)}, {_range('column', columns, language)}"
    places = [f"({row + origin}, {column + origin})" for row, column in sorted(cells)]
    return language.tell("cells {{ cells }}, each by row and column", cells=listed(places, language))


def _product(cells: frozenset[Cell]) -> bool:
    rows, columns = ({cell[axis] for cell in cells} for axis in (0, 1))
    return len(cells) == len(rows) * len(columns)


def _range(name: Literal["row", "column", "step"], numbers: list[int], language: Language) -> str:
    one, stretch, several = _RANGES[name]
    first, last = numbers[0], numbers[-1]
    if len(numbers) == 1:
        return language.tell(one, number=first)
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return language.tell(stretch, first=first, last=last)
    return language.tell(several, numbers=listed([str(number) for number in numbers], language))
