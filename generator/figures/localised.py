"""The numbers of figures in another language: only decimals are written differently."""

from __future__ import annotations

from dataclasses import replace

from ..language import Language
from .model import Animation, Grid


def localised_grid(grid: Grid, language: Language) -> Grid:
    """Write the decimals in the cells of a grid as a language does."""
    rows = (
        tuple(language.number(cell) if isinstance(cell, str) else cell for cell in row) for row in grid.rows
    )
    return replace(grid, rows=tuple(rows))


def localised(animation: Animation, language: Language) -> Animation:
    """Write the decimals in all grids of an animation as a language does, and those that are yet to come."""

    def grids(some: tuple[Grid, ...]) -> tuple[Grid, ...]:
        return tuple(localised_grid(grid, language) for grid in some)

    frames = (
        replace(frame, values={place: language.number(text) for place, text in frame.values.items()})
        for frame in animation.frames
    )
    return replace(
        animation,
        sources=grids(animation.sources),
        kernels=grids(animation.kernels),
        targets=grids(animation.targets),
        frames=tuple(frames),
    )
